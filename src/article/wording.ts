import { UNSPACED } from './scripts.ts';
import { type Span, trimmed } from './sentences.ts';

/** In scripts without spaces some two characters are a word. */
const CHARS_PER_WORD = { spaced: 8, unspaced: 2 } as const;
/** A token longer than this (an address, a formula) weighs as several words. */
const LONG_TOKEN = 24;

/** How many words a text has, as a reader would reckon: addresses and unspaced scripts by their length. */
export function wordCount(text: string): number {
  return (text.match(/\S+/g) ?? []).reduce((sum, token) => sum + weight(token), 0);
}

function weight(token: string): number {
  if (UNSPACED.test(token)) return Math.ceil(token.length / CHARS_PER_WORD.unspaced);
  return token.length > LONG_TOKEN ? Math.ceil(token.length / CHARS_PER_WORD.spaced) : 1;
}

/** The span, cut at white space (else between characters) into spans of at most `most` words. */
export function splitLong(span: Span, most: number): Span[] {
  if (wordCount(span.text) <= most) return [span];
  const cuts: number[] = [];
  let words = 0;
  for (const { index, piece } of pieces(span.text, most)) {
    const more = weight(piece);
    if (words + more > most) {
      cuts.push(index);
      words = 0;
    }
    words += more;
  }
  const edges = [0, ...cuts, span.text.length];
  return edges.slice(1).map((to, i) => {
    const part = trimmed(span.text, edges[i] ?? 0, to);
    return { text: part.text, start: span.start + part.start, end: span.start + part.end };
  });
}

/** Tokens, those too long for any passage in bites of whole characters. */
function pieces(text: string, most: number): { index: number; piece: string }[] {
  return [...text.matchAll(/\S+/g)].flatMap(({ index, 0: token }) => {
    if (weight(token) <= most) return [{ index, piece: token }];
    const bite = most * (UNSPACED.test(token) ? CHARS_PER_WORD.unspaced : CHARS_PER_WORD.spaced);
    return [...token.matchAll(new RegExp(`.{1,${bite >> 1}}`, 'gu'))].map((match) => ({
      index: index + match.index,
      piece: match[0],
    }));
  });
}
