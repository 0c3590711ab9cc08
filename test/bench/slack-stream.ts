/**
 * `npm run bench:slack`: how soon readers see a persona's first words after the model's first token, at Slack's own rate
 * limits, with several debates of one workspace under way. The bot is `tertulia serve` in a process of its own; Slack
 * and the model are played by this one, so the figures include what they take themselves.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { mockPanel } from '../fakes/mock-panel.ts';
import { type ChatRequest, type Scripted, startOpenAiServer } from '../fakes/openai-server.ts';
import { type Room, type SeenMessage, startSlack } from '../fakes/slack/index.ts';

/** Slack lets 20 streams a minute begin in a workspace: three debates with a speaker each 10 seconds. */
const DEBATES = 3;
/** What the issue asks for. Milliseconds. */
const BOUND = 1000;
/** Of a model. Milliseconds. */
const FIRST = 1500;

const folder = await mkdtemp(join(tmpdir(), 'tertulia-stream-'));
// A minute of limits is a minute.
const slack = await startSlack({ rateScale: 1 });
/** When the model's first token of a reply left, by its number, which its words begin with. */
const spoken: number[] = [];
const model = await startOpenAiServer({ reply: numbered, latency: { first: FIRST, each: 60 }, deltaSize: 4 });
const team = slack.team('Lab', { channels: Array.from({ length: DEBATES }, (_, n) => `room-${n}`) });
const ana = team.person('Ana');
/** When readers saw a message's first words, by its `ts`, and whether it was complete then. */
const seen = new Map<string, { readonly at: number; readonly isWhole: boolean }>();
const bot = serve();
process.once('exit', () => bot.kill());
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
try {
  await slack.until(() => slack.sockets.connections > 0, 60_000);
  await Promise.all(
    rooms().map((room) => ana.slash(room, '/debate', 'start Should every team measure before it decides?')),
  );
  const look = setInterval(() => rooms().forEach(watch), 10);
  await slack.until(() => rooms().every(isOver), 900_000);
  clearInterval(look);
  report();
} finally {
  bot.kill('SIGTERM');
  await Promise.race([once(bot, 'exit'), sleep(10_000)]);
  await model.close();
  await slack.stop();
  await rm(folder, { recursive: true, force: true });
}

function numbered(request: ChatRequest): string | Scripted {
  const said = mockPanel(request);
  if (typeof said !== 'string' || /^\s*[[{]/.test(said)) return said;
  spoken.push(Date.now() + FIRST);
  return `Reply ${spoken.length - 1} says that ${said}`;
}

function serve(): ChildProcess {
  return spawn(process.execPath, [join(import.meta.dirname, '..', '..', 'src', 'cli.ts'), 'serve'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      SLACK_BOT_TOKEN: team.bot.token,
      SLACK_APP_TOKEN: slack.app.appToken,
      SLACK_API_URL: slack.api,
      TERTULIA_MODEL: 'openai:mock',
      OPENAI_API_KEY: 'none',
      OPENAI_BASE_URL: model.url,
      TERTULIA_DATA_DIR: join(folder, 'data'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

function rooms(): readonly Room[] {
  return Array.from({ length: DEBATES }, (_, n) => team.room(`room-${n}`));
}

function threadIn(room: Room): readonly SeenMessage[] {
  const [root] = room.messages;
  return root ? room.thread(root.ts) : [];
}

function isOver(room: Room): boolean {
  return /[✅⚠]/u.test(threadIn(room)[0]?.text ?? '');
}

function watch(room: Room): void {
  for (const { ts, icon, text } of threadIn(room)) {
    if (icon !== null && text !== '' && !seen.has(ts))
      seen.set(ts, { at: Date.now(), isWhole: /\nturn \d/.test(text) });
  }
}

function report(): void {
  const messages = rooms().flatMap(threadIn);
  const replies = messages.flatMap(({ ts, text, streamed }) => {
    const number = /Reply (\d+) says/.exec(text)?.[1];
    const [left, read] = [spoken[Number(number)], seen.get(ts)];
    return number && left && read ? [{ after: read.at - left, streamed, early: !read.isWhole }] : [];
  });
  const early = replies
    .filter((each) => each.early)
    .map(({ after }) => after)
    .toSorted((a, b) => a - b);
  const grown = replies.filter(({ streamed }) => streamed).length;
  const at = (share: number) => early[Math.min(early.length - 1, Math.floor(early.length * share))] ?? 0;
  const within = early.filter((each) => each <= BOUND).length;
  const refused = slack.requests.filter(({ status }) => status === 429).length;
  process.stdout.write(
    `${DEBATES} debates, ${replies.length} statements and replies, ${early.length} shown before they were complete (${grown} of them growing): first words after ${at(0.5)} ms (median), ${at(0.95)} ms (95 %), ${at(1)} ms (worst); ${within} within ${BOUND} ms; ${refused} calls put off by Slack, ${slack.violations.length} against the API's rules\n`,
  );
  process.exitCode = early.length < replies.length * 0.9 || within < early.length * 0.95 ? 1 : 0;
}
