import { and, asc, desc, eq, gt, inArray, ne, or, type Placeholder, sql } from 'drizzle-orm';
import type { DebateChange, Seen, Store } from '../src/ports/store.ts';
import { articleCalls, joined } from './articles.ts';
import type { Database } from './database.ts';
import { explaining } from './failures.ts';
import { createInbox } from './inbox.ts';
import { createInstallations } from './installations.ts';
import { memoryCalls } from './memory.ts';
import { ratingCalls } from './ratings.ts';
import { articleOf, type Db, debateOf, turnOf, usageColumns } from './rows.ts';
import { turnSaver } from './save-turn.ts';
import { createSchedules } from './schedules.ts';
import { deeds } from './schema/inbox.ts';
import { articles, debates, deliveries, drafts, passages, turns } from './schema/log.ts';
import { settingsCalls } from './settings.ts';
import { teamCalls } from './team.ts';
import { voteCalls } from './votes.ts';

/** Puts a debate into a queue, in the transaction it is given; `opened`: it has its thread. */
export type Wake = (tx: Db, workspace: string, id: string, held: { adapter: string; opened: boolean }) => Promise<void>;

const nobody: Wake = async () => undefined;

/** The log over an open, migrated database; `close` ends its connections. */
export function createStore(
  { db, at, secretKeys }: Database,
  { close, wake = nobody }: { readonly close: () => Promise<void>; readonly wake?: Wake },
): Store {
  const exclusive = 'lite' in at;
  return {
    ...articleCalls(db),
    ...debateCalls(db),
    ...wakingCalls(db, wake),
    settle: explaining((...given) => settle(db, ...given)),
    ...logCalls(db),
    ...deliveryCalls(db),
    ...draftCalls(db),
    ...settingsCalls(db),
    ...ratingCalls(db),
    inbox: createInbox(db, exclusive),
    installations: createInstallations(db, secretKeys),
    schedules: createSchedules(db),
    ...memoryCalls(db),
    ...teamCalls(db),
    ...voteCalls(db),
    close,
  };
}

type Given = string | Placeholder;
const isDebate = (workspace: Given, id: Given) => and(eq(debates.workspace, workspace), eq(debates.id, id));

/** What makes a debate want stepping: it and its place in the queue are written together. */
function wakingCalls(db: Db, wake: Wake): Pick<Store, 'createDebate' | 'change'> {
  // Where there is nothing to be put anywhere, one statement is a transaction of its own.
  const atOnce = <T>(work: (tx: Db) => Promise<T>): Promise<T> => (wake === nobody ? work(db) : db.transaction(work));
  return {
    createDebate: explaining((workspace, { articleId, thread, ...debate }) =>
      atOnce(async (tx) => {
        const row = { ...debate, ...thread, workspace, article: articleId };
        const target = [debates.workspace, debates.origin];
        // Written over with what it says already, so that the one that was there comes back.
        const same = { origin: debate.origin };
        const insert = tx.with(joined(tx, workspace)).insert(debates).values(row);
        const [created] = await insert.onConflictDoUpdate({ target, set: same }).returning();
        const { id, adapter } = found(created, workspace, debate.id);
        if (id === debate.id) await wake(tx, workspace, id, { adapter, opened: thread.thread !== '' });
        return debateOf(found(created, workspace, debate.id));
      }),
    ),
    change: explaining((workspace, id, { thread, ...change }, event) =>
      atOnce(async (tx) => {
        if (event !== undefined && !(await isFirst(tx, workspace, event))) return;
        const columns = { ...change, ...thread, workspace };
        const [changed] = await tx
          .update(debates)
          .set(columns)
          .where(isDebate(workspace, id))
          .returning({ adapter: debates.adapter, status: debates.status });
        const { adapter, status } = found(changed, workspace, id);
        if (status === 'running' && (change.status || thread)) await wake(tx, workspace, id, { adapter, opened: true });
      }),
    ),
  };
}

/** Whether the event has changed nothing yet; in the transaction of what it changes. */
async function isFirst(tx: Db, workspace: string, event: string): Promise<boolean> {
  const insert = tx.insert(deeds).values({ workspace, event }).onConflictDoNothing();
  return (await insert.returning()).length > 0;
}

/** Resolves with whether it was still as it was seen, and so was changed. */
export async function settle(
  db: Db,
  workspace: string,
  id: string,
  seen: Seen,
  change: DebateChange,
): Promise<boolean> {
  const { thread, ...columns } = change;
  const { status, ending, limits } = seen.debate;
  const rows = await db
    .update(debates)
    .set({ ...columns, ...thread, workspace })
    .where(
      and(
        isDebate(workspace, id),
        eq(debates.turnCount, seen.turns.length),
        eq(debates.status, status),
        eq(debates.limits, limits),
        sql`${debates.ending} is not distinct from ${ending}`,
      ),
    )
    .returning({ id: debates.id });
  return rows.length > 0;
}

function debateCalls(db: Db): Pick<Store, 'findByOrigin' | 'list' | 'breakOff' | 'findByThread' | 'findInChannel'> {
  return {
    breakOff: explaining(async (workspace, adapter, failure) => {
      const isIts = and(eq(debates.workspace, workspace), eq(debates.adapter, adapter), eq(debates.status, 'running'));
      await db.update(debates).set({ status: 'failed', failure }).where(isIts);
    }),
    findByOrigin: explaining(async (workspace, origin) => {
      const isIt = and(eq(debates.workspace, workspace), eq(debates.origin, origin));
      const [row] = await db.select().from(debates).where(isIt);
      return row ? debateOf(row) : null;
    }),
    list: explaining((workspace, limit) =>
      db
        .select({
          id: debates.id,
          title: sql<string>`coalesce(${articles.title}, ${debates.question})`,
          question: debates.question,
          status: debates.status,
          language: debates.language,
          format: debates.format,
          turns: debates.turnCount,
          startedAt: debates.startedAt,
          endedAt: debates.endedAt,
        })
        .from(debates)
        .leftJoin(articles, and(eq(articles.workspace, debates.workspace), eq(articles.sha256, debates.article)))
        .where(eq(debates.workspace, workspace))
        .orderBy(desc(debates.startedAt), desc(debates.id))
        .limit(limit),
    ),
    findByThread: explaining(async (workspace, { adapter, channel, thread }) => {
      const isThere = and(
        eq(debates.workspace, workspace),
        eq(debates.adapter, adapter),
        eq(debates.channel, channel),
        eq(debates.thread, thread),
      );
      const newest = db.select({ id: debates.id }).from(debates).where(isThere).orderBy(desc(debates.startedAt));
      const [row] = await newest.limit(1);
      return row?.id ?? null;
    }),
    findInChannel: explaining(async (workspace, { adapter, channel }) => {
      const isThere = and(eq(debates.workspace, workspace), eq(debates.adapter, adapter), eq(debates.channel, channel));
      const isOpen = sql`${debates.status} in ('running', 'paused')`;
      const [row] = await db
        .select({ id: debates.id })
        .from(debates)
        .where(isThere)
        .orderBy(desc(isOpen), desc(debates.startedAt))
        .limit(1);
      return row?.id ?? null;
    }),
  };
}

function logCalls(db: Db): Pick<Store, 'load' | 'refresh' | 'saveTurn' | 'amendTurn'> {
  const whole = { with: { usage: { columns: usageColumns } }, orderBy: asc(turns.n) } as const;
  const words = { with: { passages: { columns: { words: false }, orderBy: asc(passages.n) } } } as const;
  const named = isDebate(sql.placeholder('workspace'), sql.placeholder('id'));
  const refresh = db.query.debates
    .findFirst({
      where: named,
      with: { turns: { ...whole, where: or(gt(turns.n, sql.placeholder('after')), sql`${turns.data} ? 'amended'`) } },
    })
    .prepare('refresh');
  return {
    load: explaining(async (workspace, id) => {
      const row = await db.query.debates.findFirst({
        where: isDebate(workspace, id),
        with: { turns: whole, about: words },
      });
      if (!row) return null;
      const { turns: rows, about, ...debate } = row;
      return { debate: debateOf(debate), article: about && articleOf(about), turns: rows.map(turnOf) };
    }),
    refresh: explaining(async (workspace, id, after) => {
      const row = await refresh.execute({ workspace, id, after });
      if (!row) return null;
      const { turns: rows, ...debate } = row;
      return { debate: debateOf(debate), turns: rows.map(turnOf) };
    }),
    saveTurn: explaining(turnSaver(db)),
    amendTurn: explaining(async (workspace, id, key, amended, text) => {
      const isIt = and(eq(turns.workspace, workspace), eq(turns.debate, id), eq(turns.key, key));
      const data = sql`${turns.data} || ${JSON.stringify({ amended })}::jsonb`;
      const saidByPeople = and(isIt, inArray(turns.kind, ['human', 'question']));
      return (await db.update(turns).set({ text, data }).where(saidByPeople).returning({ n: turns.n })).length > 0;
    }),
  };
}

function deliveryCalls(db: Db): Pick<Store, 'owed' | 'posting' | 'posted'> {
  const { key, turn, part, to, state, messageId } = deliveries;
  const text = sql<string>`coalesce(${deliveries.text}, ${turns.text})`;
  const isOf = (workspace: Given, id: Given) => and(eq(deliveries.workspace, workspace), eq(deliveries.debate, id));
  const isItsTurn = and(
    eq(turns.workspace, deliveries.workspace),
    eq(turns.debate, deliveries.debate),
    eq(turns.n, turn),
  );
  const posted = db
    .update(deliveries)
    .set({ state: 'posted', messageId: sql`${sql.placeholder('messageId')}` })
    .where(and(isOf(sql.placeholder('workspace'), sql.placeholder('id')), eq(key, sql.placeholder('key'))))
    .returning({ key })
    .prepare('posted');
  return {
    owed: explaining((workspace, id) =>
      db
        .select({ key, turn, part, to, text, state, messageId })
        .from(deliveries)
        .innerJoin(turns, isItsTurn)
        .where(and(isOf(workspace, id), ne(state, 'posted')))
        .orderBy(turn, part),
    ),
    posting: explaining(async (workspace, id, delivery) => {
      // What is posted stays posted, whoever comes late.
      const begun = sql`case ${state} when 'posted' then 'posted' else 'posting' end`;
      const isIt = and(isOf(workspace, id), eq(key, delivery));
      const [row] = await db.update(deliveries).set({ state: begun }).where(isIt).returning({ key });
      found(row, workspace, delivery);
    }),
    posted: explaining(async (workspace, id, delivery, messageId) => {
      const [row] = await posted.execute({ workspace, id, key: delivery, messageId });
      found(row, workspace, delivery);
    }),
  };
}

function draftCalls(db: Db): Pick<Store, 'saveDraft' | 'findDraft'> {
  const { text, usage, model, settled } = drafts;
  return {
    saveDraft: explaining(async (workspace, debate, key, draft) => {
      const target = [drafts.workspace, drafts.debate, drafts.key];
      await db
        .insert(drafts)
        .values({ workspace, debate, key, ...draft })
        .onConflictDoUpdate({ target, set: { ...draft, settled: draft.settled ?? false } });
    }),
    findDraft: explaining(async (workspace, debate, key) => {
      const isIt = and(eq(drafts.workspace, workspace), eq(drafts.debate, debate), eq(drafts.key, key));
      const [draft] = await db.select({ text, usage, model, settled }).from(drafts).where(isIt);
      if (!draft) return null;
      const { settled: done, ...said } = draft;
      return done ? { ...said, settled: true } : said;
    }),
  };
}

/** A change of nothing is a mistake of the program, not something to pass over. */
function found<Row>(row: Row | undefined, workspace: string, id: string): Row {
  if (!row) throw new Error(`workspace ${workspace} has no ${id}`);
  return row;
}
