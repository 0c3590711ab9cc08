import { PGlite, type QueryOptions, type Results } from '@electric-sql/pglite';
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
    const result = this.#last.then(() => {
      if (this.#broken) throw this.#broken;
      return super.query<T>(query, params, options);
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
