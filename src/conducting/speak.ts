/** One move, from cue to checked turn: the voice speaks, the checks read it, one repair is asked for. */
import { readyFor } from '../article/language.ts';
import type { Settled } from '../checks/checked.ts';
import { foregone } from '../checks/foregone.ts';
import { check } from '../checks/move.ts';
import { isPublic, type Log, type Move, type NewTurn, speaker, type Usage } from '../debate.ts';
import { invited } from '../host/invitations.ts';
import type { Draft, Store } from '../ports/store.ts';
import type { Listener, Voice } from '../ports/voice.ts';

export interface SpeakOptions {
  readonly voice: Voice;
  readonly store: Pick<Store, 'saveDraft' | 'findDraft'>;
  /** The debate was taken up again: a draft of this very move may be waiting. */
  readonly resumed: boolean;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

/** The turn this move becomes. A finished model call is kept before another is made, so that none is paid twice. */
export async function speak(whole: Log, move: Move, options: SpeakOptions): Promise<NewTurn> {
  const { voice, store, listener, signal } = options;
  const log = asShown(whole, move);
  const settledAlready = foregone(log, move);
  if (settledAlready) return turn(move, settledAlready, UNSPOKEN, null);
  const persona = speaker(log.debate.panel, move.speaker);
  if (!persona) throw new Error(`move ${move.key}: nobody on the panel is called "${move.speaker}"`);
  const { workspace, id } = log.debate;
  const keep = (draft: Draft) => store.saveDraft(workspace, id, move.key, draft);
  const kept = options.resumed || move.sealed ? await store.findDraft(workspace, id, move.key) : null;
  const first = kept ?? (await voice.speak({ log, move, persona }, listener, signal));
  if (move.kind === 'statement' || move.kind === 'reply') await readyFor(withoutQuotes(first.text));
  const checked = check(first.text, log, move, persona);
  if (checked.settled && (kept?.settled || checked.problems.length === 0)) {
    if (move.sealed && !kept?.settled) await keep({ ...first, settled: true });
    return turn(move, checked.settled, first, first.usage);
  }

  if (!kept) await keep(first);
  listener.restart();
  const repair = { draft: first.text, problems: checked.problems };
  const second = await voice.speak({ log, move, persona, repair }, listener, signal);
  const usage = sum(first.usage, second.usage);
  const mended = check(second.text, log, move, persona).settled;
  const settled = mended ?? checked.settled;
  if (!settled) throw new Error(`${persona.name.en} said nothing, twice (move ${move.key})`);
  if (move.sealed) await keep({ text: (mended ? second : first).text, usage, model: second.model, settled: true });
  return turn(move, settled, second, usage);
}

/** In which language it was said, which checks of prose want to know; quotes are in the article's. */
function withoutQuotes(said: string): string {
  return said.replace(/["“][^"“”]*["”]/gu, ' ');
}

/** No voice spoke: what the log came to by itself. */
const UNSPOKEN: Draft = { text: '', usage: null, model: null };

/** The log without what is none of the speaker's business, for its words and for the checks of them alike. */
function asShown(log: Log, { unseen }: Move): Log {
  return unseen ? { ...log, turns: log.turns.filter((turn) => !unseen.includes(turn.n)) } : log;
}

function turn(move: Move, settled: Settled, said: Draft, usage: Usage | null): NewTurn {
  return {
    key: move.key,
    kind: move.kind,
    public: isPublic(move.kind),
    speaker: move.speaker,
    round: move.round,
    text: settled.text,
    repliesTo: [...new Set([...settled.repliesTo, ...move.to])].sort((a, b) => a - b),
    answers: move.answers,
    quotes: settled.quotes,
    data: { ...settled.data, ...invited(move.kind, settled.data) },
    usage,
    model: said.model,
  };
}

/** Unknown stays unknown: a sum with an unknown part is unknown. */
function sum(a: Usage | null, b: Usage | null): Usage | null {
  if (a === null || b === null) return a ?? b;
  const add = (x: number | null, y: number | null) => (x === null || y === null ? null : x + y);
  return {
    inputTokens: add(a.inputTokens, b.inputTokens),
    cachedTokens: add(a.cachedTokens, b.cachedTokens),
    outputTokens: add(a.outputTokens, b.outputTokens),
    ...(a.cost !== undefined && b.cost !== undefined && { cost: a.cost + b.cost }),
  };
}
