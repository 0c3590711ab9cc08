/** What the core posts, as a Discord message. Pure. */
import {
  type APIComponentInContainer,
  type APIMessage,
  type APIMessageTopLevelComponent,
  ComponentType,
  MessageFlags,
} from 'discord.js';
import { setApart } from '../../src/chat/set-apart.ts';
import { inLanguage, type Persona, speaker, speakerName } from '../../src/debate.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { safeLine } from '../../src/text/safe.ts';
import { splitMarkdown } from '../../src/text/split.ts';
import { buttonRow, invitationRows, type Row } from './controls.ts';
import { avatarOf, colourOf, shownName } from './faces.ts';
import { toDiscord } from './markdown.ts';
import { WORDS } from './words.ts';

/** A message's content may have this many UTF-16 units … */
const CONTENT = 2000;
/** … and the texts of one made of components these in all. */
const COMPONENTS = 4000;
/** Kept free for the line with the turn's number, and for a speaker's name where a webhook can't show it. */
const MARGIN = 160;
/** Sections of a synthesis in one message, well under the 40 components. */
const MOST_SECTIONS = 15;

/** What the two ways of posting, webhook and bot, have in common. */
export interface Body {
  readonly content?: string;
  readonly components?: APIMessageTopLevelComponent[];
  readonly flags: MessageFlags;
  /** Nobody is ever notified by what a model, an article or a stranger wrote. */
  readonly allowed_mentions: { readonly parse: [] };
}

/** Under whose name and face a webhook posts. */
interface Appearance {
  readonly username: string;
  readonly avatar_url: string;
}

/** Messages of a turn: those with headings are laid out as components, which hold more. */
export function splitTurn(text: string): readonly string[] {
  const most = (/^### /m.test(text) ? COMPONENTS : CONTENT) - MARGIN;
  return cut(text, most, most);
}

/** Pieces whose Discord form fits, too: escapes and quote marks make it longer. */
function cut(text: string, room: number, most: number): string[] {
  return splitMarkdown(text, room).flatMap((piece) => {
    const fits = toDiscord(piece).length <= most || room <= most / 4;
    return fits ? [piece] : cut(piece, Math.floor(room * 0.8), most);
  });
}

export function appearanceOf(message: Outgoing): Appearance {
  const persona = personaOf(message);
  return { username: shownName(persona, message.debate.language), avatar_url: avatarOf(persona.face) };
}

/** `named`: the speaker's face and name stand in the message itself, for want of a webhook. */
export function encodeTurn(message: Outgoing, verbs: readonly VerbDefinition[], named: boolean): Body {
  const heading = named ? `${headingOf(message)}\n` : '';
  if (message.to === 'channel') return plain(`${heading}${toDiscord(message.text)}\n-# ${wayToThread(message)}`);
  const footer = `\n-# ${footerOf(message)}`;
  const isSynthesis = message.turn.kind === 'synthesis';
  const room = (isSynthesis ? COMPONENTS : CONTENT) - heading.length - footer.length;
  const { quotes } = message.turn;
  const texts = [true, false].map((links) => toDiscord(setApart(message.text, quotes, message.article, links)));
  const text = texts.find((each) => each.length <= room) ?? toDiscord(message.text);
  if (isSynthesis || text.length > room) return laidOut(message, `${heading}${text}${footer}`, verbs);
  const rows = rowsUnder(message, verbs);
  return { ...plain(`${heading}${text}${footer}`), ...(rows.length > 0 && { components: rows }) };
}

/** What readers are asked to do, under the last message of the turn. */
function rowsUnder({ debate, turn, part, parts }: Outgoing, verbs: readonly VerbDefinition[]): Row[] {
  if (part < parts - 1 || debate.thread.thread === '') return [];
  const { channel, thread } = debate.thread;
  const held = { debate: debate.id, channel, thread };
  return invitationRows(turn.data.invites ?? [], verbs, held, debate.language);
}

/** A notice of the program in its own name. */
export function plain(content: string): Body {
  return { content, flags: MessageFlags.SuppressEmbeds, allowed_mentions: { parse: [] } };
}

/** Sections apart, in the speaker's colour; below the last one what can be done now. */
function laidOut(message: Outgoing, text: string, verbs: readonly VerbDefinition[]): Body {
  const { debate, turn, part, parts } = message;
  const sections = gathered(text.split(/\n+(?=### )/));
  const children = sections.flatMap((content, at): APIComponentInContainer[] => [
    ...(at > 0 ? [{ type: ComponentType.Separator } as const] : []),
    { type: ComponentType.TextDisplay, content },
  ]);
  const container = {
    type: ComponentType.Container,
    accent_color: colourOf(personaOf(message)),
    components: children,
  } as const;
  const isLast = turn.kind === 'synthesis' && part === parts - 1;
  const row = isLast ? buttonRow(verbs, debate, debate.ending === 'asked' ? 'stopped' : 'concluded') : null;
  return {
    components: [container, ...(row ? [row] : []), ...rowsUnder(message, verbs)],
    flags: MessageFlags.IsComponentsV2,
    allowed_mentions: { parse: [] },
  };
}

/** At most so many; the last takes the rest. */
function gathered(sections: readonly string[]): string[] {
  const whole = sections.filter((section) => section.trim() !== '');
  if (whole.length <= MOST_SECTIONS) return whole;
  return [...whole.slice(0, MOST_SECTIONS - 1), whole.slice(MOST_SECTIONS - 1).join('\n')];
}

/** `turn 5 · ↪ 3 · 2/3`: the synthesis speaks of turns by number, and a lost message is known again by it. */
function footerOf({ debate, turn, part, parts }: Outgoing): string {
  const to = turn.kind === 'synthesis' ? '' : turn.repliesTo.slice(0, 8).join(', ');
  return [
    `${inLanguage(WORDS.turn, debate.language)} ${turn.n}`,
    to && `↪ ${to}`,
    parts > 1 ? `${part + 1}/${parts}` : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

function wayToThread({ debate }: Outgoing): string {
  return `${inLanguage(WORDS.read, debate.language)}: <#${debate.thread.thread}>`;
}

function headingOf(message: Outgoing): string {
  const { face } = personaOf(message);
  return `**${safeLine(face)} ${toDiscord(shownName(personaOf(message), message.debate.language))}**`;
}

/** The panel's, or a stand-in for a speaker no panel has. */
function personaOf({ debate, turn }: Outgoing): Persona {
  const name = speakerName(debate, turn);
  return (
    speaker(debate.panel, turn.speaker) ?? { ...debate.panel.coordinator, face: '🙋', name: { en: name, es: name } }
  );
}

/** Whether a message on Discord is this one: by its words, among them the turn's number, and who said them. */
export function isSame(found: APIMessage, body: Body, username: string | null): boolean {
  if (username !== null && found.author.username !== username) return false;
  return flat(textOf(found)) === flat(textOf(body));
}

function flat(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function textOf(message: Pick<APIMessage, 'content' | 'components'> | Body): string {
  return [message.content ?? '', ...(message.components ?? []).flatMap(textsOf)].join('\n');
}

function textsOf(component: APIMessageTopLevelComponent): string[] {
  if (component.type === ComponentType.TextDisplay) return [component.content];
  if (component.type !== ComponentType.Container) return [];
  return component.components.flatMap((each) => (each.type === ComponentType.TextDisplay ? [each.content] : []));
}
