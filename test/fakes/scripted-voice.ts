/** A voice that says what a script says, and remembers what it was shown. */
import type { Cue, Listener, Utterance, Voice } from '../../src/ports/voice.ts';

export interface ScriptedVoice extends Voice {
  /** Every cue in the order spoken. */
  readonly cues: Cue[];
}

/** What is said for a cue: text, or an error to fail with. */
type Script = (cue: Cue) => string | Error | Promise<string | Error>;

const USAGE = { inputTokens: 1000, cachedTokens: 900, outputTokens: 100 };

export function scriptedVoice(script: Script, model = 'scripted:one'): ScriptedVoice {
  const cues: Cue[] = [];
  return {
    kind: 'model',
    cues,
    async speak(cue: Cue, listener: Listener, signal: AbortSignal): Promise<Utterance> {
      cues.push(cue);
      const said = await Promise.race([script(cue), aborted(signal)]);
      signal.throwIfAborted();
      if (said instanceof Error) throw said;
      listener.text(said);
      return { text: said, usage: USAGE, model };
    },
  };
}

function aborted(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  return promise;
}

/** Plays its part in any debate: valid JSON where it is asked for, a line naming the move elsewhere. */
export function fairScript(cue: Cue): string {
  const { log, move } = cue;
  const statements = log.turns.filter((turn) => turn.kind === 'statement');
  switch (move.kind) {
    case 'opening':
      return JSON.stringify({ greeting: 'Welcome.', axes: ['cost', 'use'], question: 'Is it worth it?' });
    case 'notes': {
      const [first, second] = statements;
      if (!first || !second) return JSON.stringify({ routes: [] });
      const routes = [
        { speaker: first.speaker, to: [second.n], why: 'clash', issue: 'cost' },
        { speaker: second.speaker, to: [first.n], why: 'clash', issue: 'cost' },
      ];
      return JSON.stringify({ clashes: [{ issue: 'cost', turns: [first.n, second.n] }], routes });
    }
    case 'choice':
      return JSON.stringify({ format: 'quick', why: 'Little is at stake.' });
    case 'stance':
      return 'I stand where I stood.\n[stance: +1, confidence: 60%]';
    case 'verdict':
      return 'Yes, that answers it.\n[answered: yes]';
    case 'signoff':
      return JSON.stringify({ accept: true, objection: null });
    case 'draft':
    case 'synthesis':
      return JSON.stringify({ answer: 'Yes, with care.', confidence: 60, recap: 'Thanks.', plainWords: 'Try it.' });
    default:
      return `This is what I say in ${move.key}.${LAST_LINES[move.purpose ?? ''] ?? ''}`;
  }
}

/** What some moves have to end with. */
const LAST_LINES: Readonly<Record<string, string>> = {
  attack: '\n[failure: it breaks, likelihood: 3, harm: 3]',
  estimate: '\n[estimate: 40, from: 20, to: 60, confidence: 80%]',
  revision: '\n[estimate: 45, from: 30, to: 60, confidence: 80%]',
  inquiry: ' What do we mean by worth?',
};
