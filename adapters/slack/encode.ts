/** What the core posts, as a Slack message. Pure. */
import type { ContextBlock, KnownBlock, SectionBlock } from '@slack/types';
import { setApart } from '../../src/chat/set-apart.ts';
import { inLanguage, type Persona, speaker, speakerName } from '../../src/debate.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { clipped, safeLine } from '../../src/text/safe.ts';
import { splitMarkdown } from '../../src/text/split.ts';
import { controlBlock, feedbackBlock, heldIn, invitationBlocks } from './controls.ts';
import { iconOf, shownName } from './faces.ts';
import { escaped, toSlack } from './mrkdwn.ts';
import { WORDS } from './words.ts';

/** UTF-16 units of a section's text. */
const SECTION = 3000;
/** Of the words that notifications show. */
const FALLBACK = 300;
/** Of the parts of a turn, as canonical Markdown: prose is one section, what has headings several. */
export const PROSE = 2600;
const LAID_OUT = 7000;
/** Of all blocks of a message together; Slack's own limit is a little over 13,000 and documented nowhere. */
const BLOCKS = 12_000;

/** What ways of posting have in common: nothing is previewed, nobody notified, nothing guessed at. */
export interface Body {
  readonly text: string;
  readonly blocks: KnownBlock[];
}

export const QUIET = { unfurl_links: false, unfurl_media: false, parse: 'none', link_names: false } as const;

/** Under whose name and face a message is posted. */
export interface Appearance {
  readonly username: string;
  readonly icon_emoji: string;
}

/** Messages of a turn. */
export function splitTurn(text: string): readonly string[] {
  return splitMarkdown(text, /^### /m.test(text) ? LAID_OUT : PROSE);
}

export function appearanceOf(message: Outgoing): Appearance {
  const persona = personaOf(message);
  return { username: shownName(persona, message.debate.language), icon_emoji: iconOf(persona.face) };
}

/** `named`: the speaker's face and name stand in the message itself, for want of the scope. `link`: to the thread. */
export function encodeTurn(
  message: Outgoing,
  verbs: readonly VerbDefinition[],
  { named, link }: { readonly named: boolean; readonly link: string | null },
): Body {
  const persona = personaOf(message);
  const { debate, turn, part, parts } = message;
  const name = shownName(persona, debate.language);
  const heading = named ? [section(`*${escaped(safeLine(persona.face))} ${escaped(name)}*`)] : [];
  const text = `${named ? `${name}: ` : ''}${clipped(safeLine(message.text.replace(/[*_#>`]/g, '')), FALLBACK)}`;
  if (message.to === 'channel') {
    const way = link ? [context(`<${escaped(link)}|${inLanguage(WORDS.read, debate.language)}>`)] : [];
    return { text: escaped(text), blocks: [...heading, ...sections(message.text), ...way] };
  }
  const { quotes } = turn;
  const texts = [true, false].map((links) => sections(setApart(message.text, quotes, message.article, links)));
  // Addresses are longer than the words they stand for.
  const fits = (blocks: SectionBlock[]) => JSON.stringify(blocks).length <= BLOCKS;
  const words = texts.find(fits) ?? sections(message.text);
  const isEnd = turn.kind === 'synthesis' && part === parts - 1;
  const controls = isEnd ? controlBlock(verbs, debate, debate.ending === 'asked' ? 'stopped' : 'concluded') : null;
  const feedback = isEnd ? feedbackBlock(verbs, debate) : null;
  const isLast = part === parts - 1 && debate.thread.thread !== '';
  const invites = isLast ? (turn.data.invites ?? []) : [];
  return {
    text: escaped(text),
    blocks: [
      ...heading,
      ...words,
      context(footerOf(message)),
      ...invitationBlocks(invites, verbs, heldIn(debate), debate.language),
      ...(feedback ? [feedback] : []),
      ...(controls ? [controls] : []),
    ],
  };
}

/** A word of the program in its own name. */
export function plain(markdown: string): Body {
  return { text: clipped(escaped(safeLine(markdown.replace(/[*_#>`]/g, ''))), FALLBACK), blocks: sections(markdown) };
}

/** Each part of a text under a heading of its own, cut where it is too long for one section. */
export function sections(markdown: string): SectionBlock[] {
  return markdown
    .split(/\n+(?=### )/)
    .flatMap((part) => cut(part, SECTION - 400))
    .map(section);
}

/** Pieces whose Slack form fits, too: escapes and addresses make it longer. */
function cut(markdown: string, room: number): string[] {
  return splitMarkdown(markdown, room).flatMap((piece) => {
    const text = toSlack(piece);
    if (text.length <= SECTION) return text.trim() === '' ? [] : [text];
    return room < 200 ? [text.slice(0, SECTION)] : cut(piece, Math.floor(room / 2));
  });
}

function section(text: string): SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text, verbatim: true }, expand: true };
}

export function context(text: string): ContextBlock {
  return { type: 'context', elements: [{ type: 'mrkdwn', text, verbatim: true }] };
}

/** `turn 5 · ↪ 3 · 2/3`: the synthesis speaks of turns by number. */
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

/** The panel's, or a stand-in for a speaker no panel has. */
function personaOf({ debate, turn }: Outgoing): Persona {
  const name = speakerName(debate, turn);
  return (
    speaker(debate.panel, turn.speaker) ?? { ...debate.panel.coordinator, face: '🙋', name: { en: name, es: name } }
  );
}
