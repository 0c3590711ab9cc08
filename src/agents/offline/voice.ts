/** The voice for when no model is configured: personas read the article out, sentence by sentence, and say so. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Cue, Listener, Utterance, Voice } from '../../ports/voice.ts';
import { notes } from './notes.ts';
import { opening } from './opening.ts';
import { checkOfflineArticle } from './reading.ts';
import { reply } from './reply.ts';
import { takeSeat } from './seat.ts';
import { statement } from './statement.ts';
import { synthesis } from './synthesis.ts';

export { checkOfflineArticle };

/** Between two pieces of text, so that people can follow it as it comes. */
const PAUSE_MS = 25;
const WORDS_A_PIECE = 6;

export interface OfflineVoiceDeps {
  /** Resolves after `ms`; rejects when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * A Voice that quotes and never invents; the same log has the same words. Rejects with an InputError when there is no
 * article, or one too short to be read from.
 */
export function createOfflineVoice(deps: Partial<OfflineVoiceDeps> = {}): Voice {
  const wait = deps.wait ?? ((ms, signal) => delay(ms, undefined, { signal }));
  return {
    kind: 'offline',
    async speak(cue, listener, signal) {
      signal.throwIfAborted();
      checkOfflineArticle(cue.log.article);
      const text = wordsFor(cue);
      await stream(text, listener, signal, wait);
      return { text, usage: null, model: null } satisfies Utterance;
    },
  };
}

/** Asked to repair, it says the same again: its words are the article's, and there is nothing else to say. */
function wordsFor({ log, move, persona }: Cue): string {
  if (move.kind === 'opening') return JSON.stringify(opening(log), null, 2);
  if (move.kind === 'notes') return JSON.stringify(notes(log), null, 2);
  if (move.kind === 'synthesis') return JSON.stringify(synthesis(log), null, 2);
  const seat = takeSeat(log, move, persona);
  if (!seat) throw new Error(`no article to read from in debate ${log.debate.id}`);
  return move.kind === 'statement' ? statement(seat) : reply(seat);
}

async function stream(text: string, listener: Listener, signal: AbortSignal, wait: OfflineVoiceDeps['wait']) {
  for (const piece of text.match(new RegExp(`(?:\\S+\\s*){1,${WORDS_A_PIECE}}`, 'gu')) ?? []) {
    listener.text(piece);
    try {
      await wait(PAUSE_MS, signal);
    } finally {
      // The caller's own reason, not the timer's.
      signal.throwIfAborted();
    }
  }
}
