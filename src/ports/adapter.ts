/** A platform. */
import type { Article, Debate, DebateStatus, Invitation, Language, Move, Persona, Thread, Turn } from '../debate.ts';
import type { Host, Place } from './host.ts';
import type { Part } from './store.ts';

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
