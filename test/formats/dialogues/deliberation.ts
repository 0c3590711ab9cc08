import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/ports/store.ts';
import type { Cue } from '../../../src/ports/voice.ts';
import { asDialogue } from '../../fakes/dialogue.ts';
import { createScriptedAdapter } from '../../fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from '../../fakes/scripted-voice.ts';
import { layTable } from '../../fakes/table.ts';
import { cuesOf, hold, logOf, shown, turnOf } from '../stage.ts';

const SEVEN = ['researcher', 'reviewer', 'critic', 'doomer', 'philosopher', 'enthusiast', 'newcomer'];

export function deliberationDialogues(store: () => Store): void {
  describe('a deliberation', () => {
    test('statements blind, replies, positions again, a draft all accept, and the synthesis it is', async () => {
      const { log, voice, table } = await hold(store(), { format: 'deliberation' });
      expect(asDialogue(log)).toEqual([
        'coordinator opening',
        ...SEVEN.map((id) => `${id} statement`),
        'coordinator notes to 2,3',
        'researcher reply to 3',
        'reviewer reply to 2',
        ...SEVEN.map((id) => `${id} stance`),
        'coordinator draft',
        ...SEVEN.map((id) => `${id} signoff`),
        'coordinator synthesis',
      ]);
      // Positions, draft and sign-offs are nobody's to read in the thread.
      expect(table.thread()).toHaveLength(12);
      expect(log.turns.filter((turn) => !turn.public).map((turn) => turn.kind)).toEqual([
        ...SEVEN.map(() => 'stance'),
        'draft',
        ...SEVEN.map(() => 'signoff'),
      ]);
      // Nobody objected: the draft is the synthesis, and no model was asked again.
      expect(cuesOf(voice, 'synthesis')).toEqual([]);
      expect(log.turns.at(-1)?.data.synthesis).toMatchObject({ answer: 'Yes, with care.' });
      expect(log.turns.at(-1)?.usage).toBeNull();
    });

    test('nobody is shown another’s first statement, and they are posted in the panel’s order once all are in', async () => {
      const waiting = new Map<string, () => void>();
      const voice = scriptedVoice((cue: Cue) => {
        if (cue.move.purpose !== 'alone') return fairScript(cue);
        const { promise, resolve } = Promise.withResolvers<void>();
        waiting.set(cue.persona.id, resolve);
        if (waiting.size === SEVEN.length) speakBackwards();
        return promise.then(() => `The secret of ${cue.persona.id}.`);
      });
      const postedThen: number[] = [];
      const speakBackwards = () => {
        for (const id of SEVEN.toReversed()) {
          postedThen.push(adapter.posted.length);
          waiting.get(id)?.();
        }
      };
      const adapter = createScriptedAdapter();
      const table = await layTable(store(), voice, adapter, { format: 'deliberation' });
      await table.run(await table.convene());
      expect(new Set(postedThen)).toEqual(new Set([1]));
      expect(adapter.posted.slice(1, 8).map(({ message }) => message.turn.speaker)).toEqual(SEVEN);
      expect(adapter.posted.slice(1, 8).map(({ message }) => message.turn.n)).toEqual([2, 3, 4, 5, 6, 7, 8]);
      for (const cue of cuesOf(voice, 'statement')) {
        expect(cue.log.turns.map((turn) => turn.kind)).toEqual(['opening']);
        expect(shown(cue)).not.toContain('The secret of');
      }
      expect(shown(cuesOf(voice, 'notes')[0] as Cue)).toContain('The secret of newcomer');
    });

    test('cut off while statements are made, those made are kept, not shown to the rest, and not paid for again', async () => {
      const first = scriptedVoice((cue) => {
        if (cue.move.purpose !== 'alone') return fairScript(cue);
        return cue.persona.id === 'critic' ? new Error('the line is down') : `The secret of ${cue.persona.id}.`;
      });
      const adapter = createScriptedAdapter();
      const table = await layTable(store(), first, adapter, { format: 'deliberation' });
      const debate = await table.convene();
      await expect(table.run(debate)).rejects.toThrow('the line is down');
      expect((await logOf(store(), debate)).turns).toHaveLength(1);
      expect(adapter.posted).toHaveLength(1);

      const second = scriptedVoice(fairScript);
      const again = await layTable(store(), second, adapter, { format: 'deliberation' });
      await again.run(debate);
      const asked = cuesOf(second, 'statement');
      expect(asked.map(({ persona }) => persona.id)).toEqual(['critic']);
      expect(asked.map(shown).join()).not.toContain('The secret of');
      const { turns } = await logOf(store(), debate);
      expect(turns.slice(1, 8).map(({ speaker, text }) => [speaker, text])).toEqual(
        SEVEN.map((id) => [id, id === 'critic' ? 'This is what I say in statement-critic.' : `The secret of ${id}.`]),
      );
    });

    test('cut off while they are revealed, the rest are as they were made, whatever the log holds by now', async () => {
      const voice = scriptedVoice((cue) =>
        cue.move.purpose === 'alone' ? `The secret of ${cue.persona.id}.` : fairScript(cue),
      );
      const adapter = createScriptedAdapter();
      const failing = { ...store(), saveTurn: failingAt(store(), 4) };
      const table = await layTable(failing, voice, adapter, { format: 'deliberation' });
      const debate = await table.convene();
      await expect(table.run(debate)).rejects.toThrow();
      const revealed = (await logOf(store(), debate)).turns.length;
      expect(revealed).toBeGreaterThan(1);
      expect(revealed).toBeLessThan(8);

      const second = scriptedVoice(fairScript);
      const again = await layTable(store(), second, adapter, { format: 'deliberation' });
      await again.run(debate);
      expect(cuesOf(second, 'statement')).toEqual([]);
      const { turns } = await logOf(store(), debate);
      expect(turns.slice(1, 8).map(({ text }) => text)).toEqual(SEVEN.map((id) => `The secret of ${id}.`));
      const keys = adapter.posted.map(({ message }) => message.key);
      expect(new Set(keys).size).toBe(keys.length);
    });

    test('an objection is put to the coordinator, and what it leaves stands in the minority report word for word', async () => {
      const { log, voice } = await hold(store(), {
        format: 'deliberation',
        script: ({ move, persona }) => {
          if (move.kind === 'synthesis') {
            const amended = ['AI Researcher'];
            return JSON.stringify({ answer: 'Yes, with more care.', amended, recap: 'Thanks.', plainWords: 'Try it.' });
          }
          if (move.kind !== 'signoff' || !['researcher', 'doomer'].includes(persona.id)) return undefined;
          return JSON.stringify({ accept: false, objection: `${persona.id} was not heard` });
        },
      });
      const [closing] = cuesOf(voice, 'synthesis');
      expect(shown(closing as Cue)).toContain(
        '- Participant A: researcher was not heard\n- Participant D: doomer was not heard',
      );
      expect(log.turns.at(-1)?.data.synthesis?.minority).toEqual([{ speaker: 'doomer', text: 'doomer was not heard' }]);
      expect(log.turns.at(-1)?.text).toContain('### Objections on file\n\n- **AI Doomer:** doomer was not heard');
    });

    test('the Newcomer’s plain words close it; where they contradict the draft it goes back once', async () => {
      const restating = (answer: string) => (cue: Cue) => {
        if (cue.move.kind === 'draft' || cue.move.kind === 'synthesis') {
          return JSON.stringify({
            answer: 'Yes.',
            decision: 'yes',
            recap: 'Thanks.',
            plainWords: 'The coordinator’s words.',
          });
        }
        if (cue.move.purpose !== 'restatement') return undefined;
        return JSON.stringify({ accept: true, objection: null, restatement: 'They say go ahead.', answer });
      };
      const agreed = await hold(store(), { format: 'deliberation', script: restating('yes') });
      expect(cuesOf(agreed.voice, 'synthesis')).toEqual([]);
      expect(agreed.log.turns.at(-1)?.data.synthesis?.plainWords).toBe('They say go ahead.');

      const misread = await hold(store(), { format: 'deliberation', script: restating('no') });
      const closings = cuesOf(misread.voice, 'synthesis');
      expect(closings).toHaveLength(1);
      expect(shown(closings[0] as Cue)).toContain('The Newcomer read the answer as "no" where the draft means "yes".');
      expect(misread.log.turns.at(-1)?.data.synthesis?.plainWords).toBe('The coordinator’s words.');
    });

    test('a figure nobody gave in the plain words sends it back, too', async () => {
      const { voice } = await hold(store(), {
        format: 'deliberation',
        script: ({ move }) =>
          move.purpose === 'restatement'
            ? JSON.stringify({ accept: true, objection: null, restatement: 'It saves 83 percent.', answer: 'yes' })
            : undefined,
      });
      expect(shown(cuesOf(voice, 'synthesis')[0] as Cue)).toContain('a figure nobody gave: 83');
    });

    test('whoever speaks in the thread meanwhile is taken up in the closing, though all accepted the draft', async () => {
      const { log, voice } = await hold(store(), {
        format: 'deliberation',
        script: async ({ move }, table) => {
          if (move.kind === 'draft') await table.adapter.receive({ type: 'say', text: 'And the price?' }, 'en');
          return undefined;
        },
      });
      const human = log.turns.find((turn) => turn.kind === 'human');
      expect(cuesOf(voice, 'synthesis')[0]?.move.to).toEqual([human?.n]);
      expect(log.turns.at(-1)?.repliesTo).toContain(human?.n);
    });

    test('a question to a persona is answered before the next stage', async () => {
      const { log } = await hold(store(), {
        format: 'deliberation',
        script: async ({ move }, table) => {
          if (move.key === 'statement-critic') {
            await table.adapter.receive({ type: 'say', text: '@doomer how likely is that?' }, 'en');
          }
          return undefined;
        },
      });
      expect(asDialogue(log).slice(1, 11)).toEqual([
        'human question',
        ...SEVEN.map((id) => `${id} statement`),
        'doomer reply to 2 answering 2',
        'coordinator notes to 3,4',
      ]);
    });

    test('another round has notes, replies, positions, a draft and sign-offs of its own', async () => {
      const { table, debate } = await hold(store(), { format: 'deliberation' });
      await table.adapter.receive({ type: 'verb', verb: 'round', args: {} }, 'en');
      await table.runner.run(debate.workspace, debate.id);
      const { turns } = await logOf(store(), debate);
      const kinds = turns.slice(27).map((turn) => turn.kind);
      expect(kinds.filter((kind) => kind === 'stance')).toHaveLength(7);
      expect(kinds.filter((kind) => kind === 'reply')).toHaveLength(2);
      expect(kinds.slice(-1)).toEqual(['synthesis']);
      expect(turnOf({ debate, article: null, turns }, 'draft-2').public).toBe(false);
    });

    test('told to stop, it closes over what was said and polls nobody', async () => {
      const { log } = await hold(store(), {
        format: 'deliberation',
        script: async ({ move }, table) => {
          if (move.kind === 'notes') await table.adapter.receive({ type: 'verb', verb: 'stop', args: {} }, 'en');
          return undefined;
        },
      });
      expect(asDialogue(log).slice(-2)).toEqual(['coordinator notes to 2,3', 'coordinator synthesis']);
    });
  });
}

/** Keeps so many turns and then fails. */
function failingAt(store: Store, turns: number): Store['saveTurn'] {
  let saved = 0;
  return (...given) => {
    saved += 1;
    return saved > turns ? Promise.reject(new Error('the disk is full')) : store.saveTurn(...given);
  };
}
