import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { extractText } from '../../src/article/text.ts';

const shape = (source: string) =>
  extractText(source).blocks.map(({ kind, level, text }) => `${kind}${level ?? ''}: ${text}`);
const body = 'This is a paragraph that is long enough to stand under a heading, with an end.';

describe('extractText', () => {
  test('paragraphs by blank lines, broken lines joined, line ends of every system', () => {
    expect(shape('One line\r\nand another.\r\n\r\n  Second\rparagraph.\f Third one.')).toEqual([
      'paragraph: One line and another.',
      'paragraph: Second paragraph.',
      'paragraph: Third one.',
    ]);
  });

  test('headings by number, capitals, underline, and by standing alone', () => {
    expect(shape(`A Study of Things\n\n${body}\n\n1. Introduction\n\n${body}\n\n2.1 Data and Method\n${body}`)).toEqual(
      [
        'heading2: A Study of Things',
        `paragraph: ${body}`,
        'heading2: 1. Introduction',
        `paragraph: ${body}`,
        'heading3: 2.1 Data and Method',
        `paragraph: ${body}`,
      ],
    );
    expect(shape(`RESULTS\n${body}\n\nUnderlined\n==========\n${body}\n\nBelow\n-----\n\n${body}`)).toEqual([
      'heading2: RESULTS',
      `paragraph: ${body}`,
      'heading1: Underlined',
      `paragraph: ${body}`,
      'heading2: Below',
      `paragraph: ${body}`,
    ]);
  });

  test('what only looks a little like a heading is none', () => {
    expect(shape(`He left.\n\n${body}`)[0]).toBe('paragraph: He left.');
    expect(shape(`${body}\n\nThe last words`).at(-1)).toBe('paragraph: The last words');
    expect(shape(`2024 was a year\nof many words.\n\n${body}`)[0]).toBe('paragraph: 2024 was a year of many words.');
  });

  test('lists and tables keep their lines', () => {
    expect(shape(`${body}\n\n- one\n  goes on\n- two\n\na    b\n1    2`)).toEqual([
      `paragraph: ${body}`,
      'list: - one goes on\n- two',
      'table: a | b\n1 | 2',
    ]);
  });

  test('long lines without blank ones are paragraphs', () => {
    const long = `${'word '.repeat(60)}end.`;
    expect(extractText(`${long}\n${long}\n${long}`).blocks).toHaveLength(3);
  });

  test('the first line is the title when it stands alone like one', () => {
    expect(extractText(`On Method\n\n${body}`).title).toBe('On Method');
    expect(extractText(`${body}\n\n${body}`).title).toBeNull();
  });

  test('colours of a terminal and control characters go', () => {
    expect(shape(`\u001b[1mBold\u001b[0m\u0007 words that end.`)).toEqual(['paragraph: Bold words that end.']);
  });

  test('no word is lost or made up', () => {
    const words = (text: string) => text.match(/\p{L}+/gu) ?? [];
    const line = fc.oneof(fc.constantFrom('', '', '- item', '1. One', '====', 'Title Here', 'a    b'), fc.lorem());
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const source = lines.join('\n');
        expect(
          words(
            extractText(source)
              .blocks.map(({ text }) => text)
              .join(' '),
          ),
        ).toEqual(words(source));
      }),
    );
  });
});
