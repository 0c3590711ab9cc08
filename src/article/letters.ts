/** The form in which a quote and the article are compared: letters, figures and signs only, in one case. */
import { UNSPACED } from './scripts.ts';

/** What stands between two letters. `EITHER` (a dash, mostly) may be nothing or a space in another's writing. */
export const NOTHING = 0;
export const SPACE = 1;
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
const MINUS = /(?:^|[\s([{<>=≤≥±~≈,:/])[-\u2212\u2013]\d/uy;
const POINT_IN_NUMBER = /\d[.,]\d/y;

/** `skip`: ranges of the original, in order, that count as white space. */
export function lettersOf(original: string, skip: readonly Range[] = []): Letters {
  const units: string[] = [];
  const before: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  let gap = SPACE;
  let skipping = 0;
  for (let at = 0; at < original.length; ) {
    const [start = Infinity, end = Infinity] = skip[skipping] ?? [];
    if (at >= start) {
      gap ||= SPACE;
      at = Math.max(at, end);
      skipping += 1;
      continue;
    }
    const character = String.fromCodePoint(original.codePointAt(at) ?? 0);
    const role = roleOf(character, original, at);
    if (role === 'dash' || role === 'sign' || role === 'unspaced') gap = EITHER;
    else if (role === 'break') gap ||= SPACE;
    if (role !== 'dash' && role !== 'break' && role !== 'nothing') {
      for (const unit of role === 'minus' ? '-' : character.normalize('NFKC').toLowerCase()) {
        units.push(unit);
        for (let i = 0; i < unit.length; i += 1) {
          before.push(i === 0 ? gap : NOTHING);
          from.push(at);
          to.push(at + character.length);
          gap = NOTHING;
        }
      }
      gap = role === 'sign' || role === 'unspaced' ? EITHER : NOTHING;
    }
    at += character.length;
  }
  return { text: units.join(''), before: [...before, gap || SPACE], from, to };
}

type Role = 'letter' | 'unspaced' | 'sign' | 'minus' | 'dash' | 'nothing' | 'break';

function roleOf(character: string, original: string, at: number): Role {
  if (/^[a-zA-Z0-9]$/.test(character)) return 'letter';
  if (/^\s$/.test(character)) return 'break';
  if (UNSPACED.test(character)) return 'unspaced';
  if (LETTER.test(character)) return 'letter';
  if (DASH.test(character)) return matchesAt(MINUS, original, Math.max(0, at - 1)) ? 'minus' : 'dash';
  if (SIGN.test(character)) return 'sign';
  if (APOSTROPHE.test(character)) return 'nothing';
  return (character === '.' || character === ',') && matchesAt(POINT_IN_NUMBER, original, at - 1) ? 'letter' : 'break';
}

function matchesAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return at >= 0 && sticky.test(text);
}
