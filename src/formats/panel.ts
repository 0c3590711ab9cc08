/** The seed's format: opening, statements in turn, rounds of directed replies, closing. */
import type { Format, Log, Move, Persona, Turn } from '../debate.ts';
import { takeUp, unanswered } from './people.ts';

/** Replies a round may have; with seven personas and one round a debate is 16 turns. */
const REPLIES_PER_ROUND = 6;

export const panel: Format = {
  id: 'panel',
  summary: {
    en: 'Opening, statements in turn, replies where the coordinator sees a clash or an open question, closing.',
    es: 'Apertura, intervenciones por turno, réplicas donde hay un choque o una pregunta abierta, cierre.',
  },
  least: 2,
  most: 12,
  next,
  expectedTurns,
};

function next(log: Log): readonly Move[] {
  const { debate, turns } = log;
  const said = new Set(turns.map((turn) => turn.key));
  if (!said.has('opening')) return [coordinator(log, 'opening', 'opening', 0)];

  const closing = coordinator(log, `synthesis-${debate.limits.rounds}`, 'synthesis', debate.limits.rounds);
  if (debate.ending && !said.has(closing.key)) return [takeUp(log, closing, [])];

  const question = unanswered(log)[0];
  if (question) return [answer(question)];
  if (said.has(closing.key)) return [];

  const waiting = debate.panel.personas.filter((persona) => !said.has(`statement-${persona.id}`));
  const first = waiting[0];
  if (first) return [takeUp(log, statement(first), waiting)];

  for (let round = 1; round <= debate.limits.rounds; round++) {
    const notes = turns.find((turn) => turn.key === `notes-${round}`);
    if (!notes) return [takeUp(log, coordinator(log, `notes-${round}`, 'notes', round), [])];
    const replies = repliesOf(log, notes).filter((move) => !said.has(move.key));
    const reply = replies[0];
    if (reply) return [takeUp(log, reply, personasOf(log, replies))];
  }
  return [takeUp(log, closing, [])];
}

function expectedTurns(log: Log): number {
  const { debate, turns } = log;
  const people = turns.filter((turn) => turn.kind === 'human' || turn.kind === 'question').length;
  const answers = turns.filter((turn) => turn.key.startsWith('answer-')).length + unanswered(log).length;
  const rounds = Array.from({ length: debate.limits.rounds }, (_, index) => {
    const notes = turns.find((turn) => turn.key === `notes-${index + 1}`);
    return 1 + (notes ? repliesOf(log, notes).length : Math.min(REPLIES_PER_ROUND, debate.panel.personas.length));
  });
  return 2 + debate.panel.personas.length + people + answers + rounds.reduce((sum, each) => sum + each, 0);
}

function coordinator(log: Log, key: string, kind: Move['kind'], round: number): Move {
  return { key, kind, speaker: log.debate.panel.coordinator.id, round, to: [], answers: [] };
}

function statement(persona: Persona): Move {
  return { key: `statement-${persona.id}`, kind: 'statement', speaker: persona.id, round: 0, to: [], answers: [] };
}

function answer(question: Turn): Move {
  return {
    key: `answer-${question.n}`,
    kind: 'reply',
    speaker: question.data.to ?? '',
    round: question.round,
    to: [question.n],
    answers: [question.n],
  };
}

function repliesOf(log: Log, notes: Turn): Move[] {
  return (notes.data.notes?.routes ?? []).slice(0, REPLIES_PER_ROUND).map((route, index) => ({
    key: `reply-${notes.round}-${index + 1}`,
    kind: 'reply',
    speaker: route.speaker,
    round: notes.round,
    to: route.to,
    answers: route.to.filter((n) => asks(log, n, route.speaker)),
    issue: route.issue,
  }));
}

function asks(log: Log, n: number, persona: string): boolean {
  const turn = log.turns.find((each) => each.n === n);
  return turn?.data.asks?.some((ask) => ask.to === persona) ?? false;
}

function personasOf(log: Log, moves: readonly Move[]): Persona[] {
  return moves.flatMap((move) => log.debate.panel.personas.find((persona) => persona.id === move.speaker) ?? []);
}
