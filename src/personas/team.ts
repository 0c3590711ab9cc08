/** A workspace's own personas and panels laid over those that ship. Pure. */
import type { PanelPlan, Persona, Team } from '../debate.ts';
import type { Library, ListedPanel } from './library.ts';

/** The library as this workspace has it: its own personas at every table they sit at, the disabled ones at none. */
export function withTeam(library: Library, team: Team): Library {
  const disabled = new Set(team.disabled);
  const all = [...library.personas.values(), ...team.personas];
  const personas = new Map(all.filter(({ id }) => !disabled.has(id)).map((persona) => [persona.id, persona]));
  const shipped = [...library.panels.values()].map((panel) => seated(planOf(panel), personas));
  const own = team.panels.map((plan) => seated(plan, personas));
  const panels = [...shipped, ...own].flatMap((panel) => panel ?? []);
  return { personas, panels: new Map(panels.map((panel) => [panel.id, panel])) };
}

function planOf({ id, name, summary, coordinator, personas }: ListedPanel): PanelPlan {
  return { id, name, summary, coordinator: coordinator.id, personas: personas.map((each) => each.id) };
}

/** null: nobody of it is left. */
function seated(plan: PanelPlan, personas: ReadonlyMap<string, Persona>): ListedPanel | null {
  const coordinator = personas.get(plan.coordinator);
  const seats = plan.personas.flatMap((id) => personas.get(id) ?? []);
  return coordinator && seats.length > 0 ? { ...plan, coordinator, personas: seats } : null;
}
