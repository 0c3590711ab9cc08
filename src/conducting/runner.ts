/** Debates of a process alone on its database: a single one in a terminal. One conductor a debate, however often it is woken. */
import type { DebateStatus } from '../debate.ts';
import type { Store } from '../ports/store.ts';

/** Takes a debate on until it rests (over, paused) and tells its status; rejects when it fails. */
export type Conduct = (workspace: string, id: string, signal: AbortSignal) => Promise<DebateStatus>;

interface Run {
  readonly abort: AbortController;
  /** Woken again while it was coming to rest: it must look once more. */
  again: boolean;
  ended: Promise<DebateStatus>;
}

export class Runner {
  readonly #conduct: Conduct;
  readonly #runs = new Map<string, Run>();
  /** Who waits for a paused debate to be run again. */
  readonly #resumed = new Map<string, PromiseWithResolvers<DebateStatus>>();

  #stopped: Error | null = null;

  constructor(conduct: Conduct) {
    this.#conduct = conduct;
  }

  /** Resolves with the debate's status once it rests, rejects when it fails or is interrupted, or after `stop`. */
  run(workspace: string, id: string): Promise<DebateStatus> {
    if (this.#stopped) return Promise.reject(this.#stopped);
    const key = `${workspace}/${id}`;
    const under = this.#runs.get(key);
    if (under) return under.ended;
    const run: Run = { abort: new AbortController(), again: false, ended: Promise.resolve('running') };
    this.#runs.set(key, run);
    run.ended = this.#untilRest(workspace, id, run).finally(() => this.#runs.delete(key));
    this.#resumed.get(key)?.resolve(run.ended);
    this.#resumed.delete(key);
    return run.ended;
  }

  /** Something happened in it: it is conducted from there. Whoever waits for it hears of a failure; its status keeps it. */
  wake(workspace: string, id: string): void {
    const under = this.#runs.get(`${workspace}/${id}`);
    if (under) under.again = true;
    else this.run(workspace, id).catch(() => undefined);
  }

  /** Like `run`, but a pause is waited out: somebody may resume the debate. */
  async untilOver(workspace: string, id: string): Promise<DebateStatus> {
    for (let ended = this.run(workspace, id); ; ) {
      const status = await ended;
      if (status !== 'paused') return status;
      const resumed = Promise.withResolvers<DebateStatus>();
      this.#resumed.set(`${workspace}/${id}`, resumed);
      ended = resumed.promise;
    }
  }

  /** Interrupts every debate, waits until each has let go, and begins no other. */
  async stop(reason: Error): Promise<void> {
    this.#stopped ??= reason;
    const runs = [...this.#runs.values()];
    for (const run of runs) run.abort.abort(reason);
    await Promise.allSettled(runs.map((run) => run.ended));
    for (const waiting of this.#resumed.values()) waiting.reject(reason);
    this.#resumed.clear();
  }

  async #untilRest(workspace: string, id: string, run: Run): Promise<DebateStatus> {
    for (;;) {
      run.again = false;
      const status = await this.#conduct(workspace, id, run.abort.signal);
      if (!run.again) return status;
    }
  }
}

/** The same store without a queue: what would put a debate into one has `wake` called. */
export function waking(store: Store, wake: (workspace: string, id: string) => void): Store {
  return {
    ...store,
    async createDebate(workspace, debate) {
      const created = await store.createDebate(workspace, debate);
      // Where its thread is not open yet, it is woken once it is.
      if (created.id === debate.id && debate.thread.thread !== '') wake(workspace, created.id);
      return created;
    },
    async change(workspace, id, change, event) {
      await store.change(workspace, id, change, event);
      if (change.status === 'running' || change.thread) wake(workspace, id);
    },
  };
}
