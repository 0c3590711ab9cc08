/**
 * The lines at the bottom of a terminal that still change, below text that does not. Each paint rewrites only the
 * lines that differ, so words that settle as they were drafted do not flicker.
 */
import stringWidth from 'string-width';
import type { Output } from './look.ts';

/** Where the cursor stands among the live lines, both from 0. */
interface Spot {
  readonly row: number;
  readonly column: number;
}

export interface Screen {
  /** `settled` scrolls away above and is never touched again; `live` (fewer lines than the window) replaces what was live. */
  paint(settled: readonly string[], live: readonly string[], cursor: Spot | null): Promise<void>;
  /** The window has another width: what was live is wiped, however it was wrapped, and is to be painted again. */
  wipe(): void;
}

const ESC = '\u001b[';
export const SHOW_CURSOR = `${ESC}?25h`;
const HIDE_CURSOR = `${ESC}?25l`;
/** Terminals that know it show the frame at once; others ignore it. */
const TOGETHER = { begin: `${ESC}?2026h`, end: `${ESC}?2026l` };

export function createScreen(output: Output): Screen {
  let shown: readonly string[] = [''];
  let at = 0;
  let column = 0;

  const moveTo = (row: number) => {
    const rows = row - at;
    at = row;
    return `\r${rows < 0 ? `${ESC}${-rows}A` : rows > 0 ? `${ESC}${rows}B` : ''}`;
  };

  const rewrite = (next: readonly string[]) => {
    let sequence = '';
    for (const [row, line] of next.entries()) {
      if (row >= shown.length) {
        sequence += `${moveTo(row - 1)}\r\n${line}`;
        at = row;
      } else if (line !== shown[row]) {
        sequence += `${moveTo(row)}${line}${ESC}K`;
      }
    }
    // From the first line left over to the end of the window.
    if (next.length < shown.length) sequence += `${moveTo(next.length)}${ESC}J`;
    return sequence;
  };

  return {
    paint(settled, live, cursor) {
      const lines = live.length > 0 ? live : [''];
      let sequence = rewrite([...settled, ...lines]);
      at -= settled.length;
      shown = lines;
      const spot = cursor ?? { row: lines.length - 1, column: 0 };
      column = spot.column;
      sequence += moveTo(spot.row) + (column > 0 ? `${ESC}${column}C` : '') + (cursor ? SHOW_CURSOR : HIDE_CURSOR);
      return write(output, TOGETHER.begin + sequence + TOGETHER.end);
    },
    wipe() {
      const columns = output.columns ?? 80;
      // The terminal has wrapped our lines anew: count the rows they take up now.
      const rowsOf = (line: string) => Math.max(1, Math.ceil(stringWidth(line) / columns));
      const above = shown.slice(0, at).reduce((rows, line) => rows + rowsOf(line), Math.floor(column / columns));
      output.write(`\r${above > 0 ? `${ESC}${above}A` : ''}${ESC}J`);
      shown = [''];
      at = 0;
      column = 0;
    },
  };
}

/** Resolves when the stream has taken the text, so that a slow reader slows us down. */
export function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
