import { randomBytes } from 'node:crypto';
import { openMemoryStore } from '../../db/connect.ts';
import { storeContract } from '../contracts/store.ts';

storeContract('PGlite', async () => {
  const store = await openMemoryStore([randomBytes(32)]);
  return { store, close: () => store.close() };
});
