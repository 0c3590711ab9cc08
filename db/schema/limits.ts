/** What all processes together hold themselves to, by what it is about; as rate-limiter-flexible keeps it. */
import { integer } from 'drizzle-orm/pg-core';
import { moment, schema, text } from './columns.ts';

export const limits = schema.table('limits', {
  key: text().primaryKey(),
  points: integer().notNull(),
  expire: moment('expire'),
});
