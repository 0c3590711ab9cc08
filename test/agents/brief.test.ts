import { describe, expect, test } from '@jest/globals';
import { openNames, seatLetters } from '../../src/agents/aliases.ts';
import { promptFor } from '../../src/agents/prompt.ts';
import type { Log, Move } from '../../src/debate.ts';
import { cueFor } from '../contracts/voice.ts';
import { withTurn } from '../fakes/dialogue.ts';
import { sampleLog } from '../fakes/sample-log.ts';

const WHOLE = { whole: true } as const;
const log: Log = { ...sampleLog('en'), turns: sampleLog('en').turns.slice(0, 14) };

function prompt(now: Log, kind: Move['kind'], change: Partial<Move> = {}) {
  const cue = cueFor(now, kind);
  const persona = now.debate.panel.personas.find(({ id }) => id === (change.speaker ?? 'doomer')) ?? cue.persona;
  return promptFor(
    { ...cue, log: now, persona, move: { ...cue.move, speaker: persona.id, ...change } },
    WHOLE,
    seatLetters(now.debate),
  );
}

const textOf = (messages: readonly { content: string }[]) => messages.map(({ content }) => content).join('\n');

describe('the short prompt', () => {
  test('leaves the article out, says each turn in a line and the speaker’s own whole', () => {
    const told = textOf(prompt(log, 'stance'));
    expect(told).not.toContain('THE ARTICLE');
    expect(told.length).toBeLessThan(textOf(prompt(log, 'statement')).length);
    const doomer = log.turns.find((turn) => turn.speaker === 'doomer');
    expect(told).toContain(`[turn ${doomer?.n}] you: ${doomer?.text}`);
    const reviewer = log.turns.find((turn) => turn.speaker === 'reviewer');
    expect(told).toContain('[turn 3] Participant B: ');
    expect(told).not.toContain(reviewer?.text.split(' ').slice(-8).join(' '));
  });

  test('tells the stance that may be kept, and asks what moved it', () => {
    expect(textOf(prompt(log, 'stance'))).toContain('Your stance was -1. Keep it unless');
    expect(textOf(prompt(log, 'stance', { speaker: 'newcomer' }))).toContain('from -3 (firmly no) to +3');
  });

  test('of everybody polled at once is the same but for the last message, and repeats what came before', () => {
    const [one, other] = ['doomer', 'critic'].map((speaker) => prompt(log, 'stance', { speaker }));
    expect(one?.slice(0, -1)).toEqual(other?.slice(0, -1));
    const earlier = prompt({ ...log, turns: log.turns.slice(0, 9) }, 'verdict').slice(0, -1);
    expect(one?.slice(0, earlier.length)).toEqual(earlier);
  });

  test('of a poll before anybody has argued tells how the article begins, and later none of it', () => {
    const opened = { ...log, turns: log.turns.slice(0, 1) };
    const begins = log.article?.passages[0]?.text ?? '';
    expect(textOf(prompt(opened, 'stance'))).toContain(begins);
    expect(textOf(prompt(log, 'stance'))).not.toContain(begins);
  });

  test('of a sign-off has the draft as the panel would read it', () => {
    const drafted = withTurn(log, {
      key: 'draft-1',
      kind: 'draft',
      speaker: 'coordinator',
      public: false,
      text: '### Answer\n\nAI Doomer is right.',
      data: { draft: sampleSynthesisOf() },
    });
    const told = prompt(drafted, 'signoff');
    expect(told.at(-2)?.content).toContain('DRAFT of the synthesis');
    expect(told.at(-2)?.content).toContain('Participant D is right.');
    // Whoever speaks in the long prompts never sees it.
    expect(textOf(prompt(drafted, 'reply'))).not.toContain('is right.');
  });

  test('with names where letters are turned off', () => {
    const cue = cueFor(log, 'stance');
    expect(textOf(promptFor(cue, WHOLE, openNames(log.debate)))).toContain('[turn 3] Scientific Reviewer: ');
  });
});

function sampleSynthesisOf() {
  const synthesis = sampleLog('en').turns.at(-1)?.data.synthesis;
  if (!synthesis) throw new Error('the sample ends in a synthesis');
  return synthesis;
}
