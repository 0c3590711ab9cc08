import { and, count, eq } from 'drizzle-orm';
import type { Store } from '../src/ports/store.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { ratings } from './schema/ratings.ts';

export function ratingCalls(db: Db): Pick<Store, 'rate' | 'ratings'> {
  return {
    rate: explaining(async (workspace, debate, person, helpful) => {
      const target = [ratings.workspace, ratings.debate, ratings.person];
      const insert = db.insert(ratings).values({ workspace, debate, person, helpful });
      await insert.onConflictDoUpdate({ target, set: { helpful } });
    }),
    ratings: explaining(async (workspace, debate) => {
      const rows = await db
        .select({ helpful: ratings.helpful, people: count() })
        .from(ratings)
        .where(and(eq(ratings.workspace, workspace), eq(ratings.debate, debate)))
        .groupBy(ratings.helpful);
      const of = (helpful: boolean) => rows.find((row) => row.helpful === helpful)?.people ?? 0;
      return { helpful: of(true), unhelpful: of(false) };
    }),
  };
}
