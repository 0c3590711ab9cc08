import { fileURLToPath } from 'node:url';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { bigint, pgSchema } from 'drizzle-orm/pg-core';
import { InputError } from '../src/errors.ts';
import { codeOf } from './failures.ts';
import type { Db } from './rows.ts';

const UNDEFINED_TABLE = '42P01';

/** Where Drizzle's migrator finds the steps and records those taken. */
export const migrations = {
  migrationsFolder: fileURLToPath(new URL('./migrations', import.meta.url)),
  migrationsSchema: 'drizzle',
  migrationsTable: 'tertulia',
};

const taken = pgSchema(migrations.migrationsSchema).table(migrations.migrationsTable, {
  step: bigint('created_at', { mode: 'number' }).notNull(),
});

/** Whether steps are left to take. Rejects, having touched nothing, when a newer Tertulia has been here. */
export async function isBehind(db: Db): Promise<boolean> {
  const known = readMigrationFiles(migrations).map((migration) => migration.folderMillis);
  const rows = await db
    .select()
    .from(taken)
    .catch((error: unknown) => {
      if (codeOf(error) === UNDEFINED_TABLE) return [];
      throw error;
    });
  if (rows.some(({ step }) => !known.includes(step))) {
    throw new InputError({
      en: 'The debates were saved by a newer version of Tertulia; upgrade Tertulia to open them.',
      es: 'Los debates se guardaron con una versión más nueva de Tertulia; actualiza Tertulia para abrirlos.',
    });
  }
  return rows.length < known.length;
}
