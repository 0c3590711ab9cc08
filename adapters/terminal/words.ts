/** What the terminal itself says, in both languages. */
import { inLanguage, type Localised, speaker, type TurnKind } from '../../src/debate.ts';
import type { Progress } from '../../src/ports/adapter.ts';
import { dollars } from '../../src/spending/dollars.ts';
import { safeLine } from '../../src/text/safe.ts';
import { clip } from './look.ts';

export const WORDS = {
  you: { en: 'You', es: 'Tú' },
  placeholder: { en: 'write to join in · /help', es: 'escribe para intervenir · /ayuda' },
  notYet: {
    en: 'The debate has not begun yet; say that again in a moment.',
    es: 'El debate aún no ha empezado; dilo otra vez dentro de un momento.',
  },
  saved: { en: 'Saved as', es: 'Guardado en' },
  failed: {
    en: 'That did not work, through a fault of the program; the debate goes on.',
    es: 'Eso no ha funcionado, por un fallo del programa; el debate continúa.',
  },
  helpSay: {
    en: 'Anything without a slash is said to the panel.',
    es: 'Lo que escribas sin barra se dice al panel.',
  },
} satisfies Record<string, Localised>;

/** Kinds of turn that readers should tell from a statement at a glance. */
export const KIND: Partial<Record<TurnKind, Localised>> = {
  opening: { en: 'opening', es: 'apertura' },
  choice: { en: 'format', es: 'formato' },
  verdict: { en: 'on the answer', es: 'sobre la respuesta' },
  notes: { en: 'notes', es: 'notas' },
  feedback: { en: 'estimates', es: 'estimaciones' },
  question: { en: 'question', es: 'pregunta' },
  dissent: { en: 'without a name', es: 'sin nombre' },
  cast: { en: 'the table', es: 'la mesa' },
  synthesis: { en: 'synthesis', es: 'síntesis' },
};

/** `1:03`, `1:02:09` */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const padded = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${padded}` : `${minutes}:${padded}`;
}

/**
 * `turn 5 of 16 · 12.4K tokens · 1:03 · AI Doomer is thinking…`; what is spent gives way when it is narrow, then what is left.
 * `speaking`: ids of those whose words are coming in.
 */
export function progressLine(
  progress: Progress,
  elapsedMs: number,
  speaking: readonly string[],
  width: number,
): string {
  const { language } = progress.debate;
  const turn = inLanguage(
    { en: `turn ${progress.turn} of ${progress.of}`, es: `turno ${progress.turn} de ${progress.of}` },
    language,
  );
  const count = new Intl.NumberFormat(language, { notation: 'compact', maximumFractionDigits: 1 });
  const tokens = progress.tokens === null ? '' : `${count.format(progress.tokens)} tokens`;
  const money = progress.money == null ? '' : dollars(progress.money, language);
  const time = duration(elapsedMs);
  const left = progress.left
    ? inLanguage({ en: `left: ${progress.left}`, es: `quedan: ${progress.left}` }, language)
    : '';
  const who = activity(progress, speaking);
  const fits = [
    [turn, tokens, money, time, left, who],
    ...(left === '' ? [] : [[turn, left, who]]),
    [turn, tokens, time, who],
    [turn, time, who],
    [turn, who],
    [`${progress.turn}/${progress.of}`, who],
  ].map((parts) => parts.filter((part) => part !== '').join(' · '));
  return fits.find((line) => clip(line, width) === line) ?? clip(fits.at(-1) ?? '', width);
}

/** Who is at it: `AI Doomer is thinking…`. */
function activity(progress: Progress, speaking: readonly string[]): string {
  const { debate, thinking } = progress;
  if (debate.status === 'paused') return inLanguage({ en: 'paused', es: 'en pausa' }, debate.language);
  const ids = speaking.length > 0 ? speaking : thinking;
  if (ids.length === 0) return '';
  const list = new Intl.ListFormat(debate.language, { type: 'conjunction' });
  const names = ids.map((id) => {
    const persona = speaker(debate.panel, id);
    return persona ? safeLine(inLanguage(persona.name, debate.language)) : id;
  });
  const many = inLanguage({ en: `${ids.length} personas`, es: `${ids.length} personas` }, debate.language);
  const who = ids.length > 3 ? many : list.format(names);
  const verb = speaking.length > 0 ? SPEAKS : THINKS;
  return `${who} ${inLanguage(ids.length === 1 ? verb.one : verb.more, debate.language)}…`;
}

const THINKS = {
  one: { en: 'is thinking', es: 'está pensando' },
  more: { en: 'are thinking', es: 'están pensando' },
};

const SPEAKS = {
  one: { en: 'is speaking', es: 'está hablando' },
  more: { en: 'are speaking', es: 'están hablando' },
};
