/** Moves the log itself settles, so that no voice need be asked. */
import { inLanguage, type Log, type Move } from '../debate.ts';
import type { Settled } from './checked.ts';
import { shownRange } from './figures.ts';
import { settleGate } from './gate.ts';
import { rangeOf } from './outcomes.ts';
import { adopted } from './synthesis.ts';

/** The turn this move comes to whoever speaks, or null: somebody must be asked. */
export function foregone(log: Log, move: Move): Settled | null {
  if (move.kind === 'feedback') return feedback(log);
  if (move.kind === 'gate') return settleGate(log);
  return move.kind === 'synthesis' && move.to.length === 0 ? accepted(log, move) : null;
}

/** How the estimates lie, nobody's name on any. */
function feedback(log: Log): Settled {
  const { language } = log.debate;
  const range = rangeOf(log);
  const text = range
    ? shownRange(range, language)
    : inLanguage({ en: 'Nobody gave a figure.', es: 'Nadie dio una cifra.' }, language);
  const asked = inLanguage(
    {
      en: 'Whoever lies outside the middle half: what do you know that the others do not? Estimate again.',
      es: 'Quien quede fuera de la mitad central: ¿qué sabe que las demás no? Estimen otra vez.',
    },
    language,
  );
  return { text: `${text}\n\n${asked}`, quotes: [], data: {}, repliesTo: [] };
}

/** The draft nobody objected to, with the Newcomer's own words for it where they say the same. */
function accepted(log: Log, move: Move): Settled | null {
  const draft = log.turns.find((turn) => turn.key === `draft-${move.round}`);
  if (!draft?.data.draft || log.debate.ending) return null;
  const signed = log.turns.filter((turn) => turn.kind === 'signoff' && turn.round === move.round);
  const all = log.debate.panel.personas.every(({ id }) => signed.some((turn) => turn.speaker === id));
  if (!all || signed.some(({ data }) => data.signoff?.objection !== null)) return null;
  const restated = signed.find(({ data }) => data.signoff?.restated)?.data.signoff?.restated;
  if (restated?.contradicts) return null;
  return adopted(draft.data.draft, restated?.text ?? '', draft.quotes, log);
}
