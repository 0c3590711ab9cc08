/** What people do on Discord, as dialogue, and what they see. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { pdf } from '../article/pdfs.ts';
import type { Guild, Person, Room } from '../fakes/discord/index.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import { type Bot, convene, eventually, openStage, run, type Stage, turnsIn } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(60_000);

let stage: Stage;
let bot: Bot;
let guild: Guild;
let papers: Room;
/** Statements wait for it. */
let pace: Promise<void> = Promise.resolve();
beforeAll(async () => {
  stage = await openStage();
  bot = await stage.bot({
    voice: scriptedVoice(async (cue) => {
      if (cue.move.kind === 'statement') await pace;
      return fairScript(cue);
    }),
  });
}, PATIENCE);
afterAll(() => stage.close());
beforeEach(() => {
  guild = stage.discord.guild('A team', { channels: ['papers'], forums: ['reading'] });
  papers = guild.room('papers');
});
afterEach(() => {
  stage.discord.faults.clear();
  expect(stage.discord.violations).toEqual([]);
});

const person = (name: string, locale = 'en-US', roles: readonly string[] = []): Person =>
  stage.discord.person(name, { guild, locale, roles });

const article = () =>
  pdf((doc) => {
    doc.fontSize(16).text('Cold rooms grow better seedlings').fontSize(10);
    for (let line = 0; line < 30; line++) {
      doc.text(`Finding ${line} of the trial is that seedlings in cold rooms grew steadily over ${line + 2} weeks.`);
    }
  });

async function threadIn(room: Room): Promise<Room> {
  return stage.discord.until(() => room.threads[0]);
}

async function concluded(room: Room): Promise<Room> {
  const thread = await threadIn(room);
  await eventually(
    () =>
      room.messages.some(({ text }) => /concluded|concluido/.test(text)) ||
      thread.messages.some(({ text }) => /concluded|concluido/.test(text)),
  );
  return thread;
}

describe('/debate start', () => {
  test.each([
    ['en-US', 'start', 'Debate', 'turn', 'AI Doomer', 'Scientific Reviewer'],
    ['es-ES', 'empezar', 'Empieza', 'turno', 'AI Doomer', 'Revisor Científico'],
  ])('%s: with a PDF attached, eight voices debate in a thread', async (locale, word, begins, turn, ...names) => {
    const ana = person('Ana', locale);
    const attachment = { name: 'cold.pdf', contentType: 'application/pdf', bytes: await article() };
    const asked = await ana.slash(papers, `debate ${word}`, { attachment, options: { language: locale.slice(0, 2) } });
    expect((await asked.answer()).text).toContain(begins);
    expect(asked.ephemeral).toBe(true);
    const thread = await concluded(papers);
    expect(thread.name).toContain('Cold rooms');
    const voices = new Set(thread.messages.filter(({ byWebhook }) => byWebhook).map(({ author }) => author));
    expect(voices.size).toBe(8);
    for (const name of names) expect(voices).toContain(name);
    expect(thread.messages.at(-1)?.text).toContain(`${turn} 12`);
    expect(papers.messages.at(-1)?.text).toContain(`<#${thread.id}>`);
    expect([...thread.messages, ...papers.messages].flatMap(({ pings }) => pings)).toEqual([]);
  });

  test('what is missing is said before anything is opened', async () => {
    const asked = await person('Ana').slash(papers, 'debate start', {});
    expect((await asked.answer()).text).toContain('nothing to debate');
    expect(papers.threads).toEqual([]);
  });

  test('permissions are named, with the channel', async () => {
    guild.overwrite(papers, 'bot', { deny: ['CreatePublicThreads', 'SendMessagesInThreads'] });
    const [en, es] = [person('Ana'), person('Eva', 'es-ES')];
    const options = { question: 'Is it worth it?' };
    const told = (await (await en.slash(papers, 'debate start', { options })).answer()).text;
    expect(told).toMatch(/I need Create Public Threads and Send Messages in Threads in #papers.*oauth2/);
    const dicho = (
      await (await es.slash(papers, 'debate empezar', { options: { pregunta: '¿Merece la pena?' } })).answer()
    ).text;
    expect(dicho).toContain('Crear hilos públicos y Enviar mensajes en hilos en #papers');
  });

  test('without Manage Webhooks it is held all the same, and says what would be better', async () => {
    guild.overwrite(papers, 'bot', { deny: ['ManageWebhooks'] });
    await person('Ana').slash(papers, 'debate start', { options: { question: 'Is it worth it?' } });
    const thread = await concluded(papers);
    expect(turnsIn(thread)).toHaveLength(12);
    expect(thread.messages.some(({ text }) => text.startsWith('**🌋 AI Doomer**'))).toBe(true);
    expect(papers.messages[0]?.text).toContain('Manage Webhooks');
  });

  test('in a forum it is a post, in a thread it is there, in a direct message it is here', async () => {
    const ana = person('Ana');
    const options = { question: 'Is it worth it?' };
    const reading = guild.room('reading');
    await bot.host.receive({
      id: 'forum',
      by: { id: ana.id, name: 'Ana', admin: false, roles: [] },
      place: { adapter: 'discord', workspace: guild.id, channel: reading.id, thread: null },
      language: 'en',
      act: { type: 'verb', verb: 'start', args: options },
    });
    expect(turnsIn(await concluded(reading))).toHaveLength(12);

    const talk = guild.thread(papers, 'a talk', ana);
    await ana.slash(talk, 'debate start', { options });
    await eventually(() => turnsIn(talk).length === 12);
    expect(papers.threads).toHaveLength(1);

    await ana.slash(ana.dm, 'debate start', { options });
    await eventually(() => turnsIn(ana.dm).length === 12);
    expect(ana.dm.messages.some(({ text }) => text.includes('**🌋 AI Doomer**'))).toBe(true);
  });
});

describe('the menu and mentions', () => {
  test.each([
    ['en-US', 'Debate this'],
    ['es-ES', 'Debatir esto'],
  ])('%s: “%s” debates the words of a message', async (locale, menu) => {
    const words = Array.from(
      { length: 30 },
      (_, n) => `Seedling number ${n} grew in the cold room for many weeks.`,
    ).join(' ');
    const ben = person('Ben');
    const message = ben.says(papers, words);
    const asked = await person('Ana', locale).menu(message, menu);
    await asked.answer();
    expect(turnsIn(await concluded(papers))).toHaveLength(12);
  });

  test('a mention with a file begins one, a mention without anything is told how', async () => {
    const ana = person('Ana');
    const me = `<@${stage.discord.application.id}>`;
    ana.says(papers, `${me} hello`);
    const told = await stage.discord.until(() => papers.messages.find(({ byBot }) => byBot));
    expect(told.text).toContain('/debate');
    const attachment = { name: 'cold.pdf', contentType: 'application/pdf', bytes: await article() };
    ana.says(papers, `${me} worth it?`, { attachments: [attachment] });
    expect(turnsIn(await concluded(papers))).toHaveLength(12);
  });

  test('nobody answers bots, webhooks, or people who talk among themselves', async () => {
    const before = stage.discord.requests.length;
    person('Ana').says(papers, 'just talking, https://example.org');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stage.discord.requests.slice(before).filter(({ method }) => method !== 'GET')).toEqual([]);
  });
});

describe('verbs, in both languages', () => {
  const held = async (ana: Person) => {
    const debate = await convene(bot, guild, papers, ana);
    await run(bot, debate);
    return { debate, thread: await concluded(papers) };
  };

  test.each([
    ['en-US', 'status', 'concluded'],
    ['es-ES', 'estado', 'concluid'],
    ['en-US', 'list', 'Is it worth it?'],
    ['es-ES', 'lista', 'Is it worth it?'],
    ['en-US', 'panels', 'seven'],
    ['es-ES', 'mesas', 'seven'],
    ['en-US', 'personas', 'AI Doomer'],
    ['es-ES', 'personas', 'Revisor'],
    ['en-US', 'pause', 'makes no sense now'],
    ['es-ES', 'pausar', 'no cabe ahora'],
    ['en-US', 'resume', 'makes no sense now'],
    ['es-ES', 'reanudar', 'no cabe ahora'],
    ['en-US', 'stop', 'makes no sense now'],
    ['es-ES', 'terminar', 'no cabe ahora'],
    ['en-US', 'settings', 'Only an admin'],
    ['es-ES', 'ajustes', 'solo un administrador'],
  ])('%s /debate %s answers “%s”', async (locale, word, answer) => {
    const { thread } = await held(person('Ana'));
    const asked = await person('Ben', locale).slash(thread, `debate ${word}`);
    const { text, ephemeral } = await asked.answer();
    expect(ephemeral).toBe(true);
    expect(text).toContain(answer);
  });

  test.each([
    ['en-US', 'round', 'One more round'],
    ['es-ES', 'ronda', 'Una ronda más'],
  ])('%s /debate %s goes on', async (locale, word, answer) => {
    const ana = person('Ana', locale);
    const { thread } = await held(ana);
    expect((await (await ana.slash(thread, `debate ${word}`)).answer()).text).toContain(answer);
    await eventually(() => turnsIn(thread).length > 13);
  });

  test('an admin settles who may start, by mentioning roles', async () => {
    const role = guild.role('Readers');
    const boss = person('Boss', 'en-US', [guild.role('Boss', ['ManageGuild'])]);
    const asked = await boss.slash(papers, 'debate settings', { options: { start: `<@&${role}>` } });
    expect((await asked.answer()).text).toContain('Readers');
    const refused = await person('Ben').slash(papers, 'debate start', { options: { question: 'Is it worth it?' } });
    expect((await refused.answer()).text).toContain('Readers');
    const reader = person('Rea', 'en-US', [role]);
    const allowed = await reader.slash(papers, 'debate start', { options: { question: 'Is it worth it?' } });
    expect((await allowed.answer()).text).toContain('begins');
    await concluded(papers);
  });

  test.each([
    ['start', 'panel', 'sev', 'seven'],
    ['start', 'format', '', 'panel'],
    ['start', 'language', 'es', 'es'],
    ['ask', 'persona', 'doom', 'doomer'],
    ['export', 'kind', 'ht', 'html'],
  ])('/debate %s suggests a %s for “%s”', async (verb, option, typed, id) => {
    const asked = await person('Ana').autocomplete(papers, `debate ${verb}`, option, typed);
    expect(asked.choices?.map(({ value }) => value)).toContain(id);
  });

  test('past debates and roles are suggested, too', async () => {
    const { debate } = await held(person('Ana'));
    const asked = await person('Ana').autocomplete(papers, 'debate show', 'debate', 'worth');
    expect(asked.choices?.map(({ value }) => value)).toEqual([debate.id]);
    const role = guild.role('Readers');
    const roles = await person('Ana').autocomplete(papers, 'debate settings', 'start', 'read');
    expect(roles.choices).toEqual([{ name: 'Readers', value: role }]);
  });
});

describe('buttons and forms', () => {
  test.each([
    ['en-US', 'en', 'Pause', 'Resume', 'Paused', 'We go on'],
    ['es-ES', 'es', 'Pausar', 'Reanudar', 'En pausa', 'Seguimos'],
  ])(
    '%s (%s): %s, then %s, on the message that says how it stands',
    async (locale, language, pause, resume, paused, goesOn) => {
      const ana = person('Ana', locale);
      const gate = Promise.withResolvers<void>();
      pace = gate.promise;
      const debate = await convene(bot, guild, papers, ana, language);
      const running = run(bot, debate);
      const status = () => papers.messages[0];
      const asked = await stage.discord.until(() => status()?.buttons.some(({ label }) => label === pause) && status());
      // Somebody is thinking, and looks like it.
      await stage.discord.until(() => (papers.threads[0]?.typed ?? 0) > 0);
      const pressed = await ana.press(asked, pause);
      expect((await pressed.answer()).text).toContain(paused);
      gate.resolve();
      await expect(running).resolves.toBe('paused');
      const atRest = await stage.discord.until(
        () => status()?.buttons.some(({ label }) => label === resume) && status(),
      );
      expect((await (await ana.press(atRest, resume)).answer()).text).toContain(goesOn);
      await concluded(papers);
      expect(turnsIn(papers.threads[0] ?? papers)).toHaveLength(12);
      expect(papers.messages.filter(({ byBot, byWebhook }) => byBot && !byWebhook)).toHaveLength(1);
    },
  );

  test.each([
    ['en-US', 'en', 'Ask', 'answers next'],
    ['es-ES', 'es', 'Preguntar', 'contesta a continuación'],
  ])('%s (%s): “%s” under the synthesis asks whom and what in a form', async (locale, language, label, answer) => {
    const ana = person('Ana', locale);
    const debate = await convene(bot, guild, papers, ana, language);
    await run(bot, debate);
    const thread = await concluded(papers);
    const synthesis = thread.messages.find(({ buttons }) => buttons.some((button) => button.label === label));
    if (!synthesis) throw new Error('no synthesis with buttons');
    const form = await ana.press(synthesis, label);
    expect(form.modal?.fields).toHaveLength(2);
    const sent = await ana.submit(form, { persona: ['doomer'], question: 'How likely is that?' });
    expect((await sent.answer()).text).toContain(answer);
    await eventually(() => thread.messages.at(-1)?.author === 'AI Doomer');
  });

  test('where somebody deletes the message that says how it stands, the thread gets another', async () => {
    const gate = Promise.withResolvers<void>();
    pace = gate.promise;
    const debate = await convene(bot, guild, papers, person('Ana'));
    const running = run(bot, debate);
    const status = await stage.discord.until(() => papers.messages[0]?.text.includes('turn') && papers.messages[0]);
    stage.discord.remove.message(papers, status.id);
    gate.resolve();
    await expect(running).resolves.toBe('concluded');
    const [thread = papers] = papers.threads;
    const other = await stage.discord.until(() => thread.messages.find(({ text }) => text.includes('✅ concluded')));
    expect(other.buttons.map(({ label }) => label)).toEqual(expect.arrayContaining(['Round', 'Ask', 'Export']));
    expect(turnsIn(thread)).toHaveLength(12);
  });

  test('who may not is told so, and nothing changes', async () => {
    const debate = await convene(bot, guild, papers, person('Ana'));
    const status = await stage.discord.until(
      () => papers.messages[0]?.buttons.some(({ label }) => label === 'Pause') && papers.messages[0],
    );
    const pressed = await person('Ben').press(status, 'Pause');
    expect((await pressed.answer()).text).toContain('Only whoever opened');
    await run(bot, debate);
  });
});

describe('votes, objections and personas', () => {
  test.each([
    ['en-US', 'en', 'Rather no', 'Having heard the debate: 1 person, −1 on average'],
    ['es-ES', 'es', 'Más bien no', 'Tras escuchar el debate: 1 persona, −1 de media'],
  ])('%s (%s): “%s” is a button under the opening and under the synthesis', async (locale, language, label, answer) => {
    const ana = person('Ana', locale);
    const debate = await convene(bot, guild, papers, ana, language);
    await run(bot, debate);
    const thread = await concluded(papers);
    const asking = thread.messages.filter(({ buttons }) => buttons.some((button) => button.label === label));
    expect(asking).toHaveLength(2);
    const [opening, synthesis] = asking;
    if (!opening || !synthesis) throw new Error('nothing to vote on');
    expect(opening.buttons.map((button) => button.label)).toHaveLength(5);
    const { text, ephemeral } = await (await ana.press(synthesis, label)).answer();
    expect(ephemeral).toBe(true);
    expect(text).toContain(answer);
    await (await person('Ben', locale).press(opening, label)).answer();
    const log = await stage.store.load(guild.id, debate.id);
    expect(log?.debate.votes?.after).toEqual([{ stance: -1, people: 2 }]);
    expect(thread.messages.map(({ text: words }) => words).join()).not.toMatch(/Ana|Ben/);
  });

  test.each([
    ['en-US', 'en', 'Dissent', 'The coordinator says it for you', 'Coordinator'],
    ['es-ES', 'es', 'Disentir', 'Lo dice por ti el coordinador', 'Coordinador'],
  ])('%s (%s): “%s” asks in a form, and the coordinator says it', async (locale, language, label, answer, name) => {
    const debate = await convene(bot, guild, papers, person('Ana', locale), language);
    await run(bot, debate);
    const thread = await concluded(papers);
    const status = await stage.discord.until(
      () => papers.messages[0]?.buttons.some((button) => button.label === label) && papers.messages[0],
    );
    const zoe = person('Zoe', locale);
    const form = await zoe.press(status, label);
    const sent = await zoe.submit(form, { objection: 'Nobody has asked @everyone who sweeps the room.' });
    expect((await sent.answer()).text).toContain(answer);
    await eventually(() => thread.messages.at(-1)?.text.includes('who sweeps the room') ?? false);
    const voiced = thread.messages.at(-1);
    expect(voiced?.author).toBe(name);
    expect(voiced?.pings).toEqual([]);
    const log = await stage.store.load(guild.id, debate.id);
    expect(JSON.stringify(log)).not.toContain(zoe.id);
    expect(voiced?.text).not.toContain('Zoe');
  });

  test.each([
    ['en-US', 'personas', 'Create', 'panel save', 'The panel **wards** is kept'],
    ['es-ES', 'personas', 'Crear', 'mesa guardar', 'La mesa **wards** queda guardada'],
  ])(
    '%s: under /debate %s, “%s” makes a persona in a form; a panel keeps it',
    async (locale, list, label, saving, kept) => {
      const boss = person('Boss', locale, [guild.role('Boss', ['ManageGuild'])]);
      const asked = await boss.slash(papers, `debate ${list}`);
      const listed = await stage.discord.until(() =>
        [asked.response, ...asked.followups].find((one) => one?.buttons.some((button) => button.label === label)),
      );
      const form = await boss.press(listed, label);
      expect(form.modal?.fields).toHaveLength(4);
      const fields = { name: 'Night Nurse', duty: 'Say how it is at four.', stance: 'Sleep counts.', never: 'Sing.' };
      expect((await (await boss.submit(form, fields)).answer()).text).toContain('**Night Nurse** (night-nurse)');
      const [word, option] = locale === 'en-US' ? ['name', 'personas'] : ['nombre', 'personas'];
      const saved = await boss.slash(papers, saving, { options: { [word]: 'Wards', [option]: 'night-nurse, critic' } });
      expect((await saved.answer()).text).toContain(kept);
      const refused = await person('Ben', locale).slash(papers, saving, {
        options: { [word]: 'Mine', [option]: 'critic' },
      });
      expect((await refused.answer()).text).toMatch(/admins|administradores/);
    },
  );
});

describe('people in the thread', () => {
  test('are heard, and the persona they name answers', async () => {
    const ana = person('Ana');
    const debate = await convene(bot, guild, papers, ana);
    await run(bot, debate);
    const thread = await concluded(papers);
    ana.says(thread, '@Doomer how likely is that?');
    await eventually(() => thread.messages.at(-1)?.author === 'AI Doomer');
    const log = await stage.store.load(guild.id, debate.id);
    expect(log?.turns.find(({ kind }) => kind === 'question')?.data.author).toEqual({ id: ana.id, name: 'Ana' });
  });

  test('what they edit reads otherwise, and what they delete is said no more', async () => {
    const ana = person('Ana');
    const debate = await convene(bot, guild, papers, ana);
    await run(bot, debate);
    const thread = await concluded(papers);
    const human = async () => {
      const log = await stage.store.load(guild.id, debate.id);
      return log?.turns.filter(({ speaker }) => speaker === 'human').map(({ text }) => text) ?? [];
    };
    const heard = async (words: string) => {
      let now: readonly string[] = [];
      await eventually(() => {
        void human().then((texts) => (now = texts));
        return now.includes(words);
      });
    };
    const said = ana.says(thread, 'What does it cst?');
    await heard('What does it cst?');
    ana.edits(said, 'What does it cost?');
    await heard('What does it cost?');
    ana.deletes(said);
    await heard('(withdrawn)');
    expect(await human()).toEqual(['(withdrawn)']);
  });

  test('a dropped gateway resumes, and nobody is missed or heard twice', async () => {
    const ana = person('Ana');
    const debate = await convene(bot, guild, papers, ana);
    await run(bot, debate);
    const thread = await concluded(papers);
    stage.discord.gateway.drop();
    ana.says(thread, '@Doomer are you there?');
    await eventually(() => thread.messages.at(-1)?.author === 'AI Doomer', 15_000);
    const log = await stage.store.load(guild.id, debate.id);
    expect(log?.turns.filter(({ kind }) => kind === 'question')).toHaveLength(1);
  }, 20_000);
});
