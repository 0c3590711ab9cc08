/**
 * Three processes on one Postgres, their clocks up to thirty seconds apart, dying in the act now and then, through both
 * changes of clocks: each run begins one debate. `SCHEDULE_RUNS`: how many; .ci/run asks for a thousand.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestClock } from 'pg-boss';
import { openStore } from '../../db/connect.ts';
import type { Store } from '../../src/ports/store.ts';
import { readRhythm } from '../../src/schedules/read-rhythm.ts';
import { nextRuns } from '../../src/schedules/rhythm.ts';
import type { NewSchedule } from '../../src/schedules/schedule.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';
import { createScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import { layTable } from '../fakes/table.ts';
import { type Process, startProcess } from './processes.ts';

const RUNS = Number(process.env.SCHEDULE_RUNS ?? 40);
const HOUR = 3_600_000;
/** ms: clocks of the three processes against the database's. */
const SKEWS = [0, 30_000, -30_000];
/** Of all that a process does to the world, one in so many is its last. */
const LAST_OF = 250;
/** Night in which clocks go forward in Madrid, and back. */
const NIGHTS = ['2026-03-28T23:45:00Z', '2026-10-24T23:45:00Z'].map((night) => new Date(night));
const HOURS = 2;

/** What all are asked, by night: hourly ones, and those that only a change of clocks makes special. */
const SAID = ['every hour', 'daily at 2:30', 'daily at 3:00', 'cada hora', 'every day at 2:00 and 3:30', '30 2 * * *'];

let server: PostgresServer;
let store: Store;
let url: string;
beforeAll(async () => {
  server = await startPostgres();
  url = await server.database();
  store = await openStore({ dataDir: 'unused', databaseUrl: url });
});
afterAll(async () => {
  await store.close();
  await server.stop();
});

function scheduleOf(at: number, workspace: string): NewSchedule {
  const said = SAID[at % SAID.length] ?? '';
  return {
    workspace,
    id: `s${at}`,
    place: { adapter: 'scripted', channel: 'room', thread: null },
    source: { kind: 'question', question: `Question ${at}?` },
    rhythm: readRhythm(said),
    zone: 'Europe/Madrid',
    ...{ panel: null, format: null, language: 'en', tokens: null, whenQuiet: 'say', ahead: 0, missed: 'once' },
    words: 'en',
    createdBy: { id: 'ana', name: 'Ana' },
  };
}

const slotsOf = ({ rhythm, zone }: NewSchedule, night: Date) =>
  nextRuns(rhythm, zone, night, 50).filter((slot) => slot.getTime() < night.getTime() + HOURS * HOUR);

test(
  `${RUNS} runs over three mortal processes begin a debate each`,
  async () => {
    const table = await layTable(store, scriptedVoice(fairScript), createScriptedAdapter(), { idle: true });
    const clock = new TestClock(NIGHTS[0]);
    let deeds = 0;
    const life = (skew: number) => {
      const { now: _, ...scheduling } = table.scheduling;
      return startProcess({ url, clock, skew, scheduling, dies: () => ++deeds % LAST_OF === 0 });
    };
    const processes: Process[] = [];
    for (const skew of SKEWS) processes.push(await life(skew));
    let deaths = 0;
    const expected = new Map<string, number>();

    for (const [at, night] of NIGHTS.entries()) {
      const perSchedule = slotsOf(scheduleOf(0, ''), night).length;
      const count = Math.max(SAID.length, Math.ceil(RUNS / NIGHTS.length / (perSchedule / 2)));
      const all = Array.from({ length: count }, (_, n) => scheduleOf(n, `night-${at}-${n % 5}`));
      await clock.setTime(night);
      for (const schedule of all) {
        await store.schedules.propose(schedule);
        const [next = null] = slotsOf(schedule, night);
        await store.schedules.change(schedule.workspace, schedule.id, { state: 'active', activeSince: night, next });
        for (const slot of slotsOf(schedule, night))
          expected.set(`${schedule.workspace}/${schedule.id}/${slot.toISOString()}`, 0);
      }
      const moments = [...new Set(all.flatMap((each) => slotsOf(each, night).map((slot) => slot.getTime())))];
      for (const moment of moments.toSorted((a, b) => a - b)) {
        await clock.setTime(moment - 70_000);
        // Until nobody waits for that moment any more; a death and two retries take some minutes.
        const isOver = async () => {
          const [first] = await store.schedules.due(new Date(moment));
          return first === undefined && clock.now() > moment;
        };
        for (let second = 0; second < 1_200 && !(await isOver()); second += 5) {
          await clock.tick(5_000);
          await Promise.all(processes.map((each) => each.quiet()));
          for (const [which, each] of processes.entries()) {
            if (each.isAlive) continue;
            await each.bury();
            deaths += 1;
            processes[which] = await life(SKEWS[which] ?? 0);
          }
        }
      }
      for (const { workspace, id } of all) await store.schedules.change(workspace, id, { state: 'suspended' });
    }

    const begun = new Set<string>();
    for (const workspace of new Set([...expected.keys()].map((key) => key.split('/')[0] ?? ''))) {
      const debates = await store.list(workspace, 5_000);
      for (const schedule of await store.schedules.list(workspace)) {
        for (const run of await store.schedules.runs(workspace, schedule.id, 100)) {
          expect(run.outcome).toBe('debated');
          const key = `${workspace}/${schedule.id}/${run.slot.toISOString()}`;
          expected.set(key, (expected.get(key) ?? 0) + 1);
          begun.add(`${workspace}/${run.debate}`);
        }
      }
      // No debate but those of the runs.
      expect(debates).toHaveLength([...begun].filter((each) => each.startsWith(`${workspace}/`)).length);
    }
    expect([...expected].filter(([, times]) => times !== 1)).toEqual([]);
    expect(begun.size).toBe(expected.size);
    expect(expected.size).toBeGreaterThanOrEqual(RUNS * 0.8);
    expect(deaths).toBeGreaterThan(0);
    process.stdout.write(`${expected.size} runs, ${deaths} deaths\n`);
    await Promise.all(processes.map((each) => each.stop()));
  },
  120_000 + RUNS * 1_000,
);
