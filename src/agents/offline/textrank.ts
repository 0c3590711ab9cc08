/** TextRank: a sentence matters as far as sentences that matter share its words. */

const DAMPING = 0.85;
const ROUNDS = 30;
/** Pairs grow with the square; longer articles are ranked on an even sample and the rest share its words. */
const MOST = 800;

/** Centrality of each sentence, given as its terms: 0 … 1, the highest being 1. */
export function textRank(sentences: readonly (readonly string[])[]): number[] {
  const step = Math.max(1, Math.ceil(sentences.length / MOST));
  const sampled = sentences.flatMap((_, index) => (index % step === 0 ? [index] : []));
  const ranked = rank(sampled.map((index) => new Set(sentences[index])));
  const scores = sentences.map(() => 0);
  sampled.forEach((index, at) => {
    scores[index] = ranked[at] ?? 0;
  });
  const highest = Math.max(...scores, Number.MIN_VALUE);
  return scores.map((score) => score / highest);
}

function rank(sentences: readonly ReadonlySet<string>[]): number[] {
  const edges = sentences.map((one, at) => sentences.map((other, to) => (at === to ? 0 : similarity(one, other))));
  const sums = edges.map((row) => row.reduce((sum, weight) => sum + weight, 0));
  let scores = sentences.map(() => 1);
  for (let round = 0; round < ROUNDS; round++) {
    const shares = scores.map((score, at) => (sums[at] ? score / sums[at] : 0));
    scores = edges.map(
      (row) => 1 - DAMPING + DAMPING * row.reduce((sum, weight, from) => sum + weight * (shares[from] ?? 0), 0),
    );
  }
  return scores;
}

/** Words in common over the lengths' logarithms, so that long sentences do not win by length. */
function similarity(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size < 2 || other.size < 2) return 0;
  let common = 0;
  for (const term of one) if (other.has(term)) common++;
  return common / (Math.log(one.size) + Math.log(other.size));
}
