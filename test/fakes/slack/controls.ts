/** What tests do to this Slack, and what they read of its traffic. */
import type { Delivered } from './delivery.ts';

export type Fault =
  /** 429 before any effect; seconds. */
  | { readonly kind: 'rateLimited'; readonly retryAfter: number }
  /** An HTTP error before any effect. */
  | { readonly kind: 'error'; readonly status: 500 | 502 | 503 | 504 }
  /** `{ok: false, error}` before any effect. */
  | { readonly kind: 'refuse'; readonly error: string }
  /** The effect happens; the connection dies instead of the response. */
  | { readonly kind: 'lost' }
  /** The connection dies before any effect. */
  | { readonly kind: 'refused' }
  /** Effect, then the response after so long. */
  | { readonly kind: 'late'; readonly ms: number }
  /** Something happens just before the request is looked at: `() => ana.uninstalls()`. */
  | { readonly kind: 'meanwhile'; readonly run: () => void };

export interface FaultSetting {
  /** Which matching request from now on, from 1. Default 1. */
  readonly nth?: number;
  /** How many in a row. Default 1. */
  readonly times?: number;
}

export interface Faults {
  /** `method` as 'chat.postMessage', or 'response_url', 'file' (download), 'upload'. Tells how often it struck. */
  on(method: string, fault: Fault, setting?: FaultSetting): { readonly struck: number };
  clear(): void;
}

export interface EventControl {
  /** The next events come so many times each, with one event id. */
  duplicate(copies: number, events?: number): void;
  /** Events wait until released: late, or out of order. */
  hold(): void;
  release(order?: 'as they came' | 'backwards'): void;
  /** The next acknowledgements get lost: Slack tries again. */
  loseAcks(count: number): void;
  /** Every event sent, oldest first. */
  readonly sent: readonly Delivered[];
  /** Events neither acknowledged nor given up. */
  readonly pending: number;
}

export interface SocketControl {
  readonly connections: number;
  /** Connections ever made. */
  readonly opened: number;
  /** Sockets die without a word. */
  kill(): void;
  /** A disconnect frame: the app should connect anew. After 'warning' the old one still works. */
  refresh(reason?: 'refresh_requested' | 'warning'): void;
}

/** One request as it came. */
export interface Recorded {
  readonly method: string;
  /** Without the token. */
  readonly body: Readonly<Record<string, unknown>>;
  /** HTTP status; 0: the connection died. */
  readonly status: number;
  /** `ok`, or the error answered. */
  readonly result: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}
