/** A reply: answers what was asked, takes up a limit, or adds to what somebody read; from the article or not at all. */
import { EVERYBODY, HUMAN, speakerName, type Turn } from '../../debate.ts';
import { termsOf } from '../../text/terms.ts';
import { answerTo, fitting, suits } from './choosing.ts';
import type { Cue } from './cues.ts';
import { framesOf, remark, slotsOf } from './framing.ts';
import { cue, sharedTopic, tension, topicOf } from './reading.ts';
import { best } from './reserved.ts';
import { fill, type Heard, named, quoted, type Seat, withinWords } from './seat.ts';
import type { Sentence } from './sentences.ts';

const FRAME_WORDS = 24;

/** What an asker wants to hear: a figure, what a thing is, what holds it up. */
const WANTED: Readonly<Record<string, Cue>> = { reviewer: 'figure', newcomer: 'definition' };

export function reply(seat: Seat): string {
  return answerPeople(seat)?.text ?? answerQuestion(seat) ?? answerClash(seat) ?? addTo(seat);
}

function longest(seat: Seat): number {
  return Math.max(8, seat.log.debate.limits.words - FRAME_WORDS);
}

function turnsTo(seat: Seat): Turn[] {
  return seat.log.turns.filter((turn) => seat.move.to.includes(turn.n));
}

export interface Answered {
  readonly text: string;
  /** The sentence it reads, if any. */
  readonly sentence: Sentence | undefined;
}

/** Whoever spoke in the thread is answered by name; null: nobody did. */
export function answerPeople(seat: Seat): Answered | null {
  const people = turnsTo(seat).filter((turn) => turn.speaker === HUMAN);
  if (people.length === 0) return null;
  const name = [...new Set(people.map((each) => speakerName(seat.log.debate, each)))].join(` ${seat.frames.and} `);
  const words = people.map((each) => each.text).join(' ');
  const known = termsOf(words, seat.reading.language).filter((term) => seat.reading.commonness.has(term));
  const sentence = answerTo(seat, words, new Set(known), undefined, longest(seat));
  const { person, personNothing } = seat.frames.reply;
  const text = fill(seat.pick(sentence ? person : personNothing, 'person'), { name, q: sentence && quoted(sentence) });
  return { text, sentence };
}

function answerQuestion(seat: Seat): string | null {
  const turn = turnsTo(seat).find((each) => seat.move.answers.includes(each.n));
  const ask = turn?.data.asks?.find((each) => each.to === seat.persona.id || each.to === EVERYBODY);
  if (!turn || !ask) return null;
  const name = speakerName(seat.log.debate, turn);
  const term = /\*([^*]+)\*/.exec(ask.text)?.[1];
  const terms = new Set(
    termsOf(term ?? ask.text, seat.reading.language).filter((each) => seat.reading.commonness.has(each)),
  );
  const wanted = WANTED[turn.speaker];
  const sentence = answerTo(seat, term ?? ask.text, terms, wanted, longest(seat));
  const x = named(term ?? topicOfWords(seat, terms) ?? seat.log.article?.title ?? '');
  if (!sentence) return fill(seat.pick(seat.frames.reply.nothing, 'nothing'), { name, x });
  const exact = !wanted || cue(seat.reading, wanted, sentence);
  return framed(seat, exact ? seat.frames.reply.answer : seat.frames.reply.nearest, sentence, { name, x });
}

function topicOfWords(seat: Seat, terms: ReadonlySet<string>): string | undefined {
  return seat.reading.phrases.find((phrase) => phrase.terms.every((term) => terms.has(term)))?.text;
}

/** Its own sentence was limited, or it limited another's. */
function answerClash(seat: Seat): string | null {
  const own = seat.heard.filter(({ turn }) => turn.speaker === seat.persona.id);
  const theirs = seat.heard.filter(({ turn }) => seat.move.to.includes(turn.n) && turn.speaker !== seat.persona.id);
  for (const mine of own) {
    for (const other of theirs) {
      const limited = tension(seat.reading, mine.sentence, other.sentence);
      const limits = limited ? null : tension(seat.reading, other.sentence, mine.sentence);
      const topic = limited ?? limits;
      if (!topic) continue;
      const frames = limited ? seat.frames.reply.limited : seat.frames.reply.insist;
      return onTopic(seat, frames, limited ? mine : other, topic, other);
    }
  }
  return null;
}

function addTo(seat: Seat): string {
  const theirs = seat.heard.filter(({ turn }) => seat.move.to.includes(turn.n)).at(-1);
  const heard = theirs ?? seat.heard.filter(({ turn }) => turn.speaker !== seat.persona.id).at(-1);
  if (!heard) return seat.frames.silence;
  return onTopic(seat, seat.frames.reply.add, heard, topicOf(seat.reading, heard.sentence), heard);
}

/**
 * A further sentence framed for whom it answers: on the topic, else near what was read; where there is none, that is
 * said.
 */
function onTopic(seat: Seat, frames: readonly string[], about: Heard, topic: string | null, to: Heard): string {
  const name = speakerName(seat.log.debate, to.turn);
  const fit = fitting(seat, longest(seat)).filter((sentence) => !cue(seat.reading, 'leaning', sentence));
  const on = fit.filter(
    (sentence) => sharedTopic(seat.reading, about.sentence, sentence) !== null || carries(seat, sentence, topic),
  );
  const beside = fit.filter((sentence) => sentence.section === about.sentence.section && sentence.section !== '');
  const x = named(topic ?? about.sentence.section);
  const sentence = best(on.length > 0 ? on : beside, suits(seat));
  if (sentence) {
    const limit = tension(seat.reading, about.sentence, sentence);
    return limit
      ? framed(seat, framesOf(seat).limit, sentence, { name, x: named(limit) })
      : framed(seat, frames, sentence, { name, x });
  }
  const other = best(fit, suits(seat));
  if (other) return framed(seat, seat.frames.reply.elsewhere, other, { name, x });
  return fill(seat.pick(seat.frames.reply.nothing, 'nothing'), { name, x });
}

function carries(seat: Seat, sentence: Sentence, topic: string | null): boolean {
  return seat.reading.phrases.some((phrase) => phrase.text === topic && phrase.sentences.has(sentence.index));
}

function framed(seat: Seat, frames: readonly string[], sentence: Sentence, slots: Record<string, string>): string {
  const own = slotsOf(seat, sentence, { kind: 'lead' });
  const first = fill(seat.pick(frames, 'reply'), { ...own, ...slots, q: quoted(sentence) });
  const close = fill(seat.pickFresh(framesOf(seat).close, 'close'), { ...own, ...slots });
  return withinWords([first, remark(seat, sentence, own), close], seat.log.debate.limits.words).join(' ');
}
