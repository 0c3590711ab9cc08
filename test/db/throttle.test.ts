/** What all processes together ask of a model, on both databases. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/database.ts';
import { createThrottle } from '../../db/throttle.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

describe.each([
  ['PGlite', async () => openDatabase({ dataDir: 'memory://', databaseUrl: null })],
  ['Postgres', async () => openDatabase({ dataDir: 'unused', databaseUrl: await server.database() })],
])('on %s', (_, open) => {
  let database: Database;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  test('as many calls pass in a minute as may, whoever makes them', async () => {
    const processes = [createThrottle(database.db, 5), createThrottle(database.db, 5)];
    const waits = await Promise.all(Array.from({ length: 30 }, (_, n) => processes[n % 2]?.pass('openai:counted')));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(5);
    for (const wait of waits.filter((each) => each !== 0)) expect(wait).toBeGreaterThan(50_000);
    expect(await processes[0]?.pass('openai:other')).toBe(0);
  });

  test('a pause that one was asked for is kept by all, and a shorter one does not shorten it', async () => {
    const asked = createThrottle(database.db, null);
    expect(await asked.pass('openai:tired')).toBe(0);
    await asked.hold('openai:tired', 60_000);
    await asked.hold('openai:tired', 1_000);
    for (const each of [asked, createThrottle(database.db, null), createThrottle(database.db, 5)]) {
      const wait = await each.pass('openai:tired');
      expect(wait).toBeGreaterThan(50_000);
      expect(wait).toBeLessThanOrEqual(60_000);
    }
    expect(await asked.pass('openai:other')).toBe(0);
    await asked.hold('openai:quick', 1);
    while ((await asked.pass('openai:quick')) > 0);
  });
});
