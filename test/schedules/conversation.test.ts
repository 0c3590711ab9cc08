/** Conversations about what is scheduled: made, announced, skipped, changed, and what happens at its time. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import type { Person } from '../../src/ports/host.ts';
import { OPEN_SETTINGS, type Store } from '../../src/ports/store.ts';
import { ring } from '../../src/schedules/scheduler.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { answer, type Route, startWebServer, type WebServer } from '../fakes/web-server.ts';
import { openCalendar } from './calendar.ts';

let store: Store;
let web: WebServer;
/** What the feed says at the moment. */
let feed: Route = answer('');
const PAPER = `<article><h1>A paper</h1>${'<p>Longer thinking helps with sums, and costs more than it saves elsewhere.</p>'.repeat(30)}</article>`;

beforeAll(async () => {
  store = await openMemoryStore();
  const papers = Object.fromEntries(
    [1, 2, 3].map((n) => [`/paper-${n}`, answer(PAPER.replace('A paper', `Paper ${n}`))]),
  );
  web = await startWebServer({ '/feed': (...given) => feed(...given), ...papers });
});
afterAll(async () => {
  await web.close();
  await store.close();
});

const BEN: Person = { id: 'ben', name: 'Ben', admin: false, roles: [] };
const EVA: Person = { id: 'eva', name: 'Eva', admin: false, roles: ['editors'] };

/** Papers by number, as a feed of that moment. */
function rss(...numbers: readonly number[]): Route {
  const items = numbers.map(
    (n) =>
      `<item><title>Paper &amp; ${n}</title><link>${web.url}/paper-${n}</link><pubDate>Mon, 0${n} Jun 2026 10:00:00 GMT</pubDate></item>`,
  );
  const xml = `<rss version="2.0"><channel><title>Reading list</title>${items.join('')}</channel></rss>`;
  return answer(xml, { type: 'application/rss+xml' });
}

const idIn = (text: string) => /\*\*(\w+)\*\*/.exec(text)?.[1] ?? '';

describe('making one', () => {
  test('the next five runs are shown, and nothing runs before somebody says yes', async () => {
    const here = await openCalendar(store);
    const shown = await here.does('schedule', { when: 'every Monday 9:00', what: 'Is it worth it?' });
    expect(shown).toContain('every Monday at 9:00 · the question “Is it worth it?” · not confirmed yet');
    expect(shown).toContain(
      'The next runs (Europe/Madrid):\n- Mon, 30 Nov 2026, 9:00\n- Mon, 7 Dec 2026, 9:00\n- Mon, 14 Dec 2026, 9:00\n- Mon, 21 Dec 2026, 9:00\n- Mon, 28 Dec 2026, 9:00',
    );
    expect(shown).toMatch(/It runs once you say “activate \w+”; “unschedule \w+” forgets it\.$/);
    await here.until('2026-12-01T00:00:00Z');
    expect(await here.begun()).toEqual([]);
    expect(await here.does('schedules')).toBe('Nothing is scheduled here; “schedule” does it.');

    expect(await here.does('activate', { schedule: idIn(shown) })).toMatch(
      /^Schedule \w+ is active; next: Mon, 7 Dec 2026, 9:00 \(Europe\/Madrid\)\.$/,
    );
    await here.until('2026-12-15T00:00:00Z');
    expect(await here.begun()).toEqual(['2026-12-07T08:00 Is it worth it?', '2026-12-14T08:00 Is it worth it?']);
    expect(await here.does('schedules')).toMatch(
      /^- \*\*\w+\*\* · every Monday at 9:00 · the question “Is it worth it\?”$/,
    );
    expect(await here.does('schedules', { schedule: idIn(shown) })).toMatch(
      /So far:\n- Mon, 14 Dec 2026, 9:00 · Is it worth it\? → \w+ \(.+\)\n- Mon, 7 Dec/,
    );
  });

  test('in Spanish', async () => {
    const here = await openCalendar(store);
    const said = { when: 'el primer martes del mes a las 9:30', what: '¿Vale la pena?', antes: '30', ahead: '30' };
    const shown = await here.does('schedule', said, 'es');
    expect(shown).toContain('el primer martes del mes a las 9:30 · la pregunta “¿Vale la pena?” · sin confirmar');
    expect(shown).toContain('se anuncia 30 minutos antes');
    expect(shown).toContain('Las próximas veces (Europe/Madrid):\n- mar, 1 dic 2026, 9:30');
    expect(shown).toMatch(/Funcionará cuando digas «activar \w+»; «desprogramar \w+» lo olvida\.$/);
    expect(await here.does('activate', { schedule: idIn(shown) }, 'es')).toMatch(
      /está activa; próxima: mar, 1 dic 2026, 9:30/,
    );
    await here.until('2026-12-01T09:00:00Z');
    expect(here.notes()).toEqual([
      expect.stringMatching(
        /^En 30 minutos \(mar, 1 dic 2026, 9:30\) debatimos aquí \*\*¿Vale la pena\?\*\*\. «saltar \w+» lo omite/,
      ),
    ]);
    expect(await here.begun()).toEqual(['2026-12-01T08:30 ¿Vale la pena?']);
  });

  test.each([
    [{ when: 'at dawn' }, /^I do not understand "dawn"/],
    [{ when: '*/5 * * * *' }, /^That is more often than once an hour/],
    [{ zone: 'Mars/Olympus' }, /^"Mars\/Olympus" is no time zone I know; write it like Europe\/Madrid/],
    [{ what: 'ftp://example.org/a' }, /^Addresses that begin with "ftp:" cannot be scheduled/],
    [{ what: 'http://127.0.0.1:9/feed' }, /could not be reached/],
    [{ panel: 'nobody' }, /nobody/],
    [{ format: 'shouting' }, /shouting/],
    [{ ahead: 'soon' }, /^"ahead" must be a whole number from 0 to 1440 and was "soon"/],
    [{ quiet: 'perhaps' }, /^"perhaps" is none of the choices for "quiet"; say say or silent\.$/],
    [{ missed: 'perhaps' }, /say once or skip\.$/],
    [{ tokens: '12' }, /^"tokens" must be a whole number from 1000/],
  ])('a mistake is told at once: %j', async (mistake, words) => {
    const here = await openCalendar(store);
    expect(await here.does('schedule', { when: 'daily', what: 'Is it?', ...mistake })).toMatch(words);
    expect(here.adapter.offered).toEqual([]);
  });

  test('a time zone of its own, by its city', async () => {
    const here = await openCalendar(store, { zone: null });
    expect(await here.does('schedule', { when: 'daily', what: 'Is it?' })).toContain('The next runs (UTC):');
    const there = await here.does('schedule', { when: 'daily', what: 'Is it?', zone: 'kolkata' });
    expect(there).toMatch(/The next runs \(Asia\/(?:Kolkata|Calcutta)\):\n- Fri, 27 Nov 2026, 9:00/);
    expect(await here.does('settings', { zone: 'madrid' })).toContain('**Europe/Madrid**');
    expect(await here.does('schedule', { when: 'daily', what: 'Is it?' })).toContain('(Europe/Madrid)');
    expect(await here.does('settings', { zone: 'none' })).toContain('**UTC**');
  });

  test('takes a role, or an admin', async () => {
    const here = await openCalendar(store, { roles: { ...OPEN_SETTINGS.roles, schedule: ['editors'] } });
    const said = { when: 'daily', what: 'Is it?' };
    expect(await here.does('schedule', said, 'en', BEN)).toBe(
      'Scheduling debates here takes somebody with one of these roles: @editors, or an admin; ask one, or have "settings" name your role.',
    );
    expect(await here.does('schedule', said, 'en', EVA)).toContain('not confirmed yet');
    const nobody = await openCalendar(store);
    expect(await nobody.does('schedule', said, 'es', EVA)).toMatch(
      /^Programar debates aquí es cosa de alguien que sea administrador/,
    );
    expect(await nobody.does('schedules', {}, 'es', BEN)).toContain('No hay nada programado');
  });

  test('nobody sees or touches those of another workspace', async () => {
    const [here, there] = [await openCalendar(store), await openCalendar(store)];
    const id = idIn(await here.does('schedule', { when: 'daily', what: 'Is it?' }));
    await here.does('activate', { schedule: id });
    expect(await there.does('schedules')).toContain('Nothing is scheduled here');
    for (const verb of ['schedules', 'suspend', 'skip', 'now', 'unschedule', 'activate']) {
      expect(await there.does(verb, { schedule: id })).toMatch(/Nothing is scheduled here/);
    }
    expect(await here.does('schedules')).toContain(id);
  });
});

describe('what is debated', () => {
  test('of a feed the newest that was not debated yet, by anybody', async () => {
    const here = await openCalendar(store);
    feed = rss(1, 2);
    const shown = await here.does('schedule', { when: 'daily at 9:00', what: `${web.url}/feed` });
    expect(shown).toContain('the newest of “Reading list” not yet debated');
    await here.presses('activate');
    await here.until('2026-11-27T12:00:00Z');
    feed = rss(1, 2, 3);
    // Somebody has the newest debated by hand.
    expect(await here.does('start', { article: `${web.url}/paper-3` })).toMatch(/begins\.$/);
    await here.until('2026-11-28T12:00:00Z');
    expect(await here.begun()).toEqual(['2026-11-27T08:00 Paper & 2', '2026-11-28T08:00 Paper & 1']);
    await here.until('2026-11-29T12:00:00Z');
    expect(here.notes()).toEqual([
      'No debate (Sun, 29 Nov 2026, 9:00): nothing in “Reading list” that was not debated yet.',
    ]);
  });

  test('nothing new can be passed over in silence', async () => {
    const here = await openCalendar(store);
    feed = rss();
    await here.does('schedule', { when: 'daily', what: `${web.url}/feed`, quiet: 'silent' });
    await here.presses('activate');
    await here.until('2026-11-29T12:00:00Z');
    expect(here.notes()).toEqual([]);
    expect(await here.does('schedules', { schedule: idIn(await here.does('schedules')) })).toContain('nothing new');
  });

  test('of a list the next one each time, until it is through', async () => {
    const here = await openCalendar(store);
    const what = `Is it? | ${web.url}/paper-1 | Was it?`;
    expect(await here.does('schedule', { when: 'daily', what }, 'es')).toContain(
      'una lista de 3, cada vez la siguiente',
    );
    await here.presses('activate');
    await here.until('2026-11-30T12:00:00Z');
    expect(await here.begun()).toEqual([
      '2026-11-27T08:00 Is it?',
      `2026-11-28T08:00 ${web.url}/paper-1`,
      '2026-11-29T08:00 Was it?',
    ]);
    expect(here.notes()[0]).toMatch(
      /^No hay debate \(lun, 30 nov 2026, 9:00\): la lista se ha acabado\. La programación \w+ queda suspendida\.$/,
    );
    expect(await here.does('schedules')).toContain('suspended');
  });

  test('the link people reacted to most, not one nobody reacted to', async () => {
    const here = await openCalendar(store);
    await here.does('schedule', { when: 'daily', what: 'most reacted links' });
    await here.presses('activate');
    here.adapter.links = [
      { url: `${web.url}/paper-2#part`, reactions: 5 },
      { url: `${web.url}/paper-1`, reactions: 2 },
      { url: `${web.url}/paper-3`, reactions: 0 },
    ];
    await here.until('2026-11-29T12:00:00Z');
    expect(await here.begun()).toEqual([`2026-11-27T08:00 ${web.url}/paper-2`, `2026-11-28T08:00 ${web.url}/paper-1`]);
    expect(here.notes()[0]).toContain('nobody reacted to a link here since last time');
  });

  test('what it cannot see it says before it is scheduled', async () => {
    const here = await openCalendar(store);
    here.adapter.popularLinks = async () => {
      throw new InputError({ en: 'I may not read #papers.', es: 'No puedo leer #papers.' });
    };
    expect(await here.does('schedule', { when: 'daily', what: 'links' })).toBe('I may not read #papers.');
    delete here.adapter.popularLinks;
    expect(await here.does('schedule', { when: 'daily', what: 'links' })).toMatch(/I cannot see what people react to/);
  });

  test('the open questions of the last debate there, once', async () => {
    const here = await openCalendar(store);
    await here.does('schedule', { when: 'daily', what: 'preguntas abiertas' });
    await here.presses('activate');
    await here.until('2026-11-27T12:00:00Z');
    expect(here.notes()[0]).toContain('left no question open');
    const debate = await here.convene('Is it worth it?');
    await here.run(debate);
    const synthesis = (await store.load(here.name, debate.id))?.turns.at(-1);
    const open = [{ text: 'Who pays for it?', turn: 2, to: null }];
    const data = { synthesis: { ...synthesis?.data.synthesis, open } };
    await store.saveTurn(
      here.name,
      debate.id,
      { ...closing, data: { synthesis: { ...closing.data.synthesis, ...data.synthesis } } },
      [],
      'pending',
    );
    await here.until('2026-11-28T12:00:00Z');
    expect(await here.begun()).toEqual([
      expect.stringMatching(/^2026-11-28T08:00 Is it worth it\? · Who pays for it\?$/),
    ]);
    const [followUp] = await store.list(here.name, 1);
    const log = await store.load(here.name, followUp?.id ?? '');
    expect(log?.debate.earlier).toMatchObject({
      relation: 'followed',
      id: debate.id,
      reopens: [{ text: 'Who pays for it?' }],
    });
  });
});

const closing = {
  key: 'closing-again',
  kind: 'synthesis' as const,
  public: true,
  speaker: 'coordinator',
  round: 2,
  text: 'Closing.',
  repliesTo: [],
  answers: [],
  quotes: [],
  usage: null,
  model: null,
  data: {
    synthesis: {
      ...{ answer: 'Yes.', confidence: null, agreements: [], disagreements: [], minority: [], open: [], nextSteps: [] },
      ...{ plainWords: '', recap: '', dropped: [] },
    },
  },
};

describe('before it runs', () => {
  const announced = async () => {
    const here = await openCalendar(store);
    await here.does('schedule', { when: 'every Monday 9:00', what: `${web.url}/paper-1 | Was it?`, ahead: '30' });
    await here.presses('activate');
    await here.until('2026-11-30T07:45:00Z');
    return here;
  };

  test('it is announced once, and can be skipped', async () => {
    const here = await announced();
    expect(here.notes()).toEqual([
      expect.stringContaining(`In 30 minutes (Mon, 30 Nov 2026, 9:00) we debate **${web.url}/paper-1** here.`),
    ]);
    expect(await here.presses('skip')).toBe('Skipped: Mon, 30 Nov 2026, 9:00; next: Mon, 7 Dec 2026, 9:00.');
    expect(here.notes().at(-1)).toBe('Ana skipped the debate of Mon, 30 Nov 2026, 9:00. Next: Mon, 7 Dec 2026, 9:00.');
    await here.until('2026-12-07T12:00:00Z');
    // What was skipped is still to be debated.
    expect(await here.begun()).toEqual([`2026-12-07T08:00 ${web.url}/paper-1`]);
  });

  test('its topic can be changed', async () => {
    const here = await announced();
    expect(await here.presses('topic', { what: 'Something else?' })).toBe('Mon, 30 Nov 2026, 9:00: Something else?.');
    expect(here.notes().at(-1)).toBe('Ana changed the topic of Mon, 30 Nov 2026, 9:00: we debate **Something else?**.');
    await here.until('2026-12-07T12:00:00Z');
    expect(await here.begun()).toEqual(['2026-11-30T08:00 Something else?', `2026-12-07T08:00 ${web.url}/paper-1`]);
  });

  test('a button pressed a week later touches no other run', async () => {
    const here = await announced();
    const [note] = here.adapter.notes;
    await here.until('2026-12-01T12:00:00Z');
    const subject = note?.invites.find(({ verb }) => verb === 'skip')?.args.schedule ?? '';
    expect(await here.does('skip', { schedule: subject })).toMatch(/^That run of schedule \w+ has begun or is over/);
    await here.until('2026-12-07T12:00:00Z');
    expect(await here.begun()).toHaveLength(2);
  });

  test('it can be held now, beside its runs', async () => {
    const here = await announced();
    expect(await here.does('now')).toBe('It begins within two minutes.');
    await here.until('2026-11-30T12:00:00Z');
    expect(await here.begun()).toEqual([`2026-11-30T07:45 ${web.url}/paper-1`, '2026-11-30T08:00 Was it?']);
  });

  test('it can be suspended, activated and forgotten', async () => {
    const here = await announced();
    expect(await here.does('suspend')).toMatch(/is suspended; “activate \w+” lets it run again\.$/);
    expect(await here.does('skip')).toMatch(/is not active; "activate \w+" first\.$/);
    await here.until('2026-12-01T12:00:00Z');
    expect(await here.does('activate')).toContain('next: Mon, 7 Dec 2026, 9:00');
    await here.until('2026-12-07T12:00:00Z');
    expect(await here.begun()).toEqual([`2026-12-07T08:00 ${web.url}/paper-1`]);
    expect(await here.does('unschedule')).toMatch(/is gone; what it debated is kept\.$/);
    expect((await store.list(here.name, 9)).length).toBe(1);
    await here.until('2026-12-14T12:00:00Z');
    expect((await store.list(here.name, 9)).length).toBe(1);
  });

  test('where there are several, which one is asked', async () => {
    const here = await announced();
    await here.does('schedule', { when: 'daily', what: 'Is it?' });
    await here.presses('activate');
    expect(await here.does('skip')).toMatch(/^Say which schedule you mean; there are: \w+, \w+\.$/);
    expect(await here.does('skip', { schedule: 'nope' }, 'es')).toMatch(
      /^Aquí no hay ninguna programación nope; hay: \w+, \w+\.$/,
    );
  });
});

describe('when nobody was there', () => {
  const missedBy = async (missed: string) => {
    const here = await openCalendar(store);
    await here.does('schedule', { when: 'daily', what: 'Is it?', missed });
    await here.presses('activate');
    here.nobodyUntil('2026-11-30T10:00:00Z');
    await here.until('2026-12-01T12:00:00Z');
    return here.begun();
  };

  test('it is made up for once', async () => {
    expect(await missedBy('once')).toEqual(['2026-11-27T08:00 Is it?', '2026-12-01T08:00 Is it?']);
  });

  test('or skipped', async () => {
    expect(await missedBy('skip')).toEqual(['2026-12-01T08:00 Is it?']);
  });
});

describe('when its platform', () => {
  test('is not connected here, somebody else rings, and nothing has failed', async () => {
    const here = await openCalendar(store);
    await here.does('schedule', { when: 'daily', what: 'Is it?' });
    await here.presses('activate');
    const [schedule] = await store.schedules.list(here.name);
    if (!schedule?.next) throw new Error('nothing is scheduled');
    const { workspace, id: which, next: slot } = schedule;
    const elsewhere = { ...here.scheduling, adapters: [] };
    const attempt = { isLast: true, signal: new AbortController().signal };
    await expect(ring(elsewhere, { workspace, schedule: which, slot, act: 'run' }, attempt)).rejects.toThrow(
      'not connected',
    );
    expect(await store.schedules.runs(workspace, which, 9)).toEqual([]);
    await here.until('2026-11-27T12:00:00Z');
    expect(await here.begun()).toHaveLength(1);
  });

  test('throws the bot out, all is suspended there', async () => {
    const here = await openCalendar(store);
    await here.does('schedule', { when: 'daily', what: 'Is it?' });
    await here.presses('activate');
    await here.host.removed('other', here.name);
    expect(await here.does('schedules')).not.toContain('suspended');
    await here.host.removed('scripted', here.name);
    expect(await here.does('schedules', { schedule: idIn(await here.does('schedules')) })).toContain(
      'the bot was removed from here',
    );
    await here.until('2026-11-29T12:00:00Z');
    expect(await here.begun()).toEqual([]);
  });
});

describe('when it fails', () => {
  test('it says why, and the third time in a row it is suspended until somebody puts that right', async () => {
    const here = await openCalendar(store);
    feed = rss(1);
    await here.does('schedule', { when: 'daily', what: `${web.url}/feed` });
    await here.presses('activate');
    feed = answer('no', { status: 503 });
    await here.until('2026-11-28T12:00:00Z');
    expect(here.notes()).toHaveLength(2);
    expect(here.notes()[0]).toMatch(
      /^The debate that schedule \w+ had for Fri, 27 Nov 2026, 9:00 could not begin: “.*out of order \(503\).*” It tries again next time\.$/,
    );
    await here.until('2026-12-05T12:00:00Z');
    expect(here.notes()).toHaveLength(3);
    expect(here.notes()[2]).toMatch(
      /is suspended: it failed 3 times in a row, last: .*out of order \(503\).*Put that right, then “activate \w+”\.$/,
    );
    expect(await here.does('schedules', { schedule: idIn(await here.does('schedules')) })).toContain(
      'it failed 3 times in a row',
    );
    feed = rss(1);
    await here.presses('activate');
    await here.until('2026-12-06T12:00:00Z');
    expect(await here.begun()).toEqual(['2026-12-06T08:00 Paper & 1']);
  });

  test('once in a while is no reason to stop', async () => {
    const here = await openCalendar(store);
    feed = rss(3, 2, 1);
    await here.does('schedule', { when: 'daily', what: `${web.url}/feed` });
    await here.presses('activate');
    for (const [day, broken] of [27, 28, 29, 30].map((each) => [each, each !== 29] as const)) {
      feed = broken ? answer('no', { status: 500 }) : rss(3, 2, 1);
      await here.until(`2026-11-${day}T12:00:00Z`);
    }
    feed = rss(3, 2, 1);
    await here.until('2026-12-01T12:00:00Z');
    expect(await here.begun()).toEqual(['2026-11-29T08:00 Paper & 3', '2026-12-01T08:00 Paper & 2']);
  });

  test('debates that break off count, too', async () => {
    const here = await openCalendar(store);
    await here.does('schedule', { when: 'daily', what: 'Is it?' }, 'es');
    await here.presses('activate');
    for (const day of [27, 28, 29]) {
      await here.until(`2026-11-${day}T12:00:00Z`);
      const [debate] = await store.list(here.name, 1);
      await store.change(here.name, debate?.id ?? '', { status: 'failed', failure: 'the model is gone' });
    }
    await here.until('2026-12-05T12:00:00Z');
    expect(await here.begun()).toHaveLength(3);
    expect(here.notes()).toEqual([
      expect.stringMatching(/queda suspendida: ha fallado 3 veces seguidas, la última: el debate \w+ se interrumpió/),
    ]);
  });

  test('what the workspace may spend holds for schedules, too', async () => {
    const here = await openCalendar(store, { limits: { ...OPEN_SETTINGS.limits, debatesPerDay: 0 } });
    await here.does('schedule', { when: 'daily', what: 'Is it?' });
    await here.presses('activate');
    await here.until('2026-11-27T12:00:00Z');
    expect(here.notes()[0]).toContain('The most here is 0 debates in 24 hours');
  });
});
