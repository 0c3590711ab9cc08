/** The bot that keeps running: what it left under way it takes up when it starts again. */
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { openStore } from '../../db/connect.ts';
import { type Serving, startServing } from '../../src/cli/serve.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { InputError } from '../../src/errors.ts';
import type { Adapter, Outgoing } from '../../src/ports/adapter.ts';
import type { Store } from '../../src/ports/store.ts';
import { newDebate } from '../contracts/store-samples.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';
import { ANA, createScriptedAdapter, type ScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { runHere } from '../fakes/shell.ts';
import { answer, startWebServer } from '../fakes/web-server.ts';

/** ms: a new PGlite takes seconds of CPU, on a busy machine many. */
jest.setTimeout(120_000);

const PAPER = join(import.meta.dirname, '..', '..', 'src', 'article', 'samples', 'post-training.en.md');
const LIST = { type: 'verb', verb: 'list', args: {} } as const;

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

/** A database of its own with nothing debated in it. */
async function settings(): Promise<Config> {
  return { ...readConfig({}), databaseUrl: await server.database() };
}

/** What the operator reads. */
function notebook() {
  const lines: string[] = [];
  const write = (chunk: Buffer, _: unknown, done: () => void) => {
    lines.push(chunk.toString());
    done();
  };
  const said = (what: string) => lines.some((line) => line.includes(`"msg":"${what}"`));
  return { lines, said, log: pino(new Writable({ write })) };
}

/** Everything on the platform outlives the process: what a second adapter is given is what the first one left. */
function platform(): { connect(): ScriptedAdapter; posted: () => readonly Outgoing[] } {
  const adapters: ScriptedAdapter[] = [];
  const posted = () => adapters.flatMap((adapter) => adapter.posted.map(({ message }) => message));
  return {
    posted,
    connect: () => {
      const adapter = createScriptedAdapter({ hasChannel: true });
      adapter.find = async ({ key }) => posted().find((message) => message.key === key)?.key ?? null;
      adapters.push(adapter);
      return adapter;
    },
  };
}

/** Somebody in the channel asks for a debate of the sample article. */
async function begin({ host }: Serving, adapter: Adapter, language = 'en'): Promise<string> {
  const { debateId } = await host.receive({
    id: 'e1',
    by: ANA,
    place: { adapter: adapter.name, workspace: 'guild', channel: 'papers', thread: null },
    language,
    act: { type: 'verb', verb: 'start', args: { language } },
    attachments: [{ name: 'paper.md', mediaType: 'text/markdown', bytes: await readFile(PAPER) }],
  });
  return debateId ?? '';
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}

/** What a look at the database shows. */
async function stored<T>({ dataDir, databaseUrl }: Config, look: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore({ dataDir, databaseUrl });
  return look(store).finally(() => store.close());
}

async function running(config: Config, workspace: string): Promise<string[]> {
  const debates = await stored(config, (store) => store.list(workspace, 9));
  return debates.filter(({ status }) => status === 'running').map(({ id }) => id);
}

describe('serving', () => {
  test('what was under way is taken up after a restart: each turn once, in order, to the end', async () => {
    const config = await settings();
    const thread = { adapter: 'elsewhere', channel: 'c', thread: 't' };
    const other = await stored(config, (store) => store.createDebate('w', newDebate({ thread })));
    const { connect, posted } = platform();
    const { lines, said, log } = notebook();
    const first = connect();
    const before = await startServing(config, [first], log);
    const stopped = Promise.withResolvers<void>();
    // It is told to stop while the fourth message is on its way.
    first.beforePost = ({ turn }) => {
      if (turn.n === 4) before.stop().then(stopped.resolve, stopped.reject);
    };
    const debate = await begin(before, first);
    await stopped.promise;
    expect(posted().map(({ turn }) => turn.n)).toEqual([1, 2, 3, 4]);
    expect(said('rests')).toBe(false);
    expect(await running(config, 'w')).toEqual([other.id]);
    expect(await running(config, 'guild')).toEqual([debate]);

    const after = await startServing(config, [connect()], log);
    await until(() => said('rests'));
    await after.stop();
    const order = posted().map(({ turn, part }) => turn.n * 100 + part);
    expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
    expect(posted().at(-1)).toMatchObject({ to: 'channel', turn: { kind: 'synthesis' } });
    const kept = await stored(config, (store) => store.load('guild', debate));
    expect(kept?.debate.status).toBe('concluded');
    expect([...new Set(posted().map(({ turn }) => turn.n))]).toEqual(kept?.turns.map(({ n }) => n));
    const logged = lines.join('');
    // Whoever is connected to the other platform takes that one up.
    expect(logged).not.toContain(other.id);
    expect(logged).toContain(`"workspace":"guild","debate":"${debate}"`);
    for (const { text } of posted()) expect(logged).not.toContain(text.slice(0, 40));
  });

  test('a debate that breaks off says so in its thread and in the log, and can be resumed', async () => {
    const config = await settings();
    const { connect, posted } = platform();
    const { lines, said, log } = notebook();
    const adapter = connect();
    const serving = await startServing(config, [adapter], log, { pauses: [1, 1] });
    adapter.beforePost = ({ turn }) => {
      if (turn.n === 3) throw new Error('503 of the platform');
    };
    const debate = await begin(serving, adapter);
    await until(() => said('broke off'));
    expect(lines.filter((line) => line.includes('tried again'))).toHaveLength(2);
    expect(adapter.notices).toEqual([
      'The debate broke off through a fault of the program. What was said is kept; "resume" takes it up again.',
    ]);
    expect(lines.find((line) => line.includes('broke off'))).toContain('503 of the platform');
    adapter.beforePost = () => undefined;
    await adapter.receive({ type: 'verb', verb: 'resume', args: { debate } }, 'en');
    await until(() => said('rests'));
    await serving.stop();
    expect(posted().at(-1)?.to).toBe('channel');
    expect(new Set(posted().map(({ key }) => key)).size).toBe(posted().length);
  });

  test('what an admin can put right is said in the thread in their words', async () => {
    const config = await settings();
    const adapter = platform().connect();
    const { said, log } = notebook();
    const serving = await startServing(config, [adapter], log, { pauses: [1, 1] });
    const missing = { en: 'I need Manage Webhooks in #papers.', es: 'Necesito Gestionar webhooks en #papers.' };
    adapter.beforePost = () => {
      throw new InputError(missing);
    };
    const debate = await begin(serving, adapter, 'es');
    await until(() => said('broke off'));
    await serving.stop();
    expect(adapter.notices[0]).toBe(`${missing.es} Lo dicho se conserva; «reanudar» lo retoma.`);
    expect((await stored(config, (store) => store.load('guild', debate)))?.debate.failure).toBe(missing.en);
  });

  test('what was scheduled is held after a restart, once', async () => {
    const paper = await startWebServer({ '/paper.md': answer(await readFile(PAPER), { type: 'text/markdown' }) });
    const config = { ...(await settings()), allowPrivateUrls: true };
    const { connect, posted } = platform();
    const { said, log } = notebook();
    const first = connect();
    const before = await startServing(config, [first], log);
    const does = (verb: string, args = {}) => first.receive({ type: 'verb', verb, args }, 'en', ANA, null);
    await does('schedule', { when: 'the last day of the month', what: `${paper.url}/paper.md` });
    await does('activate', { schedule: first.offered[0]?.args.schedule ?? '' });
    await does('now');
    await before.stop();
    expect(first.told.at(-1)).toBe('It begins within two minutes.');
    const after = await startServing(config, [connect()], log);
    await until(() => said('rests'));
    await after.stop();
    await paper.close();
    expect(posted().at(-1)).toMatchObject({ to: 'channel', turn: { kind: 'synthesis' } });
    const [debate, ...others] = await stored(config, (store) => store.list('local', 9));
    expect(debate?.status).toBe('concluded');
    expect(others).toEqual([]);
  });

  test('a platform that refuses keeps nothing open', async () => {
    const config = await settings();
    const [well, ill] = [platform().connect(), platform().connect()];
    const refused = new InputError({ en: 'The token is wrong.', es: 'El token está mal.' });
    ill.start = async () => {
      throw refused;
    };
    await expect(startServing(config, [well, ill], notebook().log)).rejects.toBe(refused);
    await expect(well.receive(LIST, 'en')).rejects.toThrow('not started');
    expect(await running(config, 'guild')).toEqual([]);
  });

  test.each([
    ['en_US.UTF-8', /^There is no platform to serve; set DISCORD_TOKEN/],
    ['es_ES.UTF-8', /^No hay ninguna plataforma que atender; define DISCORD_TOKEN/],
  ])('the command says what it lacks (%s)', async (LANG, words) => {
    const { code, stdout, stderr } = await runHere(['serve'], { env: { LANG }, cwd: tmpdir() });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });
});
