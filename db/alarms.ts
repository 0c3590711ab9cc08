/** Alarms of schedules by pg-boss: a job each, due at its moment by the database's clock, in one process at a time. */
import type { JobResult, JobWithMetadata, PgBoss } from 'pg-boss';
import { z } from 'zod';
import { asError } from '../src/errors.ts';
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

/** Seconds between looks: how late an alarm may ring. */
const POLL = 2;
const AT_A_TIME = 8;

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
      const minded = async (job: JobWithMetadata<unknown>): Promise<JobResult> => {
        const signal = AbortSignal.any([job.signal, stopped.signal]);
        try {
          await ring(said.parse(job.data), { isLast: job.retryCount >= job.retryLimit, signal });
          return { id: job.id, status: 'completed' };
        } catch (error) {
          return { id: job.id, status: 'failed', output: { reason: asError(error).message } };
        }
      };
      await boss.work(
        ALARMS,
        {
          pollingIntervalSeconds: POLL,
          includeMetadata: true,
          perJobResults: true,
          // Whoever waits for a slow feed does not keep the others.
          localConcurrency: 2,
          // At nine on Mondays many ring at once: as long as there are more, they are fetched without a pause.
          batchSize: AT_A_TIME,
          burstWhenBatchFull: true,
        },
        (jobs) => Promise.all(jobs.map(minded)),
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
