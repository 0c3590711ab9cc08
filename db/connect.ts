import type { Store } from '../src/ports.ts';

export interface StoreSettings {
  /** Folder of the embedded database; `memory://` keeps nothing. */
  readonly dataDir: string;
  /** Of a Postgres server, used instead of the folder. */
  readonly databaseUrl: string | null;
}

/**
 * Opens the log, brought up to this version's schema. Rejects with an InputError when the person can put right what
 * keeps it from opening. Each database's code is loaded only when it is the one used.
 */
export async function openStore({ dataDir, databaseUrl }: StoreSettings): Promise<Store> {
  if (databaseUrl !== null) return (await import('./postgres.ts')).openPostgres(databaseUrl);
  return (await import('./embedded.ts')).openEmbedded(dataDir);
}
