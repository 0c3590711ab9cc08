/** Canonical Markdown in Slack's own markup, and people's messages back. Nothing written mentions or previews anything. Pure. */
import { type Dialect, followed, inDialect, withSigns } from '../../src/chat/dialect.ts';

export function toSlack(markdown: string): string {
  return inDialect(markdown, SLACK);
}

/** Slack obeys these three signs alone: written so, `<!channel>` and `<@U1>` are only letters. */
export function escaped(text: string): string {
  return text.replace(/[&<>]/g, (sign) => ESCAPES[sign] ?? sign);
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const SLACK: Dialect = {
  mark: '•',
  indent: '    ',
  heading: bold,
  bold,
  emphasis: (text) => `_${text}_`,
  struck: (text) => `~${text}~`,
  code: ({ text }) => `\`${escaped(text)}\``,
  codeBlock: (text) => `\`\`\`\n${escaped(text)}\n\`\`\``,
  escape: ({ text }) => plain(text),
  words: plain,
  link,
  lines: (text) => text.replace(/[ \t]+$/gm, ''),
};

/** Slack has no bold within bold. */
function bold(text: string): string {
  const bare = text.replace(/(?<![\p{L}\p{N}*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\p{L}\p{N}*])/gu, '$1');
  return bare.trim() === '' ? bare : `*${bare}*`;
}

/** The label alone where Slack would not follow the address. */
function link(label: string, href: string): string {
  const url = followed(href);
  if (url === null) return label;
  // A bar ends the address, an angle bracket the link.
  const address = escaped(url.replaceAll('|', '%7C'));
  return `<${address}|${label.replaceAll('|', '¦').replaceAll('\n', ' ') || address}>`;
}

function plain(text: string): string {
  return escaped(withSigns(text));
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
