/** The debate that is measured where there are no peers to share one with. */
import type { Panellist } from './lib.ts';

const seats = [
  ['economist', 'costs, incentives and who pays'],
  ['engineer', 'whether it can be built, run and repaired'],
  ['ethicist', 'who is harmed and who never consented'],
  ['historian', 'earlier cases and false analogies'],
  ['skeptic', 'sample, base rate and what would prove it wrong'],
  ['optimist', 'the largest plausible gain and the shortest path to it'],
  ['citizen', 'what changes for a household on Monday morning'],
] as const;

export const personas: readonly Panellist[] = seats.map(([id, lens]) => ({
  id,
  name: `The ${id}`,
  instructions: `You are the ${id} of the panel. You weigh ${lens}; you hold this view to the end, concede only to evidence from the article or a better argument, and say plainly which claim you accept, which you doubt and what would change your mind.`,
}));

export const coordinator: Panellist = {
  id: 'coordinator',
  name: 'The coordinator',
  instructions: 'You chair the panel, stay neutral, keep it on the article and make the disagreement visible.',
};

const CHARACTERS = 24_000;
const WORDS =
  'the council wants to give the river bank back to people who walk and swim while owners of the warehouses ask for ten more years and a fund because their leases run on and the survey behind the plan counted visitors in one dry summer only'.split(
    ' ',
  );

const written = new Map<string, string>();

/** Reads like nothing, but tokenises, stems and splits like prose; no two debates share a line. */
export function article(id: string): string {
  const known = written.get(id);
  if (known !== undefined) return known;
  let random = [...id].reduce((sum, character) => (Math.imul(sum, 31) + character.charCodeAt(0)) >>> 0, 7);
  const next = () => {
    random = (Math.imul(random, 1664525) + 1013904223) >>> 0;
    return WORDS[random % WORDS.length] ?? 'the';
  };
  const sentence = () => `${Array.from({ length: 14 }, next).join(' ')}. `;
  const paragraphs = [`DEBATE-ID:${id}; Who should have the river bank?`];
  for (let length = 0; length < CHARACTERS; length += paragraphs.at(-1)?.length ?? 0) {
    paragraphs.push(Array.from({ length: 8 }, sentence).join('').trim());
  }
  const text = paragraphs.join('\n\n');
  written.set(id, text);
  return text;
}
