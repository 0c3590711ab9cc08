/** A proposal, its defender, and everybody else looking for the ways it fails. */
import type { Format, Log, Move, Panel, Persona } from '../debate.ts';
import { course, inTurn, statement, together } from './course.ts';
import { rounds } from './rounds.ts';

export const redteam: Format = {
  id: 'redteam',
  summary: {
    en: 'A proposal, its defender, and everybody else against it; ends in a ranked list of failures and mitigations.',
    es: 'Una propuesta, quien la defiende y todos los demás en contra; acaba en una lista ordenada de fallos y remedios.',
  },
  least: 2,
  most: 12,
  ...course(
    [
      inTurn(({ debate }) => defenders(debate.panel).map((persona) => statement(persona, 'defence'))),
      together(({ debate }) => attackers(debate.panel).map((persona) => statement(persona, 'attack'))),
      inTurn(defence),
      rounds({ atOnce: true }),
    ],
    'proposal',
  ),
};

/** The Enthusiast where there is one: it argues for uses by duty; else whoever sits first. */
function defenders({ personas }: Panel): Persona[] {
  return [personas.find(({ id }) => id === 'enthusiast') ?? personas[0]].flatMap((persona) => persona ?? []);
}

function attackers(panel: Panel): Persona[] {
  return panel.personas.filter((persona) => !defenders(panel).includes(persona));
}

/** One answer to all attacks. */
function defence({ debate, turns }: Log): Move[] {
  const attacks = attackers(debate.panel).map(({ id }) => `statement-${id}`);
  const to = turns.filter((turn) => attacks.includes(turn.key)).map(({ n }) => n);
  return defenders(debate.panel).map(({ id }) => ({
    key: 'defence',
    kind: 'reply',
    speaker: id,
    round: 1,
    to,
    answers: [],
    purpose: 'defence',
  }));
}
