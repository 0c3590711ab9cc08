/** Logs with turns of any shape the types allow, and text that tries to get out of wherever it is put. */
import fc from 'fast-check';
import { HUMAN, type Log, speakers, type Turn, type TurnData } from '../../src/debate.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { samplePanel } from '../fakes/sample-panel.ts';

const hostile = [
  '<script>alert(1)</script>',
  '<script><svg/onload=alert(1)',
  '<img src=x onerror=alert(1)>',
  '"><b onmouseover=alert(1)>',
  '[go](javascript:alert(1))',
  '![spy](https://spy.example/pixel.png)',
  '[r]: javascript:alert(1)\n\n[r]',
  '<iframe src="https://spy.example"></iframe>',
  '</style></title><style>*{display:none}',
  '<!--',
  '`<b>`',
  '```html" onclick="x\n<b>\n```',
  '| a | b |\n| - | - |\n| <i> | 2 |',
];

const words = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }), fc.constantFrom(...hostile));
export const randomText = fc.array(words, { minLength: 1, maxLength: 4 }).map((parts) => parts.join(' '));

const id = fc.constantFrom(...speakers(samplePanel).map((persona) => persona.id));
const numbers = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 });
const count = fc.option(fc.nat(1e6));
const oneToFive = fc.integer({ min: 1, max: 5 });

const data: fc.Arbitrary<TurnData> = fc.record(
  {
    stance: fc.record({ stance: fc.integer({ min: -3, max: 3 }), confidence: fc.integer({ min: 0, max: 100 }) }),
    choice: fc.record({ format: randomText, why: randomText }),
    verdict: fc.record({ question: fc.integer({ min: 1, max: 12 }), answered: fc.boolean() }),
    failure: fc.record({ text: randomText, likelihood: oneToFive, harm: oneToFive }),
    signoff: fc.record({ objection: fc.option(randomText) }),
    notes: fc.record({
      claims: fc.array(fc.record({ text: randomText, turns: numbers }), { maxLength: 2 }),
      clashes: fc.array(fc.record({ issue: randomText, turns: numbers }), { maxLength: 2 }),
      questions: fc.constant([]),
      untouched: fc.array(randomText, { maxLength: 1 }),
      routes: fc.constant([]),
    }),
    asks: fc.array(fc.record({ to: id, text: randomText }), { maxLength: 2 }),
    author: fc.record({ id: fc.string(), name: randomText }),
    to: id,
    mended: fc.array(randomText, { maxLength: 2 }),
    opening: fc.record({ question: randomText, axes: fc.array(randomText, { maxLength: 3 }) }),
    synthesis: fc.record({
      answer: randomText,
      confidence: fc.option(fc.integer({ min: 0, max: 100 })),
      agreements: fc.array(fc.record({ text: randomText, turns: numbers }), { maxLength: 2 }),
      disagreements: fc.array(
        fc.record({
          issue: randomText,
          positions: fc.array(
            fc.record({ speaker: fc.oneof(id, fc.constant(HUMAN), randomText), text: randomText, turns: numbers }),
          ),
          settledBy: randomText,
        }),
        { maxLength: 2 },
      ),
      minority: fc.array(fc.record({ speaker: id, text: randomText }), { maxLength: 2 }),
      open: fc.array(fc.record({ text: randomText, turn: fc.integer({ min: 1, max: 30 }), to: fc.option(id) }), {
        maxLength: 2,
      }),
      nextSteps: fc.array(randomText, { maxLength: 5 }),
      plainWords: randomText,
      recap: randomText,
      dropped: fc.array(randomText, { maxLength: 2 }),
      risks: fc.array(
        fc.record({ text: randomText, mitigation: randomText, likelihood: oneToFive, harm: oneToFive, turns: numbers }),
        { maxLength: 2 },
      ),
      definitions: fc.array(fc.record({ term: randomText, text: randomText, turns: numbers }), { maxLength: 2 }),
    }),
  },
  { requiredKeys: [] },
);

const turn: fc.Arbitrary<Turn> = fc.record({
  n: fc.constant(0),
  key: fc.string(),
  kind: fc.constantFrom(
    'opening',
    'statement',
    'reply',
    'notes',
    'human',
    'question',
    'stance',
    'verdict',
    'signoff',
    'synthesis',
  ),
  public: fc.boolean(),
  speaker: fc.oneof(id, fc.constant(HUMAN)),
  round: fc.nat(3),
  text: randomText,
  repliesTo: numbers,
  answers: numbers,
  quotes: fc.array(
    fc.record({ text: randomText, passage: fc.option(fc.integer({ min: 1, max: 12 })), verified: fc.boolean() }),
    { maxLength: 2 },
  ),
  data,
  usage: fc.option(fc.record({ inputTokens: count, cachedTokens: count, outputTokens: count })),
  model: fc.option(fc.string()),
  at: fc.date({ min: new Date('2020-01-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
});

export const randomLog: fc.Arbitrary<Log> = fc
  .record({
    turns: fc.array(turn, { maxLength: 12 }),
    language: fc.constantFrom('en', 'es', 'pt', 'x"><b>'),
    title: randomText,
    article: fc.boolean(),
    voice: fc.constantFrom('model' as const, 'offline' as const),
    ending: fc.option(fc.constantFrom('asked' as const, 'tokens' as const)),
    over: fc.boolean(),
  })
  .map(({ turns, language, title, article, voice, ending, over }) => {
    const log = sampleLog(language);
    const { endedAt } = log.debate;
    return {
      debate: { ...log.debate, question: title, voice, ending, endedAt: over ? endedAt : null },
      article: article && log.article ? { ...log.article, title } : null,
      turns: turns.map((one, i) => ({ ...one, n: i + 1 })),
    };
  });
