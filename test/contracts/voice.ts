/** What every voice owes the core, whoever speaks through it. */
import { describe, expect, test } from '@jest/globals';
import type { z } from 'zod';
import { detectLanguage, readyFor } from '../../src/article/language.ts';
import { type Log, type Move, speaker } from '../../src/debate.ts';
import type { Cue, Listener, Voice } from '../../src/ports/voice.ts';
import { notesDraft, openingDraft, synthesisDraft } from '../../src/spoken.ts';
import { parseStructured } from '../../src/text/structured.ts';

export interface VoiceUnderTest {
  readonly voice: Voice;
  /** A debate in the language asked for, with an article, an opening, and statements of two personas or more. */
  readonly log: Log;
  close?(): Promise<void>;
}

/** Runs the suite on the voices `make` returns, one for each test. */
export function voiceContract(name: string, make: (language: 'en' | 'es') => Promise<VoiceUnderTest>): void {
  const on = async (language: 'en' | 'es', use: (subject: VoiceUnderTest) => Promise<void>) => {
    const subject = await make(language);
    try {
      await use(subject);
    } finally {
      await subject.close?.();
    }
  };

  describe(`voice contract: ${name}`, () => {
    describe.each(['en', 'es'] as const)('in %s', (language) => {
      const structures: readonly (readonly [Move['kind'], z.ZodType])[] = [
        ['opening', openingDraft],
        ['notes', notesDraft],
        ['synthesis', synthesisDraft],
      ];
      test.each(structures)('%s is JSON of its schema', (kind, schema) =>
        on(language, async ({ voice, log }) => {
          const { text } = await voice.speak(cueFor(log, kind), listener().listener, never());
          expect(parseStructured(text, schema)).toMatchObject({ ok: true });
        }),
      );

      test.each(['statement', 'reply'] as const)('%s is prose in the language asked for', (kind) =>
        on(language, async ({ voice, log }) => {
          const { text } = await voice.speak(cueFor(log, kind), listener().listener, never());
          expect(text.trim()).not.toMatch(/^(\{|```)/);
          await readyFor(withoutQuotes(text));
          expect(detectLanguage(withoutQuotes(text))).toBe(language);
        }),
      );
    });

    test('what the listener heard is what was said', () =>
      on('en', async ({ voice, log }) => {
        const heard = listener();
        const { text } = await voice.speak(cueFor(log, 'statement'), heard.listener, never());
        expect(['', text.trim()]).toContain(heard.text().trim());
      }));

    test('usage and model are told together, or no model spoke', () =>
      on('en', async ({ voice, log }) => {
        const { usage, model } = await voice.speak(cueFor(log, 'statement'), listener().listener, never());
        expect(model === null).toBe(voice.kind === 'offline');
        expect(usage === null).toBe(voice.kind === 'offline');
      }));

    test('a repair is a whole turn again', () =>
      on('en', async ({ voice, log }) => {
        const repair = { draft: 'Nothing to add.', problems: ['You said nothing of the article.'] };
        const said = await voice.speak({ ...cueFor(log, 'statement'), repair }, listener().listener, never());
        expect(said.text.split(/\s+/).length).toBeGreaterThan(8);
      }));

    test('an aborted signal ends it with its reason', () =>
      on('en', async ({ voice, log }) => {
        const reason = new Error('enough');
        const speaking = voice.speak(cueFor(log, 'statement'), listener().listener, AbortSignal.abort(reason));
        await expect(speaking).rejects.toBe(reason);
      }));
  });
}

/** A cue for a move of that kind at a point of the log where it makes sense. */
export function cueFor(log: Log, kind: Move['kind']): Cue {
  const { coordinator, personas } = log.debate.panel;
  const said = log.turns.filter((turn) => turn.kind === 'statement');
  const first = said[0];
  const turns = kind === 'opening' ? [] : kind === 'statement' ? log.turns.slice(0, first?.n ?? 1) : until(log, kind);
  const structured = kind === 'opening' || kind === 'notes' || kind === 'synthesis';
  const one = kind === 'reply' ? first?.speaker : personas.find((each) => each.id !== first?.speaker)?.id;
  const persona = structured ? coordinator : speaker(log.debate.panel, one ?? '');
  if (!persona) throw new Error('the log has no statement to reply to');
  const to = kind === 'reply' ? said.slice(1, 2).map((turn) => turn.n) : [];
  const move = {
    key: `${kind}-under-test`,
    kind,
    speaker: persona.id,
    round: kind === 'reply' ? 1 : 0,
    to,
    answers: [],
  };
  return { log: { ...log, turns }, move, persona };
}

function until(log: Log, kind: Move['kind']): Log['turns'] {
  const end = log.turns.findIndex((turn) => turn.kind === (kind === 'synthesis' ? 'synthesis' : 'notes'));
  return end < 0 ? log.turns : log.turns.slice(0, end);
}

/** A listener that remembers what still stands. */
export function listener() {
  let text = '';
  let restarts = 0;
  const deltas: string[] = [];
  return {
    listener: {
      text(delta) {
        text += delta;
        deltas.push(delta);
      },
      restart() {
        text = '';
        restarts++;
      },
    } satisfies Listener,
    deltas,
    text: () => text,
    restarts: () => restarts,
  };
}

export function never(): AbortSignal {
  return new AbortController().signal;
}

function withoutQuotes(text: string): string {
  return text.replace(/"[^"]*"/g, '').replace(/\[[^\]]*\]/g, '');
}
