/** Rounds of directed replies: the coordinator's notes say who is heard about what, and whoever asked judges the answer. */
import { type Log, type Move, type Route, speaker, type Turn } from '../debate.ts';
import { coordinated, inTurn, judging, roundsOf, type Stage, together } from './course.ts';
import { takeUp } from './people.ts';

/** Replies a round may have; with seven personas and one round a panel is 16 turns. */
const REPLIES_PER_ROUND = 6;

interface Rounds {
  /** Replies that do not wait for one another; whoever is called upon twice speaks once. */
  readonly atOnce?: boolean;
  /** Only rounds people ask for after the first closing. */
  readonly onlyExtra?: boolean;
}

export function rounds({ atOnce = false, onlyExtra = false }: Rounds = {}): Stage {
  const numbers = (log: Log) => roundsOf(log).filter((round) => !onlyExtra || round > firstClosing(log));
  return {
    next(log) {
      for (const round of numbers(log)) {
        const notes = notesOf(log, round);
        if (!notes) return [takeUp(log, coordinated(log, `notes-${round}`, 'notes', round), [])];
        if (nothingNew(log, notes)) return [];
        const moves = stagesOf(notes, atOnce).find((stage) => stage.next(log).length > 0);
        if (moves) return moves.next(log);
      }
      return [];
    },
    turns: (log) => numbers(log).reduce((sum, round) => sum + turnsOf(log, round, atOnce), 0),
  };
}

/** The notes found nothing to put to anybody, and nobody has asked for more since. */
function nothingNew(log: Log, notes: Turn): boolean {
  const asked = log.turns.some((turn) => turn.kind === 'synthesis' && turn.n > notes.n);
  return broughtNothing(notes) && !asked;
}

export function broughtNothing(turn: Turn): boolean {
  return turn.data.notes?.routes.length === 0;
}

/** The rounds the debate was through with when it first closed. */
function firstClosing(log: Log): number {
  return log.turns.find((turn) => turn.kind === 'synthesis')?.round ?? log.debate.limits.rounds;
}

function notesOf(log: Log, round: number): Turn | undefined {
  return log.turns.find((turn) => turn.key === `notes-${round}`);
}

function stagesOf(notes: Turn, atOnce: boolean): Stage[] {
  const replies = (log: Log) => repliesTo(log, notes, atOnce);
  return [atOnce ? together(replies) : inTurn(replies), judging(together((log) => verdicts(log, replies(log))))];
}

function turnsOf(log: Log, round: number, atOnce: boolean): number {
  const notes = notesOf(log, round);
  if (notes) return 1 + stagesOf(notes, atOnce).reduce((sum, stage) => sum + stage.turns(log), 0);
  const earlier = log.turns.findLast((turn) => turn.kind === 'notes');
  if (earlier && nothingNew(log, earlier)) return 0;
  return 1 + Math.min(REPLIES_PER_ROUND, log.debate.panel.personas.length);
}

function repliesTo(log: Log, notes: Turn, atOnce: boolean): Move[] {
  const routes = (notes.data.notes?.routes ?? []).slice(0, REPLIES_PER_ROUND);
  return (atOnce ? bySpeaker(routes) : routes).map((route, index) => ({
    key: `reply-${notes.round}-${index + 1}`,
    kind: 'reply',
    speaker: route.speaker,
    round: notes.round,
    to: route.to,
    answers: route.to.filter((n) => asks(log, n, route.speaker)),
    issue: route.issue,
  }));
}

function bySpeaker(routes: readonly Route[]): Route[] {
  const merged = new Map<string, Route>();
  for (const route of routes) {
    const before = merged.get(route.speaker);
    const to = [...new Set([...(before?.to ?? []), ...route.to])];
    const issues = [...new Set([before?.issue, route.issue])].filter(Boolean);
    merged.set(route.speaker, { ...(before ?? route), to, issue: issues.join('\n') });
  }
  return [...merged.values()];
}

function asks(log: Log, n: number, persona: string): boolean {
  return log.turns[n - 1]?.data.asks?.some((ask) => ask.to === persona) ?? false;
}

/** Whoever put a question that one of the replies answers says whether it did. */
function verdicts(log: Log, replies: readonly Move[]): Move[] {
  return replies.flatMap(({ key, answers, round }) => {
    const reply = log.turns.find((turn) => turn.key === key);
    return answers.flatMap((n): Move[] => {
      const asker = log.turns[n - 1]?.speaker ?? '';
      if (speaker(log.debate.panel, asker)?.role !== 'persona') return [];
      const to = reply ? [reply.n] : [];
      return [{ key: `verdict-${n}-${key}`, kind: 'verdict', speaker: asker, round, to, answers: [] }];
    });
  });
}
