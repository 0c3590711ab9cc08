import { and, eq, isNull, lt, sql } from 'drizzle-orm';
import type { Inbox } from '../src/ports/inbox.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { inbox } from './schema/inbox.ts';

/** Whoever has an event for longer is taken for dead, where others use the database, too. Milliseconds. */
const LEASE = 60_000;
/** One that keeps ending the process is given up in the end. */
const MOST_ATTEMPTS = 5;
/** Platforms give up repeating an event within an hour. Milliseconds. */
const REMEMBERED = 3 * 24 * 60 * 60 * 1000;

/** `exclusive`: no other process uses the database, so what was begun before it was opened is nobody's. */
export function createInbox(db: Db, exclusive: boolean): Inbox {
  const opened = new Date();
  const ago = (ms: number) => new Date(Date.now() - ms);
  return {
    keep: explaining(async (event) => {
      const now = new Date();
      const insert = db.insert(inbox).values({ ...event, keptAt: now, takenAt: now });
      const kept = await insert.onConflictDoNothing().returning({ id: inbox.id });
      return kept.length > 0 ? 'new' : 'known';
    }),
    done: explaining(async ({ adapter, id }) => {
      const isIt = and(eq(inbox.adapter, adapter), eq(inbox.id, id));
      await db.update(inbox).set({ doneAt: new Date(), payload: null }).where(isIt);
    }),
    takeUp: explaining(async (adapter) => {
      await db.delete(inbox).where(lt(inbox.doneAt, ago(REMEMBERED)));
      const taken = await db
        .update(inbox)
        .set({ takenAt: new Date(), attempts: sql`${inbox.attempts} + 1` })
        .where(
          and(
            eq(inbox.adapter, adapter),
            isNull(inbox.doneAt),
            lt(inbox.takenAt, exclusive ? opened : ago(LEASE)),
            lt(inbox.attempts, MOST_ATTEMPTS),
          ),
        )
        .returning();
      const inOrder = taken.toSorted((one, other) => one.keptAt.getTime() - other.keptAt.getTime());
      return inOrder.map(({ id, workspace, payload }) => ({ adapter, id, workspace, payload }));
    }),
    forget: explaining(async (adapter, workspace) => {
      await db
        .delete(inbox)
        .where(and(eq(inbox.adapter, adapter), eq(inbox.workspace, workspace), isNull(inbox.doneAt)));
    }),
  };
}
