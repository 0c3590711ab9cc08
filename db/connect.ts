import type { Queue, Store, Throttle } from '../src/ports.ts';
import type { Database } from './database.ts';
import type { QueueSettings } from './queue.ts';
import { createStore } from './store.ts';

export interface StoreSettings {
  /** Folder of the embedded database; `memory://` keeps nothing. */
  readonly dataDir: string;
  /** Of a Postgres server, used instead of the folder. */
  readonly databaseUrl: string | null;
}

/**
 * Opens it, brought up to this version's schema. Rejects with an InputError when the person can put right what keeps it
 * from opening. Each database's code is loaded only when it is the one used.
 */
export async function openDatabase({ dataDir, databaseUrl }: StoreSettings): Promise<Database> {
  if (databaseUrl !== null) return (await import('./postgres.ts')).openPostgres(databaseUrl);
  return (await import('./embedded.ts')).openEmbedded(dataDir);
}

/** `openDatabase` for the log alone: its debates are woken by whoever changes them. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const { db, close } = await openDatabase(settings);
  return createStore(db, close);
}

export interface SharedSettings extends QueueSettings {
  /** Calls of one model that all processes together make in a minute; null: as many as it takes. */
  readonly callsPerMinute: number | null;
}

/**
 * What processes share: the log, the queue in the same database that wakes its debates, and what they ask of models.
 * Closing the store closes all of it.
 */
export async function openShared(
  database: Database,
  settings: SharedSettings,
): Promise<{ readonly store: Store; readonly queue: Queue; readonly throttle: Throttle }> {
  try {
    const { startBoss } = await import('./boss.ts');
    const { openQueue } = await import('./queue.ts');
    const boss = await startBoss(database, settings);
    const { queue, wake } = await openQueue(database, boss, settings);
    const close = async () => {
      await queue.close();
      await boss.stop({ graceful: false });
      await database.close();
    };
    const { createThrottle } = await import('./throttle.ts');
    const throttle = createThrottle(database.db, settings.callsPerMinute);
    return { store: createStore(database.db, close, wake), queue, throttle };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** A log of its own that ends with the process, for tests. */
export function openMemoryStore(): Promise<Store> {
  return openStore({ dataDir: 'memory://', databaseUrl: null });
}
