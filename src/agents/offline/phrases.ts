/** Key phrases: what an article talks about, in its own words. */
import type { Language } from '../../debate.ts';
import { isStopWord, stem } from '../../text/terms.ts';
import type { Sentence } from './sentences.ts';

export interface Phrase {
  /** As the article writes it most often. */
  readonly text: string;
  readonly terms: readonly string[];
  /** Sentences it stands in, by index. */
  readonly sentences: ReadonlySet<number>;
  readonly score: number;
}

/** Inside a phrase, never at its edge: `señal de recompensa`. */
const LINKS: ReadonlyMap<Language, ReadonlySet<string>> = new Map([
  ['es', new Set(['de', 'del', 'en', 'por', 'a', 'la'])],
  ['pt', new Set(['de', 'do', 'da'])],
  ['fr', new Set(['de', 'du', "d'"])],
]);

const DETERMINERS = new Set(
  'a an the this that these those its their our each every no of in for with el la los las un una unos unas su sus cada del al'.split(
    ' ',
  ),
);

const MOST_WORDS = 3;
/** Above this share of the sentences a single noun names everything and nothing. */
const TOO_COMMON = 0.15;
/** Adverbs and finite verbs that no list holds. */
const NOT_A_NAME: ReadonlyMap<Language, RegExp> = new Map([
  ['en', /ly$/i],
  ['es', /(?:mente|ando|iendo|aron|ieron|aban|ían|[aei]r|[aei]rl[oae]s?)$/i],
]);
/** Nor does a phrase end in a participle: `models trained`. */
const NOT_LAST: ReadonlyMap<Language, RegExp> = new Map([['en', /ed$/i]]);

interface Token {
  readonly word: string;
  readonly content: boolean;
}

interface Tally {
  readonly surfaces: Map<string, number>;
  readonly terms: readonly string[];
  readonly sentences: Set<number>;
  /** Times a determiner or the clause's beginning stands before it. */
  named: number;
  /** Times no content word follows. */
  closed: number;
}

/** Phrases of two or three words in two sentences or more, and single nouns in three or more; best first. */
export function keyPhrases(sentences: readonly Sentence[], language: Language): Phrase[] {
  const tallies = new Map<string, Tally>();
  for (const sentence of sentences) {
    for (const clause of sentence.text.split(/[,;:.()–—]+\s|[.()]/u)) tallyClause(clause, sentence, language, tallies);
  }
  const phrases = [...tallies.values()].flatMap((tally): Phrase[] => {
    const { sentences: where, terms } = tally;
    if (where.size < (terms.length > 1 ? 2 : 3)) return [];
    const text = [...tally.surfaces].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
    if (terms.length === 1 && tally.named < Math.max(2, where.size / 2)) return [];
    // Mostly followed by another content word, it is half of a phrase: `test-time`.
    if (tally.named === 0 || tally.closed < where.size / 2) return [];
    if (terms.length === 1 && where.size > sentences.length * TOO_COMMON) return [];
    return [{ text, terms, sentences: where, score: where.size * (terms.length > 1 ? 2 + terms.length : 1) }];
  });
  return phrases.toSorted((a, b) => b.score - a.score || a.text.localeCompare(b.text));
}

function tallyClause(clause: string, sentence: Sentence, language: Language, tallies: Map<string, Tally>): void {
  const tokens = clause
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter(Boolean)
    .map((word): Token => ({ word, content: isContent(word, language) }));
  for (let from = 0; from < tokens.length; from++) {
    for (const run of runsFrom(tokens, from, language)) {
      const words = run.map((token) => token.word);
      const terms = run.filter((token) => token.content).flatMap(({ word }) => word.split('-'));
      const stems = terms.map((word) => stem(word, language));
      // A word repeated is a slip of the extraction.
      if (new Set(stems).size < stems.length) continue;
      if (NOT_LAST.get(language)?.test(words.at(-1) ?? '')) continue;
      const first = clause.trim().startsWith(words[0] ?? '') && sentence.text.startsWith(words[0] ?? '');
      const tally = tallies.get(stems.join(' ')) ?? {
        surfaces: new Map(),
        terms: stems,
        sentences: new Set(),
        named: 0,
        closed: 0,
      };
      const surface = surfaceOf(words, first);
      tally.surfaces.set(surface, (tally.surfaces.get(surface) ?? 0) + (first ? 0.5 : 1));
      tally.sentences.add(sentence.index);
      if (from === 0 || DETERMINERS.has(tokens[from - 1]?.word.toLowerCase() ?? '')) tally.named++;
      if (!tokens[from + run.length]?.content) tally.closed++;
      tallies.set(stems.join(' '), tally);
    }
  }
}

/** Runs of one to three content words that begin here, links between them allowed. */
function runsFrom(tokens: readonly Token[], from: number, language: Language): Token[][] {
  const links = LINKS.get(language);
  const runs: Token[][] = [];
  const run: Token[] = [];
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at];
    if (!token) break;
    if (token.content) {
      run.push(token);
      runs.push([...run]);
      if (run.filter((each) => each.content).length === MOST_WORDS) break;
    } else if (run.length > 0 && run.slice(-2).some((each) => each.content) && links?.has(token.word)) run.push(token);
    else break;
  }
  return runs;
}

/** Whether a word can stand for a thing by its look; adverbs and verb forms cannot. */
export function couldBeName(word: string, language: Language): boolean {
  const wrong = NOT_A_NAME.get(language)?.test(word) || NOT_LAST.get(language)?.test(word);
  return !wrong && !/\d|(?:ing|ize|ise)$/i.test(word);
}

function isContent(word: string, language: Language): boolean {
  const parts = word.split('-');
  return parts.some((part) => !isStopWord(part, language)) && !/\d/.test(word) && !NOT_A_NAME.get(language)?.test(word);
}

/** A sentence's first word loses its capital unless it is an acronym or a mixed-case name. */
function surfaceOf(words: readonly string[], atStart: boolean): string {
  const [head = '', ...rest] = words;
  const lowered = atStart && /^\p{Lu}[\p{Ll}-]+$/u.test(head) ? head.toLowerCase() : head;
  return [lowered, ...rest].join(' ');
}
