import type { Lite } from './pglite.ts';
import type { Db } from './rows.ts';

/** An open database with this version's schema. */
export interface Database {
  readonly db: Db;
  /** For what needs connections of its own. */
  readonly at: { readonly url: string } | { readonly lite: Lite };
  /** What secrets in it are encrypted with, 32 bytes each; the first one writes, every one reads. */
  readonly secretKeys: readonly Uint8Array[];
  close(): Promise<void>;
}

export type Opened = Omit<Database, 'secretKeys'>;
