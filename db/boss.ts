/** pg-boss on the same database: what waits, who has it, and what is due when. */
import { fromPglite, PgBoss } from 'pg-boss';
import type { Database } from './database.ts';

export interface BossSettings {
  /** A worker that has not been heard of for as long has lost its debates to others; 10 or more. */
  readonly heartbeatSeconds: number;
  /** Whether this process fires what is due by a calendar. */
  readonly schedules: boolean;
  /** Told of trouble that pg-boss gets over by itself, such as a database that is away. */
  readonly onTrouble: (error: Error) => void;
}

/** Its connections beside the store's: statements of its own, and one that listens. */
const CONNECTIONS = 3;

/** Starts it, bringing its tables up to date, one process at a time. */
export async function startBoss({ at }: Database, settings: BossSettings): Promise<PgBoss> {
  const boss = new PgBoss({
    ...('url' in at ? { connectionString: at.url, max: CONNECTIONS } : { backend: 'pglite', db: fromPglite(at.lite) }),
    schema: 'tertulia_queue',
    schedule: settings.schedules,
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 1,
    // How soon a worker's silence is noticed.
    superviseIntervalSeconds: 2,
    monitorIntervalSeconds: 2,
    openTelemetry: { enabled: false },
  });
  boss.on('error', settings.onTrouble);
  await boss.start();
  return boss;
}
