import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { articleTokens, estimateTokens, outline, passagesFor, withinBudget } from '../../src/agents/retrieval.ts';
import type { Article, Passage } from '../../src/debate.ts';
import { cueFor } from '../contracts/voice.ts';
import { sampleLog } from '../fakes/sample-log.ts';

function long(sections: number, each: number): Article {
  const log = sampleLog('en');
  const article = log.article;
  if (!article) throw new Error('the sample has an article');
  const passages = Array.from({ length: sections * each }, (_, at): Passage => {
    const text = `Sentence ${at} opens this passage. ${'More words follow it. '.repeat(10)}`;
    return { n: at + 1, section: `Part ${Math.floor(at / each)}`, page: null, start: 0, end: text.length, text };
  });
  return { ...article, passages };
}

describe('the outline of a long article', () => {
  test('names each section, its passages and how it begins', () => {
    const lines = outline(long(3, 5), 10_000).split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe('[p6–p10] § Part 1: Sentence 5 opens this passage.');
  });

  test('cuts long sections into stretches', () => {
    expect(outline(long(1, 50), 10_000).split('\n')).toHaveLength(3);
  });

  test('fits its budget, however long the article', () => {
    const sizes = [
      fc.integer({ min: 1, max: 300 }),
      fc.integer({ min: 1, max: 30 }),
      fc.integer({ min: 200, max: 5000 }),
    ] as const;
    fc.assert(
      fc.property(...sizes, (sections, each, budget) => {
        const text = outline(long(sections, each), budget);
        expect(estimateTokens(text.length)).toBeLessThanOrEqual(budget);
        expect(text).not.toBe('');
      }),
      { numRuns: 40 },
    );
  });

  test('is wanted only where the article is over budget', () => {
    expect(articleTokens(long(1, 1))).toBeLessThan(100);
    expect(articleTokens(long(10, 100))).toBeGreaterThan(60_000);
  });
});

describe('passages for a turn', () => {
  const log = sampleLog('es');
  const passages = log.article?.passages ?? [];

  test('what the turns taken up quoted, and what was found for lens, question and issue', async () => {
    const cue = cueFor(log, 'reply');
    const move = { ...cue.move, to: [3], issue: 'el margen de error' };
    let asked = '';
    const found = await passagesFor(
      { ...cue, move },
      async (words) => {
        asked = words;
        return passages.slice(6, 8);
      },
      10_000,
    );
    const quoted = log.turns[2]?.quotes.map((quote) => quote.passage) ?? [];
    expect(quoted.length).toBeGreaterThan(0);
    expect(found.map((passage) => passage.n)).toEqual([...quoted, 7, 8]);
    for (const part of ['el margen de error', cue.persona.lens.es[0] ?? '-', '¿Debemos dar por defecto']) {
      expect(asked).toContain(part);
    }
  });

  test('come in order, once, and within budget, but for one at least', () => {
    const [one, two, three] = passages;
    if (!one || !two || !three) throw new Error('the sample has passages');
    expect(withinBudget([three, one, three, two], 10_000)).toEqual([one, two, three]);
    expect(withinBudget([three, one], 1)).toEqual([three]);
  });
});
