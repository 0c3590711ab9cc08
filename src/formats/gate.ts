/**
 * Debate or not. The panel is polled first, nobody knowing what the others say; one that is near-unanimous gets a page
 * instead of a debate, one that is split debates. Around any format that asks a question of yes or no.
 */
import type { Format, Log, Move, Turn } from '../debate.ts';
import { coordinated, poll, together } from './course.ts';
import { answer, unanswered } from './people.ts';

/** Formats whose question has no sides to be polled, or that assign them. */
const WITHOUT: ReadonlySet<string> = new Set(['oxford', 'socratic', 'delphi']);

export function hasGate(id: string): boolean {
  return !WITHOUT.has(id);
}

export function gated(format: Format): Format {
  if (!hasGate(format.id)) return format;
  return {
    ...format,
    next: (log) => (log.debate.gate ? (before(log) ?? format.next(log)) : format.next(log)),
    expectedTurns: (log) => (log.debate.gate ? expected(log, format) : format.expectedTurns(log)),
  };
}

const polls = together(({ debate }) => poll(debate.panel.personas, 'gate', 0), true);

/** What there is to be done instead of the debate; null: the debate's own next moves. */
function before(log: Log): readonly Move[] | null {
  const { debate, turns } = log;
  if (!turns.some(({ key }) => key === 'opening')) return null;
  const outcome = gateTurn(log);
  if (!outcome) {
    if (debate.ending) return null;
    const asked = polls.next(log);
    return asked.length > 0 ? asked : [coordinated(log, 'gate', 'gate', 0)];
  }
  if (outcome.data.gate?.debates) return null;
  const page = turns.find(({ key }) => key === 'digest');
  // Somebody wants to hear them out all the same.
  if (page && debate.limits.rounds > page.round) return null;
  if (!page) return [{ ...coordinated(log, 'digest', 'synthesis', debate.limits.rounds), purpose: 'digest' }];
  const [question] = unanswered(log);
  return question ? [answer(question)] : [];
}

export function gateTurn({ turns }: Pick<Log, 'turns'>): Turn | undefined {
  return turns.find(({ kind }) => kind === 'gate');
}

/** The poll's turns, in the order of the panel. */
export function polled({ debate, turns }: Pick<Log, 'debate' | 'turns'>): Turn[] {
  const keys = poll(debate.panel.personas, 'gate', 0).map(({ key }) => key);
  return keys.flatMap((key) => turns.find((turn) => turn.key === key) ?? []);
}

function expected(log: Log, format: Format): number {
  const asked = log.debate.panel.personas.length + 1;
  const page = log.turns.find(({ key }) => key === 'digest');
  const outcome = gateTurn(log);
  if (!outcome || outcome.data.gate?.debates) return asked + format.expectedTurns(log);
  if (page && log.debate.limits.rounds > page.round) return asked + 1 + format.expectedTurns(log);
  return Math.max(log.turns.length + unanswered(log).length, outcome.n + 1);
}
