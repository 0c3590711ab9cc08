/** Checks what is said in a line or two: a position asked in private, and whether an answer answered. */
import { inLanguage, type Log, type Move, type Persona, type Stance } from '../debate.ts';
import type { Checked } from './checked.ts';
import { keepLength } from './length.ts';
import { takeLines } from './lines.ts';
import { turnAt, withoutMissing } from './mentions.ts';
import { resolveQuotes } from './quoting.ts';
import { reasoned, unexplained } from './stances.ts';

/** More than a sentence or two nobody asked for. */
const WORDS = 50;

export function checkStance(said: string, log: Log, persona: Persona): Checked {
  const lines = takeLines(said);
  if (!lines.stance) {
    return { settled: null, problems: ['Your stance line is missing: [stance: +2, confidence: 70%].'] };
  }
  const stance = reasoned(lines.stance, log, persona);
  const { text, quotes } = brief(lines.text, log);
  const settled = {
    text: [shownStance(stance, log), text].filter(Boolean).join('. '),
    quotes,
    data: { stance },
    repliesTo: stance.because === undefined ? [] : [stance.because],
  };
  return { settled, problems: unexplained(stance, log, persona) };
}

export function checkVerdict(said: string, log: Log, move: Move, persona: Persona): Checked {
  const { text: words, answered } = takeLines(said);
  const question = questionOf(log, move, persona);
  const fallback = answered
    ? inLanguage({ en: 'That answers it.', es: 'Con eso queda respondida.' }, log.debate.language)
    : inLanguage({ en: 'That does not answer it.', es: 'Eso no la responde.' }, log.debate.language);
  const { text, quotes } = brief(words, log);
  // Without the line nobody knows; a question somebody spoke to counts as answered only when the asker says so.
  const verdict = { question, answered: answered ?? false };
  return {
    settled: { text: text || fallback, quotes, data: { verdict }, repliesTo: move.to },
    problems: answered === null ? ['The last line is missing: [answered: yes] or [answered: no].'] : [],
  };
}

/** The question the answers a verdict is about were given to. */
function questionOf(log: Log, move: Move, persona: Persona): number {
  const answered = move.to.flatMap((n) => turnAt(log, n)?.answers ?? []);
  return answered.find((n) => turnAt(log, n)?.speaker === persona.id) ?? answered[0] ?? 0;
}

function brief(said: string, log: Log) {
  const spoken = log.turns.map((turn) => turn.text).join('\n');
  const { text, quotes } = resolveQuotes(withoutMissing(said, log), log.article, log.debate.language, spoken);
  return { text: keepLength(text.replace(/\s+/g, ' ').trim(), WORDS, log.debate.language).text, quotes };
}

export function shownStance({ stance, confidence, because }: Stance, log: Pick<Log, 'debate'>): string {
  const turn = inLanguage({ en: 'moved by turn', es: 'por el turno' }, log.debate.language);
  const moved = because === undefined ? '' : `, ${turn} ${because}`;
  return `${stance > 0 ? '+' : ''}${stance} (${confidence} %)${moved}`;
}
