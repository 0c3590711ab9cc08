/** For a schedule or a small budget: everybody at once, and the closing. */
import type { Format } from '../debate.ts';
import { course, statement, together } from './course.ts';
import { rounds } from './rounds.ts';

export const quick: Format = {
  id: 'quick',
  summary: {
    en: 'Opening, statements all at once, closing; for a schedule or a small budget.',
    es: 'Apertura, todas las intervenciones a la vez, cierre; para una agenda o un presupuesto pequeño.',
  },
  least: 2,
  most: 12,
  ...course([
    together((log) => log.debate.panel.personas.map((persona) => statement(persona, 'alone'))),
    rounds({ onlyExtra: true }),
  ]),
};
