/** Finding what earlier debates came to. */
import { and, eq, sql } from 'drizzle-orm';
import type { Store } from '../src/ports/store.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { configurationOf, unaccented } from './schema/columns.ts';
import { debates } from './schema/log.ts';
import { conclusions } from './schema/memory.ts';

/** What is found in answer and agreements counts so much, beside one in title and question. */
const IN_BODY = 0.6;
/** As if so many more debates were there: in a workspace of three, a word that two have in common still tells. */
const PRIOR = 5;
/** A longer query says nothing more, and costs. */
const MOST_WORDS = 40;

/**
 * How much of what the words say is found in a conclusion, from 0 to 1: each word weighs the more the rarer it is in
 * the workspace, and one that is found nowhere weighs most. Stop words of the language given do not count.
 */
export function memoryCalls(db: Db): Pick<Store, 'searchConclusions'> {
  return {
    searchConclusions: explaining(async (workspace, words, language, limit) => {
      const wanted = wordsOf(words);
      if (wanted.length === 0) return [];
      const { id, adapter, channel, thread, article, voice } = debates;
      const { debate, title, question, answer, concludedAt } = conclusions;
      const isIt = and(eq(debates.workspace, conclusions.workspace), eq(debates.id, debate));
      const found = db
        .$with('found', {
          debate: conclusions.debate,
          score: sql<number>`score`.as('score'),
          matched: sql<number>`matched`.as('matched'),
        })
        .as(scored(workspace, wanted, language));
      const rows = await db
        .with(found)
        .select({
          id,
          title,
          question,
          answer,
          language: conclusions.language,
          concludedAt,
          adapter,
          channel,
          thread,
          article,
          voice,
          score: found.score,
          matched: found.matched,
        })
        .from(found)
        .innerJoin(conclusions, and(eq(conclusions.workspace, workspace), eq(debate, found.debate)))
        .innerJoin(debates, isIt)
        .orderBy(sql`score desc`, sql`${concludedAt} desc`, id)
        .limit(limit);
      return rows.map(({ adapter, channel, thread, score, ...row }) => ({
        ...row,
        score: Number(score),
        thread: { adapter, channel, thread },
      }));
    }),
  };
}

function wordsOf(words: string): readonly string[] {
  const plain = words.toWellFormed().normalize('NFC').toLowerCase();
  return [...new Set(plain.match(/[\p{L}\p{N}]+/gu) ?? [])].slice(0, MOST_WORDS);
}

/**
 * Rows (debate, score) of the conclusions that have any of the words. In Spanish `-ión` and `-iones` have one stem,
 * `-ion` has another: whoever leaves that accent out means the same.
 */
function scored(workspace: string, words: readonly string[], language: string) {
  const list = sql.join(
    words.map((word) => sql`${word}::text`),
    sql`, `,
  );
  return sql`
    with known as (
      select word, configuration,
        plainto_tsquery(configuration, word) || plainto_tsquery(configuration, ${unaccented(sql`word`)})
          || plainto_tsquery(configuration, regexp_replace(word, 'ion$', 'ión')) query
      from unnest(array[${list}]) word,
        (values ('spanish'::regconfig), ('english'::regconfig), ('simple'::regconfig)) of(configuration)
    ), asked as materialized (
      select *, regexp_replace(query::text, '''(?= |$)', ''':A', 'g')::tsquery in_heading
      from known where numnode(query) > 0
    ), hits as (
      select ${conclusions.debate} debate, word,
        case when ${conclusions.words} @@ in_heading then 1.0::float8 else ${IN_BODY}::float8 end strength
      from asked join ${conclusions} on ${conclusions.words} @@ query
      where ${eq(conclusions.workspace, workspace)}
        and configuration = ${configurationOf(sql`${conclusions.language}`)}
    ), weights as (
      select asked.word, ln(1 + (
        (select count(*) from ${conclusions} where ${eq(conclusions.workspace, workspace)}) + ${PRIOR}::float8
      ) / (count(hits.debate) + ${PRIOR}::float8)) weight
      from asked left join hits on hits.word = asked.word
      where configuration = ${configurationOf(sql`${language}::text`)}
      group by asked.word
    )
    select debate, sum(strength * weight) / (select sum(weight) from weights) score, count(*)::int matched
    from hits join weights using (word) group by debate`;
}
