/**
 * The step. A debate is its log, and the next move is a function of the log: deliver what is owed, else let whom the
 * format names speak, else conclude. A restart, a crash, a second machine, pause and resume are all this same loop.
 */

import {
  type Debate,
  type DebateStatus,
  type Ending,
  type Format,
  inLanguage,
  type Log,
  type Move,
  type NewTurn,
  speaker,
  type Turn,
} from '../debate.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Claim } from '../ports/queue.ts';
import type { Part, Store } from '../ports/store.ts';
import { type Listener, UNHEARD, type Voice } from '../ports/voice.ts';
import { leftWords, limitReached, moneyReported, type Spent, spent, tokensReported } from '../spending/budget.ts';
import type { Prices } from '../spending/prices.ts';
import { deliverNew, deliverOwed, partsOf } from './delivery.ts';
import { speak } from './speak.ts';
import { withThread } from './threads.ts';

export interface Conducting {
  readonly store: Store;
  readonly voice: Voice;
  readonly adapter: Adapter;
  readonly format: Format;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly prices?: Prices;
  /** `Claim.settle`; default: the store's, for a process alone on its database. */
  readonly settle?: Claim['settle'];
}

/** Nobody knows what a model costs. */
const NO_PRICES: Prices = () => null;

/**
 * Takes a debate on until it is over, paused or the signal aborts, and returns its status then. Rejects when it
 * cannot go on; everything said so far is kept, and conducting it again takes it up from there.
 */
export async function conduct(
  { store, voice, adapter, format, now, prices = NO_PRICES, settle: given }: Conducting,
  workspace: string,
  id: string,
  signal: AbortSignal,
): Promise<DebateStatus> {
  const settle = given ?? ((seen, change) => store.settle(workspace, id, seen, change));
  const time = stopwatch(now);
  const waiting = patience(adapter, now);
  let log = await loaded(store, workspace, id);
  log = { ...log, debate: await withThread(store, adapter, log) };
  // Only the first step can find a draft that an earlier process left behind.
  let resumed = true;
  await deliverOwed(store, adapter, log);
  for (;;) {
    signal.throwIfAborted();
    const known = log.turns.length;
    log = await refreshed(store, log);
    // The host saves what the coordinator is to say for somebody; nobody else will post it.
    if (log.turns.slice(known).some(({ kind }) => kind === 'dissent')) await deliverOwed(store, adapter, log);
    // Whoever steers it or speaks in it a moment before it rests is heard: then it does not.
    if (log.debate.status !== 'running') {
      if (await settle(log, {})) return log.debate.status;
      continue;
    }
    const used = spent(log, time.running(), prices);
    log = await mindLimits(store, log, limitReached(log, used, prices));
    const moves = format.next(log);
    if (moves.length === 0) {
      const status = log.debate.ending === 'asked' ? 'stopped' : 'concluded';
      if (await settle(log, { status, endedAt: new Date() })) return status;
      continue;
    }
    announce(adapter, format, log, moves, used);
    await perform({ store, voice, adapter, time, waiting }, log, moves, resumed, signal);
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
  const turns = [...log.turns];
  // One that was there before is one whose author amended it.
  for (const turn of fresh.turns) turns[turn.n - 1] = turn;
  return { ...log, debate: fresh.debate, turns };
}

/** Time nobody has written into the log yet. */
interface Stopwatch {
  /** ms since the last lap. */
  running(): number;
  /** The same, and begins the next. */
  lap(): number;
}

function stopwatch(now: () => number): Stopwatch {
  let since = now();
  const running = () => Math.round(now() - since);
  return {
    running,
    lap() {
      const took = running();
      since += took;
      return took;
    },
  };
}

async function mindLimits(store: Store, log: Log, ending: Ending | null): Promise<Log> {
  if (log.debate.ending || !ending) return log;
  await store.change(log.debate.workspace, log.debate.id, { ending });
  return { ...log, debate: { ...log.debate, ending } };
}

function announce(adapter: Adapter, format: Format, log: Log, moves: readonly Move[], used: Spent): void {
  const turn = log.turns.length + 1;
  const of = Math.max(format.expectedTurns(log), turn);
  adapter.progress?.({
    debate: log.debate,
    turn,
    of,
    thinking: moves.map((move) => move.speaker),
    tokens: tokensReported(log.turns),
    money: moneyReported(log.turns),
    elapsedMs: used.time,
    left: leftWords(log.debate, used, of),
  });
}

/**
 * The moves run in parallel; their turns are kept the moment each is complete, and posted in the order kept. Sealed
 * ones wait for one another, and are kept and posted in the order of the moves.
 */
async function perform(
  {
    store,
    voice,
    adapter,
    time,
    waiting,
  }: Pick<Conducting, 'store' | 'voice' | 'adapter'> & { readonly time: Stopwatch; readonly waiting: Waiting },
  log: Log,
  moves: readonly Move[],
  resumed: boolean,
  signal: AbortSignal,
): Promise<void> {
  const take = inOrder({ store, adapter, time }, log);
  const said = moves.map((move) =>
    speak(log, move, { voice, store, resumed, listener: listener(adapter, log, move, waiting), signal }),
  );
  if (!moves.some((move) => move.sealed)) return void (await all(said.map((turn) => turn.then(take))));
  const turns = await all(said);
  await all(turns.map(take));
}

/** Takes turns as they come: keeps each, then posts it. */
function inOrder(
  { store, adapter, time }: { readonly store: Store; readonly adapter: Adapter; readonly time: Stopwatch },
  log: Log,
): (turn: NewTurn) => Promise<void> {
  let saving: Promise<unknown> = Promise.resolve();
  let posting: Promise<unknown> = Promise.resolve();
  return (turn) => {
    const parts = partsOf(log, turn, adapter);
    const kept = saving.then(() => keep(store, log, { ...turn, took: time.lap() }, parts));
    saving = kept.catch(() => undefined);
    return kept.then((each) => {
      const delivered = posting.then(() => deliverNew(store, adapter, log, each, parts));
      // One that fails holds back those after it: the next attempt posts them all, in order.
      posting = delivered;
      return delivered;
    });
  };
}

/** Rejects as the first that failed did, once all have come to an end. */
async function all<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(promises);
  return settled.map((each) => {
    if (each.status === 'rejected') throw each.reason;
    return each.value;
  });
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
  // JSON as it grows is nothing to show, its turn is laid out when it is whole; nor is what waits to be revealed.
  const prose = move.kind === 'statement' || move.kind === 'reply';
  if (!persona || !prose || move.sealed || !adapter.stream) return { ...UNHEARD, waiting };
  return {
    waiting,
    text: (delta) => adapter.stream?.(log.debate, persona, move, delta),
    restart: () => adapter.unstream?.(log.debate, persona, move),
  };
}
