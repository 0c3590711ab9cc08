/** Whether a turn says anything of what a point reports of it. */
import type { Language, Turn } from '../debate.ts';
import { termsOf } from '../text/terms.ts';

/** A point of fewer telling words may be the same thing in other words. */
const LEAST_TERMS = 3;

/**
 * False only when the two share no telling word at all: no judgement of meaning, but enough for what nobody spoke of.
 * Points too short to tell pass.
 */
export function voicedBy(point: string, turn: Turn | undefined, language: Language): boolean {
  const wanted = new Set(termsOf(point, language));
  if (!turn || wanted.size < LEAST_TERMS) return turn !== undefined;
  return termsOf(turn.text, language).some((term) => wanted.has(term));
}
