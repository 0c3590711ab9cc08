/** The embedded database as one file: for a disk that fails, or another machine. */
import { open, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InputError } from '../src/errors.ts';
import { take } from './embedded.ts';
import { folderFailure } from './folder-failures.ts';
import { Lite } from './pglite.ts';

const unpacked = promisify(gunzip);

/** Writes all there is in the folder to the file (a `.tar.gz`), which is there whole or not at all. */
export async function backUp(dataDir: string, file: string): Promise<void> {
  await holding(dataDir, async () => {
    const folder = join(dataDir, 'db');
    const entries: readonly string[] = await readdir(folder).catch(() => []);
    if (!entries.includes('PG_VERSION')) throw nothingThere(dataDir);
    const lite = new Lite(folder);
    try {
      await lite.waitReady;
      const dump = await lite.dumpDataDir('gzip');
      await writeWhole(file, Buffer.from(await dump.arrayBuffer()));
    } finally {
      await lite.end();
    }
  });
}

/** Fills a folder that holds no debates from such a file. */
export async function restore(dataDir: string, file: string): Promise<void> {
  const packed = await readFile(file).catch((cause: unknown) => {
    throw notRead(file, cause);
  });
  const tar = await unpacked(packed).catch((cause: unknown) => {
    throw notABackup(file, cause);
  });
  await holding(dataDir, async () => {
    const entries = await readdir(dataDir);
    if (entries.includes('db') && !entries.includes('unfinished')) throw full(dataDir);
    const folder = join(dataDir, 'db');
    const mark = join(dataDir, 'unfinished');
    // Whoever opens a folder with this mark makes the database in it anew.
    await writeFile(mark, 'The database beside this file was not restored to its end: it is made anew.\n');
    await rm(folder, { recursive: true, force: true });
    const lite = new Lite(folder, new Blob([tar], { type: 'application/x-tar' }));
    try {
      await lite.waitReady;
      await lite.query('select count(*) from tertulia.debates');
    } catch (cause) {
      await lite.end().catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
      throw notABackup(file, cause);
    }
    await lite.end();
    await rm(mark);
  });
}

async function holding(dataDir: string, work: () => Promise<void>): Promise<void> {
  const release = await take(dataDir).catch((error: unknown) => {
    throw folderFailure(dataDir, error);
  });
  try {
    await work();
  } finally {
    release();
  }
}

async function writeWhole(file: string, bytes: Uint8Array): Promise<void> {
  const part = `${file}.part`;
  try {
    const handle = await open(part, 'w');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(part, file);
  } catch (cause) {
    await rm(part, { force: true });
    throw notWritten(file, cause);
  }
}

function nothingThere(dataDir: string): InputError {
  return new InputError({
    en: `There are no debates in ${dataDir} to back up; set TERTULIA_DATA_DIR to the folder they are in.`,
    es: `En ${dataDir} no hay debates que copiar; pon en TERTULIA_DATA_DIR la carpeta donde están.`,
  });
}

function full(dataDir: string): InputError {
  return new InputError({
    en: `There are debates in ${dataDir} already; move that folder away, or set TERTULIA_DATA_DIR to an empty one.`,
    es: `En ${dataDir} ya hay debates; aparta esa carpeta o pon en TERTULIA_DATA_DIR una vacía.`,
  });
}

function notRead(file: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `The backup ${file} can't be read; check its name and permissions.`,
      es: `No se puede leer la copia ${file}; comprueba su nombre y sus permisos.`,
    },
    { cause },
  );
}

function notABackup(file: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `${file} is no backup of Tertulia, or not all of one; give a file that "tertulia backup" wrote.`,
      es: `${file} no es una copia de Tertulia, o no está entera; da un archivo escrito por «tertulia backup».`,
    },
    { cause },
  );
}

function notWritten(file: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `The backup ${file} could not be written; make room for it or choose another place.`,
      es: `No se pudo escribir la copia ${file}; hazle sitio o elige otro lugar.`,
    },
    { cause },
  );
}
