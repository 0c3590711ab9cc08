/** What people thought of a debate's outcome. */
import { boolean, foreignKey, primaryKey } from 'drizzle-orm/pg-core';
import { moment, schema, text } from './columns.ts';
import { debates } from './log.ts';

export const ratings = schema.table(
  'ratings',
  {
    workspace: text().notNull(),
    debate: text().notNull(),
    person: text().notNull(),
    helpful: boolean().notNull(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate, t.person] }),
    foreignKey({ columns: [t.workspace, t.debate], foreignColumns: [debates.workspace, debates.id] }),
  ],
);
