/** One message a debate that says how far it is, kept up to date, and the sign that somebody is typing. */
import { RESTJSONErrorCodes, Routes } from 'discord.js';
import { type Debate, type DebateStatus, inLanguage, speaker } from '../../src/debate.ts';
import type { Progress } from '../../src/ports/adapter.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { clipped, safeLine } from '../../src/text/safe.ts';
import { type Connection, GONE, isThreadOnly, refusedWith } from './connection.ts';
import { buttonRow } from './controls.ts';
import { type Body, plain } from './encode.ts';
import { shownName } from './faces.ts';
import { toDiscord } from './markdown.ts';
import { ownMessages, sendOnce } from './own.ts';
import { isAbout } from './threads.ts';
import { STATUS, WORDS } from './words.ts';

/** Discord takes about five edits in as many seconds; readers need fewer. Milliseconds. */
const BETWEEN_EDITS = 2_000;
/** The sign lasts ten seconds. Milliseconds. */
const TYPING = 8_000;
/** A model that is silent for longer is not typing. Milliseconds. */
const LONGEST_TYPING = 300_000;

/** How a debate stands, as far as its readers need to know. */
export interface Standing {
  readonly debate: Debate;
  readonly status: DebateStatus;
  /** null: as it was. */
  readonly title: string | null;
  readonly progress: Progress | null;
  /** A word of the program, such as what is missing. */
  readonly note: string | null;
}

export function encodeStanding(
  { debate, status, title, progress, note }: Standing,
  verbs: readonly VerbDefinition[],
): Body {
  const { language } = debate;
  const say = (text: { en: string; es: string }) => inLanguage(text, language);
  const names = (progress?.thinking ?? []).flatMap((id) => {
    const persona = speaker(debate.panel, id);
    return persona ? [shownName(persona, language)] : [];
  });
  const thinking = status === 'running' && names.length > 0 ? `${say(WORDS.thinks)} ${names.join(', ')}` : '';
  const count = progress ? `${say(WORDS.turn)} ${progress.turn} ${say(WORDS.of)} ${progress.of}` : '';
  const left = status === 'running' && progress?.left ? `${say(WORDS.left)} ${progress.left}` : '';
  const state = [`${STATUS[status].sign} ${say(STATUS[status])}`, count, left, thinking, `\`${debate.id}\``];
  const row = buttonRow(verbs, debate, status);
  return {
    ...plain(
      [
        `${say(WORDS.debates)} **${toDiscord(clipped(safeLine(title ?? debate.question), 200))}**`,
        state.filter(Boolean).join(' · '),
        note ? `-# ${note}` : '',
      ]
        .filter(Boolean)
        .join('\n'),
    ),
    components: row ? [row] : [],
  };
}

export interface StatusBoard {
  /** What is known of it changed; shown soon. */
  show(debate: Debate, change: Partial<Omit<Standing, 'debate'>>): void;
  /** It is shown already, in the message that opened the thread. */
  opened(standing: Standing): void;
  /** Whoever was typing has spoken, or nobody will. */
  quiet(debate: Debate): void;
  /** What is not shown yet is shown now. */
  close(): Promise<void>;
}

interface Entry {
  standing: Standing;
  message: Promise<{ channel: string; id: string } | null> | null;
  shown: string;
  timer: NodeJS.Timeout | null;
  editing: Promise<void>;
  typing: NodeJS.Timeout | null;
}

export function createStatusBoard(connection: Connection): StatusBoard {
  const entries = new Map<string, Entry>();
  const entryOf = (debate: Debate): Entry => {
    const known = entries.get(debate.id);
    if (known) return known;
    const standing = { debate, status: debate.status, title: null, progress: null, note: null };
    const entry = { standing, message: null, shown: '', timer: null, editing: Promise.resolve(), typing: null };
    entries.set(debate.id, entry);
    return entry;
  };
  const flush = (entry: Entry): Promise<void> => {
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = null;
    entry.editing = entry.editing.then(() => update(connection, entry));
    return entry.editing;
  };
  const quiet = (entry: Entry) => {
    if (entry.typing) clearInterval(entry.typing);
    entry.typing = null;
  };

  return {
    show(debate, change) {
      const entry = entryOf(debate);
      // Whoever looked before the thread was open knows less.
      const known = debate.thread.thread === '' ? { ...debate, thread: entry.standing.debate.thread } : debate;
      entry.standing = { ...entry.standing, debate: known, ...change };
      const isBusy = entry.standing.status === 'running' && (change.progress?.thinking.length ?? 0) > 0;
      quiet(entry);
      if (isBusy) entry.typing = type(connection, known.thread.thread, () => quiet(entry));
      // At rest it says so at once: nobody changes it soon.
      if (entry.standing.status !== 'running') void flush(entry);
      else entry.timer ??= setTimeout(() => void flush(entry), entry.shown === '' ? 0 : BETWEEN_EDITS).unref();
    },
    opened(standing) {
      const entry = entryOf(standing.debate);
      entry.standing = standing;
      entry.message = where(connection, standing.debate);
      // The message could not know its own thread yet, which its buttons need.
      void flush(entry);
    },
    quiet(debate) {
      const entry = entries.get(debate.id);
      if (entry) quiet(entry);
    },
    async close() {
      for (const entry of entries.values()) quiet(entry);
      await Promise.all([...entries.values()].map((entry) => (entry.timer ? flush(entry) : entry.editing)));
    },
  };
}

/** Where the message stands that opened the thread. */
async function where({ client }: Connection, { thread }: Debate): Promise<{ channel: string; id: string }> {
  return { channel: (await isThreadOnly(client, thread.channel)) ? thread.thread : thread.channel, id: thread.thread };
}

/** A status that can't be shown never holds up a debate. */
async function update(connection: Connection, entry: Entry): Promise<void> {
  const { debate } = entry.standing;
  const body = encodeStanding(entry.standing, connection.host.verbs);
  const text = JSON.stringify(body);
  if (text === entry.shown) return;
  try {
    entry.message ??= locate(connection, debate);
    const old = await entry.message;
    const edited = old && (await edit(connection, old, body));
    entry.message = Promise.resolve(edited ?? (await tellInThread(connection, debate, body, old?.id ?? '')));
    entry.shown = text;
  } catch (error) {
    entry.message = null;
    connection.log('the status could not be shown', { workspace: debate.workspace, debate: debate.id }, error);
  }
}

/** In place of a message that is gone, or of none. */
async function tellInThread({ rest }: Connection, { id, thread: { thread } }: Debate, body: Body, gone: string) {
  return { channel: thread, id: await sendOnce(rest, thread, body, `${id}:status:${gone}`) };
}

/** null: somebody deleted it. */
async function edit({ rest }: Connection, message: { channel: string; id: string }, body: Body) {
  try {
    await rest.patch(Routes.channelMessage(message.channel, message.id), { body });
    return message;
  } catch (error) {
    if (refusedWith(error, ...GONE, RESTJSONErrorCodes.UnknownMessage)) return null;
    throw error;
  }
}

/** The message of an earlier process: the one that opened the thread, else one in it with buttons for this debate. */
async function locate(connection: Connection, debate: Debate): Promise<{ channel: string; id: string } | null> {
  const { thread, channel } = debate.thread;
  const opening = await where(connection, debate);
  const isOurs = await connection.rest.get(Routes.channelMessage(opening.channel, opening.id)).then(
    (found) => JSON.stringify(found).includes(`:${debate.id}:`),
    () => false,
  );
  if (isOurs && thread !== channel) return opening;
  const found = await ownMessages(connection, thread, debate, isAbout(debate));
  return found && { channel: thread, id: found.id };
}

function type({ rest, log }: Connection, channel: string, giveUp: () => void): NodeJS.Timeout {
  const began = Date.now();
  const once = () => {
    if (Date.now() - began > LONGEST_TYPING) return giveUp();
    rest.post(Routes.channelTyping(channel)).catch((error: unknown) => log('typing could not be shown', {}, error));
  };
  once();
  return setInterval(once, TYPING).unref();
}
