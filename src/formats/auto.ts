/** The coordinator chooses the format from the question; what it chose is a turn of the log, and holds from then on. */
import type { Format, Log, Move } from '../debate.ts';
import { coordinated } from './course.ts';

export function choosing(among: readonly Format[], fallback: Format): Format {
  const chosen = (log: Log) => {
    const id = log.turns.find((turn) => turn.data.choice)?.data.choice?.format;
    return among.find((format) => format.id === id);
  };
  return {
    id: 'auto',
    summary: {
      en: 'The coordinator chooses one of the others from the question, and says why.',
      es: 'El coordinador elige uno de los otros según la pregunta y dice por qué.',
    },
    needs: 'model',
    least: fallback.least,
    most: fallback.most,
    next(log) {
      const format = chosen(log);
      if (format) return format.next(log);
      return log.debate.ending ? fallback.next(log) : [choice(log, among)];
    },
    expectedTurns: (log) => 1 + (chosen(log) ?? fallback).expectedTurns(log),
  };
}

function choice(log: Log, among: readonly Format[]): Move {
  const options = among.filter((format) => seats(format, log)).map(({ id, summary }) => ({ id, summary }));
  return { ...coordinated(log, 'choice', 'choice', 0), options };
}

/** Whether a format can be held with this panel and voice. */
export function seats(format: Format, { debate }: Pick<Log, 'debate'>): boolean {
  const { length } = debate.panel.personas;
  return length >= format.least && length <= format.most && (format.needs !== 'model' || debate.voice === 'model');
}
