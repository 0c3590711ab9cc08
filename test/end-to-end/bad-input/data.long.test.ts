/** Places that cannot keep a debate. */
import { cp, mkdir, mkdtemp, open, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStore } from '../../../db/connect.ts';
import { runCommand, startCommand } from '../../fakes/command.ts';
import { type PostgresServer, startPostgres } from '../../fakes/postgres.ts';
import { runHere } from '../../fakes/shell.ts';
import { type BadInput, expectSentence, keepDebates, refuse, SECRET } from './bad-input.ts';

const SAMPLE = join(import.meta.dirname, '../../../src/article/samples/post-training.en.md');
const FULL_DISK = join(import.meta.dirname, '../../fakes/full-disk.ts');

let FILES: string;
let data: Awaited<ReturnType<typeof keepDebates>>;
let postgres: PostgresServer;
const file = (name: string) => join(FILES, name);
const kept = () => file('kept');

beforeAll(async () => {
  FILES = await mkdtemp(join(tmpdir(), 'bad-input-data-'));
  data = await keepDebates({ dataDir: kept(), databaseUrl: null });
  postgres = await startPostgres();
  await writeFile(file('file'), '');
  await mkdir(file('foreign/db'), { recursive: true });
  await writeFile(file('foreign/db/notes.txt'), '');
  await mkdir(file('full'));
  await symlink('/dev/full', file('full/unfinished'));
  await symlink('/dev/full', file('full.md'));
  await cp(kept(), file('damaged'), { recursive: true });
  await rm(file('damaged/db/global/pg_control'));
});
afterAll(async () => {
  await postgres.stop();
  await rm(FILES, { recursive: true, force: true });
});

const inFolder = (name: string) => ({ TERTULIA_DATA_DIR: name });
const server = (address: string) => ({ DATABASE_URL: address });

const places: readonly BadInput[] = [
  {
    kind: 'a data folder that is a file',
    args: ['debate'],
    env: inFolder('file'),
    says: /data folder .*file is a file.*; set TERTULIA_DATA_DIR to a folder/,
    dice: /La carpeta de datos .*file es un archivo.*; pon una carpeta en TERTULIA_DATA_DIR/,
  },
  {
    kind: 'a data folder nobody may write to, not even root',
    args: ['debate'],
    env: inFolder(process.platform === 'darwin' ? '/System/tertulia' : '/sys/tertulia'),
    says: /data folder .*tertulia can't be written to; change its permissions or set TERTULIA_DATA_DIR/,
  },
  {
    kind: 'somebody else’s folder',
    args: ['list'],
    env: inFolder('foreign'),
    says: /not made by Tertulia; set TERTULIA/,
  },
  { kind: 'a damaged database', args: ['list'], env: inFolder('damaged'), says: /is damaged or .*; restore a copy of/ },
  { kind: 'a full disk', args: ['debate'], env: inFolder('full'), says: /disk .* is full; free some space and resume/ },
  {
    kind: 'a DATABASE_URL that is no address',
    args: ['list'],
    env: server(`postgres//ana:${SECRET}@nowhere`),
    says: /DATABASE_URL is not the address of a Postgres database; write/,
  },
  {
    kind: 'a database server that is not there',
    args: ['debate'],
    env: server(`postgres://ana:${SECRET}@127.0.0.1:1/debates`),
    says: /Postgres server 127\.0\.0\.1:1 can't be reached; check that it runs/,
    dice: /No se llega al servidor Postgres 127\.0\.0\.1:1; comprueba/,
  },
  {
    kind: 'a wrong password',
    args: ['list'],
    env: server(`postgres://postgres:${SECRET}@127.0.0.1:PORT/postgres`),
    says: /refuses the user or password; correct them in DATABASE_URL/,
  },
];

describe('the place', () => {
  test.each(places)('$kind', async (bad) => {
    const ran = await refuse(bad, { FILES, PORT: String(postgres.port) }, {});
    expect(ran.stdout).toBe('');
  });
});

describe('a folder with debates in it', () => {
  test('held by another process', async () => {
    const holder = await openStore({ dataDir: kept(), databaseUrl: null });
    const bad = {
      kind: '',
      args: ['list'],
      says: /Another Tertulia is using .*; stop that one, set TERTULIA_DATA_DIR/,
    };
    await refuse(bad, { FILES }, { TERTULIA_DATA_DIR: kept() });
    expect(await holder.list('local', 9)).toHaveLength(2);
    await holder.close();
  });

  test('that a newer version has used', async () => {
    const run = async (sql: string) => {
      const lite = new PGlite(join(kept(), 'db'));
      await lite.query(sql);
      await lite.close();
    };
    await run("insert into drizzle.tertulia (hash, created_at) values ('of the future', 99999999999999)");
    const bad = { kind: '', args: ['list'], says: /saved by a newer version of Tertulia; upgrade Tertulia to open/ };
    await refuse(bad, { FILES }, { TERTULIA_DATA_DIR: kept() });
    await run("delete from drizzle.tertulia where hash = 'of the future'");
  });

  test('on a disk that fills up while they debate; they go on, and are read, once there is room', async () => {
    const env = { TERTULIA_DATA_DIR: kept() };
    const cramped = { ...env, NODE_OPTIONS: `--import ${FULL_DISK}` };
    const running = startCommand(['debate', SAMPLE, '--words', '20', '--json'], { cwd: FILES, env: cramped });
    while (!running.stdout().includes('"type":"turn"') && running.child.exitCode === null) await delay(5);
    await writeFile(file('disk-full'), '');
    const ran = await running.ended;
    await rm(file('disk-full'));
    expectSentence(
      ran,
      2,
      /disk .* is full; free some space and resume the debate\. .*: tertulia debate --resume \w{8}\n$/,
    );

    const [, id = ''] = /--resume (\w+)/.exec(ran.stderr) ?? [];
    const unwritten = await runHere(['debate', '--resume', id, '--quiet', '--out', 'full.md'], { cwd: FILES, env });
    expectSentence(
      unwritten,
      2,
      /is kept, but .*full\.md could not be written \(the disk is full\); .*: tertulia show/,
    );
    expect(unwritten.stderr).toContain(`tertulia show ${id} --out full.md`);
    const written = await runHere(['show', id, '--out', 'roomy.md'], { cwd: FILES, env });
    expect(written).toMatchObject({ code: 0, stderr: '', stdout: 'roomy.md\n' });
  });

  test('shown where there is no room', async () => {
    const full = await open('/dev/full', 'w');
    const env = { TERTULIA_DATA_DIR: kept() };
    const ran = await runCommand(['debate', SAMPLE], { cwd: FILES, env, output: full.fd });
    await full.close();
    expectSentence(ran, 2, /What is shown could not be written \(ENOSPC\); make room for it or send it elsewhere/);
  });

  test('they are all still there', () => data.expectIntact());
});
