/** The inside of a paragraph: emphasis, code, links, quotes of the article. */
import type { Token } from 'marked';
import { bind, type Look } from './look.ts';

/** Words of the article and where they stand: `“…” (§ Results, p. 4)`. */
const QUOTE = /(“[^“”]*”|«[^«»]*»)(\s?\((?=[^()]*[§¶]|[^()]*p\. ?\d)(?:[^()]|\([^()]*\))*\))/g;

/** A link of this text says where a quote stands: the article's address would only be noise. */
const REFERENCE = /^\s*(?:[§¶]|p\. ?\d)/;

/** One string with the styles in it, not wrapped yet. Expects tokens of neutralised text. */
export function renderInline(tokens: readonly Token[], look: Look): string {
  const text = tokens.map((token) => inline(token, look)).join('');
  return text.replace(
    QUOTE,
    (_, words: string, place: string) => look.ink.cyan.italic(words) + look.ink.dim(place.replace(/p\. (?=\d)/, bind)),
  );
}

function inline(token: Token, look: Look): string {
  const { ink } = look;
  const nested = 'tokens' in token ? token.tokens : undefined;
  const inside = () => (nested ? nested.map((each) => inline(each, look)).join('') : content(token));
  switch (token.type) {
    case 'strong':
      return ink.bold(inside());
    case 'em':
      return ink.italic(inside());
    case 'del':
      return ink.strikethrough(inside());
    case 'codespan':
      return ink.yellow(content(token));
    case 'br':
      return '\n';
    case 'link':
      return link(inside(), String(token.href), look);
    default:
      return inside();
  }
}

function content(token: Token): string {
  return 'text' in token && typeof token.text === 'string' ? token.text : token.raw;
}

/** Clickable where the terminal can; the host is named whenever the text is not the address itself. */
function link(text: string, href: string, look: Look): string {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (!url || !['http:', 'https:', 'mailto:'].includes(url.protocol)) return text;
  const own = text === href || REFERENCE.test(text) || url.protocol === 'mailto:';
  if (!look.links) return own ? text : `${text} <${url.href}>`;
  const clickable = `\u001b]8;;${url.href}\u0007${look.ink.underline(text)}\u001b]8;;\u0007`;
  return own ? clickable : `${clickable} ${look.ink.dim(`(${url.host})`)}`;
}
