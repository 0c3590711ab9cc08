/** Alarms of schedules by pg-boss: a job each, due at its moment by the database's clock, in one process at a time. */
import type { PgBoss } from 'pg-boss';
import { z } from 'zod';
import type { Alarm, Alarms } from '../src/schedules/schedule.ts';

const TICKS = 'schedules-ticks';
const ALARMS = 'schedules-alarms';

/** A process not heard of for so long has died over its alarm. Seconds. */
const HEARTBEAT = 15;
/** Reading feed and article has limits of its own; this is for what hangs all the same. Seconds. */
const LONGEST = 900;
/** An alarm that failed rings again so many times, after a minute, two, and four. */
const RETRIES = 3;
const RETRY_AFTER = 60;
/** Seconds for which it can be looked up what rang. */
const KEPT = 86_400;

/** Seconds between looks: how late an alarm may ring. Each of those at a time looks, however little there is to do. */
const POLL = 2;
const AT_A_TIME = 2;

const said = z.object({
  workspace: z.string(),
  schedule: z.string(),
  slot: z.iso.datetime().transform((text) => new Date(text)),
  act: z.enum(['announce', 'run']),
});

function keyOf({ workspace, schedule, slot, act }: Alarm): string {
  return [workspace, schedule, slot.toISOString(), act].join('/');
}

/** `heartbeatSeconds`: 10 or more. */
export async function openAlarms(boss: PgBoss, { heartbeatSeconds = HEARTBEAT } = {}): Promise<Alarms> {
  const options = { heartbeatSeconds, expireInSeconds: LONGEST, deleteAfterSeconds: KEPT };
  // Whoever sets an alarm that waits, or is being minded, changes nothing.
  await boss.createQueue(ALARMS, {
    policy: 'exclusive',
    ...options,
    retryLimit: RETRIES,
    retryDelay: RETRY_AFTER,
    retryBackoff: true,
  });
  await boss.createQueue(TICKS, { policy: 'exclusive', ...options, retryLimit: 0 });
  const stopped = new AbortController();
  return {
    async set(alarm, at) {
      await boss.send(ALARMS, alarm, { singletonKey: keyOf(alarm), startAfter: at });
    },
    async mind({ tick, ring }) {
      await boss.work(TICKS, { pollingIntervalSeconds: POLL }, tick);
      await boss.work(
        ALARMS,
        { pollingIntervalSeconds: POLL, includeMetadata: true, localConcurrency: AT_A_TIME },
        async ([job]) => {
          if (!job) return;
          const signal = AbortSignal.any([job.signal, stopped.signal]);
          await ring(said.parse(job.data), { isLast: job.retryCount >= job.retryLimit, signal });
        },
      );
      // Each minute in one of all processes, and now, for what was due while there was none.
      await boss.schedule(TICKS, '* * * * *');
      await boss.send(TICKS);
    },
    async close() {
      stopped.abort(new Error('the process ends'));
      await Promise.all([boss.offWork(TICKS), boss.offWork(ALARMS)]);
    },
  };
}
