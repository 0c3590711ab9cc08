/** What the core posts, as lines of a terminal. Pure. */
import {
  type Debate,
  type Invitation,
  inLanguage,
  type Language,
  type Persona,
  speaker,
  speakerName,
  speakers,
  type Turn,
} from '../../src/debate.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { safe, safeLine } from '../../src/text/safe.ts';
import { usageOf } from './decode.ts';
import { bind, hang, type Look, wrap } from './look.ts';
import { renderMarkdown } from './markdown.ts';
import { KIND, WORDS } from './words.ts';

/** Face of whoever is not of the panel. */
const PERSON = '🙋';

/** Under what heading words stand: who, in which colour, what kind of turn. */
interface Heading {
  readonly name: string;
  readonly face: string;
  readonly color: string | null;
  readonly details: readonly string[];
}

/** The head of a thread: what is debated, and by whom. */
export function encodeThread(debate: Debate, title: string, look: Look): string[] {
  const { ink, width } = look;
  const panel = speakers(debate.panel).map((each) => `${safeLine(each.face)} ${nameOf(each, debate.language)}`);
  return [
    ink.dim('━'.repeat(width)),
    ...wrap(ink.bold(safeLine(title)), width),
    ...wrap(ink.dim(panel.map(bind).join('\u00a0· ')), width),
    ink.dim('━'.repeat(width)),
    '',
  ];
}

/** One message; ends in an empty line. */
export function encodeTurn(message: Outgoing, look: Look): string[] {
  const { debate, turn, part, parts } = message;
  const heading = headingOf(debate, turn, parts > 1 ? [`${part + 1}/${parts}`] : []);
  if (turn.kind !== 'synthesis') return [...said(heading, message.text, look), ''];
  const rule = look.ink.dim('━'.repeat(look.width));
  const top = part === 0 ? [rule] : [];
  const end = part === parts - 1 ? [rule, ''] : [''];
  return [...top, ...head(heading, look), '', ...renderMarkdown(message.text, look), ...end];
}

/** Words as they come in, looking as the finished turn will. */
export function encodeDraft(debate: Debate, persona: Persona, text: string, look: Look): string[] {
  const heading = {
    name: nameOf(persona, debate.language),
    face: safeLine(persona.face),
    color: persona.color,
    details: [],
  };
  // The position on a line of its own is for the program.
  return said(heading, text.replace(/\[stance[^\]]*\]?\s*$/i, '').trimEnd(), look);
}

/** Somebody's own words, on the way to the panel. */
export function encodeSaid(name: string, text: string, look: Look): string[] {
  return [...said({ name: safeLine(name), face: PERSON, color: null, details: [] }, text, look), ''];
}

/** A word of the program. */
export function encodeNotice(text: string, look: Look): string[] {
  return [...hang(look.ink.yellow(safe(text).trim()), look.width, look.ink.yellow('▸ '), '  '), ''];
}

/** The answer to a verb. */
export function encodeReply(text: string, look: Look): string[] {
  return [...renderMarkdown(text, { ...look, width: look.width - 2 }).map((line) => `  ${line}`), ''];
}

/** What can be typed: a line a verb, under it what it does. */
export function encodeHelp(verbs: readonly VerbDefinition[], language: Language, look: Look): string[] {
  const { ink, width } = look;
  const lines = verbs.flatMap((verb) => [
    ...hang(ink.bold(safeLine(usageOf(verb, language))), width, '  ', '    '),
    ...hang(safeLine(inLanguage(verb.summary, language)), width, '    ', '    '),
  ]);
  return [...lines, ...hang(ink.dim(inLanguage(WORDS.helpSay, language)), width, '  ', '  '), ''];
}

/** What readers are asked to do, as they would type it; the verbs that are not there are left out. */
export function encodeInvitations(
  invites: readonly Invitation[],
  verbs: readonly VerbDefinition[],
  language: Language,
  look: Look,
): string[] {
  const lines = invites.flatMap(({ verb, args }) => {
    const found = verbs.find(({ name }) => name === verb);
    const asked = found && { ...found, args: found.args.filter(({ name, required }) => required && !(name in args)) };
    return asked
      ? hang(look.ink.dim(safeLine(usageOf(asked, language))), look.width, look.ink.dim('  ↳ '), '    ')
      : [];
  });
  return lines.length > 0 ? [...lines, ''] : [];
}

function headingOf(debate: Debate, turn: Turn, more: readonly string[]): Heading {
  const persona = speaker(debate.panel, turn.speaker);
  const kind = KIND[turn.kind];
  const to = turn.repliesTo.map((n) => `#${n}`).join(', ');
  return {
    name: safeLine(speakerName(debate, turn)),
    face: persona ? safeLine(persona.face) : PERSON,
    color: persona?.color ?? null,
    details: [`#${turn.n}`, ...(kind ? [inLanguage(kind, debate.language)] : []), ...(to ? [`↪ ${to}`] : []), ...more],
  };
}

function nameOf(persona: Persona, language: Language): string {
  return safeLine(inLanguage(persona.name, language));
}

function head({ name, face, color, details }: Heading, look: Look): string[] {
  const { ink } = look;
  const who = `${face} ${color ? ink.hex(color).bold(name) : ink.bold(name)}`;
  return wrap([who, ...details.map((detail) => ink.dim(bind(detail)))].join(ink.dim(' · ')), look.width);
}

/** The words under their heading, along a bar of the speaker's colour. */
function said(heading: Heading, text: string, look: Look): string[] {
  const bar = heading.color && look.ink.level > 0 ? look.ink.hex(heading.color)('│ ') : '  ';
  const body = renderMarkdown(text, { ...look, width: look.width - 2 });
  return [...head(heading, look), ...body.map((line) => (line === '' ? bar.trimEnd() : bar + line))];
}
