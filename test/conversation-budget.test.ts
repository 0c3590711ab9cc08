/** Budgets, as dialogue: money, time and tokens run out, and the debate closes properly, saying so. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Debate, Log } from '../src/debate.ts';
import type { Store } from '../src/ports/store.ts';
import type { Cue } from '../src/ports/voice.ts';
import { buildRecord } from '../src/record/record.ts';
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

/** A scripted turn is 100 tokens in, 900 from the cache and 100 out: a tenth of a cent, as priced here. */
const PRICES: Prices = () => ({ input: 1, cached: 0.1, output: 8.1 });
const MINUTE = 60_000;

async function lay(script: (cue: Cue) => string | Promise<string> = fairScript, prices: Prices = PRICES) {
  const workspace = `w-${randomUUID()}`;
  const time = { now: 1_000 };
  const voice = scriptedVoice(script);
  const adapter = createScriptedAdapter({ workspace });
  const table = await layTable(store, voice, adapter, { workspace, prices, clock: () => time.now });
  const tell = async (verb: string, args: Record<string, string> = {}, language = 'en') => {
    const before = adapter.told.length;
    await adapter.receive({ type: 'verb', verb, args }, language, ANA);
    return adapter.told.slice(before).join('\n');
  };
  return { ...table, voice, workspace, time, tell };
}

async function logOf({ workspace, id }: Debate): Promise<Log> {
  const log = await store.load(workspace, id);
  if (!log) throw new Error('gone');
  return log;
}

describe('money', () => {
  test('that runs out closes the debate, and says so; the record has what it cost', async () => {
    const table = await lay();
    const debate = await table.convene('Is it?', { money: 0.005 });
    await expect(table.run(debate)).resolves.toBe('concluded');
    const log = await logOf(debate);
    expect(asDialogue(log).slice(-2)).toEqual(['critic statement', 'coordinator synthesis']);
    expect(table.thread().at(-1)).toContain('The debate reached its limit of money');
    const record = buildRecord(log, { now: new Date() });
    expect(record.usage.cost).toBeCloseTo(0.005);
    expect(record.turns.map(({ usage }) => usage?.cost)).toEqual(log.turns.map(() => expect.closeTo(0.001)));
  });

  test('is told while it lasts: what was spent, and what is left of everything', async () => {
    const table = await lay();
    await table.run(await table.convene('Is it?', { money: 0.5, tokens: 100_000, turns: 14 }));
    expect(table.adapter.progressed[3]).toMatchObject({ left: '96.7K tokens, $0.50, 11 turns, 60 min', tokens: 3_300 });
    expect(table.adapter.progressed[3]?.money).toBeCloseTo(0.003);
  });

  test('cannot be limited where a price is unknown, and nothing is begun', async () => {
    const table = await lay(fairScript, () => null);
    await expect(table.convene('Is it?', { money: 1 })).rejects.toThrow('Nobody here knows what scripted:one costs');
    expect(await store.list(table.workspace, 9)).toEqual([]);
    const debate = await table.convene('Is it?');
    await table.run(debate);
    expect(buildRecord(await logOf(debate), { now: new Date() }).usage.cost).toBeNull();
  });

  test('of a turn whose price got lost on the way uses up the budget', async () => {
    let known = true;
    const table = await lay(fairScript, (model) => (known ? PRICES(model) : null));
    const debate = await table.convene('Is it?', { money: 1 });
    known = false;
    await table.run(debate);
    expect(asDialogue(await logOf(debate))).toEqual(['coordinator opening', 'coordinator synthesis']);
  });

  test('is given in chat, and must be an amount', async () => {
    const table = await lay();
    expect(await table.tell('start', { question: 'Is it so?', language: 'en', money: '$0,25' })).toContain('begins');
    const [debate] = await store.list(table.workspace, 1);
    expect((await store.load(table.workspace, debate?.id ?? ''))?.debate.limits.money).toBe(0.25);
    expect(await table.tell('start', { question: 'Is it so?', money: 'much' })).toContain(
      'must be an amount of US dollars',
    );
  });
});

describe('the money of a workspace’s day', () => {
  test('is settled by an admin, limits what begins, and is used up', async () => {
    const table = await lay();
    expect(await table.tell('settings', { money: '0,015' })).toContain('(*money*): **$0.02**');
    expect((await store.settings(table.workspace)).limits.moneyPerDay).toBe(0.015);
    const first = await table.convene('Is it?');
    expect(first.limits.money).toBe(0.015);
    await table.run(first);
    expect((await store.spentSince(table.workspace, new Date(0))).money).toBeCloseTo(0.012);
    const second = await table.convene('Is it?', { money: 5 });
    expect(second.limits.money).toBeCloseTo(0.003);
    await table.run(second);
    await expect(table.convene('Is it?')).rejects.toThrow('have used up their $0.02 for 24 hours');
    expect(await table.tell('round', {}, 'es')).toContain('han gastado sus $0,02 para 24 horas');
    expect(await table.tell('settings', { money: 'lots' })).toContain('"money" must be an amount of US dollars');
    await table.tell('settings', { money: 'none' });
    expect((await table.convene('Is it?')).limits.money).toBeNull();
  });
});

describe('time', () => {
  test('runs out while the debate is conducted, and it says so', async () => {
    const table = await lay((cue) => {
      table.time.now += MINUTE;
      return fairScript(cue);
    });
    const debate = await table.convene('Is it?', { time: 5 * MINUTE });
    await table.run(debate);
    const { turns } = await logOf(debate);
    expect(turns.map(({ took }) => took)).toEqual(turns.map(() => MINUTE));
    expect(turns).toHaveLength(6);
    expect(table.thread().at(-1)).toContain('reached its limit of time');
    expect(table.adapter.progressed[3]).toMatchObject({ elapsedMs: 3 * MINUTE, left: '2 min' });
  });

  test('goes on counting after a restart, without the night in between', async () => {
    let fails = true;
    const table = await lay((cue) => {
      table.time.now += MINUTE;
      if (fails && cue.move.key === 'statement-critic') throw new Error('the process ended');
      return fairScript(cue);
    });
    const debate = await table.convene('Is it?', { time: 5 * MINUTE });
    await expect(table.run(debate)).rejects.toThrow('the process ended');
    fails = false;
    table.time.now = 7;
    await table.run(debate);
    const log = await logOf(debate);
    expect(log.turns).toHaveLength(6);
    expect(log.debate.ending).toBe('time');
  });

  test('of a pause is not counted', async () => {
    const table = await lay(async (cue) => {
      table.time.now += MINUTE;
      if (cue.move.key === 'statement-critic') await table.tell('pause');
      return fairScript(cue);
    });
    const debate = await table.convene('Is it?', { time: 60 * MINUTE });
    await expect(table.run(debate)).resolves.toBe('paused');
    table.time.now += 600 * MINUTE;
    await store.change(debate.workspace, debate.id, { status: 'running' });
    await expect(table.run(debate)).resolves.toBe('concluded');
    expect((await logOf(debate)).debate.ending).toBeNull();
  });
});
