/**
 * `npm run bench:discord`: how soon a press, a command or a suggestion is acknowledged while the bot holds many debates
 * at once. The bot is `tertulia serve` in a process of its own; Discord and the model are played by this one, so the
 * figures include what they take themselves.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Interaction, startDiscord } from '../fakes/discord/index.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { startOpenAiServer } from '../fakes/openai-server.ts';

const DEBATES = 50;
const ASKED = 400;
/** Between two interactions. Milliseconds. */
const BETWEEN = 50;
/** What the issue asks for. Milliseconds. */
const BOUND = 500;

const folder = await mkdtemp(join(tmpdir(), 'tertulia-ack-'));
const discord = await startDiscord({ rateLimitScale: 0 });
// Slow enough that all debates are under way all the time, in small pieces so that the bot is kept busy.
const model = await startOpenAiServer({ reply: mockPanel, latency: { first: 4000, each: 40 }, deltaSize: 16 });
const guild = discord.guild('Lab', { channels: Array.from({ length: DEBATES }, (_, n) => `room-${n}`) });
const ana = discord.person('Ana', { guild });
const bot = serve();
process.once('exit', () => bot.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  await discord.until(() => discord.commands().length > 0, 60_000);
  await discord.until(() => discord.gateway.connected > 0, 60_000);
  const starts = await begin();
  await discord.until(() => rooms().every((room) => room.messages[0]?.buttons.length), 120_000);
  const asked: Interaction[] = [];
  for (let n = 0; n < ASKED; n++) {
    void ask(n).then((each) => asked.push(each));
    await sleep(BETWEEN);
  }
  await discord.until(() => asked.length === ASKED, 30_000);
  const running = rooms().filter((room) => room.messages[0]?.text.includes('🟢')).length;
  report('start, 50 at once', starts);
  report(`status, suggestions and settings, ${running} debates running`, asked);
  process.stdout.write(`${discord.violations.length} requests against the API's rules\n`);
  const late = asked.filter(({ acknowledgedAfterMs }) => (acknowledgedAfterMs ?? Number.POSITIVE_INFINITY) > BOUND);
  process.exitCode = late.length > ASKED / 100 || running < DEBATES ? 1 : 0;
} finally {
  bot.kill('SIGTERM');
  await Promise.race([once(bot, 'exit'), sleep(10_000)]);
  await model.close();
  await discord.stop();
  await rm(folder, { recursive: true, force: true });
}

function serve(): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'src', 'cli.ts'), 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.api,
      TERTULIA_MODEL: 'openai:mock',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: model.url,
      TERTULIA_DATA_DIR: join(folder, 'data'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function rooms() {
  return Array.from({ length: DEBATES }, (_, n) => guild.room(`room-${n}`));
}

function begin(): Promise<Interaction[]> {
  const options = { question: 'Should every team measure before it decides?', rounds: '5' };
  return Promise.all(rooms().map((room) => ana.slash(room, 'debate start', { options })));
}

function ask(n: number): Promise<Interaction> {
  const room = guild.room(`room-${n % DEBATES}`);
  const [thread = room] = room.threads;
  const ways = [
    () => ana.slash(thread, 'debate status'),
    () => ana.slash(room, 'debate list'),
    () => ana.autocomplete(room, 'debate ask', 'persona', 'd'),
    () => ana.press(room.messages[0] ?? room.message(''), 'Ask'),
  ];
  const way = ways[n % ways.length];
  if (!way) throw new Error('there is no such way');
  return way();
}

function report(what: string, asked: readonly Interaction[]): void {
  const times = asked
    .map(({ acknowledgedAfterMs }) => acknowledgedAfterMs ?? Number.POSITIVE_INFINITY)
    .toSorted((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0);
  const within = (times.filter((each) => each <= BOUND).length / times.length) * 100;
  process.stdout.write(
    `${what}: ${times.length} acknowledged, median ${at(0.5)} ms, 99 % within ${at(0.99)} ms, worst ${at(1)} ms; ${within.toFixed(1)} % within ${BOUND} ms\n`,
  );
}
