/** Canonical Markdown in Slack's own markup, and people's messages back. Nothing written mentions or previews anything. Pure. */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import { safe } from '../../src/text/safe.ts';

export function toSlack(markdown: string): string {
  return joined(lexer(safe(markdown)));
}

/** Slack obeys these three signs alone: written so, `<!channel>` and `<@U1>` are only letters. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

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
      return bold(inline(token.tokens));
    case 'paragraph':
      return lines(inline(token.tokens));
    case 'text':
      return lines(token.tokens ? inline(token.tokens) : plain(token.text));
    case 'list':
      return list(token, '');
    case 'blockquote':
      return quoted(joined(token.tokens));
    case 'code':
      return `\`\`\`\n${escaped(token.text).replaceAll('```', "'''")}\n\`\`\``;
    case 'table':
      return table(token);
    case 'html':
      return plain(token.text.trimEnd());
    case 'hr':
      return '───';
    default:
      return '';
  }
}

/** Slack knows one level of quote. */
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
      const mark = token.ordered ? `${start + index}.` : '•';
      const task = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
      return `${indent}${mark} ${task}${itemBody(item, indent)}`;
    })
    .join('\n');
}

function itemBody(item: Tokens.ListItem, indent: string): string {
  const blocks = item.tokens.flatMap((token) => {
    if (!isMarked(token)) return [];
    if (token.type === 'list') return [list(token, `${indent}    `)];
    const block = renderBlock(token);
    // A quote is one only at the beginning of a line.
    if (token.type === 'blockquote' || block === '') return block === '' ? [] : [block];
    return [block.replaceAll('\n', `\n${indent}    `)];
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
      return [`• ${bold(cells[0] ?? '')}`, rest.join(' · ')].filter(Boolean).join(': ');
    })
    .join('\n');
}

function inline(tokens: readonly Token[]): string {
  return tokens.map((token) => (isMarked(token) ? renderInline(token) : '')).join('');
}

function renderInline(token: MarkedToken): string {
  switch (token.type) {
    case 'strong':
      return bold(inline(token.tokens));
    case 'em':
      return `_${inline(token.tokens)}_`;
    case 'del':
      return `~${inline(token.tokens)}~`;
    case 'codespan':
      return `\`${escaped(token.text)}\``;
    case 'escape':
      return plain(token.text);
    case 'br':
      return '\n';
    case 'link':
      return link(inline(token.tokens), token.href);
    case 'image':
      return link(plain(token.text) || escaped(token.href), token.href);
    case 'text':
      return token.tokens ? inline(token.tokens) : plain(token.text);
    default:
      return plain(token.raw);
  }
}

/** Slack has no bold within bold. */
function bold(text: string): string {
  const bare = text.replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1');
  return bare.trim() === '' ? bare : `*${bare}*`;
}

/** The label alone where Slack would not follow the address. */
function link(label: string, href: string): string {
  const url = URL.parse(href);
  if (!url || !['http:', 'https:'].includes(url.protocol)) return label;
  // A bar ends the address, an angle bracket the link.
  const address = escaped(url.href.replaceAll('|', '%7C'));
  return `<${address}|${label.replaceAll('|', '¦').replaceAll('\n', ' ') || address}>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
};

function plain(text: string): string {
  return escaped(text.replace(/&(?:amp|lt|gt|quot|#39);/g, (entity) => ENTITIES[entity] ?? entity));
}

function lines(text: string): string {
  return text.replace(/[ \t]+$/gm, '');
}

/** What a person wrote, as they see it: without our own mention, others called by name, links as they are. */
export function fromSlack(
  text: string,
  self: string,
  nameOf: (id: string) => string | undefined = () => undefined,
): string {
  return text
    .replace(/<@([UW][A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) =>
      id === self ? '' : `@${nameOf(id) ?? (name || id)}`,
    )
    .replace(/<#([A-Z0-9]+)(?:\|([^>]*))?>/g, (_, id: string, name?: string) => `#${name || id}`)
    .replace(/<!(?:subteam\^)?([^>|^]+)[^>|]*(?:\|@?([^>]*))?>/g, (_, id: string, name?: string) => `@${name || id}`)
    .replace(/<((?:https?|mailto|tel):[^>|]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) =>
      !label || url.endsWith(label) || url.replace(/^https?:\/\//, '').replace(/\/$/, '') === label
        ? url
        : `${label} (${url})`,
    )
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .trim();
}
