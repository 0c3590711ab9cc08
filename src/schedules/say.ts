/** A schedule as people read it, and what it says by itself. Markdown. */
import { inLanguage, type Language, type Localised } from '../debate.ts';
import { safeLine } from '../text/safe.ts';
import { statusWords } from '../text/words.ts';
import { describeRhythm, nextRuns } from './rhythm.ts';
import type { PastRun, Schedule, ScheduleState } from './schedule.ts';
import { describeSource } from './source.ts';

/** Runs shown before somebody says yes. */
const SHOWN = 5;

export function whenText(moment: Date, zone: string, language: Language): string {
  const day = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;
  const time = { hour: 'numeric', minute: '2-digit', hourCycle: 'h23' } as const;
  const locale = language === 'es' ? 'es' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { ...day, ...time, timeZone: zone }).format(moment);
}

export function quoted(text: string, language: Language): string {
  return language === 'es' ? `«${text}»` : `“${text}”`;
}

/** Every Monday at 9:00 · what. */
export function shortLine({ rhythm, source, state }: Schedule, language: Language): string {
  const note = state === 'active' ? '' : ` · ${inLanguage(stateWords[state], language)}`;
  return `${describeRhythm(rhythm, language)} · ${describeSource(source, language)}${note}`;
}

export function oneLine(schedule: Schedule, language: Language): string {
  return `**${schedule.id}** · ${shortLine(schedule, language)}`;
}

const stateWords: Readonly<Record<ScheduleState, Localised>> = {
  proposed: { en: 'not confirmed yet', es: 'sin confirmar' },
  active: { en: 'active', es: 'activa' },
  suspended: { en: 'suspended', es: 'suspendida' },
};

/** All there is to know, with the next runs and the last ones. */
export function describeSchedule(
  schedule: Schedule,
  { runs, now, language }: { readonly runs: readonly PastRun[]; readonly now: Date; readonly language: Language },
): string {
  const { rhythm, zone, createdAt, reason, topic } = schedule;
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  const upcoming = nextRuns(rhythm, zone, now, SHOWN, createdAt);
  const own = schedule.next && upcoming.every((each) => each.getTime() !== schedule.next?.getTime());
  const moments = own && schedule.next ? [schedule.next, ...upcoming].slice(0, SHOWN) : upcoming;
  return [
    oneLine(schedule, language),
    ...(reason ? [`- ${inLanguage(reason, language)}`] : []),
    ...particulars(schedule, language).map((each) => `- ${each}`),
    ...(topic ? [`- ${say('next time', 'la próxima vez')}: ${safeLine(topic.title)}`] : []),
    '',
    say(`The next runs (${zone}):`, `Las próximas veces (${zone}):`),
    ...moments.map((moment) => `- ${whenText(moment, zone, language)}`),
    ...(runs.length === 0 ? [] : ['', say('So far:', 'Hasta ahora:')]),
    ...runs.map((run) => `- ${whenText(run.slot, zone, language)} · ${becameOf(run, language)}`),
  ].join('\n');
}

/** What was settled beyond when and what. */
function particulars(schedule: Schedule, language: Language): string[] {
  const { panel, format, language: held, tokens, ahead, whenQuiet, missed, createdBy } = schedule;
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  const given = [
    [say('panel', 'mesa'), panel],
    [say('format', 'formato'), format],
    [say('language', 'idioma'), held],
    [say('tokens at most', 'tokens como mucho'), tokens === null ? null : String(tokens)],
  ].flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [
    ...(given.length === 0 ? [] : [given.join(' · ')]),
    ahead > 0
      ? say(`announced ${ahead} minutes ahead`, `se anuncia ${ahead} minutos antes`)
      : say('not announced ahead', 'no se anuncia antes'),
    whenQuiet === 'say'
      ? say('says so when there is nothing new', 'lo dice cuando no hay nada nuevo')
      : say('stays silent when there is nothing new', 'calla cuando no hay nada nuevo'),
    missed === 'once'
      ? say('a missed run is made up for, once', 'si se pierde una vez, se recupera, una sola')
      : say('a missed run is skipped', 'si se pierde una vez, se omite'),
    say(`by ${safeLine(createdBy.name)}`, `de ${safeLine(createdBy.name)}`),
  ];
}

function becameOf({ outcome, topic, debate, debateStatus, why }: PastRun, language: Language): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  switch (outcome) {
    case 'debated': {
      const status = debateStatus ? ` (${inLanguage(statusWords[debateStatus], language)})` : '';
      return `${safeLine(topic?.title ?? '')} → ${debate}${status}`;
    }
    case 'quiet':
      return say('nothing new', 'nada nuevo');
    case 'skipped':
      return say('skipped', 'omitida');
    case 'missed':
      return say('missed', 'perdida');
    case 'failed':
      return `${say('failed', 'falló')}: ${why ? inLanguage(why, language) : ''}`;
  }
}
