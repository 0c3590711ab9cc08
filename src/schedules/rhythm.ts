/** When a schedule runs: its rhythm, said in either language, and the moments it comes to. */
import { Cron } from 'croner';
import { inLanguage, type Language, type Localised } from '../debate.ts';

/** 0 Sunday … 6 Saturday, as in cron. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6;
export const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 0];
export const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

export type Nth = 1 | 2 | 3 | 4 | 'last';

/** Of the week's days, hours and so on there is at least one; times are in order and different. */
export type Rhythm =
  | { readonly every: 'hours'; readonly step: 1 | 2 | 3 | 4 | 6 | 8 | 12; readonly minute: number }
  | {
      readonly every: 'weeks';
      /** 2: every other week, counted from `anchor`. */
      readonly step: number;
      /** In the order of `WEEK`; all seven: daily. */
      readonly days: readonly Weekday[];
      readonly times: readonly TimeOfDay[];
    }
  | {
      readonly every: 'months';
      readonly on: { readonly day: number | 'last' } | { readonly nth: Nth; readonly weekday: Weekday };
      readonly times: readonly TimeOfDay[];
    }
  | { readonly every: 'cron'; readonly cron: string };

/** ms; every zone's day has its own week, so weeks are counted in the zone. */
const DAY = 86_400_000;

/**
 * The next moments after `after`, soonest first; fewer than `count` when there are no more. Clocks that change are
 * minded as people expect: 9:00 stays 9:00, a time the change leaves out runs at the first moment after the gap, and
 * one that comes twice runs once, the first time. `anchor`: when the schedule began, for every other week.
 */
export function nextRuns(rhythm: Rhythm, zone: string, after: Date, count: number, anchor: Date = after): Date[] {
  const crons = cronsOf(rhythm).map((cron) => new Cron(cron, { mode: '5-part', timezone: zone, ...FIXED }));
  const step = rhythm.every === 'weeks' ? rhythm.step : 1;
  const phase = step === 1 ? 0 : firstWeek(crons, zone, anchor) % step;
  const runs: Date[] = [];
  for (let last = after; runs.length < count; ) {
    const next = soonest(crons, last);
    if (!next) break;
    if (step === 1 || weekOf(next, zone) % step === phase) runs.push(next);
    last = next;
  }
  return runs;
}

export function nextRun(rhythm: Rhythm, zone: string, after: Date, anchor?: Date): Date | null {
  return nextRuns(rhythm, zone, after, 1, anchor)[0] ?? null;
}

/** Lists and ranges of hours are times of day, too: they neither vanish nor come twice when clocks change. */
const FIXED = { fixedTimeRule: 'no-wildcard' } as const;

function soonest(crons: readonly Cron[], after: Date): Date | null {
  const runs = crons.flatMap((cron) => cron.nextRun(after) ?? []);
  return runs.toSorted((one, other) => one.getTime() - other.getTime())[0] ?? null;
}

/** The week in which it runs first. */
function firstWeek(crons: readonly Cron[], zone: string, anchor: Date): number {
  return weekOf(soonest(crons, anchor) ?? anchor, zone);
}

/** Number of the week, Monday to Sunday, that the moment falls into there. */
function weekOf(moment: Date, zone: string): number {
  const date = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(moment);
  // 1970-01-01 was a Thursday.
  return Math.floor((Date.parse(`${date}T00:00:00Z`) / DAY + 3) / 7);
}

/** One for each time of day: cron can't say 9:00 and 17:30 in one line. */
function cronsOf(rhythm: Rhythm): string[] {
  switch (rhythm.every) {
    case 'cron':
      return [rhythm.cron];
    case 'hours':
      return [`${rhythm.minute} ${rhythm.step === 1 ? '*' : `*/${rhythm.step}`} * * *`];
    case 'weeks':
      return rhythm.times.map(({ hour, minute }) => `${minute} ${hour} * * ${rhythm.days.join(',')}`);
    case 'months':
      return rhythm.times.map(({ hour, minute }) => `${minute} ${hour} ${daysOfMonth(rhythm.on)}`);
  }
}

function daysOfMonth(on: Extract<Rhythm, { every: 'months' }>['on']): string {
  if ('day' in on) return `${on.day === 'last' ? 'L' : on.day} * *`;
  return `* * ${on.weekday}#${on.nth === 'last' ? 'L' : on.nth}`;
}

/* ── said back, so that reading it again comes to the same ─────────────────────────────── */

export const WEEKDAYS: readonly Localised[] = [
  { en: 'Sunday', es: 'domingo' },
  { en: 'Monday', es: 'lunes' },
  { en: 'Tuesday', es: 'martes' },
  { en: 'Wednesday', es: 'miércoles' },
  { en: 'Thursday', es: 'jueves' },
  { en: 'Friday', es: 'viernes' },
  { en: 'Saturday', es: 'sábado' },
];

export const NTHS: ReadonlyMap<Nth, Localised> = new Map<Nth, Localised>([
  [1, { en: 'first', es: 'primer' }],
  [2, { en: 'second', es: 'segundo' }],
  [3, { en: 'third', es: 'tercer' }],
  [4, { en: 'fourth', es: 'cuarto' }],
  ['last', { en: 'last', es: 'último' }],
]);

export function describeRhythm(rhythm: Rhythm, language: Language): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  switch (rhythm.every) {
    case 'cron':
      return `cron ${rhythm.cron}`;
    case 'hours': {
      const hours = rhythm.step === 1 ? say('every hour', 'cada hora') : '';
      const steps = hours || say(`every ${rhythm.step} hours`, `cada ${rhythm.step} horas`);
      return rhythm.minute === 0 ? steps : `${steps} ${say('at minute', 'en el minuto')} ${rhythm.minute}`;
    }
    case 'weeks':
      return `${sayDays(rhythm, language)} ${sayTimes(rhythm.times, language)}`;
    case 'months':
      return `${sayOn(rhythm.on, language)} ${sayTimes(rhythm.times, language)}`;
  }
}

function sayDays({ step, days }: Extract<Rhythm, { every: 'weeks' }>, language: Language): string {
  const isSame = (others: readonly Weekday[]) => days.length === others.length && others.every((d) => days.includes(d));
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  const names = days.map((day) => inLanguage(WEEKDAYS[day] ?? { en: '', es: '' }, language));
  const list = isSame(WORKDAYS) ? say('weekday', 'día laborable') : joined(names, language);
  if (step > 1) {
    const every = say(`every ${step} weeks`, `cada ${step} semanas`);
    if (isSame(WEEK)) return `${every}, ${say('every day', 'cada día')}`;
    return isSame(WORKDAYS) ? `${every} ${say('on weekdays', 'entre semana')}` : `${every} ${say('on', 'el')} ${list}`;
  }
  return `${say('every', 'cada')} ${isSame(WEEK) ? say('day', 'día') : list}`;
}

function sayOn(on: Extract<Rhythm, { every: 'months' }>['on'], language: Language): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  if ('day' in on) {
    if (on.day === 'last') return say('the last day of the month', 'el último día del mes');
    return say(`day ${on.day} of the month`, `el día ${on.day} del mes`);
  }
  const nth = inLanguage(NTHS.get(on.nth) ?? { en: '', es: '' }, language);
  const weekday = inLanguage(WEEKDAYS[on.weekday] ?? { en: '', es: '' }, language);
  return say(`the ${nth} ${weekday} of the month`, `el ${nth} ${weekday} del mes`);
}

function sayTimes(times: readonly TimeOfDay[], language: Language): string {
  const clocks = times.map(({ hour, minute }) => {
    const clock = `${hour}:${String(minute).padStart(2, '0')}`;
    if (language !== 'es') return clock;
    return hour === 1 ? `la ${clock}` : `las ${clock}`;
  });
  return `${language === 'es' ? 'a' : 'at'} ${joined(clocks, language)}`;
}

function joined(parts: readonly string[], language: Language): string {
  return new Intl.ListFormat(language === 'es' ? 'es' : 'en-GB', { type: 'conjunction' }).format(parts);
}
