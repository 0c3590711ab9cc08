/** Characters no reader sees: they can carry words past people's eyes into a prompt. */

/** Zero-width and direction marks, soft hyphens, tag characters, control characters but tab and line break. */
const INVISIBLE =
  /[\u00AD\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]|\p{Cc}(?<![\t\n])/gu;
/** Joiners mean something between the letters of scripts without case and in emoji, elsewhere nothing. */
const IDLE_JOINERS = /(?<!\p{Lo}|\p{M}|\p{Emoji_Modifier}|\p{Extended_Pictographic})[\u200C\u200D]+/gu;

/** Shorter runs are a typesetter's habits. */
const HIDDEN_RUN = /[\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2064\u2066-\u2069\uFEFF\u{E0000}-\u{E007F}]{5,}/gu;
/** The flags of England, Scotland and Wales are spelt in tag characters. */
const FLAG = /\u{1F3F4}[\u{E0061}-\u{E007A}]+\u{E007F}/gu;

export function withoutInvisible(text: string): string {
  return text
    .replace(/\r\n?|[\v\f\u0085\u2028\u2029]/g, '\n')
    .replace(INVISIBLE, '')
    .replace(IDLE_JOINERS, '');
}

/** How many characters stand in runs that look like a message nobody is meant to see. */
export function countHidden(text: string): number {
  const runs = text.replace(FLAG, '').match(HIDDEN_RUN) ?? [];
  return runs.reduce((sum, run) => sum + [...run].length, 0);
}
