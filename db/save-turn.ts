import { and, eq, getTableColumns, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { NewTurn, Synthesis, Turn } from '../src/debate.ts';
import type { Delivery, Part } from '../src/ports/store.ts';
import { codeOf } from './failures.ts';
import { type Db, turnOf } from './rows.ts';
import { articles, debates, deliveries, drafts, turns, usage } from './schema/log.ts';
import { conclusions } from './schema/memory.ts';

const UNIQUE_VIOLATION = '23505';
const UNTOLD = { inputTokens: null, cachedTokens: null, outputTokens: null, cost: null };

/** A parameter of a prepared statement, written the way its column writes it. */
const given = (name: string, column: PgColumn): SQL => sql`${sql.param(sql.placeholder(name), column)}`;
const comma = sql.raw(', ');

const workspace = given('workspace', turns.workspace);
const debate = given('debate', turns.debate);
const key = given('key', turns.key);

/** The columns a `NewTurn` brings itself. */
const { workspace: _, debate: __, n: ___, at: ____, ...brought } = getTableColumns(turns);
const names = sql.join(
  Object.values(brought).map((column) => sql.identifier(column.name)),
  comma,
);
const values = sql.join(
  Object.entries(brought).map(([name, column]) => given(name, column)),
  comma,
);

/**
 * One statement, so that a turn costs one round trip and is there with all it brings or not at all. Counting up locks
 * the debate's row: turns saved at once take their numbers one after another, and a failure gives its number back.
 */
function prepareSave(db: Db, concludes: boolean) {
  const numbered = db.$with('numbered', { n: debates.turnCount }).as(sql`
    update ${debates} set turn_count = turn_count + 1
    where ${and(eq(debates.workspace, workspace), eq(debates.id, debate))} and not exists (
      select from ${turns} where ${and(eq(turns.workspace, workspace), eq(turns.debate, debate), eq(turns.key, key))})
    returning turn_count n`);
  const saved = db.$with('saved', getTableColumns(turns)).as(sql`
    insert into ${turns} (workspace, debate, n, ${names})
    select ${workspace}, ${debate}, n, ${values} from numbered returning *`);
  const owed = db.$with('owed', {}).as(sql`
    insert into ${deliveries} (workspace, debate, key, turn, part, destination, text, state)
    select ${workspace}, ${debate}, concat_ws(':', ${debate}::text, n, nth - 1), n, nth - 1, part ->> 'to',
      nullif(part ->> 'text', ${given('text', turns.text)}), ${given('state', deliveries.state)}
    from numbered, jsonb_array_elements(${given('parts', turns.data)}::jsonb) with ordinality parts(part, nth)`);
  const spent = db.$with('spent', {}).as(sql`
    insert into ${usage} (workspace, debate, key, model, input_tokens, cached_tokens, output_tokens, cost)
    select ${workspace}, ${debate}, ${key}, ${given('model', usage.model)}, ${given('inputTokens', usage.inputTokens)},
      ${given('cachedTokens', usage.cachedTokens)}, ${given('outputTokens', usage.outputTokens)},
      ${given('cost', usage.cost)}
    from numbered where ${sql.placeholder('spoken')}::boolean`);
  const settled = db.$with('settled', {}).as(sql`
    delete from ${drafts}
    where ${and(eq(drafts.workspace, workspace), eq(drafts.debate, debate), eq(drafts.key, key))}`);
  const remembered = db.$with('remembered', {}).as(sql`
    insert into ${conclusions} (workspace, debate, turn, language, title, question, answer, agreements)
    select ${workspace}, ${debate}, n, ${debates.language}, coalesce(${articles.title}, ''),
      coalesce(${asked}, ${debates.question}), ${given('answer', conclusions.answer)},
      ${given('agreements', conclusions.agreements)}
    from numbered, ${debates} left join ${articles}
      on ${and(eq(articles.workspace, debates.workspace), eq(articles.sha256, debates.article))}
    where ${and(eq(debates.workspace, workspace), eq(debates.id, debate))}
    on conflict (workspace, debate) do update set turn = excluded.turn, question = excluded.question,
      answer = excluded.answer, agreements = excluded.agreements, concluded_at = excluded.concluded_at`);
  if (!concludes) return db.with(numbered, saved, owed, spent, settled).select().from(saved).prepare('save_turn');
  return db.with(numbered, saved, owed, spent, settled, remembered).select().from(saved).prepare('save_conclusion');
}

/** The question of the debate's opening. */
const asked = sql`(select ${turns.data} #>> '{opening,question}' from ${turns}
  where ${and(eq(turns.workspace, workspace), eq(turns.debate, debate), eq(turns.kind, 'opening'))} limit 1)`;

function prepareFind(db: Db) {
  return db.query.turns
    .findFirst({
      where: and(eq(turns.workspace, workspace), eq(turns.debate, debate), eq(turns.key, key)),
      with: { usage: { columns: { inputTokens: true, cachedTokens: true, outputTokens: true } } },
    })
    .prepare('find_turn');
}

export type SaveTurn = (
  workspace: string,
  debate: string,
  turn: NewTurn,
  parts: readonly Part[],
  state: Delivery['state'],
) => Promise<Turn>;

/** `Store.saveTurn`; rejects when the workspace has no such debate. */
export function turnSaver(db: Db): SaveTurn {
  const save = prepareSave(db, false);
  const conclude = prepareSave(db, true);
  const find = prepareFind(db);
  return async (workspace, debate, turn, parts, state) => {
    const spoken = turn.usage !== null;
    const { synthesis } = turn.data;
    const given = { workspace, debate, parts, state, spoken, took: null, ...UNTOLD, ...turn.usage, ...turn };
    const kept = synthesis ? conclude.execute({ ...given, ...conclusionOf(synthesis) }) : save.execute(given);
    const [row] = await kept.catch((error: unknown) => {
      // Somebody saved the same key while this statement waited for the debate's row.
      if (codeOf(error) === UNIQUE_VIOLATION) return [];
      throw error;
    });
    if (row) return turnOf({ ...row, usage: turn.usage });
    const stored = await find.execute(given);
    if (stored) return turnOf(stored);
    throw new Error(`no debate ${debate} in workspace ${workspace}`);
  };
}

function conclusionOf({ answer, agreements }: Synthesis) {
  return { answer, agreements: agreements.map(({ text }) => text).join('\n') };
}
