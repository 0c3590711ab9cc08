import type { Quote, TurnData } from '../debate.ts';

/** What a turn is after its checks, as readers and the record get it. */
export interface Settled {
  readonly text: string;
  readonly quotes: readonly Quote[];
  readonly data: TurnData;
  readonly repliesTo: readonly number[];
}

/**
 * The outcome of checking what a voice said. `settled` is what may be shown even if nothing is mended (null: nothing
 * can be); `problems` are sentences in English for the one repair the voice is asked for, empty when there is none to ask.
 */
export interface Checked {
  readonly settled: Settled | null;
  readonly problems: readonly string[];
}
