import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase, openShared, openStore } from '../../db/connect.ts';
import { queueContract, queueSettings } from '../contracts/queue.ts';
import { newDebate } from '../contracts/store-samples.ts';
import { openMemoryDatabase } from '../fakes/memory-store.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

queueContract('PGlite', openMemoryDatabase);
queueContract('Postgres', async () => openDatabase({ dataDir: 'unused', databaseUrl: await server.database() }));

test('debates that ran before there was a queue are put into it', async () => {
  const settings = { dataDir: 'unused', databaseUrl: await server.database() };
  const before = await openStore(settings);
  const running = await before.createDebate('w', newDebate());
  const paused = await before.createDebate('w', newDebate());
  await before.change('w', paused.id, { status: 'paused' });
  await before.close();
  const { store, queue } = await openShared(await openDatabase(settings), queueSettings);
  expect((await queue.take(['scripted'], 5)).map(({ debate }) => debate)).toEqual([running.id]);
  await store.close();
});
