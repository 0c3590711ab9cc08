/** What a debate leaves on a platform whose threads hang in a channel: each message once, whatever happens. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { shortForm } from '../../src/conducting/short-form.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import type { Store } from '../../src/ports/store.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { createScriptedAdapter } from '../fakes/scripted-adapter.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import { layTable } from '../fakes/table.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

/** 12 turns; the synthesis takes several messages at this length. */
const SHORT = 60;

async function table(over: Store = store, maxLength = 2000) {
  return layTable(over, scriptedVoice(fairScript), createScriptedAdapter({ hasChannel: true, maxLength }));
}

const places = (posted: readonly { message: Outgoing }[]) => posted.map(({ message }) => [message.to, message.part]);

describe('the short form of a synthesis', () => {
  test('goes to the channel once, after all that goes to the thread', async () => {
    const { adapter, convene, run } = await table(store, SHORT);
    const debate = await convene();
    await run(debate);
    const last = adapter.posted.filter(({ message }) => message.turn.kind === 'synthesis');
    const thread = last.slice(0, -1);
    expect(thread.length).toBeGreaterThan(1);
    expect(places(last)).toEqual([...thread.map((_, part) => ['thread', part]), ['channel', thread.length]]);
    expect(new Set(last.map(({ message }) => message.parts))).toEqual(new Set([thread.length]));
    expect(adapter.posted.filter(({ message }) => message.to === 'channel')).toHaveLength(1);
    expect(await store.owed('local', debate.id)).toEqual([]);
  });

  test('names the question, the answer and the confidence', async () => {
    const { adapter, convene, run } = await table();
    await run(await convene('Is it worth it?'));
    expect(adapter.posted.at(-1)?.text).toBe(
      '**Is it worth it?**\n\nYes, with care.\n\n*confidence of the panel: 60 %*',
    );
  });

  test.each([
    ['en', 'confidence of the panel: 60 %'],
    ['es', 'confianza del panel: 60 %'],
  ])('is in the language of the debate, and fits (%s)', (language, words) => {
    const log = sampleLog(language);
    const synthesis = log.turns.at(-1)?.data.synthesis;
    if (!synthesis) throw new Error('the sample ends in a synthesis');
    expect(shortForm({ ...synthesis, confidence: 60.4 }, log, 2000)).toContain(words);
    expect(shortForm({ ...synthesis, confidence: null }, log, 2000)).not.toContain('%');
    const answer = 'A very long answer indeed, which nobody reads in a channel. '.repeat(60);
    const short = shortForm({ ...synthesis, answer }, log, 2000);
    expect(short.length).toBeLessThanOrEqual(1200);
    expect(short).toMatch(/channel\.…$/);
  });

  test('is posted again for the synthesis of another round', async () => {
    const { adapter, convene, run, runner } = await table();
    const debate = await convene();
    await run(debate);
    await adapter.receive({ type: 'verb', verb: 'round', args: {} }, 'en');
    await runner.run('local', debate.id);
    expect(
      adapter.posted.filter(({ message }) => message.to === 'channel').map(({ message }) => message.turn.n),
    ).toEqual([12, 16]);
  });

  test('has nowhere to go in a direct message, nor on a platform without channels', async () => {
    const { adapter, host, run } = await table();
    const place = { adapter: adapter.name, workspace: 'local', channel: 'dm', thread: 'dm' };
    const request = { source: null, question: 'Is it?', language: 'en', format: null, panel: null, limits: {} };
    const by = { id: 'ana', name: 'Ana', admin: true, roles: [] };
    await run(await host.convene(request, { by, place, origin: null }));
    const plain = await layTable(store, scriptedVoice(fairScript));
    await plain.run(await plain.convene());
    for (const { posted } of [adapter, plain.adapter])
      expect(posted.map(({ message }) => message.to)).not.toContain('channel');
  });
});

/** Each way an attempt at one message can go wrong. */
type Fault = 'does not arrive' | 'arrives, its answer does not' | 'arrives, and the process ends before it is noted';

const faults: readonly Fault[] = [
  'does not arrive',
  'arrives, its answer does not',
  'arrives, and the process ends before it is noted',
];

/** The store of a process that ends before it notes the message with this key. */
function endingAt(isIt: (key: string) => boolean): Store {
  let ended = false;
  return {
    ...store,
    posted: async (workspace, id, key, messageId) => {
      if (!ended && isIt(key)) {
        ended = true;
        throw new Error('the process ends');
      }
      return store.posted(workspace, id, key, messageId);
    },
  };
}

describe.each(faults)('a message that %s', (fault) => {
  /** Which of the messages it happens to: the first, one amid the statements, each of the synthesis. */
  test.each([0, 4, 11, 12, 13, 14, 15])('is there once and in order afterwards (message %d)', async (nth) => {
    let count = -1;
    const broken = fault === 'arrives, and the process ends before it is noted';
    const over = broken ? endingAt(() => count === nth) : store;
    const { adapter, convene, run } = await table(over, SHORT);
    adapter.beforePost = () => {
      count += 1;
      if (count !== nth) return;
      if (fault === 'does not arrive') throw new Error('the platform is down');
      if (!broken) adapter.loseNextResponse();
    };
    const debate = await convene();
    await run(debate).catch(() => undefined);
    await expect(run(debate)).resolves.toBe('concluded');
    const order = adapter.posted.map(({ message }) => message.turn.n * 100 + message.part);
    expect(order).toEqual([...new Set(order)].toSorted((a, b) => a - b));
    expect(new Set(adapter.posted.map(({ message }) => message.turn.n)).size).toBe(12);
    expect(adapter.posted.filter(({ message }) => message.to === 'channel')).toHaveLength(1);
    expect(adapter.posted.at(-1)?.message.to).toBe('channel');
    expect(count).toBeGreaterThanOrEqual(nth);
    expect(await store.owed('local', debate.id)).toEqual([]);
  });
});
