/** One message a debate that says how it stands, kept up to date, and the line that says who is thinking. */
import { z } from 'zod';
import { type Debate, type DebateStatus, inLanguage, speaker } from '../../src/debate.ts';
import type { Progress } from '../../src/ports/adapter.ts';
import type { VerbDefinition } from '../../src/ports/host.ts';
import { clipped, safeLine } from '../../src/text/safe.ts';
import { patiently, refusedWith } from './clients.ts';
import type { Connection } from './connection.ts';
import { controlBlock } from './controls.ts';
import { type Body, context, QUIET, sections } from './encode.ts';
import { shownName } from './faces.ts';
import { escaped } from './mrkdwn.ts';
import { carries, metadataOf, type OwnMessage, ownMessages } from './own.ts';
import { STATUS, WORDS } from './words.ts';

/** Slack takes about fifty edits a minute in a workspace; readers need fewer. Milliseconds. */
const BETWEEN_EDITS = 4_000;

/** How a debate stands, as far as its readers need to know. */
export interface Standing {
  readonly debate: Debate;
  readonly status: DebateStatus;
  /** null: as it was. */
  readonly title: string | null;
  readonly progress: Progress | null;
}

export function encodeStanding({ debate, status, title, progress }: Standing, verbs: readonly VerbDefinition[]): Body {
  const { language } = debate;
  const say = (text: { en: string; es: string }) => inLanguage(text, language);
  const count = progress ? `${say(WORDS.turn)} ${progress.turn} ${say(WORDS.of)} ${progress.of}` : '';
  const left = status === 'running' && progress?.left ? `${say(WORDS.left)} ${progress.left}` : '';
  const state = [`${STATUS[status].sign} ${say(STATUS[status])}`, count, left, `\`${debate.id}\``]
    .filter(Boolean)
    .join(' · ');
  const about = clipped(safeLine(title ?? debate.question), 200).replace(/[*_`~[\]]/g, '');
  const controls = controlBlock(verbs, debate, status);
  return {
    text: escaped(`${say(WORDS.debates)} ${about}`),
    blocks: [...sections(`${say(WORDS.debates)} **${about}**`), context(state), ...(controls ? [controls] : [])],
  };
}

export interface StatusBoard {
  /** What is known of it changed; shown soon. */
  show(debate: Debate, change: Partial<Omit<Standing, 'debate'>>): void;
  /** It is shown already, in the message that opened the thread. */
  opened(standing: Standing): void;
  /** Says in the thread that somebody reads or thinks; null: nobody does. */
  line(debate: Pick<Debate, 'workspace' | 'thread'>, text: string | null): void;
  /** What is not shown yet is shown now. */
  close(): Promise<void>;
}

interface Entry {
  standing: Standing;
  ts: Promise<string | null> | null;
  /** There may be a message of an earlier process, or of a call whose answer was lost. */
  isDoubtful: boolean;
  shown: string;
  timer: NodeJS.Timeout | null;
  editing: Promise<void>;
}

export function createStatusBoard(connection: Connection): StatusBoard {
  const entries = new Map<string, Entry>();
  /** Workspaces that do not let us. */
  const silent = new Set<string>();
  const entryOf = (debate: Debate): Entry => {
    const known = entries.get(debate.id);
    if (known) return known;
    const standing = { debate, status: debate.status, title: null, progress: null };
    const isDoubtful = Date.now() - debate.startedAt.getTime() > BETWEEN_EDITS;
    const entry = { standing, ts: null, isDoubtful, shown: '', timer: null, editing: Promise.resolve() };
    entries.set(debate.id, entry);
    return entry;
  };
  const flush = (entry: Entry): Promise<void> => {
    if (entry.timer) clearTimeout(entry.timer);
    entry.timer = null;
    entry.editing = entry.editing.then(() => update(connection, entry));
    return entry.editing;
  };
  const line: StatusBoard['line'] = ({ workspace: id, thread }, text) => {
    if (silent.has(id)) return;
    const { workspace, log } = connection;
    const status = text ?? '';
    workspace(id)
      .then(({ once }) =>
        once.assistant.threads.setStatus({ channel_id: thread.channel, thread_ts: thread.thread, status }),
      )
      .catch((error: unknown) => {
        if (refusedWith(error, 'missing_scope', 'not_allowed_token_type')) silent.add(id);
        log('who is thinking could not be shown', { workspace: id }, error);
      });
  };
  return {
    show(debate, change) {
      const entry = entryOf(debate);
      // Whoever looked before the thread was open knows less.
      const known = debate.thread.thread === '' ? { ...debate, thread: entry.standing.debate.thread } : debate;
      entry.standing = { ...entry.standing, debate: known, ...change };
      const { status, progress } = entry.standing;
      if (change.progress) line(known, thinking(progress));
      // At rest it says so at once: nobody changes it soon.
      if (status !== 'running') void flush(entry);
      else entry.timer ??= setTimeout(() => void flush(entry), entry.shown === '' ? 0 : BETWEEN_EDITS).unref();
    },
    opened(standing) {
      const entry = entryOf(standing.debate);
      entry.standing = standing;
      entry.ts = Promise.resolve(standing.debate.thread.thread);
      // The message could not know its own thread yet, which its buttons need.
      void flush(entry);
    },
    line,
    async close() {
      await Promise.all([...entries.values()].map((entry) => (entry.timer ? flush(entry) : entry.editing)));
    },
  };
}

function thinking(progress: Progress | null): string | null {
  if (!progress) return null;
  const { debate } = progress;
  const names = progress.thinking.flatMap((id) => {
    const persona = speaker(debate.panel, id);
    return persona ? [shownName(persona, debate.language)] : [];
  });
  if (names.length === 0) return null;
  const verb = inLanguage(names.length === 1 ? WORDS.isThinking : WORDS.areThinking, debate.language);
  return clipped(`${names.join(', ')} ${verb}`, 140);
}

const posted = z.object({ ts: z.string() });

/** A status that can't be shown never holds up a debate. */
async function update(connection: Connection, entry: Entry): Promise<void> {
  const { debate } = entry.standing;
  const { channel, thread } = debate.thread;
  const body = encodeStanding(entry.standing, connection.host.verbs);
  const text = JSON.stringify(body);
  if (text === entry.shown || thread === '') return;
  try {
    const { rest, once } = await connection.workspace(debate.workspace);
    entry.ts ??= entry.isDoubtful ? locate(connection, debate) : Promise.resolve(null);
    const ts = await entry.ts;
    if (ts !== null)
      await patiently(() => rest.chat.update({ channel, ts, ...body, parse: 'none', link_names: false }));
    else {
      const metadata = metadataOf('status', `${debate.id}:status`);
      const message = { channel, thread_ts: thread, ...body, ...QUIET, metadata };
      entry.ts = patiently(() => once.chat.postMessage(message)).then((answer) => posted.parse(answer).ts);
      await entry.ts;
    }
    entry.shown = text;
  } catch (error) {
    // Somebody may have deleted it, or it arrived and nobody said so.
    entry.isDoubtful = true;
    entry.ts = refusedWith(error, 'message_not_found') ? Promise.resolve(null) : null;
    connection.log('the status could not be shown', { workspace: debate.workspace, debate: debate.id }, error);
  }
}

/** The message of an earlier process, or of a call whose answer was lost; null: there is none. */
async function locate({ workspace }: Connection, debate: Debate): Promise<string | null> {
  const { id } = debate;
  const [here, opening] = [await workspace(debate.workspace), carries(`${id}:thread`)];
  const isIt = (message: OwnMessage) => opening(message) || carries(`${id}:status`)(message);
  const [found] = await ownMessages(here, debate, 'thread', isIt, 1);
  return found?.ts ?? null;
}
