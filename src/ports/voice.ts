/** Who puts words in a persona's mouth, who calls a panel together, and what all processes hold back from a model. */
import type { Article, Debate, Language, Log, Move, Persona, Usage } from '../debate.ts';

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
