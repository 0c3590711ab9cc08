/** Alarms in memory, for tests: they ring when told that it is time, as often as it takes. */
import type { Alarm, Alarms } from '../../src/schedules/schedule.ts';

/** How often an alarm whose ringing fails is rung. */
const TRIES = 3;

export interface HandAlarms extends Alarms {
  readonly waiting: readonly { readonly alarm: Alarm; readonly at: Date }[];
  /** Takes those that are due off, and rings each until that succeeds. */
  ringUpTo(
    moment: Date,
    ring: (alarm: Alarm, attempt: { isLast: boolean; signal: AbortSignal }) => Promise<void>,
  ): Promise<void>;
}

/** `workspace`: others' are somebody else's. */
export function createHandAlarms(workspace: string): HandAlarms {
  const waiting = new Map<string, { alarm: Alarm; at: Date }>();
  return {
    get waiting() {
      return [...waiting.values()];
    },
    async set(alarm, at) {
      if (alarm.workspace !== workspace) return;
      const key = [alarm.workspace, alarm.schedule, alarm.slot.toISOString(), alarm.act].join('/');
      if (!waiting.has(key)) waiting.set(key, { alarm, at });
    },
    async mind() {},
    async close() {},
    async ringUpTo(moment, ring) {
      const due = [...waiting].filter(([, { at }]) => at <= moment);
      for (const [key, { alarm }] of due.toSorted(([, one], [, other]) => one.at.getTime() - other.at.getTime())) {
        const signal = new AbortController().signal;
        for (let attempt = 1; attempt <= TRIES; attempt++) {
          const isLast = attempt === TRIES;
          const failed = await ring(alarm, { isLast, signal }).then(
            () => null,
            (error: unknown) => error ?? new Error('nothing'),
          );
          if (failed === null) break;
          if (isLast) throw failed;
        }
        waiting.delete(key);
      }
    },
  };
}
