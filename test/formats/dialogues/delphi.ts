import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../../src/errors.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { Cue } from '../../../src/ports/voice.ts';
import { asDialogue } from '../../fakes/dialogue.ts';
import { scriptedVoice } from '../../fakes/scripted-voice.ts';
import { layTable } from '../../fakes/table.ts';
import { cuesOf, hold, shown } from '../stage.ts';

const SEVEN = ['researcher', 'reviewer', 'critic', 'doomer', 'philosopher', 'enthusiast', 'newcomer'];

/** 10, 20 … 70; then everybody nearer to 40. */
function estimating({ move, persona }: Cue): string | undefined {
  const value = 10 * (SEVEN.indexOf(persona.id) + 1);
  const line = (figure: number) => `[estimate: ${figure}, from: ${figure - 5}, to: ${figure + 5}, confidence: 80%]`;
  if (move.kind === 'opening') {
    return JSON.stringify({ greeting: 'Welcome.', axes: ['a', 'b'], question: 'How many?', unit: 'months' });
  }
  if (move.purpose === 'estimate') return `My reasons as ${persona.id}.\n${line(value)}`;
  return move.purpose === 'revision' ? `I think again.\n${line((value + 40) / 2)}` : undefined;
}

export function delphiDialogues(store: () => Store): void {
  describe('a Delphi', () => {
    test('estimates blind, how they lie, estimates again, and a range', async () => {
      const { log, table, voice } = await hold(store(), { format: 'delphi', script: estimating });
      expect(asDialogue(log)).toEqual([
        'coordinator opening',
        ...SEVEN.map((id) => `${id} statement`),
        'coordinator feedback',
        ...SEVEN.map((id) => `${id} reply to 9`),
        'coordinator synthesis',
      ]);
      expect(log.turns[8]?.text).toMatch(
        /^\*\*Median 40 months\*\*; the middle half lies from 25 to 55 months \(7 estimates\)\./,
      );
      expect(log.turns.at(-1)?.data.synthesis?.range).toEqual({
        unit: 'months',
        median: 40,
        low: 32.5,
        high: 47.5,
        estimates: 7,
      });
      expect(table.thread().at(-1)).toContain('### Where the estimates lie\n\n**Median 40 months**');
      // The program counts: no model is asked how the estimates lie.
      expect(voice.cues.map(({ move }) => move.kind as string)).not.toContain('feedback');
    });

    test('nobody knows another’s estimate, and then nobody’s name on any', async () => {
      const { voice } = await hold(store(), { format: 'delphi', script: estimating });
      for (const cue of cuesOf(voice, 'statement')) expect(shown(cue)).not.toContain('My reasons as');
      for (const cue of cuesOf(voice, 'reply')) {
        const told = shown(cue).replace(/NOW SPEAKS: .+/, '');
        expect(told).toContain('Median 40 months');
        expect(told).not.toMatch(/AI Doomer|Scientific Reviewer/);
        expect(told).not.toContain('I think again');
      }
    });

    test('is asked no further once nobody moves', async () => {
      const stubborn = ({ move }: Cue) =>
        move.purpose === 'revision' ? 'As before.\n[estimate: 40, from: 20, to: 60, confidence: 80%]' : undefined;
      const { log } = await hold(store(), { format: 'delphi', limits: { rounds: 4 }, script: stubborn });
      expect(log.turns.filter((turn) => turn.kind === 'feedback')).toHaveLength(1);
    });

    test('one without a figure is asked for it once', async () => {
      const { voice } = await hold(store(), {
        format: 'delphi',
        script: ({ move, persona }) =>
          move.purpose === 'estimate' && persona.id === 'critic' ? 'I would rather not say.' : undefined,
      });
      expect(
        cuesOf(voice, 'statement')
          .filter((cue) => cue.repair)
          .map(({ persona }) => persona.id),
      ).toEqual(['critic']);
    });

    test('a voice that only reads out is refused it', async () => {
      const offline = { ...scriptedVoice(() => ''), kind: 'offline' as const };
      const table = await layTable(store(), offline, undefined, { format: 'delphi' });
      await expect(table.convene()).rejects.toThrow(InputError);
    });
  });
}
