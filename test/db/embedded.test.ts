import { randomBytes } from 'node:crypto';
import { openStore } from '../../db/connect.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('PGlite', async () => {
  const store = await openStore({ dataDir: 'memory://', databaseUrl: null, secretKeys: [randomBytes(32)] });
  return { store, close: () => store.close() };
});
