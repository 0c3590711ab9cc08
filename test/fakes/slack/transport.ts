/** What goes to the app, and what comes back: the same over sockets and over HTTP. */

/** One thing for the app to know. */
export interface Envelope {
  readonly kind: 'events_api' | 'slash_commands' | 'interactive';
  readonly payload: object;
  /** The acknowledgement may carry an answer. */
  readonly answerable: boolean;
  /** Tries before this one, and why the last failed. */
  readonly retries: number;
  readonly reason: RetryReason | null;
}

export type RetryReason = 'http_timeout' | 'connection_failed' | 'http_error' | 'unknown_error';

export type Ack =
  | { readonly ok: true; readonly answer: unknown; readonly afterMs: number }
  /** `again`: the app did not say that it wants no more tries. */
  | { readonly ok: false; readonly reason: RetryReason; readonly again: boolean };

export interface Transport {
  /** Resolves with the acknowledgement, or why there was none within `ms`. */
  send(envelope: Envelope, ms: number): Promise<Ack>;
  /** There is somebody to send to. */
  readonly ready: boolean;
}
