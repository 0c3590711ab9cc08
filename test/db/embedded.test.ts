import { openMemoryStore } from '../../db/connect.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('PGlite', async () => {
  const store = await openMemoryStore();
  return { store, close: () => store.close() };
});
