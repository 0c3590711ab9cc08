/** What a workspace's debates came to, to be found again. */
import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, foreignKey, index, integer, primaryKey } from 'drizzle-orm/pg-core';
import { inItsLanguage, moment, schema, text, tsvector, unaccented } from './columns.ts';
import { debates } from './log.ts';

/** Stemmed as written and without its accents: whoever leaves them out finds it, too. */
function stemmed(language: AnyPgColumn, words: SQL): SQL {
  return inItsLanguage(
    language,
    (configuration) =>
      sql`(to_tsvector(${configuration}, ${words}) || to_tsvector(${configuration}, ${unaccented(words)}))`,
  );
}

/** One row a debate that has a synthesis, written with that turn; a later synthesis takes its place. */
export const conclusions = schema.table(
  'conclusions',
  {
    workspace: text().notNull(),
    debate: text().notNull(),
    turn: integer().notNull(),
    language: text().notNull(),
    title: text().notNull(),
    question: text().notNull(),
    answer: text().notNull(),
    /** What was agreed, a line each. */
    agreements: text().notNull(),
    concludedAt: moment('concluded_at').notNull().default(sql`clock_timestamp()`),
    heading: tsvector()
      .notNull()
      .generatedAlwaysAs(
        (): SQL => stemmed(conclusions.language, sql`(${conclusions.title} || ' ' || ${conclusions.question})`),
      ),
    body: tsvector()
      .notNull()
      .generatedAlwaysAs(
        (): SQL => stemmed(conclusions.language, sql`(${conclusions.answer} || ' ' || ${conclusions.agreements})`),
      ),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate] }),
    foreignKey({ columns: [t.workspace, t.debate], foreignColumns: [debates.workspace, debates.id] }),
    index().using('gin', t.heading, t.body),
  ],
);
