/** When a panel is so much of one mind that a debate would add little. */
import type { Stance } from '../debate.ts';

/** Of fewer nobody can say that they agree. */
const LEAST = 3;
/** One in so many may lean elsewhere. */
const DISSENTERS = 6;
/** Per cent, on average, of those who agree. */
const SURE = 60;
/** How firmly, on average, of 3. */
const FIRM = 1.5;

/**
 * Near-unanimous: all but at most one in six take the same side, on average firmly and with confidence, and whoever
 * does not is not firmly on the other one (which is a clash worth hearing).
 */
export function nearUnanimous(stances: readonly Stance[]): boolean {
  if (stances.length < LEAST) return false;
  const side = Math.sign(stances.reduce((sum, { stance }) => sum + Math.sign(stance), 0));
  const agreeing = stances.filter(({ stance }) => side !== 0 && Math.sign(stance) === side);
  const others = stances.filter((stance) => !agreeing.includes(stance));
  if (others.length > Math.floor(stances.length / DISSENTERS)) return false;
  if (others.some(({ stance }) => stance * side <= -2)) return false;
  const mean = (of: (stance: Stance) => number) =>
    agreeing.reduce((sum, each) => sum + of(each), 0) / Math.max(1, agreeing.length);
  return mean(({ confidence }) => confidence) >= SURE && mean(({ stance }) => Math.abs(stance)) >= FIRM;
}
