/** A platform in memory, for tests: keeps what it is given, fails when told to. */
import {
  type Debate,
  type Invitation,
  inLanguage,
  type Language,
  type Move,
  type Persona,
  speaker,
  speakerName,
  type Thread,
} from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Adapter, Notice, Outgoing, PopularLink, Progress } from '../../src/ports/adapter.ts';
import type { Host, Incoming, Person } from '../../src/ports/host.ts';

interface Posted {
  readonly id: string;
  readonly message: Outgoing;
  readonly speakerName: string;
  readonly face: string;
  readonly text: string;
}

export interface ScriptedOptions {
  readonly name?: string;
  readonly maxLength?: number;
  readonly canLook?: boolean;
  /** Whether a synthesis owes the channel its short form. */
  readonly hasChannel?: boolean;
  /** Where people do things before a thread was opened. */
  readonly workspace?: string;
}

export interface ScriptedAdapter extends Adapter {
  /** What readers of all threads see, oldest first. */
  readonly posted: readonly Posted[];
  readonly threads: readonly { readonly thread: Thread; readonly title: string }[];
  readonly progressed: readonly Progress[];
  readonly notices: readonly string[];
  /** Words of the program itself to channels; the same key again is the same message. */
  readonly notes: readonly Notice[];
  /** What people reacted to. */
  links: readonly PopularLink[];
  /** Answers to people, and what they got wrong. */
  readonly told: readonly string[];
  /** What the last answer offered. */
  readonly offered: readonly Invitation[];
  /** Words being streamed, by move. */
  readonly drafts: ReadonlyMap<string, string>;
  /** The next message arrives but its answer does not. */
  loseNextResponse(): void;
  /** The next message does not arrive. */
  failNext(error?: Error): void;
  /** Called with each message before it arrives; may throw or wait. */
  beforePost: (message: Outgoing) => void | Promise<void>;
  /** What it lacks where a debate is about to be held. */
  missing: InputError | null;
  /** Somebody does something in a thread; by default the newest, null: in the channel. */
  receive(act: Incoming['act'], language: Language, by?: Person, thread?: Thread | null): Promise<void>;
}

export const ANA: Person = { id: 'ana', name: 'Ana', admin: true, roles: [] };

const CHANNEL = 'room';

export function createScriptedAdapter(options: ScriptedOptions = {}): ScriptedAdapter {
  const { name = 'scripted', maxLength = 2_000, canLook = true, hasChannel = false } = options;
  const posted: Posted[] = [];
  const threads: { thread: Thread; title: string }[] = [];
  const progressed: Progress[] = [];
  const notices: string[] = [];
  const told: string[] = [];
  const notes: Notice[] = [];
  const offered: Invitation[] = [];
  const drafts = new Map<string, string>();
  let host: Host | null = null;
  let workspace = options.workspace ?? 'local';
  let events = 0;
  let fault: { arrives: boolean; error: Error } | null = null;

  const arrive = (message: Outgoing): string => {
    const persona = speaker(message.debate.panel, message.turn.speaker);
    const id = `m${posted.length + 1}`;
    const face = persona?.face ?? '🙋';
    posted.push({
      id,
      message,
      speakerName: speakerName(message.debate, message.turn),
      face,
      text: harmless(message.text),
    });
    return id;
  };
  const adapter: ScriptedAdapter = {
    name,
    facts: { maxLength, canLook, hasChannel },
    posted,
    threads,
    progressed,
    notices,
    told,
    notes,
    links: [],
    offered,
    drafts,
    beforePost: () => {},
    missing: null,
    loseNextResponse() {
      fault = { arrives: true, error: new Error('the connection was lost') };
    },
    failNext(error = new Error('the platform is down')) {
      fault = { arrives: false, error };
    },
    async start(withHost) {
      host = withHost;
    },
    async stop() {
      host = null;
    },
    async prepare() {
      if (adapter.missing) throw adapter.missing;
    },
    async tell(_place, notice) {
      if (!notes.some(({ key }) => key === notice.key)) notes.push({ ...notice, text: harmless(notice.text) });
    },
    popularLinks: async () => adapter.links,
    linkTo: (workspace, { thread }) => `https://chat.example/${workspace}/${thread}`,
    roleName: async (_workspace, role) => `@${role}`,
    async openThread(debate: Debate, title: string) {
      workspace = debate.workspace;
      const thread = { adapter: name, channel: CHANNEL, thread: `t${threads.length + 1}` };
      threads.push({ thread, title });
      return thread;
    },
    async post(message) {
      await adapter.beforePost(message);
      const now = fault;
      fault = null;
      if (now && !now.arrives) throw now.error;
      drafts.delete(message.turn.key);
      const id = arrive(message);
      if (now) throw now.error;
      return id;
    },
    stream(_debate: Debate, _speaker: Persona, move: Move, delta: string) {
      drafts.set(move.key, (drafts.get(move.key) ?? '') + delta);
    },
    unstream(_debate, _speaker, move) {
      drafts.delete(move.key);
    },
    progress(progress) {
      progressed.push(progress);
    },
    notice(_debate, text) {
      notices.push(text);
    },
    async receive(act, language, by = ANA, thread = threads.at(-1)?.thread ?? null) {
      if (!host) throw new Error('the scripted adapter is not started');
      events += 1;
      const place = { adapter: name, workspace, channel: thread?.channel ?? CHANNEL, thread: thread?.thread ?? null };
      try {
        const reply = await host.receive({ id: `e${events}`, by, place, language, act });
        if (reply.text) told.push(reply.text);
        offered.splice(0, offered.length, ...(reply.invites ?? []));
      } catch (error) {
        told.push(error instanceof InputError ? error.in(language) : inLanguage(FAILED, language));
      }
    },
  };
  if (canLook) {
    adapter.find = async ({ key }) => posted.find(({ message }) => message.key === key)?.id ?? null;
  }
  return adapter;
}

const FAILED = { en: 'That did not work.', es: 'Eso no ha funcionado.' };

/** As a chat platform would show it: what it can't show is not there. */
function harmless(text: string): string {
  return text.replace(/[\p{Cc}--\n]|[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/gv, '');
}
