/** A whole Tertulia around a scripted voice and a scripted platform, on a real store. */

import { type ArticleSource, defaultReaderSettings, type ReaderSettings } from '../../src/article/read.ts';
import { conduct } from '../../src/conducting/orchestrator.ts';
import { Runner, waking } from '../../src/conducting/runner.ts';
import type { Debate, DebateStatus, Limits } from '../../src/debate.ts';
import { findFormat, formats } from '../../src/formats/registry.ts';
import type { Request } from '../../src/host/convene.ts';
import { createHost, type DebateHost } from '../../src/host/host.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import type { Person } from '../../src/ports/host.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Caster, Voice } from '../../src/ports/voice.ts';
import type { Scheduling } from '../../src/schedules/scheduler.ts';
import { type Prices, priced } from '../../src/spending/prices.ts';
import { ANA, createScriptedAdapter, type ScriptedAdapter } from './scripted-adapter.ts';

export interface Table {
  readonly adapter: ScriptedAdapter;
  readonly host: DebateHost;
  readonly runner: Runner;
  /** What schedules at work need. */
  readonly scheduling: Scheduling;
  /** Opens a debate on a question; nothing is said before `run`. */
  convene(question?: string, limits?: Partial<Limits>, by?: Person, more?: Partial<Request>): Promise<Debate>;
  /** Until it rests. */
  run(debate: Debate): Promise<DebateStatus>;
  /** The same without a runner, until the signal aborts it. */
  conduct(debate: Debate, signal: AbortSignal): Promise<DebateStatus>;
  /** The thread as readers see it: `AI Doomer: words`. */
  thread(): string[];
}

/** The one scripted voices name. */
const MODEL = 'scripted:one';

const LIMITS: Limits = { rounds: 1, words: 120, tokens: null, turns: 80, time: 3_600_000 };

interface Laying {
  readonly now?: () => Date;
  readonly workspace?: string;
  readonly reader?: ReaderSettings;
  /** Debates begin, and nobody speaks before `run`. */
  readonly idle?: boolean;
  readonly caster?: Caster;
  readonly format?: string;
  readonly panel?: string;
  /** Default: a bare question. */
  readonly source?: ArticleSource | null;
  readonly prices?: Prices;
  /** ms, monotonic. */
  readonly clock?: () => number;
}

let debates = 0;

export async function layTable(
  store: Store,
  voice: Voice,
  adapter = createScriptedAdapter(),
  {
    now = () => new Date(),
    workspace = 'local',
    format = 'panel',
    panel = 'seven',
    source = null,
    reader = defaultReaderSettings,
    idle = false,
    caster,
    prices = () => null,
    clock = () => performance.now(),
  }: Laying = {},
): Promise<Table> {
  const library = await loadLibrary(null);
  const speaking = priced(voice, prices);
  const take = async (workspace: string, id: string, signal: AbortSignal) => {
    const held = findFormat((await store.load(workspace, id))?.debate.format ?? '');
    return conduct({ store, voice: speaking, adapter, format: held, prices, now: clock }, workspace, id, signal);
  };
  const runner = new Runner(take);
  /** Nothing is said in these before they are run. */
  const silent = new Set<string>();
  const woken = waking(store, (workspace, id) => {
    if (!idle && !silent.has(id)) runner.wake(workspace, id);
  });
  const host = createHost({
    store: woken,
    adapter: () => adapter,
    library,
    formats,
    voice: voice.kind,
    fits: () => undefined,
    reader,
    limits: LIMITS,
    unpriced: () => (prices(MODEL) ? [] : [MODEL]),
    newId: () => `d${++debates}`,
    now,
    ...(caster && { caster }),
  });
  await adapter.start(host);
  return {
    adapter,
    host,
    runner,
    scheduling: {
      store: woken,
      adapters: [adapter],
      convene: host.convene,
      reader,
      now,
      trouble: () => undefined,
    },
    async convene(question = 'Is it worth it?', limits = {}, by = ANA, more = {}) {
      const id = `d${debates + 1}`;
      silent.add(id);
      const debate = await host.convene(
        { source, question, language: 'en', format, panel, limits, ...more },
        { by, place: { adapter: adapter.name, workspace, channel: 'room', thread: null }, origin: null },
      );
      silent.delete(id);
      return debate;
    },
    run: (debate) => runner.run(debate.workspace, debate.id),
    conduct: (debate, signal) => take(debate.workspace, debate.id, signal),
    thread: () => adapter.posted.map(({ speakerName, text }) => `${speakerName}: ${text}`),
  };
}
