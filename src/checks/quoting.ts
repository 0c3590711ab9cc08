/** Resolves a voice's `"words" [p12]` against the article: nobody reads a quote that the article does not contain. */

import { findQuote } from '../article/quotes.ts';
import { type Article, inLanguage, type Language, type Passage, type Quote } from '../debate.ts';

export interface Quoting {
  readonly text: string;
  readonly quotes: readonly Quote[];
  /** Words put between quote marks that are not in the article. */
  readonly unfound: readonly string[];
}

/** Shorter than this and without a reference, quote marks are a manner of speaking. */
const LEAST_WORDS = 5;

const MARKED =
  /(?:"([^"\n]{2,900}?)"|“([^”\n]{2,900}?)”|«([^»\n]{2,900}?)»)(\s*[,.;]?\s*\(?\[p\.?\s?(\d+)(?:\s*[-–,]\s*p?\.?\s?\d+)*\]\)?)?(?:\s*\((?:§ [^()]*|p\. \d+|¶ \d+)\))?/gu;
const BARE_REFERENCE = /\s*\(?\[p\.?\s?(\d+)\]\)?/gu;

/**
 * Finds every quotation. Found: the original's words with section and page. Not found: the words without their marks,
 * said to be unverified. `spoken`, what the thread has already heard, may be quoted freely.
 */
export function resolveQuotes(text: string, article: Article | null, language: Language, spoken: string): Quoting {
  const quotes: Quote[] = [];
  const unfound: string[] = [];
  const unverified = inLanguage({ en: 'unverified', es: 'sin verificar' }, language);
  const quoted = text.replace(
    MARKED,
    (whole, straight, curly, angled, reference: string | undefined, n: string | undefined) => {
      const words: string = (straight ?? curly ?? angled).trim();
      const found = article && findQuote(article, words, n ? Number(n) : undefined);
      if (found) {
        quotes.push({ text: found.text, passage: found.passage, verified: true });
        return `“${found.text}” (${referenceTo(article, found.passage)})`;
      }
      const claimsArticle = reference !== undefined || (article !== null && words.split(/\s+/).length >= LEAST_WORDS);
      if (!claimsArticle || (reference === undefined && flat(spoken).includes(flat(words)))) return whole;
      quotes.push({ text: words, passage: null, verified: false });
      unfound.push(words);
      return `${words} (${unverified})`;
    },
  );
  const settled = quoted.replace(BARE_REFERENCE, (_, n: string) => {
    const passage = article?.passages[Number(n) - 1];
    return article && passage ? ` (${referenceTo(article, passage.n)})` : '';
  });
  return { text: settled, quotes, unfound };
}

/** Where a passage stands, as readers see it: `§ Results, p. 4`. */
function referenceTo(article: Article, n: number): string {
  const passage: Passage | undefined = article.passages[n - 1];
  const section = passage?.section ? `§ ${shortened(passage.section)}` : '';
  const page = passage?.page ? `p. ${passage.page}` : '';
  return [section, page].filter(Boolean).join(', ') || `¶ ${n}`;
}

function shortened(section: string): string {
  const clean = section.replace(/[()“”]/g, '').trim();
  return clean.length <= 48 ? clean : `${clean.slice(0, 47).trimEnd()}…`;
}

function flat(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ' ');
}
