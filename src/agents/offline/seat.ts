/** What a speaker has before it when its turn comes: the article, and what has been read from it so far. */
import { inLanguage, type Log, type Move, type Persona, type Turn } from '../../debate.ts';
import { english } from './frames/en.ts';
import { spanish } from './frames/es.ts';
import type { Frames } from './frames/frame.ts';
import { type Reading, readingOf, sentenceOf } from './reading.ts';
import { reservedFor } from './reserved.ts';
import { countWords, type Sentence } from './sentences.ts';

/** A sentence somebody has read aloud. */
export interface Heard {
  readonly turn: Turn;
  readonly sentence: Sentence;
}

export interface Seat {
  readonly log: Log;
  readonly move: Move;
  readonly persona: Persona;
  readonly reading: Reading;
  readonly frames: Frames;
  /** In the order they were read. */
  readonly heard: readonly Heard[];
  /** Nobody has read them and the closing does not need them. */
  readonly free: readonly Sentence[];
  /** Picks one of several phrasings, one nobody has used if there is one; the same seat picks the same. */
  pick(phrasings: readonly string[], salt: string): string;
  /** As `pick`, but `''` when all have been used. */
  pickFresh(phrasings: readonly string[], salt: string): string;
}

export function takeSeat(log: Log, move: Move, persona: Persona): Seat | null {
  if (!log.article) return null;
  const reading = readingOf(log.article);
  const heard = heardIn(log, reading);
  const choose = (phrasings: readonly string[], salt: string) =>
    phrasings[hash(`${log.debate.id} ${move.key} ${persona.id} ${salt}`) % phrasings.length] ?? '';
  const taken = new Set([...heard.map(({ sentence }) => sentence.index), ...reservedFor(reading)]);
  return {
    log,
    move,
    persona,
    reading,
    frames: inLanguageOf(log),
    heard,
    free: reading.sentences.filter((sentence) => !taken.has(sentence.index)),
    pick: (phrasings, salt) => choose(fresh(phrasings, log), salt) || choose(phrasings, salt),
    pickFresh: (phrasings, salt) => choose(fresh(phrasings, log), salt),
  };
}

/** Phrasings whose own words stand in no turn yet. */
function fresh(phrasings: readonly string[], log: Log): string[] {
  return phrasings.filter((phrasing) => {
    const own =
      phrasing
        .split(/\{\w+\}/)
        .toSorted((a, b) => b.length - a.length)[0]
        ?.trim() ?? '';
    return !log.turns.some((turn) => turn.text.includes(own));
  });
}

/** Spanish debates have Spanish frames, all others English ones. */
export function inLanguageOf(log: Pick<Log, 'debate'>): Frames {
  return log.debate.language === 'es' ? spanish : english;
}

/** What each turn read from the article, as far as it is a whole usable sentence. */
export function heardIn(log: Log, reading: Reading): Heard[] {
  return log.turns.flatMap((turn) =>
    turn.quotes.flatMap((quote) => {
      const sentence = quote.verified ? sentenceOf(reading, quote) : undefined;
      return sentence ? [{ turn, sentence }] : [];
    }),
  );
}

/** `"verbatim words" [p12]`; the stop goes with the frame. */
export function quoted(sentence: Sentence): string {
  return `"${sentence.text.replace(/\.$/, '')}" [p${sentence.passage}]`;
}

/** Terms of the article are set off, since they may be in another language than the debate. */
export function named(topic: string): string {
  return `*${topic}*`;
}

export function fill(frame: string, slots: Readonly<Record<string, string | number | undefined>>): string {
  return frame.replace(/\{(\w+)\}/g, (whole, slot: string) => String(slots[slot] ?? whole));
}

/** A duty as part of a sentence: `find the hidden assumption`. */
export function dutyOf(seat: Seat): string {
  const duty = inLanguage(seat.persona.duty, seat.log.debate.language === 'es' ? 'es' : 'en');
  return duty.charAt(0).toLowerCase() + duty.slice(1).replace(/[.!]\s*$/, '');
}

/** A `[p12]` is shown as section and page. */
const REFERENCE_WORDS = 6;

/** Keeps the parts that fit into the statement, in order; the first always stays. */
export function withinWords(parts: readonly string[], limit: number): string[] {
  let left = limit;
  return parts.filter((part, at) => {
    const words = countWords(part) + REFERENCE_WORDS * (part.match(/\[p\d+\]/g)?.length ?? 0);
    if (part === '' || (at > 0 && words > left)) return false;
    left -= words;
    return true;
  });
}

function hash(text: string): number {
  let value = 2166136261;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  // The low bits of FNV repeat with the last letters; the high ones do not.
  return (value ^ (value >>> 15)) >>> 0;
}
