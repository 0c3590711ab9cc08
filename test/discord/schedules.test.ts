/** What is scheduled, on Discord: made by command and button, announced in its channel, skipped and changed from there. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { defaultReaderSettings } from '../../src/article/read.ts';
import { ring } from '../../src/schedules/scheduler.ts';
import type { Guild, Person, Room } from '../fakes/discord/index.ts';
import { type Bot, openStage, type Stage } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(60_000);

let stage: Stage;
let bot: Bot;
let guild: Guild;
let papers: Room;
beforeAll(async () => {
  stage = await openStage();
  bot = await stage.bot();
}, PATIENCE);
afterAll(() => stage.close());
beforeEach(() => {
  guild = stage.discord.guild('A team', { channels: ['papers'] });
  papers = guild.room('papers');
});
afterEach(() => expect(stage.discord.violations).toEqual([]));

const admin = (locale = 'en-US'): Person =>
  stage.discord.person('Ana', { guild, locale, roles: [guild.role('admins', ['ManageGuild'])] });

/** The alarm before its next run rings, as if that were in twenty minutes. */
async function announced(): Promise<void> {
  const { store, adapter, host } = { ...bot, store: stage.store };
  const [schedule] = await store.schedules.list(guild.id);
  if (!schedule) throw new Error('nothing is scheduled');
  const slot = new Date(Date.now() + 20 * 60_000);
  await store.schedules.change(guild.id, schedule.id, { next: slot });
  const scheduling = {
    ...{ store, adapters: [adapter], convene: host.convene, reader: defaultReaderSettings, now: () => new Date() },
    trouble: () => undefined,
  };
  const alarm = { workspace: guild.id, schedule: schedule.id, slot, act: 'announce' } as const;
  await ring(scheduling, alarm, { isLast: true, signal: new AbortController().signal });
}

describe('a schedule', () => {
  test('is made by a command and a button, announced, changed by a form and skipped by a button', async () => {
    const ana = admin();
    const options = { when: 'every Monday 9:00', what: 'Is it worth it?', ahead: '30', zone: 'Madrid' };
    const asked = await ana.slash(papers, 'calendar schedule', { options });
    const shown = await asked.answer();
    expect(asked.ephemeral).toBe(true);
    expect(shown.text).toContain('every Monday at 9:00');
    expect(shown.text.match(/^- Mon, .* 9:00$/gm)).toHaveLength(5);
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Activate', 'Unschedule']);
    expect((await (await ana.press(shown, 'Activate')).answer()).text).toMatch(
      /is active; next: Mon, .* \(Europe\/Madrid\)/,
    );

    await announced();
    const [note] = papers.messages;
    if (!note) throw new Error('nothing was announced');
    expect(note.text).toMatch(/^In 20 minutes .* we debate \*\*Is it worth it\?\*\* here\./);
    expect(note.pings).toEqual([]);
    expect(note.buttons.map(({ label }) => label)).toEqual(['Skip', 'Topic']);

    const ben = stage.discord.person('Ben', { guild });
    expect((await (await ben.press(note, 'Skip')).answer()).text).toContain('Scheduling debates here takes somebody');
    const form = await ana.press(note, 'Topic');
    expect(form.modal?.fields.map(({ label }) => label)).toEqual(['What']);
    const changed = await ana.submit(form, { What: 'Something else?' });
    expect((await changed.answer()).text).toContain('Something else?');
    expect(papers.messages.at(-1)?.text).toMatch(/^Ana changed the topic of .*Something else\?/);
    expect((await (await ana.press(note, 'Skip')).answer()).text).toMatch(/^Skipped: /);
    expect(papers.messages.at(-1)?.text).toMatch(/^Ana skipped the debate of /);
  });

  test('speaks Spanish with who made it, and is found by what it is about', async () => {
    const ana = admin('es-ES');
    const options = { cuándo: 'cada lunes a las 9', qué: '¿Vale la pena?', antes: '30' };
    const shown = await (await ana.slash(papers, 'agenda programar', { options })).answer();
    expect(shown.buttons.map(({ label }) => label)).toEqual(['Activar', 'Desprogramar']);
    await (await ana.press(shown, 'Activar')).answer();
    await announced();
    expect(papers.messages[0]?.text).toMatch(/^En 20 minutos .* debatimos aquí \*\*¿Vale la pena\?\*\*/);
    const offered = await ana.autocomplete(papers, 'agenda saltar', 'programado', 'vale la pena');
    expect(offered.choices?.[0]?.name).toContain('cada lunes a las 9:00 · la pregunta “¿Vale la pena?”');
    const value = String(offered.choices?.[0]?.value);
    expect(
      (await (await ana.slash(papers, 'agenda saltar', { options: { programado: value } })).answer()).text,
    ).toMatch(/^Omitido: /);
  });
});

describe('links people reacted to', () => {
  const linked = (since = new Date(0)) => {
    const place = { adapter: 'discord', workspace: guild.id, channel: papers.id, thread: null };
    return bot.adapter.popularLinks?.(place, since);
  };

  test('come with their reactions, most first; not those of bots, nor what has no link', async () => {
    const [ana, ben] = [admin(), stage.discord.person('Ben', { guild })];
    const once = ana.says(papers, 'Read <https://example.org/once>!');
    const twice = ben.says(papers, 'https://example.org/twice, I think');
    ben.says(papers, 'https://example.org/never');
    ana.reacts(ana.says(papers, 'nothing to read here'), '👍');
    ben.reacts(once, '👍');
    ana.reacts(twice, '👍');
    ben.reacts(twice, '🎉');
    expect(await linked()).toEqual([
      { url: 'https://example.org/twice', reactions: 2 },
      { url: 'https://example.org/once', reactions: 1 },
      { url: 'https://example.org/never', reactions: 0 },
    ]);
    expect(await linked(new Date(Date.now() + 3_600_000))).toEqual([]);
  });

  test('are many, and all looked at', async () => {
    const ana = admin();
    for (let n = 0; n < 250; n++) ana.says(papers, `https://example.org/${n}`);
    expect(await linked()).toHaveLength(250);
  });

  test('take a permission and an intent, which are named', async () => {
    guild.overwrite(papers, 'bot', { deny: ['ReadMessageHistory'] });
    await expect(linked()).rejects.toThrow(/Read Message History in #papers/);
    const deaf = await stage.bot({ messageContent: false });
    const place = { adapter: 'discord', workspace: guild.id, channel: papers.id, thread: null };
    await expect(deaf.adapter.popularLinks?.(place, new Date(0))).rejects.toThrow(/DISCORD_MESSAGE_CONTENT=1/);
  });
});
