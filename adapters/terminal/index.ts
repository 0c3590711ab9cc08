/** A debate in one terminal: the thread is the screen, whoever sits in front of it takes part by typing. */
import { randomUUID } from 'node:crypto';
import type { Choices } from '../../src/chat/typed.ts';
import { type Debate, inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Adapter, Progress } from '../../src/ports/adapter.ts';
import type { Attachment, Host, Incoming, Person, Place, VerbArgument } from '../../src/ports/host.ts';
import { safeLine } from '../../src/text/safe.ts';
import { decode, verbIn } from './decode.ts';
import { createLiveDisplay, createPlainDisplay, type Display } from './display.ts';
import { createEditor, createLineReader, type Editor, type Input } from './editor.ts';
import {
  encodeHelp,
  encodeInvitations,
  encodeNotice,
  encodeReply,
  encodeSaid,
  encodeThread,
  encodeTurn,
} from './encode.ts';
import { colourLevel, type Environment, inkOf, type Look, type Output, textWidth } from './look.ts';
import { SHOW_CURSOR } from './screen.ts';
import { WORDS } from './words.ts';

export interface TerminalOptions {
  readonly input?: Input;
  readonly output: Output;
  /** `auto`, the default: as the terminal, NO_COLOR and FORCE_COLOR say. */
  readonly color?: boolean | 'auto';
  /** Columns of the window; default: the output's own, 80 for a pipe. */
  readonly width?: () => number;
  /** Whether to read what is typed (default yes); only a terminal on both sides is read. */
  readonly interactive?: boolean;
  /** Shows the synthesis and nothing else. */
  readonly quiet?: boolean;
  /** Of the program's own words and of what is typed. */
  readonly language: Language;
  /** Milliseconds, monotonic. */
  readonly clock?: () => number;
  /** For TERM, COLORTERM, NO_COLOR and FORCE_COLOR; default: the process's. */
  readonly env?: Environment;
  readonly workspace?: string;
  /** Who sits in front of it; default: "You", who may do everything. */
  readonly person?: Person;
  /** Ctrl-C, or, with its error, an output that takes no more: its reader has gone away, its disk is full. */
  readonly onInterrupt?: (error?: unknown) => void;
  /** Keeps a file the host hands out and returns where; without it the file's text is shown. */
  readonly save?: (attachment: Attachment) => Promise<string>;
}

const NAME = 'terminal';

export function createTerminal(options: TerminalOptions): Adapter {
  const { output, language, quiet = false, interactive = true, env = process.env } = options;
  const isTerminal = output.isTTY === true;
  const canMove = isTerminal && env.TERM !== 'dumb' && !quiet;
  const ink = inkOf(colourLevel(output, options.color ?? 'auto', env));
  const look = (): Look => ({
    ink,
    width: textWidth(options.width?.() ?? output.columns ?? 80),
    links: canMove && ink.level > 0,
  });
  const display: Display = canMove
    ? createLiveDisplay(output, look, language, options.clock ?? (() => performance.now()))
    : createPlainDisplay(output);
  const person = options.person ?? { id: 'local', name: inLanguage(WORDS.you, language), admin: true, roles: [] };
  const talk = createConversation(options, display, look, person);
  let editor: Editor | null = null;
  let verbs: Host['verbs'] = [];
  let isGone = false;
  let shown: Progress | null = null;

  const gone = (error: unknown) => {
    if (!isGone) options.onInterrupt?.(error);
    isGone = true;
  };
  // A crash, too, must leave a terminal one can work in.
  const restore = () => {
    editor?.close();
    editor = null;
    if (canMove) output.write(SHOW_CURSOR);
  };

  return {
    name: NAME,
    facts: { maxLength: 16_000, canLook: false, hasChannel: false },
    async start(host) {
      verbs = host.verbs;
      if (output.listenerCount('error', gone) === 0) output.on('error', gone);
      const reads = interactive && isTerminal && !quiet && options.input?.isTTY === true;
      const on = {
        line: (text: string) => void talk.take(text, host),
        change: () => display.typed(),
        interrupt: () => options.onInterrupt?.(),
      };
      if (reads && options.input) {
        editor = canMove ? createEditor(options.input, output, on) : createLineReader(options.input, on);
      }
      display.open(editor);
      process.once('exit', restore);
    },
    async stop() {
      process.off('exit', restore);
      display.close();
      restore();
    },
    async openThread(debate, title) {
      const thread = { adapter: NAME, channel: NAME, thread: debate.id };
      talk.enter({ ...debate, thread });
      if (!quiet) await display.print(encodeThread(debate, title, look()));
      return thread;
    },
    async post(message) {
      const { debate, turn } = message;
      talk.enter(debate);
      if (quiet && turn.kind !== 'synthesis') return message.key;
      // Whoever can't type has nothing to be asked; nor who is back at the shell after the synthesis.
      const mayAnswer = editor !== null && turn.kind !== 'synthesis' && message.part === message.parts - 1;
      const invites = mayAnswer ? encodeInvitations(turn.data.invites ?? [], verbs, language, look()) : [];
      await display.print([...encodeTurn(message, look()), ...invites], { key: turn.key, speaker: turn.speaker });
      return message.key;
    },
    stream(debate, speaker, move, delta) {
      // The other kinds are spoken as JSON, which nobody wants to see.
      if (move.kind !== 'statement' && move.kind !== 'reply') return;
      display.draft(move.key, (before) => ({ debate, speaker, text: before + delta }));
    },
    unstream(_debate, _speaker, move) {
      display.draft(move.key, null);
    },
    progress(progress) {
      talk.enter(progress.debate);
      shown = progress;
      display.progress(progress);
    },
    rested(debate, status) {
      if (shown && status === 'paused') display.progress({ ...shown, debate: { ...debate, status }, thinking: [] });
    },
    notice(debate, text) {
      talk.enter(debate);
      if (!quiet) void display.print(encodeNotice(text, look())).catch(gone);
    },
  };
}

interface Conversation {
  /** The debate on the screen: what is typed goes to it. */
  enter(debate: Debate): void;
  /** Does what a typed line asks and shows the answer. */
  take(line: string, host: Host): Promise<void>;
}

function createConversation(
  options: TerminalOptions,
  display: Display,
  look: () => Look,
  person: Person,
): Conversation {
  const { language } = options;
  let place: Place = { adapter: NAME, workspace: options.workspace ?? 'local', channel: NAME, thread: null };

  const obey = async (decoded: Incoming['act'], line: string, host: Host) => {
    if (decoded.type === 'say') {
      await display.print(encodeSaid(person.name, decoded.text, look()));
    } else {
      await display.print([look().ink.dim(`› ${safeLine(line)}`), '']);
    }
    const reply = await host.receive({ id: randomUUID(), by: person, place, language, act: decoded });
    if (reply.text !== '') await display.print(encodeReply(reply.text, look()));
    if (reply.attachment) await hand(reply.attachment);
    await display.print(encodeInvitations(reply.invites ?? [], host.verbs, language, look()));
  };
  const hand = async (attachment: Attachment) => {
    const where = await options.save?.(attachment);
    const text = where === undefined ? attachment.content : `${inLanguage(WORDS.saved, language)} ${where}`;
    await display.print(encodeReply(text, look()));
  };

  return {
    enter(debate) {
      place = { ...place, workspace: debate.workspace, channel: debate.thread.channel, thread: debate.thread.thread };
    },
    async take(line, host) {
      try {
        const decoded = decode(line, host.verbs, language, await choicesFor(line, host, place, language));
        if (decoded?.type === 'help') await display.print(encodeHelp(host.verbs, language, look()));
        else if (decoded && place.thread === null) throw new InputError(WORDS.notYet);
        else if (decoded) await obey(decoded, line, host);
      } catch (error) {
        const text = error instanceof InputError ? error.in(language) : inLanguage(WORDS.failed, language);
        await display.print(encodeNotice(text, look())).catch(() => {});
      }
      display.typed();
    },
  };
}

/** What the arguments of the line's verb may be. */
async function choicesFor(line: string, host: Host, place: Place, language: Language): Promise<Choices> {
  const kinds = (verbIn(line, host.verbs)?.args ?? []).flatMap((arg) => (arg.choices ? [arg.choices] : []));
  const entries = kinds.map(
    async (kind: NonNullable<VerbArgument['choices']>) => [kind, await host.choices(place, kind, language)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}
