/** One worker and the debate it was given: what it does with trouble, and with a debate that is no longer its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type Keeper, Worker, type Working } from '../../src/conducting/worker.ts';
import type { Debate } from '../../src/debate.ts';
import { ClaimLost, DatabaseLost, InputError } from '../../src/errors.ts';
import { formats } from '../../src/formats/registry.ts';
import { unobserved } from '../../src/operating/observe.ts';
import type { Claim, Queue } from '../../src/ports/queue.ts';
import type { Store } from '../../src/ports/store.ts';
import { newDebate } from '../contracts/store-samples.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { createScriptedAdapter, type ScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

let adapter: ScriptedAdapter;
/** What became of it, in order. */
let told: string[];
let ended: PromiseWithResolvers<void>;
beforeEach(() => {
  adapter = createScriptedAdapter();
  told = [];
  ended = Promise.withResolvers();
});

const keeper: Keeper = {
  took: () => void told.push('took'),
  rested: (_debate, status) => over(`rested ${status}`),
  stumbled: (_debate, _error, pause) => void told.push(`stumbled ${pause}`),
  failed: (_debate, error) => over(`failed: ${error instanceof Error ? error.message : error}`),
  letGo: (_debate, why) => void told.push(`let go: ${why.name}`),
  trouble: () => void told.push('trouble'),
};

function over(how: string): void {
  told.push(how);
  ended.resolve();
}

/** A queue that gives this one debate once. */
function queueOf({ workspace, id }: Debate, given: Partial<Claim> = {}): Queue & { lose(): void } {
  const lost = new AbortController();
  const confirm = async () => lost.signal.throwIfAborted();
  const claim: Claim = {
    workspace,
    debate: id,
    losses: 0,
    trace: null,
    lost: lost.signal,
    confirm,
    settle: async (seen, change) => {
      await confirm();
      return store.settle(workspace, id, seen, change);
    },
    fail: (failure) => store.change(workspace, id, { status: 'failed', failure }),
    release: async () => over('released'),
    ...given,
  };
  let claims: Claim[] = [claim];
  return {
    take: async () => claims.splice(0),
    onWork: () => undefined,
    depth: async () => ({ waiting: 0, active: 0 }),
    close: async () => {
      claims = [];
    },
    lose: () => lost.abort(new ClaimLost(id)),
  };
}

function worker(queue: Queue, rest: Partial<Working> = {}): Worker {
  const voice = scriptedVoice(fairScript);
  const working = new Worker({
    queue,
    store,
    voices: async () => voice,
    adapters: [adapter],
    formats,
    prices: () => null,
    keeper,
    watch: { observe: unobserved, spent: () => undefined, here: () => null },
    room: 5,
    pauses: [1, 2],
    ...rest,
  });
  working.start();
  return working;
}

const begin = () => store.createDebate('w', newDebate());
const turns = () => adapter.posted.map(({ message }) => message.turn.n);

describe('trouble', () => {
  test('that passes is tried again, and what it got further by gives it patience anew', async () => {
    const failing = new Set([2, 5, 8]);
    const failed = new Map<number, number>();
    adapter.beforePost = ({ turn: { n } }) => {
      if (!failing.has(n)) return;
      failed.set(n, (failed.get(n) ?? 0) + 1);
      // Twice: the delivery itself tries once more.
      if ((failed.get(n) ?? 0) <= 4) throw new Error('503');
    };
    const debate = await begin();
    worker(queueOf(debate));
    await ended.promise;
    expect(told).toEqual([
      'took',
      ...['stumbled 1', 'stumbled 2', 'stumbled 1', 'stumbled 2', 'stumbled 1', 'stumbled 2'],
      'rested concluded',
    ]);
    expect(turns()).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });

  test('that does not pass breaks it off, and says so on it', async () => {
    adapter.beforePost = () => {
      throw new Error('503');
    };
    const debate = await begin();
    worker(queueOf(debate));
    await ended.promise;
    // The first attempt has made a turn, which is more than there was.
    expect(told.slice(0, 3)).toEqual(['took', 'stumbled 1', 'stumbled 2']);
    expect(told.at(-1)).toMatch(/^failed: .*did not take turn 1/);
    expect((await store.load('w', debate.id))?.debate).toMatchObject({
      status: 'failed',
      failure: expect.stringContaining('did not take'),
    });
  });

  test('that somebody can put right breaks it off at once', async () => {
    adapter.beforePost = () => {
      throw new InputError({ en: 'Let me in.', es: 'Déjame entrar.' });
    };
    const debate = await begin();
    worker(queueOf(debate));
    await ended.promise;
    expect(told).toHaveLength(2);
    expect((await store.load('w', debate.id))?.debate.failure).toBe('Let me in.');
  });

  test('of a process that ends over it again and again is taken to be the debate’s', async () => {
    const debate = await begin();
    worker(queueOf(debate, { losses: 51 }));
    await ended.promise;
    expect(told).toEqual(['took', 'failed: 51 processes ended while they conducted this debate']);
    expect(adapter.posted).toEqual([]);
  });

  test('with the database is waited out, and what the model said meanwhile is kept', async () => {
    const debate = await begin();
    let away = 0;
    const failing = <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) => {
      return async (...args: Args) => {
        away++;
        if (away === 6 || away === 7) throw new DatabaseLost({ en: 'away', es: 'lejos' });
        return call(...args);
      };
    };
    const voice = scriptedVoice(fairScript);
    const shaky: Store = { ...store, saveTurn: failing(store.saveTurn), refresh: failing(store.refresh) };
    worker(queueOf(debate), { store: shaky, voices: async () => voice });
    await ended.promise;
    expect(told).toEqual(['took', 'rested concluded']);
    expect(voice.cues).toHaveLength(12);
    expect(turns()).toEqual(Array.from({ length: 12 }, (_, n) => n + 1));
  });
});

describe('a debate that is not its own any more', () => {
  test('is not spoken in again', async () => {
    const debate = await begin();
    const queue = queueOf(debate);
    adapter.beforePost = ({ turn }) => {
      if (turn.n === 3) queue.lose();
    };
    worker(queue);
    await ended.promise;
    expect(told).toEqual(['took', 'let go: ClaimLost', 'released']);
    // What was on its way arrives.
    expect(turns()).toEqual([1, 2, 3]);
    expect((await store.load('w', debate.id))?.debate.status).toBe('running');
  });

  test('because it was told to stop is handed over', async () => {
    const debate = await begin();
    let stopping: Promise<void> | null = null;
    const working = worker(queueOf(debate));
    adapter.beforePost = ({ turn }) => {
      if (turn.n === 2) stopping = working.stop();
    };
    await ended.promise;
    await stopping;
    expect(told).toEqual(['took', 'let go: Interrupted', 'released']);
    expect(working.running).toBe(0);
  });

  test('because the queue could not say what there is is nobody’s: it asks again', async () => {
    const debate = await begin();
    const queue = queueOf(debate);
    let look: () => void = () => undefined;
    let tries = 0;
    worker({
      ...queue,
      take: async (...given) => {
        tries++;
        if (tries === 1) throw new Error('the database is away');
        return queue.take(...given);
      },
      onWork: (again) => {
        look = again;
      },
    });
    while (!told.includes('trouble')) await new Promise(setImmediate);
    look();
    await ended.promise;
    expect(told).toEqual(['trouble', 'took', 'rested concluded']);
  });
});
