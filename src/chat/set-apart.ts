/** Where the article speaks: its own words as a block quote, with section, page and link. Pure. */
import type { Article, Quote } from '../debate.ts';

/** Shorter ones stay in their sentence. */
const LEAST_WORDS = 6;

/**
 * Sets verified quotes of canonical Markdown apart from the speaker's words, and links where they stand.
 * `links`: false leaves the addresses out, for a message that would be too long with them.
 */
export function setApart(text: string, quotes: readonly Quote[], article: Article | null, links: boolean): string {
  return quotes
    .filter((quote) => quote.verified)
    .reduce((result, quote) => setOneApart(result, quote, links ? addressOf(article, quote) : null), text);
}

function setOneApart(text: string, quote: Quote, address: string | null): string {
  const pattern = new RegExp(`“${RegExp.escape(quote.text)}”\\s?\\(([^()[\\]]+)\\)([.,;:])?[ \\t]*`, 'g');
  return text.replace(pattern, (whole, place: string, mark: string | undefined, offset: number) => {
    const reference = address ? `[${place}](${address})` : place;
    const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
    const isShort = quote.text.trim().split(/\s+/).length < LEAST_WORDS;
    if (isShort || belongsInLine(line, text.slice(offset + whole.length))) {
      return `“${quote.text}” (${reference})${mark ?? ''}${whole.endsWith(' ') ? ' ' : ''}`;
    }
    const words = quote.text.replace(/\s+/g, ' ').trim();
    return `${line.trim() === '' ? '' : '\n\n'}> “${words}”\n> — *${reference}*\n\n`;
  });
}

/** In a list, a table, a quote, a question or emphasis there is no room for a block of its own. */
function belongsInLine(before: string, after: string): boolean {
  const isOpen = (before.match(/(?<!\\)\*+/g)?.length ?? 0) % 2 === 1;
  return isOpen || /^\s*(?:[-*+>|#]\s|\||\d+\.)/.test(before) || /^[?!]/.test(after);
}

/** The page of a PDF, else a text fragment that browsers scroll to; null when the article has no address. */
function addressOf(article: Article | null, quote: Quote): string | null {
  const url = article?.url ? URL.parse(article.url) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) return null;
  const page = article?.passages[(quote.passage ?? 0) - 1]?.page ?? null;
  url.hash = page === null ? `:~:text=${fragment(quote.text)}` : `page=${page}`;
  return url.href.replaceAll('(', '%28').replaceAll(')', '%29');
}

/** First and last words; a bare hyphen is syntax there. */
function fragment(text: string): string {
  const words = text.toWellFormed().trim().split(/\s+/);
  const ends = words.length <= 8 ? [words] : [words.slice(0, 4), words.slice(-4)];
  return ends.map((end) => encodeURIComponent(end.join(' ')).replaceAll('-', '%2D')).join(',');
}
