/** Makes text of articles, models and people harmless to whatever shows it: a terminal obeys it, a chat reorders or hides it. */
import { stripVTControlCharacters } from 'node:util';

/** What steers a terminal: C0 but line feed, DEL and C1. */
const CONTROLS = /[\p{Cc}--\n]/gv;

/**
 * What shows as nothing: it hides text, breaks up words, or (embeddings, overrides, isolates) reorders what follows so
 * that a reader sees other words than were written. Joiners and variation selectors shape emoji and some scripts: below.
 */
const INVISIBLE = /[[\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]--[\u200c\u200d\ufe00-\ufe0f]]/gv;

/** A joiner shapes emoji and some scripts; after anything else it only hides. */
const IDLE_JOINER =
  /(?<![\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Script=Arab}\p{Script=Syrc}\p{Script=Mong}])[\u200c\u200d]/gu;

/** More marks than any script stacks on a letter; they would run over the lines above. */
const PILE_OF_MARKS = /(\p{M}{6})\p{M}+/gu;

/**
 * The same words with nothing in them that could move the cursor, change colours, set a title, reorder or hide text.
 * Line ends become `\n`, tabs four spaces. Idempotent.
 */
export function safe(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replace(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replace(/\t/g, '    ')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '')
    .replace(PILE_OF_MARKS, '$1')
    .replace(IDLE_JOINER, '');
}

/** `safe`, on one line. */
export function safeLine(text: string): string {
  return safe(text).replace(/\s+/g, ' ').trim();
}

/** At most `length` UTF-16 units, never half a character, the cut shown. */
export function clipped(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${text
    .slice(0, length - 1)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trimEnd()}…`;
}
