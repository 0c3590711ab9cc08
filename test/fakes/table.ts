/** A whole Tertulia around a scripted voice and a scripted platform, on a real store. */

import { type ArticleSource, defaultReaderSettings } from '../../src/article/read.ts';
import type { Debate, DebateStatus, Limits } from '../../src/debate.ts';
import { findFormat, formats } from '../../src/formats/registry.ts';
import { createHost, type DebateHost } from '../../src/host.ts';
import { conduct } from '../../src/orchestrator.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import type { Person, Store, Voice } from '../../src/ports.ts';
import { Runner } from '../../src/runner.ts';
import { ANA, createScriptedAdapter, type ScriptedAdapter } from './scripted-adapter.ts';

export interface Table {
  readonly adapter: ScriptedAdapter;
  readonly host: DebateHost;
  readonly runner: Runner;
  /** Opens a debate on a question; nothing is said before `run`. */
  convene(question?: string, limits?: Partial<Limits>, by?: Person): Promise<Debate>;
  /** Until it rests. */
  run(debate: Debate): Promise<DebateStatus>;
  /** The same without a runner, until the signal aborts it. */
  conduct(debate: Debate, signal: AbortSignal): Promise<DebateStatus>;
  /** The thread as readers see it: `AI Doomer: words`. */
  thread(): string[];
}

const LIMITS: Limits = { rounds: 1, words: 120, tokens: null, turns: 80, time: 3_600_000 };

interface Laying {
  readonly now?: () => Date;
  readonly workspace?: string;
  readonly format?: string;
  readonly panel?: string;
  /** Default: a bare question. */
  readonly source?: ArticleSource | null;
}

let debates = 0;

export async function layTable(
  store: Store,
  voice: Voice,
  adapter = createScriptedAdapter(),
  { now = () => new Date(), workspace = 'local', format = 'panel', panel = 'seven', source = null }: Laying = {},
): Promise<Table> {
  const library = await loadLibrary(null);
  const take = async (workspace: string, id: string, signal: AbortSignal) => {
    const held = findFormat((await store.load(workspace, id))?.debate.format ?? '');
    return conduct({ store, voice, adapter, format: held, now: () => performance.now() }, workspace, id, signal);
  };
  const runner = new Runner(take);
  const host = createHost({
    store,
    adapter: () => adapter,
    library,
    formats,
    voice: voice.kind,
    fits: () => undefined,
    reader: defaultReaderSettings,
    limits: LIMITS,
    newId: () => `d${++debates}`,
    now,
    enqueue: async (debate) => void runner.run(debate.workspace, debate.id).catch(() => undefined),
  });
  await adapter.start(host);
  return {
    adapter,
    host,
    runner,
    convene: (question = 'Is it worth it?', limits = {}, by = ANA) =>
      host.convene(
        { source, question, language: 'en', format, panel, limits },
        { by, place: { adapter: adapter.name, workspace, channel: 'room', thread: null }, origin: null },
      ),
    run: (debate) => runner.run(debate.workspace, debate.id),
    conduct: (debate, signal) => take(debate.workspace, debate.id, signal),
    thread: () => adapter.posted.map(({ speakerName, text }) => `${speakerName}: ${text}`),
  };
}
