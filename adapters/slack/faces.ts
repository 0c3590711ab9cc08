/** Under what name and face a persona posts. Pure. */
import iamcal from 'emojibase-data/en/shortcodes/iamcal.json' with { type: 'json' };
import { z } from 'zod';
import { inLanguage, type Language, type Persona } from '../../src/debate.ts';
import { clipped, safeLine } from '../../src/text/safe.ts';

const LONGEST_NAME = 80;
/** For a face Slack has no name for. */
const NOBODY = ':speech_balloon:';

/** Slack's own names of emoji, by their code points in hex. */
const names = z.record(z.string(), z.union([z.string(), z.array(z.string())])).parse(iamcal);

export function shownName(persona: Persona, language: Language): string {
  return clipped(safeLine(inLanguage(persona.name, language)), LONGEST_NAME) || 'Tertulia';
}

/** `🌋` as `:volcano:`: an icon that needs no address of ours. */
export function iconOf(face: string): string {
  const points = [...face].map((character) => character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0'));
  const bare = points.filter((point) => point !== 'FE0F');
  const found = names[points.join('-')] ?? names[bare.join('-')];
  const [name] = found === undefined ? [] : [found].flat();
  return name === undefined ? NOBODY : `:${name}:`;
}
