/** What readers are asked to do under a turn. */
import type { TurnData, TurnKind } from './debate.ts';

/** To say where they stand once the question is put, and again when the debate is over; to keep a panel that was cast. */
export function invited(kind: TurnKind): Pick<TurnData, 'invites'> {
  if (kind === 'opening' || kind === 'synthesis') return { invites: [{ verb: 'vote', args: {} }] };
  return kind === 'cast' ? { invites: [{ verb: 'save', args: {} }] } : {};
}
