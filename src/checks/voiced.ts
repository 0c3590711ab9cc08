/** Whether a turn says anything of what a point reports of it. */
import type { Turn } from '../debate.ts';

/** Inflected words agree in their beginnings; shorter words say little of what a text is about. */
const STEM = 5;

/** Words of reporting, not of what is reported. */
const REPORTING = new Set(
  'agree agreed everybody everyone panel point points should would could which their there these those acuerdo coinciden todos todas panel punto puntos sobre entre deben debería puede pueden cuando donde'
    .split(' ')
    .map(stem),
);

/** A point of fewer telling words may be the same thing in other words. */
const LEAST_WORDS = 3;

/**
 * False only when the two share no telling word at all: no judgement of meaning, but enough for what nobody spoke of.
 * Points too short to tell pass.
 */
export function voicedBy(point: string, turn: Turn | undefined): boolean {
  const wanted = stemsOf(point);
  if (!turn || wanted.size < LEAST_WORDS) return turn !== undefined;
  const said = stemsOf(turn.text);
  return [...wanted].some((word) => said.has(word));
}

function stemsOf(text: string): Set<string> {
  const words =
    text
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return new Set(
    words
      .filter((word) => word.length >= STEM - 1)
      .map(stem)
      .filter((word) => !REPORTING.has(word)),
  );
}

function stem(word: string): string {
  return word.slice(0, STEM);
}
