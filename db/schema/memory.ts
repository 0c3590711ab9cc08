/** What a workspace's debates came to, to be found again. */
import { type SQL, sql } from 'drizzle-orm';
import { foreignKey, integer, primaryKey } from 'drizzle-orm/pg-core';
import { inItsLanguage, moment, schema, text, tsvector, unaccented } from './columns.ts';
import { debates } from './log.ts';

/** Stemmed as written and without its accents: whoever leaves them out finds it, too. */
function stemmed(configuration: SQL, words: SQL, weight: 'A' | 'B'): SQL {
  const both = sql`to_tsvector(${configuration}, ${words}) || to_tsvector(${configuration}, ${unaccented(words)})`;
  return sql`setweight(${both}, ${sql.raw(`'${weight}'`)})`;
}

/**
 * One row a debate that has a synthesis, written with that turn; a later synthesis takes its place. A search
 * weighs every debate of its workspace (5,000: 30 to 300 ms), which the key finds; the planner never chose an index.
 */
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
    /** Title and question weigh A, answer and agreements B. */
    words: tsvector()
      .notNull()
      .generatedAlwaysAs((): SQL => {
        const heading = sql`(${conclusions.title} || ' ' || ${conclusions.question})`;
        const body = sql`(${conclusions.answer} || ' ' || ${conclusions.agreements})`;
        return inItsLanguage(
          conclusions.language,
          (configuration) => sql`(${stemmed(configuration, heading, 'A')} || ${stemmed(configuration, body, 'B')})`,
        );
      }),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate] }),
    foreignKey({ columns: [t.workspace, t.debate], foreignColumns: [debates.workspace, debates.id] }),
  ],
);
