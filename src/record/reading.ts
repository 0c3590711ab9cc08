/** What both readable exports say about a record, before any markup. */
import { EVERYBODY, HUMAN, inLanguage, type Tally } from '../debate.ts';
import { meanOf, peopleIn } from '../host/votes.ts';
import { dollars } from '../spending/dollars.ts';
import { endingWords, statusWords } from '../text/words.ts';
import type { DebateRecord } from './schema.ts';
import { words } from './words.ts';

export type RecordTurn = DebateRecord['turns'][number];
export type RecordQuote = RecordTurn['quotes'][number];
export type RecordStance = DebateRecord['stances'][number];

/** A record with the questions a renderer asks of it, answered in its language. */
export interface Reading {
  readonly record: DebateRecord;
  word(key: keyof typeof words): string;
  /** A speaker's shown name; the id itself when the record does not know it. */
  name(id: string): string;
  turn(n: number): RecordTurn | undefined;
  /** `§ Results, p. 2`; `¶ 7`, the passage's number, where there is neither. */
  place(quote: RecordQuote): string;
  /** `+2`, `−1` */
  stanceOf(stance: number): string;
  /** `70 %` with a space that does not break. */
  percent(value: number): string;
  /** `+2 · 70 %` */
  position(position: { stance: number; confidence: number }): string;
  /** What people voted: `+1.7 · 3 votes`, `—` when nobody did; null: in neither phase. */
  votes(): { readonly before: string; readonly after: string } | null;
  /** Whether a speaker ended elsewhere than it began, its confidence apart. */
  moved(stance: RecordStance): boolean;
  /** The turns in the order of the thread, in stretches under one heading. */
  stretches(): readonly { readonly heading: string; readonly turns: readonly RecordTurn[] }[];
  /** When, in which format, how it ended. */
  facts(): string;
  /** Calls, tokens and time; tokens nobody reported are said to be unknown. */
  usage(): string;
  /** What a reader must know before reading: no model spoke, closed early, no article, hidden text … */
  cautions(): readonly string[];
}

export function readingOf(record: DebateRecord): Reading {
  const { language } = record.debate;
  const locale = localeOf(language);
  // A question may be put to all who read.
  const names = new Map([
    [HUMAN, inLanguage(words.people, language)],
    ...record.speakers.map(({ id, name }) => [id, name] as const),
  ]);
  const turns = new Map(record.turns.map((turn) => [turn.n, turn]));
  const word: Reading['word'] = (key) => inLanguage(words[key], language);
  const number = (value: number) => new Intl.NumberFormat(locale).format(value);
  const count = (value: number | null) => (value === null ? `? (${word('unknown')})` : number(value));
  const stanceOf = (stance: number) => `${stance > 0 ? '+' : stance < 0 ? '−' : ''}${number(Math.abs(stance))}`;
  const percent = (value: number) => `${number(Math.round(value))}\u00a0%`;
  return {
    record,
    word,
    name: (id) => names.get(id) ?? (id === EVERYBODY ? word('everybody') : id),
    turn: (n) => turns.get(n),
    place: ({ section, page, passage }) => {
      const place = [section ? `§ ${section}` : '', page === null ? '' : `p. ${page}`].filter(Boolean).join(', ');
      return place || `¶ ${passage ?? '?'}`;
    },
    stanceOf,
    percent,
    position: ({ stance, confidence }) => `${stanceOf(stance)} · ${percent(confidence)}`,
    votes: () => {
      const shown = (tally: Tally) => {
        const mean = meanOf(tally);
        return mean === null ? '—' : `${stanceOf(Math.round(mean * 10) / 10)} · ${peopleIn(tally)} ${word('voted')}`;
      };
      return record.votes && { before: shown(record.votes.before), after: shown(record.votes.after) };
    },
    moved: ({ before, after }) => after !== null && after.stance !== before.stance,
    stretches: () => stretchesOf(record, word),
    facts: () => factsOf(record, locale),
    usage: () => {
      const { calls, inputTokens, cachedTokens, outputTokens, cost, wallMs } = record.usage;
      const tokens = [
        `${count(inputTokens)} ${word('input')} (${count(cachedTokens)} ${word('cached')})`,
        `${count(outputTokens)} ${word('output')}`,
        ...(cost === null ? [] : [dollars(cost, locale)]),
      ];
      return [`${number(calls)} ${word('calls')}`, ...(calls > 0 ? tokens : []), duration(wallMs)].join(' · ');
    },
    cautions: () => cautionsOf(record, word),
  };
}

function stretchesOf({ turns }: DebateRecord, word: Reading['word']): ReturnType<Reading['stretches']> {
  const stretches: { heading: string; turns: RecordTurn[] }[] = [];
  for (const turn of turns) {
    const heading =
      turn.kind === 'synthesis'
        ? word('closing')
        : turn.round === 0
          ? word('opening')
          : `${word('round')} ${turn.round}`;
    const last = stretches.at(-1);
    // People speak whenever they like: their words open no stretch of their own.
    if (last && (last.heading === heading || turn.kind === 'human' || turn.kind === 'question')) last.turns.push(turn);
    else stretches.push({ heading, turns: [turn] });
  }
  return stretches;
}

function factsOf({ debate, turns }: DebateRecord, locale: string): string {
  const started = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  const status = inLanguage(statusWords[debate.status], debate.language);
  const shown = turns.filter((turn) => turn.public).length;
  return [
    `${started.format(new Date(debate.startedAt))} UTC`,
    debate.format,
    `${shown} ${inLanguage(words.turns, debate.language)}`,
    status,
  ].join(' · ');
}

function cautionsOf({ debate, article }: DebateRecord, word: Reading['word']): string[] {
  return [
    ...(debate.voice === 'offline' ? [word('offline')] : []),
    ...(debate.ending ? [inLanguage(endingWords[debate.ending], debate.language)] : []),
    ...(article ? article.warnings : [word('noArticle')]),
  ];
}

/** `3 min 20 s`, `1 h 2 min` */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds}\u00a0s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60}\u00a0s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** A tag Intl and the `lang` attribute take; English for anything else. */
export function localeOf(language: string): string {
  return /^[a-z]{2,3}$/i.test(language) ? language.toLowerCase() : 'en';
}
