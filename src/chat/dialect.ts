/** Canonical Markdown in a chat's own dialect: the walk over it, which every chat shares. Pure. */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { safe } from '../text/safe.ts';

/** What is written differently from chat to chat. Texts a function is given are in the dialect, unless it says so. */
export interface Dialect {
  /** Of a list that is not numbered. */
  readonly mark: string;
  /** Of what hangs under an item of a list. */
  readonly indent: string;
  heading(text: string, depth: number): string;
  bold(text: string): string;
  emphasis(text: string): string;
  struck(text: string): string;
  /** `raw`: with its backquotes. */
  code(token: { readonly text: string; readonly raw: string }): string;
  codeBlock(text: string, language: string): string;
  /** A character that was set off with a backslash. */
  escape(token: { readonly text: string; readonly raw: string }): string;
  /** Words as they were written: nothing in them is obeyed. */
  words(text: string): string;
  /** `href` as it was written. */
  link(label: string, href: string): string;
  /** Lines of a paragraph: what would be obeyed at the beginning of one. */
  lines(text: string): string;
}

/** The same words as the chat shows them best: no tables, images or HTML. */
export function inDialect(markdown: string, dialect: Dialect): string {
  return joined(lexer(safe(markdown)), dialect);
}

/** What stands close to what follows it. */
const CLOSE: ReadonlySet<string> = new Set(['heading', 'blockquote']);

function joined(tokens: readonly Token[], dialect: Dialect): string {
  let text = '';
  let before: Token | undefined;
  for (const token of tokens) {
    const block = isMarked(token) ? renderBlock(token, dialect) : '';
    if (block === '') continue;
    if (before) text += CLOSE.has(before.type) ? '\n' : '\n\n';
    text += block;
    before = token;
  }
  return text;
}

/** No extension of the lexer is in use, so every token is one of its own. */
function isMarked(token: Token): token is MarkedToken {
  return typeof token.raw === 'string';
}

function renderBlock(token: MarkedToken, dialect: Dialect): string {
  switch (token.type) {
    case 'heading':
      return dialect.heading(inline(token.tokens, dialect), token.depth);
    case 'paragraph':
      return dialect.lines(inline(token.tokens, dialect));
    case 'text':
      return dialect.lines(token.tokens ? inline(token.tokens, dialect) : dialect.words(token.text));
    case 'list':
      return list(token, '', dialect);
    case 'blockquote':
      return quoted(joined(token.tokens, dialect));
    case 'code':
      return dialect.codeBlock(token.text.replaceAll('```', "'''"), /^[\w+-]*/.exec(token.lang ?? '')?.[0] ?? '');
    case 'table':
      return table(token, dialect);
    case 'html':
      return dialect.words(token.text.trimEnd());
    case 'hr':
      return '───';
    default:
      return '';
  }
}

/** Chats know one level of quote. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line.replace(/^> /, '')}`.trimEnd())
    .join('\n');
}

function list(token: Tokens.List, indent: string, dialect: Dialect): string {
  const start = token.start === '' ? 1 : token.start;
  return token.items
    .map((item, index) => {
      const mark = token.ordered ? `${start + index}.` : dialect.mark;
      const task = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
      return `${indent}${mark} ${task}${itemBody(item, indent + dialect.indent, dialect)}`;
    })
    .join('\n');
}

function itemBody(item: Tokens.ListItem, indent: string, dialect: Dialect): string {
  const blocks = item.tokens.flatMap((token) => {
    if (!isMarked(token)) return [];
    if (token.type === 'list') return [list(token, indent, dialect)];
    const block = renderBlock(token, dialect);
    // A quote is one only at the beginning of a line.
    if (token.type === 'blockquote' || block === '') return block === '' ? [] : [block];
    return [block.replaceAll('\n', `\n${indent}`)];
  });
  return blocks.join('\n');
}

/** A line a row reads well on a phone: its first cell, then each other one after its heading. */
function table(token: Tokens.Table, dialect: Dialect): string {
  const heads = token.header.map((cell) => inline(cell.tokens, dialect));
  return token.rows
    .map((row) => {
      const cells = row.map((cell) => inline(cell.tokens, dialect).trim());
      const rest = cells
        .slice(1)
        .flatMap((cell, at) => (cell === '' || cell === '–' ? [] : [`${heads[at + 1] ?? ''} ${cell}`.trim()]));
      return [`${dialect.mark} ${dialect.bold(cells[0] ?? '')}`, rest.join(' · ')].filter(Boolean).join(': ');
    })
    .join('\n');
}

function inline(tokens: readonly Token[], dialect: Dialect): string {
  return tokens.map((token) => (isMarked(token) ? renderInline(token, dialect) : '')).join('');
}

function renderInline(token: MarkedToken, dialect: Dialect): string {
  switch (token.type) {
    case 'strong':
      return dialect.bold(inline(token.tokens, dialect));
    case 'em':
      return dialect.emphasis(inline(token.tokens, dialect));
    case 'del':
      return dialect.struck(inline(token.tokens, dialect));
    case 'codespan':
      return dialect.code(token);
    case 'escape':
      return dialect.escape(token);
    case 'br':
      return '\n';
    case 'link':
      return dialect.link(inline(token.tokens, dialect), token.href);
    case 'image':
      return dialect.link(dialect.words(token.text || token.href), token.href);
    case 'text':
      return token.tokens ? inline(token.tokens, dialect) : dialect.words(token.text);
    default:
      return dialect.words(token.raw);
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** Entities were written for their sign: `&amp;` is "&". */
export function withSigns(text: string): string {
  return text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity);
}

/** The address a chat will follow, or null. */
export function followed(href: string): string | null {
  const url = URL.parse(href);
  return url && ['http:', 'https:'].includes(url.protocol) ? url.href : null;
}
