/** Whether words claimed to be the article's are, and where: `findQuote`. */
import type { Article } from '../debate.ts';
import { EITHER, type Letters, lettersOf, NOTHING, type Range } from './letters.ts';

/** Fewer words or letters prove nothing, unless the passage they are claimed for holds them. */
const LEAST_WORDS = 2;
const LEAST_LETTERS = 8;

const ELLIPSIS = /\[\s*(?:…|\.{3,})\s*\]|\(\s*(?:…|\.{3,})\s*\)|…|\.{3,}/u;

/** `[12]`, `[3, 4–6]`, `(Smith et al., 2020; see Lee, 2019a)`, a raised 12 after a word. */
const CITATIONS = [
  /\[\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*\]/gu,
  /[([](?:[\p{Ll}.,\s]{0,20}\s)?\p{Lu}[^()[\]]{0,300}?[\s,](?:1[89]|20)\d\d[a-z]?\b[^()[\]]{0,300}[)\]]/gu,
  /(?<=\p{L}{3}|[.,;:!?)\]”"’])[⁰¹²³⁴-⁹]+(?:[⁻,–-][⁰¹²³⁴-⁹]+)*/gu,
];

/** An article in the two forms a quote may agree with: as it stands, and without its citation marks. */
interface Index {
  readonly asItStands: Letters;
  readonly withoutCitations: Letters;
}

/** A stretch of letters that agrees with (a part of) the quote. */
interface Match {
  readonly start: number;
  readonly end: number;
}

const indexes = new WeakMap<Article, Index>();

/**
 * Finds the words in the article and returns the article's own, white space collapsed, with the number of the
 * passage they begin in (of the one asked for, when they reach into it). Case, white space, hyphenation, quote
 * marks, dashes, ligatures and citation marks may differ; a word may not. `…` leaves out words of the same passage
 * or the next. Null: the article does not say so, or the words are too few to tell.
 */
export function findQuote(article: Article, words: string, passage?: number): { text: string; passage: number } | null {
  const quote = words.normalize('NFC').trim();
  const { asItStands, withoutCitations } = indexOf(article);
  return (
    find(article, asItStands, split(quote, false), quote, passage) ??
    find(article, withoutCitations, split(quote, true), quote, passage)
  );
}

function indexOf(article: Article): Index {
  const known = indexes.get(article);
  if (known) return known;
  const headings = betweenPassages(article);
  const skip = [...headings, ...citations(article.text)].toSorted(([a], [b]) => a - b);
  const index = {
    asItStands: lettersOf(article.text, headings),
    withoutCitations: lettersOf(article.text, skip),
  };
  indexes.set(article, index);
  return index;
}

function betweenPassages({ passages, text }: Article): Range[] {
  const starts = [...passages.map(({ start }) => start), text.length];
  return starts.map((start, i): Range => [passages[i - 1]?.end ?? 0, start]).filter(([from, to]) => from < to);
}

function citations(text: string): Range[] {
  return CITATIONS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match): Range => [match.index, match.index + match[0].length]),
  ).toSorted(([a], [b]) => a - b);
}

function split(quote: string, dropCitations: boolean): Letters[] {
  return quote
    .split(ELLIPSIS)
    .map((part) => lettersOf(part, dropCitations ? citations(part) : []))
    .filter(({ text }) => text !== '');
}

function find(article: Article, letters: Letters, parts: readonly Letters[], quote: string, hint?: number) {
  const [first, ...rest] = parts;
  if (!first) return null;
  const tooShort = parts.some((part) => wordsOf(part) < LEAST_WORDS) || lettersIn(parts) < LEAST_LETTERS;
  let elsewhere: { text: string; passage: number } | null = null;
  for (const match of matches(letters, first, 0)) {
    const chain = follow(letters, match, rest);
    const reach = chain && reachOf(article, letters, chain);
    if (!chain || !reach) continue;
    const [from, to] = reach;
    const hinted = hint !== undefined && from <= hint && hint <= to;
    if (tooShort && !(hinted && from === to)) continue;
    if (hinted || hint === undefined) return { text: original(article, letters, chain, quote), passage: hint ?? from };
    elsewhere ??= { text: original(article, letters, chain, quote), passage: from };
  }
  return elsewhere;
}

function wordsOf({ before }: Letters): number {
  return before.slice(0, -1).filter((gap) => gap !== NOTHING).length;
}

function lettersIn(parts: readonly Letters[]): number {
  return parts.reduce((sum, { text }) => sum + text.length, 0);
}

/** Every place from `at` on where the part stands as whole words. */
function* matches(letters: Letters, part: Letters, at: number): Generator<Match> {
  const { length } = part.text;
  for (let start = letters.text.indexOf(part.text, at); start >= 0; ) {
    if (agree(letters, part, start)) yield { start, end: start + length };
    start = letters.text.indexOf(part.text, start + 1);
  }
}

function agree(letters: Letters, part: Letters, start: number): boolean {
  const { length } = part.text;
  if (letters.before[start] === NOTHING || letters.before[start + length] === NOTHING) return false;
  for (let i = 1; i < length; i += 1) {
    const there = letters.before[start + i];
    const here = part.before[i];
    if (there === here) continue;
    const inNumber = /^\d\d$/.test(part.text.slice(i - 1, i + 1));
    if (inNumber || (there !== EITHER && here !== EITHER)) return false;
  }
  return true;
}

/** The parts after an ellipsis, each at its first place after the one before. */
function follow(letters: Letters, first: Match, rest: readonly Letters[]): Match[] | null {
  const chain = [first];
  for (const part of rest) {
    const next = matches(letters, part, chain.at(-1)?.end ?? 0).next();
    if (next.done) return null;
    chain.push(next.value);
  }
  return chain;
}

/** First and last passage the matches touch; null when those are not one or two in a row with nothing between. */
function reachOf(article: Article, letters: Letters, chain: readonly Match[]): [number, number] | null {
  const from = passageAt(article, letters.from[chain[0]?.start ?? 0] ?? 0);
  const to = passageAt(article, letters.from[(chain.at(-1)?.end ?? 1) - 1] ?? 0);
  const [before, after] = [article.passages[from], article.passages[to]];
  if (!before || !after || to > from + 1) return null;
  if (to > from && article.text.slice(before.end, after.start).trim() !== '') return null;
  return [before.n, after.n];
}

/** Index of the last passage that begins at or before the offset. */
function passageAt({ passages }: Article, offset: number): number {
  let low = 0;
  let high = passages.length;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if ((passages[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low;
}

/** The article's own words, with the punctuation at either end that the quote has too. */
function original({ text }: Article, letters: Letters, chain: readonly Match[], quote: string): string {
  const pieces = chain.map(({ start, end }): [number, number] => [letters.from[start] ?? 0, letters.to[end - 1] ?? 0]);
  const first = pieces[0];
  const last = pieces.at(-1);
  for (const mark of marksIn(/^\p{P}+/u, quote).reverse()) {
    if (first && text[first[0] - 1] === mark) first[0] -= 1;
  }
  for (const mark of marksIn(/\p{P}+$/u, quote)) {
    if (last && text[last[1]] === mark) last[1] += 1;
  }
  return pieces.map(([start, end]) => text.slice(start, end).replace(/\s+/g, ' ')).join(' … ');
}

/** Punctuation at an end of the quote, without quote marks, which say no more than that it is one. */
function marksIn(end: RegExp, quote: string): string[] {
  return (end.exec(quote)?.[0] ?? '').match(/[.,;:!?()[\]¿¡]/g) ?? [];
}
