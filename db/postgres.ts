import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { InputError } from '../src/errors.ts';
import type { Opened } from './database.ts';
import { codeOf, isLost, unwrapped } from './failures.ts';
import { isBehind, migrations } from './migrate.ts';
import * as schema from './schema/log.ts';

/** Any number, the same in every Tertulia: whoever holds it migrates. */
const MIGRATING = 7_378_421;

/** Opens the database on a server, through at most ten connections that live until `close`. */
export async function openPostgres(url: string): Promise<Opened> {
  const at = addressOf(url);
  const pool = new pg.Pool({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true });
  // A connection lost while idle is replaced by the next call; unheard, its error would end the process.
  pool.on('error', () => {});
  // So would that of one lost between two statements of a transaction; the next statement rejects.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await prepare(pool);
  } catch (error) {
    await pool.end();
    throw refused(at, error);
  }
  let ended: Promise<void> | undefined;
  const close = () => {
    ended ??= pool.end();
    return ended;
  };
  return { db: drizzle(pool, { schema }), at: { url }, close };
}

/** Brings the schema up to date, one process at a time. */
async function prepare(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  let locked = false;
  try {
    const db = drizzle(client, { schema });
    if (!(await isBehind(db))) return;
    locked = true;
    await client.query('select pg_advisory_lock($1)', [MIGRATING]);
    if (await isBehind(db)) await migrate(db, migrations);
  } finally {
    // The lock ends with its session, whatever happened.
    client.release(locked);
  }
}

interface Address {
  readonly server: string;
  readonly database: string;
}

/** What of the address may be shown: no user, no password. */
function addressOf(url: string): Address {
  if (!/^postgres(ql)?:/.test(url) || !URL.canParse(url)) {
    // No cause: the URL error carries the address, and with it the password.
    throw new InputError({
      en: 'DATABASE_URL is not the address of a Postgres database; write postgres://user:password@host:5432/database.',
      es: 'DATABASE_URL no es la dirección de una base de datos Postgres; escribe postgres://usuario:clave@servidor:5432/base.',
    });
  }
  const { host, pathname } = new URL(url);
  return { server: host || 'localhost', database: pathname.slice(1) };
}

/** Why the database can't be used. */
function refused({ server, database }: Address, error: unknown): unknown {
  const cause = unwrapped(error);
  const code = codeOf(cause);
  if (code === '28P01' || code === '28000') {
    return new InputError(
      {
        en: `The Postgres server ${server} refuses the user or password; correct them in DATABASE_URL.`,
        es: `El servidor Postgres ${server} rechaza el usuario o la clave; corrígelos en DATABASE_URL.`,
      },
      { cause },
    );
  }
  if (code === '3D000') {
    return new InputError(
      {
        en: `The Postgres server ${server} has no database "${database}"; create it or correct DATABASE_URL.`,
        es: `El servidor Postgres ${server} no tiene la base de datos «${database}»; créala o corrige DATABASE_URL.`,
      },
      { cause },
    );
  }
  if (code === '42501') {
    return new InputError(
      {
        en: `The user in DATABASE_URL may not create schemas in "${database}"; grant it CREATE on that database.`,
        es: `El usuario de DATABASE_URL no puede crear esquemas en «${database}»; dale CREATE en esa base de datos.`,
      },
      { cause },
    );
  }
  if (!isLost(cause)) return cause;
  return new InputError(
    {
      en: `The Postgres server ${server} can't be reached; check that it runs and takes connections, or correct DATABASE_URL.`,
      es: `No se llega al servidor Postgres ${server}; comprueba que funciona y admite conexiones, o corrige DATABASE_URL.`,
    },
    { cause },
  );
}
