/** Types of columns, the same on PGlite and Postgres, and the schema every table of ours stands in. */
import { type SQL, sql } from 'drizzle-orm';
import { type AnyPgColumn, customType, pgSchema, timestamp } from 'drizzle-orm/pg-core';

/** Postgres holds neither NUL nor half a surrogate pair; U+FFFD is as long, so offsets stay true. */
function storable<T extends string | null>(text: T): string | T {
  return text === null ? text : text.toWellFormed().replaceAll('\0', '\uFFFD');
}

export const text = customType<{ data: string }>({ dataType: () => 'text', toDriver: (value) => storable(value) });

export const json = customType<{ data: unknown }>({
  dataType: () => 'jsonb',
  toDriver: (value) => JSON.stringify(value, (_, each) => (typeof each === 'string' ? storable(each) : each)),
});

export const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

/** Dates of JavaScript know no microseconds. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 });

/** How Postgres stems a language; every other one is searched word by word. */
const stemmers = { es: 'spanish', en: 'english' };

/** `build` with the configuration of the row's language: spelt out, as a generated column allows constants only. */
export function inItsLanguage(language: AnyPgColumn, build: (configuration: SQL) => SQL): SQL {
  const cases = Object.entries(stemmers).map(
    ([code, name]) => sql` when ${sql.raw(`'${code}'`)} then ${build(sql.raw(`'${name}'::regconfig`))}`,
  );
  return sql`case ${language}${sql.join(cases)} else ${build(sql.raw(`'simple'::regconfig`))} end`;
}

const ACCENTED = 'ÁÀÂÄÃÅáàâäãåÉÈÊËéèêëÍÌÎÏíìîïÓÒÔÖÕóòôöõÚÙÛÜúùûüÑñÇç';
const PLAIN = ACCENTED.normalize('NFD').replace(/\p{M}/gu, '');

/** Postgres' own `unaccent` is an extension, and not one a generated column may use. */
export function unaccented(words: SQL): SQL {
  return sql`translate(normalize(${words}), ${sql.raw(`'${ACCENTED}'`)}, ${sql.raw(`'${PLAIN}'`)})`;
}

/** The configuration `inItsLanguage` picks. */
export function configurationOf(language: SQL): SQL {
  const cases = Object.entries(stemmers).map(([code, name]) => sql.raw(` when '${code}' then '${name}'::regconfig`));
  return sql`case ${language}${sql.join(cases)} else 'simple'::regconfig end`;
}

/** Its own, beside whatever else lives in somebody's Postgres. */
export const schema = pgSchema('tertulia');
