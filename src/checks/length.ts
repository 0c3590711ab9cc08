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
  let kept = '';
  for (const { segment } of new Intl.Segmenter(language, { granularity: 'sentence' }).segment(veiled)) {
    const longer = kept + segment;
    if (kept && countWords(unveil(longer)) > words * GRACE) break;
    kept = longer;
  }
  const whole = unveil(kept).trim();
  if (countWords(whole) <= words * GRACE || QUOTE.test(whole)) return { text: whole, cut: true };
  return { text: `${whole.split(/\s+/).slice(0, words).join(' ')}…`, cut: true };
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
