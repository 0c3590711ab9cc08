/** Several processes on one database: what people do at one reaches the debate that another conducts. */
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { openStore } from '../../db/connect.ts';
import { type Serving, startServing } from '../../src/cli/serve.ts';
import { type Role, readConfig } from '../../src/config.ts';
import type { Log } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import type { Incoming } from '../../src/ports/host.ts';
import type { Store } from '../../src/ports/store.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';
import { ANA, createScriptedAdapter, type ScriptedAdapter } from '../fakes/scripted-adapter.ts';

let server: PostgresServer;
let model: OpenAiServer;
beforeAll(async () => {
  server = await startPostgres();
  model = await startOpenAiServer({ reply: mockPanel });
});
afterAll(async () => {
  await model.close();
  await server.stop();
});

let url: string;
let store: Store;
let running: Serving[];
/** What readers see, whichever process posted it. */
let posted: Outgoing[];
let atPost: (message: Outgoing) => void | Promise<void>;
beforeEach(async () => {
  url = await server.database();
  store = await openStore({ dataDir: 'unused', databaseUrl: url });
  running = [];
  posted = [];
  atPost = () => undefined;
});
afterEach(async () => {
  await Promise.all(running.map((each) => each.stop()));
  await store.close();
});

const settings = (role: Role) =>
  readConfig({
    DATABASE_URL: url,
    TERTULIA_ROLE: role,
    TERTULIA_MODEL: 'openai:mock',
    OPENAI_API_KEY: 'sk-test',
    OPENAI_BASE_URL: model.url,
  });

async function serve(role: Role): Promise<Serving & { adapter: ScriptedAdapter; end(): Promise<void> }> {
  const adapter = createScriptedAdapter({ hasChannel: true });
  const { post } = adapter;
  adapter.beforePost = (message) => atPost(message);
  adapter.post = async (message) => {
    const id = await post(message);
    posted.push(message);
    return id;
  };
  adapter.find = async ({ key }) => posted.find((message) => message.key === key)?.key ?? null;
  const serving = await startServing(settings(role), [adapter], pino({ level: 'silent' }), { pauses: [10, 10] });
  running.push(serving);
  const end = async () => {
    running.splice(running.indexOf(serving), 1);
    await serving.stop();
  };
  return { ...serving, adapter, end };
}

let events = 0;
async function act({ host }: Serving, doing: Incoming['act'], thread: string | null = null): Promise<string> {
  const place = { adapter: 'scripted', workspace: 'team', channel: 'room', thread };
  const incoming = { id: `e${++events}`, by: ANA, place, language: 'en', act: doing };
  return (await host.receive(incoming)).debateId ?? '';
}
const verb = (name: string, args: Record<string, string> = {}) => ({ type: 'verb', verb: name, args }) as const;
const START = verb('start', { question: 'Is it worth it?', language: 'en' });

const logOf = async (id: string): Promise<Log> => (await store.load('team', id)) ?? Promise.reject(new Error('gone'));
async function until(id: string, status: string): Promise<Log> {
  for (;;) {
    const log = await logOf(id);
    if (log.debate.status === status) return log;
    await delay(10);
  }
}
const order = () => posted.map(({ turn, part, to }) => turn.n * 100 + (to === 'channel' ? 99 : part));
const inOrderOnce = () => [...new Set(order())].toSorted((a, b) => a - b);

/** Once, when turn n is about to be posted. */
const at = (n: number, doing: () => unknown) => {
  let done = false;
  return async ({ turn }: Outgoing) => {
    if (done || turn.n !== n) return;
    done = true;
    await doing();
  };
};

describe('what people do at one process', () => {
  test('begins, pauses, steers and resumes a debate that another conducts', async () => {
    const gateway = await serve('gateway');
    const worker = await serve('worker');
    let id = '';
    const begun = Promise.withResolvers<void>();
    atPost = at(2, async () => {
      await begun.promise;
      await act(gateway, verb('pause', { debate: id }));
    });
    id = await act(gateway, START);
    begun.resolve();
    await until(id, 'paused');
    // Whoever was speaking has finished, and nobody has begun.
    await delay(100);
    expect(posted.map(({ turn }) => turn.n)).toEqual([1, 2]);
    const thread = posted[0]?.debate.thread.thread ?? '';
    await act(gateway, { type: 'say', text: 'What would it cost?' }, thread);
    await act(gateway, verb('ask', { persona: 'critic', question: 'Who has repeated it?', debate: id }));
    await act(gateway, verb('resume', { debate: id }));
    const { turns } = await until(id, 'concluded');
    expect(turns.map(({ kind }) => kind).slice(0, 6)).toEqual([
      'opening',
      'statement',
      'human',
      'question',
      'reply',
      'statement',
    ]);
    expect(order()).toEqual(inOrderOnce());
    expect(posted.at(-1)).toMatchObject({ to: 'channel', turn: { kind: 'synthesis' } });
    expect(gateway.adapter.posted).toEqual([]);
    expect(worker.adapter.threads).toEqual([]);
  });

  test('a thread that whoever convened died over is opened by a worker', async () => {
    const gateway = await serve('gateway');
    gateway.adapter.openThread = () => new Promise(() => undefined);
    void act(gateway, START).catch(() => undefined);
    let waiting = await store.list('team', 1);
    while (waiting.length === 0) waiting = await store.list('team', 1);
    const worker = await serve('worker');
    await delay(100);
    expect(worker.adapter.threads).toEqual([]);
    const client = new pg.Client(url);
    await client.connect();
    await client.query("update tertulia_queue.job set start_after = now() - interval '1 second'");
    await client.end();
    await until(waiting[0]?.id ?? '', 'concluded');
    expect(worker.adapter.threads).toHaveLength(1);
  });

  test('needs a database that several can have', async () => {
    const config = { ...settings('worker'), databaseUrl: null };
    const starting = startServing(config, [], pino({ level: 'silent' }));
    await expect(starting).rejects.toThrow(InputError);
    await expect(starting).rejects.toThrow(/"worker" needs other processes.*DATABASE_URL/);
  });
});

describe('a debate goes on elsewhere', () => {
  test('at once when its process is told to end: each turn once and in order', async () => {
    const gateway = await serve('gateway');
    const first = await serve('worker');
    let ended: Promise<void> | null = null;
    atPost = at(4, () => {
      ended = first.end();
    });
    const id = await act(gateway, START);
    while (!ended) await delay(5);
    await ended;
    const before = first.adapter.posted.length;
    const since = performance.now();
    await serve('worker');
    const { turns } = await until(id, 'concluded');
    // Far less than a silent worker is given.
    expect(performance.now() - since).toBeLessThan(9_000);
    expect(before).toBe(4);
    expect(order()).toEqual(inOrderOnce());
    expect(new Set(posted.map(({ turn }) => turn.n)).size).toBe(turns.length);
  });

  test('as soon as the database is back when it was away', async () => {
    const all = await serve('all');
    atPost = at(3, () => server.restart());
    const id = await act(all, START);
    const ended = async (): Promise<Log> => until(id, 'concluded').catch(() => delay(50).then(ended));
    const { turns } = await ended();
    expect(order()).toEqual(inOrderOnce());
    expect(new Set(posted.map(({ turn }) => turn.n)).size).toBe(turns.length);
    const prompts = model.journal.map(({ request }) => JSON.stringify(request.messages));
    expect(new Set(prompts.slice(-turns.length)).size).toBe(turns.length);
  });
});
