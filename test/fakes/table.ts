/** A whole Tertulia around a scripted voice and a scripted platform, on a real store. */

import { defaultReaderSettings } from '../../src/article/read.ts';
import type { Debate, DebateStatus, Limits } from '../../src/debate.ts';
import { findFormat, formats } from '../../src/formats/registry.ts';
import { createHost, type DebateHost } from '../../src/host.ts';
import { conduct } from '../../src/orchestrator.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import type { Person, Store, Voice } from '../../src/ports.ts';
import { Runner } from '../../src/runner.ts';
import type { Scheduling } from '../../src/schedules/scheduler.ts';
import { ANA, createScriptedAdapter, type ScriptedAdapter } from './scripted-adapter.ts';

export interface Table {
  readonly adapter: ScriptedAdapter;
  readonly host: DebateHost;
  readonly runner: Runner;
  /** What schedules at work need. */
  readonly scheduling: Scheduling;
  /** Opens a debate on a question; nothing is said before `run`. */
  convene(question?: string, limits?: Partial<Limits>, by?: Person): Promise<Debate>;
  /** Until it rests. */
  run(debate: Debate): Promise<DebateStatus>;
  /** The thread as readers see it: `AI Doomer: words`. */
  thread(): string[];
}

const LIMITS: Limits = { rounds: 1, words: 120, tokens: null, turns: 80, time: 3_600_000 };

let debates = 0;

/** `idle`: debates begin, and nobody speaks before `run`. */
export async function layTable(
  store: Store,
  voice: Voice,
  adapter = createScriptedAdapter(),
  { now = () => new Date(), workspace = 'local', reader = defaultReaderSettings, idle = false } = {},
): Promise<Table> {
  const library = await loadLibrary(null);
  const runner = new Runner((workspace, id, signal) =>
    conduct(
      { store, voice, adapter, format: findFormat('panel'), now: () => performance.now() },
      workspace,
      id,
      signal,
    ),
  );
  const enqueue = async (debate: Debate) => {
    if (!idle) runner.run(debate.workspace, debate.id).catch(() => undefined);
  };
  const host = createHost({
    store,
    adapter: () => adapter,
    library,
    formats,
    voice: voice.kind,
    fits: () => undefined,
    reader,
    limits: LIMITS,
    newId: () => `d${++debates}`,
    now,
    enqueue,
  });
  await adapter.start(host);
  return {
    adapter,
    host,
    runner,
    scheduling: {
      store,
      adapter: () => adapter,
      convene: host.convene,
      enqueue,
      reader,
      now,
      trouble: () => undefined,
    },
    convene: (question = 'Is it worth it?', limits = {}, by = ANA) =>
      host.convene(
        { source: null, question, language: 'en', format: null, panel: null, limits },
        { by, place: { adapter: adapter.name, workspace, channel: 'room', thread: null }, origin: null },
      ),
    run: (debate) => runner.run(debate.workspace, debate.id),
    thread: () => adapter.posted.map(({ speakerName, text }) => `${speakerName}: ${text}`),
  };
}
