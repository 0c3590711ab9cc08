import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Store } from '../src/ports/store.ts';
import { explaining } from './failures.ts';
import { articleOf, type Db, passageColumns } from './rows.ts';
import { inItsLanguage } from './schema/columns.ts';
import { articles, passages, workspaces } from './schema/log.ts';

type ArticleCalls = Pick<Store, 'saveArticle' | 'findArticle' | 'searchPassages'>;

/** A workspace exists from the first thing kept in it: goes `with` that statement. */
export function joined(db: Db, workspace: string) {
  const insert = db.insert(workspaces).values({ id: workspace }).onConflictDoNothing();
  return db.$with('joined').as(insert.returning({ id: workspaces.id }));
}

export function articleCalls(db: Db): ArticleCalls {
  return {
    saveArticle: explaining(saver(db)),
    findArticle: explaining(async (workspace, sha256) => {
      const row = await db.query.articles.findFirst({
        where: and(eq(articles.workspace, workspace), eq(articles.sha256, sha256)),
        with: { passages: { columns: { words: false }, orderBy: asc(passages.n) } },
      });
      return row ? { id: row.sha256, article: articleOf(row) } : null;
    }),
    searchPassages: explaining(searcher(db)),
  };
}

/** One statement for any number of passages: a parameter each would pass the protocol's limit in a book. */
function saver(db: Db): ArticleCalls['saveArticle'] {
  return async (workspace, { passages: rows, ...article }) => {
    const insert = db
      .insert(articles)
      .values({ workspace, ...article })
      .onConflictDoNothing();
    const kept = db.$with('kept').as(insert.returning({ sha256: articles.sha256 }));
    const { sha256, language } = article;
    await db
      .with(joined(db, workspace), kept)
      .insert(passages)
      .select(sql`
      select ${workspace}, ${sha256}, row.n, row.section, row.page, row.start, row.end, row.text, ${language}
      from kept, jsonb_to_recordset(${sql.param(rows, articles.sections)}::jsonb)
        row(n integer, section text, page integer, start integer, "end" integer, text text)`);
    return sha256;
  };
}

/** Passages with any of the words, those with more of them, nearer to each other, first. */
function searcher(db: Db): ArticleCalls['searchPassages'] {
  return (workspace, sha256, words, limit) => {
    // A hyphen would mean "without" or, inside a word, a phrase: both find less than the person meant.
    const plain = words.replaceAll('\0', ' ').replaceAll('-', ' ');
    const all = inItsLanguage(
      articles.language,
      (configuration) => sql`websearch_to_tsquery(${configuration}, ${plain})`,
    );
    const query = sql`(select replace((${all})::text, '&', '|')::tsquery from ${articles}
      where ${and(eq(articles.workspace, workspace), eq(articles.sha256, sha256))})`;
    return db
      .select(passageColumns)
      .from(passages)
      .where(and(eq(passages.workspace, workspace), eq(passages.article, sha256), sql`${passages.words} @@ ${query}`))
      .orderBy(desc(sql`ts_rank_cd(${passages.words}, ${query}, 1)`), passages.n)
      .limit(limit);
  };
}
