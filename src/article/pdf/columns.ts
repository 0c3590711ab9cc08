/** A page's words → its lines in reading order: columns one after the other, what runs across them in its place. */
import { type Line, lineOf, rowsOf, withDropCaps } from './rows.ts';
import type { PageText, Word } from './words.ts';

/** Points of one slice, and of one step along it. */
const SLICE = 3;
const STEP = 2;
/** Narrowest gap between columns: points, and ems. */
const GUTTER = 7;
const GUTTER_EM = 0.7;
/** Narrowest column, as a share of the page. */
const COLUMN_SHARE = 0.12;
/** Slices with the gap, at least, and as a share of those with text on both sides. */
const VOTES = 12;
const VOTE_SHARE = 0.5;
/** The same where other pages have their gap there too. */
const KNOWN_VOTES = 6;
const KNOWN_SHARE = 0.1;
/** How full of letters a column of text is; tables are emptier. */
const DENSE = 0.6;
const SPARSE = 0.25;

export interface Gutter {
  readonly from: number;
  readonly to: number;
}

/** The gaps between columns that the pages have in common, most frequent first. */
export function commonGutters(pages: readonly PageText[]): Gutter[] {
  const found = pages.flatMap((page) => findGutter(page.words, page.width) ?? []);
  const alike = (a: Gutter) => found.filter((b) => Math.abs(a.from + a.to - b.from - b.to) < 12);
  return found.filter((gutter) => alike(gutter).length >= 2).toSorted((a, b) => alike(b).length - alike(a).length);
}

/** `page`: its number. Column numbers start from `column`. */
export function linesOf(
  { words, width, height }: PageText,
  page: number,
  column: number,
  common: readonly Gutter[],
): Line[] {
  const regions = regionsOf(withDropCaps(words), width, height, common);
  return regions.flatMap((region, i) => {
    const left = Math.min(...region.map((word) => word.x));
    const edge = Math.max(...region.map((word) => word.right));
    return rowsOf(region).map((row) => lineOf(row, { page, left, edge, column: column + i }));
  });
}

/** Groups of words to be read one after the other, each line by line. */
function regionsOf(words: readonly Word[], width: number, height: number, common: readonly Gutter[]): Word[][] {
  const gutter = findGutter(words, width, common);
  if (!gutter) return words.length > 0 ? [[...words]] : [];
  const { left, right, across } = divide(words, gutter);
  const tall = (side: readonly Word[]) =>
    Math.max(...side.map((w) => w.y)) - Math.min(...side.map((w) => w.y)) > 0.4 * height;
  const deeper = (side: Word[]) => (tall(side) ? regionsOf(side, width, height, []) : [side]);
  const between = (side: readonly Word[], above: number, below: number) =>
    side.filter((word) => word.y >= above && word.y < below);
  const bands = bandsOf(across, [...left, ...right]);
  const edges = [-Infinity, ...bands.map(({ y }) => y), Infinity];
  const regions = edges.slice(1).flatMap((below, i) => {
    const above = edges[i] ?? 0;
    const sides = [between(left, above, below), between(right, above, below)].filter((side) => side.length > 0);
    return [...sides.flatMap(deeper), ...(bands[i] ? [bands[i].words] : [])];
  });
  return regions;
}

/** Rows that run across the columns, those with nothing beside the columns between them together. */
function bandsOf(rows: readonly Word[][], columns: readonly Word[]): { y: number; words: Word[] }[] {
  const bands: { y: number; words: Word[]; last: number }[] = [];
  for (const row of rows) {
    const y = Math.max(...row.map((word) => word.y));
    const before = bands.at(-1);
    if (before && !columns.some((word) => word.y >= before.last && word.y < y)) {
      before.words.push(...row);
      before.last = y;
    } else bands.push({ y, words: [...row], last: y });
  }
  return bands;
}

interface Sides {
  readonly left: Word[];
  readonly right: Word[];
  /** Rows that reach well into both columns, top to bottom. */
  readonly across: Word[][];
}

function divide(words: readonly Word[], gutter: Gutter): Sides {
  const sides: Sides = { left: [], right: [], across: [] };
  const middle = (gutter.from + gutter.to) / 2;
  for (const row of rowsOf(words)) {
    const across: Word[] = [];
    for (const chunk of chunksOf(row, gutter)) {
      const { x, right } = extent(chunk);
      const reach = 2 * (chunk[0]?.size ?? 0);
      const reachesAcross = x < gutter.from - reach && right > gutter.to + reach;
      if (reachesAcross || endsAcross(chunk, words, sides.across.at(-1), gutter)) across.push(...chunk);
      else ((x + right) / 2 < middle ? sides.left : sides.right).push(...chunk);
    }
    if (across.length > 0) sides.across.push(across);
  }
  return sides;
}

/** A short line right below one that runs across, with the other column still empty beside it. */
function endsAcross(
  chunk: readonly Word[],
  words: readonly Word[],
  above: readonly Word[] | undefined,
  gutter: Gutter,
) {
  const [first] = chunk;
  const before = above?.[0];
  if (!first || !before || first.x > gutter.from) return false;
  const step = first.y - before.y;
  const beside = words.some(
    (word) => word.x > gutter.from && !chunk.includes(word) && Math.abs(word.y - first.y) < 0.7 * first.size,
  );
  return step > 0 && step < 1.5 * before.size && Math.abs(first.size - before.size) < 1 && !beside;
}

function extent(words: readonly Word[]): { readonly x: number; readonly right: number } {
  return { x: Math.min(...words.map((word) => word.x)), right: Math.max(...words.map((word) => word.right)) };
}

/** The row cut where a gap as wide as one between columns lies over the gutter. */
function chunksOf(row: readonly Word[], gutter: Gutter): Word[][] {
  const chunks: Word[][] = [];
  let right = -Infinity;
  for (const word of row) {
    const wide = word.x - right > Math.max(0.6 * (gutter.to - gutter.from), GUTTER_EM * word.size);
    const last = chunks.at(-1);
    if (last && !(wide && right < gutter.to && word.x > gutter.from)) last.push(word);
    else chunks.push([word]);
    right = Math.max(right, word.right);
  }
  return chunks;
}

interface Slices {
  /** Per step along the page: slices with a wide gap there, and with text or a narrow one. */
  readonly gap: Uint16Array;
  readonly text: Uint16Array;
  readonly left: number;
}

/** The gap between two columns: a place most slices of the page leave free though they have text on both sides. */
function findGutter(words: readonly Word[], pageWidth: number, common: readonly Gutter[] = []): Gutter | null {
  if (words.length < 12) return null;
  const slices = slice(words);
  const { gap, text } = slices;
  const known = common.find(({ from, to }) => {
    const at = Math.round(((from + to) / 2 - slices.left) / STEP);
    const votes = gap[at] ?? 0;
    return votes >= KNOWN_VOTES && votes >= KNOWN_SHARE * (votes + (text[at] ?? 0));
  });
  if (known) return known;
  const edge = Math.max(...words.map((word) => word.right));
  const least = COLUMN_SHARE * pageWidth;
  const votes = (at: number) => {
    const x = slices.left + at * STEP;
    return Math.min(x - slices.left, edge - x) > least ? (gap[at] ?? 0) : 0;
  };
  const steps = [...gap.keys()];
  const best = Math.max(...steps.map(votes));
  const first = steps.find((at) => votes(at) === best) ?? 0;
  if (best < VOTES || best < VOTE_SHARE * (best + (text[first] ?? 0))) return null;
  const end = steps.find((at) => at > first && votes(at) < 0.9 * best) ?? first + 1;
  const gutter = { from: slices.left + first * STEP, to: slices.left + end * STEP };
  return isDense(words, gutter) ? gutter : null;
}

/** Places of wide gaps and of text, slice by slice from the top; a slice counts between its first and last word. */
function slice(words: readonly Word[]): Slices {
  const left = Math.min(...words.map((word) => word.x));
  const steps = Math.ceil((Math.max(...words.map((word) => word.right)) - left) / STEP) + 1;
  const slices = { gap: new Uint16Array(steps), text: new Uint16Array(steps), left };
  const at = (x: number) => Math.max(0, Math.round((x - left) / STEP));
  const count = (counts: Uint16Array, from: number, to: number) => {
    for (let i = at(from); i < at(to); i += 1) counts[i] = (counts[i] ?? 0) + 1;
  };
  for (const row of sliceRows(words)) {
    let right = row[0]?.x ?? 0;
    for (const word of row) {
      const wide = word.x - right > Math.max(GUTTER, GUTTER_EM * word.size);
      count(wide ? slices.gap : slices.text, right, word.x);
      count(slices.text, Math.max(right, word.x), word.right);
      right = Math.max(right, word.right);
    }
  }
  return slices;
}

/** For each slice of the page the words it cuts, from left to right. */
function sliceRows(words: readonly Word[]): Word[][] {
  const rows = new Map<number, Word[]>();
  for (const word of words.toSorted((a, b) => a.x - b.x)) {
    const bottom = Math.floor((word.y + 0.1 * word.size) / SLICE);
    for (let i = Math.ceil((word.y - 0.7 * word.size) / SLICE); i <= bottom; i += 1) {
      const row = rows.get(i);
      if (row) row.push(word);
      else rows.set(i, [word]);
    }
  }
  return [...rows.values()];
}

/** Whether what stands on either side fills its lines as text does, at least on one side. */
function isDense(words: readonly Word[], gutter: Gutter): boolean {
  const rows = sliceRows(words);
  const fill = (belongs: (word: Word) => boolean) => {
    const side = words.filter(belongs);
    const lines = rows.map((row) => row.filter(belongs)).filter((row) => row.length > 0);
    const width = Math.max(...side.map((word) => word.right)) - Math.min(...side.map((word) => word.x));
    const letters = lines.reduce((sum, row) => sum + row.reduce((total, word) => total + word.right - word.x, 0), 0);
    return letters / (width * lines.length);
  };
  const sides = [fill((word) => word.right <= gutter.to), fill((word) => word.x >= gutter.from)];
  return Math.max(...sides) >= DENSE && Math.min(...sides) >= SPARSE;
}
