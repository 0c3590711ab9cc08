import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { openStore } from '../../db/connect.ts';
import { Lite } from '../../db/pglite.ts';
import { InputError } from '../../src/errors.ts';
import { newDebate, newTurn, said } from '../contracts/store-samples.ts';

/** ms: a new PGlite takes seconds of CPU, on a busy machine many. */
jest.setTimeout(120_000);

const NOBODY = '65534';
const isRoot = process.getuid?.() === 0;
const script = fileURLToPath(new URL('../fakes/store-process.ts', import.meta.url));

let root: string;
/** A folder with the debate `d` of workspace `w` in it. */
let ready: string;
const children: ChildProcess[] = [];

const open = (dataDir: string) => openStore({ dataDir, databaseUrl: null });
const folder = (name: string) => join(root, name);

async function copyOfReady(name: string): Promise<string> {
  await cp(ready, folder(name), { recursive: true });
  return folder(name);
}

/** For what is refused before anybody looks at the tables, which are nearly all of it. */
async function shellOfReady(name: string): Promise<string> {
  await cp(ready, folder(name), { recursive: true, filter: (path) => !/db\/(base|pg_wal)\/./.test(path) });
  return folder(name);
}

/** What it says, line by line. */
async function* child(dataDir: string, user = ''): AsyncGenerator<string, void> {
  const started = spawn(process.execPath, [script, dataDir, user], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(started);
  yield* createInterface({ input: started.stdout });
}

async function next(lines: AsyncGenerator<string, void>): Promise<string> {
  return (await lines.next()).value ?? 'it ended';
}

async function kill(): Promise<void> {
  for (const one of children.splice(0)) {
    if (one.exitCode !== null || one.signalCode !== null) continue;
    one.kill('SIGKILL');
    await once(one, 'exit');
  }
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tertulia-folder-'));
  await chmod(root, 0o755);
  ready = folder('ready');
  const store = await open(ready);
  await store.createDebate('w', newDebate({ id: 'd' }));
  await store.close();
});

afterAll(async () => {
  await kill();
  await rm(root, { recursive: true, force: true });
});

describe('the data folder', () => {
  test('is made where there is none, and keeps the log', async () => {
    const dataDir = await copyOfReady('kept');
    const store = await open(dataDir);
    const saved = await store.saveTurn('w', 'd', newTurn('a'), said('one'), 'pending');
    await store.close();
    await store.close();
    const again = await open(dataDir);
    expect((await again.load('w', 'd'))?.turns).toEqual([saved]);
    await again.close();
  });

  test('is held by one process at a time, and a kill -9 lets go of it and loses nothing', async () => {
    const dataDir = await copyOfReady('shared');
    const lines = child(dataDir);
    expect([await next(lines), await next(lines), await next(lines)]).toEqual(['opening', 'open', '1']);
    const message = await open(dataDir).catch((error: Error) => error.message);
    expect(message).toContain(dataDir);
    expect(message).toMatch(/another.*TERTULIA_DATA_DIR.*DATABASE_URL/is);
    let last = 1;
    for (let i = 0; i < 20; i++) last = Number(await next(lines));
    await kill();
    for await (const line of lines) last = Number(line);
    const store = await open(dataDir);
    const turns = (await store.load('w', 'd'))?.turns ?? [];
    expect(turns.length).toBeGreaterThanOrEqual(last);
    expect(turns.map((turn) => turn.n)).toEqual(turns.map((_, i) => i + 1));
    await expect(open(dataDir)).rejects.toThrow(InputError);
    await store.close();
  });

  test('is made anew when its making was killed', async () => {
    const dataDir = folder('killed');
    const lines = child(dataDir);
    expect(await next(lines)).toBe('opening');
    while (!existsSync(join(dataDir, 'db', 'base'))) await delay(5);
    await kill();
    const store = await open(dataDir);
    expect(await store.list('w', 1)).toEqual([]);
    await store.close();
    expect((await readdir(dataDir)).toSorted()).toEqual(['db', 'lock']);
  });

  test('may have a long name', async () => {
    const dataDir = await copyOfReady(`${'long'.repeat(40)}/${'name'.repeat(40)}`);
    const store = await open(dataDir);
    expect((await store.list('w', 9)).map(({ id }) => id)).toEqual(['d']);
    await expect(open(dataDir)).rejects.toThrow(InputError);
    await store.close();
  });
});

describe('what keeps it from opening is said in one sentence', () => {
  const refused: [string, RegExp, () => Promise<string>][] = [
    [
      'a file',
      /is a file/,
      async () => {
        await writeFile(folder('file'), '');
        return folder('file');
      },
    ],
    [
      'a folder in a file',
      /is a file or lies within/,
      async () => {
        await writeFile(folder('other-file'), '');
        return join(folder('other-file'), 'data');
      },
    ],
    [
      'somebody else’s folder',
      /not made by Tertulia/,
      async () => {
        await mkdir(join(folder('foreign'), 'db'), { recursive: true });
        await writeFile(join(folder('foreign'), 'db', 'notes.txt'), '');
        return folder('foreign');
      },
    ],
    [
      'a damaged one',
      /damaged/,
      async () => {
        await rm(join(await shellOfReady('damaged'), 'db', 'global', 'pg_control'));
        return folder('damaged');
      },
    ],
    [
      'one of another version of Postgres',
      /another version/,
      async () => {
        await writeFile(join(await shellOfReady('old'), 'db', 'PG_VERSION'), '9\n');
        return folder('old');
      },
    ],
    [
      'a full disk',
      /disk.*full/,
      async () => {
        await mkdir(folder('full'));
        await symlink('/dev/full', join(folder('full'), 'unfinished'));
        return folder('full');
      },
    ],
  ];

  test.each(refused)('%s', async (_, words, make) => {
    const error = await open(await make()).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InputError);
    if (!(error instanceof InputError)) return;
    expect(error.text.en).toMatch(words);
    for (const text of Object.values(error.text)) expect(text).toMatch(/^[^\n]+[.]$/);
  });

  test.each(['db', ''])('one that may not be written to (%s)', async (part) => {
    const dataDir = await shellOfReady(`read-only-${part}`);
    await chmod(join(dataDir, part), 0o555);
    // Root may write anywhere: somebody else must try.
    const lines = child(dataDir, isRoot ? NOBODY : '');
    expect(await next(lines)).toBe('opening');
    expect(await next(lines)).toMatch(/^InputError .*can't be written to/);
    await chmod(join(dataDir, part), 0o755);
  });

  test('one a newer version has used, which is left alone', async () => {
    const dataDir = await copyOfReady('future');
    const run = async (sql: string) => {
      const lite = new PGlite(join(dataDir, 'db'));
      const { rows } = await lite.query(sql);
      await lite.close();
      return rows;
    };
    await run("insert into drizzle.tertulia (hash, created_at) values ('of the future', 99999999999999)");
    await expect(open(dataDir)).rejects.toThrow(/upgrade Tertulia/);
    await expect(open(dataDir)).rejects.toThrow(InputError);
    expect(await run("delete from drizzle.tertulia where hash = 'of the future' returning hash")).toHaveLength(1);
    const store = await open(dataDir);
    expect((await store.list('w', 9)).map(({ id }) => id)).toEqual(['d']);
    await store.close();
  });
});

test('after a full disk the database is asked nothing more, and closes', async () => {
  const lite = new Lite();
  await lite.waitReady;
  const fill = "do $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$";
  const answers = await Promise.allSettled([lite.query('select 1'), lite.query(fill), lite.query('select 1')]);
  expect(answers.map((answer) => answer.status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  await expect(lite.query('select 1')).rejects.toThrow('No space left');
  await expect(lite.exec('select 1')).rejects.toThrow('No space left');
  await lite.end();
  expect(lite.closed).toBe(false);
  await lite.close();
});

test('a transaction that fills the disk is not rolled back, which would never end', async () => {
  const lite = new Lite();
  await lite.waitReady;
  const fill = "do $$ begin raise exception 'No space left on device' using errcode = '53100'; end $$";
  const filling = lite.transaction(async (tx) => {
    await tx.query('select 1');
    await tx.query(fill);
  });
  const after = lite.transaction((tx) => tx.query('select 1'));
  await expect(filling).rejects.toThrow('No space left');
  await expect(after).rejects.toThrow('No space left');
  await lite.end();
  expect(lite.closed).toBe(false);
});

test('a transaction that fails for another reason is rolled back', async () => {
  const lite = new Lite();
  await lite.waitReady;
  const failing = lite.transaction(async (tx) => {
    await tx.exec('create table gone (n int)');
    throw new Error('something else');
  });
  await expect(failing).rejects.toThrow('something else');
  await expect(lite.query('select * from gone')).rejects.toThrow('does not exist');
  await lite.end();
  expect(lite.closed).toBe(true);
});
