/** Events and interactions on their way to the app: retries, duplicates, late and lost ones. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AppSettings } from './app.ts';
import type { EventControl } from './controls.ts';
import type { RequestUrl } from './request-url.ts';
import type { SocketMode } from './socket.ts';
import type { Ack, Envelope, RetryReason, Transport } from './transport.ts';
import type { World } from './world.ts';

export interface Delivered {
  readonly type: string;
  readonly eventId: string;
  readonly event: object;
  attempts: number;
  acknowledged: boolean;
}

interface Parts {
  readonly world: World;
  readonly app: AppSettings;
  readonly socket: SocketMode;
  readonly http: RequestUrl;
  /** Time to acknowledge. */
  readonly ackMs: number;
  /** Before each further try. */
  readonly retryMs: readonly number[];
}

export class Deliveries implements EventControl {
  readonly #parts: Parts;
  readonly #held: (() => void)[] = [];
  readonly #stopped = new AbortController();
  readonly sent: Delivered[] = [];
  #holding = false;
  #copies = 1;
  #copied = 0;
  #pending = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get pending(): number {
    return this.#pending;
  }

  duplicate(copies: number, events = 1): void {
    this.#copies = copies;
    this.#copied = events;
  }

  hold(): void {
    this.#holding = true;
  }

  release(order: 'as they came' | 'backwards' = 'as they came'): void {
    this.#holding = false;
    const waiting = this.#held.splice(0);
    for (const go of order === 'backwards' ? waiting.reverse() : waiting) go();
  }

  loseAcks(count: number): void {
    this.#parts.socket.loseAcks(count);
    this.#parts.http.loseAcks(count);
  }

  stop(): void {
    this.#stopped.abort();
  }

  /** An event, tried until it is acknowledged, at most four times. */
  event(payload: { readonly event_id: string; readonly event: { readonly type: string } }): void {
    const { event_id: eventId, event } = payload;
    const record: Delivered = { type: event.type, eventId, event, attempts: 0, acknowledged: false };
    this.sent.push(record);
    const copies = this.#copied > 0 ? this.#copies : 1;
    if (this.#copied > 0) this.#copied -= 1;
    for (let copy = 0; copy < copies; copy++) {
      const go = () => void this.#try(payload, record);
      if (this.#holding) this.#held.push(go);
      else go();
    }
  }

  /** A command or an interaction: one try. */
  ask(kind: 'slash_commands' | 'interactive', payload: object, answerable: boolean): Promise<Ack> {
    const envelope: Envelope = { kind, payload, answerable, retries: 0, reason: null };
    return this.#transport().send(envelope, this.#parts.ackMs);
  }

  #transport(): Transport {
    return this.#parts.app.socketMode ? this.#parts.socket : this.#parts.http;
  }

  async #try(payload: object, record: Delivered): Promise<void> {
    const { ackMs, retryMs, world } = this.#parts;
    this.#pending += 1;
    let reason: RetryReason | null = null;
    try {
      for (let retries = 0; retries <= retryMs.length; retries++) {
        if (retries > 0) await this.#later(retryMs[retries - 1] ?? 0);
        const envelope: Envelope = { kind: 'events_api', payload, answerable: false, retries, reason };
        record.attempts += 1;
        const ack: Ack = await this.#transport().send(envelope, ackMs);
        if (ack.ok) record.acknowledged = true;
        if (ack.ok || !ack.again) return;
        reason = ack.reason;
      }
    } catch (error) {
      if (!this.#stopped.signal.aborted) throw error;
    } finally {
      this.#pending -= 1;
      world.changed();
    }
  }

  /** Slack's minutes are long enough for an app to connect again; ours, being shorter, wait for it. */
  async #later(ms: number): Promise<void> {
    const { signal } = this.#stopped;
    await sleep(ms, undefined, { signal, ref: false });
    while (!this.#transport().ready) await sleep(10, undefined, { signal, ref: false });
  }
}
