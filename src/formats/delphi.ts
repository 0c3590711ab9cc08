/** Estimates made blind, how they lie shown without names, estimates again: ends in a range. */
import type { Format, Log, Move } from '../debate.ts';
import { coordinated, course, roundsOf, type Stage, statement, together } from './course.ts';

export const delphi: Format = {
  id: 'delphi',
  summary: {
    en: 'Estimates with confidence, made blind; their spread shown without names; estimates again, and a range.',
    es: 'Estimaciones a ciegas con su confianza; se muestra su dispersión sin nombres; nuevas estimaciones y un rango.',
  },
  least: 3,
  most: 12,
  needs: 'model',
  ...course(
    [together((log) => log.debate.panel.personas.map((persona) => statement(persona, 'estimate')), true), revisions()],
    'estimate',
  ),
};

function revisions(): Stage {
  return {
    next(log) {
      for (const round of roundsOf(log)) {
        if (settled(log, round)) continue;
        const moves = stagesOf(round).find((stage) => stage.next(log).length > 0);
        if (moves) return moves.next(log);
      }
      return [];
    },
    turns: (log) =>
      roundsOf(log)
        .filter((round) => !settled(log, round))
        .flatMap(stagesOf)
        .reduce((sum, stage) => sum + stage.turns(log), 0),
  };
}

function stagesOf(round: number): Stage[] {
  return [
    together((log) => [coordinated(log, `feedback-${round}`, 'feedback', round)]),
    together((log) => revisionsOf(log, round), true),
  ];
}

/** In the round before nobody changed a figure: asking again would bring the same. */
function settled(log: Log, round: number): boolean {
  if (round === 1 || log.turns.some((turn) => turn.key === `feedback-${round}`)) return false;
  return log.debate.panel.personas.every(({ id }) => {
    const [last, before] = log.turns
      .filter((turn) => turn.speaker === id && turn.data.estimate)
      .map((turn) => turn.data.estimate?.value)
      .toReversed();
    return last === before;
  });
}

function revisionsOf({ debate, turns }: Log, round: number): Move[] {
  const to = turns.filter((turn) => turn.key === `feedback-${round}`).map(({ n }) => n);
  return debate.panel.personas.map(({ id }) => ({
    key: `revision-${round}-${id}`,
    kind: 'reply',
    speaker: id,
    round,
    to,
    answers: [],
    purpose: 'revision',
  }));
}
