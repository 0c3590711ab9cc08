/** A motion, two benches by assignment, an audience that votes before and after: the bench that moved more of it wins. */
import type { Format, Log, Move, Panel, Persona, Side } from '../debate.ts';
import { course, inTurn, judging, poll, roundsOf, statement, together } from './course.ts';

export const oxford: Format = {
  id: 'oxford',
  summary: {
    en: 'A motion, two benches by assignment, rebuttals; the audience votes before and after, and the swing decides.',
    es: 'Una moción, dos bancadas por sorteo de asientos, refutaciones; el público vota antes y después y decide el vuelco.',
  },
  least: 3,
  most: 12,
  ...course(
    [
      judging(together(({ debate }) => poll(benches(debate.panel).audience, 'before', 0), true)),
      inTurn(speeches),
      rebuttals(),
      judging(together(finalVote, true)),
    ],
    'motion',
  ),
};

export interface Benches {
  readonly for: readonly Persona[];
  readonly against: readonly Persona[];
  /** Votes and does not argue. */
  readonly audience: readonly Persona[];
}

/** Sides go by seat, whatever a persona thinks; whoever is left listens and votes. */
export function benches({ personas }: Panel): Benches {
  const size = personas.length >= 8 ? 3 : personas.length >= 6 ? 2 : 1;
  const arguing = personas.slice(0, 2 * size);
  return {
    for: arguing.filter((_, seat) => seat % 2 === 0),
    against: arguing.filter((_, seat) => seat % 2 === 1),
    audience: personas.slice(2 * size),
  };
}

function sideOf(panel: Panel, persona: string): Side | null {
  const { for: yes, against: no } = benches(panel);
  if (yes.some(({ id }) => id === persona)) return 'for';
  return no.some(({ id }) => id === persona) ? 'against' : null;
}

/** One of each bench in turn, as they sit. */
function speeches({ debate: { panel } }: Log): Move[] {
  const { audience } = benches(panel);
  return panel.personas
    .slice(0, panel.personas.length - audience.length)
    .map((persona) => statement(persona, sideOf(panel, persona.id) ?? 'for'));
}

/** In each round everybody on a bench answers whoever sits opposite, neither hearing the other's rebuttal first. */
function rebuttals() {
  const stages = (log: Log) => roundsOf(log).map((round) => together((now) => rebuttalsOf(now, round)));
  return {
    next: (log: Log) =>
      stages(log)
        .find((stage) => stage.next(log).length > 0)
        ?.next(log) ?? [],
    turns: (log: Log) => stages(log).reduce((sum, stage) => sum + stage.turns(log), 0),
  };
}

function rebuttalsOf(log: Log, round: number): Move[] {
  const { for: yes, against: no } = benches(log.debate.panel);
  const pairs = yes.flatMap((persona, seat) => {
    const opposite = no[seat];
    return opposite ? [[persona, opposite] as const, [opposite, persona] as const] : [];
  });
  return pairs.map(([persona, opposite]) => ({
    key: `rebuttal-${round}-${persona.id}`,
    kind: 'reply',
    speaker: persona.id,
    round,
    to: lastArgument(log, opposite, round),
    answers: [],
    purpose: sideOf(log.debate.panel, persona.id) ?? 'for',
  }));
}

/** What the other said before this round; its rebuttal of the same round is not known yet. */
function lastArgument({ turns }: Log, opposite: Persona, round: number): number[] {
  const key = round === 1 ? `statement-${opposite.id}` : `rebuttal-${round - 1}-${opposite.id}`;
  return turns.filter((turn) => turn.key === key).map(({ n }) => n);
}

function finalVote({ debate }: Log): Move[] {
  return poll(benches(debate.panel).audience, `after-${debate.limits.rounds}`, debate.limits.rounds);
}
