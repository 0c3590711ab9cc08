import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import { openStore } from '../../db/connect.ts';
import { storeContract } from '../contracts/store.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';

let server: PostgresServer;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

storeContract('Postgres', async () => {
  const store = await openStore({
    dataDir: 'unused',
    databaseUrl: await server.database(),
    secretKeys: [randomBytes(32)],
  });
  return { store, close: () => store.close() };
});
