/** Wires a running Tertulia together; the only file, with `cli.ts`, that imports from all sides. */
import { randomInt } from 'node:crypto';
import { openStore } from '../db/connect.ts';
import { createOfflineVoice } from './agents/offline/voice.ts';
import type { Config } from './config.ts';
import type { Preparation } from './convene.ts';
import type { Debate, DebateStatus } from './debate.ts';
import { InputError, Interrupted, remedyOf } from './errors.ts';
import { findFormat } from './formats/registry.ts';
import { createHost, type DebateHost } from './host.ts';
import { conduct } from './orchestrator.ts';
import type { Adapter, Store, Voice } from './ports.ts';
import { Runner } from './runner.ts';

export interface Tertulia {
  readonly store: Store;
  readonly host: DebateHost;
  readonly runner: Runner;
  /** Throws an InputError when the debate cannot go on here: it is held elsewhere, or its model is not set. */
  mustTakeUp(debate: Debate): void;
  close(): Promise<void>;
}

/** Who looks after debates when nobody waits for one in particular. */
export interface Keeper {
  /** What becomes of a debate when this process stops: what is left as it is, the next that starts takes up. */
  readonly interrupted: 'paused' | 'left';
  rested(debate: Debate, status: DebateStatus): void;
  failed(debate: Debate, error: unknown): void;
}

/** A single debate in a terminal: its reader sees how it goes, and takes it up again by hand. */
const nobody: Keeper = { interrupted: 'paused', rested: () => undefined, failed: () => undefined };

/** `prepared`: what `prepare` made of the same settings. */
export async function openTertulia(
  config: Config,
  adapters: readonly Adapter[],
  prepared: Preparation,
  keeper: Keeper = nobody,
): Promise<Tertulia> {
  const { dataDir, databaseUrl, secretKeys } = config;
  const store = await openStore({ dataDir, databaseUrl, secretKeys });
  const voices = voicesOf(config, store);
  const adapter = (name: string) => named(adapters, name);
  const conductors = { store, adapter, voices, keeper };
  const runner = new Runner((workspace, id, signal) => conductOne(conductors, workspace, id, signal));
  const host = createHost({
    ...prepared,
    store,
    adapter,
    newId,
    now: () => new Date(),
    // Whoever waits for the debate hears of a failure, and its keeper; its status keeps it for everybody else.
    enqueue: async (debate) => void runner.run(debate.workspace, debate.id).catch(() => undefined),
  });
  return {
    store,
    host,
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

interface Conductors {
  readonly store: Store;
  readonly adapter: (name: string) => Adapter;
  readonly voices: (kind: Debate['voice']) => Promise<Voice>;
  readonly keeper: Keeper;
}

/** Takes one debate on; its failure is written on it, so that its status says what happened and it can be resumed. */
async function conductOne(conductors: Conductors, workspace: string, id: string, signal: AbortSignal) {
  const { store, adapter, voices, keeper } = conductors;
  const log = await store.load(workspace, id);
  if (!log) throw new Error(`there is no debate ${id}`);
  const { debate } = log;
  try {
    const held = { store, adapter: adapter(debate.thread.adapter), format: findFormat(debate.format) };
    const voice = await voices(debate.voice);
    const status = await conduct({ ...held, voice, now: () => performance.now() }, workspace, id, signal);
    keeper.rested(debate, status);
    return status;
  } catch (error) {
    if (signal.aborted) {
      if (keeper.interrupted === 'paused') {
        await store.change(workspace, id, { status: 'paused' }).catch(() => undefined);
      }
      throw new Interrupted();
    }
    const failure = (remedyOf(error) ?? asError(error)).message;
    await store.change(workspace, id, { status: 'failed', failure }).catch(() => undefined);
    keeper.failed(debate, error);
    throw error;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}

/** LangChain takes a third of a second to load: only who uses it waits for it. */
function voicesOf({ model }: Config, store: Store): (kind: Debate['voice']) => Promise<Voice> {
  const offline = createOfflineVoice();
  let speaking: Promise<Voice> | null = null;
  return async (kind) => {
    if (kind === 'offline') return offline;
    if (!model) throw withoutModel();
    speaking ??= import('./agents/model-voice.ts').then(({ createModelVoice }) => createModelVoice(model, store));
    return speaking;
  };
}

function withoutModel(): InputError {
  return new InputError({
    en: 'This debate was begun with a language model and none is set now; set TERTULIA_MODEL (and its key) and resume it.',
    es: 'Este debate empezó con un modelo de lenguaje y ahora no hay ninguno; define TERTULIA_MODEL (y su clave) y reanúdalo.',
  });
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
