/** Which personas of a panel would say the same: duties and lenses compared by the stems of their words. Pure. */
import type { Localised, Persona } from '../debate.ts';
import { termsOf } from '../text/terms.ts';

export interface Overlap {
  readonly pair: readonly [Persona, Persona];
  /** Share of the smaller duty that the other has, too: 0 … 1, rare words counting more. */
  readonly duty: number;
  /** Share of the shorter lens that the other has, too: 0 … 1. */
  readonly lens: number;
  /** What they share, as the first of them writes it. */
  readonly words: { readonly duty: readonly string[]; readonly lens: readonly string[] };
}

/** From these on two personas are told to do the same, or read for the same. No two that ship reach either. */
const SAME_DUTY = 0.4;
const SAME_LENS = 0.5;

/** Pairs that overlap, the worst first. `all`: the personas that say which words are common among duties. */
export function overlaps(personas: readonly Persona[], all: readonly Persona[] = personas): Overlap[] {
  const pairs = personas.flatMap((one, at) => personas.slice(at + 1).map((other) => [one, other] as const));
  return pairs
    .map((pair) => worst(compared(pair, 'en', all), compared(pair, 'es', all)))
    .filter(({ duty, lens }) => duty >= SAME_DUTY || lens >= SAME_LENS)
    .toSorted((a, b) => score(b) - score(a));
}

function score({ duty, lens }: Overlap): number {
  return Math.max(duty / SAME_DUTY, lens / SAME_LENS);
}

/** A team may have written one language only, or the two may differ. */
function worst(one: Overlap, other: Overlap): Overlap {
  return score(other) > score(one) ? other : one;
}

function compared(pair: readonly [Persona, Persona], language: keyof Localised, all: readonly Persona[]): Overlap {
  const [one, other] = pair;
  const told = (persona: Persona) => `${persona.duty[language]} ${persona.never[language]}`;
  const weightOf = rarity(all.map((persona) => new Set(termsOf(told(persona), language))));
  const duty = shared(told(one), told(other), language, weightOf);
  const lens = shared(one.lens[language].join(', '), other.lens[language].join(', '), language, () => 1);
  return { pair, duty: duty.share, lens: lens.share, words: { duty: duty.words, lens: lens.words } };
}

/** A word that every duty has says nothing of any. */
function rarity(texts: readonly ReadonlySet<string>[]): (term: string) => number {
  const counts = new Map<string, number>();
  for (const text of texts) for (const term of text) counts.set(term, (counts.get(term) ?? 0) + 1);
  return (term) => Math.log(1 + texts.length / (counts.get(term) ?? 1));
}

function shared(one: string, other: string, language: string, weightOf: (term: string) => number) {
  const [mine, theirs] = [new Set(termsOf(one, language)), new Set(termsOf(other, language))];
  const weigh = (terms: Iterable<string>) => [...terms].reduce((sum, term) => sum + weightOf(term), 0);
  const both = mine.intersection(theirs);
  const least = Math.min(weigh(mine), weigh(theirs));
  const words = (one.match(/[\p{L}\p{N}'’-]+/gu) ?? []).filter((word) =>
    termsOf(word, language).some((term) => both.has(term)),
  );
  return { share: least === 0 ? 0 : weigh(both) / least, words: [...new Set(words)] };
}
