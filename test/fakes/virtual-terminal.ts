/** A terminal in memory: what a program writes is shown as a real one would show it, keys can be pressed. */
import { PassThrough, Writable } from 'node:stream';
import xterm from '@xterm/headless';
import type { Input } from '../../adapters/terminal/editor.ts';
import type { Output } from '../../adapters/terminal/look.ts';

export interface VirtualTerminal {
  readonly input: Input;
  readonly output: Output;
  /** Every byte written so far. */
  written(): string;
  /** Scrollback and window, without the empty lines at the end. */
  lines(): Promise<string[]>;
  /** The window alone. */
  window(): Promise<string[]>;
  cursor(): Promise<{ row: number; column: number; isHidden: boolean }>;
  /** Whether keys come one by one, unechoed. */
  isRaw(): boolean;
  press(keys: string): void;
  resize(columns: number, rows: number): void;
}

export function createVirtualTerminal(columns = 80, rows = 24): VirtualTerminal {
  // The line discipline of a real one makes `\n` begin a new line.
  const screen = new xterm.Terminal({
    cols: columns,
    rows,
    scrollback: 10_000,
    allowProposedApi: true,
    convertEol: true,
  });
  const size = { columns, rows };
  let written = '';
  let raw = false;
  const output = new Writable({
    decodeStrings: false,
    write(chunk: string, _encoding, done) {
      written += chunk;
      screen.write(chunk, () => done());
    },
  });
  Object.defineProperties(output, {
    isTTY: { value: true },
    columns: { get: () => size.columns },
    rows: { get: () => size.rows },
  });
  const keys = new PassThrough();
  const setRawMode = (mode: boolean) => {
    raw = mode;
  };
  const buffer = () => screen.buffer.active;
  const settled = () => new Promise<void>((resolve) => screen.write('', resolve));
  const read = (from: number, to: number) =>
    Array.from(
      { length: to - from },
      (_, row) =>
        buffer()
          .getLine(from + row)
          ?.translateToString(true) ?? '',
    );
  return {
    input: Object.assign(keys, { isTTY: true, setRawMode }),
    output,
    written: () => written,
    async lines() {
      await settled();
      const all = read(0, buffer().length);
      return all.slice(0, all.findLastIndex((line) => line !== '') + 1);
    },
    async window() {
      await settled();
      return read(buffer().baseY, buffer().baseY + size.rows);
    },
    async cursor() {
      await settled();
      const isHidden = written.lastIndexOf('\u001b[?25l') > written.lastIndexOf('\u001b[?25h');
      return { row: buffer().cursorY, column: buffer().cursorX, isHidden };
    },
    isRaw: () => raw,
    press: (typed) => void keys.write(typed),
    resize(to, high) {
      Object.assign(size, { columns: to, rows: high });
      screen.resize(to, high);
      output.emit('resize');
    },
  };
}
