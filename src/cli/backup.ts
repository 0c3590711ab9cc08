/** `tertulia backup` and `tertulia restore`, for the embedded database. */
import { resolve } from 'node:path';
import { backUp, restore } from '../../db/backup.ts';
import type { Config } from '../config.ts';
import { inLanguage } from '../debate.ts';
import { InputError } from '../errors.ts';

export async function copyCommand(
  { databaseUrl, dataDir, cwd, language }: Config,
  what: 'backup' | 'restore',
  name: string,
  print: (line: string) => Promise<void>,
): Promise<void> {
  if (databaseUrl !== null) throw onAServer();
  const file = resolve(cwd, name);
  await (what === 'backup' ? backUp(dataDir, file) : restore(dataDir, file));
  const done =
    what === 'backup'
      ? { en: `The debates of ${dataDir} are in ${file}.`, es: `Los debates de ${dataDir} están en ${file}.` }
      : { en: `The debates of ${file} are in ${dataDir}.`, es: `Los debates de ${file} están en ${dataDir}.` };
  await print(inLanguage(done, language));
}

function onAServer(): InputError {
  return new InputError({
    en: 'The debates are on the Postgres server of DATABASE_URL; back it up and restore it with pg_dump and pg_restore.',
    es: 'Los debates están en el servidor Postgres de DATABASE_URL; haz la copia y la restauración con pg_dump y pg_restore.',
  });
}
