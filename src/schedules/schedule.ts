/** A debate that is held again and again: the nouns, and what schedules ask of outside. */
import type { DebateStatus, Language, Localised } from '../debate.ts';
import type { Rhythm } from './rhythm.ts';

/** What it debates each time. */
export type Source =
  /** The same question every time. */
  | { readonly kind: 'question'; readonly question: string }
  /** Addresses, arXiv ids and questions, the next one each time. */
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** RSS, Atom or an arXiv listing: the newest entry not yet debated. */
  | { readonly kind: 'feed'; readonly url: string; readonly title: string }
  /** The most-reacted link in its channel since it last ran. */
  | { readonly kind: 'links' }
  /** What the last debate in its channel left open. */
  | { readonly kind: 'open' };

/** One thing to debate. */
export interface Topic {
  /** What tells it from others: of an article its address, so that it is not debated again. */
  readonly key: string;
  /** An address or arXiv id; null: a bare question. */
  readonly article: string | null;
  readonly question: string;
  /** A debate whose open questions it takes up, or null. */
  readonly follows: string | null;
  /** How people recognise it. */
  readonly title: string;
}

/** `proposed`: shown, and waiting for somebody to say yes. `suspended`: it does not run until somebody says so. */
export type ScheduleState = 'proposed' | 'active' | 'suspended';

export interface Schedule {
  readonly workspace: string;
  readonly id: string;
  readonly place: { readonly adapter: string; readonly channel: string; readonly thread: string | null };
  readonly source: Source;
  readonly rhythm: Rhythm;
  /** IANA. */
  readonly zone: string;
  readonly panel: string | null;
  readonly format: string | null;
  readonly language: Language | null;
  /** What each debate may cost at most, in tokens. */
  readonly tokens: number | null;
  readonly whenQuiet: 'say' | 'silent';
  /** Minutes before a run in which its topic is announced; 0: it is not. */
  readonly ahead: number;
  /** What becomes of runs that nobody was there for. */
  readonly missed: 'once' | 'skip';
  /** In which it speaks of itself. */
  readonly words: Language;
  readonly createdBy: { readonly id: string; readonly name: string };
  readonly createdAt: Date;

  readonly state: ScheduleState;
  /** Why the program suspended it; null where a person did. */
  readonly reason: Localised | null;
  /** Since when it is active without a break. */
  readonly activeSince: Date | null;
  /** The run it waits for. */
  readonly next: Date | null;
  /** The run that was announced last. */
  readonly announced: Date | null;
  /** The run that was begun last. */
  readonly begun: Date | null;
  /** What the next run debates, once that is settled. */
  readonly topic: Topic | null;
}

export type NewSchedule = Omit<
  Schedule,
  'createdAt' | 'state' | 'reason' | 'activeSince' | 'next' | 'announced' | 'begun' | 'topic'
>;

export type ScheduleChange = Partial<
  Pick<Schedule, 'state' | 'reason' | 'activeSince' | 'next' | 'announced' | 'begun' | 'topic'>
>;

export interface Run {
  readonly slot: Date;
  /** `quiet`: there was nothing new. `skipped`: by a person. `missed`: nobody was there in time. */
  readonly outcome: 'debated' | 'quiet' | 'failed' | 'skipped' | 'missed';
  readonly topic: Topic | null;
  /** The debate it began. */
  readonly debate: string | null;
  /** Why it failed. */
  readonly why: Localised | null;
}

/** A run with what became of its debate. */
export interface PastRun extends Run {
  readonly debateStatus: DebateStatus | null;
}

/** One with something to do, and on which adapter. */
interface Due extends Pick<Schedule, 'workspace' | 'id' | 'next' | 'ahead' | 'announced'> {
  readonly adapter: string;
}

/** Every call but `due` names its workspace; what belongs to another is not there. */
export interface Schedules {
  /** Keeps one that is `proposed`; those nobody said yes to for a day go. */
  propose(schedule: NewSchedule): Promise<Schedule>;
  find(workspace: string, id: string): Promise<Schedule | null>;
  /** Without those only proposed; oldest first. */
  list(workspace: string): Promise<readonly Schedule[]>;
  change(workspace: string, id: string, change: ScheduleChange): Promise<void>;
  /** With what is kept of its runs. */
  remove(workspace: string, id: string): Promise<void>;

  /** Active ones of all workspaces with something to do up to that moment: to announce, or to run. */
  due(until: Date): Promise<readonly Due[]>;
  /** Changes it while it waits for that run; false, and nothing is changed, when it no longer does. */
  during(workspace: string, id: string, slot: Date, change: ScheduleChange): Promise<boolean>;
  /**
   * Keeps what came of the run and goes on to what `change` says, in one step; false, and nothing is kept, when that
   * run is no longer the one waited for. `unbegun`: only if it is not under way.
   */
  end(
    workspace: string,
    id: string,
    run: Run,
    change: ScheduleChange,
    options?: { readonly unbegun: boolean },
  ): Promise<boolean>;
  /** Newest first. */
  runs(workspace: string, id: string, limit: number): Promise<readonly PastRun[]>;
  /** Which of the topics this schedule has debated, or anybody there whose article has that address. */
  debated(workspace: string, id: string, keys: readonly string[]): Promise<ReadonlySet<string>>;
  /** The newest concluded debate in that channel, or null. */
  lastConcluded(workspace: string, place: Schedule['place']): Promise<string | null>;
}

/** What is to be done for a schedule at some moment. */
export interface Alarm {
  readonly workspace: string;
  readonly schedule: string;
  /** Of the run it is about. */
  readonly slot: Date;
  readonly act: 'announce' | 'run';
}

/** One ringing of an alarm. */
export interface Attempt {
  /** It does not ring again by itself if this one fails. */
  readonly isLast: boolean;
  /** Aborts when the alarm is to be left to others. */
  readonly signal: AbortSignal;
}

/** Wakes one process at a time, whatever their number, and another one when that one dies in the act. */
export interface Alarms {
  /** At that moment by the database's clock. Setting one again while it waits or is being minded changes nothing. */
  set(alarm: Alarm, at: Date): Promise<void>;
  /**
   * Has `tick` called about once a minute, in one of the processes that mind alarms, and `ring` for each alarm. An
   * alarm whose `ring` rejects rings again a little later, `isLast` the last time.
   */
  mind(minding: { tick(): Promise<void>; ring(alarm: Alarm, attempt: Attempt): Promise<void> }): Promise<void>;
  /** What is being minded is broken off, and rings again elsewhere. */
  close(): Promise<void>;
}
