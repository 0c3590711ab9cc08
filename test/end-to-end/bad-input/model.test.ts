/** Models that do not speak as they should, debates that cannot go on, and people who have waited long enough. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Ran, runCommand, startCommand } from '../../fakes/command.ts';
import { mockPanel } from '../../fakes/mock-panel.ts';
import { type OpenAiServer, startOpenAiServer } from '../../fakes/openai-server.ts';
import { type PostgresServer, startPostgres } from '../../fakes/postgres.ts';
import { runHere } from '../../fakes/shell.ts';
import { answer, hang, startWebServer, type WebServer } from '../../fakes/web-server.ts';
import { type BadInput, expectSentence, keepDebates, refuse, SECRET } from './bad-input.ts';

let FILES: string;
let postgres: PostgresServer;
let store: { readonly DATABASE_URL: string };
let kept: Awaited<ReturnType<typeof keepDebates>>;
let models: OpenAiServer;
let web: WebServer;
let secure: WebServer;
let CLOSED: string;

const RIGHT = 'sk-the-right-one';

beforeAll(async () => {
  FILES = await mkdtemp(join(tmpdir(), 'bad-input-models-'));
  models = await startOpenAiServer({
    apiKey: RIGHT,
    models: ['mock', 'mute', 'ill', 'slow'],
    reply: (request, nth) => {
      if (request.model === 'mute') return '';
      if (request.model === 'ill') return { error: { status: 500, message: `Failed for ${RIGHT}` } };
      return request.model === 'slow' && nth > 3 ? { text: mockPanel(request), fault: 'stall' } : mockPanel(request);
    },
  });
  web = await startWebServer({ '/hang': hang(), '/chat/completions': answer('<h1>Hello</h1>') });
  secure = await startWebServer({}, { tls: true });
  const gone = await startWebServer({});
  CLOSED = gone.url;
  await gone.close();
  postgres = await startPostgres();
  store = { DATABASE_URL: await postgres.database() };
  kept = await keepDebates({ dataDir: 'unused', databaseUrl: store.DATABASE_URL });
});
afterAll(async () => {
  await Promise.all([models.close(), web.close(), secure.close()]);
  await postgres.stop();
  await rm(FILES, { recursive: true, force: true });
});

const model = (name: string, key = RIGHT, url = 'MODELS') => ({
  TERTULIA_MODEL: `openai:${name}`,
  OPENAI_API_KEY: key,
  OPENAI_BASE_URL: url,
});
const args = ['debate', '--question', 'Should we rewrite it in Rust?', '--quiet'];
/** A debate that was begun can be resumed. */
const resume = (says: string, again = 'Take it up again with: tertulia debate --resume \\w{8}') =>
  new RegExp(`${says}.*[.] ${again}\n$`);

const voices: readonly BadInput[] = [
  {
    kind: 'a wrong key',
    args,
    env: model('mock', SECRET),
    says: resume('The key for openai:mock is refused: set a valid key'),
    dice: resume('La clave para openai:mock no es aceptada: indica una válida', 'Para retomarlo: tertulia debate .*'),
  },
  {
    kind: 'an unknown model',
    args,
    env: model('gpt-99'),
    says: resume('no model openai:gpt-99 at http://127.*: check the name in TERTULIA_MODEL'),
  },
  {
    kind: 'a model server that is not there',
    args,
    env: model('mock', SECRET, 'CLOSED/v1'),
    says: resume('model server at http.* does not answer: start it, or check OPENAI_BASE_URL'),
  },
  {
    kind: 'a server that is none of models',
    args,
    env: model('mock', SECRET, 'WEB'),
    says: resume('does not speak the OpenAI protocol: check OPENAI_BASE_URL'),
  },
  { kind: 'a model that says nothing', args, env: model('mute'), code: 1, says: resume('That failed: The model .*') },
  {
    kind: 'a model that is out of order',
    args,
    env: model('ill'),
    code: 1,
    says: resume('That failed: .* status 500'),
  },
];

const debates: readonly BadInput[] = [
  {
    kind: 'a debate begun with a model, resumed without',
    args: ['debate', '--resume', 'kept', '--quiet'],
    says: /begun with a language model and none is set now; set TERTULIA_MODEL .* and resume it\.\n$/,
    dice: /empezó con un modelo.*define TERTULIA_MODEL/,
  },
  {
    kind: 'a debate held on a platform',
    args: ['debate', '--resume', 'elsewhere', '--quiet'],
    says: /held on "scripted", which is not connected here; resume it where it was started\.\n$/,
  },
  {
    kind: 'an unknown debate to take up',
    args: ['debate', '--resume', 'nosuchid'],
    says: /no debate nosuchid; "tertulia list" shows/,
    dice: /No hay ningún debate nosuchid; «tertulia list» muestra/,
  },
  { kind: 'an unknown debate to read', args: ['show', 'nosuchid'], says: /no debate nosuchid.*; "list" shows/ },
  { kind: 'an unknown debate to write', args: ['show', 'no', '-o', 'd.md'], says: /no debate no; "tertulia list"/ },
];

test.each([...voices, ...debates])('$kind', async (bad) => {
  const places = { FILES, MODELS: models.url, WEB: web.url, CLOSED };
  const { stdout, stderr } = await refuse(bad, places, store);
  expect(stdout + stderr).not.toContain(RIGHT);
});

test('a model server with a wrong certificate', async () => {
  const bad = {
    kind: '',
    args,
    env: model('mock', SECRET, 'SECURE/v1'),
    says: resume('certificate of the model server .* is not trusted: .* NODE_EXTRA_CA_CERTS'),
  };
  // Node's own errors are strangers to what runs in jest, so that only a process of its own knows this one.
  await refuse(bad, { FILES, SECURE: secure.url }, store, runCommand);
});

/** Ctrl-C once `sign` shows that it is under way. */
async function interrupted(given: readonly string[], env: Record<string, string>, sign: () => boolean): Promise<Ran> {
  const running = startCommand(given, { env, cwd: FILES });
  while (!sign() && running.child.exitCode === null) await delay(5);
  running.child.kill('SIGINT');
  return running.ended;
}

test('Ctrl-C while the article is fetched', async () => {
  const env = { ...store, TERTULIA_ALLOW_PRIVATE_URLS: '1' };
  const ran = await interrupted(['debate', `${web.url}/hang`], env, () =>
    web.requests.some(({ path }) => path === '/hang'),
  );
  expectSentence(ran, 130, /^Interrupted; nothing is lost\.\n$/);
});

test('Ctrl-C while a model speaks, and the debate taken up again', async () => {
  const env = { ...model('slow'), OPENAI_BASE_URL: models.url, ...store };
  const stalled = () => models.journal.some(({ request }) => request.model === 'slow') && models.journal.length > 3;
  const ran = await interrupted(args, env, stalled);
  expectSentence(ran, 130, /^Interrupted; nothing is lost\. Take it up again with: tertulia debate --resume \w{8}\n$/);
  const [, id = ''] = /--resume (\w+)/.exec(ran.stderr) ?? [];
  const again = await runHere(['debate', '--resume', id, '--quiet'], {
    env: { ...env, TERTULIA_MODEL: 'openai:mock' },
  });
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain('Answer');
});

test('the debates that were there are still there', () => kept.expectIntact());
