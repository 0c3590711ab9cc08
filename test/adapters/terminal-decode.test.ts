import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Decoded, decode, usageOf } from '../../adapters/terminal/decode.ts';
import { encodeInvitations } from '../../adapters/terminal/encode.ts';
import { inkOf } from '../../adapters/terminal/look.ts';
import type { Choices } from '../../src/chat/typed.ts';
import { InputError } from '../../src/errors.ts';
import { POSITIONS } from '../../src/host/votes.ts';
import type { VerbArgument, VerbDefinition } from '../../src/ports/host.ts';

const both = (text: string) => ({ en: text, es: text });
const SPANISH: Readonly<Record<string, string>> = { question: 'pregunta', panel: 'mesa' };
const arg = (name: string, required: boolean, choices?: VerbArgument['choices']): VerbArgument => ({
  name,
  word: { en: name, es: SPANISH[name] ?? name },
  summary: both(`The ${name}`),
  required,
  ...(choices && { choices }),
});
const verb = (name: string, es: string, args: VerbArgument[] = []): VerbDefinition => ({
  name,
  word: { en: name, es },
  summary: both(name),
  args,
  may: 'anyone',
});

const verbs = [
  verb('pause', 'pausar', [arg('debate', false, 'debates')]),
  verb('resume', 'reanudar'),
  verb('dissent', 'disentir', [arg('objection', true), arg('debate', false, 'debates')]),
  verb('ask', 'preguntar', [arg('persona', true, 'personas'), arg('question', true)]),
  verb('export', 'exportar', [arg('kind', false, 'exports'), arg('debate', false, 'debates')]),
  verb('start', 'empezar', [arg('article', false), arg('question', false), arg('panel', false, 'panels')]),
];
const choices: Choices = {
  personas: [
    { id: 'reviewer', name: 'Revisor Científico' },
    { id: 'critic', name: 'Pensador Crítico' },
    { id: 'doomer', name: 'AI Doomer' },
    { id: 'enthusiast', name: 'AI Enthusiast' },
  ],
  exports: ['md', 'json', 'html'].map((id) => ({ id, name: id })),
  panels: [{ id: 'seven', name: 'The seven' }],
  debates: [{ id: 'abc123', name: 'An article' }],
};

const read = (line: string): Decoded | null => decode(line, verbs, 'es', choices);
const asked = (persona: string, question: string) => ({ type: 'verb', verb: 'ask', args: { persona, question } });

test('free words go to the end of the line, though which debate may come after them', () => {
  const said = (line: string) => decode(line, verbs, 'en', choices);
  const act = (args: Record<string, string>) => ({ type: 'verb', verb: 'dissent', args });
  expect(said('/dissent The price is overstated')).toEqual(act({ objection: 'The price is overstated' }));
  expect(said('/disentir debate=abc el precio no importa')).toEqual(
    act({ debate: 'abc', objection: 'el precio no importa' }),
  );
});

describe('verbs', () => {
  test.each([
    ['/pause', 'pause'],
    ['/pausar', 'pause'],
    ['/PAUSAR', 'pause'],
    ['/pausa', 'pause'],
    ['/reanu', 'resume'],
    ['  /resume  ', 'resume'],
  ])('%s', (line, name) => {
    expect(read(line)).toEqual({ type: 'verb', verb: name, args: {} });
  });

  test.each([
    ['/ask doomer why?', 'doomer', 'why?'],
    ['/preguntar Doomer ¿por qué?', 'doomer', '¿por qué?'],
    ['/ask @doomer, why?', 'doomer', 'why?'],
    ['/ask AI Doomer: why?', 'doomer', 'why?'],
    ['/ask "AI Doomer" why?', 'doomer', 'why?'],
    ['/ask pensador critico por qué no', 'critic', 'por qué no'],
    ['/ask CRÍTICO ¿qué?', 'critic', '¿qué?'],
    ['/ask critic is it "so", really?', 'critic', 'is it "so", really?'],
    ['/ask critic "all of it"', 'critic', 'all of it'],
    ['/ask critic “all of it”', 'critic', 'all of it'],
    ['/ask critic persona=doomer?', 'critic', 'persona=doomer?'],
  ])('%s', (line, persona, question) => {
    expect(read(line)).toEqual(asked(persona, question));
  });

  test('what may be left out is left out, or given by name', () => {
    expect(read('/export')).toEqual({ type: 'verb', verb: 'export', args: {} });
    expect(read('/export HTML')).toEqual({ type: 'verb', verb: 'export', args: { kind: 'html' } });
    expect(read('/export debate=x9')).toEqual({ type: 'verb', verb: 'export', args: { debate: 'x9' } });
    expect(read('/start https://a.org/x question="Is it so?" panel=seven')).toEqual({
      type: 'verb',
      verb: 'start',
      args: { article: 'https://a.org/x', question: 'Is it so?', panel: 'seven' },
    });
    expect(read('/empezar mesa=seven Pregunta="¿Es así?"')).toEqual({
      type: 'verb',
      verb: 'start',
      args: { question: '¿Es así?', panel: 'seven' },
    });
  });

  test('a word that suits a later argument goes there', () => {
    expect(read('/export abc123')).toEqual({ type: 'verb', verb: 'export', args: { debate: 'abc123' } });
  });

  test('a debate that is not listed is passed on', () => {
    expect(read('/pause zzz')).toEqual({ type: 'verb', verb: 'pause', args: { debate: 'zzz' } });
  });

  test('without choices an argument is taken as typed', () => {
    expect(decode('/ask somebody why?', verbs, 'en', {})).toEqual(asked('somebody', 'why?'));
  });
});

describe('mistakes are one sentence', () => {
  test.each([
    ['/puase', 'No existe /puase; ¿querías decir /pause?'],
    ['/preguntra x', 'No existe /preguntra; ¿querías decir /preguntar?'],
    ['/hlp', 'No existe /hlp; ¿querías decir /help?'],
    ['/xyzzyplugh', 'No existe /xyzzyplugh; /ayuda enumera lo que hay.'],
    ['/re', 'No existe /re; /ayuda enumera lo que hay.'],
    ['/ask', 'Falta algo (The persona): /preguntar ‹persona› ‹pregunta›.'],
    ['/ask doomer', 'Falta algo (The question): /preguntar ‹persona› ‹pregunta›.'],
    ['/ask domer why?', '«domer» no es una opción; ¿querías decir doomer?'],
    ['/ask AI why?', '«AI» no es una opción de persona: reviewer, critic, doomer, enthusiast.'],
    ['/export pdf abc123', '«pdf» no es una opción; ¿querías decir md?'],
    ['/resume now', 'Sobra algo: basta con /reanudar.'],
  ])('%s', (line, sentence) => {
    expect(() => read(line)).toThrow(InputError);
    try {
      read(line);
    } catch (error) {
      expect(error instanceof InputError && error.in('es')).toBe(sentence);
    }
  });
});

describe('all else', () => {
  test('help', () => {
    for (const line of ['/help', '/ayuda', '/', '/?']) expect(read(line)).toEqual({ type: 'help' });
  });

  test('nothing', () => {
    expect(read('   ')).toBeNull();
  });

  test('a line with two slashes is said with one', () => {
    expect(read('//etc/passwd?')).toEqual({ type: 'say', text: '/etc/passwd?' });
  });

  test('whatever does not begin with a slash is said as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const line = text.trim();
        fc.pre(line !== '' && !line.startsWith('/'));
        expect(read(text)).toEqual({ type: 'say', text: line });
      }),
    );
  });

  test('no line is too odd: it is read or refused with a sentence', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('ask', 'export', 'pause', 'start', 'nope'),
        fc.string({ unit: 'binary' }),
        (word, rest) => {
          try {
            read(`/${word} ${rest}`);
          } catch (error) {
            expect(error).toBeInstanceOf(InputError);
          }
        },
      ),
    );
  });
});

describe('an argument that may be a few things only', () => {
  const vote: VerbDefinition = {
    ...verb('vote', 'votar', [{ ...arg('position', true), options: POSITIONS }]),
  };
  test.each([
    ['/vote rather no', 'en', '-1'],
    ['/votar más bien no', 'en', '-1'],
    ['/vote No', 'es', '-3'],
    ['/votar SI', 'es', '3'],
    ['/vote undecided', 'es', '0'],
    ['/vote -1', 'en', '-1'],
  ])('“%s” (%s) is %s', (line, language, position) => {
    expect(decode(line, [vote], language, {})).toEqual({ type: 'verb', verb: 'vote', args: { position } });
  });

  test('anything else is told what it may be, in the language asked in', () => {
    expect(() => decode('/vote perhaps', [vote], 'en', {})).toThrow(
      '“perhaps” is none of the choices for position: Yes, Rather yes, Undecided, Rather no, No.',
    );
    expect(usageOf(vote, 'es')).toBe('/votar ‹sí | más bien sí | sin decidir | más bien no | no›');
  });

  test('an invitation is shown as it would be typed', () => {
    const look = { ink: inkOf(0), width: 80, links: false };
    const invites = [
      { verb: 'vote', args: {} },
      { verb: 'gone', args: {} },
    ];
    expect(encodeInvitations(invites, [vote], 'es', look)).toEqual([
      '  ↳ /votar ‹sí | más bien sí | sin decidir | más bien no | no›',
      '',
    ]);
    expect(encodeInvitations([{ verb: 'gone', args: {} }], [vote], 'en', look)).toEqual([]);
  });
});
