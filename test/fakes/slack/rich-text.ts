/** What Slack makes of what a person types: mrkdwn as stored to a `rich_text` block. */
import type { RichTextBlock, RichTextElement } from '@slack/types';
import { unescaped } from './mrkdwn.ts';

const TOKEN = /<([@#!])([^>|]+)(?:\|[^>]*)?>|<(https?:[^>|]+|mailto:[^>|]+)(?:\|([^>]*))?>/g;

export function richText(text: string, blockId: string): RichTextBlock {
  const elements: RichTextElement[] = [];
  let at = 0;
  const plain = (upTo: number) => {
    const words = unescaped(text.slice(at, upTo));
    if (words !== '') elements.push({ type: 'text', text: words });
  };
  for (const match of text.matchAll(TOKEN)) {
    plain(match.index);
    at = match.index + match[0].length;
    elements.push(element(match));
  }
  plain(text.length);
  return { type: 'rich_text', block_id: blockId, elements: [{ type: 'rich_text_section', elements }] };
}

function element([, sign, id = '', url, label]: RegExpMatchArray): RichTextElement {
  if (url !== undefined) return label === undefined ? { type: 'link', url } : { type: 'link', url, text: label };
  if (sign === '@') return { type: 'user', user_id: id };
  if (sign === '#') return { type: 'channel', channel_id: id };
  if (id.startsWith('subteam^')) return { type: 'usergroup', usergroup_id: id.slice('subteam^'.length) };
  if (id === 'here' || id === 'channel' || id === 'everyone') return { type: 'broadcast', range: id };
  return { type: 'text', text: `<!${id}>` };
}

/** As the client stores what is typed: the three characters escaped, but for `<@…>` and the like, and bare links wrapped. */
export function asTyped(text: string): string {
  const parts = text.split(/(<[@#!][^>\s]+>|<https?:[^>\s]+>)/);
  return parts
    .map((part, n) => {
      if (n % 2 === 1) return part;
      const escaped = part.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
      return escaped.replaceAll(/https?:\/\/[^\s<>]*[^\s<>.,;:!?)]/g, (url) => `<${url}>`);
    })
    .join('');
}
