/**
 * The step. A debate is its log, and the next move is a function of the log: deliver what is owed, else let whom the
 * format names speak, else conclude. A restart, a crash, a second machine, pause and resume are all this same loop.
 */
import { limitReached, tokensReported } from './budget.ts';
import {
  type Debate,
  type DebateStatus,
  type Format,
  inLanguage,
  type Log,
  type Move,
  type NewTurn,
  speaker,
  type Turn,
} from './debate.ts';
import { deliverNew, deliverOwed, partsOf } from './delivery.ts';
import { type Adapter, type Claim, type Listener, type Part, type Store, UNHEARD, type Voice } from './ports.ts';
import { speak } from './speak.ts';
import { withThread } from './threads.ts';

export interface Conducting {
  readonly store: Store;
  readonly voice: Voice;
  readonly adapter: Adapter;
  readonly format: Format;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** `Claim.settle`; default: the store's, for a process alone on its database. */
  readonly settle?: Claim['settle'];
}

/**
 * Takes a debate on until it is over, paused or the signal aborts, and returns its status then. Rejects when it
 * cannot go on; everything said so far is kept, and conducting it again takes it up from there.
 */
export async function conduct(
  { store, voice, adapter, format, now, settle: given }: Conducting,
  workspace: string,
  id: string,
  signal: AbortSignal,
): Promise<DebateStatus> {
  const settle = given ?? ((seen, change) => store.settle(workspace, id, seen, change));
  const waiting = patience(adapter, now);
  const began = now();
  let log = await loaded(store, workspace, id);
  log = { ...log, debate: await withThread(store, adapter, log) };
  // Only the first step can find a draft that an earlier process left behind.
  let resumed = true;
  await deliverOwed(store, adapter, log);
  for (;;) {
    signal.throwIfAborted();
    log = await refreshed(store, log);
    // Whoever steers it or speaks in it a moment before it rests is heard: then it does not.
    if (log.debate.status !== 'running') {
      if (await settle(log, {})) return log.debate.status;
      continue;
    }
    log = await mindLimits(store, log, now() - began);
    const moves = format.next(log);
    if (moves.length === 0) {
      const status = log.debate.ending === 'asked' ? 'stopped' : 'concluded';
      if (await settle(log, { status, endedAt: new Date() })) return status;
      continue;
    }
    announce(adapter, format, log, moves, now() - began);
    await perform({ store, voice, adapter, waiting }, log, moves, resumed, signal);
    resumed = false;
  }
}

async function loaded(store: Store, workspace: string, id: string): Promise<Log> {
  const log = await store.load(workspace, id);
  if (!log) throw new Error(`there is no debate ${id} in workspace ${workspace}`);
  return log;
}

/** People and other processes write to the log too: what they said or pressed since is seen before each move. */
async function refreshed(store: Store, log: Log): Promise<Log> {
  const { workspace, id } = log.debate;
  const fresh = await store.refresh(workspace, id, log.turns.length);
  if (!fresh) throw new Error(`debate ${id} is gone from workspace ${workspace}`);
  return { ...log, debate: fresh.debate, turns: [...log.turns, ...fresh.turns] };
}

async function mindLimits(store: Store, log: Log, elapsedMs: number): Promise<Log> {
  if (log.debate.ending) return log;
  const ending = limitReached(log, elapsedMs);
  if (!ending) return log;
  await store.change(log.debate.workspace, log.debate.id, { ending });
  return { ...log, debate: { ...log.debate, ending } };
}

function announce(adapter: Adapter, format: Format, log: Log, moves: readonly Move[], elapsedMs: number): void {
  adapter.progress?.({
    debate: log.debate,
    turn: log.turns.length + 1,
    of: Math.max(format.expectedTurns(log), log.turns.length + 1),
    thinking: moves.map((move) => move.speaker),
    tokens: tokensReported(log.turns),
    elapsedMs,
  });
}

/** The moves run in parallel; their turns are kept the moment each is complete, and posted in the order kept. */
async function perform(
  { store, voice, adapter, waiting }: Pick<Conducting, 'store' | 'voice' | 'adapter'> & { readonly waiting: Waiting },
  log: Log,
  moves: readonly Move[],
  resumed: boolean,
  signal: AbortSignal,
): Promise<void> {
  let saving: Promise<unknown> = Promise.resolve();
  let posting: Promise<unknown> = Promise.resolve();
  const said = await Promise.allSettled(
    moves.map(async (move) => {
      const turn = await speak(log, move, {
        voice,
        store,
        resumed,
        listener: listener(adapter, log, move, waiting),
        signal,
      });
      const parts = partsOf(log, turn, adapter);
      const kept = saving.then(() => keep(store, log, turn, parts));
      saving = kept.catch(() => undefined);
      const posted = kept.then((each) => {
        const delivered = posting.then(() => deliverNew(store, adapter, log, each, parts));
        // One that fails holds back those after it: the next attempt posts them all, in order.
        posting = delivered;
        return delivered;
      });
      return posted;
    }),
  );
  const failed = said.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
}

async function keep(store: Store, log: Log, turn: NewTurn, parts: readonly Part[]): Promise<Turn> {
  const { workspace, id } = log.debate;
  return store.saveTurn(workspace, id, turn, parts, 'posting');
}

/** Tells readers of a pause the model has asked for; once, however many wait for its end. */
type Waiting = (debate: Debate, ms: number) => void;

function patience(adapter: Adapter, now: () => number): Waiting {
  let until = Number.NEGATIVE_INFINITY;
  return (debate, ms) => {
    if (now() < until) return;
    until = now() + ms;
    const about = Math.ceil(ms / 1000);
    const text = {
      en: `The model asks us to wait; we go on in about ${about} s.`,
      es: `El modelo pide que esperemos; seguimos en unos ${about} s.`,
    };
    adapter.notice?.(debate, inLanguage(text, debate.language));
  };
}

function listener(adapter: Adapter, log: Log, move: Move, tell: Waiting): Listener {
  const waiting = (ms: number) => tell(log.debate, ms);
  const persona = speaker(log.debate.panel, move.speaker);
  // JSON as it grows is nothing to show; its turn is laid out when it is whole.
  const prose = move.kind === 'statement' || move.kind === 'reply';
  if (!persona || !prose || !adapter.stream) return { ...UNHEARD, waiting };
  return {
    waiting,
    text: (delta) => adapter.stream?.(log.debate, persona, move, delta),
    restart: () => adapter.unstream?.(log.debate, persona, move),
  };
}
