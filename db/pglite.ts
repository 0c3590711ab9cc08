import { PGlite, type QueryOptions, type Results, type Transaction } from '@electric-sql/pglite';
import { isDiskFull } from './failures.ts';

/** PGlite reserves 128 MB otherwise, for one connection. */
const startParams = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

/**
 * PGlite that survives a full disk: its next query after one never ends and blocks the whole process, so there is
 * none. The folder is sound; whoever opens it when there is space finds all that was saved.
 */
export class Lite extends PGlite {
  #last: Promise<unknown> = Promise.resolve();
  #broken: unknown = null;

  /** `image`: a database that was dumped, to begin with. */
  constructor(folder?: string, image?: Blob) {
    super({ startParams, ...(folder !== undefined && { dataDir: folder }), ...(image && { loadDataDir: image }) });
  }

  override query<T>(query: string, params?: unknown[], options?: QueryOptions): Promise<Results<T>> {
    // While it starts it asks questions of its own, and everybody else's wait for them inside it.
    if (!this.ready) return super.query<T>(query, params, options);
    return this.#next(() => super.query<T>(query, params, options));
  }

  override exec(query: string, options?: QueryOptions): Promise<Results[]> {
    return this.ready ? this.#next(() => super.exec(query, options)) : super.exec(query, options);
  }

  override transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.#next(() => {
      const full = Promise.withResolvers<never>();
      // Left as it is: rolling it back would be the next query.
      const guarded = (tx: Transaction) =>
        work(tx).catch((error: unknown) => {
          if (!isDiskFull(error)) throw error;
          full.reject(error);
          return new Promise<never>(() => undefined);
        });
      return Promise.race([super.transaction(guarded), full.promise]);
    });
  }

  async #next<T>(ask: () => Promise<T>): Promise<T> {
    const result = this.#last.then(() => {
      if (this.#broken) throw this.#broken;
      return ask();
    });
    this.#last = result.catch((error: unknown) => {
      if (isDiskFull(error)) this.#broken = error;
    });
    return result;
  }

  /** Closes it, however it is. */
  async end(): Promise<void> {
    await this.#last;
    if (!this.#broken && !this.closed) await this.close();
  }
}
