/** Places that cannot keep a debate. */
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openStore } from '../../../db/connect.ts';
import { runCommand } from '../../fakes/command.ts';
import { type PostgresServer, startPostgres } from '../../fakes/postgres.ts';
import {
  type BadInput,
  type DataFolders,
  expectSentence,
  lending,
  makeDataFolders,
  refuse,
  SECRET,
} from './bad-input.ts';

const SAMPLE = join(import.meta.dirname, '../../../src/article/samples/post-training.en.md');
const FULL_DISK = join(import.meta.dirname, '../../fakes/full-disk.ts');

let FILES: string;
let data: DataFolders;
let postgres: PostgresServer;
const file = (name: string) => join(FILES, name);
const kept = () => data.folders[0] ?? '';

beforeAll(async () => {
  FILES = await mkdtemp(join(tmpdir(), 'bad-input-data-'));
  data = await makeDataFolders(1);
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
  await data.remove();
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
  const lend = lending([1, 2]);
  test.concurrent.each(places)('$kind', (bad) =>
    lend(async () => {
      const ran = await refuse(bad, { FILES, PORT: String(postgres.port) }, 'unused');
      expect(ran.stdout).toBe('');
    }),
  );
});

describe('a folder with debates in it', () => {
  const unknown: readonly BadInput[] = [
    {
      kind: 'an unknown debate to take up',
      args: ['debate', '--resume', 'nosuchid'],
      says: /no debate nosuchid; "tertulia list" shows/,
      dice: /No hay ningún debate nosuchid; «tertulia list» muestra/,
    },
    { kind: 'an unknown debate to read', args: ['show', 'nosuchid'], says: /no debate nosuchid.*; "list" shows/ },
    { kind: 'an unknown debate to write', args: ['show', 'no', '-o', 'd.md'], says: /no debate no; "tertulia list"/ },
  ];
  test.each(unknown)('$kind', async (bad) => {
    expect((await refuse(bad, { FILES }, kept())).stdout).toBe('');
  });

  test('held by another process', async () => {
    const holder = await openStore({ dataDir: kept(), databaseUrl: null });
    const bad = {
      kind: '',
      args: ['list'],
      says: /Another Tertulia is using .*; stop that one, set TERTULIA_DATA_DIR/,
    };
    await refuse(bad, { FILES }, kept());
    expect(await holder.list('local', 9)).toHaveLength(1);
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
    await refuse(bad, { FILES }, kept());
    await run("delete from drizzle.tertulia where hash = 'of the future'");
  });

  test('on a disk that fills up while they debate', async () => {
    const env = { TERTULIA_DATA_DIR: kept(), NODE_OPTIONS: `--import ${FULL_DISK}` };
    const ran = await runCommand(['debate', SAMPLE, '--quiet'], { cwd: FILES, env });
    expectSentence(ran, 2, /disk .* is full; free some space and resume the debate\./);
  });

  test('and a record on a full disk, written once there is room', async () => {
    const env = { TERTULIA_DATA_DIR: kept() };
    const ran = await runCommand(['debate', SAMPLE, '--words', '20', '--quiet', '--out', 'full.md'], {
      cwd: FILES,
      env,
    });
    expectSentence(
      ran,
      2,
      /debate is kept, but .*full\.md could not be written \(the disk is full\); .*: tertulia show/,
    );
    const [, id = ''] = /show (\w{8}) --out/.exec(ran.stderr) ?? [];
    const again = await runCommand(['show', id, '--out', 'roomy.md'], { cwd: FILES, env });
    expect(again).toMatchObject({ code: 0, stderr: '', stdout: 'roomy.md\n' });
  });

  test('they are all still there', () => data.expectIntact());
});
