/** Whom a topic calls for, by the words personas read for. Pure. */
import type { Language, Persona } from '../debate.ts';
import { termsOf } from '../text/terms.ts';

export interface Seat {
  readonly persona: Persona;
  /** Words of its lens that the topic has, the most telling first. */
  readonly words: readonly string[];
}

/**
 * Those whose lens the text touches most, each the best for what the ones before leave untouched; in falling order.
 * A word few read for counts more.
 */
export function seatsByLens(text: string, language: Language, personas: readonly Persona[], most: number): Seat[] {
  const said = new Set(termsOf(text, language));
  const touched = personas.map((persona) => ({ persona, terms: termsTouched(persona, language, said) }));
  const readers = new Map<string, number>();
  for (const { terms } of touched) for (const { key } of terms) readers.set(key, (readers.get(key) ?? 0) + 1);
  const rarity = (key: string) => Math.log(1 + personas.length / (readers.get(key) ?? 1));
  const seats: Seat[] = [];
  const covered = new Set<string>();
  const left = new Set(touched);
  while (seats.length < most && left.size > 0) {
    const worth = ({ terms }: (typeof touched)[number]) =>
      terms.reduce((sum, { key }) => sum + rarity(key) * (covered.has(key) ? 0.3 : 1), 0);
    const [best] = [...left].toSorted((a, b) => worth(b) - worth(a));
    if (!best || best.terms.length === 0) break;
    left.delete(best);
    for (const { key } of best.terms) covered.add(key);
    const telling = best.terms.toSorted((a, b) => rarity(b.key) - rarity(a.key));
    seats.push({ persona: best.persona, words: telling.map(({ word }) => word) });
  }
  return seats;
}

/** Terms of the lens all of whose words the text has. */
function termsTouched(persona: Persona, language: Language, said: ReadonlySet<string>) {
  const lens = language === 'es' ? persona.lens.es : persona.lens.en;
  return lens.flatMap((word) => {
    const stems = termsOf(word, language);
    return stems.length > 0 && stems.every((stem) => said.has(stem)) ? [{ word, key: stems.join(' ') }] : [];
  });
}
