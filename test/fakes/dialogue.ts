/** Plays a format by hand: each move becomes a turn as a script says, people interject where it says. */
import type { Debate, Format, Log, Move, Turn, TurnData } from '../../src/debate.ts';
import { samplePanel } from './sample-panel.ts';

interface Line {
  readonly text?: string;
  readonly data?: TurnData;
  readonly repliesTo?: readonly number[];
}

/** What a move's speaker says; nothing: a line that says who spoke. */
export type Script = (move: Move, log: Log) => Line | undefined;

export function emptyLog(change: Partial<Debate> = {}): Log {
  return {
    debate: {
      id: 'd1',
      workspace: 'local',
      status: 'running',
      question: 'Is it worth it?',
      language: 'en',
      format: 'panel',
      panel: samplePanel,
      voice: 'model',
      limits: { rounds: 1, words: 120, tokens: null, turns: 80, time: 3_600_000 },
      ending: null,
      thread: { adapter: 'scripted', channel: 'room', thread: 'one' },
      startedBy: 'ana',
      startedAt: new Date(0),
      endedAt: null,
      failure: null,
      ...change,
    },
    article: null,
    turns: [],
  };
}

export function withTurn(log: Log, turn: Partial<Turn> & Pick<Turn, 'key' | 'kind' | 'speaker'>): Log {
  const n = log.turns.length + 1;
  const full: Turn = {
    n,
    public: true,
    round: 0,
    text: `${turn.speaker} speaks.`,
    repliesTo: [],
    answers: [],
    quotes: [],
    data: {},
    usage: null,
    model: null,
    at: new Date(n * 1000),
    ...turn,
  };
  return { ...log, turns: [...log.turns, full] };
}

/** Somebody in the thread; `to` makes it a question to that persona. */
export function withPerson(log: Log, text: string, to?: string): Log {
  return withTurn(log, {
    key: `human-${log.turns.length}`,
    kind: to ? 'question' : 'human',
    speaker: 'human',
    text,
    data: { author: { id: 'ana', name: 'Ana' }, ...(to && { to }) },
  });
}

export function perform(log: Log, move: Move, script: Script): Log {
  const line = script(move, log) ?? {};
  return withTurn(log, {
    key: move.key,
    kind: move.kind,
    speaker: move.speaker,
    round: move.round,
    answers: move.answers,
    repliesTo: [...new Set([...move.to, ...(line.repliesTo ?? [])])],
    ...(line.text !== undefined && { text: line.text }),
    ...(line.data && { data: line.data }),
  });
}

/** Runs the format to its end (or for `steps` moves) and returns the log. */
export function play(format: Format, start: Log, script: Script, steps = 100): Log {
  let log = start;
  for (let step = 0; step < steps; step++) {
    const moves = format.next(log);
    if (moves.length === 0) return log;
    for (const move of moves) log = perform(log, move, script);
  }
  return log;
}

/** The debate as a play: `doomer reply to 3,5`. */
export function asDialogue(log: Log): string[] {
  return log.turns.map((turn) => {
    const to = turn.repliesTo.length > 0 ? ` to ${turn.repliesTo.join(',')}` : '';
    const answers = turn.answers.length > 0 ? ` answering ${turn.answers.join(',')}` : '';
    return `${turn.speaker} ${turn.kind}${to}${answers}`;
  });
}
