/** Slack's own markup, read once and shown as plain words or as HTML. */
import type { World } from './world.ts';

export interface Style {
  text(text: string): string;
  bold(inner: string): string;
  italic(inner: string): string;
  strike(inner: string): string;
  code(text: string): string;
  fence(text: string): string;
  /** Lines of a quote, joined with newlines. */
  quote(inner: string): string;
  link(url: string, label: string): string;
  mention(label: string): string;
  emoji(name: string): string;
}

export const PLAIN: Style = {
  text: (text) => text,
  bold: (inner) => inner,
  italic: (inner) => inner,
  strike: (inner) => inner,
  code: (text) => text,
  fence: (text) => text.replace(/^\n|\n$/g, ''),
  quote: (inner) => inner.replaceAll(/^/gm, '> '),
  link: (_url, label) => label,
  mention: (label) => label,
  emoji: (name) => `:${name}:`,
};

const FENCE = /```([\s\S]*?)```/;
const QUOTE = /^(?:&gt;|>) ?/;
const INLINE =
  /<([@#](?=[A-Z0-9])|!(?=here|channel|everyone|subteam\^|date\^))([^>|]+)(?:\|([^>]*))?>|<((?:https?|mailto|slack):[^>|]*)(?:\|([^>]*))?>|`([^`\n]+)`|(?<![\p{L}\p{N}])([*_~])(?=\S)(.+?)(?<=\S)\7(?![\p{L}\p{N}])|:([a-z0-9_+'-]+):|(https?:\/\/[^\s<>|]*[^\s<>|.,;:!?)"'])/gu;

export function mrkdwn(world: World, text: string, style: Style): string {
  const [before = '', fenced, ...rest] = text.split(FENCE);
  const own = lines(world, before, style);
  if (fenced === undefined) return own;
  return own + style.fence(unescaped(fenced)) + mrkdwn(world, rest.join(''), style);
}

function lines(world: World, text: string, style: Style): string {
  const shown: string[] = [];
  let quoted: string[] = [];
  const flush = () => {
    if (quoted.length > 0) shown.push(style.quote(quoted.join('\n')));
    quoted = [];
  };
  for (const line of text.split('\n')) {
    if (QUOTE.test(line)) quoted.push(inline(world, line.replace(QUOTE, ''), style));
    else {
      flush();
      shown.push(inline(world, line, style));
    }
  }
  flush();
  return shown.join('\n');
}

function inline(world: World, text: string, style: Style): string {
  let shown = '';
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, sign, id = '', name, url, label, code, mark, inner = '', emoji, bare] = match;
    shown += style.text(unescaped(text.slice(at, match.index)));
    at = match.index + whole.length;
    if (sign !== undefined) shown += style.mention(mentioned(world, sign, id, name));
    else if (url !== undefined) shown += style.link(unescaped(url), unescaped(label ?? url));
    else if (code !== undefined) shown += style.code(unescaped(code));
    else if (emoji !== undefined) shown += style.emoji(emoji);
    else if (bare !== undefined) shown += style.link(unescaped(bare), unescaped(bare));
    else shown += marked(mark, inline(world, inner, style), style);
  }
  return shown + style.text(unescaped(text.slice(at)));
}

function marked(mark: string | undefined, inner: string, style: Style): string {
  if (mark === '*') return style.bold(inner);
  return mark === '_' ? style.italic(inner) : style.strike(inner);
}

/** How a mention reads. */
function mentioned(world: World, sign: string, id: string, name?: string): string {
  if (sign === '@') return `@${world.shownName(id)}`;
  if (sign === '#') return `#${world.channels.get(id)?.name ?? name ?? id}`;
  if (id.startsWith('subteam^')) {
    const groups = [...world.teams.values()].flatMap((team) => [...team.groups.values()]);
    return `@${groups.find((one) => one.id === id.slice('subteam^'.length))?.handle ?? 'group'}`;
  }
  return id.startsWith('date^') ? (name ?? id) : `@${id}`;
}

/** Ids of who is notified by a text with Slack's markup. */
export function pingsIn(text: string): string[] {
  const found = [...text.matchAll(/<(?:@|!subteam\^|!)([A-Za-z0-9]+)(?:\|[^>]*)?>/g)].map(([, id = '']) => id);
  return [...new Set(found)].filter((id) => /^[UWS][A-Z0-9]+$|^(channel|here|everyone)$/.test(id));
}

export function unescaped(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
