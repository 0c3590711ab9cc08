/** The form in which a quote and the article are compared: letters, figures and signs only, in one case. */
import { UNSPACED } from './scripts.ts';

/** What stands between two letters. `EITHER` (a dash, mostly) may be nothing or a space in another's writing. */
export const NOTHING = 0;
const SPACE = 1;
export const EITHER = 2;

export interface Letters {
  readonly text: string;
  /** What stands before each unit of `text`; one more, for the end. */
  readonly before: readonly number[];
  /** Where in the original the character of each unit of `text` begins and ends. */
  readonly from: readonly number[];
  readonly to: readonly number[];
}

/** A stretch of the original, `[start, end)`. */
export type Range = readonly [number, number];

const LETTER = /[\p{L}\p{N}\p{M}]/u;
const SIGN = /[\p{Sm}\p{Sc}%‰°§&@#]/u;
const DASH = /[-\u00AD\u2010-\u2015\u2212\u2E3A\u2E3B\uFE58\uFE63\uFF0D]/u;
const APOSTROPHE = /['’‘ʼ`´′\p{Cf}]/u;

/** `skip`: ranges of the original, in order, that count as white space. */
export function lettersOf(original: string, skip: readonly Range[] = []): Letters {
  const letters: Collected = { units: [], before: [], from: [], to: [] };
  let gap = SPACE;
  let next = 0;
  for (let at = 0; at < original.length; ) {
    const [start, end] = skip[next] ?? NEVER;
    if (at >= start) {
      gap ||= SPACE;
      at = Math.max(at, end);
      next += 1;
      continue;
    }
    const character = String.fromCodePoint(original.codePointAt(at) ?? 0);
    const role = roleOf(character, original, at);
    const to = at + character.length;
    if (role === 'break') gap ||= SPACE;
    else if (role !== 'letter' && role !== 'nothing') gap = EITHER;
    if (role === 'letter' || role === 'sign') {
      add(letters, character, at, to, gap);
      gap = role === 'letter' ? NOTHING : EITHER;
    }
    at = to;
  }
  const { units, before, from, to } = letters;
  return { text: units.join(''), before: [...before, gap || SPACE], from, to };
}

const NEVER: Range = [Infinity, Infinity];

interface Collected {
  readonly units: string[];
  readonly before: number[];
  readonly from: number[];
  readonly to: number[];
}

/** One character may be several units: a ligature, a half. */
function add(letters: Collected, character: string, from: number, to: number, gap: number): void {
  const units = DASH.test(character) ? '-' : character.normalize('NFKC').toLowerCase();
  letters.units.push(units);
  for (let i = 0; i < units.length; i += 1) {
    letters.before.push(i === 0 ? gap : NOTHING);
    letters.from.push(from);
    letters.to.push(to);
  }
}

/** A sign is a word of its own with or without space around it; so is a letter of an unspaced script. */
type Role = 'letter' | 'sign' | 'dash' | 'nothing' | 'break';

function roleOf(character: string, original: string, at: number): Role {
  if (/^[a-zA-Z0-9]$/.test(character)) return 'letter';
  if (/^\s$/.test(character)) return 'break';
  if (UNSPACED.test(character)) return 'sign';
  if (LETTER.test(character)) return 'letter';
  if (DASH.test(character)) return isMinus(original, at) ? 'sign' : 'dash';
  if (SIGN.test(character)) return 'sign';
  if (APOSTROPHE.test(character)) return 'nothing';
  return (character === '.' || character === ',') && isPoint(original, at) ? 'letter' : 'break';
}

/** The dash of "−3", not that of "a-3" or "2–3". */
function isMinus(text: string, at: number): boolean {
  return isDigit(text[at + 1]) && /^[\s([{<>=≤≥±~≈,:/]?$/u.test(text[at - 1] ?? '');
}

function isPoint(text: string, at: number): boolean {
  return isDigit(text[at - 1]) && isDigit(text[at + 1]);
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
