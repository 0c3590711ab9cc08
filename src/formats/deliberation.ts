/**
 * For a decision: positions and statements made blind, clashes put to both sides, positions again, and a draft that
 * each persona accepts or objects to before it is the synthesis.
 */
import type { Format, Log, Move } from '../debate.ts';
import { coordinated, course, judging, poll, statement, together } from './course.ts';
import { rounds } from './rounds.ts';

export const deliberation: Format = {
  id: 'deliberation',
  summary: {
    en: 'Statements and positions made blind, clashes put to both sides, positions again, sign-off, a synthesis with its minority report.',
    es: 'Posturas e intervenciones a ciegas, choques planteados a ambas partes, posturas otra vez, visto bueno y una síntesis con su voto particular.',
  },
  least: 3,
  most: 12,
  ...course([
    together((log) => log.debate.panel.personas.map((persona) => statement(persona, 'alone')), true),
    rounds({ atOnce: true }),
    judging(together(positions, true)),
    judging(together(draft)),
    judging(together(signoffs, true)),
  ]),
};

function positions({ debate }: Log): Move[] {
  return poll(debate.panel.personas, String(debate.limits.rounds), debate.limits.rounds);
}

function draft(log: Log): Move[] {
  const { rounds: round } = log.debate.limits;
  return [coordinated(log, `draft-${round}`, 'draft', round)];
}

function signoffs({ debate }: Log): Move[] {
  const { rounds: round } = debate.limits;
  return debate.panel.personas.map(({ id }) => ({
    key: `signoff-${id}-${round}`,
    kind: 'signoff',
    speaker: id,
    round,
    to: [],
    answers: [],
    // Whose plain words close the debate.
    ...(id === 'newcomer' && { purpose: 'restatement' }),
  }));
}
