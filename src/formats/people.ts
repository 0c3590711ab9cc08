/** How what people write in the thread enters the next moves; shared by the formats, pure like them. */
import { type Log, type Move, type Persona, speakers, type Turn } from '../debate.ts';
import { fold } from '../text/fold.ts';

/** People's questions to one persona that it has not answered yet, oldest first. */
export function unanswered(log: Log): Turn[] {
  const answered = new Set(log.turns.flatMap((turn) => turn.answers));
  return log.turns.filter((turn) => turn.kind === 'question' && turn.data.to && stands(turn) && !answered.has(turn.n));
}

/** The move that answers it. */
export function answer(question: Turn): Move {
  return {
    key: `answer-${question.n}`,
    kind: 'reply',
    speaker: question.data.to ?? '',
    round: question.round,
    to: [question.n],
    answers: [question.n],
  };
}

/** What people said to the whole table, with or without a name, and nobody has taken up yet. */
export function waitingRemarks(log: Log): Turn[] {
  const takenUp = new Set(log.turns.flatMap((turn) => turn.repliesTo));
  return log.turns.filter((turn) => isRemark(turn) && stands(turn) && !takenUp.has(turn.n));
}

/** Nobody is to take up what was taken back. */
function stands({ data }: Turn): boolean {
  return data.amended !== 'withdrawn';
}

export function isRemark({ kind }: Turn): boolean {
  return kind === 'human' || kind === 'dissent';
}

/**
 * The move with the waiting remarks it must take up: those its speaker is the best one left to answer, by what they
 * are about; all of them when the coordinator speaks.
 */
export function takeUp(log: Log, move: Move, left: readonly Persona[]): Move {
  const remarks = waitingRemarks(log).filter((turn) => {
    const best = concerned(turn.text, left);
    return best === undefined || best.id === move.speaker;
  });
  const to = [...move.to, ...remarks.map((turn) => turn.n).filter((n) => !move.to.includes(n))];
  return { ...move, to };
}

/** The persona whose lens the words touch most; the first of them when they touch none. */
export function concerned(words: string, personas: readonly Persona[]): Persona | undefined {
  const text = plain(words);
  const touched = (persona: Persona) =>
    new Set([...persona.lens.en, ...persona.lens.es].filter((term) => text.includes(plain(term)))).size;
  return personas.toSorted((a, b) => touched(b) - touched(a))[0];
}

/** The panellist somebody speaks to: `@doomer …`, `@AI Doomer …`, `AI Doomer, …`, `Doomer: …`. */
export function addressee(words: string, log: Pick<Log, 'debate'>): Persona | undefined {
  const text = plain(words);
  return speakers(log.debate.panel).find((persona) =>
    callNames(persona).some(
      (name) => text.startsWith(`@${name}`) || new RegExp(`^${RegExp.escape(name)}\\s*[,:]`).test(text),
    ),
  );
}

function callNames(persona: Persona): string[] {
  const full = [persona.id, persona.name.en, persona.name.es].map(plain);
  return [...full, ...full.map((name) => name.replace(/^ai /, ''))].filter((name) => name.length > 2);
}

function plain(text: string): string {
  return fold(text).trim();
}
