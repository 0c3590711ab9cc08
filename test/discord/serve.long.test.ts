/** The real command on Discord: told to go in the middle of a debate, and what the next one makes of it. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type Running, startCommand } from '../fakes/command.ts';
import { type Discord, type Guild, startDiscord } from '../fakes/discord/index.ts';
import { runHere } from '../fakes/shell.ts';
import { OFFICIAL, turnsIn } from './stage.ts';

jest.setTimeout(120_000);
/** Two processes start, on whatever else the machine does. Milliseconds. */
const PATIENCE = 60_000;
const PAPER = join(import.meta.dirname, '..', '..', 'src', 'article', 'samples', 'post-training.en.md');
const POST = 'POST /webhooks/:webhook/:token';

let folder: string;
let discord: Discord;
let guild: Guild;
const started: Running[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tertulia-discord-'));
  discord = await startDiscord({ rateLimitScale: 0, ...OFFICIAL });
  guild = discord.guild('Lab', { channels: ['papers'] });
});
afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await discord.stop();
  await rm(folder, { recursive: true, force: true });
});

const environment = () => ({
  DISCORD_TOKEN: discord.token,
  DISCORD_API_URL: discord.api,
  DISCORD_MESSAGE_CONTENT: '1',
  TERTULIA_DATA_DIR: join(folder, 'data'),
});

async function serve() {
  const running = startCommand(['serve'], { env: environment(), cwd: folder });
  started.push(running);
  const before = discord.gateway.identifies;
  await discord.until(() => discord.gateway.identifies > before && discord.commands().length > 0, PATIENCE);
  return running;
}

test('SIGTERM: it finishes the message it is at and goes; the next process ends the debate', async () => {
  const first = await serve();
  const papers = guild.room('papers');
  const attachment = { name: 'paper.md', contentType: 'text/markdown', bytes: await readFile(PAPER) };
  // Readers of a real Discord are this far away.
  discord.faults.on(POST, { kind: 'late', ms: 150 }, { times: 1000 });
  const asked = await discord.person('Ana', { guild }).slash(papers, 'debate start', { attachment });
  await asked.answer(PATIENCE);
  const thread = await discord.until(() => papers.threads[0], PATIENCE);
  await discord.until(() => turnsIn(thread).length >= 3, PATIENCE);
  first.child.kill('SIGTERM');
  const ended = await first.ended;
  expect(ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  expect(ended.stdout).toContain('"msg":"stopped"');
  expect(ended.stdout).not.toContain(discord.token);
  const said = turnsIn(thread);
  expect(said.length).toBeLessThan(12);
  expect(papers.messages[0]?.text).not.toContain('concluded');

  const second = await serve();
  await discord.until(() => papers.messages[0]?.text.includes('concluded'), PATIENCE);
  second.child.kill('SIGINT');
  expect(await second.ended).toMatchObject({ code: 0, signal: null, stderr: '' });
  const turns = turnsIn(thread).map((turn) => Number.parseInt(turn, 10));
  expect(turns.slice(0, said.length)).toEqual(said.map((turn) => Number.parseInt(turn, 10)));
  expect([...new Set(turns)]).toEqual([...Array(turns.at(-1)).keys()].map((n) => n + 1));
  expect(papers.messages.filter(({ byWebhook }) => byWebhook)).toHaveLength(1);
  expect(discord.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  expect(discord.violations).toEqual([]);
});

describe('tertulia doctor discord', () => {
  const doctor = (LANG: string) => runHere(['doctor', 'discord'], { env: { ...environment(), LANG }, cwd: folder });

  test.each([
    ['en_US.UTF-8', /^✓ Token: Tertulia \(\d+\)\n✓ Intents: .*heard.*\n✓ Server Lab: ready in 1 of 1 channels\n/],
    ['es_ES.UTF-8', /^✓ Token: Tertulia \(\d+\)\n✓ Intents: .*oye.*\n✓ Servidor Lab: listo en 1 de 1 canales\n/],
  ])('everything in its place, and the way to invite it (%s)', async (LANG, words) => {
    const { code, stdout, stderr } = await doctor(LANG);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(words);
    expect(stdout).toContain('https://discord.com/oauth2/authorize?client_id=');
  });

  test('what is missing makes it fail, with the channel', async () => {
    guild.overwrite(guild.room('papers'), 'bot', { deny: ['SendMessages'] });
    const { code, stdout } = await doctor('en_US.UTF-8');
    expect(code).toBe(1);
    expect(stdout).toContain('✗ Server Lab: ready in 0 of 1 channels; lacks in #papers (Send Messages)');
  });

  test('a wrong token is one sentence, without it', async () => {
    const env = { ...environment(), DISCORD_TOKEN: 'secret.secret.secret' };
    const { code, stdout, stderr } = await runHere(['doctor', 'discord'], { env, cwd: folder });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^✗ Discord: .*DISCORD_TOKEN; copy it anew.*\n$/);
    expect(stdout + stderr).not.toContain('secret.secret');
  });
});
