import { eld } from 'eld/medium';
import type { Language } from '../debate.ts';

/** The detector reads no more than this of a text, so a long one is shown to it in places. */
const SAMPLE_UNITS = 1000;
const SAMPLES = 9;

/**
 * The language a text is written in as a primary subtag (`es`, `en`, `pt` …): the one most of its parts are in, so
 * that a page of names or code at its head does not decide. `en` when there is nothing to tell it by.
 */
export function detectLanguage(text: string): Language {
  const step = Math.max(SAMPLE_UNITS, Math.floor(text.length / SAMPLES));
  const votes = new Map<Language, number>();
  for (let at = 0; at < text.length; at += step) {
    const { language } = eld.detect(text.slice(at, at + SAMPLE_UNITS));
    if (language) votes.set(language, (votes.get(language) ?? 0) + 1);
  }
  const [winner = 'en'] = [...votes].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return winner.split('-')[0] || 'en';
}
