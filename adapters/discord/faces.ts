/** Under what name and picture a persona posts. Pure. */
import { inLanguage, type Language, type Persona } from '../../src/debate.ts';
import { clipped, safeLine } from '../../src/text/safe.ts';

/** Emoji as pictures, in the drawing Discord's own are derived from; the version never changes under its address. */
const PICTURES = 'https://cdn.jsdelivr.net/gh/jdecked/twemoji@15.1.0/assets/72x72/';

const LONGEST_NAME = 80;

/** Words Discord refuses anywhere in the name of a webhook. */
const FORBIDDEN = /(d)(iscord)|(c)(lyde)/gi;

/** The persona's name in the debate's language, as Discord will have it: `Discordian` becomes `D·iscordian`. */
export function shownName(persona: Persona, language: Language): string {
  const name = safeLine(inLanguage(persona.name, language))
    .replace(FORBIDDEN, (_, d, iscord, c, lyde) => `${d ?? c}·${iscord ?? lyde}`)
    .replace(/^(everyone|here)$/i, '$1 ·');
  return clipped(name, LONGEST_NAME) || 'Tertulia';
}

/** Address of the picture of a face (one emoji). Discord fetches it when the message is posted. */
export function avatarOf(face: string): string {
  // As the pictures are named: the variation selector goes unless the emoji is a joined sequence.
  const bare = face.includes('\u200d') ? face : face.replaceAll('\ufe0f', '');
  const points = [...bare].map((character) => character.codePointAt(0)?.toString(16));
  return `${PICTURES}${points.join('-')}.png`;
}

/** `#rrggbb` as the number Discord wants. */
export function colourOf(persona: Persona): number {
  return Number.parseInt(persona.color.slice(1), 16);
}
