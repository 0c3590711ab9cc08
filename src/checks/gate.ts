/** What the poll before a debate came to: everybody's position revealed at once, and whether they debate. */
import { inLanguage, type Log } from '../debate.ts';
import { polled } from '../formats/gate.ts';
import { nearUnanimous } from '../formats/unanimity.ts';
import type { Settled } from './checked.ts';
import { debateCost, pageCost, pollCost } from './gate-costs.ts';
import { shownName } from './names.ts';

/** The program's own turn: no voice is asked for it. */
export function settleGate(log: Log): Settled {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const asked = polled(log);
  const debates = !nearUnanimous(asked.flatMap(({ data }) => data.stance ?? []));
  const names = new Map(log.debate.panel.personas.map((persona) => [persona.id, shownName(persona, log)]));
  const verdict = debates
    ? say('The panel is split: it debates.', 'La mesa está dividida: hay debate.')
    : say(
        'The panel is close to unanimous: a page instead of a debate.',
        'La mesa casi coincide: una página en lugar de un debate.',
      );
  const text = [
    `**${say('The poll, before anybody had heard anybody', 'El sondeo, antes de que nadie oyera a nadie')}**`,
    asked.map(({ speaker, text: position }) => `- **${names.get(speaker)}:** ${position}`).join('\n'),
    `**${verdict}** ${costs(log, debates, say)}`,
  ].join('\n\n');
  return { text, quotes: [], data: { gate: { debates } }, repliesTo: [] };
}

function costs(log: Log, debates: boolean, say: (en: string, es: string) => string): string {
  const [poll, debate, page] = [pollCost(log), debateCost(log), pageCost(log)];
  const asked = poll === null ? '' : say(`The poll cost ${poll}. `, `El sondeo costó ${poll}. `);
  const rest = debates
    ? say(
        `A page would have cost about ${page} more; the debate may cost about ${debate}.`,
        `Una página habría costado unos ${page} más; el debate puede costar unos ${debate}.`,
      )
    : say(
        `The page may cost about ${page}; a debate would have cost about ${debate}.`,
        `La página puede costar unos ${page}; un debate habría costado unos ${debate}.`,
      );
  return asked + rest;
}
