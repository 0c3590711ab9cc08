import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/ports/store.ts';
import type { Cue } from '../../../src/ports/voice.ts';
import { asDialogue } from '../../fakes/dialogue.ts';
import { cuesOf, hold, shown } from '../stage.ts';

const HARM: Record<string, string> = {
  reviewer: '[failure: the test set leaks, likelihood: 4, harm: 2]',
  doomer: '[failure: nobody can stop it, likelihood: 2, harm: 5]',
};

function attacking({ move, persona }: Cue): string | undefined {
  if (move.purpose === 'attack') {
    return `${persona.name.en} finds a hole.\n${HARM[persona.id] ?? '[failure: it is dull, likelihood: 1, harm: 1]'}`;
  }
  if (move.kind !== 'synthesis') return undefined;
  // The Doomer's attack is left out, and the Reviewer's made lighter than it said.
  const risks = [{ text: 'Leaks', likelihood: 1, harm: 1, mitigation: 'A fresh set.', turns: [4, 9] }];
  return JSON.stringify({ answer: 'Only behind a switch.', decision: 'open', risks, recap: 'Thanks.' });
}

export function redteamDialogues(store: () => Store): void {
  describe('a red team', () => {
    test('one defends, everybody else attacks at once, the defender meets them all, the notes go on from there', async () => {
      const { log } = await hold(store(), { format: 'redteam', script: attacking });
      const lines = asDialogue(log);
      expect(lines.slice(0, 2)).toEqual(['coordinator opening', 'enthusiast statement']);
      expect(new Set(lines.slice(2, 8))).toEqual(
        new Set(
          ['researcher', 'reviewer', 'critic', 'doomer', 'philosopher', 'newcomer'].map((id) => `${id} statement`),
        ),
      );
      expect(lines[8]).toBe('enthusiast reply to 3,4,5,6,7,8');
      expect(lines[9]).toMatch(/^coordinator notes/);
      expect(lines.at(-1)).toMatch(/^coordinator synthesis/);
    });

    test('ends in a list, the worst first by what the attackers said, and none of theirs is lost', async () => {
      const { log, table } = await hold(store(), { format: 'redteam', script: attacking });
      const at = (id: string) => log.turns.find((turn) => turn.key === `statement-${id}`)?.n;
      const risks = log.turns.at(-1)?.data.synthesis?.risks ?? [];
      expect(risks.map(({ likelihood, harm }) => likelihood * harm)).toEqual([10, 8, 1, 1, 1, 1]);
      expect(risks[0]).toMatchObject({ text: 'nobody can stop it', turns: [at('doomer')], mitigation: '' });
      const leak = risks.find(({ text }) => text === 'Leaks' || text === 'the test set leaks');
      expect(leak).toMatchObject({ likelihood: 4, harm: 2 });
      expect(table.thread().at(-1)).toContain('1. **nobody can stop it** (likelihood 2/5, harm 5/5)');
    });

    test('attackers are not shown one another’s attacks, and are asked for one way it fails', async () => {
      const { voice } = await hold(store(), { format: 'redteam', script: attacking });
      const cues = cuesOf(voice, 'statement', 'attack');
      expect(cues).toHaveLength(6);
      for (const cue of cues) {
        expect(shown(cue)).toContain('Name ONE way it fails');
        expect(shown(cue)).not.toContain('finds a hole');
      }
      expect(shown(cuesOf(voice, 'reply', 'defence')[0] as Cue)).toContain('- turn 8, by Participant');
    });
  });
}
