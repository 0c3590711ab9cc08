/** Checks the coordinator's choice of a format and says it aloud. */
import { type Format, inLanguage, type Log } from '../debate.ts';
import { seats } from '../formats/auto.ts';
import { DEFAULT_FORMAT, formatsToChoose } from '../formats/registry.ts';
import { choiceDraft } from '../spoken.ts';
import { parseStructured } from '../text/structured.ts';
import type { Checked } from './checked.ts';

export function checkChoice(said: string, log: Log): Checked {
  const known = formatsToChoose().filter((format) => seats(format, log));
  const parsed = parseStructured(said, choiceDraft);
  const wanted = parsed.ok ? parsed.value.format.trim().toLowerCase() : '';
  const format = known.find(({ id }) => id === wanted);
  const names = known.map(({ id }) => id).join(', ');
  const problems = parsed.ok
    ? [`There is no format "${parsed.value.format}" for this panel: ${names}.`]
    : [parsed.problem];
  if (format && parsed.ok) return { settled: settle(format.id, parsed.value.why, format, log), problems: [] };
  const fallback = known.find(({ id }) => id === DEFAULT_FORMAT);
  const why = inLanguage({ en: 'no other could be settled on', es: 'no se pudo acordar otro' }, log.debate.language);
  return { settled: settle(DEFAULT_FORMAT, why, fallback, log), problems };
}

function settle(id: string, why: string, format: Format | undefined, log: Log) {
  const { language } = log.debate;
  const label = inLanguage({ en: 'Format', es: 'Formato' }, language);
  const summary = format ? inLanguage(format.summary, language) : '';
  return {
    text: `**${label}: ${id}.** ${summary}\n\n${why}`,
    quotes: [],
    data: { choice: { format: id, why } },
    repliesTo: [],
  };
}
