import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { z } from 'zod';
import { openingDraft } from '../../src/spoken.ts';
import { parseStructured, withoutThinking } from '../../src/text/structured.ts';

const schema = z.object({ a: z.number(), b: z.string().default('') });

describe('parseStructured', () => {
  test.each([
    ['plain', '{"a": 1, "b": "x"}'],
    ['fenced', '```json\n{"a": 1, "b": "x"}\n```'],
    ['with prose around it', 'Here you are:\n{"a": 1, "b": "x"}\nAnything else?'],
    ['after thoughts that hold an object', '<think>maybe {"a": 2, "b": "other, longer"}?</think>{"a": 1, "b": "x"}'],
    ['after thoughts that were never opened', 'maybe {"a": 2}?</think>{"a": 1, "b": "x"}'],
    ['with trailing commas', '{"a": 1, "b": "x",}'],
    ['with comments', '{"a": 1, // one\n "b": "x" /* two */}'],
    ['beside a smaller object', 'Like {"b": 1} this: {"a": 1, "b": "x"}'],
  ])('reads JSON %s', (_, text) => {
    expect(parseStructured(text, schema)).toEqual({ ok: true, value: { a: 1, b: 'x' } });
  });

  test('reads raw line breaks and braces inside strings', () => {
    const text = '{"a": 1, "b": "one {two}\nthree \\" ,}"}';
    expect(parseStructured(text, schema)).toEqual({ ok: true, value: { a: 1, b: 'one {two}\nthree " ,}' } });
  });

  test.each([
    ['no object', 'I would rather not.', /no JSON object/],
    ['an unfinished one', '{"a": 1, "b": "x', /not well formed or not finished/],
    ['a wrong type', '{"a": "one"}', /does not fit: .*a/],
  ])('says what is wrong with %s', (_, text, problem) => {
    expect(parseStructured(text, schema)).toMatchObject({ ok: false, problem: expect.stringMatching(problem) });
  });

  test('names the missing key for the repair', () => {
    const read = parseStructured('{"greeting": "Hello", "axes": ["one", "two"]}', openingDraft);
    expect(read).toMatchObject({ ok: false, problem: expect.stringContaining('question') });
  });

  test('any object comes back out of a fence, thoughts and prose', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = `<think>hm</think>Sure:\n\`\`\`json\n${JSON.stringify({ value })}\n\`\`\`\nDone.`;
        expect(parseStructured(text, z.object({ value: z.unknown() }))).toEqual({
          ok: true,
          value: JSON.parse(JSON.stringify({ value })),
        });
      }),
    );
  });

  test('never throws', () => {
    const odd = fc.string({
      unit: fc.constantFrom('{', '}', '"', '\\', ',', '/', '*', '\n', 'a', ':', '<think>', '</think>'),
    });
    fc.assert(fc.property(odd, (text) => typeof parseStructured(text, schema).ok === 'boolean'));
  });
});

describe('withoutThinking', () => {
  test.each([
    ['closed thoughts', '<think>a\nb</think>\nHello', 'Hello'],
    ['thoughts under another name', '<thinking>a</thinking>Hello', 'Hello'],
    ['unfinished thoughts', 'Hello <think>but', 'Hello'],
    ['thoughts whose beginning was not sent', 'a b</think> Hello', 'Hello'],
    ['nothing', 'Hello <b>there</b>', 'Hello <b>there</b>'],
  ])('removes %s', (_, text, rest) => expect(withoutThinking(text)).toBe(rest));
});
