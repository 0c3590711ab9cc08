/** Articles too long for the model: an outline for everyone, and the passages that matter for one turn. */
import { type Article, centralQuestion, type Passage } from '../debate.ts';
import type { Cue } from '../ports/voice.ts';

/** Passages of one article that match the words best first. */
export type SearchPassages = (words: string, limit: number) => Promise<readonly Passage[]>;

/** Passages shown for one turn take at most this share of the article's budget. */
const SHARE_FOR_TURN = 1 / 3;
const MOST_PASSAGES = 24;
/** Longest stretch of the article one line of the outline stands for. */
const PASSAGES_PER_LINE = 20;

/** A rough count that errs on the side of too many, the same for every model. */
export function estimateTokens(characters: number): number {
  return Math.ceil(characters / 3.5);
}

const lengths = new WeakMap<Article, number>();

/** Estimated tokens of the article as it is shown whole. */
export function articleTokens(article: Article): number {
  const known = lengths.get(article);
  if (known !== undefined) return known;
  const tokens = estimateTokens(article.passages.reduce((sum, passage) => sum + passage.text.length + 8, 0));
  lengths.set(article, tokens);
  return tokens;
}

/** One line per stretch of a section: its passages and how it begins. Shortened until it fits the budget. */
export function outline(article: Article, budget: number): string {
  const stretches = stretchesOf(article.passages);
  for (const length of [240, 120, 60, 24, 0]) {
    const lines = stretches.map((stretch) => lineOf(stretch, length));
    if (estimateTokens(lines.join('\n').length) <= budget) return lines.join('\n');
  }
  const fitting = Math.max(1, Math.floor((budget * 3.5) / 60));
  const every = Math.ceil(stretches.length / fitting);
  return stretches
    .filter((_, at) => at % every === 0)
    .map((stretch) => lineOf(stretch, 0))
    .join('\n');
}

function stretchesOf(passages: readonly Passage[]): readonly (readonly Passage[])[] {
  const stretches: Passage[][] = [];
  for (const passage of passages) {
    const last = stretches.at(-1);
    if (last && last[0]?.section === passage.section && last.length < PASSAGES_PER_LINE) last.push(passage);
    else stretches.push([passage]);
  }
  return stretches;
}

function lineOf(stretch: readonly Passage[], length: number): string {
  const first = stretch[0];
  const last = stretch.at(-1);
  if (!first || !last) return '';
  const numbers = first.n === last.n ? `[p${first.n}]` : `[p${first.n}–p${last.n}]`;
  const heading = first.section === '' ? '' : ` § ${first.section.slice(0, 80)}`;
  return `${numbers}${heading}${length > 0 ? `: ${beginning(first.text, length)}` : ''}`;
}

/** The first sentence, or as much of it as fits. */
function beginning(text: string, length: number): string {
  const flat = text.replace(/\s+/g, ' ');
  const sentence = /^.{20,}?[.!?](?=\s|$)/.exec(flat)?.[0] ?? flat;
  return sentence.length <= length ? sentence : `${sentence.slice(0, length).replace(/\s+\S*$/, '')}…`;
}

/** What to show for this turn: what the turns it takes up quoted, then what fits its lens and the question. */
export async function passagesFor(cue: Cue, search: SearchPassages, budget: number): Promise<readonly Passage[]> {
  const { article, turns } = cue.log;
  if (!article) return [];
  const to = turns.filter((turn) => cue.move.to.includes(turn.n));
  const quoted = new Set(to.flatMap((turn) => turn.quotes.map((quote) => quote.passage)));
  const lens = article.language === 'es' ? cue.persona.lens.es : cue.persona.lens.en;
  const words = [cue.move.issue ?? '', ...to.map((turn) => turn.text), centralQuestion(cue.log), lens.join(' ')];
  const found = await search(words.join('\n').slice(0, 4000), MOST_PASSAGES);
  const wanted = [...article.passages.filter((passage) => quoted.has(passage.n)), ...found];
  return withinBudget(wanted, budget * SHARE_FOR_TURN);
}

/** The first of these that fit, each once, in the article's order. */
export function withinBudget(passages: readonly Passage[], budget: number): readonly Passage[] {
  const chosen = new Map<number, Passage>();
  let tokens = 0;
  for (const passage of passages) {
    if (chosen.has(passage.n)) continue;
    tokens += estimateTokens(passage.text.length + 8);
    if (tokens > budget && chosen.size > 0) break;
    chosen.set(passage.n, passage);
  }
  return [...chosen.values()].sort((a, b) => a.n - b.n);
}
