import { describe, expect, test } from '@jest/globals';
import { formats } from '../../../src/formats/registry.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { Cue } from '../../../src/ports/voice.ts';
import { buildRecord } from '../../../src/record/record.ts';
import { asDialogue } from '../../fakes/dialogue.ts';
import { cuesOf, hold, logOf, shown } from '../stage.ts';

export function autoDialogues(store: () => Store): void {
  describe('a format the coordinator chooses', () => {
    test('is chosen from the question before the opening, said with its reason, and held to', async () => {
      const { log, table, voice } = await hold(store(), { format: 'auto' });
      expect(asDialogue(log).slice(0, 2)).toEqual(['coordinator choice', 'coordinator opening']);
      expect(log.turns.filter((turn) => turn.kind === 'notes')).toEqual([]);
      expect(table.thread()[0]).toMatch(/^Coordinator: \*\*Format: quick\.\*\* .+\n\nLittle is at stake\.$/);
      expect(buildRecord(log, { now: new Date() }).debate.format).toBe('quick');
      const told = shown(cuesOf(voice, 'choice')[0] as Cue);
      for (const id of ['panel', 'deliberation', 'oxford', 'redteam', 'socratic', 'delphi'])
        expect(told).toContain(`- ${id}: `);
      expect(told).toContain('Is it worth it?');
    });

    test('one that does not exist is sent back once; then it is the panel', async () => {
      const { log, voice } = await hold(store(), {
        format: 'auto',
        script: ({ move }) => (move.kind === 'choice' ? JSON.stringify({ format: 'duel', why: 'fun' }) : undefined),
      });
      expect(cuesOf(voice, 'choice').map((cue) => cue.repair?.problems[0])).toEqual([
        undefined,
        expect.stringContaining('There is no format "duel"'),
      ]);
      expect(log.turns[0]?.data.choice?.format).toBe('panel');
      expect(asDialogue(log)).toContain('coordinator notes to 3,4');
    });

    test('is not chosen again when the debate is taken up', async () => {
      const { debate, table } = await hold(store(), {
        format: 'auto',
        script: async ({ move }, at) => {
          if (move.kind === 'opening') await at.adapter.receive({ type: 'verb', verb: 'pause', args: {} }, 'en');
          return undefined;
        },
      });
      await table.adapter.receive({ type: 'verb', verb: 'resume', args: {} }, 'en');
      await table.runner.run(debate.workspace, debate.id);
      const { turns } = await logOf(store(), debate);
      expect(turns.filter((turn) => turn.kind === 'choice')).toHaveLength(1);
      expect(turns.at(-1)?.kind).toBe('synthesis');
    });

    test('is one of those the verb explains, each in a line', async () => {
      const { table } = await hold(store(), { format: 'quick' });
      await table.adapter.receive({ type: 'verb', verb: 'formats', args: {} }, 'es');
      const lines = table.adapter.told.at(-1)?.split('\n') ?? [];
      expect(lines.map((line) => /\*\*(\w+)\*\*/.exec(line)?.[1])).toEqual(formats.map(({ id }) => id));
      expect(lines.at(-1)).toMatch(/El coordinador elige .+ \*\(2–12 personas, necesita un modelo\)\*$/);
    });
  });
}
