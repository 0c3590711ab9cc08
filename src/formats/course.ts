/** What all formats have in common: an opening, people first, stages one after another, a closing. Pure like them. */
import type { Format, Log, Move, Persona, Purpose, Turn } from '../debate.ts';
import { answer, concerned, takeUp, unanswered, waitingRemarks } from './people.ts';

/** A stretch of a debate. */
export interface Stage {
  /** Its next moves; none: it is through. */
  next(log: Log): readonly Move[];
  /** Turns it has or will have, as far as the log tells. */
  turns(log: Log): number;
}

/**
 * Opens, goes through the stages and closes; whoever in the thread asks somebody is answered before all else.
 * `purpose`: what is opened and closed where it is not simply a question.
 */
export function course(stages: readonly Stage[], purpose?: Purpose): Pick<Format, 'next' | 'expectedTurns'> {
  return { next: (log) => next(log, stages, purpose), expectedTurns: (log) => expectedTurns(log, stages) };
}

function next(log: Log, stages: readonly Stage[], purpose: Purpose | undefined): readonly Move[] {
  const { debate } = log;
  const own = purpose && { purpose };
  if (!said(log, 'opening')) return [{ ...coordinated(log, 'opening', 'opening', 0), ...own }];

  const { rounds } = debate.limits;
  const closing = { ...coordinated(log, `synthesis-${rounds}`, 'synthesis', rounds), ...own };
  if (debate.ending && !said(log, closing.key)) return [takeUp(log, closing, [])];

  const question = unanswered(log)[0];
  if (question) return [answer(question)];
  if (said(log, closing.key))
    return missed(log, closing.key)
      .slice(0, 1)
      .flatMap((remark) => aftermath(log, remark));

  for (const stage of stages) {
    const moves = stage.next(log);
    if (moves.length > 0) return moves;
  }
  return [takeUp(log, closing, [])];
}

/** What people said while the closing was being spoken, too late for it. */
function missed(log: Log, closing: string): Turn[] {
  const closed = log.turns.find(({ key }) => key === closing)?.n ?? 0;
  return waitingRemarks(log).filter(({ n }) => n < closed);
}

function aftermath(log: Log, remark: Turn): Move[] {
  const persona = concerned(remark.text, log.debate.panel.personas);
  return persona ? [{ ...answer(remark), speaker: persona.id, answers: [] }] : [];
}

/** Turns no format asks for. */
const FROM_OUTSIDE: ReadonlySet<Turn['kind']> = new Set(['human', 'question', 'dissent', 'cast']);

function expectedTurns(log: Log, stages: readonly Stage[]): number {
  const people = log.turns.filter(({ kind }) => FROM_OUTSIDE.has(kind)).length;
  const answers = log.turns.filter((turn) => turn.key.startsWith('answer-')).length + unanswered(log).length;
  return 2 + people + answers + stages.reduce((sum, stage) => sum + stage.turns(log), 0);
}

/** Moves that do not depend on one another, each speaker not shown what the others say in theirs. */
export function together(moves: (log: Log) => readonly Move[], sealed = false): Stage {
  return {
    next(log) {
      const all = moves(log);
      const waiting = all.filter((move) => !said(log, move.key));
      const unseen = log.turns.filter((turn) => all.some(({ key }) => key === turn.key)).map(({ n }) => n);
      return waiting.map((move) => ({
        ...heedful(log, move, waiting),
        ...(unseen.length > 0 && { unseen }),
        ...(sealed && { sealed }),
      }));
    },
    turns: (log) => moves(log).length,
  };
}

/** Moves one after another, each speaker knowing all that was said before. */
export function inTurn(moves: (log: Log) => readonly Move[]): Stage {
  return {
    next(log) {
      const waiting = moves(log).filter((move) => !said(log, move.key));
      const first = waiting[0];
      return first ? [heedful(log, first, waiting)] : [];
    },
    turns: (log) => moves(log).length,
  };
}

/** People's remarks are for those who speak at length in the open: a vote or a sign-off takes nothing up. */
function heedful(log: Log, move: Move, waiting: readonly Move[]): Move {
  if (move.kind !== 'statement' && move.kind !== 'reply') return move;
  const routed = waiting.filter((other) => other.key !== move.key).flatMap((other) => other.to);
  const { to } = takeUp(log, move, personasOf(log, waiting));
  // What the coordinator has sent to somebody is that speaker's alone.
  return { ...move, to: to.filter((n) => move.to.includes(n) || !routed.includes(n)) };
}

/** A stage for voices that can weigh what was said; the offline voice only reads out. */
export function judging(stage: Stage): Stage {
  return {
    next: (log) => (judges(log) ? stage.next(log) : []),
    turns: (log) => (judges(log) ? stage.turns(log) : 0),
  };
}

function judges(log: Log): boolean {
  return log.debate.voice === 'model';
}

function said(log: Log, key: string): boolean {
  return log.turns.some((turn) => turn.key === key);
}

export function coordinated(log: Log, key: string, kind: Move['kind'], round: number): Move {
  return { key, kind, speaker: log.debate.panel.coordinator.id, round, to: [], answers: [] };
}

export function statement(persona: Persona, purpose?: Purpose): Move {
  const key = `statement-${persona.id}`;
  return { key, kind: 'statement', speaker: persona.id, round: 0, to: [], answers: [], ...(purpose && { purpose }) };
}

/** Everybody's position, asked in private; `when` tells one poll of a debate from another. */
export function poll(personas: readonly Persona[], when: string, round: number): Move[] {
  return personas.map(({ id }) => ({
    key: `stance-${id}-${when}`,
    kind: 'stance',
    speaker: id,
    round,
    to: [],
    answers: [],
  }));
}

/** 1, 2 … as many rounds as the debate has. */
export function roundsOf(log: Log): number[] {
  return Array.from({ length: log.debate.limits.rounds }, (_, at) => at + 1);
}

function personasOf(log: Log, moves: readonly Move[]): Persona[] {
  return moves.flatMap((move) => log.debate.panel.personas.find((persona) => persona.id === move.speaker) ?? []);
}
