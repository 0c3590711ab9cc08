/** What this process has taken from the queue: kept alive, confirmed before each act, let go of in one transaction. */
import { and, eq, sql } from 'drizzle-orm';
import type { Job, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { ClaimLost } from '../src/errors.ts';
import type { Claim } from '../src/ports/queue.ts';
import { explaining } from './failures.ts';
import { asJob, handOver, notify, queueOf, type Work, within, work } from './jobs.ts';
import type { Db } from './rows.ts';
import { debates } from './schema/log.ts';
import { settle } from './store.ts';

/** Any number, the same in every Tertulia: whoever holds it takes. */
const TAKING = 7_378_422;
/** A claim confirmed as recently need not be asked about again. Milliseconds; far below any heartbeat. */
const FRESH = 250;

/** Of which jobs a call was true. */
const settled = z.object({ settled: z.array(z.string()) });

export interface ClaimSettings {
  readonly heartbeatSeconds: number;
  readonly perWorkspace: number;
  readonly onTrouble: (error: Error) => void;
}

/** One claim as it is held here. */
interface Held {
  readonly adapter: string;
  readonly job: Job<Work>;
  readonly lost: AbortController;
  /** When it was last known to be ours, by the clock that never jumps. Milliseconds. */
  confirmedAt: number;
}

export class Claims {
  readonly #db: Db;
  readonly #boss: PgBoss;
  readonly #settings: ClaimSettings;
  readonly #held = new Set<Held>();
  readonly #heartbeat: NodeJS.Timeout;
  /** Claims to be confirmed by the next statement, all at once. */
  #asked = new Map<Held, PromiseWithResolvers<void>>();
  #confirming: Promise<void> | null = null;

  constructor(db: Db, boss: PgBoss, settings: ClaimSettings) {
    this.#db = db;
    this.#boss = boss;
    this.#settings = settings;
    const beat = () => {
      for (const held of this.#held) this.#confirm(held).catch(() => undefined);
    };
    this.#heartbeat = setInterval(beat, (settings.heartbeatSeconds * 1000) / 3);
  }

  async take(adapters: readonly string[], most: number): Promise<Claim[]> {
    const taken: Held[] = [];
    try {
      for (const adapter of adapters) {
        // A look passes over what its workspace has no room for only once that room is taken.
        for (let found = 1; found > 0 && taken.length < most; ) {
          const jobs = await this.#fetch(adapter, most - taken.length);
          found = jobs.length;
          taken.push(...jobs.map((job) => this.#hold(adapter, job)));
        }
      }
    } catch (error) {
      // What was taken before the trouble is conducted all the same.
      if (taken.length === 0) throw error;
    }
    return taken.map((held) => this.#claim(held));
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    await Promise.allSettled([...this.#held].map((held) => this.#release(held)));
  }

  /** Takes are one after another, in all processes: only so is what runs of a workspace counted exactly. */
  #fetch(adapter: string, batchSize: number): Promise<Job<Work>[]> {
    const options = { batchSize, groupConcurrency: this.#settings.perWorkspace };
    return this.#db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${TAKING})`);
      return this.#boss.fetch<Work>(queueOf(adapter), { ...options, ...within(tx) });
    });
  }

  #hold(adapter: string, job: Job<Work>): Held {
    const held = { adapter, job, lost: new AbortController(), confirmedAt: performance.now() };
    this.#held.add(held);
    return held;
  }

  #claim(held: Held): Claim {
    const { workspace, debate, trace } = work.parse(held.job.data);
    return {
      workspace,
      debate,
      losses: held.job.retryCount,
      trace: trace ?? null,
      lost: held.lost.signal,
      confirm: explaining(() => this.#confirm(held, FRESH)),
      settle: explaining((seen, change) => this.#letGo(held, (tx) => settle(tx, workspace, debate, seen, change))),
      fail: explaining(async (failure) => {
        await this.#letGo(held, async (tx) => {
          const isIt = and(eq(debates.workspace, workspace), eq(debates.id, debate));
          await tx.update(debates).set({ status: 'failed', failure }).where(isIt);
          return true;
        });
      }),
      release: () => this.#release(held),
    };
  }

  /** Done with in the transaction that says so; not if that comes to nothing, or is no longer ours to say. */
  async #letGo(held: Held, say: (tx: Db) => Promise<boolean>): Promise<boolean> {
    const said = await this.#db.transaction(async (tx) => {
      if (!(await say(tx))) return false;
      await this.#complete(held, tx);
      return true;
    });
    if (said) this.#held.delete(held);
    return said;
  }

  async #complete(held: Held, tx: Db): Promise<void> {
    const done = settled.parse(await this.#boss.complete(queueOf(held.adapter), held.job, null, within(tx)));
    if (done.settled.length === 0) throw this.#lose(held);
  }

  /** A job of its own takes its place, so that being handed over is not counted as a loss. */
  async #release(held: Held): Promise<void> {
    // Whatever keeps it from being handed over, others will notice that it is not kept alive.
    this.#held.delete(held);
    if (held.lost.signal.aborted) return;
    const handing = this.#db.transaction(async (tx) => {
      await this.#complete(held, tx);
      await this.#boss.send(queueOf(held.adapter), held.job.data, {
        ...asJob(held.job.data),
        ...handOver,
        ...within(tx),
      });
      await notify(tx, held.adapter);
    });
    await handing.catch(this.#settings.onTrouble);
  }

  #lose(held: Held): ClaimLost {
    const lost = new ClaimLost(held.job.data.debate);
    this.#held.delete(held);
    held.lost.abort(lost);
    return lost;
  }

  /** Rejects with a ClaimLost when it is not ours. Known for less than `fresh` ms: nobody is asked. */
  async #confirm(held: Held, fresh = 0): Promise<void> {
    held.lost.signal.throwIfAborted();
    if (performance.now() - held.confirmedAt < fresh) return;
    const asked = this.#asked.get(held) ?? Promise.withResolvers<void>();
    this.#asked.set(held, asked);
    this.#confirming ??= this.#confirmAsked().finally(() => {
      this.#confirming = null;
    });
    return asked.promise;
  }

  /** One statement for all who ask while the last one is under way. */
  async #confirmAsked(): Promise<void> {
    while (this.#asked.size > 0) {
      const asked = this.#asked;
      this.#asked = new Map();
      const since = performance.now();
      for (const [adapter, some] of Map.groupBy(asked, ([{ adapter }]) => adapter)) {
        try {
          const touched = await this.#boss.touch(
            queueOf(adapter),
            some.map(([{ job }]) => job),
          );
          const ours = new Set(settled.parse(touched).settled);
          for (const [held, { resolve, reject }] of some) {
            if (ours.has(held.job.id)) {
              held.confirmedAt = since;
              resolve();
            } else reject(this.#lose(held));
          }
        } catch (error) {
          for (const [, { reject }] of some) reject(error);
        }
      }
    }
  }
}
