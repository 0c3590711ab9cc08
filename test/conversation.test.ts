/** Conversations, as dialogue: what people do in a thread, and what the panel makes of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Debate, Log } from '../src/debate.ts';
import type { Incoming, Person } from '../src/ports/host.ts';
import type { Store } from '../src/ports/store.ts';
import type { Cue } from '../src/ports/voice.ts';
import { asDialogue } from './fakes/dialogue.ts';
import { openMemoryStore } from './fakes/memory-store.ts';
import { fairScript, scriptedVoice } from './fakes/scripted-voice.ts';
import { layTable, type Table } from './fakes/table.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

const BEN: Person = { id: 'ben', name: 'Ben', admin: false, roles: [] };

async function logOf(debate: Debate): Promise<Log> {
  const log = await store.load('local', debate.id);
  if (!log) throw new Error('gone');
  return log;
}

/** Does something in the thread the moment a speaker is about to speak. */
function when(moveKey: string, act: () => Promise<unknown>) {
  return async (cue: Cue) => {
    if (cue.move.key === moveKey) await act();
    return fairScript(cue);
  };
}

const verb = (table: Table, name: string, args: Record<string, string> = {}, by?: Person) =>
  table.adapter.receive({ type: 'verb', verb: name, args }, 'en', by);
const say = (table: Table, text: string, by?: Person) => table.adapter.receive({ type: 'say', text }, 'en', by);

describe('a debate from beginning to end', () => {
  test('eight voices in the panel’s order, the synthesis last, each turn kept and posted once', async () => {
    const voice = scriptedVoice(fairScript);
    const table = await layTable(store, voice);
    const debate = await table.convene();
    await expect(table.run(debate)).resolves.toBe('concluded');
    expect(asDialogue(await logOf(debate))).toEqual([
      'coordinator opening',
      'researcher statement',
      'reviewer statement',
      'critic statement',
      'doomer statement',
      'philosopher statement',
      'enthusiast statement',
      'newcomer statement',
      'coordinator notes to 2,3',
      'researcher reply to 3',
      'reviewer reply to 2',
      'coordinator synthesis',
    ]);
    expect(table.thread()).toHaveLength(12);
    expect(table.thread()[4]).toBe('AI Doomer: This is what I say in statement-doomer.');
    expect(table.thread()[9]).toContain('→ Scientific Reviewer.');
    expect(await store.owed('local', debate.id)).toEqual([]);
    expect(voice.cues).toHaveLength(12);
  });

  test('the second speaker is shown what the first said, and nobody what comes later', async () => {
    const voice = scriptedVoice(fairScript);
    const table = await layTable(store, voice);
    await table.run(await table.convene());
    expect(voice.cues.map((cue) => cue.log.turns.length)).toEqual([...Array(12).keys()]);
  });

  test('progress is told before each turn', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    await table.run(await table.convene());
    expect(table.adapter.progressed[4]).toMatchObject({ turn: 5, of: 16, thinking: ['doomer'] });
    expect(table.adapter.progressed.at(-1)).toMatchObject({ turn: 12, of: 12 });
  });
});

describe('people who think better of what they said', () => {
  const amend = (table: Table, act: Incoming['act']) => table.adapter.receive(act, 'en', BEN);
  /** By the ids the scripted platform gives: the first event is `e1`. */
  const humanIn = async (debate: Debate) => (await logOf(debate)).turns.filter(({ speaker }) => speaker === 'human');

  test('words put otherwise are what later speakers and the record are shown', async () => {
    const voice = scriptedVoice((cue) => script(cue));
    const table = await layTable(store, voice);
    const script = when('statement-reviewer', async () => {
      await say(table, 'Waht does it cost in enrgy?', BEN);
      await amend(table, { type: 'amend', of: 'e1', text: 'What does it cost in energy?' });
    });
    const debate = await table.convene();
    await table.run(debate);
    expect(await humanIn(debate)).toMatchObject([
      { text: 'What does it cost in energy?', data: { author: { name: 'Ben' }, amended: 'edited' } },
    ]);
    const shown = voice.cues.flatMap(({ log }) => log.turns.filter(({ speaker }) => speaker === 'human'));
    expect(new Set(shown.map(({ text }) => text))).toEqual(new Set(['What does it cost in energy?']));
  });

  test('words taken back are taken up by nobody, and a question taken back is not answered', async () => {
    const voice = scriptedVoice((cue) => script(cue));
    const table = await layTable(store, voice);
    const script = when('statement-doomer', async () => {
      await say(table, 'Just a moment.', BEN);
      await say(table, '@Doomer how likely is that?', BEN);
      await amend(table, { type: 'withdraw', of: 'e1' });
      await amend(table, { type: 'withdraw', of: 'e2' });
    });
    const debate = await table.convene();
    await table.run(debate);
    const withdrawn = await humanIn(debate);
    expect(withdrawn).toMatchObject([{ text: '(withdrawn)' }, { text: '(withdrawn)', kind: 'question' }]);
    const { turns } = await logOf(debate);
    const numbers = withdrawn.map(({ n }) => n);
    expect(
      turns.filter(({ repliesTo, answers }) => numbers.some((n) => [...repliesTo, ...answers].includes(n))),
    ).toEqual([]);
  });

  test('what is no turn of ours is let be', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene();
    await amend(table, { type: 'amend', of: 'elsewhere', text: 'Mine.' });
    await table.adapter.receive({ type: 'withdraw', of: 'e1' }, 'en', BEN, null);
    expect(table.adapter.told).toEqual([]);
    expect((await logOf(debate)).turns).toEqual([]);
  });
});

describe('whether it was of use', () => {
  test('people say so once it is over, change their minds, and the status counts them', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene();
    await verb(table, 'rate', { verdict: 'yes' });
    expect(table.adapter.told.at(-1)).toContain('makes no sense now');
    await table.run(debate);
    await verb(table, 'rate', { verdict: 'perhaps' });
    expect(table.adapter.told.at(-1)).toContain('neither yes nor no');
    await verb(table, 'rate', { verdict: 'no' });
    await verb(table, 'rate', { verdict: 'sí' });
    await verb(table, 'rate', { verdict: '👎' }, BEN);
    await verb(table, 'status');
    expect(table.adapter.told.at(-1)).toContain('👍 1 · 👎 1');
  });
});

describe('people in the thread', () => {
  test('words to all are a turn, taken up by whom they concern', async () => {
    const voice = scriptedVoice((cue) => script(cue));
    const table = await layTable(store, voice);
    const script = when('statement-reviewer', () =>
      say(table, 'What does it cost in energy? We pay for collisions.', BEN),
    );
    const debate = await table.convene();
    await table.run(debate);
    const { turns } = await logOf(debate);
    const human = turns.find((turn) => turn.kind === 'human');
    expect(human).toMatchObject({
      text: 'What does it cost in energy? We pay for collisions.',
      data: { author: { name: 'Ben' } },
    });
    const takers = turns.filter((turn) => turn.repliesTo.includes(human?.n ?? 0)).map((turn) => turn.speaker);
    expect(takers).toContain('doomer');
    const shown = voice.cues.find((cue) => cue.move.speaker === 'doomer');
    expect(shown?.move.to).toEqual([human?.n]);
  });

  test.each(['AI Doomer, how likely is that?', '@doomer how likely is that?', '@AI Doomer how likely?'])(
    '“%s” is answered by the Doomer next',
    async (words) => {
      const voice = scriptedVoice((cue) => script(cue));
      const table = await layTable(store, voice);
      const script = when('statement-researcher', () => say(table, words));
      const debate = await table.convene();
      await table.run(debate);
      expect(asDialogue(await logOf(debate)).slice(1, 5)).toEqual([
        'human question',
        'researcher statement',
        'doomer reply to 2 answering 2',
        'reviewer statement',
      ]);
    },
  );

  test('the same event delivered three times is heard once', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene();
    const place = { adapter: 'scripted', workspace: 'local', channel: 'room', thread: debate.thread.thread };
    for (let time = 0; time < 3; time++) {
      await table.host.receive({ id: 'event-1', by: BEN, place, language: 'en', act: { type: 'say', text: 'Hello' } });
    }
    expect((await logOf(debate)).turns).toHaveLength(1);
  });

  test('a follow-up after the synthesis is answered in the thread', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene();
    await table.run(debate);
    await say(table, 'AI Newcomer, say that again?', BEN);
    await table.runner.run('local', debate.id);
    expect(asDialogue(await logOf(debate)).slice(-2)).toEqual(['human question', 'newcomer reply to 13 answering 13']);
    expect((await logOf(debate)).debate.status).toBe('concluded');
  });
});

describe('the verbs', () => {
  test('pause rests after whoever is speaking; resume goes on', async () => {
    const table = await layTable(
      store,
      scriptedVoice((cue) => script(cue)),
    );
    const script = when('statement-critic', () => verb(table, 'pause'));
    const debate = await table.convene();
    await expect(table.run(debate)).resolves.toBe('paused');
    expect((await logOf(debate)).turns.at(-1)?.speaker).toBe('critic');
    await verb(table, 'resume');
    await expect(table.runner.run('local', debate.id)).resolves.toBe('concluded');
    expect((await logOf(debate)).turns.filter((turn) => turn.speaker === 'critic')).toHaveLength(1);
  });

  test('stop concludes over what was said so far, and says so', async () => {
    const table = await layTable(
      store,
      scriptedVoice((cue) => script(cue)),
    );
    const script = when('statement-critic', () => verb(table, 'stop'));
    const debate = await table.convene();
    await expect(table.run(debate)).resolves.toBe('stopped');
    expect(asDialogue(await logOf(debate)).slice(-2)).toEqual(['critic statement', 'coordinator synthesis']);
    expect(table.thread().at(-1)).toContain('The debate was asked to conclude');
  });

  test('another round has replies and a synthesis of its own', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene();
    await table.run(debate);
    await verb(table, 'round');
    await table.runner.run('local', debate.id);
    expect(asDialogue(await logOf(debate)).slice(12)).toEqual([
      'coordinator notes to 2,3',
      'researcher reply to 3',
      'reviewer reply to 2',
      'coordinator synthesis',
    ]);
  });

  test('ask puts a question to one persona; an unknown one is told whom there is', async () => {
    const table = await layTable(
      store,
      scriptedVoice((cue) => script(cue)),
    );
    const script = when('statement-critic', async () => {
      await verb(table, 'ask', { persona: 'AI Philosopher', question: 'what is truth?' });
      await verb(table, 'ask', { persona: 'Socrates', question: 'what?' });
    });
    const debate = await table.convene();
    await table.run(debate);
    expect(asDialogue(await logOf(debate)).slice(3, 6)).toEqual([
      'human question',
      'critic statement',
      'philosopher reply to 4 answering 4',
    ]);
    expect(table.adapter.told[0]).toBe('AI Philosopher answers next.');
    expect(table.adapter.told[1]).toContain('Nobody at this table is called "Socrates"');
  });

  test('only whoever opened it, or an admin, may steer', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene('Is it?', {}, { id: 'eva', name: 'Eva', admin: false, roles: [] });
    await verb(table, 'stop', {}, BEN);
    expect(table.adapter.told[0]).toContain('Only whoever opened debate');
    expect((await logOf(debate)).debate.ending).toBeNull();
    await verb(table, 'status', {}, BEN);
    expect(table.adapter.told[1]).toContain('under way');
  });

  test('what makes no sense now is said, in the language asked in', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    await table.run(await table.convene());
    await table.adapter.receive({ type: 'verb', verb: 'pause', args: {} }, 'es');
    expect(table.adapter.told[0]).toMatch(/«pausar» no cabe ahora: el debate d\d+ está concluido/);
  });

  test('export hands out the whole debate', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene();
    await table.run(debate);
    const place = { adapter: 'scripted', workspace: 'local', channel: 'room', thread: debate.thread.thread };
    const act = { type: 'verb', verb: 'export', args: { kind: 'html' } } as const;
    const { attachment } = await table.host.receive({ id: 'x', by: BEN, place, language: 'en', act });
    expect(attachment?.mediaType).toContain('text/html');
    expect(attachment?.content).toContain('This is what I say in statement-doomer.');
  });

  test('start never reads a file of the machine it runs on', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    await verb(table, 'start', { article: '/etc/passwd' });
    expect(table.adapter.told[0]).toContain('neither a link nor an arXiv id');
  });
});

describe('limits', () => {
  test('a token budget closes the debate properly, and says so', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene('Is it?', { tokens: 5000 });
    await expect(table.run(debate)).resolves.toBe('concluded');
    const { turns } = await logOf(debate);
    expect(turns.at(-1)?.kind).toBe('synthesis');
    expect(turns.length * 1100).toBeLessThanOrEqual(5500);
    expect(table.thread().at(-1)).toContain('reached its limit of tokens');
  });

  test('so does a limit of turns', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    const debate = await table.convene('Is it?', { turns: 6 });
    await table.run(debate);
    expect((await logOf(debate)).turns).toHaveLength(6);
  });
});

describe('repair', () => {
  test('what the checks find is sent back once, with the draft; the mended turn is what readers see', async () => {
    const voice = scriptedVoice((cue) => {
      if (cue.move.key !== 'statement-doomer') return fairScript(cue);
      return cue.repair ? 'I speak for myself.' : 'I begin.\n\nAI Enthusiast: And I agree!\nAI Doomer: See?';
    });
    const table = await layTable(store, voice);
    const debate = await table.convene();
    await table.run(debate);
    expect(table.thread()[4]).toBe('AI Doomer: I speak for myself.');
    const repair = voice.cues.find((cue) => cue.repair)?.repair;
    expect(repair?.draft).toContain('And I agree!');
    expect(repair?.problems[0]).toContain('Speak only as AI Doomer');
    const turn = (await logOf(debate)).turns.find((each) => each.key === 'statement-doomer');
    expect(turn?.usage).toEqual({ inputTokens: 2000, cachedTokens: 1800, outputTokens: 200 });
  });

  test('a repair that a crash cut short does not ask for the first draft again', async () => {
    let fail = true;
    const voice = scriptedVoice((cue) => {
      if (cue.move.key !== 'statement-doomer') return fairScript(cue);
      if (!cue.repair) return 'AI Doomer: x.\nAI Enthusiast: y.\nAI Doomer: z.';
      return fail ? new Error('the process ended') : 'Mended.';
    });
    const table = await layTable(store, voice);
    const debate = await table.convene();
    await expect(table.run(debate)).rejects.toThrow('the process ended');
    fail = false;
    await expect(table.run(debate)).resolves.toBe('concluded');
    const firsts = voice.cues.filter((cue) => cue.move.key === 'statement-doomer' && !cue.repair);
    expect(firsts).toHaveLength(1);
    expect(table.thread()[4]).toBe('AI Doomer: Mended.');
  });
});

describe('delivery', () => {
  test('a lost response is looked for, not posted again', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    table.adapter.beforePost = (message) => {
      if (message.turn.n === 3 || message.turn.n === 7) table.adapter.loseNextResponse();
    };
    const debate = await table.convene();
    await table.run(debate);
    expect(table.thread()).toHaveLength(12);
    expect(new Set(table.adapter.posted.map(({ message }) => message.key)).size).toBe(12);
  });

  test('a post that fails stops the debate there; taken up again, it is posted once and in order', async () => {
    const table = await layTable(store, scriptedVoice(fairScript));
    let down = true;
    table.adapter.beforePost = (message) => {
      if (down && message.turn.n >= 5) throw new Error('the platform is down');
    };
    const debate = await table.convene();
    await expect(table.run(debate)).rejects.toThrow('did not take turn 5');
    down = false;
    await table.run(debate);
    expect(table.adapter.posted.map(({ message }) => message.turn.n)).toEqual([...Array(12).keys()].map((n) => n + 1));
  });
});
