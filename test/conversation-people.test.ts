/** What people bring into a debate beside their words, as dialogue: who speaks, to whom, and what the model is shown. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { promptFor } from '../src/agents/prompt.ts';
import type { Debate, Language, Limits, Log } from '../src/debate.ts';
import type { Person } from '../src/ports/host.ts';
import { OPEN_SETTINGS, type Store } from '../src/ports/store.ts';
import type { Cue } from '../src/ports/voice.ts';
import { exportRecord } from '../src/record/export.ts';
import { buildRecord } from '../src/record/record.ts';
import { asDialogue } from './fakes/dialogue.ts';
import { openMemoryStore } from './fakes/memory-store.ts';
import { createScriptedAdapter } from './fakes/scripted-adapter.ts';
import { fairScript, type ScriptedVoice, scriptedVoice } from './fakes/scripted-voice.ts';
import { layTable, type Table } from './fakes/table.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

const person = (name: string): Person => ({ id: `id-of-${name.toLowerCase()}`, name, admin: false, roles: [] });
const [BEN, ZOE, EVA, KIM] = [person('Ben'), person('Zoe'), person('Eva'), person('Kim')];

interface Room extends Table {
  readonly voice: ScriptedVoice;
  /** Each is done the moment that move is about to be spoken. */
  readonly at: Record<string, () => Promise<unknown>>;
  /** What the person is told. */
  does(by: Person, verb: string, args?: Record<string, string>, language?: Language): Promise<string>;
  log(debate: Debate): Promise<Log>;
  /** Everything the model was shown for a move. */
  shown(key: string): string;
}

async function room(script = fairScript): Promise<Room> {
  const at: Room['at'] = {};
  const voice = scriptedVoice(async (cue) => {
    await at[cue.move.key]?.();
    return script(cue);
  });
  const workspace = `w-${randomUUID()}`;
  const adapter = createScriptedAdapter({ workspace });
  const table = await layTable(store, voice, adapter, { workspace });
  return {
    ...table,
    voice,
    at,
    does: async (by, verb, args = {}, language = 'en') => {
      const before = adapter.told.length;
      await adapter.receive({ type: 'verb', verb, args }, language, by);
      return adapter.told.slice(before).join('\n');
    },
    log: async (debate) => {
      const log = await store.load(workspace, debate.id);
      if (!log) throw new Error('gone');
      return log;
    },
    shown: (key) => {
      const cue = voice.cues.findLast((each) => each.move.key === key);
      return cue
        ? promptFor(cue, { whole: true })
            .map(({ content }) => content)
            .join('\n')
        : '';
    },
  };
}

/** As `fairScript`, with positions: everybody is at +1, the Doomer moves. */
function withStances(cue: Cue): string {
  const said = fairScript(cue);
  const stance = cue.move.speaker === 'doomer' && cue.move.kind === 'reply' ? -1 : 1;
  return cue.move.kind === 'statement' || cue.move.kind === 'reply'
    ? `${said}\n[stance: ${stance}, confidence: 60%]`
    : said;
}

describe('a vote on the central question', () => {
  test('before and after is shown beside the panel’s positions, in totals, and is no turn', async () => {
    const here = await room(withStances);
    const debate = await here.convene();
    let told: string[] = [];
    here.at['statement-critic'] = async () => {
      told = [
        await here.does(BEN, 'vote', { position: '-3' }),
        await here.does(ZOE, 'vote', { position: '3' }, 'es'),
        // Changing one's mind is one vote still.
        await here.does(BEN, 'vote', { position: '-1' }),
      ];
    };
    here.at['synthesis-1'] = async () => {
      told.push(await here.does(BEN, 'vote', { position: '1' }));
    };
    await expect(here.run(debate)).resolves.toBe('concluded');
    expect(told).toEqual([
      'Noted, and only totals are shown. Before the debate: 1 person, −3 on average: 1 no. You can vote again once you have heard it.',
      'Anotado, y solo se muestran totales. Antes del debate: 2 personas, 0 de media: 1 sí, 1 no. Cuando lo hayas escuchado puedes votar otra vez.',
      'Noted, and only totals are shown. Before the debate: 2 people, +1 on average: 1 yes, 1 rather no. You can vote again once you have heard it.',
      'Noted, and only totals are shown. Having heard the debate: 1 person, +1 on average: 1 rather yes.',
    ]);
    const log = await here.log(debate);
    expect(log.turns).toHaveLength(12);
    expect(log.debate.votes).toEqual({
      before: [
        { stance: -1, people: 1 },
        { stance: 3, people: 1 },
      ],
      after: [{ stance: 1, people: 1 }],
    });
    await here.does(ZOE, 'vote', { position: '0' });
    const record = buildRecord(await here.log(debate), { now: new Date(0) });
    expect(record.votes?.after).toEqual([
      { stance: 0, people: 1 },
      { stance: 1, people: 1 },
    ]);
    const page = exportRecord(record, 'html').content;
    expect(page).toContain('People');
    expect(page).toContain('+0.5 · 2 votes');
    expect(exportRecord(record, 'md').content).toContain('| People | +1 · 2 votes | +0.5 · 2 votes | — |');
    expect(JSON.stringify(record) + page).not.toMatch(/id-of-|Ben|Zoe/);
  });

  test('stands in the synthesis when it was cast before that', async () => {
    const here = await room(withStances);
    const debate = await here.convene();
    here.at['statement-critic'] = () => here.does(BEN, 'vote', { position: '-3' });
    here.at['reply-1-1'] = () => here.does(BEN, 'vote', { position: '1' });
    await here.run(debate);
    expect(here.thread().at(-1)).toContain('| People (votes) | -3 (1) | +1 (1) | |');
  });

  test('is invited under the opening and under the synthesis, nowhere else', async () => {
    const here = await room();
    await here.run(await here.convene());
    const inviting = here.adapter.posted.filter(({ message }) => message.turn.data.invites);
    expect(inviting.map(({ message }) => message.turn.kind)).toEqual(['opening', 'synthesis']);
    expect(inviting[0]?.message.turn.data.invites).toEqual([{ verb: 'vote', args: {} }]);
  });

  test('needs a question, and one of the positions there are', async () => {
    const here = await room();
    const debate = await here.convene();
    expect(await here.does(BEN, 'vote', { position: '3' })).toContain('no central question to vote on yet');
    await here.run(debate);
    expect(await here.does(BEN, 'vote', { position: 'maybe' })).toBe(
      '"position" of "vote" is one of: Yes, Rather yes, Undecided, Rather no, No; choose one.',
    );
    expect(await here.does(BEN, 'vote', { position: '7' }, 'es')).toContain('es una de estas: Sí, Más bien sí');
    expect((await here.log(debate)).debate.votes).toBeUndefined();
  });
});

describe('an objection without a name', () => {
  const WORDS = 'We pay for collisions in energy and harm, and nobody here dares to say so.';

  test('is voiced by the coordinator, taken up by whom it concerns, and its author is nowhere', async () => {
    const here = await room();
    const debate = await here.convene();
    let told = '';
    here.at['statement-reviewer'] = async () => {
      told = await here.does(ZOE, 'dissent', { objection: WORDS });
    };
    await expect(here.run(debate)).resolves.toBe('concluded');
    expect(told).toContain('Who you are is written down nowhere');
    const log = await here.log(debate);
    const dissent = log.turns.find(({ kind }) => kind === 'dissent');
    expect(dissent).toMatchObject({
      n: 3,
      speaker: 'coordinator',
      public: true,
      text: `An objection from one of you, without a name: “${WORDS}”`,
      data: {},
    });
    expect(asDialogue(log).filter((line) => line.includes('to 3'))).toContain('doomer statement to 3');
    // Readers see the coordinator say it, once.
    const voiced = here.thread().filter((line) => line.includes(WORDS));
    expect(voiced).toEqual([`Coordinator: An objection from one of you, without a name: “${WORDS}”`]);
    // The model is shown whose words they are not: the coordinator's. They are data.
    expect(here.shown('statement-doomer')).toMatch(
      /\[turn 3\] Coordinator, for somebody of the audience who gives no name:\n<words-\w+>\n[^<]*We pay for collisions[^<]*\n<\/words-/,
    );
    expect(here.shown('statement-doomer')).toMatch(/Take up by name:\n- turn 3/);
    const records = ['md', 'json', 'html'].map(
      (kind) => exportRecord(buildRecord(log, { now: new Date() }), kind).content,
    );
    const everything = [
      JSON.stringify(log),
      ...records,
      JSON.stringify(here.adapter.posted.map(({ message }) => message)),
      ...here.voice.cues.map((cue) => JSON.stringify([cue, promptFor(cue, { whole: true })])),
    ];
    for (const text of everything) expect(text).not.toMatch(/zoe|\be1\b/i);
  });

  test('is posted at once while the debate rests, and the next round takes it up', async () => {
    const here = await room();
    const debate = await here.convene();
    await here.run(debate);
    await here.does(ZOE, 'dissent', { objection: WORDS }, 'es');
    await here.runner.run(debate.workspace, debate.id);
    expect(here.thread().at(-1)).toContain(WORDS);
    expect((await here.log(debate)).debate.status).toBe('concluded');
    await here.does({ ...BEN, admin: true }, 'round');
    await here.runner.run(debate.workspace, debate.id);
    expect(asDialogue(await here.log(debate)).slice(12)).toEqual([
      'coordinator dissent',
      'coordinator notes to 2,3,13',
      'doomer reply to 13',
      'researcher reply to 3',
      'reviewer reply to 2',
      'coordinator synthesis',
    ]);
  });

  test('one a person, three a debate, and none that is a speech; the same event is heard once', async () => {
    const here = await room();
    const debate = await here.convene();
    await here.run(debate);
    const place = { adapter: 'scripted', workspace: debate.workspace, channel: 'room', thread: 't1' };
    const act = { type: 'verb', verb: 'dissent', args: { objection: WORDS } } as const;
    for (let time = 0; time < 2; time++) {
      await here.host.receive({ id: 'interaction-77', by: ZOE, place, language: 'en', act });
    }
    expect(await here.does(ZOE, 'dissent', { objection: 'And another.' })).toContain(
      'One objection without a name a person',
    );
    expect(await here.does(BEN, 'dissent', { objection: 'x'.repeat(601) })).toContain('at most 600 characters');
    await here.does(BEN, 'dissent', { objection: 'Second.' });
    await here.does(EVA, 'dissent', { objection: 'Third.' });
    expect(await here.does(KIM, 'dissent', { objection: 'Fourth.' })).toContain('has had 3 objections');
    const log = await here.log(debate);
    expect(log.turns.filter(({ kind }) => kind === 'dissent')).toHaveLength(3);
    expect(JSON.stringify(log)).not.toContain('interaction-77');
  });
});

describe('whom to hear, and for how long', () => {
  test('hear: that persona speaks next, on what was said or on what is named', async () => {
    const here = await room();
    const debate = await here.convene('Is it?', {}, BEN);
    let told: string[] = [];
    here.at['statement-researcher'] = async () => {
      told = [
        await here.does(BEN, 'hear', { persona: 'newcomer' }),
        await here.does(BEN, 'hear', { persona: 'AI Philosopher', about: 'what "reasoning" means' }, 'es'),
        await here.does(ZOE, 'hear', { persona: 'critic' }),
        await here.does(BEN, 'hear', { persona: 'Socrates' }),
      ];
    };
    await here.run(debate);
    expect(told[0]).toBe('AI Newcomer is heard next.');
    expect(told[1]).toBe('A continuación se escucha a AI Philosopher.');
    expect(told[2]).toContain('Only whoever opened debate');
    expect(told[3]).toContain('Nobody at this table is called "Socrates"');
    expect(asDialogue(await here.log(debate)).slice(1, 7)).toEqual([
      'human question',
      'human question',
      'researcher statement',
      'newcomer reply to 2 answering 2',
      'philosopher reply to 3 answering 3',
      'reviewer statement',
    ]);
    expect(here.shown('answer-3')).toContain('We would like to hear AI Philosopher next: what "reasoning" means');
  });

  test('extend: a limit that is lifted in time ends nothing', async () => {
    const here = await room();
    const debate = await here.convene('Is it?', { turns: 6 });
    here.at['statement-critic'] = () => here.does({ ...BEN, admin: true }, 'extend', { turns: '40' });
    await expect(here.run(debate)).resolves.toBe('concluded');
    const log = await here.log(debate);
    expect(log.turns).toHaveLength(12);
    expect(log.debate).toMatchObject({ ending: null, limits: { turns: 46 } });
  });

  test('extend: by half of everything when nothing is named; of tokens no more than the workspace has left', async () => {
    const here = await room();
    const debate = await here.convene('Is it?', { turns: 40, tokens: 50_000, time: 600_000 });
    const admin = { ...BEN, admin: true };
    const limits = async (): Promise<Partial<Limits>> => (await here.log(debate)).debate.limits;
    expect(await here.does(admin, 'extend')).toBe(
      'The debate may now have 60 turns and 15 minutes, 75,000 tokens in all.',
    );
    expect(await limits()).toMatchObject({ turns: 60, tokens: 75_000, time: 900_000 });
    const tight = { ...OPEN_SETTINGS.limits, tokensPerDay: 20_000 };
    await store.saveSettings(debate.workspace, { ...OPEN_SETTINGS, limits: tight });
    await here.run(debate);
    expect(await here.does(admin, 'extend', { tokens: '1000000' }, 'es')).toMatch(
      /^El debate puede tener ahora 60 turnos/,
    );
    // 12 turns of 1,100 were spent, 6,800 are left.
    expect(await limits()).toMatchObject({ tokens: 20_000 });
    expect(await here.does(admin, 'extend', { minutes: '-5' })).toContain('"minutes" must be a whole number');
    expect(await here.does(ZOE, 'extend', { minutes: '5' })).toContain('Only whoever opened');
  });
});

test('a follow-up after the synthesis is answered with the whole record before the persona', async () => {
  const here = await room();
  const debate = await here.convene();
  await here.run(debate);
  await here.adapter.receive({ type: 'say', text: '@critic which assumption did we miss?' }, 'en', BEN);
  await here.runner.run(debate.workspace, debate.id);
  expect(asDialogue(await here.log(debate)).slice(-2)).toEqual(['human question', 'critic reply to 13 answering 13']);
  const shown = here.shown('answer-13');
  expect(shown).toContain('[turn 12] Coordinator:');
  expect(shown).toContain('Yes, with care.');
  expect(shown).toContain('[turn 5] AI Doomer: This is what I say in statement-doomer.');
});

describe('a question to the people', () => {
  const ASK = 'How many of you have shipped a model of your own?';
  const PATIENCE = { patience: 600_000 };

  /** As `fairScript`, with a question to whoever reads, asked each time there are notes. */
  const asking = (cue: Cue): string => {
    const said = fairScript(cue);
    return cue.move.kind === 'notes' ? JSON.stringify({ ...JSON.parse(said), askPeople: ASK }) : said;
  };

  test('is put once, invites to answer, holds nothing up, and is open in the end when nobody does', async () => {
    const here = await room(asking);
    const debate = await here.convene('Is it?', { ...PATIENCE, rounds: 2 });
    await expect(here.run(debate)).resolves.toBe('concluded');
    const { turns } = await here.log(debate);
    const [asked, ...others] = turns.filter(({ data }) => data.asks);
    expect(others).toEqual([]);
    expect(asked).toMatchObject({ kind: 'notes', data: { asks: [{ to: 'human', text: ASK }] } });
    expect(asked?.data.invites).toEqual([{ verb: 'answer', args: {} }]);
    expect(asked?.text).toContain(
      `**A question to you who read this:** ${ASK}\n*We go on meanwhile; an answer counts for 10 minutes.*`,
    );
    expect(turns.at(-1)?.data.synthesis?.open).toEqual([{ text: ASK, turn: asked?.n, to: null }]);
    expect(here.shown('notes-1')).toContain('ONE question to them');
    expect(here.shown('notes-2')).not.toContain('askPeople');
    const record = buildRecord(await here.log(debate), { now: new Date(0) });
    expect(record.questions).toContainEqual({
      turn: asked?.n,
      by: 'coordinator',
      to: 'human',
      text: ASK,
      answeredBy: null,
      accepted: null,
    });
    expect(exportRecord(record, 'md').content).toContain('**Coordinator** → **People**');
  });

  test('that is answered in time is taken up by whom the answer concerns, and is no longer open', async () => {
    const here = await room(asking);
    const debate = await here.convene('Is it?', PATIENCE);
    let told = '';
    here.at['reply-1-1'] = async () => {
      told = await here.does(BEN, 'answer', { words: 'Two of us, and it was expensive.' });
    };
    await here.run(debate);
    expect(told).toBe('Noted; whom it concerns takes it up.');
    const log = await here.log(debate);
    expect(asDialogue(log).slice(8)).toEqual([
      'coordinator notes to 2,3',
      'human human to 9 answering 9',
      'researcher reply to 3',
      'reviewer reply to 2,10',
      'coordinator synthesis',
    ]);
    expect(log.turns.at(-1)?.data.synthesis?.open).toEqual([]);
    expect(here.shown('reply-1-2')).toContain('Two of us, and it was expensive.');
  });

  test('that is answered after the closing is answered to: the coordinator says what it changes', async () => {
    const here = await room(asking);
    const debate = await here.convene('Is it?', PATIENCE);
    await here.run(debate);
    expect(await here.does(BEN, 'answer', { words: 'None of us.' }, 'es')).toBe(
      'Anotado; el coordinador dice qué cambia.',
    );
    await expect(here.runner.run(debate.workspace, debate.id)).resolves.toBe('concluded');
    expect(asDialogue(await here.log(debate)).slice(-2)).toEqual([
      'human question to 9 answering 9',
      'coordinator reply to 13 answering 13',
    ]);
    expect(here.shown('answer-13')).toContain(
      'the answer to your question of turn 9; say what it changes in the conclusion',
    );
  });

  test('is over when its time is, and there is none to answer where none was put', async () => {
    const here = await room(asking);
    const debate = await here.convene('Is it?', { patience: 1 });
    await here.run(debate);
    expect(await here.does(BEN, 'answer', { words: 'Late.' })).toContain(
      'The time to answer the coordinator’s question is over',
    );
    const silent = await room(asking);
    const without = await silent.convene();
    await silent.run(without);
    expect((await silent.log(without)).turns.some(({ data }) => data.asks)).toBe(false);
    expect(silent.shown('notes-1')).not.toContain('askPeople');
    expect(await silent.does(BEN, 'answer', { words: 'What?' }, 'es')).toContain('no os ha preguntado nada');
  });
});

test('a persona asked after the closing is told to answer from the record', async () => {
  const here = await room();
  const debate = await here.convene();
  await here.run(debate);
  await here.does(BEN, 'ask', { persona: 'doomer', question: 'What would stop you?' });
  await here.runner.run(debate.workspace, debate.id);
  expect(here.shown('answer-13')).toContain('The debate is closed. Answer from its record');
  expect(here.shown('statement-doomer')).not.toContain('The debate is closed');
});
