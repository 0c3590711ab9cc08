/** The part of the Store contract that is about people: votes, and the personas and panels of a workspace's own. */
import { describe, expect, test } from '@jest/globals';
import type { PanelPlan, Persona } from '../../src/debate.ts';
import type { Store } from '../../src/ports/store.ts';
import { newDebate, type Started } from './store-samples.ts';

const both = (text: string) => ({ en: text, es: text });

function persona(id: string, duty = 'Count the night shifts.'): Persona {
  return {
    id,
    role: 'persona',
    name: both(`Name of ${id}`),
    face: '🦊',
    color: '#112233',
    duty: both(duty),
    stance: both('Sleep is not a luxury.'),
    lens: { en: ['shift', 'night'], es: ['turno', 'noche'] },
    never: both('Romanticise tiredness.'),
  };
}

const panel: PanelPlan = {
  id: 'wards',
  name: both('Wards'),
  summary: both('For rosters.'),
  coordinator: 'coordinator',
  personas: ['night-nurse', 'critic'],
};

export function teams(store: () => Store, workspace: () => string): void {
  describe('a workspace’s own personas and panels', () => {
    test('come back as they were kept, one an id, the latest', async () => {
      const here = workspace();
      expect(await store().team(here)).toEqual({ personas: [], panels: [], disabled: [] });
      await store().savePersona(here, persona('night-nurse'), 'ana');
      await store().savePersona(here, persona('accountant'), 'ana');
      await store().savePersona(here, persona('night-nurse', 'Count them again.'), 'ben');
      await store().savePanel(here, panel, 'ana');
      await store().savePanel(here, { ...panel, personas: ['critic'] }, 'ben');
      expect(await store().team(here)).toEqual({
        personas: [persona('accountant'), persona('night-nurse', 'Count them again.')],
        panels: [{ ...panel, personas: ['critic'] }],
        disabled: [],
      });
    });

    test('may be disabled and brought back, those that ship as well; keeping one anew brings it back', async () => {
      const here = workspace();
      await store().savePersona(here, persona('night-nurse'), 'ana');
      for (const id of ['night-nurse', 'doomer']) await store().setDisabled(here, id, true, 'ana');
      expect(await store().team(here)).toMatchObject({
        personas: [persona('night-nurse')],
        disabled: ['doomer', 'night-nurse'],
      });
      await store().setDisabled(here, 'doomer', false, 'ana');
      await store().savePersona(here, persona('night-nurse'), 'ana');
      expect(await store().team(here)).toEqual({ personas: [persona('night-nurse')], panels: [], disabled: [] });
    });

    test('of one workspace are never those of another', async () => {
      const [here, there] = [workspace(), workspace()];
      await store().savePersona(here, persona('night-nurse'), 'ana');
      await store().savePanel(here, panel, 'ana');
      await store().setDisabled(here, 'doomer', true, 'ana');
      for (const other of [there, '', `${here}%`]) {
        expect(await store().team(other)).toEqual({ personas: [], panels: [], disabled: [] });
      }
      await store().savePersona(there, persona('night-nurse', 'Another.'), 'eva');
      expect((await store().team(here)).personas).toEqual([persona('night-nurse')]);
    });
  });
}

export function votes(started: Started): void {
  describe('votes', () => {
    test('count each person once a phase, the latest; the debate has the totals', async () => {
      const { store, here, id } = await started();
      expect((await store.load(here, id))?.debate.votes).toBeUndefined();
      await store.castVote(here, id, { voter: 'ana', phase: 'before', stance: 3 });
      await store.castVote(here, id, { voter: 'ben', phase: 'before', stance: -1 });
      await store.castVote(here, id, { voter: 'ana', phase: 'before', stance: -1 });
      const votes = await store.castVote(here, id, { voter: 'ana', phase: 'after', stance: 1 });
      expect(votes).toEqual({ before: [{ stance: -1, people: 2 }], after: [{ stance: 1, people: 1 }] });
      expect((await store.refresh(here, id, 0))?.debate.votes).toEqual(votes);
      expect((await store.load(here, id))?.debate.votes).toEqual(votes);
    });

    test('twenty at once are all counted', async () => {
      const { store, here, id } = await started();
      const voters = Array.from({ length: 20 }, (_, n) => `voter-${n}`);
      await Promise.all(
        voters.map((voter, n) => store.castVote(here, id, { voter, phase: 'after', stance: n % 2 === 0 ? 3 : -3 })),
      );
      expect((await store.load(here, id))?.debate.votes?.after).toEqual([
        { stance: -3, people: 10 },
        { stance: 3, people: 10 },
      ]);
    });

    test('are of one debate of one workspace', async () => {
      const { store, here, id } = await started();
      const other = await store.createDebate(here, newDebate());
      await store.castVote(here, id, { voter: 'ana', phase: 'before', stance: 3 });
      expect((await store.load(here, other.id))?.debate.votes).toBeUndefined();
      const vote = { voter: 'ana', phase: 'before', stance: 3 } as const;
      await expect(store.castVote(`${here}%`, id, vote)).rejects.toThrow(id);
      await expect(store.castVote(here, 'none', vote)).rejects.toThrow('none');
    });
  });
}
