/** From a fresh folder with nothing set but Discord: kill -9 at any moment, start again, and readers notice nothing. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { turnsIn } from '../discord/stage.ts';
import { startCommand } from '../fakes/command.ts';
import { type Discord, startDiscord } from '../fakes/discord/index.ts';

const PAPER = join(import.meta.dirname, '../../src/article/samples/post-training.en.md');

let folder: string;
let discord: Discord;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'serve-crash-'));
  discord = await startDiscord();
});
afterAll(async () => {
  await discord.stop();
  await rm(folder, { recursive: true, force: true });
});

const serve = () => {
  const env = { TERTULIA_DATA_DIR: join(folder, 'data'), DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.api };
  return startCommand(['serve'], { env, cwd: folder });
};

async function until<T>(look: () => T | null | undefined | false): Promise<T> {
  for (;;) {
    const found = look();
    if (found) return found;
    await sleep(10);
  }
}

test('a debate that was under way goes on after each kill: every turn once and in order', async () => {
  const guild = discord.guild('A team', { channels: ['papers'] });
  const papers = guild.room('papers');
  const ana = discord.person('Ana', { guild });
  let serving = serve();
  await until(() => serving.stdout().includes('"msg":"connected"'));
  const attachment = { name: 'paper.md', contentType: 'text/markdown', bytes: await readFile(PAPER) };
  await (await ana.slash(papers, 'debate start', { attachment, options: { language: 'en' } })).answer();
  const thread = await until(() => papers.threads[0]);
  for (const turns of [2, 6]) {
    await until(() => turnsIn(thread).length >= turns);
    serving.child.kill('SIGKILL');
    await serving.ended;
    serving = serve();
  }
  await until(() => papers.messages.some(({ text }) => text.includes('concluded')));
  serving.child.kill('SIGTERM');
  expect(await serving.ended).toMatchObject({ code: 0, stderr: '' });
  const numbers = turnsIn(thread).map((turn) => Number.parseInt(turn, 10));
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
  expect([...new Set(numbers)]).toEqual(Array.from({ length: numbers.at(-1) ?? 0 }, (_, n) => n + 1));
  const texts = thread.messages.map(({ text }) => text);
  expect(new Set(texts).size).toBe(texts.length);
  expect(papers.threads).toHaveLength(1);
  expect(discord.violations).toEqual([]);
}, 120_000);
