import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { conduct } from '../../src/conducting/orchestrator.ts';
import type { Format, Log, Move, Thread } from '../../src/debate.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Cue } from '../../src/ports/voice.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { createScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { scriptedVoice } from '../fakes/scripted-voice.ts';

const WORKSPACE = 'parallel';
const THREAD: Thread = { adapter: 'scripted', channel: 'room', thread: 'one' };
const SEVEN = samplePanel.personas.map(({ id }) => id);

const statements = SEVEN.map(
  (speaker): Move => ({ key: `statement-${speaker}`, kind: 'statement', speaker, round: 0, to: [], answers: [] }),
);

/** Everybody at once, then no more. */
const together: Format = {
  id: 'together',
  summary: { en: 'All at once.', es: 'Todos a la vez.' },
  least: 1,
  most: 12,
  next: ({ turns }: Log) => statements.filter((move) => !turns.some((turn) => turn.key === move.key)),
  expectedTurns: () => statements.length,
};

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

async function convene(id: string): Promise<void> {
  await store.createDebate(WORKSPACE, {
    id,
    articleId: null,
    question: 'Do they wait for each other?',
    language: 'en',
    format: together.id,
    panel: samplePanel,
    voice: 'model',
    limits: { rounds: 1, words: 120, tokens: null, turns: 80, time: 60_000 },
    thread: { ...THREAD, thread: id },
    startedBy: 'ana',
    origin: null,
  });
}

/** A voice that answers nobody until the test says so, move by move. */
function heldVoice() {
  const asked = new Map<string, (said: string | Error) => void>();
  const allAsked = Promise.withResolvers<void>();
  const voice = scriptedVoice(({ move, persona }: Cue) => {
    const { promise, resolve } = Promise.withResolvers<string | Error>();
    asked.set(persona.id, resolve);
    if (asked.size === statements.length) allAsked.resolve();
    return promise.then((said) => (said instanceof Error ? said : `${said} (${move.key})`));
  });
  return {
    voice,
    allAsked: allAsked.promise,
    answer: (id: string, said: string | Error = `This is what ${id} has to say.`) => asked.get(id)?.(said),
  };
}

async function savedSpeakers(id: string): Promise<string[]> {
  return (await store.load(WORKSPACE, id))?.turns.map((turn) => turn.speaker) ?? [];
}

/** Resolves once the log has so many turns. */
async function untilSaved(id: string, count: number): Promise<void> {
  while ((await savedSpeakers(id)).length < count) await new Promise((again) => setTimeout(again, 5));
}

describe('moves of one step', () => {
  test('are all being spoken before any has been', async () => {
    await convene('at-once');
    const { voice, allAsked, answer } = heldVoice();
    const conducted = conduct(conducting(voice), WORKSPACE, 'at-once', AbortSignal.timeout(10_000));
    await allAsked;
    expect(voice.cues.map(({ persona }) => persona.id).sort()).toEqual([...SEVEN].sort());
    expect(voice.cues.map(({ log }) => log.turns.length)).toEqual(SEVEN.map(() => 0));
    for (const id of SEVEN) answer(id);
    expect(await conducted).toBe('concluded');
  });

  test('are saved as each completes and posted in the order saved', async () => {
    await convene('as-completed');
    const { voice, allAsked, answer } = heldVoice();
    const adapter = createScriptedAdapter();
    // The first to finish has the slowest post; nobody overtakes it.
    adapter.beforePost = ({ turn }) => new Promise((arrived) => setTimeout(arrived, turn.n === 1 ? 50 : 1));
    const conducted = conduct(conducting(voice, adapter), WORKSPACE, 'as-completed', AbortSignal.timeout(10_000));
    await allAsked;
    const order = SEVEN.toReversed();
    for (const [done, id] of order.entries()) {
      answer(id);
      await untilSaved('as-completed', done + 1);
      expect(await savedSpeakers('as-completed')).toEqual(order.slice(0, done + 1));
    }
    expect(await conducted).toBe('concluded');
    expect(adapter.posted.map(({ message }) => message.turn.speaker)).toEqual(order);
    expect(await store.owed(WORKSPACE, 'as-completed')).toEqual([]);
  });

  test('that complete are kept when another fails, and only that one is spoken again', async () => {
    await convene('one-fails');
    const first = heldVoice();
    const failing = conduct(conducting(first.voice), WORKSPACE, 'one-fails', AbortSignal.timeout(10_000));
    await first.allAsked;
    for (const id of SEVEN) first.answer(id, id === 'critic' ? new Error('no words') : undefined);
    await expect(failing).rejects.toThrow('no words');
    expect((await savedSpeakers('one-fails')).sort()).toEqual(SEVEN.filter((id) => id !== 'critic').sort());

    const second = scriptedVoice(() => 'Here I am after all.');
    const adapter = createScriptedAdapter();
    await conduct(conducting(second, adapter), WORKSPACE, 'one-fails', AbortSignal.timeout(10_000));
    expect(second.cues.map(({ persona }) => persona.id)).toEqual(['critic']);
    expect(adapter.posted.map(({ message }) => message.turn.speaker)).toEqual(['critic']);
  });
});

function conducting(voice: ReturnType<typeof scriptedVoice>, adapter = createScriptedAdapter()) {
  return { store, voice, adapter, format: together, now: () => performance.now() };
}
