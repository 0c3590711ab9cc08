/** Whose turn it is to step a debate. */
import type { DebateChange, Seen } from './store.ts';

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
