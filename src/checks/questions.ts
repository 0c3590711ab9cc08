/** Questions put on the panel, and what became of them. */
import { EVERYBODY, type Log, type Question, type Turn } from '../debate.ts';

export interface PutQuestion extends Question {
  /** The turn that asks. */
  readonly turn: number;
  readonly by: string;
  /** The turn in which whom it was put to answered, null: nobody did. */
  readonly answeredBy: number | null;
  /** What whoever asked said of the answer; null: nothing. */
  readonly accepted: boolean | null;
}

type Turns = Pick<Log, 'turns'>;

/** All the panel put to one another, in order. */
export function questionsPut(log: Turns): PutQuestion[] {
  return log.turns.flatMap((turn) => (turn.data.asks ?? []).map((ask) => put(turn, ask, log)));
}

/** Questions no turn answers, or not to the satisfaction of who asked. */
export function openQuestions(log: Turns): PutQuestion[] {
  return questionsPut(log).filter(({ answeredBy, accepted }) => answeredBy === null || accepted === false);
}

function put(turn: Turn, { to, text }: Question, { turns }: Turns): PutQuestion {
  const answers = turns.filter(
    (other) => other.answers.includes(turn.n) && (other.speaker === to || to === EVERYBODY) && other !== turn,
  );
  const verdicts = turns.filter(
    ({ data, repliesTo }) =>
      data.verdict?.question === turn.n && (to === EVERYBODY || answers.some(({ n }) => repliesTo.includes(n))),
  );
  const accepted = verdicts.length === 0 ? null : verdicts.some(({ data }) => data.verdict?.answered);
  return { turn: turn.n, by: turn.speaker, to, text, answeredBy: answers[0]?.n ?? null, accepted };
}
