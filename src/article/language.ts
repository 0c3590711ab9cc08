import { eld } from 'eld/medium';
import type { Language } from '../debate.ts';

/** More than this changes no verdict and only costs time. */
const SAMPLE_UNITS = 20_000;

/** The language a text is written in as a primary subtag (`es`, `en`, `pt` …); `en` when there is nothing to tell it by. */
export function detectLanguage(text: string): Language {
  const language = eld.detect(text.slice(0, SAMPLE_UNITS)).language;
  return language.split('-')[0] || 'en';
}
