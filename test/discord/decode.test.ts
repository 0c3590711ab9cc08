/** What people do on Discord, as acts. */
import { describe, expect, test } from '@jest/globals';
import { controlId, readControl } from '../../adapters/discord/controls.ts';
import { decodeOptions, plainWords } from '../../adapters/discord/decode.ts';
import { chosenId, decodeArticle, decodeMenu, matching } from '../../src/chat/pointed.ts';
import { verbs } from '../../src/verbs/registry.ts';

function verb(name: string) {
  const found = verbs.find((each) => each.name === name);
  if (!found) throw new Error(`no verb ${name}`);
  return found;
}

const pdf = { name: 'a.pdf', url: 'https://cdn.example/a.pdf', contentType: 'application/pdf', size: 10 };

describe('a message that points at an article', () => {
  test.each([
    ['a link', 'https://e.org/a.', { article: 'https://e.org/a' }],
    ['a link in brackets', 'see <https://e.org/a?b=c>', { article: 'https://e.org/a?b=c', question: 'see' }],
    ['a question around it', 'Is https://e.org/a right?', { article: 'https://e.org/a', question: 'Is right?' }],
  ])('%s', (_what, text, args) => {
    expect(decodeArticle(verb('start'), text, [])).toEqual({ act: { type: 'verb', verb: 'start', args }, file: null });
  });

  test('its file comes first, its words are the question', () => {
    expect(decodeArticle(verb('start'), 'Worth it?', [pdf])).toEqual({
      act: { type: 'verb', verb: 'start', args: { question: 'Worth it?' } },
      file: pdf,
    });
  });

  test('nothing to point at is no article', () => {
    expect(decodeArticle(verb('start'), 'hello there', [])).toBeNull();
  });

  test('from the menu the message is the article, not the question', () => {
    expect(decodeMenu(verb('start'), 'Read https://e.org/a', [])).toMatchObject({
      act: { args: { article: 'https://e.org/a' } },
    });
    expect(decodeMenu(verb('start'), 'Long words.', [])).toEqual({ words: 'Long words.' });
    expect(decodeMenu(verb('start'), ' ', [])).toBeNull();
  });
});

describe('words', () => {
  test('our own mention is not said, others are names', () => {
    expect(plainWords('<@1> what about <@2>, <@3>? <:wave:9>', '1', (id) => (id === '2' ? 'Ben' : undefined))).toBe(
      'what about @Ben, @<@3>? :wave:',
    );
  });
});

describe('options', () => {
  test('arrive under the verb’s own names, as text', () => {
    const options = [
      { name: 'article', value: 'https://e.org' },
      { name: 'rounds', value: 2 },
      { name: 'nobody', value: 'x' },
      { name: 'panel' },
    ];
    expect(decodeOptions(options, verb('start'))).toEqual({ article: 'https://e.org', rounds: '2' });
  });

  test('roles may be mentioned', () => {
    const roles = verb('settings').args.find((argument) => argument.choices === 'roles');
    if (!roles) throw new Error('settings has no roles');
    const given = [{ name: roles.name.toLowerCase(), value: '<@&5> and <@&6>' }];
    expect(decodeOptions(given, verb('settings'))).toEqual({ [roles.name]: '5 6' });
  });

  test('a shown name is as good as an id', () => {
    const offered = [{ id: 'critic', name: 'Pensador Crítico' }];
    expect(chosenId('pensador critico', offered)).toBe('critic');
    expect(chosenId('@Critic', offered)).toBe('critic');
    expect(chosenId('somebody', offered)).toBe('somebody');
  });

  test('suggestions: what begins with the letters typed comes first', () => {
    const offered = ['Critical Thinker', 'AI Doomer', 'Scientific Reviewer', 'Thin ice'].map((name) => ({
      id: name,
      name,
    }));
    expect(matching('thin', offered).map(({ name }) => name)).toEqual(['Thin ice', 'Critical Thinker']);
    expect(matching('', offered)).toHaveLength(4);
  });
});

describe('buttons', () => {
  test('say what they are for, and only ours do', () => {
    const control = {
      kind: 'press',
      verb: 'pause',
      held: { debate: 'd1', channel: '1', thread: '2' },
      args: { position: '-1', 'a b': 'c:d&e' },
    } as const;
    expect(readControl(controlId(control))).toEqual(control);
    for (const other of ['', 'press', 'press:pause:d1', 'other:pause:d1:1:2']) expect(readControl(other)).toBeNull();
  });
});
