/** The mock model is only worth what the program's own checks say of it. */
import { expect, test } from '@jest/globals';
import { speak } from '../../src/conducting/speak.ts';
import type { Log, Turn } from '../../src/debate.ts';
import { panel } from '../../src/formats/panel.ts';
import { listener, never } from '../contracts/voice.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { stage } from './voice-under-test.ts';

const store = { saveDraft: async () => {}, findDraft: async () => null };

test.each(['en', 'es'] as const)('plays a whole debate in %s that needs no mending', async (language) => {
  await using on = await stage({ reply: mockPanel });
  const sample = sampleLog(language);
  const question = '';
  let log: Log = { ...sample, debate: { ...sample.debate, status: 'running', question }, turns: [] };
  for (let moves = panel.next(log); moves.length > 0; moves = panel.next(log)) {
    for (const move of moves) {
      const options = { voice: on.voice, store, resumed: false, listener: listener().listener, signal: never() };
      const said = await speak(log, move, options);
      const turn: Turn = { ...said, n: log.turns.length + 1, at: new Date() };
      log = { ...log, turns: [...log.turns, turn] };
    }
  }
  const { turns } = log;
  expect(on.server.journal).toHaveLength(turns.length);
  expect(turns.filter((turn) => turn.kind === 'statement')).toHaveLength(7);
  expect(turns.filter((turn) => turn.kind === 'reply').length).toBeGreaterThanOrEqual(2);
  expect(turns.flatMap((turn) => turn.data.mended ?? [])).toEqual([]);
  const quotes = turns.flatMap((turn) => turn.quotes);
  expect(quotes.length).toBeGreaterThan(7);
  expect(quotes.every((quote) => quote.verified)).toBe(true);
  const synthesis = turns.at(-1)?.data.synthesis;
  expect(synthesis?.dropped).toEqual([]);
  expect(synthesis?.disagreements).toHaveLength(1);
});
