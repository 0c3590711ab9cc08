/** Whatever happens at whichever step: the finished thread has each turn once and in order, or says what it needs. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Interrupted, remedyOf } from '../../src/errors.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Listener, Voice } from '../../src/ports/voice.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import type { Person, Room, SeenMessage, Slack } from '../fakes/slack/index.ts';
import { type Bot, convene, openStage, run, type Stage, TURNS, turnsIn } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(30_000);

type Fault = Parameters<Slack['faults']['on']>[1];

let stage: Stage;
let bot: Bot;
let ana: Person;
beforeAll(async () => {
  stage = await openStage();
  bot = await stage.bot({ voice: streaming() });
  ana = stage.lab.person('Ana');
}, PATIENCE);
afterAll(async () => {
  const { violations } = stage.slack;
  await stage.close();
  expect(violations).toEqual([]);
});
afterEach(() => stage.slack.faults.clear());

/** Says each turn in three pieces, with a breath between. */
function streaming(): Voice {
  const voice = scriptedVoice(fairScript);
  return {
    kind: voice.kind,
    async speak(cue, listener: Listener, signal) {
      const said = await voice.speak(cue, listener, signal);
      for (let at = 0; at < 3; at++) {
        listener.text(said.text.slice((said.text.length * at) / 3, (said.text.length * (at + 1)) / 3));
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return said;
    },
  };
}

const ALL = Array.from({ length: TURNS }, (_, n) => String(n + 1));

/** Steps of a debate, by the call that makes them: prose grows first and is written over, all else is posted. */
const STEPS: readonly (readonly [string, string, number])[] = [
  ['the opening', 'chat.postMessage', 1],
  ['the beginning of a statement', 'chat.startStream', 3],
  ['more of a statement', 'chat.appendStream', 3],
  ['the end of a statement', 'chat.stopStream', 3],
  ['a statement', 'chat.update', 3],
  ['the notes', 'chat.postMessage', 2],
  ['the beginning of a reply', 'chat.startStream', 5],
  ['a reply', 'chat.update', 6],
  ['the synthesis in the thread', 'chat.postMessage', 3],
  ['its short form in the channel', 'chat.postMessage', 4],
];

/** What befalls it, once; the debate is to end as if it had not. */
const SURVIVED: readonly (readonly [string, () => Fault])[] = [
  ['429', () => ({ kind: 'rateLimited', retryAfter: 0.05 })],
  ['500', () => ({ kind: 'error', status: 500 })],
  ['503', () => ({ kind: 'error', status: 503 })],
  ['a lost response', () => ({ kind: 'lost' })],
  ['a refused connection', () => ({ kind: 'refused' })],
  ['a slow response', () => ({ kind: 'late', ms: 100 })],
  ['a refusal for a moment', () => ({ kind: 'refuse', error: 'internal_error' })],
  ['a killed socket', () => ({ kind: 'meanwhile', run: () => stage.slack.sockets.refresh('warning') })],
  ['an expired stream', () => ({ kind: 'meanwhile', run: () => stage.slack.clock.advance(6 * 60_000) })],
];

let rooms = 0;
function newRoom(): Room {
  rooms += 1;
  return stage.lab.channel(`room-${rooms}`, { members: [ana] });
}

function threadIn(room: Room): readonly SeenMessage[] {
  const [root, ...others] = room.messages;
  if (!root || others.some(({ icon }) => icon === null)) throw new Error(`${room.messages.length} messages`);
  return room.thread(root.ts);
}

/** Each turn once and in order in the thread, nothing else that persons of the panel said, and the outcome once. */
function expectWhole(room: Room): void {
  const thread = threadIn(room);
  expect(turnsIn(thread).map((turn) => turn.replace(/ ·.*/, ''))).toEqual(ALL);
  expect(thread.filter(({ icon }) => icon !== null)).toHaveLength(ALL.length);
  expect(thread.filter(({ streaming }) => streaming)).toEqual([]);
  expect(room.messages.filter(({ icon }) => icon !== null)).toHaveLength(1);
}

/** Every fault at every step takes minutes: a third of them is tried here, all with FAULTS=all. */
const isTried = (...at: readonly number[]) => process.env.FAULTS === 'all' || at.reduce((a, b) => a + b) % 3 === 0;

describe.each(STEPS.map((step, at) => [...step, at] as const))('at %s', (_step, method, nth, at) => {
  test.each(SURVIVED.filter((_, which) => isTried(at, which)))('%s leaves the thread whole', async (_what, fault) => {
    const room = newRoom();
    const debate = await convene(bot, room, ana);
    const struck = stage.slack.faults.on(method, fault(), { nth });
    await expect(run(bot, debate)).resolves.toBe('concluded');
    expect(struck.struck).toBe(1);
    expectWhole(room);
    expect(await stage.store.owed(debate.workspace, debate.id)).toEqual([]);
  });

  if (!isTried(at)) return;
  test('killed between post and save, another process finds the message and goes on', async () => {
    const room = newRoom();
    const dying = await stage.bot({ voice: streaming(), store: dyingAt(stage.store, nth + 2) });
    const debate = await convene(dying, room, ana);
    await expect(run(dying, debate)).rejects.toThrow();
    await dying.stop();
    const next = await stage.bot({ voice: streaming() });
    await expect(run(next, debate)).resolves.toBe('concluded');
    await next.stop();
    expectWhole(room);
  });
});

describe('an outage', () => {
  test.each(['chat.postMessage', 'chat.update'])('of %s breaks it off; resumed, it is whole', async (method) => {
    const room = newRoom();
    const debate = await convene(bot, room, ana);
    stage.slack.faults.on(method, { kind: 'error', status: 502 }, { nth: method === 'chat.update' ? 3 : 2, times: 6 });
    await expect(run(bot, debate)).rejects.toThrow();
    stage.slack.faults.clear();
    await expect(run(bot, debate)).resolves.toBe('concluded');
    expectWhole(room);
  });
});

describe('a process that dies in the middle of a word', () => {
  test('leaves nothing behind once another takes the debate up', async () => {
    const room = newRoom();
    let isDead = false;
    const dying = await stage.bot({
      voice: {
        kind: 'model',
        async speak(cue, listener, signal) {
          if (cue.move.key !== 'statement-critic') return streaming().speak(cue, listener, signal);
          listener.text('Half a word');
          await stage.slack.until(() => threadIn(room).some(({ text }) => text.includes('Half a word')));
          isDead = true;
          throw new Error('killed');
        },
      },
    });
    const debate = await convene(dying, room, ana);
    await expect(run(dying, debate)).rejects.toThrow('killed');
    expect(isDead).toBe(true);
    expect(threadIn(room).some(({ text }) => text.includes('Half a word'))).toBe(true);
    const next = await stage.bot({ voice: streaming() });
    await expect(run(next, debate)).resolves.toBe('concluded');
    await next.stop();
    expectWhole(room);
    await dying.stop();
  });
});

describe('what no retry mends is said in words a person understands', () => {
  test.each<[string, string, string, string]>([
    ['a channel it was taken out of', 'not_in_channel', 'invite me', 'invítame'],
    ['an archived channel', 'is_archived', 'unarchive', 'desarchiva'],
    ['a token that was withdrawn', 'token_revoked', 'not installed', 'no está (ya) instalada'],
    ['a thread that is gone', 'thread_not_found', 'was deleted', 'se ha borrado'],
  ])('%s', async (_what, error, en, es) => {
    const room = newRoom();
    const debate = await convene(bot, room, ana);
    stage.slack.faults.on('chat.postMessage', { kind: 'refuse', error }, { nth: 2, times: 3 });
    const failure = await run(bot, debate).then(
      () => null,
      (thrown: unknown) => thrown,
    );
    expect(remedyOf(failure)?.message).toContain(en);
    expect(remedyOf(failure)?.in('es')).toContain(es);
    stage.slack.faults.clear();
    await expect(run(bot, debate)).resolves.toBe('concluded');
    expectWhole(room);
  });
});

describe('the thread itself', () => {
  test.each<[string, Fault]>([
    ['a lost response', { kind: 'lost' }],
    ['500', { kind: 'error', status: 500 }],
    ['429', { kind: 'rateLimited', retryAfter: 0.05 }],
  ])('meets %s and there is one all the same', async (_what, fault) => {
    const room = newRoom();
    stage.slack.faults.on('chat.postMessage', fault);
    await convene(bot, room, ana);
    expect(room.messages).toHaveLength(1);
  });
});

/** A store whose process dies before it has written down that message `nth` arrived. */
function dyingAt(store: Store, nth: number): Store {
  let posted = 0;
  return {
    ...store,
    async posted(...given) {
      posted += 1;
      if (posted >= nth) throw new Interrupted();
      return store.posted(...given);
    },
  };
}
