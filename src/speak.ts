/** One move, from cue to checked turn: the voice speaks, the checks read it, one repair is asked for. */
import type { Checked, Settled } from './checks/checked.ts';
import { checkNotes } from './checks/notes.ts';
import { checkOpening } from './checks/opening.ts';
import { checkProse } from './checks/prose.ts';
import { checkSynthesis } from './checks/synthesis.ts';
import { type Log, type Move, type NewTurn, type Persona, speaker, type Usage } from './debate.ts';
import { invited } from './invitations.ts';
import type { Draft, Listener, Store, Voice } from './ports.ts';

export interface SpeakOptions {
  readonly voice: Voice;
  readonly store: Pick<Store, 'saveDraft' | 'findDraft'>;
  /** The debate was taken up again: a draft of this very move may be waiting. */
  readonly resumed: boolean;
  readonly listener: Listener;
  readonly signal: AbortSignal;
}

/** The turn this move becomes. A finished model call is kept before another is made, so that none is paid twice. */
export async function speak(log: Log, move: Move, options: SpeakOptions): Promise<NewTurn> {
  const { voice, store, listener, signal } = options;
  const persona = speaker(log.debate.panel, move.speaker);
  if (!persona) throw new Error(`move ${move.key}: nobody on the panel is called "${move.speaker}"`);
  const { workspace, id } = log.debate;
  const kept = options.resumed ? await store.findDraft(workspace, id, move.key) : null;
  const first = kept ?? (await voice.speak({ log, move, persona }, listener, signal));
  const checked = check(first.text, log, move, persona);
  if (checked.problems.length === 0 && checked.settled) return turn(move, checked.settled, first, first.usage);

  if (!kept) await store.saveDraft(workspace, id, move.key, first);
  listener.restart();
  const repair = { draft: first.text, problems: checked.problems };
  const second = await voice.speak({ log, move, persona, repair }, listener, signal);
  const settled = check(second.text, log, move, persona).settled ?? checked.settled;
  if (!settled) throw new Error(`${persona.name.en} said nothing, twice (move ${move.key})`);
  return turn(move, settled, second, sum(first.usage, second.usage));
}

function check(said: string, log: Log, move: Move, persona: Persona): Checked {
  switch (move.kind) {
    case 'opening':
      return checkOpening(said, log);
    case 'notes':
      return checkNotes(said, log);
    case 'synthesis':
      return checkSynthesis(said, log);
    default:
      return checkProse(said, log, move, persona);
  }
}

function turn(move: Move, settled: Settled, said: Draft, usage: Usage | null): NewTurn {
  return {
    key: move.key,
    kind: move.kind,
    public: true,
    speaker: move.speaker,
    round: move.round,
    text: settled.text,
    repliesTo: [...new Set([...settled.repliesTo, ...move.to])].sort((a, b) => a - b),
    answers: move.answers,
    quotes: settled.quotes,
    data: { ...settled.data, ...invited(move.kind) },
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
