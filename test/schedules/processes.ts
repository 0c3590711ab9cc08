/** Processes that mind the alarms of one database, each with a clock of its own, and each mortal. Time is simulated. */
import pg from 'pg';
import { type AttachableClock, PgBoss, type TestClock } from 'pg-boss';
import { openAlarms } from '../../db/alarms.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Alarms } from '../../src/schedules/schedule.ts';
import { ring, type Scheduling, tick } from '../../src/schedules/scheduler.ts';

export interface Process {
  readonly isAlive: boolean;
  /** What it is at has come to something, or it is dead. */
  quiet(): Promise<void>;
  stop(): Promise<void>;
  /** Of one that is dead: its connections end, and nothing is told to anybody. */
  bury(): Promise<void>;
}

let born = 0;

export interface Life {
  readonly url: string;
  readonly clock: TestClock;
  /** How far its clock is from the database's. ms */
  readonly skew: number;
  readonly scheduling: Omit<Scheduling, 'now'>;
  /** Asked before and after each thing it does to the world: true, and it dies there. */
  readonly dies: () => boolean;
}

/** pg-boss on a server, as `tertulia serve` has it, on a clock that is ahead or behind and stops with its process. */
export async function startProcess({ url, clock, skew, scheduling, dies }: Life): Promise<Process> {
  let alive = true;
  const whileAlive = (act: () => void) => () => {
    if (alive) act();
  };
  let detach: () => PromiseLike<void> = async () => undefined;
  const name = `process-${++born}`;
  const own: AttachableClock = {
    now: () => clock.now() + skew,
    setTimeout: (act, ms) => clock.setTimeout(whileAlive(act), ms),
    setInterval: (act, ms) => clock.setInterval(whileAlive(act), ms),
    clearTimeout: (handle) => clock.clearTimeout(handle),
    clearInterval: (handle) => clock.clearInterval(handle),
    attach: async (target) => {
      const attached = await clock.attach(target);
      detach = () => attached[Symbol.asyncDispose]();
      return attached;
    },
  };
  const boss = new PgBoss({
    connectionString: url,
    application_name: name,
    max: 2,
    schema: 'tertulia_queue',
    clock: own,
    cronMonitorIntervalSeconds: 5,
    cronWorkerIntervalSeconds: 5,
    superviseIntervalSeconds: 10,
    monitorIntervalSeconds: 10,
    openTelemetry: { enabled: false },
  });
  boss.on('error', () => undefined);
  await boss.start();
  const alarms = await openAlarms(boss);
  const dead = Promise.withResolvers<never>();
  dead.promise.catch(() => undefined);

  /** A process that is killed does not reject: it never goes on. */
  const mortal = async <T>(act: () => Promise<T>): Promise<T> => {
    if (!alive) return new Promise<never>(() => undefined);
    if (dies()) {
      alive = false;
      dead.reject(new Error('killed'));
      return new Promise<never>(() => undefined);
    }
    return act();
  };
  const throughout = <T>(act: () => Promise<T>): Promise<T> =>
    mortal(async () => {
      const result = await act();
      return mortal(async () => result);
    });
  const life: Scheduling = {
    ...scheduling,
    store: mortalStore(scheduling.store, throughout),
    convene: (...given) => throughout(() => scheduling.convene(...given)),
    now: () => new Date(clock.now() + skew),
  };
  const under = new Set<Promise<unknown>>();
  const minded = async (act: Promise<void>) => {
    under.add(act);
    await act.finally(() => under.delete(act));
  };
  const mine: Alarms = { ...alarms, set: (...given) => throughout(() => alarms.set(...given)) };
  await alarms.mind({
    tick: () => minded(tick(life, mine)),
    ring: (alarm, attempt) => minded(ring(life, alarm, attempt)),
  });
  return {
    get isAlive() {
      return alive;
    },
    quiet: async () => {
      await Promise.race([Promise.allSettled(under), dead.promise]).catch(() => undefined);
    },
    stop: () => boss.stop({ graceful: false }),
    async bury() {
      await detach();
      const undertaker = new pg.Client(url);
      await undertaker.connect();
      await undertaker.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1 and datname = current_database()',
        [name],
      );
      await undertaker.end();
    },
  };
}

function mortalStore(store: Store, throughout: <T>(act: () => Promise<T>) => Promise<T>): Store {
  const { schedules } = store;
  return {
    ...store,
    schedules: {
      ...schedules,
      during: (...given) => throughout(() => schedules.during(...given)),
      end: (...given) => throughout(() => schedules.end(...given)),
      runs: (...given) => throughout(() => schedules.runs(...given)),
    },
  };
}
