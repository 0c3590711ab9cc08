import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/ports/store.ts';
import { asDialogue } from '../../fakes/dialogue.ts';
import { cuesOf, hold, logOf } from '../stage.ts';

export function quickDialogues(store: () => Store): void {
  describe('a quick debate', () => {
    test('opens, hears everybody at once and closes', async () => {
      const { log, voice } = await hold(store(), { format: 'quick' });
      const spoke = ['researcher', 'reviewer', 'critic', 'doomer', 'philosopher', 'enthusiast', 'newcomer'];
      expect(asDialogue(log)[0]).toBe('coordinator opening');
      expect(new Set(asDialogue(log).slice(1, 8))).toEqual(new Set(spoke.map((id) => `${id} statement`)));
      expect(asDialogue(log).slice(8)).toEqual(['coordinator synthesis']);
      // Whoever speaks knows the opening alone.
      expect(cuesOf(voice, 'statement').map((cue) => cue.log.turns.length)).toEqual(spoke.map(() => 1));
    });

    test('however many rounds it was given it has none, and one when somebody asks for it', async () => {
      const { log, table, debate } = await hold(store(), { format: 'quick', limits: { rounds: 2 } });
      expect(log.turns.filter((turn) => turn.kind === 'notes')).toEqual([]);
      await table.adapter.receive({ type: 'verb', verb: 'round', args: {} }, 'en');
      await table.runner.run(debate.workspace, debate.id);
      const more = (await logOf(store(), debate)).turns.slice(9).map((turn) => turn.kind);
      expect(more).toEqual(['notes', 'reply', 'reply', 'synthesis']);
    });
  });
}
