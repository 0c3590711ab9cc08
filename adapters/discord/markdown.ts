/** Canonical Markdown in Discord's dialect: no deep headings; signs of its own neutralised. Pure. */
import { type Dialect, followed, inDialect, withSigns } from '../../src/chat/dialect.ts';

/** The same words as Discord shows them best; nothing in them mentions, hides or previews anything. */
export function toDiscord(markdown: string): string {
  return inDialect(markdown, DISCORD);
}

const DISCORD: Dialect = {
  mark: '-',
  indent: '  ',
  heading: (text, depth) => (depth <= 3 ? `${'#'.repeat(depth)} ${text}` : `**${text}**`),
  bold: (text) => `**${text}**`,
  emphasis: (text) => `*${text}*`,
  struck: (text) => `~~${text}~~`,
  code: ({ raw }) => raw,
  codeBlock: (text, language) => `\`\`\`${language}\n${text}\n\`\`\``,
  escape: ({ raw }) => raw,
  words: escaped,
  link,
  // Small print, and quotes to the end of a message, begin where a line does.
  lines: (text) => text.replace(/[ \t]+$/gm, '').replace(/^(-#|>>>)/gm, '\\$1'),
};

/** The label alone where Discord would not follow the address. */
function link(label: string, href: string): string {
  const address = followed(href);
  if (address === null) return label;
  if (label === href) return href;
  return `[${label.replace(/[[\]]/g, '')}](${address.replaceAll('(', '%28').replaceAll(')', '%29')})`;
}

/** What Discord would obey and canonical Markdown shows: mentions, custom emoji, time stamps, spoilers, underlines. */
function escaped(text: string): string {
  return withSigns(text)
    .replace(/<(?=[@#]|a?:\w+:\d|\/[^\s>]+:\d|t:|id:)/g, '\\<')
    .replaceAll('||', '\\|\\|')
    .replaceAll('__', '\\_\\_');
}
