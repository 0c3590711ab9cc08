import { describe, expect, test } from '@jest/globals';
import { checkSynthesis } from '../../../src/checks/synthesis.ts';
import type { Panel } from '../../../src/debate.ts';
import { benches } from '../../../src/formats/oxford.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { Cue } from '../../../src/ports/voice.ts';
import { asDialogue } from '../../fakes/dialogue.ts';
import { samplePanel } from '../../fakes/sample-panel.ts';
import { cuesOf, hold, shown } from '../stage.ts';

/** Two of the three who listen go over to the motion. */
function converted({ move, persona }: Cue): string | undefined {
  if (move.kind !== 'stance') return undefined;
  const after = move.key.includes('after') && persona.id !== 'newcomer';
  return after
    ? 'I was won over.\n[stance: +2, confidence: 70%, moved by: turn 5]'
    : 'No.\n[stance: -1, confidence: 60%]';
}

export function oxfordDialogues(store: () => Store): void {
  describe('an Oxford debate', () => {
    test('the audience votes, benches speak in turn, rebut who sits opposite, the audience votes again', async () => {
      const { log, voice, table } = await hold(store(), { format: 'oxford', script: converted });
      expect(asDialogue(log)).toEqual([
        'coordinator opening',
        'philosopher stance',
        'enthusiast stance',
        'newcomer stance',
        'researcher statement',
        'reviewer statement',
        'critic statement',
        'doomer statement',
        'researcher reply to 6',
        'reviewer reply to 5',
        'critic reply to 8',
        'doomer reply to 7',
        'philosopher stance to 5',
        'enthusiast stance to 5',
        'newcomer stance',
        'coordinator synthesis',
      ]);
      expect(log.turns.at(-1)?.data.synthesis?.swing).toEqual({
        before: { for: 0, against: 3, undecided: 0 },
        after: { for: 2, against: 1, undecided: 0 },
        winner: 'for',
      });
      expect(table.thread().at(-1)).toContain('The motion gained more: the bench for it wins.');
      // Nobody who argues by assignment is asked for a position.
      expect(cuesOf(voice, 'stance').map(({ persona }) => persona.id)).not.toContain('researcher');
    });

    test('each is told its side, and no rebuttal is shown the one it meets', async () => {
      const { voice } = await hold(store(), { format: 'oxford' });
      const told = new Map(cuesOf(voice, 'statement').map((cue) => [cue.persona.id, shown(cue)]));
      expect(told.get('researcher')).toContain('you sit on the bench FOR the motion');
      expect(told.get('doomer')).toContain('you sit on the bench AGAINST the motion');
      expect(told.get('doomer')).not.toContain('End with your stance line');
      for (const cue of cuesOf(voice, 'reply')) expect(cue.log.turns).toHaveLength(8);
    });

    test('the vote is asked for before any argument is known', async () => {
      const { voice } = await hold(store(), { format: 'oxford' });
      for (const cue of cuesOf(voice, 'stance').slice(0, 3)) expect(shown(cue)).not.toContain('This is what I say');
    });

    test('people’s votes count with the audience’s', async () => {
      const { log } = await hold(store(), { format: 'oxford' });
      const votes = { before: [{ stance: 3, people: 4 }], after: [{ stance: -3, people: 4 }] };
      const said = JSON.stringify({ answer: 'No.' });
      const { settled } = checkSynthesis(said, { ...log, debate: { ...log.debate, votes } });
      expect(settled?.data.synthesis?.swing).toMatchObject({
        before: { for: 7, against: 0 },
        after: { for: 3, against: 4 },
        winner: 'against',
      });
    });

    test.each([3, 4, 5, 6, 7, 8, 12])('of %i, both benches are as strong and somebody listens', (seats) => {
      const some = Array.from({ length: seats }, (_, at) => ({ ...samplePanel.coordinator, id: `p${at}` }));
      const panel: Panel = { ...samplePanel, personas: some };
      const { for: yes, against, audience } = benches(panel);
      expect(yes.length).toBe(against.length);
      expect(audience.length).toBeGreaterThan(0);
      expect([...yes, ...against, ...audience]).toHaveLength(seats);
    });
  });
}
