import type { Store } from '../src/ports.ts';

export interface StoreSettings {
  /** Folder of the embedded database; `memory://` keeps nothing. */
  readonly dataDir: string;
  /** Of a Postgres server, used instead of the folder. */
  readonly databaseUrl: string | null;
  /** What secrets in it are encrypted with, 32 bytes each; the first one writes, every one reads. Default: none. */
  readonly secretKeys?: readonly Uint8Array[];
}

/**
 * Opens the log, brought up to this version's schema. Rejects with an InputError when the person can put right what
 * keeps it from opening. Each database's code is loaded only when it is the one used.
 */
export async function openStore({ dataDir, databaseUrl, secretKeys = [] }: StoreSettings): Promise<Store> {
  if (databaseUrl !== null) return (await import('./postgres.ts')).openPostgres(databaseUrl, secretKeys);
  return (await import('./embedded.ts')).openEmbedded(dataDir, secretKeys);
}

/** A log of its own that ends with the process, for tests. */
export function openMemoryStore(secretKeys: readonly Uint8Array[] = []): Promise<Store> {
  return openStore({ dataDir: 'memory://', databaseUrl: null, secretKeys });
}
