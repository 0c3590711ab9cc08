/** Keeps a statement to its length, ending at a sentence, never inside a quote. */
import type { Language } from '../debate.ts';

/** A voice is asked for `words` and forgiven a fifth more before it is cut. */
const GRACE = 1.2;

const QUOTE = /“[^”]*”(?: \([^)]*\))?/gu;

export function keepLength(text: string, words: number, language: Language): { text: string; cut: boolean } {
  if (countWords(text) <= words * GRACE) return { text, cut: false };
  const quotes: string[] = [];
  // A quote is one unbreakable word to the segmenter, whatever stops and brackets it contains.
  const veiled = text.replace(QUOTE, (quote) => `\uE000${String.fromCharCode(0xe100 + quotes.push(quote) - 1)}\uE000`);
  const unveil = (piece: string) =>
    piece.replace(/\uE000([\uE100-\uF8FF])\uE000/gu, (_, mark: string) => quotes[mark.charCodeAt(0) - 0xe100] ?? '');
  const sentences = [...new Intl.Segmenter(language, { granularity: 'sentence' }).segment(veiled)];
  const kept = asMuch(
    sentences.map((each) => each.segment),
    '',
    words * GRACE,
    unveil,
  );
  if (countWords(kept) <= words * GRACE) return { text: kept, cut: true };
  // The first sentence alone is too long.
  return { text: `${asMuch(veiled.split(/\s+/), ' ', words, unveil)}…`, cut: true };
}

/** As many pieces from the start as keep within so many words, and always the first. */
function asMuch(pieces: readonly string[], between: string, words: number, unveil: (piece: string) => string): string {
  let kept = '';
  for (const piece of pieces) {
    const longer = kept === '' ? piece : kept + between + piece;
    if (kept !== '' && countWords(unveil(longer)) > words) break;
    kept = longer;
  }
  return unveil(kept).trim();
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
