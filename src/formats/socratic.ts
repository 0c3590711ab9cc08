/** One asks, the others answer, the next one asks on; ends in what the words came to mean and what stays open. */
import { EVERYBODY, type Format, type Log, type Move, type Persona, type Turn } from '../debate.ts';
import { course, inTurn, judging, type Stage, together } from './course.ts';

export const socratic: Format = {
  id: 'socratic',
  summary: {
    en: 'One asks, the others answer, then the next one asks; ends in refined definitions and open questions.',
    es: 'Una persona pregunta, las demás responden, luego pregunta la siguiente; acaba en definiciones afinadas y preguntas abiertas.',
  },
  least: 2,
  most: 12,
  ...course(
    [
      {
        next(log) {
          for (const stage of inquiriesOf(log).flatMap(stagesOf)) {
            const moves = stage.next(log);
            if (moves.length > 0) return moves;
          }
          return [];
        },
        turns: (log) =>
          inquiriesOf(log)
            .flatMap(stagesOf)
            .reduce((sum, stage) => sum + stage.turns(log), 0),
      },
    ],
    'inquiry',
  ),
};

/** One more than there are rounds: a single question is no dialogue. */
function inquiriesOf(log: Log): number[] {
  return Array.from({ length: log.debate.limits.rounds + 1 }, (_, at) => at + 1);
}

function stagesOf(inquiry: number): Stage[] {
  return [
    inTurn((log) => askers(log, inquiry).map(({ id }) => ask(id, inquiry))),
    together((log) => answers(log, inquiry)),
    judging(inTurn((log) => verdict(log, inquiry))),
  ];
}

/** Everybody in turn. */
function askers({ debate: { panel } }: Log, inquiry: number): Persona[] {
  return [panel.personas[(inquiry - 1) % panel.personas.length]].flatMap((persona) => persona ?? []);
}

function ask(speaker: string, inquiry: number): Move {
  const key = `inquiry-${inquiry}`;
  return { key, kind: 'statement', speaker, round: inquiry - 1, to: [], answers: [], purpose: 'inquiry' };
}

function asked({ turns }: Log, inquiry: number): Turn | undefined {
  return turns.find((turn) => turn.key === `inquiry-${inquiry}`);
}

function answers(log: Log, inquiry: number): Move[] {
  const to = [asked(log, inquiry)].flatMap((turn) => turn?.n ?? []);
  const asking = askers(log, inquiry);
  return log.debate.panel.personas
    .filter((persona) => !asking.includes(persona))
    .map(({ id }) => ({
      key: `inquiry-${inquiry}-${id}`,
      kind: 'reply',
      speaker: id,
      round: inquiry - 1,
      to,
      answers: to,
      purpose: 'answer',
    }));
}

/** On the answers to a question that was one: where the asker only made a point there is nothing to judge. */
function verdict(log: Log, inquiry: number): Move[] {
  const question = asked(log, inquiry);
  if (question && !question.data.asks?.some(({ to }) => to === EVERYBODY)) return [];
  const to = log.turns.filter((turn) => turn.key.startsWith(`inquiry-${inquiry}-`)).map(({ n }) => n);
  const round = inquiry - 1;
  return askers(log, inquiry).map(({ id }) => ({
    key: `verdict-${inquiry}`,
    kind: 'verdict',
    speaker: id,
    round,
    to,
    answers: [],
  }));
}
