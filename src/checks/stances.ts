/** Where each persona stood before and after, as its turns say it. */
import type { Log, Stance } from '../debate.ts';

export interface StanceMove {
  readonly speaker: string;
  readonly before: Stance;
  /** null: it took a position once only. */
  readonly after: Stance | null;
  /** The turn it was answering when its position moved; null: unmoved, or no reason to be seen. */
  readonly because: number | null;
}

export function stanceMoves(log: Pick<Log, 'debate' | 'turns'>): StanceMove[] {
  return log.debate.panel.personas.flatMap((persona): StanceMove[] => {
    const taken = log.turns.filter((turn) => turn.speaker === persona.id && turn.data.stance);
    const before = taken[0]?.data.stance;
    if (!before) return [];
    const after = taken.length > 1 ? (taken.at(-1)?.data.stance ?? null) : null;
    const moved = taken.find((turn, at) => at > 0 && turn.data.stance?.stance !== taken[at - 1]?.data.stance?.stance);
    return [{ speaker: persona.id, before, after, because: moved?.repliesTo[0] ?? null }];
  });
}
