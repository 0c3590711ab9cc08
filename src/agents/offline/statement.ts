/** A persona's statement: a sentence of the article tied to what was said, what its duty sees in it, a question. */
import type { Purpose } from '../../debate.ts';
import { question } from './asking.ts';
import { chooseStatement, companionOf, type Link } from './choosing.ts';
import { framesOf, remark, slotsOf } from './framing.ts';
import { answerPeople } from './reply.ts';
import { fill, quoted, type Seat, withinWords } from './seat.ts';
import { countWords, type Sentence } from './sentences.ts';

/** Words the frames around a first quote take. */
const FRAME_WORDS = 22;
const COMPANION_WORDS = 30;
/** What is left of a statement after a person is answered must hold this to say something of its own. */
const LEAST_OWN = 45;
/** A statement says what it has to in this many, whatever more is allowed. */
const TYPICAL_WORDS = 120;

/** People who spoke in the thread are answered first, then the persona says its own. */
export function statement(seat: Seat): string {
  const limit = Math.min(seat.log.debate.limits.words, TYPICAL_WORDS);
  const people = answerPeople(seat);
  if (!people) return ownStatement(seat, limit);
  const rest = { ...seat, free: seat.free.filter((sentence) => sentence !== people.sentence) };
  const left = limit - countWords(people.text);
  return left < LEAST_OWN ? people.text : `${people.text} ${ownStatement(rest, left)}`;
}

function ownStatement(seat: Seat, limit: number): string {
  const chosen = chooseStatement(seat, Math.max(8, limit - FRAME_WORDS));
  if (!chosen) return seat.frames.silence;
  const { sentence, link } = chosen;
  const own = argued(seat, sentence);
  if (own) return own;
  const frames = framesOf(seat);
  const slots = slotsOf(seat, sentence, link);
  const first = fill(seat.pick(tied(seat, link), 'first'), { ...slots, q: quoted(sentence) });
  const companion = companionOf(seat, sentence, COMPANION_WORDS);
  const ask = question(seat, link, [sentence, companion]);
  const second = companion ? fill(seat.pickFresh(frames.second, 'second'), { q: quoted(companion) }) : '';
  const close = fill(seat.pickFresh(frames.close, 'close'), slots);
  const seen = remark(seat, sentence, slots);
  // When words are short the question goes before the remark, and the second quote last.
  const kept = new Set(withinWords([first, ask, seen, second, close], limit));
  return [first, seen, second, close, ask].filter((part) => kept.has(part)).join(' ');
}

/** By assignment, or asked of everybody: the sentence in the words of the assignment; null: neither. */
function argued(seat: Seat, sentence: Sentence): string | null {
  const { purpose } = seat.move;
  const { purposes } = seat.frames;
  const slots = { ...slotsOf(seat, sentence, { kind: 'lead' }), q: quoted(sentence) };
  if (purpose === 'inquiry') {
    const lead = fill(seat.pick(framesOf(seat).lead, 'first'), slots);
    return `${lead} ${fill(seat.pick(purposes.inquiry, 'inquiry'), slots)}`;
  }
  if (!purpose || !isArgued(purpose)) return null;
  const first = fill(seat.pick(purposes[purpose], 'first'), slots);
  return withinWords([first, remark(seat, sentence, slots)], seat.log.debate.limits.words).join(' ');
}

function isArgued(purpose: Purpose): purpose is 'for' | 'against' | 'defence' | 'attack' {
  return purpose === 'for' || purpose === 'against' || purpose === 'defence' || purpose === 'attack';
}

/** The coordinator takes no side: a limit to what it read is a limit to the thesis. */
function tied(seat: Seat, link: Link): readonly string[] {
  const opening = link.kind === 'limit' && link.heard.turn.speaker === seat.log.debate.panel.coordinator.id;
  return opening ? seat.frames.reply.thesis : framesOf(seat)[link.kind];
}
