/** A channel or thread as a page to look at. */
import type { AnyBlock } from '@slack/types';
import { Marked } from 'marked';
import { escapeHtml, initialsFace, page } from '../page.ts';
import { buttonsOf, cellWords, type ParsedBlock, parseBlock, richAsMrkdwn, selectsOf, wordsOf } from './blocks.ts';
import { emoji } from './emoji.ts';
import type { SeenMessage, SeenStatus } from './index.ts';
import { mrkdwn, type Style } from './mrkdwn.ts';
import type { World } from './world.ts';

const STYLE = `
body { background: #fff; color: #1d1c1d; font: 15px/1.46 "Slack-Lato", Lato, "Noto Sans", Helvetica, Arial, sans-serif; margin: 0 auto; max-width: 46rem; padding: 1rem; overflow-wrap: anywhere }
body > h1 { border-bottom: 1px solid #ddd; padding-bottom: .6rem } article { display: flex; gap: .6rem; margin: .9rem 0 } article > div { min-width: 0; flex: 1 }
.face { border-radius: 6px; flex: none; height: 36px; width: 36px; display: grid; place-items: center; font-weight: 600; color: #fff } .face.emoji { background: #f4ede4; font-size: 22px }
header small { color: #616061; margin-left: .4rem } .app { background: #ddd; border-radius: 2px; color: #616061; font-size: .62rem; font-weight: 700; padding: 0 .2rem; margin-left: .3rem }
p { margin: .15rem 0 } h1, h2, h3, h4 { font-size: 1.1rem; margin: .4rem 0 .2rem } ul, ol { margin: .2rem 0; padding-left: 1.5rem }
blockquote { border-left: 4px solid #ddd; border-radius: 4px; margin: .25rem 0; padding: 0 0 0 .75rem } a { color: #1264a3 } .mention { background: #f8e7b9; border-radius: 3px; color: #1264a3; padding: 0 .15rem }
code, pre { background: #f6f6f6; border: 1px solid #e0e0e0; border-radius: 3px; font-size: .82em } code { color: #e01e5a; padding: .05em .25em } pre { padding: .5rem; overflow-x: auto; white-space: pre-wrap }
.head { font-size: 1.15rem; font-weight: 900; margin: .3rem 0 } .context { color: #616061; font-size: .82rem } .fields { display: grid; gap: .2rem 1rem; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)) }
.row { display: flex; flex-wrap: wrap; gap: .4rem; margin: .4rem 0 } button, select { background: #fff; border: 1px solid #bbb; border-radius: 4px; color: inherit; font: inherit; font-size: .85rem; font-weight: 700; padding: .25rem .7rem }
button.primary { background: #007a5a; border-color: #007a5a; color: #fff } button.danger { background: #e01e5a; border-color: #e01e5a; color: #fff } .section { align-items: flex-start; display: flex; justify-content: space-between; gap: 1rem }
.file { border: 1px solid #ddd; border-radius: 8px; display: inline-block; padding: .5rem .8rem } hr { border: 0; border-top: 1px solid #ddd } table { border-collapse: collapse; font-size: .88rem } td, th { border: 1px solid #ddd; padding: .2rem .5rem; text-align: left; vertical-align: top } .scroll { overflow-x: auto }
.only { background: #f8f8f8; border-radius: 6px } .status { color: #616061; font-style: italic } .card { border: 1px solid #ddd; border-radius: 6px; padding: .3rem .7rem }`;

const link = (url: string, label: string) =>
  /^(https?|mailto):/.test(url) ? `<a href="${escapeHtml(url)}">${label}</a>` : label;

const HTML: Style = {
  text: (text) => escapeHtml(text).replaceAll('\n', '<br>'),
  bold: (inner) => `<b>${inner}</b>`,
  italic: (inner) => `<i>${inner}</i>`,
  strike: (inner) => `<s>${inner}</s>`,
  code: (text) => `<code>${escapeHtml(text)}</code>`,
  fence: (text) => `<pre>${escapeHtml(text.trim())}</pre>`,
  quote: (inner) => `<blockquote>${inner.replaceAll('\n', '<br>')}</blockquote>`,
  link: (url, label) => link(url, escapeHtml(label)),
  mention: (label) => `<span class="mention">${escapeHtml(label)}</span>`,
  emoji: (name) => emoji(name) ?? escapeHtml(`:${name}:`),
};

/** Markdown as Slack shows it: no HTML, no pictures. */
const markdown = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ href, text }) => link(href, escapeHtml(text || href)),
    link({ href, tokens }) {
      return link(href, this.parser.parseInline(tokens));
    },
  },
});

/** `status`: who is thinking, below the last message. */
export function renderHtml(
  world: World,
  title: string,
  messages: readonly SeenMessage[],
  status: SeenStatus | null,
): string {
  const below =
    status === null ? '' : `<p class="status">${escapeHtml(`${status.username ?? 'Tertulia'} ${status.text}`)}</p>`;
  return page(title, STYLE, messages.map((one) => messageHtml(world, one)).join('\n') + below);
}

function messageHtml(world: World, message: SeenMessage): string {
  const app = message.byBot ? '<span class="app">APP</span>' : '';
  const time = new Date(Number(message.ts) * 1000).toISOString().slice(11, 16);
  const marks = [
    message.edited ? '(edited)' : '',
    message.streaming ? '(writing…)' : '',
    message.broadcast ? '(also in the channel)' : '',
  ];
  const only = message.onlyFor === null ? '' : '<p class="context">Only visible to you</p>';
  const said =
    message.blocks.length > 0 ? blocksHtml(world, message.blocks, message.ts) : paragraphs(world, message.fallback);
  const files = message.files.map(
    ({ name, bytes }) => `<div class="file">📄 ${escapeHtml(name)} <small>${bytes.length} B</small></div>`,
  );
  const reactions = Object.entries(message.reactions).map(
    ([name, count]) => `<button>${HTML.emoji(name)} ${count}</button>`,
  );
  const row = reactions.length > 0 ? `<div class="row">${reactions.join('')}</div>` : '';
  const header = `<header><b>${escapeHtml(message.author)}</b>${app}<small>${time}</small><small>${marks.filter((one) => one !== '').join(' ')}</small></header>`;
  const shown = message.onlyFor === null ? '' : ' class="only"';
  return `<article${shown}>${face(message)}<div>${header}${only}${said}${files.join('')}${row}</div></article>`;
}

/** Pictures elsewhere are named, not loaded: the page stands alone. */
function face({ author, icon }: SeenMessage): string {
  const character = icon === null ? null : emoji(icon);
  if (character !== null) return `<span class="face emoji" title="${escapeHtml(icon ?? '')}">${character}</span>`;
  return initialsFace(author, icon ?? '');
}

function paragraphs(world: World, text: string): string {
  return `<div>${shown(world, text)}</div>`;
}

function shown(world: World, text: string): string {
  const lines = mrkdwn(world, text, HTML).replaceAll('\n', '<br>').replaceAll('</blockquote><br>', '</blockquote>');
  // Slack keeps the spaces that items of inner lists begin with.
  return lines.replace(/(?<=<br>) +/g, (spaces) => '&nbsp;'.repeat(spaces.length));
}

function blocksHtml(world: World, blocks: readonly AnyBlock[], owner: string): string {
  return blocks.map((one) => blockHtml(world, one, parseBlock(one), owner)).join('');
}

function blockHtml(world: World, given: AnyBlock, one: ParsedBlock, owner: string): string {
  const acting = actingHtml(given, owner);
  const say = (text: ParsedBlock['text']) =>
    typeof text === 'object' && text.type === 'mrkdwn' ? shown(world, text.text) : HTML.text(wordsOf(text));
  switch (one.type) {
    case 'markdown':
      return markdown.parse(mentionsShown(world, wordsOf(one.text)), { async: false });
    case 'header':
      return `<p class="head">${say(one.text)}</p>`;
    case 'section': {
      const fields = (one.fields ?? []).map((field) => `<div>${say(field)}</div>`).join('');
      const text = one.text === undefined ? '' : `<div>${say(one.text)}</div>`;
      return `<div class="section"><div>${text}${fields === '' ? '' : `<div class="fields">${fields}</div>`}</div>${acting}</div>`;
    }
    case 'context':
      return `<p class="context">${(one.elements ?? []).map((it) => contextHtml(world, it)).join(' ')}</p>`;
    case 'rich_text':
      return paragraphs(world, richAsMrkdwn(one.elements ?? []));
    case 'divider':
      return '<hr>';
    case 'image':
      return `<p class="context">[${escapeHtml(one.alt_text ?? '')}]</p>`;
    case 'table': {
      const cells = (row: readonly unknown[]) =>
        row.map((cell) => `<td>${escapeHtml(cellWords(world, cell))}</td>`).join('');
      return `<div class="scroll"><table>${(one.rows ?? []).map((row) => `<tr>${cells(row)}</tr>`).join('')}</table></div>`;
    }
    case 'actions':
    case 'context_actions':
      return `<div class="row">${acting}</div>`;
    case 'task_card':
      return `<p class="card">${one.status === 'complete' ? '✓' : '…'} ${escapeHtml(wordsOf(one.title))}</p>`;
    default:
      return `<div>${say(one.text ?? one.title)}</div>`;
  }
}

function contextHtml(world: World, element: unknown): string {
  const { type, text } = { type: '', text: '', ...(typeof element === 'object' ? element : {}) };
  if (typeof text !== 'string') return '';
  return type === 'mrkdwn' ? shown(world, text) : HTML.text(text);
}

function actingHtml(block: AnyBlock, owner: string): string {
  const buttons = buttonsOf([block], owner).map(
    ({ text, style, url }) =>
      `<button class="${escapeHtml(style ?? '')}">${escapeHtml(text)}${url === null ? '' : ' ↗'}</button>`,
  );
  const selects = selectsOf([block], owner).map(({ placeholder, options }) => {
    const all = options.map((one) => `<option>${escapeHtml(one.text)}</option>`).join('');
    return `<select><option>${escapeHtml(placeholder)}</option>${all}</select>`;
  });
  return [...buttons, ...selects].join('');
}

/** Mentions are the one thing of Slack's own markup that Markdown blocks know. */
function mentionsShown(world: World, text: string): string {
  return text.replaceAll(/<@([UW][A-Z0-9]+)>/g, (_, id: string) => `@${world.shownName(id)}`);
}
