/** Addresses an exported debate may point to. */
import type { DebateRecord } from './schema.ts';

/** The address when it is an absolute http(s) one, else null: nothing else is ever linked. */
export function webAddress(href: string): string | null {
  const url = URL.parse(href.trim());
  return url && (url.protocol === 'https:' || url.protocol === 'http:') ? url.href : null;
}

/**
 * Where a quote stands in the article, or null when that has no address: the page of a PDF, else a text fragment
 * (the quote's first and last words), which browsers scroll to and highlight.
 */
export function quoteAddress(
  article: DebateRecord['article'],
  quote: { readonly text: string; readonly page: number | null; readonly verified: boolean },
): string | null {
  const address = article?.url && quote.verified ? webAddress(article.url) : null;
  if (!address) return null;
  const [base = address] = address.split('#');
  return `${base}#${quote.page === null ? `:~:text=${textFragment(quote.text)}` : `page=${quote.page}`}`;
}

function textFragment(quote: string): string {
  const words = quote.toWellFormed().trim().split(/\s+/);
  const parts = words.length <= 8 ? [words] : [words.slice(0, 4), words.slice(-4)];
  // A bare hyphen is syntax in a text fragment.
  return parts.map((part) => encodeURIComponent(part.join(' ')).replaceAll('-', '%2D')).join(',');
}
