import type { Lite } from './pglite.ts';
import type { Db } from './rows.ts';

/** An open database with this version's schema. */
export interface Database {
  readonly db: Db;
  /** For what needs connections of its own. */
  readonly at: { readonly url: string } | { readonly lite: Lite };
  close(): Promise<void>;
}
