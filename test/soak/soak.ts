/**
 * Debates of many workspaces, conducted by several processes on one real Postgres over a platform that fails now and then,
 * while one process after another is killed and the database is restarted. What must hold at the end is counted.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pino } from 'pino';
import { openStore } from '../../db/connect.ts';
import { startServing } from '../../src/cli/serve.ts';
import { readConfig } from '../../src/config.ts';
import type { Debate, Turn } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';
import { createHall } from './hall.ts';
import { type Platform, startPlatform } from './platform.ts';

export interface Weather {
  readonly debates: number;
  readonly workspaces: number;
  readonly workers: number;
  /** Of the model: before its first words, and between two stretches. Milliseconds. */
  readonly latency: { readonly first: number; readonly each: number };
  /** Milliseconds between two kills. */
  readonly killEvery: number;
  /** Default: as many as there is time for. */
  readonly mostKills?: number;
  readonly restarts: number;
  /** Share of the platform's calls that go wrong, stretch of each kind. */
  readonly faults: number;
  /** After which it is given up. Milliseconds. */
  readonly longest: number;
  /** Hears how it goes. */
  readonly tell?: (line: string) => void;
}

/** What a debate here comes to, roughly. */
const MESSAGES = 18;

export interface SoakReport {
  readonly seconds: number;
  readonly debates: number;
  readonly turns: number;
  readonly messages: number;
  readonly modelCalls: number;
  readonly kills: number;
  readonly restarts: number;
  readonly platformFaults: { readonly failed: number; readonly lost: number };
  /** Each a sentence; none: it held. */
  readonly broken: readonly string[];
}

/** A serving process. */
interface Process {
  readonly child: ChildProcess;
  /** It has said so. */
  isReady: boolean;
}

export async function soak(weather: Weather): Promise<SoakReport> {
  const { faults, latency } = weather;
  const postgres = await startPostgres();
  const platform = await startPlatform({ failing: faults / 2, losing: faults / 2, chance: Math.random });
  const usage = { prompt: 1_000, completion: 100 };
  const model = await startOpenAiServer({
    latency,
    deltaSize: 200,
    reply: (request) => ({ text: mockPanel(request), usage }),
  });
  const processes: Process[] = [];
  try {
    return await weathered(weather, { postgres, platform, model, url: await postgres.database(), processes });
  } finally {
    for (const { child } of processes) child.kill('SIGKILL');
    await Promise.allSettled([model.close(), platform.close()]);
    await postgres.stop();
  }
}

interface Scene {
  readonly postgres: PostgresServer;
  readonly platform: Platform;
  readonly model: OpenAiServer;
  readonly url: string;
  readonly processes: Process[];
}

async function weathered(weather: Weather, scene: Scene): Promise<SoakReport> {
  const { tell = () => undefined, mostKills = Number.POSITIVE_INFINITY } = weather;
  const { platform, model, url, postgres } = scene;
  const began = performance.now();
  const deadline = began + weather.longest;
  const debates = await beginAll(weather, scene);
  tell(`${debates.length} debates begun after ${seconds(began)} s`);
  await Promise.all(Array.from({ length: weather.workers }, () => startWorker(scene)));
  const done = () => platform.messages.filter((each) => each.to === 'channel').length;
  // Spread over the debates, which go on side by side.
  const stretch = (debates.length * MESSAGES) / (weather.restarts + 1);
  let kills = 0;
  let restarts = 0;
  let nextKill = performance.now() + weather.killEvery;
  let crashes = 0;
  while (done() < debates.length && performance.now() < deadline) {
    await sleep(100);
    crashes += await replaceEnded(scene);
    if (performance.now() > nextKill && kills < mostKills) {
      await killOne(scene, kills++);
      tell(`${seconds(began)} s: ${done()} debates done, ${kills} kills, ${platform.messages.length} messages`);
      nextKill = performance.now() + weather.killEvery;
    }
    if (restarts < weather.restarts && platform.messages.length >= stretch * (restarts + 1)) {
      restarts++;
      await postgres.restart();
      tell(`${seconds(began)} s: the database was restarted`);
    }
  }
  const took = seconds(began);
  const logs = await endedLogs(url, debates);
  await Promise.all(scene.processes.splice(0).map(stopped));
  return {
    seconds: took,
    debates: debates.length,
    turns: logs.reduce((sum, { turns }) => sum + turns.length, 0),
    messages: platform.messages.length,
    modelCalls: model.journal.length,
    kills,
    restarts,
    platformFaults: platform.faults,
    broken: [
      ...(crashes > 0 ? [`${crashes} processes ended by themselves`] : []),
      ...logs.flatMap((log) => brokenIn(log, platform)),
      ...paidTwice(model),
    ],
  };
}

/** Somebody in each workspace asks for them, as people do: through a process that hears them and conducts nothing. */
async function beginAll({ debates, workspaces }: Weather, { url, platform, model }: Scene): Promise<Debate[]> {
  const hall = createHall(platform.url);
  const config = readConfig({ ...environment(url, model.url, 'sk-gateway'), TERTULIA_ROLE: 'gateway' });
  const gateway = await startServing(config, [hall], pino({ level: 'silent' }));
  const bytes = await readFile(join(import.meta.dirname, '../../src/article/samples/post-training.en.md'));
  const ask = async (n: number, attempt: number): Promise<string> => {
    const workspace = `team-${n % workspaces}`;
    try {
      const { debateId } = await gateway.host.receive({
        id: `event-${n}-${attempt}`,
        by: { id: 'ana', name: 'Ana', admin: true, roles: [] },
        place: { adapter: 'hall', workspace, channel: 'papers', thread: null },
        language: 'en',
        act: { type: 'verb', verb: 'start', args: { question: questionOf(n), language: 'en' } },
        attachments: [{ name: 'paper.md', mediaType: 'text/markdown', bytes }],
      });
      return debateId ?? '';
    } catch {
      // The platform failed, which is told: people ask again.
      return ask(n, attempt + 1);
    }
  };
  const ids = await Promise.all(Array.from({ length: debates }, (_, n) => ask(n, 1)));
  await gateway.stop();
  const store = await openStore({ dataDir: 'unused', databaseUrl: url });
  const begun = await Promise.all(
    ids.map(async (id, n) => (await store.load(`team-${n % workspaces}`, id))?.debate ?? Promise.reject(new Error(id))),
  );
  await store.close();
  return begun;
}

const questionOf = (n: number) => `Is it worth it for case ${n}?`;

function environment(databaseUrl: string, modelUrl: string, key: string) {
  return {
    DATABASE_URL: databaseUrl,
    TERTULIA_MODEL: 'openai:mock',
    OPENAI_BASE_URL: modelUrl,
    OPENAI_API_KEY: key,
    TERTULIA_DEBATES_AT_ONCE: '100',
  };
}

let workers = 0;

/** Its key tells its calls from the others'. */
async function startWorker({ url, model, platform, processes }: Scene): Promise<void> {
  const env = {
    ...environment(url, model.url, `sk-worker-${++workers}`),
    TERTULIA_ROLE: 'worker',
    SOAK_PLATFORM: platform.url,
  };
  const child = spawn(process.execPath, [join(import.meta.dirname, 'process.ts')], {
    env: { PATH: process.env.PATH, SOAK_LOG: process.env.SOAK_LOG, ...env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const started = { child, isReady: false };
  processes.push(started);
  await Promise.race([once(child, 'message').then(() => (started.isReady = true)), once(child, 'exit')]);
}

async function killOne(scene: Scene, kill: number): Promise<void> {
  const [victim] = scene.processes.splice(kill % scene.processes.length, 1);
  if (!victim) return;
  victim.child.kill('SIGKILL');
  // The others go on meanwhile. The next is killed only once there are as many as before.
  await startWorker(scene);
}

/** How many ended by themselves. One that finds no database when it starts is started again, as by any supervisor. */
async function replaceEnded(scene: Scene): Promise<number> {
  const hasEnded = ({ child }: Process) => child.exitCode !== null || child.signalCode !== null;
  const ended = scene.processes.filter(hasEnded);
  for (const each of ended) {
    scene.processes.splice(scene.processes.indexOf(each), 1);
    await startWorker(scene);
  }
  return ended.filter(({ isReady }) => isReady).length;
}

async function stopped({ child }: Process): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await Promise.race([once(child, 'exit'), sleep(5_000, undefined, { ref: false })]);
}

const seconds = (since: number) => Math.round((performance.now() - since) / 100) / 10;

interface Ended {
  readonly debate: Debate;
  readonly turns: readonly Turn[];
  readonly owed: number;
}

async function endedLogs(url: string, debates: readonly Debate[]): Promise<Ended[]> {
  for (let tries = 20; ; tries--) {
    try {
      const store = await openStore({ dataDir: 'unused', databaseUrl: url });
      // The last message is out a moment before its debate is done with.
      await sleep(500);
      const ended = debates.map(async ({ workspace, id }) => {
        const log = await store.load(workspace, id);
        if (!log) throw new Error(`debate ${id} is gone`);
        return { debate: log.debate, turns: log.turns, owed: (await store.owed(workspace, id)).length };
      });
      return await Promise.all(ended).finally(() => store.close());
    } catch (error) {
      if (tries === 0 || !(error instanceof InputError)) throw error;
      await sleep(500);
    }
  }
}

/** What a debate must come to: it is over, and readers saw each turn once and in order. */
function brokenIn({ debate, turns, owed }: Ended, { messages, threads }: Platform): string[] {
  const broken: string[] = [];
  if (debate.status !== 'concluded') broken.push(`${debate.id} is ${debate.status}: ${debate.failure ?? ''}`);
  if (owed > 0) broken.push(`${debate.id} still owes ${owed} messages`);
  if (turns.some((turn, at) => turn.n !== at + 1)) broken.push(`${debate.id} has a gap in its turns`);
  const opened = threads.get(debate.id) ?? [];
  if (opened.length !== 1) broken.push(`${debate.id} has ${opened.length} threads`);
  const seen = messages.filter((message) => message.debate === debate.id);
  const order = seen.map(({ turn, part }) => turn * 100 + part);
  if (new Set(order).size !== order.length) broken.push(`${debate.id} shows a message twice`);
  if (order.some((place, at) => at > 0 && place < (order[at - 1] ?? 0))) broken.push(`${debate.id} is out of order`);
  const shown = new Set(seen.map(({ turn }) => turn));
  const missing = turns.filter(({ n }) => !shown.has(n));
  if (missing.length > 0) broken.push(`${debate.id} does not show turns ${missing.map(({ n }) => n).join(', ')}`);
  if (seen.filter(({ to }) => to === 'channel').length !== 1)
    broken.push(`${debate.id} does not end in its channel once`);
  return broken;
}

/**
 * Calls whose whole answer was there and that were made again all the same. Not those in flight when their process was
 * killed: after these it made none in that debate, for before it makes another it keeps what the one before has said.
 */
function paidTwice({ journal }: OpenAiServer): string[] {
  const calls = journal.map(({ request, headers, finish, startedAt, endedAt }) => {
    const prompt = JSON.stringify(request.messages);
    const debate = /Is it worth it for case \d+\?/.exec(prompt)?.[0] ?? '';
    return { prompt, debate, by: `${headers.authorization} ${debate}`, finish, startedAt, endedAt };
  });
  const lastStart = new Map<string, number>();
  for (const { by, startedAt } of calls) lastStart.set(by, Math.max(startedAt, lastStart.get(by) ?? 0));
  const lastTime = new Map(calls.map((call, at) => [call.prompt, at]));
  return calls.flatMap(({ prompt, debate, by, finish, endedAt = 0 }, at) => {
    const isRepeated = finish === 'done' && lastTime.get(prompt) !== at;
    return isRepeated && (lastStart.get(by) ?? 0) > endedAt ? [`"${debate}" was paid for twice`] : [];
  });
}
