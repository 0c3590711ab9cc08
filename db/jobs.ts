/** What the queue's jobs are called, what they say, and how it is told that there is one. */
import { is, SQL, sql } from 'drizzle-orm';
import { fromDrizzle } from 'pg-boss';
import { z } from 'zod';
import type { Db } from './rows.ts';

export const work = z.object({ workspace: z.string(), debate: z.string(), trace: z.string().nullish() });
export type Work = z.infer<typeof work>;

/** Where processes are told that there is work. */
export const CHANNEL = 'tertulia_debates';
/** A debate under way goes before those that have not begun. */
export const handOver = { priority: 1 } as const;

export function queueOf(adapter: string): string {
  return `debates-${adapter}`;
}

/** One job a debate, of its workspace's group. */
export function asJob({ workspace, debate }: Pick<Work, 'workspace' | 'debate'>) {
  return { singletonKey: `${workspace}/${debate}`, group: { id: workspace } };
}

const answered = z.object({ rows: z.array(z.unknown()) });

/** For a call of pg-boss that is part of a transaction. */
export function within(tx: Db) {
  const execute = async (query: unknown) => {
    if (!is(query, SQL)) throw new Error('pg-boss asks with what is no SQL of Drizzle');
    // The drivers' own answers differ in all but their rows.
    return answered.parse(await tx.execute(query));
  };
  return { db: fromDrizzle({ execute }, sql) };
}

/** Heard once the transaction is. */
export async function notify(tx: Db, adapter: string): Promise<void> {
  await tx.execute(sql`select pg_notify(${CHANNEL}, ${adapter})`);
}
