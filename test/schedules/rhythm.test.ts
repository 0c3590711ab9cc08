/** What people say of when, and the moments it comes to. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { readRhythm } from '../../src/schedules/read-rhythm.ts';
import { describeRhythm, nextRun, nextRuns, type Rhythm, WEEK } from '../../src/schedules/rhythm.ts';

describe('what is said is understood', () => {
  test.each([
    ['every Monday 9:00', 'every Monday at 9:00'],
    ['Mondays', 'every Monday at 9:00'],
    ['every Monday, Wednesday and Friday at 8.30', 'every Monday, Wednesday and Friday at 8:30'],
    ['at 9 and 17:30 every mon and thu', 'every Monday and Thursday at 9:00 and 17:30'],
    ['weekdays at noon', 'every weekday at 12:00'],
    ['mon-fri 9am', 'every weekday at 9:00'],
    ['Tuesday to Thursday at 3 p.m.', 'every Tuesday, Wednesday and Thursday at 15:00'],
    ['weekends at 11', 'every Saturday and Sunday at 11:00'],
    ['daily', 'every day at 9:00'],
    ['every day at midnight', 'every day at 0:00'],
    ['12 am every day', 'every day at 0:00'],
    ['hourly', 'every hour'],
    ['every 4 hours at minute 15', 'every 4 hours at minute 15'],
    ['weekly', 'every Monday at 9:00'],
    ['every 2 weeks', 'every 2 weeks on Monday at 9:00'],
    ['every other Friday at 5pm', 'every 2 weeks on Friday at 17:00'],
    ['fortnightly on Tuesday', 'every 2 weeks on Tuesday at 9:00'],
    ['every three weeks on weekdays', 'every 3 weeks on weekdays at 9:00'],
    ['first Tuesday of the month', 'the first Tuesday of the month at 9:00'],
    ['every third Friday of the month at 3 in the afternoon', 'the third Friday of the month at 15:00'],
    ['1st monday of each month', 'the first Monday of the month at 9:00'],
    ['monthly', 'day 1 of the month at 9:00'],
    ['on the 15th at 8.30', 'day 15 of the month at 8:30'],
    ['the last day of the month at 18:00', 'the last day of the month at 18:00'],
    ['cada lunes a las 9', 'every Monday at 9:00'],
    ['los martes y jueves a las 16h', 'every Tuesday and Thursday at 16:00'],
    ['todos los días a las 8 y media', 'every day at 8:30'],
    ['todos los sábados a la una', 'every Saturday at 1:00'],
    ['los sábados a la 1 de la tarde', 'every Saturday at 13:00'],
    ['de lunes a viernes a las 9 de la mañana', 'every weekday at 9:00'],
    ['entre semana a las 9 y las 17:30', 'every weekday at 9:00 and 17:30'],
    ['cada día laborable al mediodía', 'every weekday at 12:00'],
    ['a diario a las 12 de la noche', 'every day at 0:00'],
    ['cada dos semanas, los lunes, a las 9', 'every 2 weeks on Monday at 9:00'],
    ['quincenal el miércoles', 'every 2 weeks on Wednesday at 9:00'],
    ['cada 6 horas', 'every 6 hours'],
    ['el primer martes del mes a las 9:30', 'the first Tuesday of the month at 9:30'],
    ['EL ÚLTIMO VIERNES DE CADA MES', 'the last Friday of the month at 9:00'],
    ['el día 15 de cada mes a las 10', 'day 15 of the month at 10:00'],
    ['el último día del mes', 'the last day of the month at 9:00'],
    ['0 9 * * 1', 'cron 0 9 * * 1'],
    ['cron 30 9 1,15 * MON-FRI', 'cron 30 9 1,15 * MON-FRI'],
    ['@weekly', 'cron @weekly'],
    ['every blue moon', null],
    ['9:00', null],
    ['every Monday at 25:00', null],
    ['every Monday at 9:75', null],
    ['every 5 hours', null],
    ['day 32 of the month', null],
    ['every Monday of the first Tuesday of the month', null],
    ['Friday to Tuesday', null],
    ['every hour at 9:00', null],
    ['61 * * * *', null],
    ['0 9 31 2 *', null],
    ['', null],
  ])('%s', (said, understood) => {
    if (understood !== null) expect(describeRhythm(readRhythm(said), 'en')).toBe(understood);
    else expect(() => readRhythm(said)).toThrow(InputError);
  });

  test('a mistake names what was not understood and says what would be', () => {
    try {
      readRhythm('every Monday at dawn');
      throw new Error('understood');
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      expect(error.text.en).toMatch(/^I do not understand "dawn" .*"every Monday 9:00".*cron: 0 9 \* \* 1\.$/);
      expect(error.text.es).toMatch(/^No entiendo «dawn» .*«cada lunes a las 9».*cron: 0 9 \* \* 1\.$/);
    }
  });
});

const times = fc
  .uniqueArray(fc.integer({ min: 0, max: 24 * 60 - 1 }), { minLength: 1, maxLength: 3 })
  .map((all) => all.toSorted((a, b) => a - b).map((each) => ({ hour: Math.floor(each / 60), minute: each % 60 })));
const weekday = fc.constantFrom(...WEEK);
const rhythms: fc.Arbitrary<Rhythm> = fc.oneof(
  fc.record({
    every: fc.constant('hours' as const),
    step: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 6 as const, 8 as const, 12 as const),
    minute: fc.integer({ min: 0, max: 59 }),
  }),
  fc.record({
    every: fc.constant('weeks' as const),
    step: fc.integer({ min: 1, max: 26 }),
    days: fc.subarray([...WEEK], { minLength: 1 }),
    times,
  }),
  fc.record({
    every: fc.constant('months' as const),
    on: fc.oneof(
      fc.record({ day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last' as const)) }),
      fc.record({ nth: fc.constantFrom(1 as const, 2 as const, 3 as const, 4 as const, 'last' as const), weekday }),
    ),
    times,
  }),
);

describe('laws', () => {
  test.each(['en', 'es'])('what is said back is understood as the same (%s)', (language) => {
    fc.assert(
      fc.property(rhythms, (rhythm) => {
        expect(readRhythm(describeRhythm(rhythm, language))).toEqual(rhythm);
      }),
      { numRuns: 500 },
    );
  });

  test('whatever is typed is a rhythm or a mistake somebody can put right', () => {
    const words = fc.constantFrom(
      ...'every cada 9 9:00 12 31 lunes monday del mes of the month first primer 2 weeks semanas * */5 - , y and at a las ,'.split(
        ' ',
      ),
    );
    const said = fc.oneof(
      fc.string(),
      fc.array(words, { maxLength: 9 }).map((all) => all.join(' ')),
    );
    fc.assert(
      fc.property(said, (text) => {
        try {
          const rhythm = readRhythm(text);
          expect(nextRun(rhythm, 'Europe/Madrid', new Date('2026-11-26T10:00:00Z'))).toBeInstanceOf(Date);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
      { numRuns: 500 },
    );
  });

  const moments = fc.date({ min: new Date('2025-01-01'), max: new Date('2030-01-01'), noInvalidDate: true });
  const zones = fc.constantFrom(
    ...['UTC', 'Europe/Madrid', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/Santiago'],
  );

  test('runs come in order, after the moment asked for, whatever the moments between', () => {
    fc.assert(
      fc.property(rhythms, moments, zones, (rhythm, after, zone) => {
        const runs = nextRuns(rhythm, zone, after, 4, after);
        expect(runs).toHaveLength(4);
        let last = after;
        for (const run of runs) {
          expect(run.getTime()).toBeGreaterThan(last.getTime());
          // Asked from anywhere on the way it is the same run.
          const between = new Date((last.getTime() + run.getTime()) / 2);
          expect(nextRun(rhythm, zone, between, after)).toEqual(run);
          last = run;
        }
      }),
      { numRuns: 100 },
    );
  });

  test('a time of day stays that time of day, through every change of clocks, once a day', () => {
    fc.assert(
      fc.property(times, moments, zones, (daily, after, zone) => {
        const [time = { hour: 9, minute: 0 }] = daily;
        const rhythm: Rhythm = { every: 'weeks', step: 1, days: WEEK, times: [time] };
        const days = nextRuns(rhythm, zone, after, 400).map((run) => {
          const at = (options: Intl.DateTimeFormatOptions) =>
            new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options }).format(run);
          const clock = at({ hour: '2-digit', minute: '2-digit' });
          const said = `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`;
          // The one day a year on which there is no such time it is the first there is.
          if (clock !== said) expect(clock > said).toBe(true);
          return at({ dateStyle: 'short' });
        });
        expect(new Set(days).size).toBe(days.length);
      }),
      { numRuns: 15 },
    );
  });
});

describe('when clocks change', () => {
  const daily = (clock: string) => readRhythm(`every day at ${clock}`);
  const runs = (rhythm: Rhythm, zone: string, after: string, count = 3) =>
    nextRuns(rhythm, zone, new Date(after), count).map((run) => run.toISOString().slice(0, 16));

  test('9:00 stays 9:00', () => {
    const spring = ['2026-03-28T08:00', '2026-03-29T07:00', '2026-03-30T07:00'];
    expect(runs(daily('9:00'), 'Europe/Madrid', '2026-03-28T00:00:00Z')).toEqual(spring);
    const autumn = ['2026-10-24T07:00', '2026-10-25T08:00', '2026-10-26T08:00'];
    expect(runs(daily('9:00'), 'Europe/Madrid', '2026-10-24T00:00:00Z')).toEqual(autumn);
  });

  test('a 2:30 that does not exist is 3:00, once', () => {
    const days = ['2026-03-28T01:30', '2026-03-29T01:00', '2026-03-30T00:30'];
    expect(runs(daily('2:30'), 'Europe/Madrid', '2026-03-28T00:00:00Z')).toEqual(days);
    // Where the clock goes forward by half an hour at two, and at midnight.
    expect(runs(daily('2:15'), 'Australia/Lord_Howe', '2026-10-03T00:00:00Z', 2)).toEqual([
      '2026-10-03T15:30',
      '2026-10-04T15:15',
    ]);
    expect(runs(daily('0:30'), 'America/Havana', '2026-03-07T06:00:00Z', 2)).toEqual([
      '2026-03-08T05:00',
      '2026-03-09T04:30',
    ]);
  });

  test('a 2:30 that comes twice runs the first time only', () => {
    const days = ['2026-10-24T00:30', '2026-10-25T00:30', '2026-10-26T01:30'];
    expect(runs(daily('2:30'), 'Europe/Madrid', '2026-10-24T00:00:00Z')).toEqual(days);
    expect(runs({ every: 'cron', cron: '30 2 * * *' }, 'Europe/Madrid', '2026-10-24T00:00:00Z')).toEqual(days);
  });

  test('every hour is every hour', () => {
    const night = ['2026-10-25T00:00', '2026-10-25T01:00', '2026-10-25T02:00', '2026-10-25T03:00'];
    expect(runs(readRhythm('hourly'), 'Europe/Madrid', '2026-10-24T23:00:00Z', 4)).toEqual(night);
  });

  test('every other week goes on as it began', () => {
    const rhythm = readRhythm('every 2 weeks on Monday');
    const began = new Date('2026-03-20T12:00:00Z');
    const all = nextRuns(rhythm, 'Europe/Madrid', began, 6, began);
    expect(all.slice(0, 2).map((run) => run.toISOString().slice(0, 10))).toEqual(['2026-03-23', '2026-04-06']);
    for (const [at, run] of all.entries()) {
      if (at > 0) expect(nextRun(rhythm, 'Europe/Madrid', all[at - 1] ?? began, began)).toEqual(run);
    }
  });
});
