/** What tasks tell of the debate at hand. */
import { type Log, type Move, type Synthesis, speaker, speakerName, type Turn } from '../../debate.ts';
import type { Aliases } from '../aliases.ts';
import { plainName } from '../fence.ts';

/** The object to answer with, its values saying what belongs there. */
export function json(shape: object): string {
  return `Answer with one JSON object with exactly these keys. The values here describe what to put; turn numbers are plain numbers.\n${JSON.stringify(shape, null, 1)}`;
}

export function calledIn(turn: Turn, log: Pick<Log, 'debate'>, aliases: Aliases): string {
  const persona = speaker(log.debate.panel, turn.speaker);
  return persona ? aliases.of(persona) : plainName(speakerName(log.debate, turn));
}

/** The turns a move must take up, by number and name, with what was asked of the speaker. */
export function takenUp(log: Log, move: Move, aliases: Aliases): readonly string[] {
  const lines = move.to.flatMap((n) => {
    const turn = log.turns.find((each) => each.n === n);
    if (!turn) return [];
    const asks = move.answers.includes(n) ? ask(turn, move, aliases) : '';
    return [`- turn ${n}, by ${calledIn(turn, log, aliases)}${asks}`];
  });
  return lines.length > 0 ? [`Take up by name:\n${lines.join('\n')}`] : [];
}

function ask(turn: Turn, move: Move, aliases: Aliases): string {
  const [own] = turn.answers;
  if (own !== undefined) {
    return `: the answer to your question of turn ${own}; say what it changes in the conclusion, or why nothing`;
  }
  const asked = turn.data.asks?.find((each) => each.to === move.speaker);
  return asked
    ? `: answer its question directly (${aliases.hide(asked.text.replace(/\s+/g, ' '))})`
    : ': answer its question directly';
}

export function turnList(log: Log, aliases: Aliases): string {
  const said = log.turns.filter((turn) => turn.public);
  const who = (turn: Turn) => `${calledIn(turn, log, aliases)}${turn.data.author ? ' (audience)' : ''}`;
  return `Turns and their speakers: ${said.map((turn) => `${turn.n} ${who(turn)}`).join(', ')}.`;
}

/** Positions declared so far, in public or in private. */
export function stances(log: Log, aliases: Aliases): readonly string[] {
  const lines = log.turns.flatMap((turn) => {
    const { stance } = turn.data;
    if (!stance) return [];
    const moved = stance.because === undefined ? '' : `, moved by turn ${stance.because}`;
    return [`turn ${turn.n} ${calledIn(turn, log, aliases)}: ${stance.stance}, ${stance.confidence}%${moved}`];
  });
  return lines.length > 0 ? [`Positions declared (-3 no … +3 yes, confidence): ${lines.join('; ')}.`] : [];
}

/** What was laid before the panel, and what came of it. */
interface LaidBefore {
  readonly draft: Synthesis;
  readonly filed: readonly { readonly speaker: string; readonly objection: string }[];
  /** How the Newcomer's restatement contradicts it. */
  readonly misread: readonly string[];
}

/** The latest draft the panel has been asked about; null: there is none. */
export function laidBefore({ turns }: Pick<Log, 'turns'>): LaidBefore | null {
  const laid = turns.findLast((turn) => turn.data.draft);
  const signed = laid ? turns.filter((turn) => turn.kind === 'signoff' && turn.n > laid.n) : [];
  if (!laid?.data.draft || signed.length === 0) return null;
  return {
    draft: laid.data.draft,
    filed: signed.flatMap(({ speaker, data: { signoff } }) =>
      signoff?.objection ? [{ speaker, objection: signoff.objection }] : [],
    ),
    misread: signed.flatMap(({ data: { signoff } }) => signoff?.restated?.contradicts ?? []),
  };
}
