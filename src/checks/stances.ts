/** Where each persona stood before and after, as it said itself, and what it said moved it. */
import type { Log, Persona, Stance } from '../debate.ts';
import { turnAt } from './mentions.ts';

export interface StanceMove {
  readonly speaker: string;
  readonly before: Stance;
  /** null: it took a position once only. */
  readonly after: Stance | null;
  /** The turn it says moved it; null: unmoved, or it gave no reason. */
  readonly because: number | null;
}

export function stanceMoves(log: Pick<Log, 'debate' | 'turns'>): StanceMove[] {
  return log.debate.panel.personas.flatMap((persona): StanceMove[] => {
    const taken = log.turns.flatMap((turn) => (turn.speaker === persona.id ? (turn.data.stance ?? []) : []));
    const [before, ...later] = taken;
    if (!before) return [];
    const after = later.at(-1) ?? null;
    const lastMove = taken.findLast((stance, at) => at > 0 && stance.stance !== taken[at - 1]?.stance);
    // There and back again is not moved.
    const because = after && after.stance !== before.stance ? (lastMove?.because ?? null) : null;
    return [{ speaker: persona.id, before, after, because }];
  });
}

/** The stance with its reason only where that is a turn of somebody else the speaker knows of. */
export function reasoned({ because, ...stance }: Stance, log: Log, persona: Persona): Stance {
  const turn = because === undefined ? undefined : turnAt(log, because);
  const moved = stance.stance !== lastStance(log, persona)?.stance;
  return moved && turn?.public && turn.speaker !== persona.id ? { ...stance, because: turn.n } : stance;
}

/** What to ask of a persona whose position changed and who names no turn that changed it. */
export function unexplained(stance: Stance, log: Log, persona: Persona): string[] {
  const before = lastStance(log, persona);
  if (!before || before.stance === stance.stance || stance.because !== undefined) return [];
  return [
    `Your stance was ${before.stance} and is now ${stance.stance}: name the turn by somebody else that moved you ([stance: …, confidence: …, moved by: turn N]), or keep the stance you had.`,
  ];
}

function lastStance(log: Log, persona: Persona): Stance | undefined {
  return log.turns.findLast((turn) => turn.speaker === persona.id && turn.data.stance)?.data.stance;
}
