/** The question with which some end their statement: to one speaker, about what that speaker read. */
import { speakerName } from '../../debate.ts';
import type { Link } from './choosing.ts';
import { isPersona } from './clashes.ts';
import { framesOf } from './framing.ts';
import type { Phrase } from './phrases.ts';
import { cue } from './reading.ts';
import { best } from './reserved.ts';
import { fill, type Heard, named, type Seat } from './seat.ts';
import type { Sentence } from './sentences.ts';

interface Matter {
  readonly heard: Heard;
  readonly phrase: Phrase;
}

/** `''` for those who ask nothing, and when nothing worth asking was read. `spent`: sentences this statement reads. */
export function question(seat: Seat, link: Link, spent: readonly (Sentence | undefined)[]): string {
  const { ask } = framesOf(seat);
  if (ask.length === 0) return '';
  const matter = best(matters(seat), (each) => worthAsking(seat, link, each, spent));
  if (!matter) return '';
  const name = speakerName(seat.log.debate, matter.heard.turn);
  return fill(seat.pick(ask, 'ask'), { name, x: named(matter.phrase.text) });
}

/** Key phrases others have read about, which nobody was asked about yet. */
function matters(seat: Seat): Matter[] {
  const { reading, log, persona } = seat;
  const asked = log.turns.flatMap((turn) => turn.data.asks ?? []).map((ask) => ask.text);
  return seat.heard
    .filter(({ turn, sentence }) => {
      if (turn.speaker === persona.id || !isPersona(log, turn)) return false;
      // Who tests the evidence asks for figures where there are none.
      return persona.id !== 'reviewer' || !cue(reading, 'figure', sentence);
    })
    .flatMap((heard) =>
      reading.phrases
        .filter((phrase) => phrase.sentences.has(heard.sentence.index))
        .filter((phrase) => !asked.some((text) => text.includes(named(phrase.text))))
        .slice(0, 3)
        .map((phrase) => ({ heard, phrase })),
    );
}

function worthAsking(seat: Seat, link: Link, { heard, phrase }: Matter, spent: readonly (Sentence | undefined)[]) {
  const asked = seat.log.turns.some((turn) => turn.data.asks?.some((ask) => ask.to === heard.turn.speaker));
  const answerable = seat.free.some((sentence) => phrase.sentences.has(sentence.index) && !spent.includes(sentence));
  return (
    (asked ? 0 : 1.5) +
    (answerable ? 2 : 0) +
    (phrase.terms.length > 1 ? 2 : 0) +
    ('heard' in link && link.heard === heard ? 1 : 0) +
    (seat.persona.id === 'newcomer' && heard.turn.speaker === 'researcher' ? 0.5 : 0)
  );
}
