/** The axes of an article: the sections that matter most, each with what it speaks of. */
import type { Quote } from '../../debate.ts';
import { flat } from '../../text/terms.ts';
import type { Reading } from './reading.ts';

export interface Axis {
  readonly text: string;
  /** Heading it stands for; null where the article has none. */
  readonly section: string | null;
  readonly phrases: readonly string[];
}

const MOST = 4;
/** Fewer sections tell less of the article than its key phrases. */
const LEAST_SECTIONS = 3;
const PHRASES_EACH = 2;
/** Headings that say nothing of what stands under them. */
export const EMPTY_HEADING =
  /^[\W\d]*(?:[IVX]+\.\s*)?(?:abstract|introduction|conclusions?|discussion|background|summary|keywords|preface|overview|related work|future work|conclusions? and .*|resumen|introducción|conclusi(?:ón|ones)|discusión|antecedentes|prólogo|palabras clave|trabajo relacionado)\s*$/iu;

/** Two to four, in reading order. */
export function axesOf(reading: Reading): Axis[] {
  const sections = rankedSections(reading).slice(0, MOST);
  const order = reading.article.sections;
  const named = new Set<string>();
  const axes = sections
    .toSorted((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((section) => sectionAxis(reading, section, named));
  return axes.length >= LEAST_SECTIONS ? axes : phraseAxes(reading);
}

/** Headings with three usable sentences or more, the most central first. */
function rankedSections(reading: Reading): string[] {
  const weights = new Map<string, number[]>();
  for (const { section, index } of reading.sentences) {
    if (section === '' || EMPTY_HEADING.test(section)) continue;
    weights.set(section, [...(weights.get(section) ?? []), reading.centrality[index] ?? 0]);
  }
  const weight = (all: readonly number[]) =>
    all
      .toSorted((a, b) => b - a)
      .slice(0, 5)
      .reduce((sum, each) => sum + each, 0);
  return [...weights]
    .filter(([, all]) => all.length >= 3)
    .toSorted((a, b) => weight(b[1]) - weight(a[1]))
    .map(([section]) => section);
}

function sectionAxis(reading: Reading, section: string, named: Set<string>): Axis {
  const here = reading.sentences.filter((sentence) => sentence.section === section);
  const title = cleanHeading(section);
  const phrases = reading.phrases
    .map((phrase) => ({ phrase, count: here.filter(({ index }) => phrase.sentences.has(index)).length }))
    .filter(({ phrase, count }) => count > 0 && !named.has(phrase.text) && !flat(title).includes(flat(phrase.text)))
    .toSorted(
      (a, b) =>
        (b.count * b.phrase.score) / b.phrase.sentences.size - (a.count * a.phrase.score) / a.phrase.sentences.size,
    )
    .map(({ phrase }) => phrase.text)
    .filter((text, at, all) => !all.slice(0, at).some((other) => overlaps(other, text)))
    .slice(0, PHRASES_EACH);
  for (const phrase of phrases) named.add(phrase);
  const about = phrases.map((phrase) => `*${phrase}*`).join(', ');
  return { text: about ? `${title}: ${about}` : title, section, phrases };
}

function phraseAxes(reading: Reading): Axis[] {
  const distinct = reading.phrases
    .map((phrase) => phrase.text)
    .filter((text, at, all) => !all.slice(0, at).some((other) => overlaps(other, text)));
  const axes = distinct.slice(0, MOST).map((text): Axis => ({ text: `*${text}*`, section: null, phrases: [text] }));
  const title: Axis = { text: reading.article.title || '…', section: null, phrases: [] };
  return axes.length >= 2 ? axes : [title, ...axes, { ...title, text: reading.article.source }].slice(0, 2);
}

function overlaps(one: string, other: string): boolean {
  const [a, b] = [flat(one), flat(other)];
  return a.includes(b) || b.includes(a);
}

/** Without numbering, and capitals only where a sentence has them. */
export function cleanHeading(heading: string): string {
  const bare = heading
    .replace(/^\s*(?:\d+(?:\.\d+)*\.?|[IVX]+\.|[A-Z]\.)\s+/u, '')
    .replace(/[*_:]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const shouted = bare === bare.toUpperCase() && bare.length > 6;
  return shouted ? bare.charAt(0) + bare.slice(1).toLowerCase() : bare;
}

/** Axes of the opening that no quote so far belongs to. */
export function untouched(reading: Reading, announced: readonly string[], quotes: readonly Quote[]): string[] {
  const known = axesOf(reading).filter((axis) => announced.includes(axis.text));
  return known
    .filter(
      (axis) =>
        !quotes.some(
          (quote) =>
            reading.article.passages[(quote.passage ?? 0) - 1]?.section === axis.section ||
            axis.phrases.some((phrase) => flat(quote.text).includes(flat(phrase))),
        ),
    )
    .map((axis) => axis.text);
}
