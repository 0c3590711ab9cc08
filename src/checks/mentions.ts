/** Turns a text speaks of by number: those there are not reach no reader. */
import type { Log, Turn } from '../debate.ts';

const MENTION = /\s*[([]?\b(?:turns?|turnos?)\s+((?:\d+(?:\s*(?:,|y|e|and|&|-|–)\s*)?)+)[)\]]?/giu;

/** By number, whatever else the log at hand leaves out. */
export function turnAt(log: Pick<Log, 'turns'>, n: number): Turn | undefined {
  const there = log.turns[n - 1];
  return there?.n === n ? there : log.turns.find((turn) => turn.n === n);
}

/** Turns a text mentions that are not there, or that readers never saw; as a list, '' when there are none. */
export function missingIn(text: string, log: Pick<Log, 'turns'>): string {
  return missing(mentioned(text), log);
}

/** Those of the turn numbers that no turn has, as a list; '' when all exist. */
export function missing(turns: readonly number[], log: Pick<Log, 'turns'>): string {
  return turns.filter((n) => !turnAt(log, n)?.public).join(', ');
}

export function withoutMissing(text: string, log: Pick<Log, 'turns'>): string {
  return text.replace(MENTION, (whole, numbers: string) => (missing(numbersIn(numbers), log) === '' ? whole : ''));
}

function mentioned(text: string): number[] {
  return [...text.matchAll(MENTION)].flatMap((match) => numbersIn(match[1] ?? ''));
}

function numbersIn(text: string): number[] {
  return (text.match(/\d+/g) ?? []).map(Number);
}
