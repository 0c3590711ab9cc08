import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Block, Extracted } from '../../src/article/document.ts';
import { readyFor } from '../../src/article/language.ts';
import { buildArticle } from '../../src/article/passages.ts';
import { sentences } from '../../src/article/sentences.ts';

const META = { source: 'paper.pdf', url: null, sha256: 'ab'.repeat(32), fallbackTitle: 'paper' };

// A text without words takes the detector; with it loaded every other is told.
beforeAll(() => readyFor(''));

function article(blocks: readonly Block[], more: Partial<Extracted> = {}) {
  return buildArticle({ title: 'A Title', blocks, warnings: [], ...more }, META);
}

function paragraph(text: string, page: number | null = null): Block {
  return { kind: 'paragraph', text, page };
}

function heading(text: string): Block {
  return { kind: 'heading', text, level: 1, page: null };
}

/** So many words, a sentence of ten after the other. */
function words(count: number): string {
  const all = Array.from({ length: count }, (_, i) =>
    i % 10 === 9 ? `word${i}.` : i % 10 === 0 ? `Word${i}` : `word${i}`,
  );
  return all.join(' ');
}

const count = (text: string) => text.split(/\s+/).length;

describe('passages', () => {
  const character = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...'abcdefgh ABC é ñ 字 語 🙂 e\u0301') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('. ', '? ', '\n', '  ', '\t', '\u00AD', '\u200B', '\r\n', '-', 'et al. ', '\u2028'),
    },
  );
  const block = fc.record({
    kind: fc.constantFrom<Block['kind']>(
      'heading',
      'paragraph',
      'paragraph',
      'paragraph',
      'list',
      'code',
      'table',
      'caption',
    ),
    text: fc.oneof(
      fc.array(character, { maxLength: 400 }).map((all) => all.join('')),
      fc.lorem({ maxCount: 30, mode: 'sentences' }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.nat({ max: 4000 }).map((length) => 'x'.repeat(length)),
    ),
    page: fc.option(fc.integer({ min: 1, max: 9 })),
  });

  test('are slices of the text, in order, of one section each, and hold all but the headings', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 12 }), (blocks) => {
        const { text, passages, sections } = article(blocks);
        let end = 0;
        for (const [i, passage] of passages.entries()) {
          expect(passage.n).toBe(i + 1);
          expect(passage.start).toBeGreaterThanOrEqual(end);
          expect(text.slice(passage.start, passage.end)).toBe(passage.text);
          expect(passage.text.trim()).not.toBe('');
          expect(passage.text.isWellFormed() || !text.isWellFormed()).toBe(true);
          expect(passage.section === '' || sections.includes(passage.section)).toBe(true);
          end = passage.end;
        }
        const left = [...passages]
          .reverse()
          .reduce((rest, { start, end: to }) => rest.slice(0, start) + rest.slice(to), text);
        const headings = article(blocks.filter(({ kind }) => kind === 'heading')).text;
        expect(left.replace(/\s/g, '')).toBe(headings.replace(/\s/g, ''));
      }),
      { numRuns: 150 },
    );
  });

  test('have 40 to 160 words and end where a sentence does', () => {
    const { passages } = article([
      paragraph(words(700)),
      paragraph(words(30)),
      paragraph(words(20)),
      paragraph(words(90)),
    ]);
    expect(passages.length).toBeGreaterThan(6);
    for (const { text } of passages) {
      expect(count(text)).toBeGreaterThanOrEqual(40);
      expect(count(text)).toBeLessThanOrEqual(160);
      expect(text).toMatch(/\.$/);
    }
  });

  test('never reach over a heading, however short', () => {
    const { passages, sections } = article([
      paragraph('Before.'),
      heading('1 One'),
      paragraph('Short.'),
      heading('2 Two'),
      paragraph('Also short.'),
    ]);
    expect(passages.map(({ section, text }) => [section, text])).toEqual([
      ['', 'Before.'],
      ['1 One', 'Short.'],
      ['2 Two', 'Also short.'],
    ]);
    expect(sections).toEqual(['1 One', '2 Two']);
  });

  test('know the page they begin on, also within a paragraph that runs over two', () => {
    const text = words(300);
    const at = text.indexOf('Word150');
    const { passages } = article([{ kind: 'paragraph', text, page: 3, pageBreaks: [{ at, page: 4 }] }]);
    expect(passages.map(({ page, start }) => [page, start >= at])).toEqual(
      passages.map(({ start }) => [start >= at ? 4 : 3, start >= at]),
    );
    expect(new Set(passages.map(({ page }) => page))).toEqual(new Set([3, 4]));
  });

  test('a sentence without an end is cut between words', () => {
    const { passages } = article([paragraph(Array.from({ length: 500 }, (_, i) => `w${i}`).join(' '))]);
    expect(passages.every(({ text }) => count(text) <= 160)).toBe(true);
    expect(passages.map(({ text }) => text).join(' ')).toContain('w159 w160');
  });
});

describe('the article', () => {
  test('a first heading that repeats the title opens no section', () => {
    expect(article([heading('A title'), paragraph('Text.')]).sections).toEqual([]);
  });

  test('without a title of its own it bears its file’s', () => {
    expect(article([paragraph('Text.')], { title: ' \u200B ' }).title).toBe('paper');
  });

  test('nothing at all is an article without passages', () => {
    expect(article([])).toMatchObject({ passages: [], sections: [], text: '', language: 'en' });
  });

  test('its language is that of the text, unless it is given', () => {
    const blocks = [paragraph('La medida de los ensayos coincide con la previsión que se había hecho.')];
    expect(article(blocks).language).toBe('es');
    expect(buildArticle({ title: null, blocks, warnings: [] }, { ...META, language: 'pt' }).language).toBe('pt');
  });

  test('invisible characters go, and are reported where they could carry a message', () => {
    const plain = article([paragraph('A co\u00ADoper\u200Bative \uFEFFtext with می\u200Cخواهم and 👩\u200D🔬.')]);
    expect(plain.text).toBe('A cooperative text with می\u200Cخواهم and 👩\u200D🔬.');
    expect(plain.warnings).toEqual([]);
    const hidden = article([
      paragraph(`A text.${'\u200B\u200D\u2060'.repeat(5)} \u{E0049}\u{E0067}\u{E006E}\u{E006F}\u{E0072}`),
    ]);
    expect(hidden.text).toBe('A text.');
    expect(hidden.warnings).toEqual([
      {
        en: expect.stringContaining('20 invisible characters'),
        es: expect.stringContaining('20 caracteres invisibles'),
      },
    ]);
  });
});

describe('sentences', () => {
  test.each([
    ['en', 'See Smith et al. The rest follows.', 1],
    ['en', 'See Fig. 3 and Eq. (4) of Sec. 2. Then stop.', 2],
    ['en', 'Use one, e.g. Monte Carlo, i.e. Sampling. Then stop.', 2],
    ['en', 'Dr. J. R. Moss wrote it. Others read it.', 2],
    ['en', 'It costs 3.5 million. Nobody pays.', 2],
    ['en', 'No. That is wrong. No. 5 is right.', 3],
    ['es', 'El Dr. Pérez y la Sra. Ruiz lo citan, p. ej. Aquí. Después callan.', 2],
    ['es', 'Véase la pág. 12 y la fig. 3 del cap. 2. ¿Y luego? Nada.', 3],
    ['es', '¿Por qué? Porque sí.', 2],
    ['en', 'It is on arXiv.org today. "Is it?" she asked. Yes!', 3],
  ])('%s: %s', (language, text, expected) => {
    expect(sentences(text, language).map((span) => span.text)).toHaveLength(expected);
  });

  test('are slices of the text, and nothing but white space lies between them', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab. ?!\nAB 1É"…)'), maxLength: 80 }), (text) => {
        let at = 0;
        for (const span of sentences(text, 'en')) {
          expect(text.slice(span.start, span.end)).toBe(span.text);
          expect(text.slice(at, span.start).trim()).toBe('');
          at = span.end;
        }
        expect(text.slice(at).trim()).toBe('');
      }),
    );
  });
});
