/** Markdown of turns, written by models and strangers, as HTML that runs and loads nothing. */
import { Marked, type RendererObject, type Tokens } from 'marked';
import { webAddress } from './links.ts';
import { escapeHtml, type Html } from './markup.ts';

/**
 * Raw HTML comes out as text, images as their words, links only to http(s). Words of `quoted` are set apart where
 * they stand in one piece. What is nested too deep for the parser comes out as plain text.
 */
export function proseHtml(text: string, quoted: readonly string[] = []): Html {
  const marked = new Marked({
    breaks: true,
    // No token is ever HTML: `<` is then an ordinary character and gets escaped.
    tokenizer: { html: () => undefined, tag: () => undefined },
    renderer: renderer(quoted.filter(Boolean).map(escapeHtml)),
  });
  try {
    return { markup: marked.parse(text, { async: false }) };
  } catch {
    return { markup: `<p>${escapeHtml(text)}</p>` };
  }
}

/** One line of it, where a paragraph of its own would be too much: emphasis, code and links. */
export function inlineHtml(text: string): Html {
  const marked = new Marked({ tokenizer: { html: () => undefined, tag: () => undefined }, renderer: renderer([]) });
  try {
    return { markup: marked.parseInline(text, { async: false }) };
  } catch {
    return { markup: escapeHtml(text) };
  }
}

function renderer(quoted: readonly string[]): RendererObject {
  const quotation = (escaped: string) =>
    quoted.reduce((words, quote) => words.replace(quote, () => `<span class="quoted">${quote}</span>`), escaped);
  return {
    html: ({ text }) => escapeHtml(text),
    image: ({ text }) => escapeHtml(text),
    checkbox: ({ checked }) => (checked ? '☑ ' : '☐ '),
    text(token) {
      // Entities were written for their sign: `&amp;` is "&".
      const nested = 'tokens' in token && token.tokens;
      return nested ? this.parser.parseInline(nested) : quotation(escapeHtml(decoded(token.text)));
    },
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      const address = webAddress(href);
      return address ? `<a href="${escapeHtml(address)}" rel="noopener noreferrer">${words}</a>` : words;
    },
    // A turn stands deep in the page's outline; its headings must not compete with the page's.
    heading({ tokens }) {
      return `<p class="heading">${this.parser.parseInline(tokens)}</p>\n`;
    },
    table({ header, rows }) {
      const cells = (row: readonly Tokens.TableCell[], tag: 'td' | 'th') =>
        row.map((cell) => `<${tag}>${this.parser.parseInline(cell.tokens)}</${tag}>`).join('');
      const body = rows.map((row) => `<tr>${cells(row, 'td')}</tr>`).join('');
      return `<div class="scroll" tabindex="0"><table><thead><tr>${cells(header, 'th')}</tr></thead><tbody>${body}</tbody></table></div>`;
    },
  };
}

const SIGNS: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };

function decoded(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (whole, name: string) => SIGNS[name] ?? whole);
}
