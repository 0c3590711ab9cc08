/** One file holds it all, and what was restored is what was backed up. */
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { backUp, restore } from '../../db/backup.ts';
import { openStore } from '../../db/connect.ts';
import { copyCommand } from '../../src/cli/backup.ts';
import { readConfig } from '../../src/config.ts';
import { InputError } from '../../src/errors.ts';
import { newDebate, newTurn, said } from '../contracts/store-samples.ts';

let root: string;
let dataDir: string;
let file: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'tertulia-backup-'));
  dataDir = join(root, 'data');
  file = join(root, 'debates.tar.gz');
  const store = await openStore({ dataDir, databaseUrl: null });
  await store.createDebate('w', newDebate({ id: 'd' }));
  await store.saveTurn('w', 'd', newTurn('a', { text: 'Ñandú «1»' }), said('one'), 'pending');
  await store.close();
  await backUp(dataDir, file);
}, 120_000);
afterAll(() => rm(root, { recursive: true, force: true }));

const logIn = async (folder: string) => {
  const store = await openStore({ dataDir: folder, databaseUrl: null });
  return store.load('w', 'd').finally(() => store.close());
};

test('a backup restored elsewhere is the same log, and can be gone on with', async () => {
  const elsewhere = join(root, 'elsewhere');
  await restore(elsewhere, file);
  expect(await logIn(elsewhere)).toEqual(await logIn(dataDir));
  expect((await logIn(elsewhere))?.turns[0]?.text).toBe('Ñandú «1»');
  expect((await readdir(elsewhere)).toSorted()).toEqual(['db', 'lock']);
  await expect(restore(elsewhere, file)).rejects.toThrow(/debates in .* already/);
  expect(await readdir(root)).not.toContain('debates.tar.gz.part');
});

test.each([
  ['no such file', async () => join(root, 'none'), /can't be read/],
  [
    'something else',
    async () => {
      await writeFile(join(root, 'else'), 'words');
      return join(root, 'else');
    },
    /no backup of Tertulia/,
  ],
  [
    'half of one',
    async () => {
      await cp(file, join(root, 'half'));
      await truncate(join(root, 'half'), Math.floor((await readFile(file)).length / 2));
      return join(root, 'half');
    },
    /no backup of Tertulia/,
  ],
])('%s is told, and leaves nothing behind', async (name, make, words) => {
  const folder = join(root, `folder of ${name}`);
  const restoring = restore(folder, await make());
  await expect(restoring).rejects.toThrow(words);
  await expect(restoring).rejects.toThrow(InputError);
  expect(await readdir(folder).catch(() => [])).not.toContain('db');
});

test('what is in use, empty, or on a server is not backed up', async () => {
  await expect(backUp(join(root, 'empty'), file)).rejects.toThrow(/no debates in/);
  await expect(backUp(dataDir, join(root, 'none', 'there'))).rejects.toThrow(/could not be written/);
  const store = await openStore({ dataDir, databaseUrl: null });
  await expect(backUp(dataDir, file)).rejects.toThrow(/Another Tertulia is using/);
  await store.close();
  const lines: string[] = [];
  const print = async (line: string) => void lines.push(line);
  const config = { ...readConfig({}), dataDir, cwd: root, language: 'es' };
  await copyCommand(config, 'backup', 'otra.tar.gz', print);
  expect(lines[0]).toMatch(/^Los debates de .* están en .*otra.tar.gz\.$/);
  const onServer = copyCommand({ ...config, databaseUrl: 'postgres://x' }, 'backup', 'f', print);
  await expect(onServer).rejects.toThrow(/pg_dump/);
});
