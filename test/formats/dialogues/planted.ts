/** A model that plants a contradiction, a question, a conforming persona; and one that invents what nobody said. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { stanceMoves } from '../../../src/checks/stances.ts';
import type { Store } from '../../../src/ports/store.ts';
import type { Cue } from '../../../src/ports/voice.ts';
import { buildRecord } from '../../../src/record/record.ts';
import { cuesOf, type Held, hold, shown, turnOf } from '../stage.ts';

const SAMPLE = join(import.meta.dirname, '../../../src/article/samples/post-training.en.md');

/* Turns: 1 opening, 2 researcher, 3 reviewer, 4 critic, 5 doomer, 6 philosopher, 7 enthusiast, 8 newcomer, 9 notes. */
const STATEMENTS: Record<string, string> = {
  researcher: 'Test-time scaling saves costly retraining.\n[stance: +2, confidence: 80%]',
  critic: 'What is measured gets gamed. AI Researcher, was the seed varied?\n[stance: -1, confidence: 60%]',
  doomer: 'Test-time scaling is far too costly.\n[stance: -3, confidence: 90%]',
  philosopher: 'Meaning matters. AI Newcomer, what would you call thinking?\n[stance: 0, confidence: 50%]',
  enthusiast: 'Everybody gains from cheap answers.\n[stance: +3, confidence: 85%]',
};

function planted({ move, persona }: Cue): string | undefined {
  if (move.purpose === 'alone') return STATEMENTS[persona.id];
  switch (move.kind) {
    case 'notes':
      return JSON.stringify({
        claims: [
          { text: 'scaling saves retraining', turns: [2] },
          { text: 'scaling costs too much', turns: [5] },
        ],
        clashes: [{ issue: 'whether scaling saves or costs', turns: [2, 5] }],
        // The other side and both questions are forgotten.
        routes: [{ speaker: 'AI Doomer', to: [2], why: 'clash', issue: 'the saving' }],
      });
    case 'reply':
      // The Researcher is asked about the seed and says nothing of it; the Newcomer answers.
      return `${persona.name.en} replies to what was put to it.\n${moved(persona.id)}`;
    case 'verdict':
      return persona.id === 'critic' ? 'That is no answer.\n[answered: no]' : 'It is.\n[answered: yes]';
    case 'stance':
      return `So I stand.\n${moved(persona.id)}`;
    case 'draft':
    case 'synthesis':
      return JSON.stringify({
        answer: 'It depends on the bill.',
        decision: 'open',
        disagreements: [
          {
            issue: 'whether scaling saves or costs',
            positions: [
              { speaker: 'AI Researcher', text: 'it saves retraining', turns: [2] },
              { speaker: 'AI Doomer', text: 'it costs too much', turns: [5] },
            ],
            settledBy: 'a bill',
          },
        ],
        recap: 'Thanks.',
        plainWords: 'It depends.',
      });
    default:
      return undefined;
  }
}

/** The Doomer says what moved it; the Enthusiast goes along with the others and names nothing. */
function moved(id: string): string {
  if (id === 'doomer') return '[stance: -1, confidence: 70%, moved by: turn 2]';
  if (id === 'enthusiast') return '[stance: -1, confidence: 60%]';
  return /\[.+/.exec(STATEMENTS[id] ?? '')?.[0] ?? '[stance: +1, confidence: 60%]';
}

export function plantedDialogues(store: () => Store): void {
  describe('with a contradiction, two questions and a persona that conforms', () => {
    let held: Held;
    beforeAll(async () => {
      held = await hold(store(), { format: 'deliberation', script: planted });
    });

    test('the clash is put to both sides and each question to whom it was asked, whatever the coordinator forgot', () => {
      const routes = turnOf(held.log, 'notes-1').data.notes?.routes.map(({ speaker, to, why }) => [speaker, to, why]);
      expect(routes).toEqual([
        ['doomer', [2], 'clash'],
        ['researcher', [5], 'clash'],
        ['researcher', [4], 'question'],
        ['newcomer', [6], 'question'],
      ]);
    });

    test('who is called twice speaks once, to both; no reply is shown another of its round', () => {
      const replies = held.log.turns.filter((turn) => turn.kind === 'reply');
      expect(replies.map(({ n, speaker, repliesTo, answers }) => [n, speaker, repliesTo, answers])).toEqual([
        [10, 'doomer', [2], []],
        [11, 'researcher', [4, 5], [4]],
        [12, 'newcomer', [6], [6]],
      ]);
      for (const cue of cuesOf(held.voice, 'reply')) expect(cue.log.turns).toHaveLength(9);
    });

    test('whoever asked says whether it was answered, on what it is shown of its question and the answer', () => {
      const verdicts = held.log.turns.filter((turn) => turn.kind === 'verdict');
      expect(verdicts.map(({ speaker, repliesTo, data }) => [speaker, repliesTo, data.verdict])).toEqual([
        ['critic', [11], { question: 4, answered: false }],
        ['philosopher', [12], { question: 6, answered: true }],
      ]);
      const [critic] = cuesOf(held.voice, 'verdict');
      const told = shown(critic as Cue);
      expect(told).toContain('[turn 4] you: What is measured gets gamed. Participant A, was the seed varied?');
      expect(told).toContain('[turn 11] Participant A: → Participant C, Participant D. Participant A replies');
      expect(told).not.toContain('TASK: reply');
    });

    test('the unanswered question is open in the synthesis, with its turn; the answered one is not', () => {
      const { synthesis } = held.log.turns.at(-1)?.data ?? {};
      expect(synthesis?.open).toEqual([{ text: 'AI Researcher, was the seed varied?', turn: 4, to: 'researcher' }]);
    });

    test('the change with a reason names its turn, the one without is marked', () => {
      const moves = stanceMoves(held.log).map(({ speaker, before, after, because }) => [
        speaker,
        before.stance,
        after?.stance,
        because,
      ]);
      expect(moves).toContainEqual(['doomer', -3, -1, 2]);
      expect(moves).toContainEqual(['enthusiast', 3, -1, null]);
      expect(held.log.turns.at(-1)?.text).toContain('| AI Doomer | -3 (90 %) | -1 (70 %) | (turn 2) |');
      expect(held.log.turns.at(-1)?.text).toContain('| AI Enthusiast | +3 (85 %) | -1 (60 %) | unexplained |');
    });

    test('it is asked once what moved it, and may keep its stance', () => {
      const asked = cuesOf(held.voice, 'stance').filter((cue) => cue.repair);
      expect(asked.map(({ persona }) => persona.id)).toEqual(['enthusiast']);
      expect(asked[0]?.repair?.problems[0]).toContain('Your stance was 3 and is now -1');
    });

    test('the record says all of it by turn number', () => {
      const record = buildRecord(held.log, { now: new Date() });
      expect(record.synthesis?.disagreements[0]?.positions.map(({ speaker, turns }) => [speaker, turns])).toEqual([
        ['researcher', [2]],
        ['doomer', [5]],
      ]);
      expect(record.stances.find(({ speaker }) => speaker === 'enthusiast')?.because).toBeNull();
      expect(record.questions.map(({ turn, answeredBy, accepted }) => [turn, answeredBy, accepted])).toEqual([
        [4, 11, false],
        [6, 12, true],
      ]);
    });

    test('names are letters in what models are told, and names again in what readers get', () => {
      const [reply] = cuesOf(held.voice, 'reply');
      const told = shown(reply as Cue);
      expect(told).toContain('[turn 5] Participant D: Test-time scaling is far too costly.');
      expect(told.replace(/NOW SPEAKS: .+/, '')).not.toMatch(/AI Doomer|AI Researcher|Critical Thinker/);
      expect(held.table.thread().join('\n')).not.toContain('Participant');
    });
  });

  describe('a round that brings nothing new', () => {
    test('ends the debate, which says so', async () => {
      const { log } = await hold(store(), { format: 'deliberation', limits: { rounds: 3 } });
      // A fair speaker's coordinator routes the same two again: they have replied to that.
      expect(log.turns.filter((turn) => turn.kind === 'notes').map((turn) => turn.key)).toEqual(['notes-1', 'notes-2']);
      expect(turnOf(log, 'notes-2').text).toBe('Nothing new is left to put to anybody; we close.');
      expect(log.turns.at(-1)?.text).toMatch(/^\*The last round brought nothing new, so the debate closed early\.\*/);
    });
  });

  describe('a model that invents', () => {
    test('a turn, a quote or an agreement: none of them reaches the reader', async () => {
      const { log, table, voice } = await hold(store(), {
        format: 'panel',
        source: { kind: 'bytes', name: 'post-training.md', bytes: await readFile(SAMPLE) },
        script: ({ move, persona }) => {
          if (move.key === 'statement-critic') {
            return 'As turn 44 showed, "the moon pays for every single token" [p3], and so it is settled for everybody here.';
          }
          if (move.key === 'statement-doomer') return 'Costs explode.\n\n**AI Newcomer:** I agree with the Doomer.';
          if (persona.role === 'persona') return `${persona.name.en} speaks of energy and of bills.`;
          if (move.kind !== 'synthesis') return undefined;
          return JSON.stringify({
            answer: 'Yes, as turn 77 shows.',
            agreements: [
              { text: 'Unicorns graze peacefully beneath purple rainbows', turns: [2, 3] },
              { text: 'Energy bills matter to every household', turns: [2, 3] },
              { text: 'Bills matter', turns: [2, 55] },
            ],
            disagreements: [
              {
                issue: 'a quarrel nobody had',
                positions: [
                  { speaker: 'AI Doomer', text: 'no', turns: [2] },
                  { speaker: 'AI Researcher', text: 'yes', turns: [2] },
                ],
              },
            ],
            recap: 'Everybody quoted "a sentence which the article never had in it" [p2].',
            plainWords: 'Fine.',
          });
        },
      });
      const read = table.thread().join('\n');
      expect(read).not.toMatch(/turn 44|turn 77|turn 55/);
      expect(read).not.toContain('“the moon pays');
      expect(read).toContain('the moon pays for every single token (unverified)');
      expect(read).not.toContain('“a sentence which the article never had');
      expect(read).not.toContain('Unicorns');
      expect(read).not.toContain('a quarrel nobody had');
      expect(read).not.toContain('I agree with the Doomer');
      const { synthesis } = log.turns.at(-1)?.data ?? {};
      expect(synthesis?.agreements.map(({ text }) => text)).toEqual(['Energy bills matter to every household']);
      expect(synthesis?.dropped).toHaveLength(5);
      expect(cuesOf(voice, 'synthesis').filter((cue) => cue.repair)).toHaveLength(1);
    });
  });
}
