/** Sentences kept for the coordinator: the thesis of the opening, and what the closing reads out. */
import { cue, type Reading, sharedTopic } from './reading.ts';
import type { Sentence } from './sentences.ts';

const LONGEST_THESIS = 34;
const LONGEST_PLAIN = 20;
const FRAMING = /abstract|resumen|summary|introduc|conclu|discussion|discusión|^$/iu;

/** The sentence that says what the article claims: central, near its title, in the words of a claim. */
export function thesisOf(reading: Reading): Sentence | undefined {
  const inTitle = reading.search(reading.article.title);
  const weight = (sentence: Sentence) =>
    (reading.centrality[sentence.index] ?? 0) +
    (inTitle.get(sentence.index) ?? 0) * 0.5 +
    (cue(reading, 'claim', sentence) ? 0.8 : 0) +
    (FRAMING.test(sentence.section) ? 0.3 : 0) -
    (cue(reading, 'leaning', sentence) && !cue(reading, 'claim', sentence) ? 0.6 : 0) -
    (sentence.words > LONGEST_THESIS || sentence.cited ? 0.6 : 0) -
    (cue(reading, 'contrast', sentence) ? 0.3 : 0);
  return best(reading.sentences, weight);
}

/** The two most central sentences that stand by themselves, in reading order; the thesis apart. */
export function centralOf(reading: Reading): Sentence[] {
  const thesis = thesisOf(reading);
  return reading.sentences
    .filter((sentence) => sentence !== thesis && sentence.words <= LONGEST_THESIS && standsAlone(reading, sentence))
    .toSorted((a, b) => (reading.centrality[b.index] ?? 0) - (reading.centrality[a.index] ?? 0))
    .slice(0, 2)
    .toSorted((a, b) => a.index - b.index);
}

/** A short sentence on what the article is about, for the plain-words version. */
export function plainOf(reading: Reading): Sentence | undefined {
  const apart = new Set([thesisOf(reading), ...centralOf(reading)]);
  const short = reading.sentences.filter(
    (sentence) => !apart.has(sentence) && sentence.words <= LONGEST_PLAIN && standsAlone(reading, sentence),
  );
  const thesis = thesisOf(reading);
  const near = (sentence: Sentence) => (thesis && sharedTopic(reading, thesis, sentence) !== null ? 0.5 : 0);
  return best(
    short,
    (sentence) =>
      (reading.centrality[sentence.index] ?? 0) + near(sentence) - sentence.text.length / sentence.words / 10,
  );
}

/** Neither pointing back nor limiting: what limits is left to the debate. */
function standsAlone(reading: Reading, sentence: Sentence): boolean {
  return !sentence.cited && !cue(reading, 'leaning', sentence) && !cue(reading, 'contrast', sentence);
}

export function reservedFor(reading: Reading): number[] {
  return [thesisOf(reading), ...centralOf(reading), plainOf(reading)].flatMap((sentence) =>
    sentence ? [sentence.index] : [],
  );
}

export function best<Item>(items: readonly Item[], weight: (item: Item) => number): Item | undefined {
  let chosen: Item | undefined;
  let highest = Number.NEGATIVE_INFINITY;
  for (const item of items) {
    const own = weight(item);
    if (own > highest) [chosen, highest] = [item, own];
  }
  return chosen;
}
