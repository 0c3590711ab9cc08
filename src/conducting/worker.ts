/** Steps the debates that the queue gives it, as many at a time as it has room for; its peers step the others. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Debate, DebateStatus, Format } from '../debate.ts';
import { asError, ClaimLost, Interrupted, remedyOf } from '../errors.ts';
import { findFormat } from '../formats/registry.ts';
import { observedAdapter, observedVoice, type Watch } from '../operating/observe.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Claim, Queue } from '../ports/queue.ts';
import type { Store } from '../ports/store.ts';
import type { Voice } from '../ports/voice.ts';
import type { Prices } from '../spending/prices.ts';
import { held, patiently } from './held.ts';
import { conduct } from './orchestrator.ts';

/** Told what becomes of debates that nobody in particular waits for. */
export interface Keeper {
  took(debate: Debate): void;
  rested(debate: Debate, status: DebateStatus): void;
  /** Something went wrong that may pass: it is tried again after so many ms. */
  stumbled(debate: Debate, error: unknown, pause: number): void;
  failed(debate: Debate, error: unknown): void;
  /** Somebody else has it now, or will. */
  letGo(debate: Pick<Debate, 'workspace' | 'id'>, why: Error): void;
  /** The queue cannot be asked. */
  trouble(error: unknown): void;
}

export interface Working {
  readonly queue: Queue;
  readonly store: Store;
  readonly voices: (kind: Debate['voice']) => Promise<Voice>;
  readonly prices: Prices;
  /** Those it can post on. */
  readonly adapters: readonly Adapter[];
  readonly keeper: Keeper;
  readonly formats: readonly Format[];
  readonly watch: Watch;
  /** Debates at a time. */
  readonly room: number;
  /** Before what went wrong is tried again, one after another. Milliseconds. */
  readonly pauses: readonly number[];
}

/** What a platform or a provider gets over by itself takes minutes. */
export const PAUSES = [1_000, 4_000, 15_000, 60_000];

/** Processes that may end over one debate before it is taken to be the cause. */
const MOST_LOSSES = 50;
/** After the last turn there can be. */
const NO_TURNS = 2 ** 31 - 1;

class Unsurvivable extends Error {
  constructor(losses: number) {
    super(`${losses} processes ended while they conducted this debate`);
  }
}

export class Worker {
  readonly #working: Working;
  readonly #stop = new AbortController();
  readonly #running = new Set<Promise<void>>();
  #looking: Promise<void> | null = null;
  #again = false;

  constructor(working: Working) {
    this.#working = working;
  }

  /** Debates in hand. */
  get running(): number {
    return this.#running.size;
  }

  start(): void {
    this.#working.queue.onWork(() => this.#look());
    this.#look();
  }

  /** Hands over every debate and takes no other. */
  async stop(): Promise<void> {
    this.#stop.abort(new Interrupted());
    await this.#looking;
    await Promise.allSettled(this.#running);
  }

  #look(): void {
    this.#again = true;
    this.#looking ??= this.#takeAll()
      .catch((error: unknown) => this.#working.keeper.trouble(error))
      .finally(() => {
        this.#looking = null;
      });
  }

  /** Until there is nothing to take, or no room. */
  async #takeAll(): Promise<void> {
    const { queue, adapters, room } = this.#working;
    const names = adapters.map(({ name }) => name);
    while (this.#again && !this.#stop.signal.aborted && this.running < room) {
      this.#again = false;
      for (const claim of await queue.take(names, room - this.running)) this.#begin(claim);
    }
  }

  #begin(claim: Claim): void {
    const run = this.#conduct(claim).catch(async (error: unknown) => {
      // What can't even be told is left to whoever takes it next.
      if (error instanceof Error) this.#working.keeper.letGo({ workspace: claim.workspace, id: claim.debate }, error);
      await claim.release();
    });
    this.#running.add(run);
    run.finally(() => {
      this.#running.delete(run);
      this.#look();
    });
  }

  /** Rejects when it is not ours to go on with, or to say anything about. */
  async #conduct(claim: Claim): Promise<void> {
    const { keeper, pauses } = this.#working;
    const signal = AbortSignal.any([claim.lost, this.#stop.signal]);
    keeper.took(await this.#debate(claim, signal));
    let turns = 0;
    for (let stumbles = 0; ; stumbles++) {
      try {
        if (claim.losses > MOST_LOSSES) throw new Unsurvivable(claim.losses);
        const status = await this.#step(claim, signal);
        keeper.rested(await this.#debate(claim, signal), status);
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof ClaimLost) throw error;
        const since = await this.#turnsAfter(turns, claim, signal);
        if (since > 0) stumbles = 0;
        turns += since;
        const pause = pauses[stumbles];
        const isHopeless = error instanceof Unsurvivable || remedyOf(error) !== null;
        if (isHopeless || pause === undefined) return await this.#giveUp(claim, error, signal);
        keeper.stumbled(await this.#debate(claim, signal), error, pause);
        await delay(pause, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async #giveUp(claim: Claim, error: unknown, signal: AbortSignal): Promise<void> {
    const { message } = remedyOf(error) ?? asError(error);
    await patiently(() => claim.fail(message), signal);
    this.#working.keeper.failed(await this.#debate(claim, signal), error);
  }

  async #debate(claim: Claim, signal: AbortSignal): Promise<Debate> {
    const { workspace, debate: id } = claim;
    const found = await patiently(() => this.#working.store.refresh(workspace, id, NO_TURNS), signal);
    if (!found) throw new Error(`there is no debate ${id} in workspace ${workspace}`);
    return found.debate;
  }

  async #turnsAfter(n: number, { workspace, debate: id }: Claim, signal: AbortSignal): Promise<number> {
    return (await patiently(() => this.#working.store.refresh(workspace, id, n), signal))?.turns.length ?? 0;
  }

  async #step(claim: Claim, signal: AbortSignal): Promise<DebateStatus> {
    const { store, adapters, voices, formats, prices, watch } = this.#working;
    const { workspace, id, voice: kind, thread, format } = await this.#debate(claim, signal);
    const adapter = adapters.find(({ name }) => name === thread.adapter);
    if (!adapter) throw new Error(`nothing here posts on ${thread.adapter}`);
    const means = {
      store,
      adapter: observedAdapter(adapter, watch.observe),
      voice: observedVoice(await voices(kind), watch),
    };
    const now = () => performance.now();
    const conducting = { ...held(claim, means, signal), format: findFormat(format, formats), prices, now };
    const about = { adapter: adapter.name, workspace, debate: id };
    return watch.observe('step', about, () => conduct(conducting, workspace, id, signal), claim.trace);
  }
}
