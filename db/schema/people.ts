/** What people add beside the log: votes, and the personas and panels of their workspace. */
import { boolean, foreignKey, integer, primaryKey } from 'drizzle-orm/pg-core';
import type { PanelPlan, Persona } from '../../src/debate.ts';
import type { Vote } from '../../src/ports/store.ts';
import { json, moment, schema, text } from './columns.ts';
import { debates, workspaces } from './log.ts';

/** One a person and phase, the latest; `debates.votes` has the totals, which is all that is ever shown. */
export const votes = schema.table(
  'votes',
  {
    workspace: text().notNull(),
    debate: text().notNull(),
    phase: text().$type<Vote['phase']>().notNull(),
    voter: text().notNull(),
    stance: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.debate, t.phase, t.voter] }),
    foreignKey({ columns: [t.workspace, t.debate], foreignColumns: [debates.workspace, debates.id] }),
  ],
);

const changed = () => ({
  changedBy: text('changed_by').notNull(),
  changedAt: moment('changed_at').notNull().defaultNow(),
});

export const personas = schema.table(
  'personas',
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    id: text().notNull(),
    /** null: one that ships, as it ships. */
    definition: json().$type<Persona>(),
    disabled: boolean().notNull().default(false),
    ...changed(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.id] })],
);

export const panels = schema.table(
  'panels',
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    id: text().notNull(),
    definition: json().$type<PanelPlan>().notNull(),
    ...changed(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.id] })],
);
