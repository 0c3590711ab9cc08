/** Debate or not, as dialogue: the panel is polled first, and what follows depends on what it says. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Debate, Log } from '../src/debate.ts';
import type { Store } from '../src/ports/store.ts';
import type { Cue } from '../src/ports/voice.ts';
import type { Prices } from '../src/spending/prices.ts';
import { asDialogue } from './fakes/dialogue.ts';
import { openMemoryStore } from './fakes/memory-store.ts';
import { ANA, createScriptedAdapter } from './fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from './fakes/scripted-voice.ts';
import { layTable } from './fakes/table.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

const SEVEN = ['researcher', 'reviewer', 'critic', 'doomer', 'philosopher', 'enthusiast', 'newcomer'];
const A_DOLLAR: Prices = () => ({ input: 1, cached: 0.1, output: 10 });

const PAGE = {
  answer: 'Yes, do it. Now. With care. And more.',
  decision: 'yes',
  reasons: [
    { text: 'It pays for itself.', speakers: ['AI Researcher', 'AI Enthusiast'] },
    { text: 'Nobody ever said this.', speakers: ['Socrates'] },
  ],
  against: 'It is costly, see turn 99.',
  nextSteps: ['One', 'Two', 'Three', 'Four'],
  plainWords: 'Go ahead.',
};

/** The poll as given, in the order of the panel; the page, where it comes to one. */
function voiceWith(stances: readonly number[], page: object = PAGE) {
  return scriptedVoice((cue: Cue) => {
    if (cue.move.kind === 'stance') {
      const stance = stances[SEVEN.indexOf(cue.persona.id)] ?? 0;
      return `Because of ${cue.persona.id}.\n[stance: ${stance}, confidence: 80%]`;
    }
    return cue.move.purpose === 'digest' ? JSON.stringify(page) : fairScript(cue);
  });
}

async function lay(stances: readonly number[], page: object = PAGE) {
  const workspace = `w-${randomUUID()}`;
  const voice = voiceWith(stances, page);
  const table = await layTable(store, voice, createScriptedAdapter({ workspace }), { workspace, prices: A_DOLLAR });
  const convene = (format: string | null = null) =>
    table.convene('Shall we?', {}, ANA, { gate: true, ...(format && { format }) });
  return { ...table, voice, convene };
}

async function logOf({ workspace, id }: Debate): Promise<Log> {
  const log = await store.load(workspace, id);
  if (!log) throw new Error('gone');
  return log;
}

describe('a panel of one mind', () => {
  test('gets a page instead of a debate, which says what both cost', async () => {
    const table = await lay([2, 2, 3, -1, 2, 3, 2]);
    const debate = await table.convene();
    await expect(table.run(debate)).resolves.toBe('concluded');
    const log = await logOf(debate);
    expect(asDialogue(log)).toEqual([
      'coordinator opening',
      ...SEVEN.map((id) => `${id} stance`),
      'coordinator gate',
      'coordinator synthesis',
    ]);
    const [, poll = '', page = ''] = table.thread();
    expect(table.thread()).toHaveLength(3);
    expect(poll).toContain('- **AI Doomer:** -1 (80 %). Because of doomer.');
    expect(poll).toContain('close to unanimous: a page instead of a debate');
    expect(poll).toContain('The poll cost 7,700 tokens ($0.0083).');
    expect(poll).toMatch(/a debate would have cost about [\d,]+ tokens \(\$0\.\d\d\)\.$/);
    expect(page).toContain('### Answer\n\nYes, do it. Now. With care. (confidence 80 %)');
    expect(page).toContain('- It pays for itself. *(AI Researcher, AI Enthusiast)*');
    expect(page).toContain('- **AI Doomer:** -1 (80 %). Because of doomer.');
    expect(page).toMatch(/Up to here it cost 8,800 tokens \(\$0\.0095\); a debate would have cost about [\d,]+ tokens/);
    expect(page.split(/\s+/).length).toBeLessThan(320);
  });

  test('has no reason nobody gave, no turn there is not, no fourth step', async () => {
    const table = await lay([2, 2, 3, 2, 2, 3, 2]);
    const debate = await table.convene();
    await table.run(debate);
    const page = table.thread().at(-1);
    expect(page).not.toContain('Nobody ever said this');
    expect(page).not.toContain('99');
    expect(page).not.toContain('Four');
    const repair = table.voice.cues.find(({ move, repair }) => move.purpose === 'digest' && repair)?.repair;
    expect(repair?.problems).toEqual([
      'Reason "Nobody ever said this.": name those of the poll who gave it.',
      '"It is costly, see turn 99.…" mentions a turn that does not exist.',
    ]);
    const { synthesis } = (await logOf(debate)).turns.at(-1)?.data ?? {};
    expect(synthesis).toMatchObject({ digest: true, decision: 'yes', confidence: 80, disagreements: [] });
    expect(synthesis?.agreements).toEqual([{ text: 'It pays for itself.', turns: [2, 7] }]);
  });

  test('with no page to be had refers to the poll', async () => {
    const table = await lay([2, 2, 3, 2, 2, 3, 2], { nothing: true });
    const debate = await table.convene();
    await expect(table.run(debate)).resolves.toBe('concluded');
    expect(table.thread().at(-1)).toContain('its reasons stand in the poll');
  });

  test('debates all the same when somebody asks for a round, and answers who asks', async () => {
    const table = await lay([2, 2, 3, 2, 2, 3, 2]);
    const debate = await table.convene('quick');
    await table.run(debate);
    await table.adapter.receive({ type: 'say', text: 'AI Doomer, are you sure?' }, 'en');
    await table.run(debate);
    expect(asDialogue(await logOf(debate)).slice(-2)).toEqual(['human question', 'doomer reply to 11 answering 11']);
    await table.adapter.receive({ type: 'verb', verb: 'round', args: {} }, 'en');
    await table.run(debate);
    const after = asDialogue(await logOf(debate)).slice(12);
    expect(after.slice(0, 7).toSorted()).toEqual(SEVEN.map((id) => `${id} statement`).toSorted());
    expect(after.at(-1)).toBe('coordinator synthesis');
  });
});

describe('a split panel', () => {
  test('debates, its poll being the positions before; the end says what a page would have cost', async () => {
    const table = await lay([2, -2, 3, -3, 0, 3, 2]);
    const debate = await table.convene();
    await expect(table.run(debate)).resolves.toBe('concluded');
    const log = await logOf(debate);
    expect(asDialogue(log).slice(8)).toEqual([
      'coordinator gate',
      ...SEVEN.map((id) => `${id} statement`),
      'coordinator notes to 10,11',
      'researcher reply to 11',
      'reviewer reply to 10',
      'coordinator synthesis',
    ]);
    expect(table.thread()[1]).toMatch(
      /The panel is split: it debates\.\*\* The poll cost 7,700 tokens \(\$0\.0083\)\. A page would have cost about/,
    );
    expect(table.thread().at(-1)).toMatch(
      /Up to here this debate cost 19,800 tokens \(\$0\.0\d\); a page after the poll would have cost about/,
    );
    expect(table.thread().at(-1)).toContain('| AI Doomer | -3 (80 %) |');
  });

  test('nobody is shown what another said in the poll before all have spoken', async () => {
    const table = await lay([2, -2, 3, -3, 0, 3, 2]);
    await table.run(await table.convene());
    const polls = table.voice.cues.filter(({ move }) => move.kind === 'stance');
    expect(polls.map(({ log }) => log.turns.map(({ kind }) => kind))).toEqual(SEVEN.map(() => ['opening']));
  });

  test('a poll a crash cut short is taken up without asking anybody twice', async () => {
    const table = await lay([2, -2, 3, -3, 0, 3, 2]);
    let fails = true;
    const speak = table.voice.speak;
    table.voice.speak = (cue, listener, signal) =>
      fails && cue.move.key === 'stance-critic-gate'
        ? Promise.reject(new Error('no words'))
        : speak(cue, listener, signal);
    const debate = await table.convene();
    await expect(table.run(debate)).rejects.toThrow('no words');
    fails = false;
    await store.change(debate.workspace, debate.id, { status: 'running', failure: null });
    await expect(table.run(debate)).resolves.toBe('concluded');
    const asked = table.voice.cues.filter(({ move }) => move.kind === 'stance').map(({ persona }) => persona.id);
    expect(asked.toSorted()).toEqual(SEVEN.toSorted());
  });

  test('a debate asked to stop during its poll closes over what there is', async () => {
    const table = await lay([2, -2, 3, -3, 0, 3, 2]);
    const debate = await table.convene();
    await store.change(debate.workspace, debate.id, { ending: 'asked' });
    await expect(table.run(debate)).resolves.toBe('stopped');
    expect(asDialogue(await logOf(debate))).toEqual(['coordinator opening', 'coordinator synthesis']);
  });
});

describe('no gate', () => {
  test('for a question without sides, or a voice without opinions', async () => {
    const table = await lay([]);
    await expect(table.convene('delphi')).rejects.toThrow('a question of yes or no, and the format "delphi" asks none');
    const offline = await layTable(store, { ...table.voice, kind: 'offline' });
    await expect(offline.convene('Shall we?', {}, ANA, { gate: true })).rejects.toThrow('leave the gate out');
  });

  test('and no poll, where nobody asks for one', async () => {
    const { voice } = await lay([]);
    const plain = await layTable(store, voice);
    const without = await plain.convene();
    await plain.run(without);
    expect(asDialogue(await logOf(without))).not.toContain('doomer stance');
  });
});
