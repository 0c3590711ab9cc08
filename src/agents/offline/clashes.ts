/** Where the article, read by two speakers, is in tension with itself; and which questions nobody has answered. */
import { EVERYBODY, type Log, speaker, type Turn } from '../../debate.ts';
import { type Reading, tension } from './reading.ts';
import { type Heard, heardIn } from './seat.ts';

export interface Clash {
  readonly topic: string;
  readonly claim: Heard;
  readonly limit: Heard;
}

export interface OpenQuestion {
  readonly turn: number;
  readonly by: string;
  readonly to: string;
  readonly text: string;
}

/** Each topic once, where it was last in tension; in the order they were heard. */
export function clashesIn(log: Log, reading: Reading): Clash[] {
  const heard = heardIn(log, reading).filter(({ turn }) => isPersona(log, turn));
  const seen = new Set<string>();
  return heard
    .flatMap((claim) =>
      heard.flatMap((limit): Clash[] => {
        if (claim.turn.speaker === limit.turn.speaker) return [];
        const topic = tension(reading, claim.sentence, limit.sentence);
        return topic ? [{ topic, claim, limit }] : [];
      }),
    )
    .toSorted((a, b) => lastTurn(b) - lastTurn(a))
    .filter(({ topic }) => !seen.has(topic) && seen.add(topic))
    .toReversed();
}

function lastTurn({ claim, limit }: Clash): number {
  return Math.max(claim.turn.n, limit.turn.n);
}

export function isPersona(log: Pick<Log, 'debate'>, turn: Turn): boolean {
  return speaker(log.debate.panel, turn.speaker)?.role === 'persona';
}

/** Questions put to a panellist that no turn of theirs answers. */
export function openQuestions(log: Log): OpenQuestion[] {
  return log.turns.flatMap((turn) =>
    (turn.data.asks ?? []).flatMap((ask) => {
      const answered = log.turns.some(
        (later) => (later.speaker === ask.to || ask.to === EVERYBODY) && later.answers.includes(turn.n),
      );
      return answered ? [] : [{ turn: turn.n, by: turn.speaker, to: ask.to, text: ask.text }];
    }),
  );
}
