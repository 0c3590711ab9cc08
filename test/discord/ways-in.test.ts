/** Every place and way in which somebody may begin a debate, and who may not. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { lines, pdf } from '../article/pdfs.ts';
import type { Guild, Person, Room } from '../fakes/discord/index.ts';
import { answer, startWebServer, type WebServer } from '../fakes/web-server.ts';
import { type Bot, convene, eventually, openStage, run, type Stage, turnsIn } from './stage.ts';

jest.setTimeout(60_000);

let stage: Stage;
let bot: Bot;
let web: WebServer;
let guild: Guild;
let papers: Room;
beforeAll(async () => {
  const paragraphs = Array.from(
    { length: 30 },
    (_, n) => `<p>Seedling ${n} grew in the cold room for ${n + 2} weeks.</p>`,
  );
  const page = `<!doctype html><title>Cold rooms</title><article><h1>Cold rooms</h1>${paragraphs.join('')}</article>`;
  web = await startWebServer({ '/paper': answer(page) });
  stage = await openStage({ userInstall: true });
  bot = await stage.bot();
});
afterAll(async () => {
  await stage.close();
  await web.close();
});
beforeEach(() => {
  guild = stage.discord.guild('A team', { channels: ['papers'], forums: ['reading'] });
  papers = guild.room('papers');
});
afterEach(() => expect(stage.discord.violations).toEqual([]));

const person = (name: string, locale = 'en-US', roles: readonly string[] = []): Person =>
  stage.discord.person(name, { guild, locale, roles });
const question = { question: 'Is it worth it?' };

/** All turns are in it, once and in order. */
async function expectDebate(thread: Room): Promise<void> {
  await eventually(() => turnsIn(thread).length >= 12, 20_000);
  expect(turnsIn(thread).map((turn) => Number.parseInt(turn, 10))).toEqual([...Array(12).keys()].map((n) => n + 1));
}

describe('a link', () => {
  test.each([
    ['en-US', 'en'],
    ['es-ES', 'es'],
  ])('with a mention (%s)', async (locale) => {
    const team = stage.discord.guild('A team', { channels: ['papers'], locale });
    const ana = stage.discord.person('Ana', { guild: team, locale });
    ana.says(team.room('papers'), `<@${stage.discord.application.id}> ${web.url}/paper`);
    const thread = await stage.discord.until(() => team.room('papers').threads[0], 20_000);
    await expectDebate(thread);
    expect(thread.name).toContain('Cold rooms');
    // Who asked by a message is answered by one, which pings nobody.
    const told = team.room('papers').messages.find(({ text }) => /begins|Empieza/.test(text));
    expect(told?.pings).toEqual([]);
  });

  test('in a message, by its menu', async () => {
    const message = person('Ben').says(papers, `Have you read ${web.url}/paper yet?`);
    await (await person('Ana').menu(message, 'Debate this')).answer();
    await expectDebate(await stage.discord.until(() => papers.threads[0]));
    expect(papers.threads[0]?.name).toContain('Cold rooms');
  });

  test('in a direct message, where people are heard afterwards', async () => {
    const ana = person('Ana');
    ana.says(ana.dm, `${web.url}/paper`);
    await expectDebate(ana.dm);
    ana.says(ana.dm, '@Doomer how likely is that?');
    await eventually(() => turnsIn(ana.dm).at(-1)?.startsWith('14'), 20_000);
  });
});

describe('a file', () => {
  test('of a message, by its menu, in Spanish', async () => {
    const bytes = await pdf((doc) =>
      lines(
        doc,
        72,
        72,
        Array.from({ length: 30 }, (_, n) => `Seedling ${n} grew in the cold room for ${n} weeks.`),
      ),
    );
    const attachments = [{ name: 'cold.pdf', contentType: 'application/pdf', bytes }];
    const message = person('Ben').says(papers, 'Mirad esto', { attachments });
    await (await person('Ana', 'es-ES').menu(message, 'Debatir esto')).answer();
    await expectDebate(await stage.discord.until(() => papers.threads[0]));
  });

  test('that is none is refused, and nothing is opened', async () => {
    const ben = person('Ben');
    const message = ben.says(papers, '', {
      attachments: [{ name: 'a.zip', contentType: 'application/zip', bytes: Buffer.from('PK\u0003\u0004') }],
    });
    const { text } = await (await person('Ana').menu(message, 'Debate this')).answer();
    expect(text).toContain('not an article');
    expect(papers.threads).toEqual([]);
  });
});

describe('where somebody is already', () => {
  test('in a post of a forum it is debated in the post, and the forum gets no other', async () => {
    const ana = person('Ana');
    const reading = guild.room('reading');
    const post = guild.thread(reading, 'What I read', ana);
    await ana.slash(post, 'debate start', { options: question });
    await expectDebate(post);
    expect(reading.threads).toHaveLength(1);
    expect(new Set(post.messages.filter(({ byWebhook }) => byWebhook).map(({ author }) => author)).size).toBe(8);
  });

  test('in an archived thread, which wakes', async () => {
    const ana = person('Ana');
    const thread = guild.thread(papers, 'Old talk', ana);
    stage.discord.archive(thread);
    await ana.slash(thread, 'debate start', { options: question });
    await expectDebate(thread);
    expect(thread.archived).toBe(false);
  });
});

describe('with the application installed for oneself', () => {
  test.each([
    ['en-US', 'debate start', 'I cannot see this channel'],
    ['es-ES', 'debate empezar', 'No puedo ver este canal'],
  ])('where the bot is not, a debate needs an invitation (%s)', async (locale, command, words) => {
    const elsewhere = stage.discord.guild('Elsewhere', { channels: ['general'], botPermissions: null });
    const ana = stage.discord.person('Ana', { guild: elsewhere, locale });
    const name = locale === 'es-ES' ? 'pregunta' : 'question';
    const asked = await ana.slash(elsewhere.room('general'), command, { options: { [name]: question.question } });
    const { text, ephemeral } = await asked.answer();
    expect(text).toContain(words);
    expect(text).toContain('https://discord.com/oauth2/authorize');
    expect(ephemeral).toBe(true);
  });

  test('what needs no channel is answered there, too', async () => {
    const elsewhere = stage.discord.guild('Elsewhere', { channels: ['general'], botPermissions: null });
    const ana = stage.discord.person('Ana', { guild: elsewhere });
    const asked = await ana.slash(elsewhere.room('general'), 'debate panels');
    expect((await asked.answer()).text).toContain('seven');
  });
});

describe('who may', () => {
  const boss = () => person('Boss', 'en-US', [guild.role('Boss', ['ManageGuild'])]);
  const start = async (who: Person) =>
    (await (await who.slash(papers, 'debate start', { options: question })).answer()).text;

  test('as often as a person may, and no more', async () => {
    await (await boss().slash(papers, 'debate settings', { options: { 'per-person': '1' } })).answer();
    const ana = person('Ana');
    expect(await start(ana)).toContain('begins');
    expect(await start(ana)).toContain('You may start 1 debate in 24 hours here');
    expect(await start(person('Ben'))).toContain('begins');
    expect(papers.threads).toHaveLength(2);
    for (const thread of papers.threads) await expectDebate(thread);
  });

  test('steer what others began: whoever has the role for it', async () => {
    const role = guild.role('Chairs');
    await (await boss().slash(papers, 'debate settings', { options: { steer: `<@&${role}>` } })).answer();
    const debate = await convene(bot, guild, papers, person('Ana'));
    await run(bot, debate);
    const thread = await stage.discord.until(() => papers.threads[0]);
    const round = async (who: Person) => (await (await who.slash(thread, 'debate round')).answer()).text;
    expect(await round(person('Ben'))).toMatch(/Only whoever opened .*Chairs/);
    expect(await round(person('Cleo', 'en-US', [role]))).toContain('One more round');
    await eventually(() => turnsIn(thread).length > 13, 20_000);
  });
});

test('what a session brings once more is done once', async () => {
  const ana = person('Ana');
  const debate = await convene(bot, guild, papers, ana);
  await run(bot, debate);
  const thread = await stage.discord.until(() => papers.threads[0]);
  const asked = await ana.slash(thread, 'debate round');
  stage.discord.gateway.repeat();
  expect((await asked.answer()).text).toContain('One more round');
  await eventually(() => turnsIn(thread).length > 13, 20_000);
  expect((await stage.store.load(guild.id, debate.id))?.debate.limits.rounds).toBe(2);
});
