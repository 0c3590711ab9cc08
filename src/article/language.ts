/** What language a text is in. Spanish and English, which most are, are told by their commonest words. */
import type { Language } from '../debate.ts';

/** A long text is looked at in places. UTF-16 units. */
const SAMPLE_UNITS = 1000;
const SAMPLES = 9;

/** The detector of all others takes a quarter of a second and 100 MB to load: only who needs it waits for it. */
let detector: typeof import('eld/medium').eld | null = null;

/** Has the detector loaded where that text takes it. To be awaited before `detectLanguage`. */
export async function readyFor(text: string): Promise<void> {
  if (detector === null && vote(text, bySpelling) === null) detector = (await import('eld/medium')).eld;
}

/**
 * The language a text is written in as a primary subtag (`es`, `en`, `pt` …): the one most of its parts are in, so
 * that a page of names or code at its head does not decide. null when there is nothing to tell it by.
 */
export function detectLanguage(text: string): Language | null {
  const known = detector;
  return vote(text, bySpelling) ?? (known && vote(text, (part) => known.detect(part).language || null));
}

function vote(text: string, languageOf: (part: string) => Language | null): Language | null {
  const step = Math.max(SAMPLE_UNITS, Math.floor(text.length / SAMPLES));
  const votes = new Map<Language, number>();
  let parts = 0;
  for (let at = 0; at < text.length; at += step, parts++) {
    const language = languageOf(text.slice(at, at + SAMPLE_UNITS));
    if (language) votes.set(language, (votes.get(language) ?? 0) + 1);
  }
  const [winner] = [...votes].toSorted(([, a], [, b]) => b - a);
  return winner && winner[1] * 2 >= parts ? (winner[0].split('-')[0] ?? null) : null;
}

/** Of fewer words nobody can tell. */
const LEAST_WORDS = 20;

interface Marks {
  readonly language: Language;
  /** Words that make up so large a share of any text of the language. */
  readonly common: ReadonlySet<string>;
  readonly share: number;
  /** Those of them that its neighbours do not have, and their share. */
  readonly own: ReadonlySet<string>;
  readonly ownShare: number;
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));

const marks: readonly Marks[] = [
  {
    language: 'en',
    common: set('the of and is that to in for with are this was it be by from which have not as on we'),
    share: 0.15,
    own: set('the of and'),
    ownShare: 0.04,
  },
  {
    language: 'es',
    common: set('el los las y del una por para con es su más pero sus al lo'),
    share: 0.08,
    // Neither Portuguese nor Galician nor Catalan has these.
    own: set('los las y'),
    ownShare: 0.02,
  },
];

/** A text with more of another language's common words than this is none, or both. */
const FOREIGN = 0.03;

function bySpelling(text: string): Language | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length < LEAST_WORDS) return null;
  const share = (of: ReadonlySet<string>) => words.filter((word) => of.has(word)).length / words.length;
  const found = marks.find(
    (each) =>
      share(each.own) >= each.ownShare &&
      share(each.common) >= each.share &&
      marks.every((other) => other === each || share(other.common) < FOREIGN),
  );
  return found?.language ?? null;
}
