/** Which sentence of the article a persona reads out. */
import { centralQuestion, type Purpose } from '../../debate.ts';
import type { Cue } from './cues.ts';
import { contested, cue, sharedTopic, tension } from './reading.ts';
import { best } from './reserved.ts';
import type { Heard, Seat } from './seat.ts';
import type { Sentence } from './sentences.ts';

/** How a sentence stands to what was read before. */
export type Link =
  | { readonly kind: 'limit' | 'follow'; readonly heard: Heard; readonly topic: string }
  | { readonly kind: 'shift'; readonly heard: Heard }
  | { readonly kind: 'lead' };

/** What each of the seven looks for in a sentence; whether it is there is said aloud. */
export const EYE: Readonly<Record<string, Cue>> = {
  researcher: 'cause',
  reviewer: 'figure',
  critic: 'absolute',
  doomer: 'hedge',
  enthusiast: 'gain',
  newcomer: 'definition',
};

/** What a persona likes and dislikes in a sentence besides the words of its lens. */
const TASTE: Readonly<Record<string, Partial<Record<Cue, number>>>> = {
  researcher: { cause: 0.3 },
  reviewer: { figure: 0.4 },
  critic: { absolute: 0.2, contrast: 0.3 },
  doomer: { loss: 0.5, gain: -0.3 },
  philosopher: { definition: 0.3, figure: -0.3 },
  enthusiast: { gain: 0.5, loss: -0.6, guarded: -0.4, contrast: -0.4 },
  newcomer: { definition: 0.4, figure: -0.2 },
};
/** What somebody looks for who argues by assignment. */
const TASTE_FOR: Partial<Record<Purpose, Partial<Record<Cue, number>>>> = {
  for: { gain: 0.9, loss: -0.9, contrast: -0.8, guarded: -0.5 },
  against: { loss: 0.8, contrast: 0.8, gain: -0.6 },
  defence: { gain: 0.9, loss: -0.9, contrast: -0.8, guarded: -0.5 },
  attack: { loss: 0.8, contrast: 0.6, gain: -0.6 },
  inquiry: { definition: 0.8 },
};
const CUES: readonly Cue[] = ['contrast', 'figure', 'cause', 'absolute', 'gain', 'loss', 'definition', 'guarded'];

/** Those whose duty is to test what others lean on. */
const OBJECTORS = new Set(['critic', 'doomer', 'reviewer']);

/** Words under which a sentence says little by itself. */
const SHORT = 11;

/** How well a sentence suits the persona, whatever was said before. */
export function suits(seat: Seat): (sentence: Sentence) => number {
  const { reading, persona, log, move } = seat;
  const lens = reading.search((reading.language === 'es' ? persona.lens.es : persona.lens.en).join(' '));
  const question = reading.search(centralQuestion(log));
  const taste = (move.purpose && TASTE_FOR[move.purpose]) ?? TASTE[persona.id] ?? {};
  return (sentence) =>
    (lens.get(sentence.index) ?? 0) +
    0.5 * (reading.centrality[sentence.index] ?? 0) +
    0.4 * (question.get(sentence.index) ?? 0) +
    CUES.reduce((sum, kind) => sum + (taste[kind] && cue(reading, kind, sentence) ? taste[kind] : 0), 0) -
    (cue(reading, 'leaning', sentence) ? 0.7 : 0) -
    (sentence.cited ? 1.5 : 0) -
    (sentence.words < SHORT ? 0.25 : 0) +
    // A claim the article itself limits gives the others something to answer.
    (!OBJECTORS.has(persona.id) && contested(reading).has(sentence.index) ? 0.8 : 0) -
    (persona.id === 'newcomer' ? sentence.words / 60 : 0);
}

/** The free sentence this persona reads in a statement, and how it stands to what was heard. */
export function chooseStatement(seat: Seat, longest: number): { sentence: Sentence; link: Link } | undefined {
  const suit = suits(seat);
  const options = fitting(seat, longest).map((sentence) => ({ sentence, link: linkOf(seat, sentence) }));
  return best(options, ({ sentence, link }) => suit(sentence) + worth(link, seat));
}

/** Sentences of at most that many words; where there is none, the shortest. */
export function fitting(seat: Seat, longest: number): readonly Sentence[] {
  const fit = seat.free.filter((sentence) => sentence.words <= longest);
  return fit.length > 0 ? fit : seat.free.toSorted((a, b) => a.words - b.words).slice(0, 1);
}

function worth(link: Link, seat: Seat): number {
  const { coordinator } = seat.log.debate.panel;
  if (link.kind === 'limit' && link.heard.turn.speaker === coordinator.id)
    return thesisLimited(seat, link.heard) ? -0.3 : 0.6;
  if (link.kind === 'limit') return OBJECTORS.has(seat.persona.id) ? 1.4 : 0.3;
  if (link.kind === 'follow') return 0.45;
  return 0;
}

/** One limit to the thesis is enough; the second is the same objection again. */
function thesisLimited(seat: Seat, thesis: Heard): boolean {
  return seat.heard.some(({ sentence }) => tension(seat.reading, thesis.sentence, sentence) !== null);
}

/** The strongest and latest tie to what others have read: a limit, the same topic, else none. */
function linkOf(seat: Seat, sentence: Sentence): Link {
  const { reading } = seat;
  const others = seat.heard.filter(({ turn }) => turn.speaker !== seat.persona.id).toReversed();
  const panel = others.filter(({ turn }) => turn.speaker !== seat.log.debate.panel.coordinator.id);
  const opening = others.filter((heard) => !panel.includes(heard));
  for (const heard of [...panel, ...opening]) {
    const topic = tension(reading, heard.sentence, sentence);
    if (topic) return { kind: 'limit', heard, topic };
  }
  for (const heard of panel) {
    const topic = sharedTopic(reading, heard.sentence, sentence);
    if (topic) return { kind: 'follow', heard, topic };
  }
  const [last] = panel;
  return last ? { kind: 'shift', heard: last } : { kind: 'lead' };
}

/** With fewer sentences left, one a turn must do. */
const SPARE = 24;
/** A second quote must be worth the reader's time. */
const LEAST_SUIT = 0.3;

/** A further sentence on what `sentence` is about, or undefined. */
export function companionOf(seat: Seat, sentence: Sentence, longest: number): Sentence | undefined {
  if (seat.free.length < SPARE) return undefined;
  const suit = suits(seat);
  const near = seat.free.filter(
    (other) =>
      other.index !== sentence.index &&
      other.words <= longest &&
      !other.cited &&
      !cue(seat.reading, 'leaning', other) &&
      suit(other) > LEAST_SUIT &&
      // Both sides of a tension from one mouth would leave the others nothing to object.
      tension(seat.reading, sentence, other) === null &&
      tension(seat.reading, other, sentence) === null &&
      (sharedTopic(seat.reading, sentence, other) !== null || other.index === sentence.index + 1),
  );
  return best(near, suit);
}

/** The free sentence that says most about the words asked for: all of a term's words, or half of a remark's. */
export function answerTo(
  seat: Seat,
  words: string,
  terms: ReadonlySet<string>,
  wanted: Cue | undefined,
  longest: number,
) {
  const { reading } = seat;
  const found = reading.search(words);
  const least = terms.size <= 3 ? terms.size : Math.ceil(terms.size / 2);
  const near = fitting(seat, longest).filter((sentence) => {
    const own = reading.terms[sentence.index];
    const common = [...terms].filter((term) => own?.has(term)).length;
    return terms.size > 0 && common >= least && found.has(sentence.index);
  });
  const kind = (sentence: Sentence) => wanted !== undefined && cue(reading, wanted, sentence);
  const suit = suits(seat);
  return best(
    near,
    (sentence) => 2 * (found.get(sentence.index) ?? 0) + (kind(sentence) ? 2 : 0) + 0.3 * suit(sentence),
  );
}
