/** The part of the Store contract that is about workspaces: what they settle and what they spend. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OPEN_SETTINGS, type Store, type WorkspaceSettings } from '../../src/ports/store.ts';
import { newDebate, newTurn } from './store-samples.ts';

const strict: WorkspaceSettings = {
  roles: { start: ['r1', 'r2'], steer: ['r2'], schedule: [], personas: ['r3'] },
  limits: { debatesPerPersonPerDay: 3, debatesPerDay: 0, tokensPerDay: 2_000_000_000_000, moneyPerDay: 12.5 },
  zone: 'Europe/Madrid',
};
const LONG_AGO = new Date(0);
const EVERYBODY = { debates: 0, byPerson: {}, tokens: 0, money: 0 };

export function workspaces(store: () => Store, workspace: () => string): void {
  describe('ratings', () => {
    test('count each person once, by what they said last, in their own workspace', async () => {
      const here = workspace();
      const { id } = await store().createDebate(here, newDebate());
      expect(await store().ratings(here, id)).toEqual({ helpful: 0, unhelpful: 0 });
      await store().rate(here, id, 'ana', true);
      await store().rate(here, id, 'ben', true);
      await store().rate(here, id, 'ben', false);
      await store().rate(here, id, 'cleo', true);
      expect(await store().ratings(here, id)).toEqual({ helpful: 2, unhelpful: 1 });
      expect(await store().ratings(workspace(), id)).toEqual({ helpful: 0, unhelpful: 0 });
      await expect(store().rate(workspace(), id, 'ana', true)).rejects.toThrow();
    });
  });

  describe('settings', () => {
    test('are open until some are saved, then come back as they were', async () => {
      const here = workspace();
      expect(await store().settings(here)).toEqual(OPEN_SETTINGS);
      await store().saveSettings(here, strict);
      expect(await store().settings(here)).toEqual(strict);
      const { limits } = OPEN_SETTINGS;
      await store().saveSettings(here, { ...strict, limits });
      expect(await store().settings(here)).toEqual({ ...strict, limits });
    });

    test('are there beside debates, whichever came first', async () => {
      const here = workspace();
      const { id } = await store().createDebate(here, newDebate());
      await store().saveSettings(here, strict);
      await store().createDebate(here, newDebate());
      expect(await store().settings(here)).toEqual(strict);
      expect((await store().load(here, id))?.debate.id).toBe(id);
    });

    test('of one workspace are not those of another', async () => {
      const [here, there] = [workspace(), workspace()];
      await store().saveSettings(here, strict);
      for (const other of [there, '', `${here}%`]) expect(await store().settings(other)).toEqual(OPEN_SETTINGS);
      await store().saveSettings(there, OPEN_SETTINGS);
      expect(await store().settings(here)).toEqual(strict);
    });

    test('name any role', async () => {
      const here = workspace();
      const roles = fc.array(fc.string(), { maxLength: 3 });
      const setting = fc.record({ start: roles, steer: roles, schedule: roles, personas: roles });
      await fc.assert(
        fc.asyncProperty(setting, async (named) => {
          await store().saveSettings(here, { ...strict, roles: named });
          const good = Object.entries(named).map(([right, ids]) => [
            right,
            ids.map((id) => id.toWellFormed().replaceAll('\0', '\ufffd')),
          ]);
          expect((await store().settings(here)).roles).toEqual(Object.fromEntries(good));
        }),
        { numRuns: 20 },
      );
    });
  });

  describe('spending', () => {
    test('counts the debates begun since, by person, and the tokens of turns spoken since', async () => {
      const here = workspace();
      const before = new Date(Date.now() - 1000);
      const { id } = await store().createDebate(here, newDebate({ startedBy: 'ana' }));
      await store().createDebate(here, newDebate({ startedBy: 'ana' }));
      await store().createDebate(here, newDebate({ startedBy: 'ben' }));
      const usage = { inputTokens: 2_000_000_000, cachedTokens: 900, outputTokens: 100, cost: 0.25 };
      const untold = { inputTokens: null, cachedTokens: null, outputTokens: 7 };
      await store().saveTurn(here, id, newTurn('a', { usage }), [], 'pending');
      await store().saveTurn(here, id, newTurn('b', { usage: { ...usage, cachedTokens: null } }), [], 'pending');
      await store().saveTurn(here, id, newTurn('c', { usage: untold }), [], 'pending');
      await store().saveTurn(here, id, newTurn('d'), [], 'pending');
      expect(await store().spentSince(here, before)).toEqual({
        debates: 3,
        byPerson: { ana: 2, ben: 1 },
        tokens: 4_000_000_207,
        money: 0.5,
      });
      expect(await store().spentSince(here, new Date(Date.now() + 60_000))).toEqual(EVERYBODY);
    });

    test('of a turn counts from when it was spoken, not from when its debate began', async () => {
      const here = workspace();
      const { id } = await store().createDebate(here, newDebate());
      const usage = { inputTokens: 10, cachedTokens: null, outputTokens: 1 };
      const first = await store().saveTurn(here, id, newTurn('a', { usage }), [], 'pending');
      const after = new Date(first.at.getTime() + 1);
      while (Date.now() <= after.getTime()) await new Promise(setImmediate);
      await store().saveTurn(here, id, newTurn('b', { usage }), [], 'pending');
      expect(await store().spentSince(here, after)).toEqual({ debates: 0, byPerson: {}, tokens: 11, money: 0 });
    });

    test('of one workspace is not that of another', async () => {
      const here = workspace();
      const { id } = await store().createDebate(here, newDebate());
      const usage = { inputTokens: 10, cachedTokens: null, outputTokens: 1 };
      await store().saveTurn(here, id, newTurn('a', { usage }), [], 'pending');
      for (const other of [workspace(), '', `${here}%`]) {
        expect(await store().spentSince(other, LONG_AGO)).toEqual(EVERYBODY);
      }
    });
  });
}
