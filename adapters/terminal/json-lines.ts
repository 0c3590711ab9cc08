/** The terminal for programs: one JSON event a line and nothing else. */
import type { Debate, Move, Persona, Thread, Turn } from '../../src/debate.ts';
import type { Adapter, Outgoing, Progress } from '../../src/ports/adapter.ts';

/** What a line may be; `docs/record.md` explains the fields of a turn. */
type Event =
  | {
      type: 'debate';
      id: string;
      question: string;
      language: string;
      format: string;
      voice: Debate['voice'];
      title: string;
    }
  | {
      type: 'progress';
      turn: number;
      of: number;
      thinking: readonly string[];
      tokens: number | null;
      money: number | null;
      elapsedMs: number;
      left: string;
    }
  | { type: 'delta'; speaker: string; move: string; text: string }
  | { type: 'void'; speaker: string; move: string }
  | ({ type: 'turn' } & Omit<Turn, 'at'> & { at: string })
  | { type: 'notice'; text: string };

export function createJsonLines(output: { write(line: string): unknown }): Adapter {
  const say = (event: Event) => void output.write(`${JSON.stringify(event)}\n`);
  return {
    name: 'terminal',
    facts: { maxLength: Number.MAX_SAFE_INTEGER, canLook: false, hasChannel: false },
    start: async () => undefined,
    stop: async () => undefined,
    openThread: async (debate: Debate, title: string): Promise<Thread> => {
      const { id, question, language, format, voice } = debate;
      say({ type: 'debate', id, question, language, format, voice, title });
      return { adapter: 'terminal', channel: 'terminal', thread: id };
    },
    split: (text) => [text],
    post: async ({ key, turn }: Outgoing) => {
      say({ type: 'turn', ...turn, at: turn.at.toISOString() });
      return key;
    },
    stream: (_: Debate, speaker: Persona, move: Move, text: string) =>
      say({ type: 'delta', speaker: speaker.id, move: move.key, text }),
    unstream: (_: Debate, speaker: Persona, move: Move) => say({ type: 'void', speaker: speaker.id, move: move.key }),
    progress: ({ turn, of, thinking, tokens, money = null, elapsedMs, left = '' }: Progress) =>
      say({ type: 'progress', turn, of, thinking, tokens, money, elapsedMs: Math.round(elapsedMs), left }),
    notice: (_: Debate, text: string) => say({ type: 'notice', text }),
  };
}
