import { access, constants, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import type { Opened } from './database.ts';
import { damaged, folderFailure, foreign, held } from './folder-failures.ts';
import { hold } from './lock.ts';
import { isBehind, migrations } from './migrate.ts';
import { Lite } from './pglite.ts';
import * as schema from './schema/log.ts';

/** A log of its own that ends with the process. `image`: a database that was dumped, to begin with. */
export function openInMemory(image?: Blob): Promise<Opened> {
  return started(new Lite(undefined, image), () => {});
}

/** Opens the database in the folder, which this process then holds until `close`; `memory://` for none. */
export async function openEmbedded(dataDir: string): Promise<Opened> {
  if (dataDir === 'memory://') return openInMemory();
  const release = await take(dataDir).catch((error: unknown) => {
    throw folderFailure(dataDir, error);
  });
  try {
    return await openFolder(dataDir, release);
  } catch (error) {
    release();
    throw folderFailure(dataDir, error);
  }
}

/** Takes hold of the folder for this process; how to let go. */
export async function take(dataDir: string): Promise<() => void> {
  await mkdir(dataDir, { recursive: true });
  await access(dataDir, constants.W_OK);
  const release = hold(join(dataDir, 'lock'));
  if (!release) throw held(dataDir);
  return release;
}

/**
 * PGlite takes a second or two to fill a new folder. Whoever is killed meanwhile leaves half a database that nobody
 * has saved anything in: the mark says so, and the next one starts afresh.
 */
async function openFolder(dataDir: string, release: () => void): Promise<Opened> {
  const folder = join(dataDir, 'db');
  const mark = join(dataDir, 'unfinished');
  const entries = await readdir(dataDir);
  if (entries.includes('unfinished')) await rm(folder, { recursive: true, force: true });
  else if (entries.includes('db')) {
    if (!(await readdir(folder)).includes('PG_VERSION')) throw foreign(dataDir);
    await access(folder, constants.W_OK);
    return started(new Lite(folder), release, dataDir);
  }
  await writeFile(mark, 'The database beside this file was never used: it is made anew.\n');
  const opened = await started(new Lite(folder), release, dataDir);
  await rm(mark);
  return opened;
}

async function started(lite: Lite, release: () => void, dataDir = ''): Promise<Opened> {
  await lite.waitReady.catch((error: unknown) => {
    throw damaged(dataDir, error);
  });
  const db = drizzle(lite, { schema });
  const close = async () => {
    await lite.end();
    release();
  };
  try {
    if (await isBehind(db)) await migrate(db, migrations);
  } catch (error) {
    await close();
    throw error;
  }
  return { db, at: { lite }, close };
}
