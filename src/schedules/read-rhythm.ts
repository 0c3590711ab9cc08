/** "Every Monday 9:00", "el primer martes del mes a las 9:30", or cron: what people say, as a rhythm. Pure. */
import { Cron } from 'croner';
import { InputError } from '../errors.ts';
import { fold } from '../text/fold.ts';
import { NTHS, type Nth, type Rhythm, type TimeOfDay, WEEK, WEEKDAYS, type Weekday, WORKDAYS } from './rhythm.ts';

/** Throws an InputError that says which words were not understood, and what would be. */
export function readRhythm(said: string): Rhythm {
  return readCron(said.trim()) ?? readWords(said);
}

/* ── cron ──────────────────────────────────────────────────────────────────────────────── */

const CRON = /^(?:cron[:\s]\s*)?(@[a-z]+|[\d*/,-]+\s+[\d*/,-]+(?:\s+[\d*/,\-LW#?a-z]+){3})$/i;

function readCron(said: string): Rhythm | null {
  const cron = CRON.exec(said)?.[1]?.replace(/\s+/g, ' ');
  if (!cron) return null;
  try {
    if (new Cron(cron, { mode: '5-part' }).nextRun()) return { every: 'cron', cron };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^CronPattern: /, '') : String(cause);
    throw new InputError(
      {
        en: `The cron expression "${cron}" is not valid (${reason}); it has minute, hour, day, month and weekday, like 0 9 * * 1.`,
        es: `La expresión cron «${cron}» no es válida (${reason}); lleva minuto, hora, día, mes y día de la semana, como 0 9 * * 1.`,
      },
      { cause },
    );
  }
  throw new InputError({
    en: `The cron expression "${cron}" never comes due; correct its day or month.`,
    es: `La expresión cron «${cron}» no se cumple nunca; corrige su día o su mes.`,
  });
}

/* ── words ─────────────────────────────────────────────────────────────────────────────── */

/** What was understood so far. */
interface Heard {
  hours: number | null;
  minute: number;
  weeks: number;
  weekly: boolean;
  monthly: boolean;
  day: number | 'last' | null;
  nth: { nth: Nth; weekday: Weekday } | null;
  readonly days: Set<Weekday>;
  readonly times: TimeOfDay[];
}

/** A phrase and what it means; returns false when what matched makes no sense after all. */
interface Phrase {
  readonly pattern: RegExp;
  hear(heard: Heard, parts: readonly string[]): boolean;
}

const NUMBERS: Readonly<Record<string, number>> = {
  ...{ one: 1, two: 2, three: 3, four: 4, six: 6, eight: 8, twelve: 12, other: 2, second: 2 },
  ...{ un: 1, una: 1, dos: 2, tres: 3, cuatro: 4, seis: 6, ocho: 8, doce: 12 },
};
const COUNT = `(\\d{1,2}|${Object.keys(NUMBERS).join('|')})`;
const countOf = (word = '') => NUMBERS[word] ?? Number(word);

/** Names of days by their first letters, so that plurals and short forms are known, too. */
const DAY =
  '(sundays?|sun|domingos?|dom|mondays?|mon|lunes|lun|tuesdays?|tues?|martes|mar|wednesdays?|wed|miercoles|mie|' +
  'thursdays?|thu(?:rs?)?|jueves|jue|fridays?|fri|viernes|vie|saturdays?|sat|sabados?|sab)';
const weekdayOf = (word = ''): Weekday =>
  WEEK.find((day) => Object.values(WEEKDAYS[day] ?? {}).some((name) => fold(name).startsWith(word.slice(0, 3)))) ?? 1;

const ORDINALS =
  '(first|1st|second|2nd|third|3rd|fourth|4th|last|primer[oa]?|1er|segund[oa]|tercer[oa]?|cuart[oa]|ultim[oa])';
function nthOf(word = ''): Nth {
  const digit = /^[1-4]/.exec(word)?.[0];
  for (const [nth, names] of NTHS) {
    if (
      digit ? String(nth) === digit : Object.values(names).some((name) => fold(name).slice(0, 4) === word.slice(0, 4))
    ) {
      return nth;
    }
  }
  return 1;
}

const EVERY = '(?:every|each|cada)';
const OF_MONTH = '(?: (?:of|in) (?:the|each|every) month| del mes| de cada mes| de mes)?';
const PART_OF_DAY =
  '(am|a\\.? ?m\\.?|pm|p\\.? ?m\\.?|in the morning|in the afternoon|in the evening|at night|de la manana|de la tarde|de la noche)';

/** In this order: what holds numbers of its own comes before times of day. */
const PHRASES: readonly Phrase[] = [
  phrase(`(?:at minute|en el minuto|minuto|minute) (\\d{1,2})`, (heard, [minute]) => {
    heard.minute = Number(minute);
    return heard.minute < 60;
  }),
  phrase(`(?:${EVERY} ${COUNT} (?:hours|horas)|(${EVERY} (?:hour|hora)|hourly))`, (heard, [count, one]) => {
    heard.hours = one ? 1 : countOf(count);
    return [1, 2, 3, 4, 6, 8, 12].includes(heard.hours);
  }),
  phrase(`${EVERY} ${COUNT} (?:weeks?|semanas?)`, (heard, [count]) => {
    heard.weeks = countOf(count);
    heard.weekly = true;
    return heard.weeks >= 1 && heard.weeks <= 26;
  }),
  phrase(`(?:fortnightly|biweekly|every fortnight|quincenal(?:mente)?|cada quincena)`, (heard) => {
    heard.weeks = 2;
    heard.weekly = true;
  }),
  phrase(`(?:every|each) other(?= ${DAY})`, (heard) => {
    heard.weeks = 2;
  }),
  phrase(`(?:weekly|semanal(?:mente)?|${EVERY} (?:week|semana)|todas las semanas)`, (heard) => {
    heard.weekly = true;
  }),
  phrase(`(?:the |el |la )?(?:last day|ultimo dia)${OF_MONTH}`, (heard) => {
    heard.day = 'last';
  }),
  phrase(`${ORDINALS} ${DAY}${OF_MONTH}`, (heard, [nth, day]) => {
    if (heard.nth) return false;
    heard.nth = { nth: nthOf(nth), weekday: weekdayOf(day) };
  }),
  phrase(
    `(?:(?:day|dia) (\\d{1,2})|(\\d{1,2})(?:st|nd|rd|th)|(\\d{1,2})(?= (?:of (?:the|each|every) month|de cada mes|del mes)))${OF_MONTH}`,
    (heard, parts) => {
      if (heard.day) return false;
      heard.day = Number(parts.find(Boolean));
      return heard.day >= 1 && heard.day <= 31;
    },
  ),
  phrase(
    `(?:monthly|mensual(?:mente)?|${EVERY} (?:month|mes)|todos los meses|of (?:the|each|every) month|del mes|de cada mes)`,
    (heard) => {
      heard.monthly = true;
    },
  ),
  phrase(`${DAY} ?(?:to|through|thru|until|a|al|hasta|-) ?${DAY}`, (heard, [from, to]) => {
    const [first, last] = [WEEK.indexOf(weekdayOf(from)), WEEK.indexOf(weekdayOf(to))];
    for (const day of WEEK.slice(first, last + 1)) heard.days.add(day);
    return first <= last;
  }),
  phrase(
    `(?:(?:on )?(?:${EVERY} |working )?(?:weekdays?|workdays?|working days?)|entre semana|dias? (?:laborables?|de semana|habiles?)|dia habil)`,
    (heard) => {
      for (const day of WORKDAYS) heard.days.add(day);
    },
  ),
  phrase(`(?:weekends?|fin(?:es)? de semana)`, (heard) => {
    heard.days.add(6).add(0);
  }),
  phrase(`(?:${EVERY} (?:day|dia)|daily|todos los dias|(?:a )?diario|diariamente)`, (heard) => {
    for (const day of WEEK) heard.days.add(day);
  }),
  phrase(DAY, (heard, [day]) => {
    heard.days.add(weekdayOf(day));
  }),
  phrase(`(?:noon|midday|mediodia)`, (heard) => {
    heard.times.push({ hour: 12, minute: 0 });
  }),
  phrase(`(?:midnight|medianoche)`, (heard) => {
    heard.times.push({ hour: 0, minute: 0 });
  }),
  phrase(
    `(\\d{1,2})(?: ?[:.h] ?(\\d{2})| ?(?:h|hs|hrs|horas|o'clock))?(?: y (media|cuarto))?(?: ?${PART_OF_DAY})?`,
    (heard, [hour, minute, half, part]) => {
      const time = { hour: hourOf(Number(hour), part), minute: Number(minute || MINUTES[half ?? ''] || 0) };
      heard.times.push(time);
      return time.hour < 24 && time.minute < 60;
    },
  ),
];

const MINUTES: Readonly<Record<string, number>> = { media: 30, cuarto: 15 };

const FILLERS =
  /^(?:every|each|cada|todos|todas|los|las|el|la|on|the|at|a|al|of|de|del|and|y|e|in|en|from|month|mes|-|&|,)$/;

function phrase(source: string, hear: (heard: Heard, parts: readonly string[]) => boolean | undefined): Phrase {
  return {
    pattern: new RegExp(`(?<![\\p{L}\\d:])${source}(?![\\p{L}\\d:])`, 'gu'),
    hear: (heard, parts) => hear(heard, parts) ?? true,
  };
}

/** On a twelve-hour clock where they say so. */
function hourOf(hour: number, part = ''): number {
  const isLate = /^p|afternoon|evening|night|tarde|noche/.test(part);
  const isMidnight = hour === 12 && /^a|night|noche/.test(part);
  if (isMidnight) return 0;
  return isLate && hour < 12 ? hour + 12 : hour;
}

function readWords(said: string): Rhythm {
  const heard: Heard = {
    ...{ hours: null, minute: 0, weeks: 1, weekly: false, monthly: false, day: null, nth: null },
    days: new Set(),
    times: [],
  };
  let rest = fold(said)
    .replace(/[,;]+/g, ' ')
    .replace(/\ba la una\b/g, 'a la 1')
    .replace(/\s+/g, ' ')
    .trim();
  if (rest === '') throw notUnderstood(said, said);
  for (const { pattern, hear } of PHRASES) {
    rest = rest.replace(pattern, (words: string, ...groups: readonly unknown[]) => {
      // After the groups come the offset and the whole text.
      const parts = groups.slice(0, -2).map((part) => (typeof part === 'string' ? part : ''));
      if (!hear(heard, parts)) throw notUnderstood(words, said);
      return ' ';
    });
  }
  const unknown = rest.split(/\s+/).filter((word) => word !== '' && !FILLERS.test(word));
  if (unknown.length > 0) throw notUnderstood(unknown.join(' '), said);
  return rhythmOf(heard, said);
}

const NINE: TimeOfDay = { hour: 9, minute: 0 };

function rhythmOf(heard: Heard, said: string): Rhythm {
  const { hours, minute, weeks, weekly, monthly, day, nth, days } = heard;
  const kinds = [hours !== null, nth !== null || day !== null || monthly, days.size > 0 || weekly || weeks > 1];
  if (kinds.filter(Boolean).length !== 1 || (nth !== null && day !== null)) throw notUnderstood(said, said);
  if (hours !== null) {
    if (heard.times.length > 0) throw notUnderstood(said, said);
    return { every: 'hours', step: stepOf(hours), minute };
  }
  if (minute > 0) throw notUnderstood(said, said);
  const times = ordered(heard.times.length > 0 ? heard.times : [NINE]);
  if (nth) return { every: 'months', on: nth, times };
  if (day !== null || monthly) return { every: 'months', on: { day: day ?? 1 }, times };
  const named = WEEK.filter((each) => days.has(each));
  return { every: 'weeks', step: weeks, days: named.length > 0 ? named : [1], times };
}

const STEPS = [1, 2, 3, 4, 6, 8, 12] as const;

function stepOf(hours: number): (typeof STEPS)[number] {
  return STEPS.find((step) => step === hours) ?? 1;
}

function ordered(times: readonly TimeOfDay[]): TimeOfDay[] {
  const minutes = [...new Set(times.map(({ hour, minute }) => hour * 60 + minute))].toSorted((a, b) => a - b);
  return minutes.map((each) => ({ hour: Math.floor(each / 60), minute: each % 60 }));
}

function notUnderstood(words: string, said: string): InputError {
  const what = words.trim() === '' ? said : words.trim();
  return new InputError({
    en: `I do not understand "${what}" as a time to run; say it like "every Monday 9:00", "weekdays at 9 and 17:30", "every 2 weeks on Friday", "first Tuesday of the month 9:30", "day 15 of the month", "every 4 hours", or as cron: 0 9 * * 1.`,
    es: `No entiendo «${what}» como momento de ejecución; dilo como «cada lunes a las 9», «entre semana a las 9 y las 17:30», «cada 2 semanas el viernes», «el primer martes del mes a las 9:30», «el día 15 del mes», «cada 4 horas», o en cron: 0 9 * * 1.`,
  });
}
