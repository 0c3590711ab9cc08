import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import pg from 'pg';
import { openStore } from '../../db/connect.ts';
import { migrations } from '../../db/migrate.ts';
import { InputError } from '../../src/errors.ts';
import { OPEN_SETTINGS } from '../../src/ports/store.ts';
import { newDebate, newTurn, said } from '../contracts/store-samples.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const open = (databaseUrl: string) => openStore({ dataDir: 'unused', databaseUrl });

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query(sql);
  await client.end();
  return rows;
}

async function asTheFirstVersionLeftIt(url: string): Promise<void> {
  const [first] = readMigrationFiles(migrations);
  if (!first) throw new Error('there are no migrations');
  const { migrationsSchema, migrationsTable } = migrations;
  await query(url, first.sql.join(';'));
  await query(
    url,
    `create schema ${migrationsSchema};
     create table ${migrationsSchema}.${migrationsTable} (id serial primary key, hash text not null, created_at bigint);
     insert into ${migrationsSchema}.${migrationsTable} (hash, created_at) values ('${first.hash}', ${first.folderMillis});
     insert into tertulia.workspaces (id) values ('w');
     insert into tertulia.debates
       (workspace, id, question, language, format, panel, voice, limits, adapter, channel, thread, started_by, turn_count)
       values ('w', 'd', 'Is it?', 'en', 'panel', '{}', 'model', '{}', 'scripted', 'room', 't', 'ana', 1);
     insert into tertulia.turns
       (workspace, debate, n, key, kind, public, speaker, round, text, replies_to, answers, quotes, data)
       values ('w', 'd', 1, 'opening', 'opening', true, 'coordinator', 0, 'One.', '[]', '[]', '[]', '{}');
     insert into tertulia.deliveries (workspace, debate, key, turn, part, state) values ('w', 'd', 'd:1:0', 1, 0, 'pending')`,
  );
}

/** One that was concluded twice before conclusions were remembered. */
async function concludedLongAgo(url: string): Promise<void> {
  await query(
    url,
    `insert into tertulia.debates
       (workspace, id, question, language, format, panel, voice, limits, adapter, channel, thread, started_by, turn_count)
       values ('w', 'old', '', 'es', 'panel', '{}', 'model', '{}', 'scripted', 'room', 'u', 'ana', 3);
     insert into tertulia.turns
       (workspace, debate, n, key, kind, public, speaker, round, text, replies_to, answers, quotes, data)
       select 'w', 'old', n, kind || n, kind, true, 'coordinator', 0, '', '[]', '[]', '[]', data::jsonb from (values
         (1, 'opening', '{"opening":{"question":"¿Compramos otro horno?","axes":[]}}'),
         (2, 'synthesis', '{"synthesis":{"answer":"No.","agreements":[]}}'),
         (3, 'synthesis', '{"synthesis":{"answer":"Sí.","agreements":[{"text":"Es barato","turns":[1]},{"text":"Es útil","turns":[1]}]}}')
       ) told(n, kind, data)`,
  );
}

describe('what keeps a server from being used is said in one sentence, without the password', () => {
  test.each<[string, RegExp, (url: string) => string]>([
    ['not an address', /not the address/, () => 'postgres//user:correct-horse@nowhere'],
    ['not one of Postgres', /not the address/, () => 'mysql://user:correct-horse@nowhere/db'],
    ['no server there', /can't be reached/, (url) => url.replace(/:\d+\//, ':1/')],
    ['no such machine', /can't be reached/, (url) => url.replace('127.0.0.1', 'nowhere.invalid')],
    ['a wrong password', /refuses the user or password/, (url) => url.replace('correct-horse', 'battery-staple')],
    ['a wrong user', /refuses the user or password/, (url) => url.replace('//postgres', '//nobody')],
    ['no such database', /has no database "none"/, (url) => url.replace(/[^/]+$/, 'none')],
    ['a user without rights', /may not create schemas/, (url) => url.replace('//postgres', '//guest')],
  ])('%s', async (_, words, spoil) => {
    const url = await server.database();
    await query(url, "drop role if exists guest; create role guest login password 'correct-horse'");
    const error = await open(spoil(url)).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(InputError);
    if (!(error instanceof InputError)) return;
    expect(error.text.en).toMatch(words);
    for (const text of Object.values(error.text)) expect(text).toMatch(/^[^\n]+[.]$/);
    const told = JSON.stringify([error.text, error.stack, error.cause, String(error.cause)]);
    expect(told).not.toMatch(/correct-horse|battery-staple/);
  });

  test('a newer version has used it, which leaves it alone', async () => {
    const url = await server.database();
    await (await open(url)).close();
    const taken = await query(url, 'select hash from drizzle.tertulia');
    await query(url, "insert into drizzle.tertulia (hash, created_at) values ('of the future', 99999999999999)");
    await expect(open(url)).rejects.toThrow(/upgrade Tertulia/);
    expect(await query(url, 'select hash from drizzle.tertulia')).toEqual([...taken, { hash: 'of the future' }]);
  });
});

describe('a server', () => {
  test('is brought up to date once by many who open it at once, beside what else is there', async () => {
    const url = await server.database();
    await query(url, 'create table turns (mine text); create schema drizzle; create table drizzle.other (id int)');
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(url)));
    const [first] = stores;
    const { id } = (await first?.createDebate('w', newDebate())) ?? { id: '' };
    const saves = stores.flatMap((store, s) => [0, 1, 2, 3, 4].map((i) => ({ store, key: `${s}-${i}` })));
    await Promise.all(saves.map(({ store, key }) => store.saveTurn('w', id, newTurn(key), said(key), 'pending')));
    const same = await Promise.all(stores.map((store) => store.saveTurn('w', id, newTurn('same'), [], 'pending')));
    expect(same.map((turn) => turn.n)).toEqual(stores.map(() => 31));
    expect((await first?.load('w', id))?.turns.map((turn) => turn.n)).toEqual(
      Array.from({ length: 31 }, (_, i) => i + 1),
    );
    await Promise.all(stores.map((store) => store.close()));
    await first?.close();
  });

  test('that an older version has used is brought up to date, and what it owed is still owed', async () => {
    const url = await server.database();
    await asTheFirstVersionLeftIt(url);
    await concludedLongAgo(url);
    const upgraded = await open(url);
    const owed = { key: 'd:1:0', turn: 1, part: 0, to: 'thread', text: 'One.', state: 'pending', messageId: null };
    expect(await upgraded.owed('w', 'd')).toEqual([owed]);
    expect(await upgraded.load('w', 'd')).toMatchObject({ debate: { question: 'Is it?' }, turns: [{ text: 'One.' }] });
    expect(await upgraded.settings('w')).toEqual(OPEN_SETTINGS);
    const [found, ...others] = await upgraded.searchConclusions('w', 'hornos baratos', 'es', 9);
    expect(found).toMatchObject({ id: 'old', question: '¿Compramos otro horno?', answer: 'Sí.', language: 'es' });
    expect(others).toEqual([]);
    await upgraded.close();
    // Settings of a version that knew fewer.
    await query(url, `update tertulia.workspaces set settings = '{"roles":{"start":["r1"]}}'`);
    const again = await open(url);
    expect(await again.settings('w')).toEqual({ ...OPEN_SETTINGS, roles: { ...OPEN_SETTINGS.roles, start: ['r1'] } });
    await again.close();
  });

  test('whose connections are lost rejects what was under way, clearly, and is used again afterwards', async () => {
    const url = await server.database();
    const store = await open(url);
    const { id } = await store.createDebate('w', newDebate());
    const blocker = new pg.Client(url);
    await blocker.connect();
    await blocker.query('begin; lock table tertulia.debates');
    const saving = store.saveTurn('w', id, newTurn('a'), [], 'pending');
    const lost = expect(saving).rejects.toThrow(/connection to the database was lost/);
    const others = "datname = current_database() and pid <> pg_backend_pid() and wait_event_type = 'Lock'";
    const cut = `select pg_terminate_backend(pid) from pg_stat_activity where ${others}`;
    while ((await blocker.query(cut)).rowCount === 0) await delay(5);
    await lost;
    await expect(saving).rejects.toThrow(InputError);
    await blocker.query('rollback');
    expect((await store.saveTurn('w', id, newTurn('a'), [], 'pending')).n).toBe(1);
    // Idle ones, too.
    await blocker.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    // The pool learns of it when the sockets tell; until then a query may still meet a dead one.
    const again = async (): Promise<string[]> =>
      store
        .list('w', 9)
        .then((all) => all.map((each) => each.id))
        .catch(() => delay(20).then(again));
    expect(await again()).toEqual([id]);
    await blocker.end();
    await store.close();
  });
});
