/** Running heads, feet and page numbers: what stands at the same place on page after page. */
import { rowsOf } from './rows.ts';
import type { PageText, Word } from './words.ts';

/** Shares of the page's height in which running heads and feet stand. */
const TOP = 0.13;
const BOTTOM = 0.87;
/** Points by which the place may vary. */
const PLACE = 4;

interface Row {
  readonly page: number;
  readonly words: readonly Word[];
  readonly y: number;
  readonly text: string;
  /** The words, figures aside. */
  readonly pattern: string;
  /** Well away from the rows nearer to the middle of the page. */
  readonly apart: boolean;
  readonly outermost: boolean;
}

export function withoutRunningHeads(pages: readonly PageText[]): PageText[] {
  const rows = pages.flatMap((page, i) => marginRows(page, i));
  const running = new Set(rows.filter((row) => repeats(row, rows, pages.length)).flatMap((row) => row.words));
  return pages.map((page) => ({ ...page, words: page.words.filter((word) => !running.has(word)) }));
}

function marginRows({ words, height }: PageText, page: number): Row[] {
  const rows = rowsOf(words.filter((word) => word.y < TOP * height || word.y > BOTTOM * height));
  const ys = words.map((word) => word.y);
  const [first, last] = [Math.min(...ys), Math.max(...ys)];
  return rows.map((row) => {
    const { y = 0, size = 0 } = row[0] ?? {};
    const text = row.map((word) => word.text).join(' ');
    const inwards = ys.map((other) => (y < height / 2 ? other - y : y - other)).filter((gap) => gap > 0.5 * size);
    const apart = Math.min(...inwards) > 1.6 * size;
    const outermost = row.some((word) => word.y <= first + 2 || word.y >= last - 2);
    return { page, words: row, y, text, pattern: text.replace(/\d+/g, '#').toLowerCase(), apart, outermost };
  });
}

const PAGE_NUMBER = /^(?:p(?:age|[áa]gina|[áa]g\.?|\.)? ?)?[-–—|· ]*(?:#|[ivxl]+)(?: ?(?:\/|of|de) ?#)?[-–—|· ]*$/;

/** Pages before and after among which a head is looked for: those of a chapter have its own. */
const AROUND = 6;

/** On as many pages as the head of every other page would be, or a page's number where such numbers stand. */
function repeats(row: Row, rows: readonly Row[], pages: number): boolean {
  if (row.outermost && PAGE_NUMBER.test(row.pattern)) return true;
  const same = (other: Row) => other.text === row.text || (row.apart && other.apart && other.pattern === row.pattern);
  const near = (other: Row) => Math.abs(other.page - row.page) <= AROUND && Math.abs(other.y - row.y) <= PLACE;
  const times = new Set(rows.filter((other) => near(other) && same(other)).map((other) => other.page)).size;
  return times >= (pages < AROUND ? 2 : 3);
}
