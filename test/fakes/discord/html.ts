/** Rooms as a page to look at: one self-contained HTML file, faces and all. */
import { Buffer } from 'node:buffer';
import { type APIEmbed, type APIMessageTopLevelComponent, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { Marked } from 'marked';
import { escapeHtml, initialsFace, page } from '../page.ts';
import { buttonsOf } from './components.ts';
import type { Room, SeenMessage } from './index.ts';

const STYLE = `
:root { color-scheme: dark }
body { background: #313338; color: #dbdee1; font: 16px/1.4 "gg sans", "Noto Sans", Helvetica, Arial, sans-serif; margin: 0 auto; max-width: 52rem; padding: 1rem }
h1 { font-size: 1.1rem } article { display: flex; gap: 1rem; margin: 1.1rem 0 } article > div { min-width: 0; flex: 1 }
.face { border-radius: 50%; flex: none; height: 40px; width: 40px; display: grid; place-items: center; font-weight: 600; color: #fff }
header b { color: #f2f3f5 } header small { color: #949ba4; margin-left: .5rem } .app { background: #5865f2; border-radius: 3px; color: #fff; font-size: .65rem; padding: 0 .3rem; margin-left: .3rem }
p { margin: .2rem 0 } blockquote { border-left: 4px solid #4e5058; border-radius: 4px; margin: .3rem 0; padding: 0 0 0 .8rem } a { color: #00a8fc }
code, pre { background: #2b2d31; border-radius: 4px; font-size: .85em } code { padding: .1em .3em } pre { padding: .5rem; overflow-x: auto }
.box { background: #2b2d31; border: 1px solid #3f4147; border-left: 4px solid #5865f2; border-radius: 6px; margin: .4rem 0; padding: .6rem .9rem }
.row { display: flex; flex-wrap: wrap; gap: .5rem; margin: .4rem 0 } button { background: #4e5058; border: 0; border-radius: 4px; color: #fff; font: inherit; font-size: .88rem; padding: .35rem .9rem }
button.s1 { background: #5865f2 } button.s3 { background: #248046 } button.s4 { background: #da373c } button:disabled { opacity: .5 }
hr { border: 0; border-top: 1px solid #3f4147 } .sub { color: #949ba4; font-size: .8rem } .section { display: flex; justify-content: space-between; gap: 1rem } img.media { max-width: 100% }`;

/** Discord's Markdown knows no HTML and no pictures, and breaks lines where they break. */
const markdown = new Marked({
  gfm: true,
  breaks: true,
  renderer: {
    html: ({ text }) => escapeHtml(text),
    image: ({ href, text }) => `![${escapeHtml(text)}](${escapeHtml(href)})`,
    link({ href, tokens }) {
      const words = this.parser.parseInline(tokens);
      return /^https?:\/\//.test(href) ? `<a href="${escapeHtml(href)}">${words}</a>` : words;
    },
  },
});

function words(text: string): string {
  const lines = text
    // A quote ends with its line, where plain Markdown would go on.
    .replaceAll(/^(>.*)\n(?!>|\n)/gm, '$1\n\n')
    .split('\n')
    .map((line) => (line.startsWith('-# ') ? `\n${line}\n` : line));
  const html = markdown.parse(lines.join('\n'), { async: false });
  return html.replaceAll(/<p>-# (.*?)<\/p>/gs, '<p class="sub">$1</p>');
}

/** A channel, and threads of it below. */
export function renderHtml(channel: Room, threads: readonly Room[] = []): string {
  const rooms = [channel, ...threads];
  const sections = [
    ...channel.messages.map(messageHtml),
    ...threads.map(
      ({ name, messages }) =>
        `<hr><h1>${escapeHtml(`#${channel.name} › ${name}`)}</h1>${messages.map(messageHtml).join('\n')}`,
    ),
  ];
  const named = rooms.reduce(
    (html, { id, name }) => html.replaceAll(`&lt;#${id}&gt;`, `<a>#${escapeHtml(name)}</a>`),
    sections.join('\n'),
  );
  return page(`#${channel.name}`, STYLE, named);
}

function messageHtml(message: SeenMessage): string {
  const { raw } = message;
  const app = message.byBot ? '<span class="app">APP</span>' : '';
  const time = `<small>${raw.timestamp.slice(11, 16)}</small>${message.edited ? '<small>(edited)</small>' : ''}`;
  const files = message.files.map(
    (file) => `<div class="box">📎 ${escapeHtml(file.name)} <small>${file.bytes.length} B</small></div>`,
  );
  const reactions = Object.entries(message.reactions).map(
    ([emoji, count]) => `<button>${escapeHtml(emoji)} ${count}</button>`,
  );
  const parts = [
    words(message.thinking ? '*is thinking…*' : message.content),
    ...raw.embeds.map(embedHtml),
    ...(raw.poll === undefined ? [] : [`<div class="box">${words(message.text)}</div>`]),
    ...(raw.components ?? []).map(componentHtml),
    ...files,
    reactions.length > 0 ? `<div class="row">${reactions.join('')}</div>` : '',
  ];
  return `<article>${face(message)}<div><header><b>${escapeHtml(message.author)}</b>${app}${time}</header>${parts.join('')}</div></article>`;
}

function face({ author, face: picture, avatar }: SeenMessage): string {
  if (picture !== null) {
    const data = Buffer.from(picture.bytes).toString('base64');
    return `<img class="face" alt="" src="data:${picture.contentType};base64,${data}">`;
  }
  return initialsFace(author, avatar ?? '');
}

function embedHtml(embed: APIEmbed): string {
  const fields = (embed.fields ?? []).map((field) => `**${field.name}**\n${field.value}`);
  const title = embed.title === undefined ? undefined : `**${embed.title}**`;
  const footer = embed.footer === undefined ? undefined : `-# ${embed.footer.text}`;
  const lines = [embed.author?.name, title, embed.description, ...fields, footer].filter((line) => line !== undefined);
  return `<div class="box">${words(lines.join('\n\n'))}</div>`;
}

type Component = APIMessageTopLevelComponent;

function componentHtml(one: Component): string {
  switch (one.type) {
    case ComponentType.TextDisplay:
      return words(one.content);
    case ComponentType.Container: {
      const colour = one.accent_color ?? null;
      const edge = colour === null ? '' : ` style="border-left-color:#${colour.toString(16).padStart(6, '0')}"`;
      return `<div class="box"${edge}>${one.components.map(componentHtml).join('')}</div>`;
    }
    case ComponentType.Separator:
      return one.divider === false ? '<p>&nbsp;</p>' : '<hr>';
    case ComponentType.Section: {
      const accessory =
        one.accessory.type === ComponentType.Button ? buttonHtml(one.accessory) : mediaHtml(one.accessory.media.url);
      return `<div class="section"><div>${one.components.map((text) => words(text.content)).join('')}</div>${accessory}</div>`;
    }
    case ComponentType.MediaGallery:
      return one.items.map((item) => mediaHtml(item.media.url)).join('');
    case ComponentType.File:
      return `<div class="box">📎 ${escapeHtml(one.file.url)}</div>`;
    case ComponentType.ActionRow:
      return `<div class="row">${one.components.map((item) => (item.type === ComponentType.Button ? buttonHtml(item) : selectHtml(item))).join('')}</div>`;
  }
}

type Row = Extract<Component, { type: ComponentType.ActionRow }>['components'][number];
type Button = Extract<Row, { type: ComponentType.Button }>;

function buttonHtml(button: Button): string {
  const [seen] = buttonsOf([button]);
  if (seen === undefined) return '';
  const text = escapeHtml([('emoji' in button ? button.emoji?.name : undefined) ?? '', seen.label].join(' ').trim());
  if (button.style === ButtonStyle.Link) return `<a href="${escapeHtml(button.url)}"><button>${text} ↗</button></a>`;
  return `<button class="s${button.style}"${seen.disabled ? ' disabled' : ''}>${text}</button>`;
}

function selectHtml(select: Exclude<Row, Button>): string {
  const options =
    select.type === ComponentType.StringSelect
      ? select.options.map((one) => `<option>${escapeHtml(one.label)}</option>`)
      : [];
  return `<select><option>${escapeHtml(select.placeholder ?? '')}</option>${options.join('')}</select>`;
}

/** Pictures elsewhere are named, not loaded: the page stands alone. */
function mediaHtml(url: string): string {
  return `<span class="sub">[${escapeHtml(url)}]</span>`;
}
