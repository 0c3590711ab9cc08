/** Words that stand on one baseline, and the line of text they make. */
import { heaviest } from './geometry.ts';
import type { Word } from './words.ts';

/** One line of text within its column, places in points from the page's top left. */
export interface Line {
  readonly text: string;
  readonly page: number;
  readonly x: number;
  readonly right: number;
  /** The baseline. */
  readonly y: number;
  /** Of most of its letters. */
  readonly size: number;
  /** Of its largest letters. */
  readonly tallest: number;
  /** All of its words are. */
  readonly bold: boolean;
  /** Most of its letters are. */
  readonly italic: boolean;
  readonly mono: boolean;
  /** Width of its first word. */
  readonly opening: number;
  /** Stretches with wide gaps between them: 1 for running text, more in tables. */
  readonly cells: number;
  /** Edges of the column it stands in. */
  readonly left: number;
  readonly edge: number;
  /** Lines of one column of one page share a number; it grows in reading order. */
  readonly column: number;
}

/** Ems: words of one row may sit this much above or below (raised and lowered ones are smaller). */
const LEVEL = 0.3;
const RAISED = 0.65;
/** Ems between two words of a line, and between two cells of a table's row. */
const SPACE = 0.15;
const CELL_GAP = 1.8;

/** Words by baseline, top to bottom, each row from left to right. Raised and lowered words go with their row. */
export function rowsOf(words: readonly Word[]): Word[][] {
  const size = (row: readonly Word[]) => row[0]?.size ?? 0;
  const rows: Word[][] = [];
  for (const word of words.toSorted((a, b) => b.size - a.size || a.y - b.y)) {
    const near = (row: readonly Word[]) => {
      const off = (row[0]?.y ?? 0) - word.y;
      const small = word.size < 0.85 * size(row);
      return Math.abs(off) <= LEVEL * word.size || (small && off > -LEVEL * size(row) && off < RAISED * size(row));
    };
    const candidates = rows.filter(near);
    const row = closest(candidates, word);
    if (row) row.push(word);
    else rows.push([word]);
  }
  for (const row of rows) row.sort((a, b) => a.x - b.x);
  return rows.toSorted((a, b) => baseline(a) - baseline(b));
}

/** The row with a word nearest to this one. */
function closest(rows: readonly Word[][], word: Word): Word[] | undefined {
  const distance = (row: readonly Word[]) =>
    Math.min(
      ...row.map((other) => Math.max(0, other.x - word.right, word.x - other.right) + Math.abs(other.y - word.y)),
    );
  return rows.length < 2 ? rows[0] : rows.toSorted((a, b) => distance(a) - distance(b))[0];
}

function baseline(row: readonly Word[]): number {
  return row.reduce((largest, word) => (word.size > largest.size ? word : largest)).y;
}

/** One row of a column as a line of text. */
export function lineOf(row: readonly Word[], place: Pick<Line, 'page' | 'left' | 'edge' | 'column'>): Line {
  const weigh = (value: (word: Word) => number) => {
    const weights = new Map<number, number>();
    for (const word of row) weights.set(value(word), (weights.get(value(word)) ?? 0) + word.text.length);
    return heaviest(weights, 0);
  };
  const size = weigh((word) => Math.round(word.size * 10) / 10);
  const gaps = row.slice(1).filter((word, i) => word.x - (row[i]?.right ?? 0) > CELL_GAP * size);
  return {
    ...place,
    text: textOf(row),
    x: Math.min(...row.map((word) => word.x)),
    right: Math.max(...row.map((word) => word.right)),
    y: baseline(row),
    size,
    tallest: Math.max(...row.map((word) => word.size)),
    bold: row.every((word) => word.bold || !/\p{L}/u.test(word.text)),
    italic: weigh((word) => Number(word.italic)) === 1,
    mono: weigh((word) => Number(word.mono)) === 1,
    opening: openingOf(row),
    cells: gaps.length + 1,
  };
}

/** The first word may be drawn in pieces. */
function openingOf(row: readonly Word[]): number {
  const second = row.findIndex((word, i) => i > 0 && word.x - (row[i - 1]?.right ?? 0) > SPACE * word.size);
  const first = row[second < 0 ? row.length - 1 : second - 1];
  return (first?.right ?? 0) - (row[0]?.x ?? 0);
}

function textOf(row: readonly Word[]): string {
  const base = row.reduce((largest, word) => (word.size > largest.size ? word : largest));
  let text = '';
  for (const [i, word] of row.entries()) {
    const before = row[i - 1];
    const gap = before ? (word.x - before.right) / Math.max(word.size, before.size) : 0;
    if (before && (gap > SPACE || (word.spaced && gap > 0))) text += ' ';
    text += isRaised(word, base) ? raised(word.text) : word.text;
  }
  return text;
}

function isRaised(word: Word, base: Word): boolean {
  return word.size < 0.85 * base.size && base.y - word.y > 0.15 * base.size;
}

const RAISED_FORMS: Readonly<Record<string, string>> = Object.fromEntries(
  [...'0123456789+-−()'].map((plain, i) => [plain, [...'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾'][i] ?? plain]),
);

/** Raised figures stay recognisable as such, so that a note's mark does not become part of a word or number. */
function raised(text: string): string {
  return /^[\d+\-−(),]+$/.test(text) ? [...text].map((one) => RAISED_FORMS[one] ?? one).join('') : text;
}

/** A big initial set into the first lines of a paragraph goes back before the rest of its word. */
export function withDropCaps(words: readonly Word[]): Word[] {
  return words.map((word) => {
    if (!/^\p{Lu}$/u.test(word.text)) return word;
    const beside = words.filter(
      (other) =>
        other.size < 0.6 * word.size &&
        other.x >= word.right - 1 &&
        other.x - word.right < other.size &&
        other.y > word.y - word.size &&
        other.y < word.y + 1,
    );
    const first = beside.toSorted((a, b) => a.y - b.y)[0];
    return first && beside.length > 1 ? { ...word, y: first.y, size: first.size, right: first.x } : word;
  });
}
