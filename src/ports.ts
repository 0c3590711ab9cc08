/** What the core asks of the outside. Each port has one contract suite in `test/contracts/`. */
import type {
  Article,
  Debate,
  DebateStatus,
  Language,
  Limits,
  Localised,
  Log,
  Move,
  NewTurn,
  Panel,
  Passage,
  Persona,
  Thread,
  Turn,
  TurnData,
  Usage,
} from './debate.ts';

/* ── Voice: who puts words in a persona's mouth ────────────────────────────────────────── */

/** Asks a voice to mend what the checks found wrong, once. */
interface Repair {
  /** What it said. */
  readonly draft: string;
  /** What is wrong with it, each a sentence in English for the prompt. */
  readonly problems: readonly string[];
}

export interface Cue {
  readonly log: Log;
  readonly move: Move;
  /** Who speaks: `move.speaker` of the panel. */
  readonly persona: Persona;
  readonly repair?: Repair;
}

/** Follows a voice while it speaks. */
export interface Listener {
  /** More text, as it comes; unchecked. */
  text(delta: string): void;
  /** The attempt failed: what was heard so far is void, it starts over. */
  restart(): void;
}

/** Nobody follows: the voice may ask for the words whole, which costs a fraction of having them in pieces. */
export const UNHEARD: Listener = { text: () => undefined, restart: () => undefined };

export interface Utterance {
  /** As the voice gave it: prose for statements and replies, JSON for opening, notes and synthesis. */
  readonly text: string;
  /** null: no model spoke. */
  readonly usage: Usage | null;
  readonly model: string | null;
}

export interface Voice {
  readonly kind: Debate['voice'];
  /**
   * Speaks one move. Rejects with the signal's reason when aborted, with an InputError when whoever set
   * the model up can put it right (wrong key, unknown model), else with the cause of the failure.
   */
  speak(cue: Cue, listener: Listener, signal: AbortSignal): Promise<Utterance>;
}

/* ── Store: the log ────────────────────────────────────────────────────────────────────── */

export interface NewDebate {
  readonly id: string;
  readonly articleId: string | null;
  readonly question: string;
  readonly language: Language;
  readonly format: string;
  readonly panel: Panel;
  readonly voice: Debate['voice'];
  readonly limits: Limits;
  readonly thread: Thread;
  readonly startedBy: string;
  /** The event that asked for it, unique in the workspace; null: one that nobody delivers twice. */
  readonly origin: string | null;
}

/** One message's worth of a turn, and where readers find it. */
export interface Part {
  /** Canonical Markdown. */
  readonly text: string;
  readonly to: 'thread' | 'channel';
}

/**
 * One message owed to a platform. `pending`: not attempted yet. `posting`: an attempt began and its outcome is
 * unknown until it is `posted`, so look on the platform first. `key` is unique and goes with the message where
 * the platform can carry it.
 */
export interface Delivery {
  readonly key: string;
  readonly turn: number;
  /** From 0: a long turn is several messages. */
  readonly part: number;
  readonly to: Part['to'];
  /** Text of this message, canonical Markdown. */
  readonly text: string;
  readonly state: 'pending' | 'posting' | 'posted';
  /** The platform's id of the message, once posted. */
  readonly messageId: string | null;
}

/** What changed since a worker last looked. */
interface Refresh {
  readonly debate: Debate;
  /** Turns with a number above the one asked for, and those whose author amended them, in order. */
  readonly turns: readonly Turn[];
}

interface DebateSummary {
  readonly id: string;
  readonly title: string;
  readonly question: string;
  readonly status: DebateStatus;
  readonly language: Language;
  readonly format: string;
  readonly turns: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
}

/** A finished model call whose turn is not saved yet: kept so that it is never paid twice. */
export interface Draft {
  readonly text: string;
  readonly usage: Usage | null;
  readonly model: string | null;
}

/** What a workspace lets people do. Roles are the platform's ids; admins may everything, whatever stands here. */
export interface WorkspaceSettings {
  readonly roles: {
    /** Who may start debates; empty: everybody. */
    readonly start: readonly string[];
    /** Who may steer debates others opened. */
    readonly steer: readonly string[];
    readonly schedule: readonly string[];
    readonly personas: readonly string[];
  };
  /** Over the last 24 hours; null: no limit. */
  readonly limits: {
    readonly debatesPerPersonPerDay: number | null;
    readonly debatesPerDay: number | null;
    /** Input and output of all debates, as far as providers report them. */
    readonly tokensPerDay: number | null;
  };
}

/** What holds in a workspace that has settled nothing. */
export const OPEN_SETTINGS: WorkspaceSettings = {
  roles: { start: [], steer: [], schedule: [], personas: [] },
  limits: { debatesPerPersonPerDay: null, debatesPerDay: null, tokensPerDay: null },
};

/** What a workspace used since a moment. */
export interface Spending {
  /** Debates begun. */
  readonly debates: number;
  /** The same by who began them. */
  readonly byPerson: Readonly<Record<string, number>>;
  /** Input and output of turns spoken since, as far as providers reported them. */
  readonly tokens: number;
}

/** How many people a debate was of use to, and how many not. */
interface Ratings {
  readonly helpful: number;
  readonly unhelpful: number;
}

/** A debate a process left `running`. */
interface UnderWay {
  readonly workspace: string;
  readonly id: string;
  /** Name of the adapter it is held on. */
  readonly adapter: string;
}

/** What may be changed on a debate under way. */
export type DebateChange = Partial<
  Pick<Debate, 'status' | 'question' | 'limits' | 'ending' | 'thread' | 'endedAt' | 'failure'>
>;

/** Every call but `underWay` names its workspace; what belongs to another is not there. */
export interface Store {
  /** Keeps an article once per workspace and content; returns its id. */
  saveArticle(workspace: string, article: Article): Promise<string>;
  findArticle(workspace: string, sha256: string): Promise<{ id: string; article: Article } | null>;
  /** Passages of one article that match the words best first. `language` picks the stemming. */
  searchPassages(workspace: string, sha256: string, words: string, limit: number): Promise<readonly Passage[]>;

  /** One whose `origin` began a debate already is not created again: that one comes back. */
  createDebate(workspace: string, debate: NewDebate): Promise<Debate>;
  /** The debate that event began, or null. */
  findByOrigin(workspace: string, origin: string): Promise<Debate | null>;
  /** The whole log, or null. */
  load(workspace: string, id: string): Promise<Log | null>;
  /** The debate and its turns after number `after`; null when there is no such debate. One query. */
  refresh(workspace: string, id: string, after: number): Promise<Refresh | null>;
  /** `event`: what asked for it; what one event asks for is done once, however often it is delivered. */
  change(workspace: string, id: string, change: DebateChange, event?: string): Promise<void>;
  /** Newest first. */
  list(workspace: string, limit: number): Promise<readonly DebateSummary[]>;
  /** Debates left `running`, of all workspaces, oldest first: for a process that starts. */
  underWay(): Promise<readonly UnderWay[]>;
  /** The debate held in that thread, newest, or null. */
  findByThread(workspace: string, thread: Thread): Promise<string | null>;
  /** The debate of that channel somebody there means: one under way or paused before those that are over, newest first. */
  findInChannel(workspace: string, place: Pick<Thread, 'adapter' | 'channel'>): Promise<string | null>;

  /**
   * Gives the turn the next number and keeps it with the messages it owes (already `posting` when the caller
   * is about to post them), in one step. A turn whose `key` is there already is not saved again: the stored
   * one comes back. Any draft of the same key goes.
   */
  saveTurn(
    workspace: string,
    id: string,
    turn: NewTurn,
    parts: readonly Part[],
    state: 'pending' | 'posting',
  ): Promise<Turn>;
  /**
   * Whoever said the turn of that key put it otherwise, or took it back. Its number and time stay; false: people said
   * no such turn.
   */
  amendTurn(
    workspace: string,
    id: string,
    key: string,
    amended: NonNullable<TurnData['amended']>,
    text: string,
  ): Promise<boolean>;
  /** Messages not `posted` yet, by turn and part. */
  owed(workspace: string, id: string): Promise<readonly Delivery[]>;
  /** An attempt begins. */
  posting(workspace: string, id: string, key: string): Promise<void>;
  posted(workspace: string, id: string, key: string, messageId: string): Promise<void>;

  saveDraft(workspace: string, id: string, key: string, draft: Draft): Promise<void>;
  findDraft(workspace: string, id: string, key: string): Promise<Draft | null>;

  /** `OPEN_SETTINGS` where none were saved. */
  settings(workspace: string): Promise<WorkspaceSettings>;
  saveSettings(workspace: string, settings: WorkspaceSettings): Promise<void>;
  spentSince(workspace: string, since: Date): Promise<Spending>;

  /** Whether the outcome was of use to somebody; who says it again changes their mind. */
  rate(workspace: string, id: string, person: string, helpful: boolean): Promise<void>;
  ratings(workspace: string, id: string): Promise<Ratings>;

  readonly inbox: Inbox;
  readonly installations: Installations;

  close(): Promise<void>;
}

/* ── Inbox: what platforms told us ─────────────────────────────────────────────────────── */

/** An event of a platform, as it came. */
export interface PlatformEvent {
  readonly adapter: string;
  /** null: the platform did not say. */
  readonly workspace: string | null;
  /** The platform's id of it, unique for the adapter. */
  readonly id: string;
  /** JSON. */
  readonly payload: unknown;
}

/**
 * An event is kept before the platform is told that it arrived, so that a crash loses none; delivered again, it is
 * known. What was said in it is kept only until it is done.
 */
export interface Inbox {
  /** `new`: the caller is to see to it. `known`: somebody does, or did. */
  keep(event: PlatformEvent): Promise<'new' | 'known'>;
  /** It was seen to; a later delivery is known for some days. */
  done(event: Pick<PlatformEvent, 'adapter' | 'id'>): Promise<void>;
  /** Events nobody sees to any more, oldest first: the caller is to. For a process that starts, and from time to time. */
  takeUp(adapter: string): Promise<readonly PlatformEvent[]>;
  /** Nothing of that workspace is to be seen to any more. */
  forget(adapter: string, workspace: string): Promise<void>;
}

/* ── Installations: where the bot was let in ───────────────────────────────────────────── */

/** A workspace, or an organisation of several, that installed the bot. */
export interface Installation {
  readonly id: string;
  /** The organisation whose installation serves this workspace; null: it has its own. */
  readonly parent: string | null;
  /** JSON; tokens are in it, so it is encrypted where it is kept. */
  readonly secret: unknown;
}

export interface Installations {
  /** Keeps it, in place of an earlier one of the same id. Rejects with an InputError where no key is set to encrypt with. */
  save(adapter: string, installation: Installation): Promise<void>;
  /** Rejects with an InputError where the key it was encrypted with is no longer set. */
  find(adapter: string, id: string): Promise<Installation | null>;
  /** Deletes it, and those it is the parent of; the ids of all of them. */
  remove(adapter: string, id: string): Promise<readonly string[]>;
}

/** The key of the message that carries part `part` of turn `n`. */
export function deliveryKey(debateId: string, turn: number, part: number): string {
  return `${debateId}:${turn}:${part}`;
}

/* ── Adapter: a platform ───────────────────────────────────────────────────────────────── */

/** One message to be posted under a speaker's name and face. */
export interface Outgoing {
  readonly key: string;
  readonly debate: Debate;
  readonly article: Article | null;
  readonly turn: Turn;
  /** From 0; what goes to the channel comes after all that goes to the thread. */
  readonly part: number;
  /** How many of this turn go to the thread. */
  readonly parts: number;
  /** `channel`: the short form of a synthesis, to which the adapter adds the way to the thread. */
  readonly to: Part['to'];
  /** Canonical Markdown of this part. */
  readonly text: string;
}

/** Who is thinking, and how far the debate is. */
export interface Progress {
  readonly debate: Debate;
  readonly turn: number;
  readonly of: number;
  /** Persona ids about to be heard. */
  readonly thinking: readonly string[];
  readonly tokens: number | null;
  readonly elapsedMs: number;
}

export interface Adapter {
  readonly name: string;
  /** Facts of the platform the core may rely on. */
  readonly facts: {
    /** A message's text as the core gives it may have this many UTF-16 units. */
    readonly maxLength: number;
    /** `find` tells for certain whether a key was posted. */
    readonly canLook: boolean;
    /**
     * Threads hang in a channel whose readers want the outcome: a synthesis owes it its short form, too. Not where a
     * debate's `thread` is its `channel` (a direct message).
     */
    readonly hasChannel: boolean;
  };
  start(host: Host): Promise<void>;
  stop(): Promise<void>;
  /**
   * Asked before a debate is read or saved: rejects with an InputError that names what is missing there, such as a
   * permission.
   */
  prepare?(place: Place): Promise<void>;
  openThread(debate: Debate, title: string): Promise<Thread>;
  /** Cuts a turn into messages of the thread that fit; pure. Default: paragraphs and sentences under `maxLength`. */
  split?(text: string): readonly string[];
  /** Posts one message and returns the platform's id of it. */
  post(message: Outgoing): Promise<string>;
  /** The id of the message posted with this key, or null: asked on doubt, before posting again. */
  find?(message: Outgoing): Promise<string | null>;
  /** A persona's words as they grow; unchecked, the post that follows is what counts. */
  stream?(debate: Debate, speaker: Persona, move: Move, delta: string): void;
  /** What was streamed for this move is void. */
  unstream?(debate: Debate, speaker: Persona, move: Move): void;
  progress?(progress: Progress): void;
  /** A word of the program itself to the thread (budget reached, paused, taken up again …). */
  notice?(debate: Debate, text: string): void;
  /** The debate goes on no further for now: it is over, paused or broken off. */
  rested?(debate: Debate, status: DebateStatus): void;
  /** How people call a role of the platform; default: its id. */
  roleName?(workspace: string, role: string): Promise<string>;
}

/* ── Host: what people do ──────────────────────────────────────────────────────────────── */

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Runs the workspace: may steer every debate and settle who may what. */
  readonly admin: boolean;
  /** Ids of the roles they have on the platform. */
  readonly roles: readonly string[];
}

export interface Place {
  readonly adapter: string;
  readonly workspace: string;
  readonly channel: string;
  /** null: not in a thread. */
  readonly thread: string | null;
}

/** Something a person did, decoded by an adapter. */
export interface Incoming {
  /** The platform's id of the event: doing one twice does it once. */
  readonly id: string;
  readonly by: Person;
  readonly place: Place;
  readonly language: Language;
  readonly act:
    | { readonly type: 'verb'; readonly verb: string; readonly args: Readonly<Record<string, string>> }
    | { readonly type: 'say'; readonly text: string }
    /** What they said by event `of` is to read otherwise. */
    | { readonly type: 'amend'; readonly of: string; readonly text: string }
    /** What they said by event `of` is taken back. */
    | { readonly type: 'withdraw'; readonly of: string };
  /** Files that came with it. */
  readonly attachments?: readonly { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }[];
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

export interface Reply {
  /** Markdown for the person who asked; '' when there is nothing to say. */
  readonly text: string;
  readonly debateId?: string;
  readonly attachment?: Attachment;
}

export interface VerbArgument {
  readonly name: string;
  /** What people see and type, per language: one word in lower case. */
  readonly word: Localised;
  readonly summary: Localised;
  readonly required: boolean;
  /**
   * What an adapter may offer to choose from. `roles`: the platform's own, which the host knows nothing of; the value
   * is their ids with spaces between.
   */
  readonly choices?: 'panels' | 'formats' | 'personas' | 'debates' | 'languages' | 'exports' | 'roles';
}

/** What an adapter renders as a command, a button or a line of help. */
export interface VerbDefinition {
  readonly name: string;
  /** What people type, per language. */
  readonly word: Localised;
  readonly summary: Localised;
  readonly args: readonly VerbArgument[];
  /** `starter`: whoever opened the debate, those the workspace lets steer, and admins. */
  readonly may: 'anyone' | 'starter' | 'admin';
  /** When it makes sense for a debate; absent: it is not about one debate. */
  readonly when?: readonly DebateStatus[];
}

export interface Host {
  readonly verbs: readonly VerbDefinition[];
  readonly inbox: Inbox;
  readonly installations: Installations;
  /** Does what was asked. Bad input rejects with an InputError and changes nothing. */
  receive(incoming: Incoming): Promise<Reply>;
  /** Values for an argument's choices: id and shown name. */
  choices(
    place: Place,
    kind: NonNullable<VerbArgument['choices']>,
    language: Language,
  ): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Whether a debate is or was held in that thread. */
  holds(place: Place): Promise<boolean>;
  /** The bot was thrown out there: debates under way break off, and events kept are forgotten. */
  removed(adapter: string, workspace: string): Promise<void>;
}
