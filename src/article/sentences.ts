import type { Language } from '../debate.ts';

/** A stretch of a text: `text.slice(start, end)`, offsets in UTF-16 units. */
export interface Span {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Abbreviations no sentence ends with, in English and Spanish, without their last full stop. */
const NEVER_LAST = new Set(
  `al e.g i.e cf vs resp approx viz dr dra drs prof profa mr mrs ms st sr sra srta ud uds d dña p.ej ej ph.d
  aprox gral dpto mr ing lic rev gen hon`.split(/\s+/),
);
/** Abbreviations that stand before a number. */
const BEFORE_NUMBER = new Set(
  `fig figs eq eqs eqn sec secs sect ref refs tab tabs ch chap vol vols no nos p pp ed art cap caps núm núms nº ec ecs
  pág págs apdo thm lem def prop alg`.split(/\s+/),
);

const segmenters = new Map<Language, Intl.Segmenter>();

/** The sentences of a text, without the white space around them. */
export function sentences(text: string, language: Language): Span[] {
  const spans: { start: number; end: number }[] = [];
  for (const { index, segment } of segmenterOf(language).segment(text)) {
    const before = spans.at(-1);
    if (before && !ends(text.slice(before.start, before.end), segment)) before.end = index + segment.length;
    else spans.push({ start: index, end: index + segment.length });
  }
  return spans.map(({ start, end }) => trimmed(text, start, end)).filter((span) => span.text !== '');
}

/** The stretch without the white space around it. */
export function trimmed(text: string, start: number, end: number): Span {
  const slice = text.slice(start, end);
  const from = start + (slice.length - slice.trimStart().length);
  const words = slice.trim();
  return { text: words, start: from, end: from + words.length };
}

function segmenterOf(language: Language): Intl.Segmenter {
  const known = segmenters.get(language);
  if (known) return known;
  const [supported = 'en'] = Intl.Segmenter.supportedLocalesOf(/^[a-z]{2,3}$/.test(language) ? language : 'en');
  const segmenter = new Intl.Segmenter(supported, { granularity: 'sentence' });
  segmenters.set(language, segmenter);
  return segmenter;
}

/** Whether a sentence can end where Unicode's rules end it: they know neither abbreviations nor initials. */
function ends(before: string, next: string): boolean {
  if (/\n\s*$/.test(before)) return true;
  const words = before.trim();
  const last = (/(\S+)\.$/.exec(words)?.[1] ?? '').replace(/^[([{"'«“¿¡]+/, '');
  if (/^\p{Ll}/u.test(next)) return false;
  if (words.endsWith('.') && (NEVER_LAST.has(last.toLowerCase()) || /\bp\. ej\.$/.test(words))) return false;
  if (BEFORE_NUMBER.has(last.toLowerCase()) && /^[\d(]/.test(next)) return false;
  const initial = /^\p{Lu}$/u.test(last) || /^(\p{Lu}\.-?)+\p{Lu}$/u.test(last);
  return !(initial || /^[([]?\d{1,3}[.)]$/.test(words));
}
