import type { Queue } from '../src/ports/queue.ts';
import type { Store } from '../src/ports/store.ts';
import type { Throttle } from '../src/ports/voice.ts';
import type { Alarms } from '../src/schedules/schedule.ts';
import type { Database } from './database.ts';
import type { QueueSettings } from './queue.ts';
import { createStore } from './store.ts';

export interface StoreSettings {
  /** Folder of the embedded database; `memory://` keeps nothing. */
  readonly dataDir: string;
  /** Of a Postgres server, used instead of the folder. */
  readonly databaseUrl: string | null;
  /** What secrets in it are encrypted with, 32 bytes each; the first one writes, every one reads. Default: none. */
  readonly secretKeys?: readonly Uint8Array[];
}

/**
 * Opens it, brought up to this version's schema. Rejects with an InputError when the person can put right what keeps it
 * from opening. Each database's code is loaded only when it is the one used.
 */
export async function openDatabase({ dataDir, databaseUrl, secretKeys = [] }: StoreSettings): Promise<Database> {
  const opened =
    databaseUrl === null
      ? await (await import('./embedded.ts')).openEmbedded(dataDir)
      : await (await import('./postgres.ts')).openPostgres(databaseUrl);
  return { ...opened, secretKeys };
}

/** `openDatabase` for the log alone: its debates are woken by whoever changes them. */
export async function openStore(settings: StoreSettings): Promise<Store> {
  const database = await openDatabase(settings);
  return createStore(database, { close: database.close });
}

export interface SharedSettings extends QueueSettings {
  /** Calls of one model that all processes together make in a minute; null: as many as it takes. */
  readonly callsPerMinute: number | null;
}

interface Shared {
  readonly store: Store;
  readonly queue: Queue;
  readonly alarms: Alarms;
  readonly throttle: Throttle;
}

/**
 * What processes share: the log, the queue in the same database that wakes its debates, alarms, and what they ask of
 * models.
 * Closing the store closes all of it.
 */
export async function openShared(database: Database, settings: SharedSettings): Promise<Shared> {
  try {
    const { startBoss } = await import('./boss.ts');
    const { openQueue } = await import('./queue.ts');
    const boss = await startBoss(database, settings);
    const { queue, wake } = await openQueue(database, boss, settings);
    const { openAlarms } = await import('./alarms.ts');
    const alarms = await openAlarms(boss);
    const close = async () => {
      await alarms.close();
      await queue.close();
      await boss.stop({ graceful: false });
      await database.close();
    };
    const { createThrottle } = await import('./throttle.ts');
    const throttle = createThrottle(database.db, settings.callsPerMinute);
    return { store: createStore(database, { close, wake }), queue, alarms, throttle };
  } catch (error) {
    await database.close();
    throw error;
  }
}
