import { describe, expect, test } from '@jest/globals';
import { axesOf } from '../../src/agents/offline/axes.ts';
import { has } from '../../src/agents/offline/cues.ts';
import { checkOfflineArticle, readingOf, sharedTopic, tension } from '../../src/agents/offline/reading.ts';
import { isUsable, readable } from '../../src/agents/offline/sentences.ts';
import { textRank } from '../../src/agents/offline/textrank.ts';
import { extractMarkdown } from '../../src/article/markdown.ts';
import { buildArticle } from '../../src/article/passages.ts';
import type { Article } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';

function articleOf(markdown: string, language = 'en'): Article {
  const meta = { source: 'a.md', url: null, sha256: 'ab', fallbackTitle: 'A', language };
  return buildArticle(extractMarkdown(markdown), meta);
}

const FILLER = Array.from(
  { length: 24 },
  (_, at) => `Sentence number ${at} of this article speaks of gardens, rivers and harbours in plain words.`,
).join(' ');

describe('what can be quoted by itself', () => {
  test.each([
    ['a plain sentence', 'Verifiable rewards replace the judge with a checker of the answer.', true],
    ['too short', 'It depends on the case.', false],
    ['a heading', 'Results and discussion of the second experiment', false],
    ['a formula', 'The update is θ = θ + α times the gradient of the loss function.', false],
    ['loose variables', 'Let x be the state and let y be the action that the agent takes.', false],
    ['a pointer', 'As shown in Table 3 the accuracy rises with the number of samples.', false],
    ['a caption', 'Figure 2. Accuracy of the three routes on the private set of questions.', false],
    ['a numeric citation', 'The method was proposed for games [12] and later applied to language.', false],
    ['a quotation in it', 'The authors call this “an alignment tax” and reduce it by mixing data.', false],
    ['a link', 'The code of the study is kept at https://example.org for everybody to use.', false],
    ['a question', 'What does it mean to reason in the sense that matters to engineers?', false],
    ['a Spanish sentence', 'Las recompensas verificables sustituyen al juez por un comprobador fiable.', true],
  ])('%s', (_, sentence, usable) => {
    expect(isUsable(sentence)).toBe(usable);
  });

  test('a sentence ends before a citation that ends it', () => {
    const text = 'The tool finds likely failures in systems that nobody can look into (Lee et al., 2019).';
    expect(readable(text)).toEqual({ text: text.slice(0, text.indexOf(' (')), cited: false });
  });

  test('it is not cut where that would turn it into another claim', () => {
    const text = 'The tool finds every failure of the simple systems (Lee, 2019) but not of those that matter most.';
    expect(readable(text)).toEqual({ text, cited: true });
  });

  test('the back matter is not read', () => {
    const article = articleOf(
      `# T\n\n${FILLER}\n\n## References\n\nA toolbox for the verification of hybrid systems and their many parameters.`,
    );
    expect(readingOf(article).sentences.some((sentence) => sentence.text.includes('toolbox'))).toBe(false);
  });
});

describe('refusal', () => {
  test('a bare question', () => {
    expect(() => checkOfflineArticle(null)).toThrow(InputError);
  });

  test('24 sentences are too few, 25 are enough', () => {
    expect(() => checkOfflineArticle(articleOf(`# T\n\n${FILLER}`))).toThrow(/TERTULIA_MODEL/);
    const enough = articleOf(`# T\n\n${FILLER} One more sentence on gardens and rivers makes it enough.`);
    expect(() => checkOfflineArticle(enough)).not.toThrow();
  });
});

describe('an objection', () => {
  const claim = 'Verifiable rewards put an end to reward hacking in mathematics and in code.';
  const limit = 'However, verifiable rewards only move reward hacking to the tests that the models learn to game.';
  const sameSide = 'With verifiable rewards, teams saw reward hacking vanish from the exercises within a week.';
  const otherTopic = 'However, the harbours of the north need a deeper channel for the ships of this century.';
  const article = articleOf(
    `# Rewards\n\n## Claims\n\n${claim} ${sameSide}\n\n## Limits\n\n${limit}\n\n## Harbours\n\n${otherTopic} ${FILLER}`,
  );
  const reading = readingOf(article);
  const find = (text: string) => {
    const sentence = reading.sentences.find((each) => each.text === text);
    if (!sentence) throw new Error(`not usable: ${text}`);
    return sentence;
  };

  test('is a sentence on the same thing that limits it', () => {
    expect(tension(reading, find(claim), find(limit))).toMatch(/verifiable rewards|reward hacking/);
  });

  test('is not one on another topic, even when it says “however”', () => {
    expect(tension(reading, find(claim), find(otherTopic))).toBeNull();
  });

  test('is not one on the same topic that limits nothing', () => {
    expect(sharedTopic(reading, find(claim), find(sameSide))).not.toBeNull();
    expect(tension(reading, find(claim), find(sameSide))).toBeNull();
  });

  test('does not run backwards: the claim does not limit the limit', () => {
    expect(tension(reading, find(limit), find(claim))).toBeNull();
  });
});

describe('cues', () => {
  test.each([
    ['en', 'Rewards all but end reward hacking in code.', false],
    ['en', 'It helps not only in code but also in law.', false],
    ['en', 'Adapters help, but they forget less because they learn less.', true],
    ['en', 'The gains have their limits.', true],
    ['es', 'No solo ayuda en código, sino también en derecho.', false],
    ['es', 'Los adaptadores ayudan, pero aprenden menos.', true],
    ['es', 'Con eso no basta para elegir.', true],
    ['pt', 'No entanto, isso não basta.', false],
  ])('contrast in %s: %s', (language, text, expected) => {
    expect(has('contrast', text, language)).toBe(expected);
  });

  test.each([
    ['It rose from 15.6% to 71.0% on the test.', true],
    ['The run takes 64 accelerators.', true],
    ['GPT-4 was tried as well.', false],
    ['It was published in 2019 by the same team.', false],
  ])('figure: %s', (text, expected) => {
    expect(has('figure', text, 'en')).toBe(expected);
  });
});

test('what shares most words is most central', () => {
  const ranks = textRank([
    ['reward', 'model', 'train', 'cost'],
    ['reward', 'model', 'hack'],
    ['train', 'cost', 'energy'],
    ['zebra', 'okapi', 'giraffe'],
  ]);
  expect(ranks[0]).toBe(1);
  expect(Math.min(...ranks)).toBe(ranks[3]);
});

test('axes are the sections that matter, without empty headings', () => {
  const body = (topic: string) =>
    Array.from({ length: 4 }, (_, at) => `The ${topic} of a small team grows with the number ${at} of its users.`).join(
      ' ',
    );
  const article = articleOf(
    `# T\n\n## Introduction\n\n${body('budget')}\n\n## Costs\n\n${body('energy bill')}\n\n## People\n\n${body('training time')}\n\n## Law\n\n${body('open question')}`,
  );
  const axes = axesOf(readingOf(article)).map((axis) => axis.text);
  expect(axes.map((axis) => axis.split(':')[0])).toEqual(['Costs', 'People', 'Law']);
});
