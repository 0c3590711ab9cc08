import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../src/errors.ts';
import { dollars } from '../src/spending/dollars.ts';
import { costOf, loadPrices } from '../src/spending/prices.ts';

const folder = mkdtempSync(join(tmpdir(), 'prices-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, `${Math.random()}.json`);
  writeFileSync(path, content);
  return path;
}

describe('prices', () => {
  test('ship with the program; a model nobody listed has none', async () => {
    const prices = await loadPrices(null, null);
    expect(prices('openai:gpt-4.1')).toEqual({ input: 2, cached: 0.5, output: 8 });
    for (const unknown of ['openai:gpt-4.1-2025-04-14', 'openai:', 'gpt-4.1', 'openai:toString', '__proto__']) {
      expect(prices(unknown)).toBeNull();
    }
  });

  test('of a provider say nothing about a server of one’s own', async () => {
    const own = file('{ "openai:local": { "input": 1, "output": 2, "asOf": "2026-11-26" } }');
    const prices = await loadPrices(own, 'openai');
    expect(prices('openai:gpt-4.1')).toBeNull();
    expect(prices('openai:local')).toEqual({ input: 1, cached: 1, output: 2 });
  });

  test('of one’s own go over those that ship', async () => {
    const own = file('{ "openai:gpt-4.1": { "input": 9, "cached": 8, "output": 7, "asOf": "2026-11-26" } }');
    expect((await loadPrices(own, null))('openai:gpt-4.1')).toEqual({ input: 9, cached: 8, output: 7 });
  });

  test.each([
    ['no JSON', 'openai'],
    ['no date', '{ "openai:x": { "input": 1, "output": 2 } }'],
    ['no provider', '{ "x": { "input": 1, "output": 2, "asOf": "2026-11-26" } }'],
    ['below nothing', '{ "openai:x": { "input": -1, "output": 2, "asOf": "2026-11-26" } }'],
  ])('that make no sense are told (%s)', async (_, content) => {
    await expect(loadPrices(file(content), null)).rejects.toThrow(InputError);
  });

  test('a file that is not there is told', async () => {
    await expect(loadPrices(join(folder, 'none.json'), null)).rejects.toThrow(/correct the file TERTULIA_PRICES names/);
  });
});

describe('what a call costs', () => {
  const price = { input: 2, cached: 0.5, output: 8 };

  test('is what was sent, less for what was cached, and what came back', () => {
    const usage = { inputTokens: 1_000_000, cachedTokens: 900_000, outputTokens: 10_000 };
    expect(costOf(usage, price)).toBeCloseTo(0.2 + 0.45 + 0.08);
    expect(costOf({ ...usage, cachedTokens: null }, price)).toBeCloseTo(2.08);
  });

  test('is unknown without a price or without counts, never nothing', () => {
    const usage = { inputTokens: 10, cachedTokens: 0, outputTokens: 1 };
    expect(costOf(usage, null)).toBeUndefined();
    expect(costOf({ ...usage, inputTokens: null }, price)).toBeUndefined();
    expect(costOf({ ...usage, outputTokens: null }, price)).toBeUndefined();
  });

  test('grows with every token and shrinks with every one that was cached', () => {
    const count = fc.nat({ max: 1_000_000 });
    fc.assert(
      fc.property(count, count, count, (inputTokens, cachedTokens, outputTokens) => {
        const usage = { inputTokens, cachedTokens, outputTokens };
        const cost = costOf(usage, price) ?? -1;
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(costOf({ ...usage, outputTokens: outputTokens + 1 }, price)).toBeGreaterThan(cost);
        expect(costOf({ ...usage, cachedTokens: cachedTokens + 1 }, price)).toBeLessThanOrEqual(cost);
      }),
    );
  });

  test.each([
    [0, 'en', '$0.00'],
    [0.004_712, 'en', '$0.0047'],
    [0.0099, 'es', '$0,0099'],
    [1234.5, 'en', '$1,234.50'],
    [0.5, 'es', '$0,50'],
    [Number.POSITIVE_INFINITY, 'en', '$?'],
  ])('%d in %s is %s', (amount, language, shown) => {
    expect(dollars(amount, language)).toBe(shown);
  });
});
