/** Tries until there is a reply, or no hope of one. */
import { setTimeout as delay } from 'node:timers/promises';
import { InputError } from '../errors.ts';
import type { Throttle } from '../ports/voice.ts';
import { type Extra, type Remedy, remedyFor } from './failures.ts';

/** Longest wait between two attempts, whatever a server asks for. */
const MOST_WAIT_MS = 60_000;
const FIRST_WAIT_MS = 500;

/** A model that cannot speak now, though nobody set it up wrongly; another one may. */
export class ModelDown extends Error {
  /** Set where the person who set it up could do something about it. */
  readonly advice: InputError | null;

  constructor(message: string, advice: InputError | null) {
    super(message);
    this.name = 'ModelDown';
    this.advice = advice;
  }
}

export interface Persistence {
  readonly model: string;
  readonly place: string;
  readonly maxRetries: number;
  /** Extras this model's server is known to refuse; added to. */
  readonly without: Set<Extra>;
  /** What must not be seen in messages. */
  readonly secret: string | null;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
  /** Shared with all who ask this model; default: each waits for itself. */
  readonly throttle?: Throttle;
  /** Pauses it may ask for before it is taken to be down, where they are shared. */
  readonly mostPauses: number;
  /** Told of a pause that readers would notice. */
  readonly waiting: (ms: number) => void;
}

/** Readers notice when it takes longer. Milliseconds. */
const NOTICEABLE = 5_000;
/** Those who waited for the same moment come back over so much of the time they waited. */
const SPREAD = 0.3;

/**
 * Runs attempts until one succeeds. `failed` is called after each that did not. Rejects with the signal's reason when
 * aborted, with an InputError when the set-up is wrong, else with ModelDown.
 */
export async function persevere<T>(
  attempt: () => Promise<T>,
  failed: () => void,
  how: Persistence,
  signal: AbortSignal,
): Promise<T> {
  let retries = 0;
  let pauses = 0;
  let again = 0;
  for (;;) {
    await letPass(how, signal);
    try {
      return await attempt();
    } catch (error) {
      failed();
      signal.throwIfAborted();
      const remedy = remedyFor(error, how.model, how.place);
      if (remedy.do === 'retry' && remedy.asked && how.throttle && pauses < how.mostPauses) {
        await how.throttle.hold(how.model, waitFor(remedy.waitMs, pauses++));
      } else if (remedy.do === 'retry' && retries < how.maxRetries) {
        await pause(how, waitFor(remedy.waitMs, retries++), signal);
      } else if (remedy.do === 'without' && !how.without.has(remedy.extra)) {
        how.without.add(remedy.extra);
      } else if (remedy.do === 'again' && again === 0) {
        again++;
      } else {
        throw givenUp(remedy, how);
      }
    }
  }
}

/** Waits while the model has asked us all to, or we hold ourselves back. */
async function letPass(how: Persistence, signal: AbortSignal): Promise<void> {
  for (;;) {
    const ms = (await how.throttle?.pass(how.model)) ?? 0;
    if (ms === 0) return;
    await pause(how, ms * (1 + Math.random() * SPREAD), signal);
  }
}

async function pause({ wait = inTime, waiting }: Persistence, ms: number, signal: AbortSignal): Promise<void> {
  if (ms >= NOTICEABLE) waiting(ms);
  try {
    await wait(ms, signal);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

function inTime(ms: number, signal: AbortSignal): Promise<unknown> {
  return delay(ms, undefined, { signal });
}

/** What the server asked for, else doubling with a little chance, so that a crowd does not come back at once. */
function waitFor(asked: number | null, retries: number): number {
  return Math.min(MOST_WAIT_MS, asked ?? FIRST_WAIT_MS * 2 ** retries * (0.75 + Math.random() / 2));
}

function givenUp(remedy: Remedy, how: Persistence): Error {
  if (remedy.do === 'tell') {
    const advice = new InputError(remedy.text);
    return remedy.passing ? new ModelDown(advice.message, advice) : advice;
  }
  const message = `The model ${how.model} ${remedy.problem}.`;
  const advice = remedy.do === 'retry' && remedy.setup ? new InputError(remedy.setup) : null;
  return new ModelDown(how.secret ? message.replaceAll(how.secret, '…') : message, advice);
}
