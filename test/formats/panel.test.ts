import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Log, Move, Route } from '../../src/debate.ts';
import { panel } from '../../src/formats/panel.ts';
import { asDialogue, emptyLog, perform, play, type Script, withPerson } from '../fakes/dialogue.ts';

const route = (speaker: string, to: number[], why: Route['why'] = 'clash'): Route => ({
  speaker,
  to,
  why,
  issue: 'cost',
});

/** The Critic asks the Researcher; the notes put a clash to both sides and the question to its addressee. */
const script: Script = (move) => {
  if (move.key === 'statement-critic') {
    return { data: { asks: [{ to: 'researcher', text: 'AI Researcher, how is it measured?' }] }, repliesTo: [2] };
  }
  if (move.kind !== 'notes') return undefined;
  const routes = [route('doomer', [7]), route('enthusiast', [5]), route('researcher', [4], 'question')];
  return { data: { notes: { clashes: [{ issue: 'cost', turns: [5, 7] }], questions: [], untouched: [], routes } } };
};

const panelClosing: Move = {
  key: 'synthesis-1',
  kind: 'synthesis',
  speaker: 'coordinator',
  round: 1,
  to: [],
  answers: [],
};

describe('the panel', () => {
  test('opens, hears all seven in turn, routes the clash and the question, closes', () => {
    expect(asDialogue(play(panel, emptyLog(), script))).toEqual([
      'coordinator opening',
      'researcher statement',
      'reviewer statement',
      'critic statement to 2',
      'doomer statement',
      'philosopher statement',
      'enthusiast statement',
      'newcomer statement',
      'coordinator notes',
      'doomer reply to 7',
      'enthusiast reply to 5',
      'researcher reply to 4 answering 4',
      'critic verdict to 12',
      'coordinator synthesis',
    ]);
  });

  test('expects sixteen turns of the seven, and the true number once the notes are in', () => {
    expect(panel.expectedTurns(emptyLog())).toBe(16);
    const log = play(panel, emptyLog(), script);
    expect(panel.expectedTurns(log)).toBe(log.turns.length);
  });

  test('a question to one persona is answered next, before anybody else speaks', () => {
    const asked = withPerson(play(panel, emptyLog(), script, 3), 'why?', 'doomer');
    const log = play(panel, asked, script);
    expect(asDialogue(log)[4]).toBe('doomer reply to 4 answering 4');
    expect(log.turns.filter((turn) => turn.answers.includes(4))).toHaveLength(1);
  });

  test('a remark to all is taken up by the speaker whose matter it is, not merely the next', () => {
    const said = withPerson(play(panel, emptyLog(), script, 3), 'The enthusiast case is what I care about');
    const log = play(panel, said, script);
    const takers = log.turns.filter((turn) => turn.n < 10 && turn.repliesTo.includes(4)).map((turn) => turn.speaker);
    expect(takers).toEqual(['enthusiast']);
  });

  test('what is said when all have spoken goes to the notes, and at the end to the closing', () => {
    const late = withPerson(play(panel, emptyLog(), script, 8), 'and the price?');
    expect(panel.next(late)[0]).toMatchObject({ kind: 'notes', to: [9] });
    const last = withPerson(play(panel, emptyLog(), script, 13), 'one more thing');
    expect(panel.next(last)[0]).toMatchObject({ kind: 'synthesis', to: [14] });
  });

  test('told to end, it goes straight to the closing and no further', () => {
    const begun = play(panel, emptyLog(), script, 4);
    const ending: Log = { ...begun, debate: { ...begun.debate, ending: 'asked' } };
    expect(asDialogue(play(panel, ending, script)).slice(4)).toEqual(['coordinator synthesis']);
  });

  test('a follow-up after the synthesis is answered, and the debate is over again', () => {
    const over = withPerson(play(panel, emptyLog(), script), 'what did you mean?', 'newcomer');
    const log = play(panel, over, script);
    expect(asDialogue(log).slice(-2)).toEqual(['human question', 'newcomer reply to 15 answering 15']);
    expect(panel.next(log)).toEqual([]);
  });

  test('what is said while the closing is spoken is answered after it, once, by whom it concerns', () => {
    const closing = play(panel, emptyLog(), script, 13);
    const spoken = perform(withPerson(closing, 'The enthusiast case is what I care about'), panelClosing, script);
    const log = play(panel, spoken, script);
    expect(asDialogue(log).slice(-3)).toEqual(['human human', 'coordinator synthesis', 'enthusiast reply to 14']);
    expect(panel.next(withPerson(log, 'Thank you all.'))).toEqual([]);
  });

  test('another round adds notes, replies and a closing of its own', () => {
    const over = play(panel, emptyLog(), script);
    const more: Log = { ...over, debate: { ...over.debate, limits: { ...over.debate.limits, rounds: 2 } } };
    const log = play(panel, more, script);
    expect(log.turns.filter((turn) => turn.kind === 'synthesis')).toHaveLength(2);
    expect(log.turns.filter((turn) => turn.kind === 'notes')).toHaveLength(2);
  });

  test('law: wherever it is cut off and taken up again, with people speaking at any moment, the same moves are made once', () => {
    const interjection = fc.record({ after: fc.nat(15), to: fc.option(fc.constantFrom('doomer', 'newcomer')) });
    fc.assert(
      fc.property(fc.array(interjection, { maxLength: 4 }), (interjections) => {
        let log = emptyLog();
        for (let step = 0; step < 60; step++) {
          for (const each of interjections.filter((one) => one.after === step)) {
            log = withPerson(log, 'what about energy?', each.to ?? undefined);
          }
          // A restart knows the log and nothing else.
          const move = panel.next(structuredClone(log))[0];
          if (!move && step > 15) break;
          if (move) log = perform(log, move, script);
        }
        const keys = log.turns.map((turn) => turn.key);
        expect(new Set(keys).size).toBe(keys.length);
        expect(keys.filter((key) => key.startsWith('synthesis'))).toHaveLength(1);
        expect(keys.filter((key) => key.startsWith('statement'))).toHaveLength(7);
        for (const question of log.turns.filter((turn) => turn.kind === 'question')) {
          expect(log.turns.filter((turn) => turn.answers.includes(question.n))).toHaveLength(1);
        }
      }),
    );
  });
});
