import { describe, expect, test } from '@jest/globals';
import { checkNotes, notesFromLog } from '../../src/checks/notes.ts';
import { checkOpening } from '../../src/checks/opening.ts';
import { checkSynthesis } from '../../src/checks/synthesis.ts';
import type { Log } from '../../src/debate.ts';
import { emptyLog, withPerson, withTurn } from '../fakes/dialogue.ts';
import { sampleArticle } from '../fakes/sample-article.ts';

/** 1 opening, 2 researcher, 3 critic (asks the researcher), 4 doomer, 5 enthusiast (against the doomer). */
function debate(change: Parameters<typeof emptyLog>[0] = {}): Log {
  let log = withTurn(
    { ...emptyLog(change), article: sampleArticle('en') },
    { key: 'opening', kind: 'opening', speaker: 'coordinator' },
  );
  log = withTurn(log, {
    key: 's1',
    kind: 'statement',
    speaker: 'researcher',
    data: { stance: { stance: 1, confidence: 60 } },
  });
  const asks = [{ to: 'researcher', text: 'AI Researcher, how is it measured?' }];
  log = withTurn(log, { key: 's2', kind: 'statement', speaker: 'critic', data: { asks }, repliesTo: [2] });
  log = withTurn(log, {
    key: 's3',
    kind: 'statement',
    speaker: 'doomer',
    data: { stance: { stance: -3, confidence: 70 } },
  });
  log = withTurn(log, { key: 's4', kind: 'statement', speaker: 'enthusiast', repliesTo: [4] });
  return withTurn(log, {
    key: 'r1',
    kind: 'reply',
    speaker: 'doomer',
    repliesTo: [5],
    data: { stance: { stance: -1, confidence: 55, because: 5 } },
  });
}

const draft = {
  answer: 'Yes. With a cap. And a test. And a fourth sentence.',
  confidence: 62,
  agreements: [{ text: 'A cap is needed', turns: [2, 4] }],
  disagreements: [
    {
      issue: 'Cost',
      positions: [
        { speaker: 'AI Doomer', text: 'Too dear', turns: [4] },
        { speaker: 'enthusiast', text: 'Cheap', turns: [5] },
      ],
      settledBy: 'A bill',
    },
  ],
  minority: [],
  open: [],
  nextSteps: ['a', 'b', 'c', 'd', 'e', 'f'],
  plainWords: 'Try it.',
  recap: 'Thanks to all.',
};

const check = (change: object, log = debate()) => checkSynthesis(JSON.stringify({ ...draft, ...change }), log);

describe('the synthesis', () => {
  test('what the record bears out is laid out to be read', () => {
    const { settled, problems } = check({});
    expect(problems).toEqual([]);
    const text = settled?.text ?? '';
    expect(text).toContain('### Answer\n\nYes. With a cap. And a test. (confidence 62 %)');
    expect(text).toContain('- A cap is needed (turns 2, 4)');
    expect(text).toContain('  - **AI Doomer:** Too dear (turn 4)');
    expect(text).toContain('| AI Doomer | -3 (70 %) | -1 (55 %) | (turn 5) |');
    expect(text).not.toContain('6. f');
  });

  test('a question nobody answered is open even when the coordinator forgot it', () => {
    expect(check({}).settled?.data.synthesis?.open).toEqual([
      { text: 'AI Researcher, how is it measured?', turn: 3, to: 'researcher' },
    ]);
  });

  test.each([
    [
      'an agreement on a turn that does not exist',
      { agreements: [{ text: 'All agree', turns: [2, 40] }] },
      'no turn 40',
    ],
    ['an agreement of one', { agreements: [{ text: 'All agree', turns: [4, 6] }] }, 'two different panellists'],
    [
      'an agreement with the coordinator alone',
      { agreements: [{ text: 'All agree', turns: [1, 2] }] },
      'two different panellists',
    ],
    [
      'words put into another’s turn',
      {
        disagreements: [
          {
            issue: 'X',
            positions: [
              { speaker: 'reviewer', text: 'no', turns: [4] },
              { speaker: 'doomer', text: 'yes', turns: [4] },
            ],
          },
        ],
      },
      'are not by reviewer',
    ],
    ['a minority of nobody', { minority: [{ speaker: 'The Pope', text: 'no' }] }, 'nobody is called The Pope'],
    ['an open question nobody asked', { open: [{ text: 'who?', turn: 77 }] }, 'no turn 77'],
    ['a turn mentioned in prose that is not there', { recap: 'Thanks (turn 99).' }, 'turn 99'],
  ])('%s is sent back, and does not reach the reader', (_, change, why) => {
    const { settled, problems } = check(change);
    expect(problems.join('\n')).toContain(why);
    expect(settled?.text).not.toMatch(/All agree|The Pope|turn 99|who\?/);
    expect(settled?.text).toContain('left out because the record does not bear them out');
  });

  test('no JSON at all still closes the debate with what the log knows', () => {
    const { settled, problems } = checkSynthesis('Thank you all, it was a fine evening (turn 99).', debate());
    expect(problems).toHaveLength(1);
    expect(settled?.text).toContain('Thank you all, it was a fine evening');
    expect(settled?.text).not.toContain('99');
    expect(settled?.text).toContain('how is it measured?');
  });

  test('says why it came early, and in Spanish', () => {
    const { settled } = check({}, debate({ language: 'es', ending: 'tokens' }));
    expect(settled?.text).toMatch(/^\*El debate alcanzó su límite de tokens y se cerró/);
    expect(settled?.text).toContain('### Donde se separó');
    expect(settled?.text).toContain('### Preguntas abiertas');
  });

  test('without an article it says that nothing is quoted', () => {
    expect(check({}, { ...debate(), article: null }).settled?.text).toContain('No article was given');
  });
});

describe('the notes', () => {
  const said = (routes: object[], questions: object[] = []) =>
    JSON.stringify({ clashes: [{ issue: 'Cost', turns: [4, 5] }], questions, routes });

  test('routes name panellists and existing turns of others; ids and names both do', () => {
    const { settled, problems } = checkNotes(
      said([
        { speaker: 'AI Doomer', to: [5], why: 'clash', issue: 'the bill' },
        { speaker: 'researcher', to: [3, 90], why: 'question', issue: 'how' },
        { speaker: 'coordinator', to: [3], why: 'clash', issue: 'no' },
        { speaker: 'doomer', to: [4], why: 'clash', issue: 'itself' },
        { speaker: 'nobody', to: [4], why: 'clash', issue: 'no' },
      ]),
      debate(),
    );
    expect(problems).toEqual([]);
    expect(settled?.data.notes?.routes.map(({ speaker, to }) => [speaker, to])).toEqual([
      // The other side of the clash, whom the coordinator forgot.
      ['enthusiast', [4]],
      ['researcher', [3]],
    ]);
    expect(settled?.text).toContain('**AI Enthusiast** → AI Doomer (4): Cost');
  });

  test('nobody is sent to what it has replied to, and notes with nobody left close the debate', () => {
    const once = withTurn(debate(), { key: 'notes-1', kind: 'notes', speaker: 'coordinator' });
    const log = withTurn(once, { key: 'x', kind: 'reply', speaker: 'researcher', repliesTo: [3], answers: [3] });
    const again = [{ speaker: 'doomer', to: [5], why: 'clash', issue: 'the bill again' }];
    const { settled, problems } = checkNotes(JSON.stringify({ routes: again }), log);
    expect(problems).toEqual([]);
    expect(settled?.data.notes?.routes).toEqual([]);
    expect(settled?.text).toBe('Nothing new is left to put to anybody; we close.');
  });

  test('the log knows the questions and whether they were answered; the coordinator may call an answer evasive', () => {
    const log = withTurn(debate(), { key: 'x', kind: 'reply', speaker: 'researcher', repliesTo: [3], answers: [3] });
    const judged = [{ turn: 3, to: 'AI Researcher', text: 'whatever', state: 'evaded' }];
    const { settled } = checkNotes(said([{ speaker: 'newcomer', to: [5], why: 'clash', issue: 'x' }], judged), log);
    expect(settled?.data.notes?.questions).toEqual([
      { turn: 3, by: 'critic', to: 'researcher', text: 'AI Researcher, how is it measured?', state: 'evaded' },
    ]);
  });

  test('a person the coordinator forgot is routed all the same', () => {
    const log = withPerson(debate(), 'what about enthusiast claims?');
    const { settled } = checkNotes(said([{ speaker: 'doomer', to: [5], why: 'clash', issue: 'x' }]), log);
    expect(settled?.data.notes?.routes[0]).toMatchObject({ speaker: 'enthusiast', to: [7], why: 'human' });
    expect(settled?.repliesTo).not.toContain(7);
  });

  test('useless notes are sent back, and else the log itself says who is heard', () => {
    const { settled, problems } = checkNotes('I think all is fine.', debate());
    expect(problems).toHaveLength(1);
    expect(settled?.data.notes?.routes).toEqual(notesFromLog(debate()).routes);
    expect(settled?.data.notes?.routes[0]).toMatchObject({ speaker: 'researcher', to: [3], why: 'question' });
  });
});

describe('the opening', () => {
  const said = JSON.stringify({ greeting: 'Good evening.', axes: ['one', 'two'], question: 'Does it pay?' });

  test('lays out greeting, axes and the one question', () => {
    const { settled } = checkOpening(said, { ...emptyLog({ question: '' }), article: null });
    expect(settled?.text).toBe('Good evening.\n\n1. one\n2. two\n\n**Central question:** Does it pay?');
    expect(settled?.data.opening).toEqual({ question: 'Does it pay?', axes: ['one', 'two'] });
  });

  test('whoever asked a question gets that question', () => {
    expect(checkOpening(said, debate({ question: 'Should we?' })).settled?.data.opening?.question).toBe('Should we?');
  });

  test('tells readers of hidden text', () => {
    const log = debate();
    const article = log.article && {
      ...log.article,
      warnings: [{ en: 'Nine words are hidden.', es: 'Hay nueve palabras ocultas.' }],
    };
    expect(checkOpening(said, { ...log, article }).settled?.text).toContain('⚠️ Nine words are hidden.');
  });

  test('when no opening can be had, the article opens itself', () => {
    const { settled, problems } = checkOpening('…', debate({ question: '' }));
    expect(problems).toHaveLength(1);
    expect(settled?.text).toContain('1. Set-up\n2. Results');
  });
});
