/** Canonical Markdown in Discord's dialect: no tables, images, HTML or deep headings; signs of its own neutralised. Pure. */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { safe } from '../../src/text/safe.ts';

/** The same words as Discord shows them best; nothing in them mentions, hides or previews anything. */
export function toDiscord(markdown: string): string {
  return joined(lexer(safe(markdown)));
}

/** What stands close to what follows it. */
const CLOSE: ReadonlySet<string> = new Set(['heading', 'blockquote']);

function joined(tokens: readonly Token[]): string {
  let text = '';
  let before: Token | undefined;
  for (const token of tokens) {
    const block = isMarked(token) ? renderBlock(token) : '';
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

function renderBlock(token: MarkedToken): string {
  switch (token.type) {
    case 'heading':
      return token.depth <= 3 ? `${'#'.repeat(token.depth)} ${inline(token.tokens)}` : `**${inline(token.tokens)}**`;
    case 'paragraph':
      return lines(inline(token.tokens));
    case 'text':
      return lines(token.tokens ? inline(token.tokens) : escaped(token.text));
    case 'list':
      return list(token, '');
    case 'blockquote':
      return quoted(joined(token.tokens));
    case 'code':
      return `\`\`\`${/^[\w+-]*/.exec(token.lang ?? '')?.[0] ?? ''}\n${token.text.replaceAll('```', "'''")}\n\`\`\``;
    case 'table':
      return table(token);
    case 'html':
      return escaped(token.text.trimEnd());
    case 'hr':
      return '───';
    default:
      return '';
  }
}

/** Discord knows one level of quote. */
function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => `> ${line.replace(/^> /, '')}`.trimEnd())
    .join('\n');
}

function list(token: Tokens.List, indent: string): string {
  const start = token.start === '' ? 1 : token.start;
  return token.items
    .map((item, index) => {
      const mark = token.ordered ? `${start + index}.` : '-';
      const task = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
      return `${indent}${mark} ${task}${itemBody(item, indent)}`;
    })
    .join('\n');
}

function itemBody(item: Tokens.ListItem, indent: string): string {
  const blocks = item.tokens.flatMap((token) => {
    if (!isMarked(token)) return [];
    if (token.type === 'list') return [list(token, `${indent}  `)];
    const block = renderBlock(token);
    // A quote is one only at the beginning of a line.
    if (token.type === 'blockquote' || block === '') return block === '' ? [] : [block];
    return [block.replaceAll('\n', `\n${indent}  `)];
  });
  return blocks.join('\n');
}

/** A line a row reads well on a phone: its first cell, then each other one after its heading. */
function table(token: Tokens.Table): string {
  const heads = token.header.map((cell) => inline(cell.tokens));
  return token.rows
    .map((row) => {
      const cells = row.map((cell) => inline(cell.tokens).trim());
      const rest = cells
        .slice(1)
        .flatMap((cell, at) => (cell === '' || cell === '–' ? [] : [`${heads[at + 1] ?? ''} ${cell}`.trim()]));
      return [`- **${cells[0] ?? ''}**`, rest.join(' · ')].filter(Boolean).join(': ');
    })
    .join('\n');
}

function inline(tokens: readonly Token[]): string {
  return tokens.map((token) => (isMarked(token) ? renderInline(token) : '')).join('');
}

function renderInline(token: MarkedToken): string {
  switch (token.type) {
    case 'strong':
      return `**${inline(token.tokens)}**`;
    case 'em':
      return `*${inline(token.tokens)}*`;
    case 'del':
      return `~~${inline(token.tokens)}~~`;
    case 'codespan':
      return token.raw;
    case 'escape':
      return token.raw;
    case 'br':
      return '\n';
    case 'link':
      return link(inline(token.tokens), token.href);
    case 'image':
      return link(escaped(token.text) || token.href, token.href);
    case 'text':
      return token.tokens ? inline(token.tokens) : escaped(token.text);
    default:
      return escaped(token.raw);
  }
}

/** The label alone where Discord would not follow the address. */
function link(label: string, href: string): string {
  const url = URL.parse(href);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return label;
  if (label === href) return href;
  return `[${label.replace(/[[\]]/g, '')}](${url.href.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

/** What Discord would obey and canonical Markdown shows: mentions, custom emoji, time stamps, spoilers, underlines. */
function escaped(text: string): string {
  return text
    .replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/<(?=[@#]|a?:\w+:\d|\/[^\s>]+:\d|t:|id:)/g, '\\<')
    .replaceAll('||', '\\|\\|')
    .replaceAll('__', '\\_\\_');
}

/** Small print, and quotes to the end of a message, begin where a line does. */
function lines(text: string): string {
  return text.replace(/[ \t]+$/gm, '').replace(/^(-#|>>>)/gm, '\\$1');
}
