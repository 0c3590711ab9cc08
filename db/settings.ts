/** What a workspace lets people do, and what it has spent. */
import { and, count, eq, gte, sql } from 'drizzle-orm';
import { OPEN_SETTINGS, type Store } from '../src/ports/store.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { debates, turns, usage, workspaces } from './schema/log.ts';

export function settingsCalls(db: Db): Pick<Store, 'settings' | 'saveSettings' | 'spentSince'> {
  const { inputTokens, outputTokens } = usage;
  const spent = sql`coalesce(sum(coalesce(${inputTokens}, 0) + coalesce(${outputTokens}, 0)), 0)`.mapWith(Number);
  const paid = sql`coalesce(sum(${usage.cost}), 0)`.mapWith(Number);
  const turnsSince = (workspace: string, since: Date) =>
    db
      .select({ tokens: spent, money: paid })
      .from(turns)
      .innerJoin(
        usage,
        and(eq(usage.workspace, turns.workspace), eq(usage.debate, turns.debate), eq(usage.key, turns.key)),
      )
      .where(and(eq(turns.workspace, workspace), gte(turns.at, since)));
  const debatesSince = (workspace: string, since: Date) =>
    db
      .select({ person: debates.startedBy, begun: count() })
      .from(debates)
      .where(and(eq(debates.workspace, workspace), gte(debates.startedAt, since)))
      .groupBy(debates.startedBy);
  return {
    settings: explaining(async (workspace) => {
      const { settings } = workspaces;
      const [row] = await db.select({ settings }).from(workspaces).where(eq(workspaces.id, workspace));
      const { roles, limits, zone } = row?.settings ?? {};
      return {
        roles: { ...OPEN_SETTINGS.roles, ...roles },
        limits: { ...OPEN_SETTINGS.limits, ...limits },
        zone: zone ?? OPEN_SETTINGS.zone,
      };
    }),
    saveSettings: explaining(async (id, settings) => {
      await db
        .insert(workspaces)
        .values({ id, settings })
        .onConflictDoUpdate({ target: workspaces.id, set: { settings } });
    }),
    spentSince: explaining(async (workspace, since) => {
      const begun = await debatesSince(workspace, since);
      const [turns] = await turnsSince(workspace, since);
      return {
        debates: begun.reduce((sum, row) => sum + row.begun, 0),
        byPerson: Object.fromEntries(begun.map((row) => [row.person, row.begun])),
        tokens: turns?.tokens ?? 0,
        money: turns?.money ?? 0,
      };
    }),
  };
}
