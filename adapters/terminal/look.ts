/** What a terminal can show, found out once from the stream and the environment. */
import { WriteStream } from 'node:tty';
import { Chalk, type ChalkInstance, type ColorSupportLevel } from 'chalk';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';

/** Where the adapter writes: `process.stdout` or a stand-in. */
export interface Output extends NodeJS.WritableStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** How text is laid out just now; a resize makes a new one. */
export interface Look {
  readonly ink: ChalkInstance;
  /** Columns a line may take. */
  readonly width: number;
  /** Whether links are clickable (OSC 8), else their address is written out. */
  readonly links: boolean;
}

const LEVEL: Readonly<Record<number, ColorSupportLevel>> = { 1: 0, 4: 1, 8: 2, 24: 3 };

/** Longer lines are hard to read, however wide the window. */
const WIDEST = 100;

/** NO_COLOR, FORCE_COLOR, TERM and COLORTERM as Node reads them; a pipe has colour only when forced. */
export function colourLevel(output: Output, color: boolean | 'auto', env: Environment): ColorSupportLevel {
  if (color === false) return 0;
  const wanted = color === true || output.isTTY === true || env.FORCE_COLOR !== undefined;
  if (!wanted) return 0;
  const depth = WriteStream.prototype.getColorDepth.call(output, { ...env });
  const level = LEVEL[depth] ?? 0;
  return color === true && level === 0 ? 1 : level;
}

export function inkOf(level: ColorSupportLevel): ChalkInstance {
  return new Chalk({ level });
}

/** One column stays free: a full line would wrap where the next begins. */
export function textWidth(columns: number): number {
  return Math.max(10, Math.min(columns - 1, WIDEST));
}

/** Spaces a line must not break at, until it is wrapped. */
export function bind(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}

/** Styled text in lines of at most `width` columns, each under its own styles. */
export function wrap(text: string, width: number): string[] {
  return wrapAnsi(text, Math.max(1, width), { hard: true }).replaceAll('\u00a0', ' ').split('\n');
}

/** `wrap` behind a prefix: `first` on the first line, `rest` on the others. */
export function hang(text: string, width: number, first: string, rest: string): string[] {
  const lines = wrap(text, width - Math.max(stringWidth(first), stringWidth(rest)));
  return lines.map((line, index) => (index === 0 ? first : rest) + line);
}

/** Plain text cut to `width` columns, with an ellipsis where something went. */
export function clip(text: string, width: number): string {
  if (stringWidth(text) <= width) return text;
  let clipped = '';
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    if (stringWidth(clipped + segment) > width - 1) break;
    clipped += segment;
  }
  return `${clipped}…`;
}
