/** A log in memory for a test file. A new database takes a second of CPU, a copy of an empty one a quarter. */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Database } from '../../db/database.ts';
import { openInMemory } from '../../db/embedded.ts';
import { migrations } from '../../db/migrate.ts';
import { Lite } from '../../db/pglite.ts';
import { createStore } from '../../db/store.ts';
import type { Store } from '../../src/ports/store.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const CACHE = join(ROOT, 'node_modules', '.cache', 'tertulia');

export async function openMemoryStore(secretKeys: readonly Uint8Array[] = []): Promise<Store> {
  const database = await openMemoryDatabase(secretKeys);
  return createStore(database, { close: database.close });
}

/** Closes with the test file that opened it. */
export async function openMemoryDatabase(secretKeys: readonly Uint8Array[] = []): Promise<Database> {
  const file = join(CACHE, `empty-${await fingerprint()}.tar`);
  const image = await readFile(file).catch(() => makeImage(file));
  return { ...(await openInMemory(new Blob([image]))), secretKeys };
}

/** Of all that makes an empty database what it is. */
async function fingerprint(): Promise<string> {
  const lock = await readFile(join(ROOT, 'node_modules/@electric-sql/pglite/package.json'));
  const steps = JSON.stringify(readMigrationFiles(migrations).map(({ hash, folderMillis }) => [hash, folderMillis]));
  return createHash('sha256').update(lock).update(steps).digest('hex').slice(0, 16);
}

async function makeImage(file: string): Promise<Buffer<ArrayBuffer>> {
  const lite = new Lite();
  await migrate(drizzle(lite), migrations);
  const image = Buffer.from(await (await lite.dumpDataDir('none')).arrayBuffer());
  await lite.end();
  await mkdir(CACHE, { recursive: true });
  // Several test files may make it at once: each is whole before it has the name.
  const own = `${file}.${process.pid}`;
  await writeFile(own, image);
  await rename(own, file);
  return image;
}
