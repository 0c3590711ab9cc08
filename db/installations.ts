import { and, eq, or } from 'drizzle-orm';
import type { Installation, Installations } from '../src/ports/inbox.ts';
import { type Cipher, createCipher } from './cipher.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { installations } from './schema/inbox.ts';

/** `keys`: what secrets are encrypted with, 32 bytes each; the first one writes, every one reads. */
export function createInstallations(db: Db, keys: readonly Uint8Array[]): Installations {
  const cipher = createCipher(keys);
  const isIt = (adapter: string, id: string) => and(eq(installations.adapter, adapter), eq(installations.id, id));
  const save = async (adapter: string, { id, parent, secret }: Installation) => {
    const row = { parent, ...cipher.seal(JSON.stringify(secret), aboutOf(adapter, id)) };
    const target = [installations.adapter, installations.id];
    await db
      .insert(installations)
      .values({ adapter, id, ...row })
      .onConflictDoUpdate({ target, set: row });
  };
  return {
    save: explaining(save),
    find: explaining(async (adapter, id) => {
      const [row] = await db.select().from(installations).where(isIt(adapter, id));
      if (!row) return null;
      const found = opened(cipher, adapter, row);
      // Read with an older key it is written with the new one, so that the older can go.
      if (!cipher.isCurrent(row)) await save(adapter, found);
      return found;
    }),
    remove: explaining(async (adapter, id) => {
      const isUnder = and(eq(installations.adapter, adapter), eq(installations.parent, id));
      const removed = await db
        .delete(installations)
        .where(or(isIt(adapter, id), isUnder))
        .returning({ id: installations.id });
      return removed.map((row) => row.id);
    }),
  };
}

function opened(cipher: Cipher, adapter: string, row: typeof installations.$inferSelect): Installation {
  return { id: row.id, parent: row.parent, secret: JSON.parse(cipher.open(row, aboutOf(adapter, row.id))) };
}

function aboutOf(adapter: string, id: string): string {
  return JSON.stringify([adapter, id]);
}
