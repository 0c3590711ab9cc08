/** An article read once for all the turns of a debate: its sentences, what they are about and how central they are. */
import MiniSearch from 'minisearch';
import type { Article, Language, Quote } from '../../debate.ts';
import { InputError } from '../../errors.ts';
import { flat, isStopWord, stem, termsOf, wordsOf } from '../../text/terms.ts';
import { type Cue, has } from './cues.ts';
import { couldBeName, keyPhrases, type Phrase } from './phrases.ts';
import { type Sentence, usableSentences } from './sentences.ts';
import { textRank } from './textrank.ts';

export interface Reading {
  readonly article: Article;
  readonly language: Language;
  readonly sentences: readonly Sentence[];
  /** 0 … 1 by sentence index. */
  readonly centrality: readonly number[];
  readonly phrases: readonly Phrase[];
  /** The phrases each sentence carries, best first. */
  readonly carried: readonly (readonly Phrase[])[];
  readonly terms: readonly ReadonlySet<string>[];
  /** Share of the sentences a stem stands in, 0 … 1. */
  readonly commonness: ReadonlyMap<string, number>;
  /** BM25 by sentence index, 0 … 1, the best match being 1; what does not match is absent. */
  search(words: string): ReadonlyMap<number, number>;
}

const LEAST_SENTENCES = 25;

const kept = new WeakMap<Article, Reading>();

/**
 * Rejects with an InputError what the offline voice cannot debate: a bare question, and an article of under 25
 * sentences that can be quoted by themselves.
 */
export function checkOfflineArticle(article: Article | null): void {
  if (!article) {
    throw new InputError({
      en: 'Without a language model a bare question cannot be debated: set TERTULIA_MODEL, or give an article of 25 sentences or more.',
      es: 'Sin modelo de lenguaje no se puede debatir una pregunta suelta: configura TERTULIA_MODEL o da un artículo de 25 frases o más.',
    });
  }
  const found = readingOf(article).sentences.length;
  if (found >= LEAST_SENTENCES) return;
  throw new InputError({
    en: `Only ${found} sentences of the article can be quoted and the offline voice needs ${LEAST_SENTENCES}: set TERTULIA_MODEL, or give a longer article.`,
    es: `Solo ${found} frases del artículo se pueden citar y la voz sin modelo necesita ${LEAST_SENTENCES}: configura TERTULIA_MODEL o da un artículo más largo.`,
  });
}

/** The same article object is read once. */
export function readingOf(article: Article): Reading {
  const known = kept.get(article);
  if (known) return known;
  const reading = read(article);
  kept.set(article, reading);
  return reading;
}

function read(article: Article): Reading {
  const { language } = article;
  const sentences = usableSentences(article);
  const listed = sentences.map((sentence) => termsOf(sentence.text, language));
  const terms = listed.map((list) => new Set(list));
  const phrases = keyPhrases(sentences, language);
  return {
    article,
    language,
    sentences,
    terms,
    centrality: textRank(listed),
    phrases,
    carried: sentences.map(({ index }) => phrases.filter((phrase) => phrase.sentences.has(index))),
    commonness: commonnessOf(terms),
    search: searchIn(sentences, language),
  };
}

function commonnessOf(sentences: readonly ReadonlySet<string>[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const terms of sentences) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return new Map([...counts].map(([term, count]) => [term, count / sentences.length]));
}

function searchIn(sentences: readonly Sentence[], language: Language): Reading['search'] {
  const index = new MiniSearch<Sentence>({
    idField: 'index',
    fields: ['text'],
    // Length counts for little: else the shortest sentence with two words of a lens always wins.
    searchOptions: { bm25: { k: 1.2, b: 0.3, d: 0.5 } },
    processTerm: (word) => (isStopWord(word, language) ? null : stem(word, language)),
  });
  index.addAll(sentences);
  return (words) => {
    const found = index.search(words);
    const best = found[0]?.score ?? 1;
    return new Map(found.map((result) => [Number(result.id), result.score / best]));
  };
}

export function cue(reading: Reading, kind: Cue, sentence: Sentence): boolean {
  return has(kind, sentence.text, reading.language);
}

/** The usable sentence a quote was taken from. */
export function sentenceOf(reading: Reading, quote: Quote): Sentence | undefined {
  const words = flat(quote.text);
  return reading.sentences.find((sentence) => {
    const own = flat(sentence.text);
    return own === words || (words.length > 30 && (own.includes(words) || words.includes(own)));
  });
}

/**
 * What a sentence is about: the best key phrase it carries, else a noun it shares with others, or null. `besides` are
 * named already.
 */
export function topicOf(reading: Reading, sentence: Sentence, besides: readonly string[] = []): string | null {
  const carried = reading.carried[sentence.index] ?? [];
  const phrase = carried.find(({ text }) => !besides.includes(text)) ?? carried[0];
  return phrase?.text ?? commonNoun(reading, sentence);
}

/** The word of a sentence that most others share; one that all share says nothing. */
function commonNoun(reading: Reading, sentence: Sentence): string | null {
  const share = (word: string) => reading.commonness.get(stem(word, reading.language)) ?? 0;
  const words = wordsOf(sentence.text)
    .slice(1)
    .filter((word) => word.length > 4 && !isStopWord(word, reading.language) && couldBeName(word, reading.language))
    .filter((word) => share(word) * reading.sentences.length >= 2 && share(word) < 2 * TOO_COMMON);
  return words.toSorted((a, b) => share(b) - share(a))[0]?.toLowerCase() ?? null;
}

/** Above this share of the sentences a word is what the whole article is about, and joins no two of them. */
const TOO_COMMON = 0.15;

/**
 * The key phrase two sentences are both about, or null. Under one heading a phrase of several words is enough, or a
 * noun with another rare word; across headings three words must join them, since a lone term may just recur.
 */
export function sharedTopic(reading: Reading, one: Sentence, other: Sentence): string | null {
  return sharedPhrase(reading, one, other)?.text ?? null;
}

function sharedPhrase(reading: Reading, one: Sentence, other: Sentence): Phrase | null {
  const both = (reading.carried[one.index] ?? []).filter((phrase) => phrase.sentences.has(other.index));
  const named = both.find((phrase) => phrase.terms.length > 1) ?? both[0];
  if (!named) return null;
  const longer = both.find((phrase) => phrase !== named && named.terms.every((term) => phrase.terms.includes(term)));
  const topic = longer ?? named;
  const others = reading.terms[other.index];
  const besides = [...(reading.terms[one.index] ?? [])].filter(
    (term) => others?.has(term) && !topic.terms.includes(term) && (reading.commonness.get(term) ?? 0) < TOO_COMMON,
  );
  const joining = topic.text.split(/[\s-]+/).length + besides.length;
  return joining >= (one.section === other.section ? 2 : 3) ? topic : null;
}

/**
 * What `limit` limits in `claim`, or null. A different topic is no objection: both must be about the same thing, `limit`
 * from its first half on, and only `limit` may carry a word of contrast or limitation.
 */
export function tension(reading: Reading, claim: Sentence, limit: Sentence): string | null {
  if (claim.index === limit.index || !cue(reading, 'contrast', limit)) return null;
  if (cue(reading, 'contrast', claim) || cue(reading, 'guarded', claim)) return null;
  const topic = sharedPhrase(reading, claim, limit);
  if (!topic) return null;
  const stems = wordsOf(limit.text).map((word) => stem(word, reading.language));
  return stems.indexOf(topic.terms[0] ?? '') < stems.length / 2 ? topic.text : null;
}

const contestedIn = new WeakMap<Reading, ReadonlySet<number>>();

/** Sentences, by index, that another sentence of the article limits. */
export function contested(reading: Reading): ReadonlySet<number> {
  const known = contestedIn.get(reading);
  if (known) return known;
  const limits = reading.sentences.filter((sentence) => cue(reading, 'contrast', sentence));
  const claims = reading.sentences.filter((claim) => limits.some((limit) => tension(reading, claim, limit) !== null));
  const found = new Set(claims.map(({ index }) => index));
  contestedIn.set(reading, found);
  return found;
}
