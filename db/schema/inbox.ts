/** What platforms told us and is not seen to yet, and where they let the bot in. */
import { index, integer, primaryKey } from 'drizzle-orm/pg-core';
import { json, moment, schema, text } from './columns.ts';

export const inbox = schema.table(
  'inbox',
  {
    adapter: text().notNull(),
    id: text().notNull(),
    /** null: the platform did not say. */
    workspace: text(),
    /** null once it is done: what people said is not kept longer than it is needed. */
    payload: json().$type<unknown>(),
    keptAt: moment('kept_at').notNull(),
    /** Since when whoever has it sees to it. */
    takenAt: moment('taken_at').notNull(),
    /** How often somebody began to. */
    attempts: integer().notNull().default(1),
    /** null: not yet. */
    doneAt: moment('done_at'),
  },
  (t) => [primaryKey({ columns: [t.adapter, t.id] }), index().on(t.doneAt, t.takenAt)],
);

/** Events that changed a debate in a way that must not happen twice. */
export const deeds = schema.table('deeds', { workspace: text().notNull(), event: text().notNull() }, (t) => [
  primaryKey({ columns: [t.workspace, t.event] }),
]);

export const installations = schema.table(
  'installations',
  {
    adapter: text().notNull(),
    id: text().notNull(),
    parent: text(),
    /** Which key it was sealed with. */
    key: text().notNull(),
    sealed: text().notNull(),
    savedAt: moment('saved_at').notNull().defaultNow(),
  },
  (t) => [primaryKey({ columns: [t.adapter, t.id] }), index().on(t.adapter, t.parent)],
);
