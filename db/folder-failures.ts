import { statfsSync } from 'node:fs';
import { InputError } from '../src/errors.ts';
import { codeOf, diskFull, isDiskFull } from './failures.ts';

/** Less than a segment of the database's own log and it can't start. Bytes. */
const LEAST_SPACE = 32 * 1024 * 1024;

export function held(folder: string): InputError {
  return new InputError({
    en: `Another Tertulia is using the data folder ${folder}; stop that one, set TERTULIA_DATA_DIR to another folder, or share a database with DATABASE_URL.`,
    es: `Otra Tertulia está usando la carpeta de datos ${folder}; detén esa, pon en TERTULIA_DATA_DIR otra carpeta o comparte una base de datos con DATABASE_URL.`,
  });
}

export function foreign(folder: string): InputError {
  return new InputError({
    en: `The folder db in ${folder} was not made by Tertulia; set TERTULIA_DATA_DIR to a folder of its own.`,
    es: `La carpeta db de ${folder} no la creó Tertulia; pon en TERTULIA_DATA_DIR una carpeta solo para ella.`,
  });
}

/** The embedded database did not start. */
export function damaged(folder: string, cause: unknown): InputError {
  if (isCramped(folder)) return diskFull(cause);
  return new InputError(
    {
      en: `The database in ${folder} is damaged or was made by another version; restore a copy of the folder or set TERTULIA_DATA_DIR to another one.`,
      es: `La base de datos de ${folder} está dañada o la creó otra versión; recupera una copia de la carpeta o pon otra en TERTULIA_DATA_DIR.`,
    },
    { cause },
  );
}

function isCramped(folder: string): boolean {
  const { bavail, bsize } = statfsSync(folder || '.');
  return bavail * bsize < LEAST_SPACE;
}

/** What the system holds against the folder, as an InputError; what it did not say comes back as it is. */
export function folderFailure(folder: string, error: unknown): unknown {
  if (error instanceof InputError) return error;
  if (isDiskFull(error)) return diskFull(error);
  switch (codeOf(error)) {
    case 'EEXIST':
    case 'ENOTDIR':
      return new InputError(
        {
          en: `The data folder ${folder} is a file or lies within one; set TERTULIA_DATA_DIR to a folder.`,
          es: `La carpeta de datos ${folder} es un archivo o está dentro de uno; pon una carpeta en TERTULIA_DATA_DIR.`,
        },
        { cause: error },
      );
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ERR_SQLITE_ERROR':
      return new InputError(
        {
          en: `The data folder ${folder} can't be written to; change its permissions or set TERTULIA_DATA_DIR to another folder.`,
          es: `No se puede escribir en la carpeta de datos ${folder}; cambia sus permisos o pon otra carpeta en TERTULIA_DATA_DIR.`,
        },
        { cause: error },
      );
    default:
      return error;
  }
}
