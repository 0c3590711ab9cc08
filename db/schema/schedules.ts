/** Debates held again and again, and what came of each run. */
import { foreignKey, index, integer, primaryKey } from 'drizzle-orm/pg-core';
import type { Localised } from '../../src/debate.ts';
import type { Run, Schedule } from '../../src/schedules/schedule.ts';
import { json, moment, schema, text } from './columns.ts';
import { workspaces } from './log.ts';

export const schedules = schema.table(
  'schedules',
  {
    workspace: text()
      .notNull()
      .references(() => workspaces.id),
    id: text().notNull(),
    adapter: text().notNull(),
    channel: text().notNull(),
    thread: text(),
    source: json().$type<Schedule['source']>().notNull(),
    rhythm: json().$type<Schedule['rhythm']>().notNull(),
    zone: text().notNull(),
    panel: text(),
    format: text(),
    language: text(),
    tokens: integer(),
    whenQuiet: text('when_quiet').$type<Schedule['whenQuiet']>().notNull(),
    ahead: integer().notNull(),
    missed: text().$type<Schedule['missed']>().notNull(),
    words: text().notNull(),
    createdBy: json('created_by').$type<Schedule['createdBy']>().notNull(),
    createdAt: moment('created_at').notNull().defaultNow(),
    state: text().$type<Schedule['state']>().notNull().default('proposed'),
    reason: json().$type<Localised>(),
    activeSince: moment('active_since'),
    next: moment('next'),
    announced: moment('announced'),
    begun: moment('begun'),
    topic: json().$type<NonNullable<Schedule['topic']>>(),
  },
  (t) => [primaryKey({ columns: [t.workspace, t.id] }), index().on(t.state, t.next)],
);

export const scheduleRuns = schema.table(
  'schedule_runs',
  {
    workspace: text().notNull(),
    schedule: text().notNull(),
    slot: moment('slot').notNull(),
    outcome: text().$type<Run['outcome']>().notNull(),
    topic: json().$type<NonNullable<Run['topic']>>(),
    debate: text(),
    why: json().$type<Localised>(),
    at: moment('at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.workspace, t.schedule, t.slot] }),
    foreignKey({ columns: [t.workspace, t.schedule], foreignColumns: [schedules.workspace, schedules.id] }).onDelete(
      'cascade',
    ),
  ],
);
