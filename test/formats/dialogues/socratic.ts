import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/ports/store.ts';
import type { Cue } from '../../../src/ports/voice.ts';
import { asDialogue } from '../../fakes/dialogue.ts';
import { cuesOf, hold, shown } from '../stage.ts';

export function socraticDialogues(store: () => Store): void {
  describe('a Socratic dialogue', () => {
    test('one asks, all others answer at once, the asker judges; then the next one asks', async () => {
      const { log } = await hold(store(), { format: 'socratic' });
      const lines = asDialogue(log);
      expect(lines[1]).toBe('researcher statement');
      expect(new Set(lines.slice(2, 8))).toEqual(
        new Set(
          ['reviewer', 'critic', 'doomer', 'philosopher', 'enthusiast', 'newcomer'].map(
            (id) => `${id} reply to 2 answering 2`,
          ),
        ),
      );
      expect(lines[8]).toBe('researcher verdict to 3,4,5,6,7,8');
      expect(lines[9]).toBe('reviewer statement');
      expect(lines.slice(10, 16).every((line) => line.endsWith('reply to 10 answering 10'))).toBe(true);
      expect(lines.slice(16)).toEqual([
        'reviewer verdict to 11,12,13,14,15,16',
        expect.stringMatching(/^coordinator synthesis/),
      ]);
    });

    test('what the asker calls unanswered stays open, and definitions stand on turns', async () => {
      const { log, table } = await hold(store(), {
        format: 'socratic',
        script: ({ move, persona }) => {
          if (move.kind === 'verdict' && persona.id === 'reviewer') return 'Not yet.\n[answered: no]';
          if (move.kind !== 'synthesis') return undefined;
          const definitions = [
            { term: 'worth', text: 'what somebody would pay', turns: [3, 4] },
            { term: 'luck', text: 'what nobody spoke of', turns: [99] },
          ];
          return JSON.stringify({ answer: 'It depends on the word.', definitions, recap: 'Thanks.' });
        },
      });
      const { synthesis } = log.turns.at(-1)?.data ?? {};
      expect(synthesis?.definitions).toEqual([{ term: 'worth', text: 'what somebody would pay', turns: [3, 4] }]);
      expect(synthesis?.open).toEqual([{ text: 'What do we mean by worth?', turn: 10, to: null }]);
      expect(table.thread().at(-1)).toContain('- **worth:** what somebody would pay (turns 3, 4)');
    });

    test('who answers is not shown the other answers, who asks next has them all', async () => {
      const { voice } = await hold(store(), { format: 'socratic' });
      for (const cue of cuesOf(voice, 'reply', 'answer').slice(0, 6)) {
        expect(shown(cue)).not.toContain('This is what I say in inquiry-1-');
        expect(shown(cue)).toContain('- turn 2, by Participant A: answer its question directly');
      }
      const [first, second] = cuesOf(voice, 'statement', 'inquiry');
      expect(shown(first as Cue)).toContain('Ask what the central notion of the question means');
      expect(shown(second as Cue)).toContain('Start from the answers so far');
      expect(shown(second as Cue)).toContain('This is what I say in inquiry-1-newcomer');
    });

    test('one who is to ask and does not is told so once', async () => {
      const { voice } = await hold(store(), {
        format: 'socratic',
        script: ({ move }) => (move.purpose === 'inquiry' ? 'I make a point and ask nothing.' : undefined),
      });
      const repairs = cuesOf(voice, 'statement', 'inquiry').flatMap((cue) => cue.repair?.problems ?? []);
      expect(repairs).toEqual([
        'You asked nothing: end with ONE question.',
        'You asked nothing: end with ONE question.',
      ]);
      // Nothing was asked, so there is nothing to judge.
      expect(cuesOf(voice, 'verdict')).toEqual([]);
    });
  });
}
