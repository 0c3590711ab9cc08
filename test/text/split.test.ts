import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { splitMarkdown } from '../../src/text/split.ts';

const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

const word = fc.constantFrom('reward', 'señal', 'modelo', '👩‍🔬', '模型', 'verdad', 'a', 'x̂', 'نموذج', '§', '12.4');
const words = (least: number, most: number) =>
  fc.array(word, { minLength: least, maxLength: most }).map((list) => list.join(' '));
const inline = fc.oneof(
  { weight: 4, arbitrary: words(1, 12).map((text) => `${text}.`) },
  words(1, 4).map((text) => `\`${text}\``),
  words(1, 4).map((text) => `**${text}**`),
  words(1, 4).map((text) => `*${text}*`),
  words(1, 4).map((text) => `[${text}](https://example.org/a_b?c=d)`),
  fc.tuple(words(1, 6), words(1, 2)).map(([quote, section]) => `“${quote}” (§ ${section}, p. 4).`),
);
const paragraph = fc.array(inline, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(' '));
const code = fc
  .array(words(0, 6), { minLength: 1, maxLength: 12 })
  .map((lines) => `\`\`\`ts\n${lines.join('\n')}\n\`\`\``);
const list = fc.array(words(1, 8), { minLength: 1, maxLength: 6 }).map((items) => `- ${items.join('\n- ')}`);
const markdown = fc
  .array(fc.oneof({ weight: 3, arbitrary: paragraph }, code, list), { minLength: 1, maxLength: 8 })
  .map((blocks) => blocks.join('\n\n'));

/** The stretches of inline Markdown a reader would see broken. */
const ATOMS = /`[^`\n]+`|\*\*[^*\n]+\*\*|(?<!\*)\*[^*\n]+\*(?!\*)|\[[^\]\n]+\]\([^)\n]+\)|“[^”\n]+” \(§[^)\n]+\)/g;

describe('laws', () => {
  test('every piece is within the limit and none is blank', () => {
    fc.assert(
      fc.property(
        fc.oneof(markdown, fc.string({ unit: 'binary' })),
        fc.integer({ min: 2, max: 300 }),
        (text, limit) => {
          for (const piece of splitMarkdown(text, limit)) {
            expect(piece.length).toBeLessThanOrEqual(limit);
            expect(piece.trim()).not.toBe('');
          }
        },
      ),
    );
  });

  test('nothing is lost: without code the pieces in a row are the text', () => {
    const prose = fc
      .array(fc.oneof(paragraph, list), { minLength: 1, maxLength: 8 })
      .map((blocks) => blocks.join('\n\n'));
    fc.assert(
      fc.property(prose, fc.integer({ min: 100, max: 400 }), (text, limit) => {
        expect(flat(splitMarkdown(text, limit).join('\n'))).toBe(flat(text));
      }),
    );
  });

  test('no letter is lost, whatever the limit and the code', () => {
    const letters = (text: string) => text.replace(/```(?:ts)?/g, '').replace(/\s+/g, '');
    fc.assert(
      fc.property(markdown, fc.integer({ min: 20, max: 200 }), (text, limit) => {
        expect(letters(splitMarkdown(text, limit).join('\n'))).toBe(letters(text));
      }),
    );
  });

  test('fences are balanced in every piece', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 20, max: 300 }), (text, limit) => {
        for (const piece of splitMarkdown(text, limit)) {
          expect((piece.match(/^```/gm) ?? []).length % 2).toBe(0);
        }
      }),
    );
  });

  test('what fits stays as it is, so cutting a piece again changes nothing', () => {
    fc.assert(
      fc.property(markdown, fc.integer({ min: 20, max: 300 }), (text, limit) => {
        for (const piece of splitMarkdown(text, limit)) expect(splitMarkdown(piece, limit)).toEqual([piece]);
      }),
    );
  });

  test('no link, code, emphasis or quote that fits is cut', () => {
    fc.assert(
      fc.property(
        fc.array(paragraph, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 120, max: 300 }),
        (blocks, limit) => {
          const text = blocks.join('\n\n');
          const pieces = splitMarkdown(text, limit);
          for (const [atom] of text.matchAll(ATOMS)) {
            if (atom.length < limit - 8) expect(pieces.some((piece) => piece.includes(atom))).toBe(true);
          }
        },
      ),
    );
  });

  test('no grapheme is cut', () => {
    const graphemes = fc.array(fc.constantFrom('👩‍👩‍👧', '🇪🇸', 'é', 'क्षि', '模', '𝒳'), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(graphemes, fc.integer({ min: 12, max: 40 }), (list, limit) => {
        const pieces = splitMarkdown(list.join(''), limit);
        expect(pieces.join('')).toBe(list.join(''));
        const segmenter = new Intl.Segmenter('en');
        const whole = [...segmenter.segment(list.join(''))].map(({ segment }) => segment);
        expect(pieces.flatMap((piece) => [...segmenter.segment(piece)].map(({ segment }) => segment))).toEqual(whole);
      }),
    );
  });
});

describe('where it cuts', () => {
  test('at the paragraph, though more would fit', () => {
    expect(splitMarkdown('One two three.\n\nFour five six. Seven.', 30)).toEqual([
      'One two three.',
      'Four five six. Seven.',
    ]);
  });

  test('else at the sentence', () => {
    expect(splitMarkdown('One two three four. Five six seven eight.', 28)).toEqual([
      'One two three four.',
      'Five six seven eight.',
    ]);
  });

  test('else at the word', () => {
    expect(splitMarkdown('one two three four five', 10)).toEqual(['one two', 'three four', 'five']);
  });

  test('a heading goes with what it heads', () => {
    const [first, second] = splitMarkdown(`${'word '.repeat(10)}\n\n## Where we met\n\nHere and there.`, 70);
    expect(first).toBe('word '.repeat(10).trim());
    expect(second).toBe('## Where we met\n\nHere and there.');
  });

  test('a table stays together when it fits', () => {
    const table = '| who | before |\n| --- | --- |\n| Doomer | −2 |\n| Newcomer | 0 |';
    expect(splitMarkdown(`${'word '.repeat(8)}\n\n${table}`, 80)).toEqual(['word '.repeat(8).trim(), table]);
  });

  test('a nested list item keeps its indentation', () => {
    expect(splitMarkdown('- one two three\n  - four five', 18)).toEqual(['- one two three', '  - four five']);
  });

  test('a long code block is closed and opened again with its language', () => {
    expect(splitMarkdown('```py\nfirst = 1\nsecond = 2\nthird = 3\n```', 32)).toEqual([
      '```py\nfirst = 1\nsecond = 2\n```',
      '```py\nthird = 3\n```',
    ]);
  });

  test('a fence that is never closed is closed where it is cut', () => {
    for (const piece of splitMarkdown(`~~~\n${'line\n'.repeat(20)}`, 40)) expect(piece).toMatch(/^~~~\n[^~]+\n~~~$/);
  });

  test('marks nobody closes cost no more than their line', () => {
    // Time quadratic in the length would be minutes, which the test's own limit does not allow.
    for (const mark of ['**a ', '[a', '“a ', '`a ', '_a ', '(', '| ']) {
      const text = mark.repeat(10_000);
      expect(splitMarkdown(text, 2_000).join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }
  });

  test('blank text has no pieces; a limit no character fits is refused', () => {
    expect(splitMarkdown(' \n', 10)).toEqual([]);
    expect(() => splitMarkdown('text', 1)).toThrow(RangeError);
  });
});
