/** Schedules and what came of their runs. */
import { and, asc, desc, eq, inArray, isNotNull, lt, lte, ne, or, type SQL, sql } from 'drizzle-orm';
import type { Run, Schedule, ScheduleChange, Schedules } from '../src/schedules/schedule.ts';
import { joined } from './articles.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { articles, debates } from './schema/log.ts';
import { scheduleRuns, schedules } from './schema/schedules.ts';

export function createSchedules(db: Db): Schedules {
  return { ...ownCalls(db), ...runCalls(db), ...topicCalls(db) };
}

const isIt = (workspace: string, id: string) => and(eq(schedules.workspace, workspace), eq(schedules.id, id));

function scheduleOf({ adapter, channel, thread, ...row }: typeof schedules.$inferSelect): Schedule {
  return { ...row, place: { adapter, channel, thread } };
}

/** What nobody said yes to for so long is forgotten. */
const A_DAY_AGO = sql`now() - interval '1 day'`;

function ownCalls(db: Db): Pick<Schedules, 'propose' | 'find' | 'list' | 'change' | 'remove' | 'due'> {
  const { workspace, state, next, ahead, announced, createdAt, id } = schedules;
  return {
    propose: explaining(async ({ place, ...schedule }) => {
      await db
        .delete(schedules)
        .where(and(eq(workspace, schedule.workspace), eq(state, 'proposed'), lt(createdAt, A_DAY_AGO)));
      const insert = db.with(joined(db, schedule.workspace)).insert(schedules);
      const [row] = await insert.values({ ...schedule, ...place }).returning();
      if (!row) throw new Error(`schedule ${schedule.id} was not kept`);
      return scheduleOf(row);
    }),
    find: explaining(async (...which) => {
      const [row] = await db
        .select()
        .from(schedules)
        .where(isIt(...which));
      return row ? scheduleOf(row) : null;
    }),
    list: explaining(async (where) => {
      const known = and(eq(workspace, where), ne(state, 'proposed'));
      return (await db.select().from(schedules).where(known).orderBy(asc(createdAt), asc(id))).map(scheduleOf);
    }),
    change: explaining(async (where, which, change) => {
      const [row] = await db.update(schedules).set(change).where(isIt(where, which)).returning({ id });
      if (!row) throw new Error(`workspace ${where} has no schedule ${which}`);
    }),
    remove: explaining(async (...which) => {
      await db.delete(schedules).where(isIt(...which));
    }),
    due: explaining((until) => {
      const isUnannounced = sql`${ahead} > 0 and ${announced} is distinct from ${next}`;
      const announces = sql`${isUnannounced} and ${next} - ${ahead} * interval '1 minute' <= ${until.toISOString()}`;
      return db
        .select({ workspace, id, adapter: schedules.adapter, next, ahead, announced })
        .from(schedules)
        .where(and(eq(state, 'active'), isNotNull(next), or(lte(next, until), announces)))
        .orderBy(asc(next));
    }),
  };
}

function runCalls(db: Db): Pick<Schedules, 'during' | 'end' | 'runs'> {
  const { next, begun, id } = schedules;
  const waitsFor = (workspace: string, which: string, slot: Date) =>
    and(isIt(workspace, which), eq(schedules.state, 'active'), eq(next, slot));
  return {
    during: explaining(async (workspace, which, slot, change: ScheduleChange) => {
      const rows = await db
        .update(schedules)
        .set(change)
        .where(waitsFor(workspace, which, slot))
        .returning({ id });
      return rows.length > 0;
    }),
    end: explaining((workspace, which, run: Run, change: ScheduleChange, options = { unbegun: false }) =>
      db.transaction(async (tx) => {
        const free: SQL | undefined = options.unbegun ? sql`${begun} is distinct from ${next}` : undefined;
        const rows = await tx
          .update(schedules)
          .set(change)
          .where(and(waitsFor(workspace, which, run.slot), free))
          .returning({ id });
        if (rows.length === 0) return false;
        await tx
          .insert(scheduleRuns)
          .values({ ...run, workspace, schedule: which })
          .onConflictDoNothing();
        return true;
      }),
    ),
    runs: explaining((workspace, which, limit) => {
      const { slot, outcome, topic, debate, why } = scheduleRuns;
      const itsDebate = and(eq(debates.workspace, scheduleRuns.workspace), eq(debates.id, debate));
      return db
        .select({ slot, outcome, topic, debate, why, debateStatus: debates.status })
        .from(scheduleRuns)
        .leftJoin(debates, itsDebate)
        .where(and(eq(scheduleRuns.workspace, workspace), eq(scheduleRuns.schedule, which)))
        .orderBy(desc(slot))
        .limit(limit);
    }),
  };
}

function topicCalls(db: Db): Pick<Schedules, 'debated' | 'lastConcluded'> {
  return {
    debated: explaining(async (workspace, which, keys) => {
      if (keys.length === 0) return new Set<string>();
      const { topic, schedule, outcome } = scheduleRuns;
      const key = sql<string>`${topic}->>'key'`;
      const itsOwn = and(eq(scheduleRuns.workspace, workspace), eq(schedule, which), eq(outcome, 'debated'));
      const own = await db
        .select({ key })
        .from(scheduleRuns)
        .where(and(itsOwn, inArray(key, [...keys])));
      const itsArticle = and(eq(articles.workspace, debates.workspace), eq(articles.sha256, debates.article));
      const anybodys = await db
        .select({ key: articles.url })
        .from(debates)
        .innerJoin(articles, itsArticle)
        .where(and(eq(debates.workspace, workspace), inArray(articles.url, [...keys])));
      return new Set([...own, ...anybodys].flatMap((row) => row.key ?? []));
    }),
    lastConcluded: explaining(async (workspace, { adapter, channel }) => {
      const isOver = inArray(debates.status, ['concluded', 'stopped']);
      const isThere = and(eq(debates.workspace, workspace), eq(debates.adapter, adapter), eq(debates.channel, channel));
      const newest = db.select({ id: debates.id }).from(debates).where(and(isThere, isOver));
      const [row] = await newest.orderBy(desc(debates.startedAt)).limit(1);
      return row?.id ?? null;
    }),
  };
}
