/** How the debate reaches a reader: as lines one after another, or with a live region below them. */
import { type Debate, inLanguage, type Language, type Persona } from '../../src/debate.ts';
import type { Progress } from '../../src/ports/adapter.ts';
import type { Editor } from './editor.ts';
import { viewOf } from './editor.ts';
import { encodeDraft } from './encode.ts';
import { clip, type Look, type Output } from './look.ts';
import { createScreen, SHOW_CURSOR, write } from './screen.ts';
import { progressLine, WORDS } from './words.ts';

/** Somebody's unchecked words so far. */
interface Draft {
  readonly debate: Debate;
  readonly speaker: Persona;
  readonly text: string;
}

export interface Display {
  /** Lines that stay; `settles`: the move whose draft they replace, and who is not thinking any more. */
  print(lines: readonly string[], settles?: { readonly key: string; readonly speaker: string }): Promise<void>;
  /** null: void. */
  draft(key: string, change: ((before: string) => Draft) | null): void;
  progress(progress: Progress): void;
  /** The line being typed, or its cursor, changed. */
  typed(): void;
  /** Starts to show; `editor` when there is a line to type in. */
  open(editor: Editor | null): void;
  /** Leaves the terminal with what was printed and nothing else. */
  close(): void;
}

/** For a pipe, a file, a terminal that can't: what is settled, in order. */
export function createPlainDisplay(output: Output): Display {
  const nothing = () => {};
  return {
    print: (lines) => (lines.length === 0 ? Promise.resolve() : write(output, `${lines.join('\n')}\n`)),
    draft: nothing,
    progress: nothing,
    typed: nothing,
    open: nothing,
    close: nothing,
  };
}

/** Words come in faster than eyes see. */
const FRAME_MS = 50;
const SPIN_MS = 120;
const SPINNER = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

export function createLiveDisplay(output: Output, look: () => Look, language: Language, clock: () => number): Display {
  const screen = createScreen(output);
  const drafts = new Map<string, Draft>();
  let editor: Editor | null = null;
  let latest: Latest | null = null;
  let spin = 0;
  let frame: NodeJS.Timeout | undefined;
  let spinning: NodeJS.Timeout | undefined;
  let isOpen = false;

  const paint = (settled: readonly string[] = []): Promise<void> => {
    clearTimeout(frame);
    frame = undefined;
    if (!isOpen) return settled.length > 0 ? write(output, `${settled.join('\r\n')}\r\n`) : Promise.resolve();
    const status = statusLines(look(), language, editor?.isOpen ? editor : null, latest && statusOf(latest), spin);
    const room = Math.max(0, (output.rows ?? 24) - status.lines.length - 2);
    const words = draftLines([...drafts.values()], room, look());
    const top = words.length > 0 ? [...words, ''] : [];
    const cursor = status.column === null ? null : { row: top.length + status.lines.length - 1, column: status.column };
    return screen.paint(settled, [...top, ...status.lines], cursor);
  };
  const statusOf = (heardOf: Latest) => ({
    progress: heardOf.progress,
    elapsedMs: elapsed(heardOf, clock()),
    speaking: [...drafts.values()].map((draft) => draft.speaker.id),
  });
  const soon = () => {
    frame ??= setTimeout(repaint, FRAME_MS).unref();
  };
  // The reader may be gone; whoever posts next learns of it.
  const repaint = () => void paint().catch(() => {});
  const turnSpinner = () => {
    if (!latest || !isBusy(latest.progress)) return;
    spin += 1;
    repaint();
  };
  const resized = () => {
    screen.wipe();
    repaint();
  };

  return {
    print(lines, settles) {
      if (settles) drafts.delete(settles.key);
      if (settles && latest) latest = heard(settles.speaker, latest, clock());
      return paint(lines);
    },
    draft(key, change) {
      if (change) drafts.set(key, change(drafts.get(key)?.text ?? ''));
      else drafts.delete(key);
      soon();
    },
    progress(progress) {
      latest = { progress, at: clock() };
      soon();
    },
    typed: repaint,
    open(withEditor) {
      editor = withEditor;
      isOpen = true;
      output.on('resize', resized);
      spinning = setInterval(turnSpinner, SPIN_MS).unref();
      repaint();
    },
    close() {
      if (!isOpen) return;
      clearInterval(spinning);
      clearTimeout(frame);
      output.off('resize', resized);
      drafts.clear();
      void screen.paint([], [''], null).catch(() => {});
      isOpen = false;
      editor = null;
      latest = null;
      output.write(SHOW_CURSOR);
    },
  };
}

/** What was last heard of the debate, and when. */
interface Latest {
  readonly progress: Progress;
  readonly at: number;
}

/** One who was thinking has spoken; the time that took stays counted. */
function heard(speaker: string, latest: Latest, now: number): Latest {
  const thinking = latest.progress.thinking.filter((id) => id !== speaker);
  return { progress: { ...latest.progress, thinking, elapsedMs: elapsed(latest, now) }, at: now };
}

function elapsed({ progress, at }: Latest, now: number): number {
  return progress.elapsedMs + (isBusy(progress) ? now - at : 0);
}

function isBusy(progress: Progress): boolean {
  return progress.debate.status === 'running' && progress.thinking.length > 0;
}

interface Status {
  readonly progress: Progress;
  readonly elapsedMs: number;
  readonly speaking: readonly string[];
}

/** Progress and the line to type in; `column` is the cursor's in the last of them. */
function statusLines(
  look: Look,
  language: Language,
  editor: Editor | null,
  status: Status | null,
  spin: number,
): { lines: string[]; column: number | null } {
  const { ink, width } = look;
  const lines: string[] = [];
  if (status) {
    const mark = isBusy(status.progress) ? (SPINNER[spin % SPINNER.length] ?? '') : '·';
    const line = progressLine(status.progress, status.elapsedMs, status.speaking, width - 2);
    lines.push(`${ink.cyan(mark)} ${ink.dim(line)}`);
  }
  if (!editor) return { lines, column: null };
  const view = viewOf(editor.line, editor.cursor, width - 2);
  const placeholder = clip(inLanguage(WORDS.placeholder, language), width - 2);
  lines.push(ink.bold('› ') + (editor.line === '' ? ink.dim(placeholder) : view.text));
  return { lines, column: 2 + view.column };
}

/** One draft in full, its last lines when it is long; of several the last lines each. */
function draftLines(drafts: readonly Draft[], room: number, look: Look): string[] {
  const each = drafts.length > 1 ? Math.max(2, Math.floor(room / drafts.length)) : room;
  const lines = drafts.flatMap(({ debate, speaker, text }) => {
    const all = encodeDraft(debate, speaker, text, look);
    const [head, ...body] = all;
    return all.length <= each || head === undefined ? all : [head, ...body.slice(-(each - 1))];
  });
  return lines.slice(-room);
}
