/** A line to type in while the debate runs: Node's readline keeps it, the screen shows it. */
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import stringWidth from 'string-width';
import { safe } from '../../src/text/safe.ts';

/** Where the adapter reads: `process.stdin` or a stand-in. */
export interface Input extends NodeJS.ReadableStream {
  readonly isTTY?: boolean;
}

export interface EditorEvents {
  line(text: string): void;
  /** The line or its cursor changed. */
  change(): void;
  /** Ctrl-C, which a terminal in raw mode sends as a key. */
  interrupt(): void;
}

export interface Editor {
  /** Until it is closed, or Ctrl-D ends the input. */
  readonly isOpen: boolean;
  readonly line: string;
  readonly cursor: number;
  /** Gives the terminal back as it was. */
  close(): void;
}

const PASTE = { on: '\u001b[?2004h', off: '\u001b[?2004l' };

/** Reads lines with history and the usual keys; a pasted text of several lines is one line. */
export function createEditor(input: Input, output: NodeJS.WritableStream, on: EditorEvents): Editor {
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const readline = createInterface({ input, output: muted, terminal: true, historySize: 100, prompt: '' });
  let pasted: string[] | null = null;
  let isOpen = true;
  const keypress = (_text: string | undefined, key: { name?: string } | undefined) => {
    if (key?.name === 'paste-start') pasted = [];
    if (key?.name === 'paste-end' && pasted) {
      const lines = pasted;
      pasted = null;
      const rest = readline.line;
      readline.write(null, { ctrl: true, name: 'e' });
      readline.write(null, { ctrl: true, name: 'u' });
      readline.write([...lines, rest].join(' '));
    }
    on.change();
  };
  readline.on('line', (line) => (pasted ? pasted.push(line) : on.line(line)));
  readline.on('close', () => {
    isOpen = false;
    on.change();
  });
  readline.on('SIGINT', () => on.interrupt());
  readline.on('SIGCONT', () => on.change());
  input.on('keypress', keypress);
  output.write(PASTE.on);
  return {
    get isOpen() {
      return isOpen;
    },
    get line() {
      return readline.line;
    },
    get cursor() {
      return readline.cursor;
    },
    close() {
      input.off('keypress', keypress);
      readline.close();
      output.write(PASTE.off);
    },
  };
}

/** Reads whole lines where the terminal echoes them itself (TERM=dumb); there is nothing to show. */
export function createLineReader(input: Input, on: EditorEvents): Editor {
  const readline = createInterface({ input, terminal: false });
  readline.on('line', (line) => on.line(line));
  return { isOpen: false, line: '', cursor: 0, close: () => readline.close() };
}

/** The part of a line around its cursor that fits `width` columns, and the cursor's column in it. */
export function viewOf(line: string, cursor: number, width: number): { text: string; column: number } {
  let before = safe(line.slice(0, cursor)).replaceAll('\n', ' ');
  const after = safe(line.slice(cursor)).replaceAll('\n', ' ');
  const segments = [...new Intl.Segmenter().segment(before)];
  let first = 0;
  while (stringWidth(before) > width - 1 && first < segments.length) {
    first += 1;
    before = segments
      .slice(first)
      .map(({ segment }) => segment)
      .join('');
  }
  let text = before;
  for (const { segment } of new Intl.Segmenter().segment(after)) {
    if (stringWidth(text + segment) > width) break;
    text += segment;
  }
  return { text, column: stringWidth(before) };
}
