/** Conversations about who may do what in a workspace, and how much. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Debate, Language } from '../src/debate.ts';
import { InputError } from '../src/errors.ts';
import type { Person } from '../src/ports/host.ts';
import { OPEN_SETTINGS, type Store, type WorkspaceSettings } from '../src/ports/store.ts';
import { openMemoryStore } from './fakes/memory-store.ts';
import { ANA, createScriptedAdapter } from './fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from './fakes/scripted-voice.ts';
import { layTable, type Table } from './fakes/table.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

const BEN: Person = { id: 'ben', name: 'Ben', admin: false, roles: [] };
const EVA: Person = { id: 'eva', name: 'Eva', admin: false, roles: ['night-shift', 'researchers'] };

interface Workspace extends Table {
  readonly name: string;
  /** Moves the clock the host goes by. */
  later(ms: number): void;
  does(by: Person, verb: string, args?: Record<string, string>, language?: Language): Promise<string>;
}

/** A workspace of its own; what people are told comes back as their turn's answer. */
async function workspace(change: Partial<WorkspaceSettings> = {}): Promise<Workspace> {
  const name = `w-${randomUUID()}`;
  let ahead = 0;
  const adapter = createScriptedAdapter({ workspace: name });
  const now = () => new Date(Date.now() + ahead);
  const table = await layTable(store, scriptedVoice(fairScript), adapter, { workspace: name, now });
  await store.saveSettings(name, { ...OPEN_SETTINGS, ...change });
  return {
    ...table,
    name,
    later: (ms) => {
      ahead += ms;
    },
    does: async (by, verb, args = {}, language = 'en') => {
      const before = adapter.told.length;
      await adapter.receive({ type: 'verb', verb, args }, language, by);
      return adapter.told.slice(before).join('\n');
    },
  };
}

const rolesTo = (roles: Partial<WorkspaceSettings['roles']>) => ({ roles: { ...OPEN_SETTINGS.roles, ...roles } });
const limitedTo = (limits: Partial<WorkspaceSettings['limits']>) => ({
  limits: { ...OPEN_SETTINGS.limits, ...limits },
});

const start = ({ does }: Workspace, by: Person, language: Language = 'en') =>
  does(by, 'start', { question: '¿Vale la pena o no?', language: 'en' }, language);
const statusOf = async (debate: Debate) => (await store.load(debate.workspace, debate.id))?.debate.status;
const HOUR = 3_600_000;

describe('who may start', () => {
  test('everybody, as long as nothing is settled', async () => {
    const here = await workspace();
    expect(await start(here, BEN)).toMatch(/^Debate \w+ begins\.$/);
  });

  test('only those with a role, when one is named; admins always', async () => {
    const here = await workspace(rolesTo({ start: ['researchers', 'editors'] }));
    expect(await start(here, BEN)).toBe(
      'To start a debate here you need one of these roles: @researchers, @editors; ask an admin for one.',
    );
    expect(await start(here, BEN, 'es')).toBe(
      'Para empezar un debate aquí necesitas uno de estos roles: @researchers, @editors; pídeselo a un administrador.',
    );
    expect(await store.list(here.name, 9)).toEqual([]);
    expect(await start(here, EVA)).toContain('begins');
    expect(await start(here, ANA)).toContain('begins');
  });
});

describe('who may steer', () => {
  test('whoever opened it, those with a role, admins; nobody else, who is told whom to ask', async () => {
    const here = await workspace(rolesTo({ steer: ['researchers'] }));
    const debate = await here.convene('Is it?', {}, BEN);
    const stranger: Person = { id: 'zoe', name: 'Zoe', admin: false, roles: ['guests'] };
    expect(await here.does(stranger, 'pause')).toBe(
      `Only whoever opened debate ${debate.id}, @researchers or an admin may pause it; ask them.`,
    );
    expect(await here.does(stranger, 'pause', {}, 'es')).toBe(
      `Solo quien abrió el debate ${debate.id}, @researchers o un administrador puede «pausar»; pídeselo.`,
    );
    expect(await statusOf(debate)).toBe('running');
    for (const by of [EVA, BEN, ANA]) {
      expect(await here.does(by, 'pause')).toContain('Paused');
      expect(await statusOf(debate)).toBe('paused');
      await store.change(here.name, debate.id, { status: 'running' });
    }
  });

  test('a role that may start may not steer for that', async () => {
    const here = await workspace(rolesTo({ start: ['researchers'] }));
    const debate = await here.convene('Is it?');
    expect(await here.does(EVA, 'stop')).toContain('Only whoever opened debate');
    expect((await store.load(here.name, debate.id))?.debate.ending).toBeNull();
  });
});

describe('the settings', () => {
  test('are shown as they stand, in either language', async () => {
    const here = await workspace();
    expect(await here.does(ANA, 'settings')).toBe(
      [
        '- Roles that may start debates (*start*): **everybody**',
        '- Roles that may steer debates others opened (*steer*): **whoever opened it and admins**',
        '- Roles that may schedule debates (*schedule*): **admins only**',
        '- Roles that may edit personas (*personas*): **admins only**',
        '- Debates a person may start in 24 hours (*per-person*): **no limit**',
        '- Debates in 24 hours (*per-day*): **no limit**',
        '- Tokens in 24 hours (*tokens*): **no limit**',
        '- US dollars in 24 hours (*money*): **no limit**',
        '- Time zone of schedules, such as Europe/Madrid (*zone*): **UTC**',
      ].join('\n'),
    );
    const shown = await here.does(ANA, 'settings', {}, 'es');
    expect(shown).toContain('(*empezar*): **todo el mundo**');
    expect(shown).toContain('(*por-día*): **sin límite**');
  });

  test('are changed one by one, and hold at once', async () => {
    const here = await workspace();
    const told = await here.does(ANA, 'settings', { start: 'researchers editors', tokens: '250000' });
    expect(told).toContain('(*start*): **@researchers, @editors**');
    expect(told).toContain('(*tokens*): **250,000**');
    expect(await start(here, BEN)).toContain('you need one of these roles');
    await here.does(ANA, 'settings', { 'per-person': '2' });
    expect(await store.settings(here.name)).toEqual({
      ...OPEN_SETTINGS,
      ...rolesTo({ start: ['researchers', 'editors'] }),
      ...limitedTo({ debatesPerPersonPerDay: 2, tokensPerDay: 250_000 }),
    });
    await here.does(ANA, 'settings', { start: 'none', tokens: 'ninguno' });
    expect(await store.settings(here.name)).toEqual({ ...OPEN_SETTINGS, ...limitedTo({ debatesPerPersonPerDay: 2 }) });
  });

  test('are for admins, and what makes no sense changes nothing', async () => {
    const here = await workspace();
    expect(await here.does(EVA, 'settings', { start: 'researchers' })).toBe(
      'Only an admin may use "settings" here; ask one.',
    );
    expect(await here.does(EVA, 'settings', {}, 'es')).toBe(
      'Aquí solo un administrador puede usar «ajustes»; pídeselo a uno.',
    );
    expect(await here.does(ANA, 'settings', { start: 'researchers', 'per-day': 'many' })).toBe(
      '"per-day" must be a whole number, or "none" for no limit, and was "many"; give another value.',
    );
    expect(await here.does(ANA, 'settings', { tokens: '-5' }, 'es')).toContain('«tokens» debe ser un número entero');
    expect(await store.settings(here.name)).toEqual(OPEN_SETTINGS);
  });

  test('of one workspace leave another alone', async () => {
    const [here, there] = [await workspace(), await workspace()];
    await here.does(ANA, 'settings', { start: 'researchers' });
    expect(await start(there, BEN)).toContain('begins');
  });
});

describe('limits of 24 hours', () => {
  test('a person’s own: others may still start, and so may they a day later', async () => {
    const here = await workspace(limitedTo({ debatesPerPersonPerDay: 2 }));
    for (let time = 0; time < 2; time += 1) expect(await start(here, BEN)).toContain('begins');
    expect(await start(here, BEN)).toBe(
      'You may start 2 debates in 24 hours here and have; try again later, or ask an admin to allow more.',
    );
    expect(await start(here, BEN, 'es')).toContain('Aquí puedes empezar 2 debates en 24 horas');
    expect(await start(here, EVA)).toContain('begins');
    here.later(23 * HOUR);
    expect(await start(here, BEN)).toContain('You may start 2');
    here.later(HOUR);
    expect(await start(here, BEN)).toContain('begins');
  });

  test('the workspace’s: an admin is counted like anybody', async () => {
    const here = await workspace(limitedTo({ debatesPerDay: 1 }));
    expect(await start(here, BEN)).toContain('begins');
    expect(await start(here, ANA)).toContain('The most here is 1 debate in 24 hours');
    expect(await start(here, EVA, 'es')).toContain('El tope aquí es de 1 debate en 24 horas');
  });

  test('ten at once by somebody in a hurry are still counted', async () => {
    const here = await workspace(limitedTo({ debatesPerPersonPerDay: 3 }));
    await Promise.all(Array.from({ length: 10 }, () => start(here, BEN)));
    expect(await store.list(here.name, 20)).toHaveLength(3);
  });

  test('tokens: a debate may cost what is left, and closes properly over it', async () => {
    const here = await workspace(limitedTo({ tokensPerDay: 6000 }));
    const debate = await here.convene('Is it?', { tokens: 1_000_000 });
    expect(debate.limits.tokens).toBe(6000);
    await expect(here.run(debate)).resolves.toBe('concluded');
    expect(here.thread().at(-1)).toContain('reached its limit of tokens');
    expect(await start(here, BEN)).toBe(
      'The debates here have used up their 6000 tokens for 24 hours; try again later, or ask an admin to allow more.',
    );
    here.later(24 * HOUR);
    expect(await start(here, BEN)).toContain('begins');
  });

  test('tokens: once they are gone nobody makes the panel speak on, by verb or by word', async () => {
    const here = await workspace();
    const debate = await here.convene('Is it?');
    await here.run(debate);
    const { turns } = (await store.load(here.name, debate.id)) ?? { turns: [] };
    await here.does(ANA, 'settings', { tokens: '5000' });
    expect(await here.does(ANA, 'round')).toContain('used up their 5000 tokens');
    expect(await here.does(ANA, 'ask', { persona: 'doomer', question: 'Why?' }, 'es')).toContain(
      'han gastado sus 5000',
    );
    await here.adapter.receive({ type: 'say', text: 'AI Doomer, why?' }, 'en', BEN);
    expect(here.adapter.told.at(-1)).toContain('used up their 5000 tokens');
    expect((await store.load(here.name, debate.id))?.turns).toEqual(turns);
    expect(await here.does(BEN, 'status')).toContain('concluded');
    // Words to all make nobody speak: they are kept.
    await here.adapter.receive({ type: 'say', text: 'Thank you all.' }, 'en', BEN);
    expect((await store.load(here.name, debate.id))?.turns).toHaveLength(turns.length + 1);
  });
});

describe('what the platform lacks', () => {
  const missing = new InputError({
    en: 'I need the right to post in #papers; ask an admin for it.',
    es: 'Necesito permiso para escribir en #papers; pídeselo a un administrador.',
  });

  test('is told before anything is read or saved, in the language asked in', async () => {
    const here = await workspace();
    here.adapter.missing = missing;
    expect(await here.does(BEN, 'start', { article: 'http://192.0.2.1/never-read' })).toBe(missing.text.en);
    expect(await start(here, BEN, 'es')).toBe(missing.text.es);
    expect(await store.list(here.name, 9)).toEqual([]);
    here.adapter.missing = null;
    expect(await start(here, BEN)).toContain('begins');
  });

  test('a thread that cannot be opened leaves no debate under way', async () => {
    const here = await workspace();
    here.adapter.openThread = async () => {
      throw missing;
    };
    expect(await start(here, BEN)).toBe(missing.text.en);
    const [debate] = await store.list(here.name, 9);
    expect(debate?.status).toBe('failed');
  });

  test('a thread that a crash left unopened is opened by whoever takes the debate up', async () => {
    const here = await workspace();
    const debate = await here.convene('Is it?');
    await store.change(here.name, debate.id, { thread: { ...debate.thread, thread: '' } });
    await expect(here.run(debate)).resolves.toBe('concluded');
    expect(here.adapter.threads).toHaveLength(2);
    const thread = here.adapter.threads.at(-1)?.thread;
    expect((await store.load(here.name, debate.id))?.debate.thread).toEqual(thread);
    expect(new Set(here.adapter.posted.map(({ message }) => message.debate.thread.thread))).toEqual(
      new Set([thread?.thread]),
    );
  });
});
