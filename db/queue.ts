/**
 * Debates that want stepping, by pg-boss. One queue a platform, one job a debate (`exclusive`: whoever wakes a debate that
 * waits or is being stepped changes nothing), and the workspace as its group, of which so many run at a time.
 *
 * `openQueue` gives the `Queue` of `src/ports.ts` and the `wake` by which the store puts debates in. Other work of the
 * database (schedules …) takes the same `PgBoss` and makes queues of its own beside these.
 */
import { and, eq, inArray } from 'drizzle-orm';
import type { PgBoss } from 'pg-boss';
import type { Queue, QueueDepth } from '../src/ports/queue.ts';
import type { BossSettings } from './boss.ts';
import { Claims } from './claims.ts';
import type { Database } from './database.ts';
import { explaining } from './failures.ts';
import { asJob, CHANNEL, notify, queueOf, within } from './jobs.ts';
import type { Db } from './rows.ts';
import { debates } from './schema/log.ts';
import type { Wake } from './store.ts';

export interface QueueSettings extends BossSettings {
  /** Platforms whose debates are put into the queue. */
  readonly adapters: readonly string[];
  /** Debates of one workspace that run at a time, in all processes together. */
  readonly perWorkspace: number;
  /** Of what wakes a debate, where that is followed. */
  readonly trace?: () => string | null;
}

/** Seconds after which somebody else opens a debate's thread: whoever was about to has died over it. */
const OPENING = 60;
/** Nobody is at one debate for longer; what is alive shows by its heartbeat. Seconds. */
const LONGEST = 86_400;
/** What is done with is of no more use. Seconds. */
const KEPT = 600;
/** pg-boss gives up what was lost as often; whoever takes it does so sooner. */
const MOST_LOSSES = 1_000;
/** Milliseconds between looks for what no notice tells of: work that was lost, and room that others made. */
const BACKSTOP = 1_000;
export async function openQueue(
  { db, at }: Database,
  boss: PgBoss,
  settings: QueueSettings,
): Promise<{ readonly queue: Queue; readonly wake: Wake }> {
  for (const adapter of settings.adapters) {
    await makeQueue(boss, queueOf(adapter), settings);
    if ('lite' in at) await freeOrphans(boss, queueOf(adapter));
  }
  const wake = waker(boss, settings);
  await putIn(db, boss, settings.adapters);
  const claims = new Claims(db, boss, settings);
  const bell = await listen(boss);
  return {
    wake,
    queue: {
      take: explaining((adapters, most) => claims.take(adapters, most)),
      onWork: bell.onRing,
      depth: explaining(() => depth(boss, settings.adapters)),
      async close() {
        await bell.close();
        await claims.close();
      },
    },
  };
}

async function makeQueue(boss: PgBoss, name: string, { heartbeatSeconds }: QueueSettings): Promise<void> {
  const options = { heartbeatSeconds, expireInSeconds: LONGEST, deleteAfterSeconds: KEPT, retryLimit: MOST_LOSSES };
  await boss.createQueue(name, { policy: 'exclusive', ...options });
  // One that was there keeps what it was made with.
  await boss.updateQueue(name, options);
}

/** Only one process has an embedded database: what it finds being stepped, its predecessor died over. */
async function freeOrphans(boss: PgBoss, name: string): Promise<void> {
  let after: string | undefined;
  do {
    const jobs = await boss.findJobs(name, { limit: 1_000, ...(after && { after }) });
    const orphans = jobs.filter(({ state }) => state === 'active').map(({ id }) => id);
    if (orphans.length > 0) await boss.fail(name, orphans);
    after = jobs.length < 1_000 ? undefined : jobs.at(-1)?.id;
  } while (after !== undefined);
}

function waker(boss: PgBoss, { adapters, trace }: QueueSettings): Wake {
  return async (tx, workspace, debate, { adapter, opened }) => {
    if (!adapters.includes(adapter)) return;
    const job = { workspace, debate, trace: trace?.() ?? null };
    const { singletonKey, group } = asJob(job);
    const delay = opened ? {} : { startAfter: OPENING };
    const sent = await boss.send(queueOf(adapter), job, { singletonKey, group, ...delay, ...within(tx) });
    if (!opened) return;
    // It waits already, perhaps for somebody to open its thread.
    if (sent === null) {
      await boss.update(queueOf(adapter), undefined, { singletonKey, startAfter: 0, ...within(tx) });
    }
    await notify(tx, adapter);
  };
}

/** Debates that run and are in no queue: begun before there was one. Those that are in it stay as they are. */
async function putIn(db: Db, boss: PgBoss, adapters: readonly string[]): Promise<void> {
  const { workspace, id, adapter, thread, status } = debates;
  const isOurs = and(eq(status, 'running'), inArray(adapter, [...adapters]));
  const running = await db.select({ workspace, id, adapter, thread }).from(debates).where(isOurs);
  for (const each of running) {
    const job = { workspace: each.workspace, debate: each.id };
    const delay = each.thread === '' ? { startAfter: OPENING } : {};
    await boss.send(queueOf(each.adapter), job, { ...asJob(job), ...delay });
  }
}

/** Rings when something was put in, when that may have been missed, and every now and then. */
async function listen(boss: PgBoss): Promise<{ onRing(look: () => void): void; close(): Promise<void> }> {
  const looks: (() => void)[] = [];
  const ring = () => {
    for (const look of looks) look();
  };
  const heard = await boss.getDb().listen?.(CHANNEL, ring, ring);
  const backstop = setInterval(ring, BACKSTOP);
  return {
    onRing: (look) => void looks.push(look),
    async close() {
      clearInterval(backstop);
      looks.length = 0;
      await heard?.close();
    },
  };
}

async function depth(boss: PgBoss, adapters: readonly string[]): Promise<QueueDepth> {
  const queues = await boss.getQueues(adapters.map(queueOf));
  return {
    waiting: queues.reduce((sum, { queuedCount }) => sum + queuedCount, 0),
    active: queues.reduce((sum, { activeCount }) => sum + activeCount, 0),
  };
}
