/** The log, and what a workspace keeps beside it. */
import type {
  Article,
  Debate,
  DebateStatus,
  Earlier,
  Language,
  Limits,
  Log,
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
} from '../debate.ts';
import type { Schedules } from '../schedules/schedule.ts';
import type { Inbox, Installations } from './inbox.ts';

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
  /** Who spoke: what was only read out has concluded nothing. */
  readonly voice: Debate['voice'];
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

/** The key of the message that carries part `part` of turn `n`. */
export function deliveryKey(debateId: string, turn: number, part: number): string {
  return `${debateId}:${turn}:${part}`;
}
