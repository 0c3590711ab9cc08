/** Personas and panels a workspace made its own. */
import { asc, eq } from 'drizzle-orm';
import type { TeamStore } from '../src/ports/store.ts';
import { joined } from './articles.ts';
import { explaining } from './failures.ts';
import type { Db } from './rows.ts';
import { panels, personas } from './schema/people.ts';

export function teamCalls(db: Db): TeamStore {
  const keepPersona = async (row: typeof personas.$inferInsert) => {
    const { workspace, id, ...change } = row;
    const target = [personas.workspace, personas.id];
    const set = { ...change, changedAt: new Date() };
    const insert = db.with(joined(db, workspace)).insert(personas).values(row);
    await insert.onConflictDoUpdate({ target, set });
  };
  return {
    team: explaining(async (workspace) => {
      const people = await db
        .select()
        .from(personas)
        .where(eq(personas.workspace, workspace))
        .orderBy(asc(personas.id));
      const tables = await db.select().from(panels).where(eq(panels.workspace, workspace)).orderBy(asc(panels.id));
      return {
        personas: people.flatMap(({ definition }) => definition ?? []),
        panels: tables.map(({ definition }) => definition),
        disabled: people.flatMap(({ id, disabled }) => (disabled ? [id] : [])),
      };
    }),
    savePersona: explaining((workspace, persona, changedBy) =>
      keepPersona({ workspace, id: persona.id, definition: persona, disabled: false, changedBy }),
    ),
    savePanel: explaining(async (workspace, panel, changedBy) => {
      const row = { workspace, id: panel.id, definition: panel, changedBy };
      const target = [panels.workspace, panels.id];
      const set = { definition: panel, changedBy, changedAt: new Date() };
      await db.with(joined(db, workspace)).insert(panels).values(row).onConflictDoUpdate({ target, set });
    }),
    setDisabled: explaining((workspace, id, disabled, changedBy) =>
      keepPersona({ workspace, id, disabled, changedBy }),
    ),
  };
}
