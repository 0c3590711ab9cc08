/** What goes around a quote: the persona's own phrasings, filled with who and what is meant. */
import { speakerName } from '../../debate.ts';
import { cleanHeading, EMPTY_HEADING } from './axes.ts';
import { EYE, type Link } from './choosing.ts';
import { type Cue, knowsCues } from './cues.ts';
import type { PersonaFrames } from './frames/frame.ts';
import { cue, topicOf } from './reading.ts';
import { dutyOf, fill, named, type Seat } from './seat.ts';
import type { Sentence } from './sentences.ts';

/** Sentences that use an expression before it can be said to do much work. */
const MUCH_USED = 3;

export function framesOf(seat: Seat): PersonaFrames {
  return seat.frames.personas[seat.persona.id] ?? seat.frames.generic;
}

export function slotsOf(seat: Seat, sentence: Sentence, link: Link): Record<string, string | number> {
  const shared = 'topic' in link ? link.topic : undefined;
  const own = topicOf(seat.reading, sentence, shared ? [shared] : []) ?? section(sentence, seat);
  const theirs = 'heard' in link ? (shared ?? topicOf(seat.reading, link.heard.sentence) ?? '') : '';
  return {
    name: 'heard' in link ? speakerName(seat.log.debate, link.heard.turn) : '',
    x: named(theirs),
    y: named(own),
    n: countOf(seat, own),
    duty: dutyOf(seat),
  };
}

/** For a sentence without a key phrase: the heading it stands under, if that says anything. */
function section(sentence: Sentence, seat: Seat): string {
  const heading = EMPTY_HEADING.test(sentence.section) ? '' : sentence.section;
  return cleanHeading(heading || seat.reading.article.title);
}

function countOf(seat: Seat, topic: string): number {
  return seat.reading.phrases.find((phrase) => phrase.text === topic)?.sentences.size ?? 1;
}

/** What this persona looks for, said of the sentence it read: a fact about the words, not a judgement on them. */
export function remark(seat: Seat, sentence: Sentence, slots: Record<string, string | number>): string {
  const frames = framesOf(seat);
  const eye = EYE[seat.persona.id];
  const there = eye ? hasWhat(seat, eye, sentence) : Number(slots.n) >= MUCH_USED;
  // Other cues than figures are known in two languages only.
  if (eye && eye !== 'figure' && !knowsCues(seat.reading.language)) return '';
  return fill(seat.pickFresh(there ? frames.seen : frames.unseen, 'remark'), slots);
}

/** What stops improving is no gain. */
function hasWhat(seat: Seat, eye: Cue, sentence: Sentence): boolean {
  return cue(seat.reading, eye, sentence) && !(eye === 'gain' && cue(seat.reading, 'loss', sentence));
}
