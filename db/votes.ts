/** People's votes on the central question. */
import { and, asc, count, eq } from 'drizzle-orm';
import type { Votes } from '../src/debate.ts';
import type { Store, Vote } from '../src/ports/store.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { debates } from './schema/log.ts';
import { votes } from './schema/people.ts';

export function voteCalls(db: Db): Pick<Store, 'castVote'> {
  return {
    castVote: explaining((workspace, debate, vote: Vote) =>
      db.transaction(async (tx) => {
        const isIt = and(eq(debates.workspace, workspace), eq(debates.id, debate));
        // Votes of one debate are counted one after another, so that the totals miss none.
        const [row] = await tx.select({ id: debates.id }).from(debates).where(isIt).for('update');
        if (!row) throw new Error(`workspace ${workspace} has no ${debate}`);
        const target = [votes.workspace, votes.debate, votes.phase, votes.voter];
        const insert = tx.insert(votes).values({ workspace, debate, ...vote });
        await insert.onConflictDoUpdate({ target, set: { stance: vote.stance } });
        const totals = await counted(tx, workspace, debate);
        await tx.update(debates).set({ votes: totals }).where(isIt);
        return totals;
      }),
    ),
  };
}

async function counted(tx: Pick<Db, 'select'>, workspace: string, debate: string): Promise<Votes> {
  const { phase, stance } = votes;
  const rows = await tx
    .select({ phase, stance, people: count() })
    .from(votes)
    .where(and(eq(votes.workspace, workspace), eq(votes.debate, debate)))
    .groupBy(phase, stance)
    .orderBy(asc(stance));
  const of = (wanted: Vote['phase']) =>
    rows.flatMap((row) => (row.phase === wanted ? [{ stance: row.stance, people: row.people }] : []));
  return { before: of('before'), after: of('after') };
}
