/**
 * Schedules at work. The table says which run each waits for; once a minute whoever is woken sets an alarm for those
 * that are near, and the alarm rings in one process. The debate of a run has the run for its origin and the schedule
 * goes on to its next run only from the one it waits for, so that ringing twice, or dying in the act, changes nothing.
 */

import type { ReaderSettings } from '../article/read.ts';
import { articleSource } from '../article/read.ts';
import type { Debate } from '../debate.ts';
import { remedyOf } from '../errors.ts';
import type { Occasion, Request } from '../host/convene.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Store } from '../ports/store.ts';
import { failingReason, OUR_FAULT, runsInARow } from './failing.ts';
import * as notice from './notices.ts';
import { nextRun } from './rhythm.ts';
import type { Alarm, Alarms, Attempt, Run, Schedule, ScheduleChange, Topic } from './schedule.ts';
import { pickTopic } from './topic.ts';

export interface Scheduling {
  readonly store: Store;
  /** Those connected here. */
  readonly adapters: readonly Adapter[];
  readonly convene: (request: Request, occasion: Occasion, signal?: AbortSignal) => Promise<Debate>;
  readonly reader: ReaderSettings;
  readonly now: () => Date;
  /** What went wrong that nobody could be told. */
  readonly trouble: (what: string, schedule: Schedule, error: unknown) => void;
}

/** ms: alarms are set so long before they ring, which is more than lies between two ticks. */
const NEAR = 150_000;
/** ms: a run that rings later than this was missed. Far more than clocks differ by. */
const GRACE = 15 * 60_000;
const MINUTE = 60_000;

/** Sets the alarms of what is near. */
export async function tick({ store, adapters, now }: Scheduling, alarms: Alarms): Promise<void> {
  const until = new Date(now().getTime() + NEAR);
  for (const due of await store.schedules.due(until)) {
    const { workspace, id: schedule, next: slot, ahead, announced } = due;
    if (!slot || !adapters.some(({ name }) => name === due.adapter)) continue;
    const alarm = { workspace, schedule, slot };
    if (ahead > 0 && announced?.getTime() !== slot.getTime() && now() < slot) {
      await alarms.set({ ...alarm, act: 'announce' }, new Date(slot.getTime() - ahead * MINUTE));
    }
    if (slot <= until) await alarms.set({ ...alarm, act: 'run' }, slot);
  }
}

/** Does what the alarm is for; rejects when it is worth trying again. */
export async function ring(scheduling: Scheduling, alarm: Alarm, attempt: Attempt): Promise<void> {
  const schedule = await scheduling.store.schedules.find(alarm.workspace, alarm.schedule);
  const isAwaited = schedule?.state === 'active' && schedule.next?.getTime() === alarm.slot.getTime();
  if (!schedule || !isAwaited) return;
  // Never counted as its failure: where its platform is connected it rings again.
  adapterOf(scheduling, schedule);
  const act = alarm.act === 'announce' ? announce : run;
  await act(scheduling, schedule, alarm.slot, attempt);
}

async function announce(scheduling: Scheduling, schedule: Schedule, slot: Date, attempt: Attempt): Promise<void> {
  const { store, now } = scheduling;
  const { workspace, id } = schedule;
  if (schedule.announced?.getTime() === slot.getTime() || now() >= slot) return;
  try {
    const topic = schedule.topic ?? (await pick(scheduling, schedule, attempt));
    if (topic) await tell(scheduling, schedule, notice.announcement(schedule, slot, topic, now()));
    await store.schedules.during(workspace, id, slot, { announced: slot, topic });
  } catch (error) {
    attempt.signal.throwIfAborted();
    if (!attempt.isLast) throw error;
    // The run itself is still to come, and tells what is wrong.
    await store.schedules.during(workspace, id, slot, { announced: slot });
  }
}

async function run(scheduling: Scheduling, schedule: Schedule, slot: Date, attempt: Attempt): Promise<void> {
  const { store, now } = scheduling;
  const { workspace, id } = schedule;
  const isLate = now().getTime() - slot.getTime() > GRACE;
  if (isLate && schedule.missed === 'skip') return end(scheduling, schedule, { ...nothing(slot), outcome: 'missed' });
  const before = runsInARow(schedule, await store.schedules.runs(workspace, id, 10));
  const broken = failingReason(before);
  if (broken) return suspend(scheduling, schedule, slot, broken);
  if (!(await store.schedules.during(workspace, id, slot, { begun: slot }))) return;
  try {
    const topic = schedule.topic ?? (await pick(scheduling, schedule, attempt));
    if (!topic) return await beQuiet(scheduling, schedule, slot);
    // Whoever comes after us, should we die, debates the same.
    await store.schedules.during(workspace, id, slot, { topic });
    const debate = await hold(scheduling, schedule, slot, topic, attempt.signal);
    await end(scheduling, schedule, { ...nothing(slot), outcome: 'debated', topic, debate: debate.id });
  } catch (error) {
    attempt.signal.throwIfAborted();
    if (!attempt.isLast) throw error;
    await fail(scheduling, schedule, { ...nothing(slot), outcome: 'failed' }, error);
  }
}

function pick(scheduling: Scheduling, schedule: Schedule, { signal }: Attempt): Promise<Topic | null> {
  const { store, reader } = scheduling;
  return pickTopic({ store, adapter: adapterOf(scheduling, schedule), reader }, schedule, signal);
}

function adapterOf({ adapters }: Scheduling, { id, place }: Schedule): Adapter {
  const adapter = adapters.find(({ name }) => name === place.adapter);
  if (!adapter) throw new Error(`schedule ${id} is for ${place.adapter}, which is not connected here`);
  return adapter;
}

/** The run's debate, begun once however often it is asked for. */
async function hold(
  { store, convene }: Scheduling,
  schedule: Schedule,
  slot: Date,
  topic: Topic,
  signal: AbortSignal,
): Promise<Debate> {
  const { workspace, id, place, createdBy, language, format, panel, tokens } = schedule;
  const source = topic.article === null ? null : articleSource(topic.article);
  const limits = tokens === null ? {} : { tokens };
  // Whether they may was settled when they made it; the limits of the workspace hold all the same.
  const by = { ...createdBy, admin: true, roles: [] };
  const debate = await convene(
    { source, question: topic.question, follows: topic.follows, language, format, panel, limits },
    { by, place: { workspace, ...place }, origin: `schedule:${id}:${slot.toISOString()}` },
    signal,
  );
  if (debate.status === 'failed') {
    // An earlier attempt saved it and could not open its thread.
    await store.change(workspace, debate.id, { status: 'running', failure: null });
  }
  return debate;
}

function nothing(slot: Date): Omit<Run, 'outcome'> {
  return { slot, topic: null, debate: null, why: null };
}

async function beQuiet(scheduling: Scheduling, schedule: Schedule, slot: Date): Promise<void> {
  const isThrough = schedule.source.kind === 'list';
  const change: ScheduleChange = isThrough ? { state: 'suspended', reason: notice.THROUGH } : {};
  await end(scheduling, schedule, { ...nothing(slot), outcome: 'quiet' }, change);
  if (isThrough || schedule.whenQuiet === 'say') await tellSurely(scheduling, schedule, notice.quiet(schedule, slot));
}

async function fail(scheduling: Scheduling, schedule: Schedule, run: Run, error: unknown): Promise<void> {
  const { store, trouble } = scheduling;
  const why = remedyOf(error)?.text ?? OUR_FAULT;
  trouble('a scheduled debate could not begin', schedule, error);
  const before = await store.schedules.runs(schedule.workspace, schedule.id, 10);
  const reason = failingReason(runsInARow(schedule, [{ ...run, why, debateStatus: null }, ...before]));
  await end(scheduling, schedule, { ...run, why }, reason ? { state: 'suspended', reason } : {});
  const word = reason ? notice.suspended(schedule, run.slot, reason) : notice.failed(schedule, run.slot, why);
  await tellSurely(scheduling, schedule, word);
}

/** The debates of its last runs broke off: no other one is begun. */
async function suspend(
  scheduling: Scheduling,
  schedule: Schedule,
  slot: Date,
  reason: NonNullable<Schedule['reason']>,
): Promise<void> {
  await end(scheduling, schedule, { ...nothing(slot), outcome: 'missed' }, { state: 'suspended', reason });
  await tellSurely(scheduling, schedule, notice.suspended(schedule, slot, reason));
}

/** Keeps what came of the run and goes on to the next one that still lies ahead. */
async function end(
  { store, now }: Pick<Scheduling, 'store' | 'now'>,
  schedule: Schedule,
  run: Run,
  change: ScheduleChange = {},
): Promise<void> {
  const { workspace, id } = schedule;
  await store.schedules.end(workspace, id, run, { next: following(schedule, run.slot, now()), topic: null, ...change });
}

/** Of several runs that nobody was there for, none comes again. */
export function following({ rhythm, zone, createdAt }: Schedule, slot: Date, now: Date): Date | null {
  return nextRun(rhythm, zone, slot > now ? slot : now, createdAt);
}

async function tell(
  scheduling: Scheduling,
  schedule: Schedule,
  { key, text, invites = [] }: notice.Word,
): Promise<void> {
  const { workspace, place, words } = schedule;
  await adapterOf(scheduling, schedule).tell?.({ workspace, ...place }, { key, text, language: words, invites });
}

/** What happened is kept by now: that nobody hears of it must not undo it. */
async function tellSurely(scheduling: Scheduling, schedule: Schedule, word: notice.Word): Promise<void> {
  await tell(scheduling, schedule, word).catch((error: unknown) =>
    scheduling.trouble('a schedule could not say something', schedule, error),
  );
}

/** The bot was thrown out there. */
export async function suspendAll(
  { schedules }: Pick<Store, 'schedules'>,
  adapter: string,
  workspace: string,
): Promise<void> {
  const all = (await schedules.list(workspace)).filter(
    ({ place, state }) => place.adapter === adapter && state === 'active',
  );
  for (const { id } of all) {
    await schedules.change(workspace, id, { state: 'suspended', reason: notice.REMOVED, next: null, topic: null });
  }
}
