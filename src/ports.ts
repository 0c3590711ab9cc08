/** What the core asks of the outside. Each port has one contract suite in `test/contracts/`. */
import type {
  Article,
  Debate,
  DebateStatus,
  Earlier,
  Invitation,
  Language,
  Limits,
  Localised,
  Log,
  Move,
  NewTurn,
  Panel,
  PanelPlan,
  Passage,
  Persona,
  Team,
  Thread,
  Turn,
  TurnData,
  Usage,
  Votes,
} from './debate.ts';
import type { Schedules } from './schedules/schedule.ts';

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
  /** Nobody follows the words: the voice may ask for them whole, which costs a fraction of having them in pieces. */
  readonly isDeaf?: boolean;
  /** The model has asked for a pause of about so many ms. */
  waiting?(ms: number): void;
  /** More text, as it comes; unchecked. */
  text(delta: string): void;
  /** The attempt failed: what was heard so far is void, it starts over. */
  restart(): void;
}

export const UNHEARD: Listener = { isDeaf: true, text: () => undefined, restart: () => undefined };

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

/* ── Caster: who is called to the table ────────────────────────────────────────────────── */

/** What a panel is called together for. */
export interface Topic {
  /** null: a bare question. */
  readonly article: Article | null;
  readonly question: string;
  readonly language: Language;
}

/** A seat as the caster gave it, unchecked: a persona by its id, or one drafted for the topic. */
export interface ProposedSeat {
  readonly persona?: string | undefined;
  readonly draft?: Readonly<Record<'name' | 'duty' | 'stance' | 'never' | 'lens', string>> | undefined;
  /** Why this topic calls for it, in the language of the debate. */
  readonly why: string;
}

export interface Proposal {
  readonly seats: readonly ProposedSeat[];
  readonly usage: Usage | null;
  readonly model: string | null;
}

export interface Caster {
  /** Rejects as a voice does. */
  propose(topic: Topic, library: readonly Persona[], signal?: AbortSignal): Promise<Proposal>;
}

/** What all processes together hold back from a model. */
export interface Throttle {
  /** Resolves with 0 once it may be asked now, which is counted; else with how long to wait before asking again, in ms. */
  pass(model: string): Promise<number>;
  /** It has asked for a pause of so many ms, from everybody. */
  hold(model: string, ms: number): Promise<void>;
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
  readonly earlier?: Earlier;
  readonly gate?: true;
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

/** What a debate came to, found again. */
export interface Conclusion {
  readonly id: string;
  /** The article's; '': a bare question was debated. */
  readonly title: string;
  readonly question: string;
  readonly answer: string;
  readonly language: Language;
  readonly concludedAt: Date;
  readonly thread: Thread;
  /** Content hash of the article; null: a bare question. */
  readonly article: string | null;
  /** How much of what was looked for is in it: from 0 to 1. */
  readonly score: number;
  /** How many of the words are in it. */
  readonly matched: number;
}

/** A finished model call whose turn is not saved yet: kept so that it is never paid twice. */
export interface Draft {
  readonly text: string;
  readonly usage: Usage | null;
  readonly model: string | null;
  /** Nothing more is to be mended in it: it waits to be revealed with others. */
  readonly settled?: true;
}

/** One person's position on the central question, −3 … +3. */
export interface Vote {
  readonly voter: string;
  readonly phase: keyof Votes;
  readonly stance: number;
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
    /** US dollars of all debates, as far as prices are known. */
    readonly moneyPerDay: number | null;
  };
  /** IANA; null: UTC. In which schedules are read. */
  readonly zone: string | null;
}

/** What holds in a workspace that has settled nothing. */
export const OPEN_SETTINGS: WorkspaceSettings = {
  roles: { start: [], steer: [], schedule: [], personas: [] },
  limits: { debatesPerPersonPerDay: null, debatesPerDay: null, tokensPerDay: null, moneyPerDay: null },
  zone: null,
};

/** What a workspace used since a moment. */
export interface Spending {
  /** Debates begun. */
  readonly debates: number;
  /** The same by who began them. */
  readonly byPerson: Readonly<Record<string, number>>;
  /** Input and output of turns spoken since, as far as providers reported them. */
  readonly tokens: number;
  /** US dollars of the same, as far as prices were known. */
  readonly money: number;
}

/** How many people a debate was of use to, and how many not. */
interface Ratings {
  readonly helpful: number;
  readonly unhelpful: number;
}

/** What may be changed on a debate under way. */
export type DebateChange = Partial<
  Pick<Debate, 'status' | 'question' | 'limits' | 'ending' | 'thread' | 'endedAt' | 'failure'>
>;

/** The state of a debate that its conductor decided on. */
export type Seen = Pick<Log, 'debate' | 'turns'>;

/** A workspace's own personas and panels; `by`: the person who changed them. */
export interface TeamStore {
  team(workspace: string): Promise<Team>;
  /** One of the same id is replaced, and sits at tables again if it was disabled. */
  savePersona(workspace: string, persona: Persona, by: string): Promise<void>;
  savePanel(workspace: string, panel: PanelPlan, by: string): Promise<void>;
  /** Of one's own or one that ships. */
  setDisabled(workspace: string, persona: string, disabled: boolean, by: string): Promise<void>;
}

/** Every call names its workspace; what belongs to another is not there. */
export interface Store extends TeamStore {
  /** Keeps an article once per workspace and content; returns its id. */
  saveArticle(workspace: string, article: Article): Promise<string>;
  findArticle(workspace: string, sha256: string): Promise<{ id: string; article: Article } | null>;
  /** Passages of one article that match the words best first. `language` picks the stemming. */
  searchPassages(workspace: string, sha256: string, words: string, limit: number): Promise<readonly Passage[]>;

  /**
   * One whose `origin` began a debate already is not created again: that one comes back. Where there is a queue, the
   * debate is put into it in the same transaction: at once if it has its thread, else for when whoever is about to open
   * one has died over it.
   */
  createDebate(workspace: string, debate: NewDebate): Promise<Debate>;
  /** The debate that event began, or null. */
  findByOrigin(workspace: string, origin: string): Promise<Debate | null>;
  /** The whole log, or null. */
  load(workspace: string, id: string): Promise<Log | null>;
  /** The debate and its turns after number `after`; null when there is no such debate. One query. */
  refresh(workspace: string, id: string, after: number): Promise<Refresh | null>;
  /**
   * Setting a debate `running`, or giving a running one its thread, wakes it: where there is a queue, it is put into it in
   * the same transaction. `event`: what asked for it; what one event asks for is done once, however often it is delivered.
   */
  change(workspace: string, id: string, change: DebateChange, event?: string): Promise<void>;
  /**
   * Lets it rest: changes it only if it is as it was `seen` (no turn more, nobody has steered it), else resolves with
   * false and changes nothing.
   */
  settle(workspace: string, id: string, seen: Seen, change: DebateChange): Promise<boolean>;
  /** Newest first. */
  list(workspace: string, limit: number): Promise<readonly DebateSummary[]>;
  /** Whatever is `running` there on that platform is `failed` from now on. */
  breakOff(workspace: string, adapter: string, failure: string): Promise<void>;
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

  /** A person's vote in a debate; voting again in the same phase replaces it. `Debate.votes` has the totals. */
  castVote(workspace: string, id: string, vote: Vote): Promise<Votes>;

  saveDraft(workspace: string, id: string, key: string, draft: Draft): Promise<void>;
  findDraft(workspace: string, id: string, key: string): Promise<Draft | null>;

  /**
   * Debates whose synthesis, question, agreements or title have any of the words, the best first. A debate is there
   * from its synthesis on. `language` says which words are too common to count; each debate is searched in its own.
   */
  searchConclusions(
    workspace: string,
    words: string,
    language: Language,
    limit: number,
  ): Promise<readonly Conclusion[]>;

  /** `OPEN_SETTINGS` where none were saved. */
  settings(workspace: string): Promise<WorkspaceSettings>;
  saveSettings(workspace: string, settings: WorkspaceSettings): Promise<void>;
  spentSince(workspace: string, since: Date): Promise<Spending>;

  /** Whether the outcome was of use to somebody; who says it again changes their mind. */
  rate(workspace: string, id: string, person: string, helpful: boolean): Promise<void>;
  ratings(workspace: string, id: string): Promise<Ratings>;

  readonly inbox: Inbox;
  readonly installations: Installations;
  readonly schedules: Schedules;

  close(): Promise<void>;
}

/* ── Queue: whose turn it is to step a debate ──────────────────────────────────────────── */

/** A debate in the hands of this process, and of no other. */
export interface Claim {
  readonly workspace: string;
  readonly debate: string;
  /** Times it was taken before by a process that never let go: killed, frozen or cut off. */
  readonly losses: number;
  /** What woke it, as far as it was followed there: a W3C `traceparent`. */
  readonly trace: string | null;
  /** Aborts with a `ClaimLost` when the debate is no longer ours. */
  readonly lost: AbortSignal;
  /** Rejects with a `ClaimLost` when it is no longer ours: asked before each act others see or pay for. */
  confirm(): Promise<void>;
  /** `Store.settle`, and done with in the same transaction. False: something happened meanwhile; it is still ours. */
  settle(seen: Seen, change: DebateChange): Promise<boolean>;
  /** It broke off, and is done with in the same transaction. */
  fail(failure: string): Promise<void>;
  /** Hands it over: whoever has room takes it at once. Never rejects. */
  release(): Promise<void>;
}

export interface QueueDepth {
  /** Debates that wait for a worker. */
  readonly waiting: number;
  /** Debates being stepped, by whichever process. */
  readonly active: number;
}

/** Debates that want stepping. What puts them there is `Store.createDebate` and `Store.change`. */
export interface Queue {
  /** Takes up to `most` of the debates held on these adapters, never more of a workspace than may run at a time. */
  take(adapters: readonly string[], most: number): Promise<readonly Claim[]>;
  /** Calls back whenever there may be something to take; at the latest about a second after there is. */
  onWork(look: () => void): void;
  depth(): Promise<QueueDepth>;
  /** Hands over what is still claimed. Before the store is closed. */
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
  /** US dollars; null: somebody's price is unknown. */
  readonly money?: number | null;
  /** Time it has been conducted, pauses and stops apart. */
  readonly elapsedMs: number;
  /** What its limits leave, in its language: `137K tokens, $0.47, 58 min`. */
  readonly left?: string;
}

/** What of a platform a process looks after. */
interface Connecting {
  /** Whether it hears people; false: it posts only, and what people do is received elsewhere. */
  readonly hears: boolean;
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
  /** Default: hears people. */
  start(host: Host, connecting?: Connecting): Promise<void>;
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
  /** A word of the program itself to a channel, where no debate is. */
  tell?(place: Place, notice: Notice): Promise<void>;
  /**
   * Links in what people wrote in the channel since then, those with most reactions first. Rejects with an InputError
   * that names what the platform does not let us see.
   */
  popularLinks?(place: Place, since: Date): Promise<readonly PopularLink[]>;
  /** The address of a thread, for a link; null: it has none any more. */
  linkTo?(workspace: string, thread: Thread): string | null;
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
  /** What the person may want to do next. */
  readonly invites?: readonly Invitation[];
}

/** A word of the program itself to a channel. */
export interface Notice {
  /** The same one again is the same message. */
  readonly key: string;
  /** Markdown. */
  readonly text: string;
  readonly language: Language;
  /** What readers may want to do; the text says how to do it without buttons. */
  readonly invites: readonly Invitation[];
}

/** A link people of a channel reacted to. */
export interface PopularLink {
  readonly url: string;
  readonly reactions: number;
}

export interface VerbArgument {
  readonly name: string;
  /** What people see and type, per language: one word in lower case. */
  readonly word: Localised;
  readonly summary: Localised;
  readonly required: boolean;
  /**
   * What an adapter may offer to choose from. `roles`: the platform's own, which the host knows nothing of; the value
   * is their ids with spaces between. `panellists`: of the debate held there, else all personas;
   * `disabled`: personas that sit at no table.
   */
  readonly choices?:
    | 'panels'
    | 'formats'
    | 'personas'
    | 'panellists'
    | 'disabled'
    | 'debates'
    | 'languages'
    | 'exports'
    | 'roles'
    | 'schedules';
  /** All it may be: few enough for a button each. The host refuses anything else. */
  readonly options?: readonly { readonly id: string; readonly name: Localised }[];
}

/** What an adapter renders as a command, a button or a line of help. */
export interface VerbDefinition {
  readonly name: string;
  /** What people type, per language. */
  readonly word: Localised;
  readonly summary: Localised;
  readonly args: readonly VerbArgument[];
  /**
   * `starter`: whoever opened the debate, those the workspace lets steer, and admins. `scheduler`: those the workspace
   * lets schedule, and admins. `personas`: those it lets edit personas, and admins.
   */
  readonly may: 'anyone' | 'starter' | 'scheduler' | 'personas' | 'admin';
  /** When it makes sense for a debate; absent: it is not about one debate. */
  readonly when?: readonly DebateStatus[];
  /**
   * What it is about, if not debates: who sits at the table, or debates that begin by themselves. Platforms that group
   * their commands keep these apart.
   */
  readonly about?: 'table' | 'calendar';
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
