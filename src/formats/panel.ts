/** The seed's format: opening, statements in turn, rounds of directed replies, closing. */
import type { Format } from '../debate.ts';
import { course, inTurn, statement } from './course.ts';
import { rounds } from './rounds.ts';

export const panel: Format = {
  id: 'panel',
  summary: {
    en: 'Opening, statements in turn, replies where the coordinator sees a clash or an open question, closing.',
    es: 'Apertura, intervenciones por turno, réplicas donde hay un choque o una pregunta abierta, cierre.',
  },
  least: 2,
  most: 12,
  ...course([inTurn((log) => log.debate.panel.personas.map((persona) => statement(persona))), rounds()]),
};
