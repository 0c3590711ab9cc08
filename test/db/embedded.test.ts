import { openStore } from '../../db/connect.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('PGlite', async () => {
  const store = await openStore({ dataDir: 'memory://', databaseUrl: null });
  return { store, close: () => store.close() };
});
