/** What conducts a debate while it is ours: asks again while the database is away, and says nothing once it is lost. */
import { setTimeout as delay } from 'node:timers/promises';
import { DatabaseLost } from '../errors.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Claim } from '../ports/queue.ts';
import type { Store } from '../ports/store.ts';
import type { Voice } from '../ports/voice.ts';

/** Between two questions to a database that does not answer. Milliseconds. */
const AWAY = 500;

/** Asks until the database answers; rejects with the signal's reason when that comes first. */
export async function patiently<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof DatabaseLost)) throw error;
      signal.throwIfAborted();
      await delay(AWAY, undefined, { signal }).catch(() => undefined);
      signal.throwIfAborted();
    }
  }
}

/** The calls of a store that conducting takes; each may be made twice and comes to the same. */
export function patient(store: Store, signal: AbortSignal): Store {
  const again =
    <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) =>
    (...args: Args) =>
      patiently(() => call(...args), signal);
  return {
    ...store,
    load: again(store.load),
    refresh: again(store.refresh),
    change: again(store.change),
    saveTurn: again(store.saveTurn),
    owed: again(store.owed),
    posting: again(store.posting),
    posted: again(store.posted),
    saveDraft: again(store.saveDraft),
    findDraft: again(store.findDraft),
    searchPassages: again(store.searchPassages),
  };
}

interface Means {
  readonly store: Store;
  readonly voice: Voice;
  readonly adapter: Adapter;
}

/**
 * The same means for one claimed debate. Before a model is asked, a turn is saved or a message posted the claim is
 * confirmed; these reject with a `ClaimLost` once it is not ours.
 */
export function held(claim: Claim, { store, voice, adapter }: Means, signal: AbortSignal) {
  const confirm = () => patiently(claim.confirm, signal);
  const means: Means = {
    store: {
      ...patient(store, signal),
      async saveTurn(...turn) {
        await confirm();
        return patiently(() => store.saveTurn(...turn), signal);
      },
    },
    voice: {
      ...voice,
      async speak(...cue) {
        await confirm();
        return voice.speak(...cue);
      },
    },
    adapter: {
      ...adapter,
      async openThread(...thread) {
        await confirm();
        return adapter.openThread(...thread);
      },
      async post(message) {
        await confirm();
        return adapter.post(message);
      },
    },
  };
  const settle: Claim['settle'] = (...seen) => patiently(() => claim.settle(...seen), signal);
  return { ...means, settle };
}
