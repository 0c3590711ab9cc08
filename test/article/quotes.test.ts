import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buildArticle } from '../../src/article/passages.ts';
import { findQuote } from '../../src/article/quotes.ts';
import type { Article } from '../../src/debate.ts';

function articleOf(...paragraphs: string[]): Article {
  const blocks = paragraphs.map((text) => {
    const kind = text.startsWith('# ') ? ('heading' as const) : ('paragraph' as const);
    return { kind, text: text.replace(/^# /, ''), page: null };
  });
  const meta = { source: 'x', url: null, sha256: '', fallbackTitle: 'x', language: 'en' };
  return buildArticle({ title: 'x', blocks, warnings: [] }, meta);
}

/** Long enough to be a passage of its own. */
function filler(name: string): string {
  return Array.from({ length: 45 }, (_, i) => `${name}${i}`)
    .join(' ')
    .concat('.');
}

const TEXT =
  'The efficient “gray-box” simulation [3, 4] outputs a real-valued distance (i.e. how close we are to failure), and—most ' +
  'importantly—solvers (Lee, Mengshoel, & Kochenderfer, 2019) reach 90.5% of −3 dB in the cross-entropy method¹². It isn’t ' +
  'free: doi 10.1007 says 254–257 pages, x² < 10 and f(x) = 35. A naïve coöperation is not able to notice what is notable. ';
const ARTICLE = articleOf(
  '# Introduction',
  TEXT,
  '# Method',
  filler('alpha'),
  `${filler('beta')} Last of one.`,
  filler('gamma'),
);

describe('a quote is found', () => {
  test.each([
    ['as it stands', 'outputs a real-valued distance', 'outputs a real-valued distance'],
    ['in other case', 'OUTPUTS A Real-Valued DISTANCE', 'outputs a real-valued distance'],
    ['with a line break and a hyphen there', 'outputs a real-\nvalued dis-\ntance', 'outputs a real-valued distance'],
    ['without its hyphen', 'a realvalued distance', 'a real-valued distance'],
    ['with a space for its hyphen', 'a real valued distance', 'a real-valued distance'],
    ['with soft hyphens', 'out\u00ADputs a real-valued', 'outputs a real-valued'],
    ['with ligatures', 'The e\uFB03cient “gray-box”', 'The efficient “gray-box'],
    ['with straight quote marks', 'The efficient "gray-box" simulation', 'The efficient “gray-box” simulation'],
    ['within quote marks', '“real-valued distance”', 'real-valued distance'],
    ['with a straight apostrophe', "It isn't free", 'It isn’t free'],
    ['with other dashes', 'and - most importantly -- solvers', 'and—most importantly—solvers'],
    ['without its citation', 'simulation outputs a real-valued', 'simulation [3, 4] outputs a real-valued'],
    ['with another citation', 'simulation [7] outputs a real-valued', 'simulation [3, 4] outputs a real-valued'],
    ['with a citation of its own', 'a real-valued (Doe et al., 2021) distance', 'a real-valued distance'],
    [
      'without authors and year',
      'importantly solvers reach 90.5%',
      'importantly—solvers (Lee, Mengshoel, & Kochenderfer, 2019) reach 90.5%',
    ],
    ['without a raised mark', 'cross-entropy method. It isn’t', 'cross-entropy method¹². It isn’t'],
    ['with composed letters apart', 'A nai\u0308ve coo\u0308peration', 'A naïve coöperation'],
    ['with other spaces around signs', 'x² <10 and f(x)=35', 'x² < 10 and f(x) = 35'],
    ['with a full stop the article has too', '10 and f(x) = 35.', '10 and f(x) = 35.'],
    ['with a full stop the article lacks', 'a real-valued distance.', 'a real-valued distance'],
    [
      'with words left out',
      'The efficient … outputs a ... real-valued distance',
      'The efficient … outputs a … real-valued distance',
    ],
    ['cut at its ends', '... outputs a real-valued distance …', 'outputs a real-valued distance'],
  ])('%s', (_, words, original) => {
    expect(findQuote(ARTICLE, words)).toEqual({ text: original, passage: 1 });
  });

  test('over the end of a passage, not over a heading', () => {
    expect(findQuote(ARTICLE, 'alpha44. beta0 beta1')).toEqual({ text: 'alpha44. beta0 beta1', passage: 2 });
    expect(findQuote(ARTICLE, 'alpha44. beta0 beta1', 3)).toEqual({ text: 'alpha44. beta0 beta1', passage: 3 });
    expect(findQuote(ARTICLE, 'what is notable. alpha0 alpha1')).toBeNull();
    expect(findQuote(ARTICLE, 'what is notable. Method alpha0')).toBeNull();
  });

  test('in the passage it is claimed for first, else elsewhere', () => {
    const twice = articleOf(`the same words. ${filler('one')}`, `the same words. ${filler('two')}`);
    expect(findQuote(twice, 'the same words')?.passage).toBe(1);
    expect(findQuote(twice, 'the same words', 2)?.passage).toBe(2);
    expect(findQuote(twice, 'one3 one4 one5', 2)?.passage).toBe(1);
    expect(findQuote(twice, 'one3 one4 one5', 99)?.passage).toBe(1);
  });

  test('in a language without spaces', () => {
    const japanese = articleOf('報酬関数は失敗までの距離を測る。探索はそれに導かれる。');
    expect(findQuote(japanese, '失敗までの距離を測る')).toEqual({ text: '失敗までの距離を測る', passage: 1 });
  });
});

describe('a quote is not found', () => {
  test.each([
    ['a changed word', 'outputs a real-valued measure'],
    ['an added word', 'outputs a very real-valued distance'],
    ['a dropped word', 'outputs real-valued distance'],
    ['other order', 'distance real-valued a outputs'],
    ['part of a word', 'utputs a real-valued distan'],
    ['another number', 'reach 90.6% of −3 dB'],
    ['a decimal point lost', 'solvers reach 905% of −3 dB'],
    ['a sign lost', 'of 3 dB in the'],
    ['a range closed up', 'says 254257 pages'],
    ['another power', 'x³ < 10 and'],
    ['another sign', 'x² > 10 and f(x)'],
    ['words run together', 'coöperation is notable to notice'],
    ['a word taken apart', 'to notice what is not able'],
    ['parts in other order', 'real-valued distance … The efficient'],
    ['parts far apart', 'alpha1 alpha2 … gamma1 gamma2'],
    ['a part of one word', 'The efficient … failure'],
    ['nothing', ''],
    ['only marks', '“…” [3]'],
  ])('%s', (_, words) => {
    expect(findQuote(ARTICLE, words)).toBeNull();
  });

  test('when too short to tell, unless the passage it is claimed for holds it', () => {
    expect(findQuote(ARTICLE, 'distance')).toBeNull();
    expect(findQuote(ARTICLE, 'we are')).toBeNull();
    expect(findQuote(ARTICLE, 'distance', 1)).toEqual({ text: 'distance', passage: 1 });
    expect(findQuote(ARTICLE, 'distance', 2)).toBeNull();
  });
});

describe('any quote', () => {
  const vocabulary =
    'office figure staff model-free cross-entropy don’t «reward» policy, method: (agent) naïve x-ray flow'.split(' ');
  const sentence = fc
    .array(fc.oneof(fc.constantFrom(...vocabulary), fc.stringMatching(/^[a-z]{2,9}$/)), { minLength: 6, maxLength: 25 })
    .map((all) => `${all.join(' ')}.`);
  const marked = fc
    .tuple(sentence, fc.constantFrom('', ' [12]', ' [3, 4]', ' (Smith et al., 2020)'))
    .map(([text, mark]) => text.replace('.', `${mark}.`));
  const document = fc.array(fc.array(marked, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });

  /** Ways to write the same words. */
  const alterations: readonly ((words: string) => string)[] = [
    (words) => words.replace(/ffi/g, '\uFB03').replace(/fl/g, '\uFB02').replace(/fi/g, '\uFB01'),
    (words) => words.replace(/([a-z]{3})([a-z]{3})/, '$1-\n$2'),
    (words) => words.replaceAll('’', "'").replace(/[«»]/g, '"'),
    (words) => words.replaceAll(' ', '\n'),
    (words) => words.replaceAll(' [12]', '').replaceAll(' [3, 4]', '').replaceAll(' (Smith et al., 2020)', ''),
    (words) => words.replace(/^([a-z]+) /, '$1 [7] '),
    (words) => words.toUpperCase(),
    (words) => words.replaceAll('-', '\u2011'),
    (words) => `“${words}”`,
    (words) => words.normalize('NFD'),
  ];

  const letters = (text: string) =>
    text
      .replace(/\[[^\]]*\]|\(Smith[^)]*\)/g, '')
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[^\p{L}]/gu, '');

  /** A stretch of an article that starts and ends between words and outside citations, long enough to be a quote. */
  const cut = fc
    .tuple(document, fc.nat(), fc.integer({ min: 4, max: 14 }))
    .map(([paragraphs, at, length]) => {
      const article = articleOf(...paragraphs.map((all) => all.join(' ')));
      const places = [...article.text.matchAll(/\[[^\]]*\]|\(Smith[^)]*\)|\S+/g)];
      const from = at % Math.max(1, places.length - length);
      const [first, last] = [places[from], places[Math.min(places.length - 1, from + length - 1)]];
      const end = (last?.index ?? 0) + (last?.[0].length ?? 0);
      return { article, quote: article.text.slice(first?.index ?? 0, end) };
    })
    .filter(({ quote }) => letters(quote).length >= 8);

  test('cut from the article and written differently is found, and the original comes back', () => {
    fc.assert(
      fc.property(cut, fc.subarray([...alterations], { maxLength: 3 }), ({ article, quote }, ways) => {
        const written = ways.reduce((words, alter) => alter(words), quote);
        const found = findQuote(article, written);
        expect(found).not.toBeNull();
        expect(article.text.replace(/\s+/g, ' ')).toContain(found?.text);
        expect(letters(found?.text ?? '')).toBe(letters(quote));
        expect(article.passages.some(({ n }) => n === found?.passage)).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  test('with one word changed is not found', () => {
    fc.assert(
      fc.property(cut, fc.nat(), fc.stringMatching(/^[a-z]{3,8}qzx$/), ({ article, quote }, at, other) => {
        const words = quote.split(' ').filter((word) => !/[[\]]|Smith|al\.,|2020/.test(word));
        words[at % words.length] = other;
        expect(findQuote(article, words.join(' '))).toBeNull();
      }),
      { numRuns: 400 },
    );
  });
});
