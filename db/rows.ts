import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Article, Debate, Passage, Turn, Usage } from '../src/debate.ts';
import * as schema from './schema/log.ts';

/** Drizzle over either driver. */
export type Db = PgDatabase<PgQueryResultHKT, typeof schema>;

type Row<Table extends { $inferSelect: object }> = Table['$inferSelect'];
type PassageRow = Omit<Row<typeof schema.passages>, 'words'>;
type UsageRow = Omit<Usage, 'cost'> & { readonly cost?: number | null };

const { n, section, page, start, end, text } = schema.passages;
/** What of a row is the passage itself. */
export const passageColumns = { n, section, page, start, end, text };

/** What of a row is the usage itself. */
export const usageColumns = { inputTokens: true, cachedTokens: true, outputTokens: true, cost: true } as const;

export function debateOf(row: Row<typeof schema.debates>): Debate {
  const { article: _, turnCount: __, origin: ___, adapter, channel, thread, votes, earlier, gate, ...debate } = row;
  return {
    ...debate,
    thread: { adapter, channel, thread },
    ...(votes && { votes }),
    ...(earlier && { earlier }),
    ...(gate && { gate }),
  };
}

export function turnOf(row: Row<typeof schema.turns> & { usage: UsageRow | null }): Turn {
  const { workspace: _, debate: __, took, usage, ...turn } = row;
  return { ...turn, usage: usage && usageOf(usage), ...(took !== null && { took }) };
}

function usageOf({ cost, ...counts }: UsageRow): Usage {
  return cost == null ? counts : { ...counts, cost };
}

function passageOf(row: PassageRow): Passage {
  const { workspace: _, article: __, language: ___, ...passage } = row;
  return passage;
}

export function articleOf(row: Row<typeof schema.articles> & { passages: readonly PassageRow[] }): Article {
  const { workspace: _, savedAt: __, passages, ...article } = row;
  return { ...article, passages: passages.map(passageOf) };
}
