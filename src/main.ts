/** Wires a running Tertulia together; the only file, with `cli.ts`, that imports from all sides. */
import { randomInt } from 'node:crypto';
import { openDatabase, openShared, openStore, type StoreSettings } from '../db/connect.ts';
import { patient, patiently } from './conducting/held.ts';
import { conduct } from './conducting/orchestrator.ts';
import { Runner, waking } from './conducting/runner.ts';
import { type Voices, voicesOf, withoutModel } from './conducting/voices.ts';
import { type Keeper, PAUSES, Worker } from './conducting/worker.ts';
import type { Config } from './config.ts';
import type { Debate } from './debate.ts';
import { asError, InputError, Interrupted, remedyOf } from './errors.ts';
import { findFormat } from './formats/registry.ts';
import { createHost, type DebateHost } from './host/host.ts';
import { observedHost, type Watch } from './operating/observe.ts';
import type { Adapter } from './ports/adapter.ts';
import type { Queue } from './ports/queue.ts';
import type { Store } from './ports/store.ts';
import type { Throttle } from './ports/voice.ts';
import type { Prepared } from './prepare.ts';
import { ring, type Scheduling, tick } from './schedules/scheduler.ts';
import type { Prices } from './spending/prices.ts';

/** Alone on its database: one debate in a terminal, whose reader sees how it goes and takes it up again by hand. */
export interface Tertulia {
  readonly store: Store;
  readonly host: DebateHost;
  readonly runner: Runner;
  /** Throws an InputError when the debate cannot go on here: it is held elsewhere, or its model is not set. */
  mustTakeUp(debate: Debate): void;
  close(): Promise<void>;
}

/** `prepared`: what `prepare` made of the same settings. */
export async function openTertulia(
  config: Config,
  adapters: readonly Adapter[],
  prepared: Prepared,
): Promise<Tertulia> {
  const log = await openStore(databaseOf(config));
  const { prices } = prepared;
  const voices = voicesOf(config.model, log, prices);
  const adapter = (name: string) => named(adapters, name);
  const runner = new Runner((workspace, id, signal) =>
    conductAlone({ store: log, adapter, voices, prices }, workspace, id, signal),
  );
  const store = waking(log, (workspace, id) => runner.wake(workspace, id));
  return {
    store,
    host: hostOf(prepared, store, adapter),
    runner,
    mustTakeUp: ({ thread, voice }) => {
      adapter(thread.adapter);
      if (voice === 'model' && !config.model) throw withoutModel();
    },
    close: async () => {
      await runner.stop(new Interrupted());
      await store.close();
    },
  };
}

/** One of any number of processes that share a database: what people do is kept, and a worker somewhere goes on from it. */
export interface Service {
  readonly store: Store;
  readonly queue: Queue;
  readonly host: DebateHost;
  readonly worker: Worker;
  /** From now on this process is one of those that see to what is scheduled. */
  mindSchedules(): Promise<void>;
  /** Hands over what this process conducts, and lets go of the database. */
  close(): Promise<void>;
}

interface ServiceSettings {
  readonly keeper: Keeper;
  readonly watch: Watch;
  /** Whether this process fires what is due. */
  readonly schedules: boolean;
  readonly pauses?: readonly number[];
}

export async function openService(
  config: Config,
  adapters: readonly Adapter[],
  prepared: Prepared,
  settings: ServiceSettings,
): Promise<Service> {
  const { keeper, watch, schedules, pauses = PAUSES } = settings;
  const { heartbeatSeconds, perWorkspace, atOnce, callsPerMinute } = config.serving;
  const { store, queue, alarms, throttle } = await openShared(await openDatabase(databaseOf(config)), {
    adapters: adapters.map(({ name }) => name),
    heartbeatSeconds,
    perWorkspace,
    callsPerMinute,
    schedules,
    trace: watch.here,
    onTrouble: (error) => keeper.trouble(error),
  });
  const closing = new AbortController();
  const asking: Throttle = {
    pass: (model) => patiently(() => throttle.pass(model), closing.signal),
    hold: (model, ms) => patiently(() => throttle.hold(model, ms), closing.signal),
  };
  const { formats, prices } = prepared;
  const voices = voicesOf(config.model, patient(store, closing.signal), prices, asking);
  const worker = new Worker({ queue, store, voices, prices, adapters, formats, keeper, watch, room: atOnce, pauses });
  const adapter = (name: string) => named(adapters, name);
  const host = observedHost(hostOf(prepared, store, adapter), watch.observe);
  const scheduling: Scheduling = {
    ...{ store, adapters, convene: host.convene, reader: prepared.reader, now: () => new Date() },
    trouble: (what, { workspace, id }, cause) =>
      keeper.trouble(new Error(`${what} (schedule ${id} of ${workspace})`, { cause })),
  };
  return {
    store,
    queue,
    host,
    worker,
    mindSchedules: () =>
      alarms.mind({
        tick: () => tick(scheduling, alarms),
        ring: (alarm, attempt) => ring(scheduling, alarm, attempt),
      }),
    close: async () => {
      closing.abort(new Interrupted());
      await worker.stop();
      await store.close();
    },
  };
}

function databaseOf({ dataDir, databaseUrl, secretKeys }: Config): StoreSettings {
  return { dataDir, databaseUrl, secretKeys };
}

function hostOf(prepared: Prepared, store: Store, adapter: (name: string) => Adapter): DebateHost {
  return createHost({ ...prepared, store, adapter, newId, now: () => new Date() });
}

interface Means {
  readonly store: Store;
  readonly adapter: (name: string) => Adapter;
  readonly voices: Voices;
  readonly prices: Prices;
}

/** A failure is written on the debate, so that its status says what happened and it can be resumed. */
async function conductAlone(
  { store, adapter, voices, prices }: Means,
  workspace: string,
  id: string,
  signal: AbortSignal,
) {
  const log = await store.load(workspace, id);
  if (!log) throw new Error(`there is no debate ${id}`);
  const { debate } = log;
  try {
    const means = { store, adapter: adapter(debate.thread.adapter), format: findFormat(debate.format) };
    const voice = await voices(debate.voice);
    const status = await conduct({ ...means, voice, prices, now: () => performance.now() }, workspace, id, signal);
    means.adapter.rested?.(debate, status);
    return status;
  } catch (error) {
    if (signal.aborted) {
      await store.change(workspace, id, { status: 'paused' }).catch(() => undefined);
      throw new Interrupted();
    }
    const failure = (remedyOf(error) ?? asError(error)).message;
    await store.change(workspace, id, { status: 'failed', failure }).catch(() => undefined);
    throw error;
  }
}

function named(adapters: readonly Adapter[], name: string): Adapter {
  const adapter = adapters.find((each) => each.name === name);
  if (adapter) return adapter;
  throw new InputError({
    en: `This debate is held on "${name}", which is not connected here; resume it where it was started.`,
    es: `Este debate se celebra en «${name}», que aquí no está conectado; reanúdalo donde empezó.`,
  });
}

const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Short enough to type, no letters that look alike: 31^8 ids. */
function newId(): string {
  return Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}
