/** The log's tables, the same on PGlite and Postgres. A row belongs to a workspace, and its key starts with it. */
import { relations, type SQL, sql } from 'drizzle-orm';
import { boolean, doublePrecision, foreignKey, index, integer, primaryKey, unique } from 'drizzle-orm/pg-core';
import type { Article, Debate, Limits, Panel, Quote, Turn, TurnData, Usage, Votes } from '../../src/debate.ts';
import type { Delivery, WorkspaceSettings } from '../../src/ports/store.ts';
import { inItsLanguage, json, moment, schema, text, tsvector } from './columns.ts';

type SavedSettings = {
  readonly [Part in 'roles' | 'limits']?: Partial<WorkspaceSettings[Part]>;
} & Partial<Pick<WorkspaceSettings, 'zone'>>;

export const workspaces = schema.table('workspaces', {
  id: text().primaryKey(),
  createdAt: moment('created_at').notNull().defaultNow(),
  /** null: nothing was settled. One written by an older version may lack what has been added since. */
  settings: json().$type<SavedSettings>(),
});

export const articles = schema.table(
  'articles',
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    sha256: text().notNull(),
    title: text().notNull(),
    source: text().notNull(),
    url: text(),
    language: text().notNull(),
    sections: json().$type<Article['sections']>().notNull(),
    text: text().notNull(),
    warnings: json().$type<Article['warnings']>().notNull(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.sha256] })],
);

/**
 * A search stays within one article, a few hundred rows that the key finds together: the planner never chooses an
 * index of the words, so there is none.
 */
export const passages = schema.table(
  'passages',
  {
    workspace: text().notNull(),
    article: text().notNull(),
    n: integer().notNull(),
    section: text().notNull(),
    page: integer(),
    start: integer().notNull(),
    end: integer().notNull(),
    text: text().notNull(),
    /** The article's, here because a generated column sees its own row only. */
    language: text().notNull(),
    words: tsvector()
      .notNull()
      .generatedAlwaysAs(
        (): SQL =>
          inItsLanguage(
            passages.language,
            (configuration) => sql`to_tsvector(${configuration}, ${passages.section} || ' ' || ${passages.text})`,
          ),
      ),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.article, t.n] }),
    foreignKey({ columns: [t.workspace, t.article], foreignColumns: [articles.workspace, articles.sha256] }),
  ],
);

export const debates = schema.table(
  'debates',
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    id: text().notNull(),
    status: text().$type<Debate['status']>().notNull().default('running'),
    article: text(),
    question: text().notNull(),
    language: text().notNull(),
    format: text().notNull(),
    panel: json().$type<Panel>().notNull(),
    voice: text().$type<Debate['voice']>().notNull(),
    limits: json().$type<Limits>().notNull(),
    ending: text().$type<NonNullable<Debate['ending']>>(),
    adapter: text().notNull(),
    channel: text().notNull(),
    thread: text().notNull(),
    startedBy: text('started_by').notNull(),
    /** The event that asked for it; null, too, for debates older than this column. */
    origin: text(),
    startedAt: moment('started_at').notNull().default(sql`clock_timestamp()`),
    endedAt: moment('ended_at'),
    failure: text(),
    /** null: nobody has voted. */
    votes: json().$type<Votes>(),
    earlier: json().$type<NonNullable<Debate['earlier']>>(),
    gate: boolean().notNull().default(false),
    /** How many it has: the last turn's number. Its row lock is what keeps the numbers gapless. */
    turnCount: integer('turn_count').notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.id] }),
    foreignKey({ columns: [t.workspace, t.article], foreignColumns: [articles.workspace, articles.sha256] }),
    index().on(t.workspace, t.startedAt),
    index().on(t.workspace, t.adapter, t.channel, t.thread),
    unique().on(t.workspace, t.origin),
  ],
);

export const turns = schema.table(
  'turns',
  {
    workspace: text().notNull(),
    debate: text().notNull(),
    n: integer().notNull(),
    key: text().notNull(),
    kind: text().$type<Turn['kind']>().notNull(),
    public: boolean().notNull(),
    speaker: text().notNull(),
    round: integer().notNull(),
    text: text().notNull(),
    repliesTo: json('replies_to').$type<readonly number[]>().notNull(),
    answers: json().$type<readonly number[]>().notNull(),
    quotes: json().$type<readonly Quote[]>().notNull(),
    data: json().$type<TurnData>().notNull(),
    model: text(),
    /** ms; null, too, for turns older than this column. */
    took: integer(),
    at: moment('at').notNull().default(sql`clock_timestamp()`),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate, t.n] }),
    unique().on(t.workspace, t.debate, t.key),
    /** What a workspace spent of late. */
    index().on(t.workspace, t.at),
    foreignKey({ columns: [t.workspace, t.debate], foreignColumns: [debates.workspace, debates.id] }),
  ],
);

export const deliveries = schema.table(
  'deliveries',
  {
    workspace: text().notNull(),
    debate: text().notNull(),
    key: text().notNull(),
    turn: integer().notNull(),
    part: integer().notNull(),
    to: text('destination').$type<Delivery['to']>().notNull().default('thread'),
    /** null: the turn's, whole, as it mostly is. */
    text: text(),
    state: text().$type<Delivery['state']>().notNull(),
    messageId: text('message_id'),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate, t.key] }),
    foreignKey({ columns: [t.workspace, t.debate, t.turn], foreignColumns: [turns.workspace, turns.debate, turns.n] }),
  ],
);

/** What a turn's model calls cost; no row: no model spoke; null: the provider did not say. */
export const usage = schema.table(
  'usage',
  {
    workspace: text().notNull(),
    debate: text().notNull(),
    key: text().notNull(),
    model: text(),
    inputTokens: integer('input_tokens'),
    cachedTokens: integer('cached_tokens'),
    outputTokens: integer('output_tokens'),
    /** US dollars. */
    cost: doublePrecision(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate, t.key] }),
    foreignKey({ columns: [t.workspace, t.debate, t.key], foreignColumns: [turns.workspace, turns.debate, turns.key] }),
  ],
);

/** Finished model calls whose turn is not saved yet. */
export const drafts = schema.table(
  'drafts',
  {
    workspace: text().notNull(),
    debate: text().notNull(),
    key: text().notNull(),
    text: text().notNull(),
    usage: json().$type<Usage>(),
    model: text(),
    settled: boolean().notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate, t.key] }),
    foreignKey({ columns: [t.workspace, t.debate], foreignColumns: [debates.workspace, debates.id] }),
  ],
);

export const articleRelations = relations(articles, ({ many }) => ({ passages: many(passages) }));

export const passageRelations = relations(passages, ({ one }) => ({
  of: one(articles, {
    fields: [passages.workspace, passages.article],
    references: [articles.workspace, articles.sha256],
  }),
}));

export const debateRelations = relations(debates, ({ one, many }) => ({
  about: one(articles, {
    fields: [debates.workspace, debates.article],
    references: [articles.workspace, articles.sha256],
  }),
  turns: many(turns),
}));

export const turnRelations = relations(turns, ({ one }) => ({
  of: one(debates, { fields: [turns.workspace, turns.debate], references: [debates.workspace, debates.id] }),
  usage: one(usage, {
    fields: [turns.workspace, turns.debate, turns.key],
    references: [usage.workspace, usage.debate, usage.key],
  }),
}));
