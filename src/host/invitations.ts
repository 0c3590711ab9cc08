/** What readers are asked to do under a turn. */
import { HUMAN, type TurnData, type TurnKind } from '../debate.ts';

/**
 * To say where they stand once the question is put, and again when the debate is over; to answer what they are asked; to
 * keep a panel that was cast.
 */
export function invited(kind: TurnKind, { asks }: Pick<TurnData, 'asks'> = {}): Pick<TurnData, 'invites'> {
  if (asks?.some(({ to }) => to === HUMAN)) return { invites: [{ verb: 'answer', args: {} }] };
  if (kind === 'opening' || kind === 'synthesis') return { invites: [{ verb: 'vote', args: {} }] };
  return kind === 'cast' ? { invites: [{ verb: 'save', args: {} }] } : {};
}
