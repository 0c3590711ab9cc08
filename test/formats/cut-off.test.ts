/** Every format, cut off at random moments and taken up again, while people speak at random moments. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Debate, Log } from '../../src/debate.ts';
import { formats } from '../../src/formats/registry.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Cue } from '../../src/ports/voice.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { createScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import { layTable } from '../fakes/table.ts';
import { logOf, shown } from './stage.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

const RUNS = Number(process.env.CUT_OFF_RUNS ?? 2);

/** What happens as the so-manieth call to the model begins. */
const event = fc.record({
  call: fc.integer({ min: 0, max: 30 }),
  what: fc.constantFrom('cut', 'cut', 'say', 'ask') as fc.Arbitrary<'cut' | 'say' | 'ask'>,
});
type Event = typeof event extends fc.Arbitrary<infer E> ? E : never;

const WORDS = { say: 'What does it cost in energy?', ask: '@critic who gains from this?' } as const;

interface Outcome {
  readonly log: Log;
  readonly posted: readonly string[];
  readonly cues: readonly Cue[];
}

let tables = 0;

/** Holds one debate to its end however often it is cut off. */
async function heldThrough(format: string, events: readonly Event[]): Promise<Outcome> {
  const adapter = createScriptedAdapter();
  const cues: Cue[] = [];
  const left = new Map(events.map((each) => [each.call, each.what]));
  let cut = new AbortController();
  const voice = scriptedVoice(async (cue) => {
    const now = left.get(cues.length);
    left.delete(cues.length);
    cues.push(cue);
    if (now === 'cut') cut.abort(new Error('cut off'));
    else if (now) await adapter.receive({ type: 'say', text: WORDS[now] }, 'en');
    return cue.move.purpose === 'alone' ? `The secret of ${cue.persona.id}.` : fairScript(cue);
  });
  const table = await layTable(store, voice, adapter, { format, workspace: `cut-${++tables}` });
  let debate: Debate = await table.convene();
  for (;;) {
    cut = new AbortController();
    const { signal } = cut;
    const running = await table.conduct(debate, signal).catch((error: unknown) => {
      if (!signal.aborted) throw error;
      return 'running' as const;
    });
    ({ debate } = await logOf(store, debate));
    if (running !== 'running') break;
  }
  return { log: await logOf(store, debate), posted: adapter.posted.map(({ message }) => message.key), cues };
}

const law = (format: string) =>
  fc.asyncProperty(fc.array(event, { minLength: 1, maxLength: 8 }), async (events) => {
    const { log, posted, cues } = await heldThrough(format, events);
    const { turns } = log;
    expect(log.debate.status).toBe('concluded');
    expect(turns.map((turn) => turn.n)).toEqual(turns.map((_, at) => at + 1));
    const keys = turns.map((turn) => turn.key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(turns.filter((turn) => turn.kind === 'synthesis')).toHaveLength(1);
    // Every public turn of the panel's is posted once, and nothing else is.
    expect(new Set(posted).size).toBe(posted.length);
    const own = turns.filter((turn) => turn.public && turn.speaker !== 'human');
    expect(new Set(posted.map((key) => Number(key.split(':')[1])))).toEqual(new Set(own.map((turn) => turn.n)));
    for (const asked of turns.filter((turn) => turn.kind === 'question')) {
      expect(turns.filter((turn) => turn.answers.includes(asked.n)).map((turn) => turn.speaker)).toEqual(['critic']);
    }
    for (const said of turns.filter((turn) => turn.kind === 'human')) {
      const takers = turns.filter((turn) => turn.repliesTo.includes(said.n) && turn.kind !== 'notes');
      expect({ said: said.n, takers: takers.map((turn) => turn.n) }).toEqual({
        said: said.n,
        takers: [expect.any(Number)],
      });
    }
    if (format === 'deliberation') {
      for (const cue of cues.filter(({ move }) => move.purpose === 'alone')) {
        expect(shown(cue)).not.toContain('The secret of');
      }
    }
  });

test.each(formats.map(({ id }) => id))(
  '%s ends as if nothing had happened, nobody unheard or answered twice',
  async (id) => {
    await fc.assert(law(id), { numRuns: RUNS });
  },
  600_000,
);
