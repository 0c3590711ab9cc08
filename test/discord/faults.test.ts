/** Whatever happens at whichever step: the finished thread has each turn once and in order, or says what it needs. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { Interrupted, remedyOf } from '../../src/errors.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Fault, Person, Room } from '../fakes/discord/index.ts';
import { type Bot, convene, openStage, run, type Stage, turnsIn } from './stage.ts';

/** A new database takes seconds of CPU, on a busy machine many. Milliseconds. */
const PATIENCE = 120_000;
jest.setTimeout(60_000);

let stage: Stage;
let bot: Bot;
let ana: Person;
beforeAll(async () => {
  stage = await openStage();
  ana = stage.discord.person('Ana', { guild: stage.guild });
  bot = await stage.bot();
}, PATIENCE);
afterAll(async () => {
  const { violations } = stage.discord;
  await stage.close();
  expect(violations).toEqual([]);
});
afterEach(() => stage.discord.faults.clear());

const POST = 'POST /webhooks/:webhook/:token';
const ALL = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '10 · ↪ 3', '11 · ↪ 2', '12'].map((turn) =>
  turn.replace(/ ·.*/, ''),
);

/** Which of a debate's messages it befalls. */
const STEPS: readonly (readonly [string, number])[] = [
  ['the opening', 1],
  ['a statement', 4],
  ['the notes', 9],
  ['a reply', 10],
  ['the synthesis in the thread', 12],
  ['its short form in the channel', 13],
];

/** What befalls it, once; the debate is to end as if it had not. */
const SURVIVED: readonly (readonly [string, (room: Room) => Fault])[] = [
  ['429', () => ({ kind: 'rateLimited', retryAfter: 0.05 })],
  ['a global 429', () => ({ kind: 'rateLimited', retryAfter: 0.05, scope: 'global' })],
  ['500', () => ({ kind: 'error', status: 500 })],
  ['503', () => ({ kind: 'error', status: 503 })],
  ['a lost response', () => ({ kind: 'lost' })],
  ['a refused connection', () => ({ kind: 'refused' })],
  ['a slow response', () => ({ kind: 'late', ms: 100 })],
  ['a permission missing for a moment', () => ({ kind: 'denied' })],
  ['a webhook somebody deleted', (room) => ({ kind: 'meanwhile', run: () => removeWebhooks(room) })],
  ['a dropped gateway', () => ({ kind: 'meanwhile', run: () => stage.discord.gateway.drop() })],
  ['an archived thread', (room) => ({ kind: 'meanwhile', run: () => archive(room) })],
  [
    'a gateway whose session is lost',
    () => ({ kind: 'meanwhile', run: () => stage.discord.gateway.invalidate(false) }),
  ],
];

/** discord.js dies of a session lost in the very moment it resumes: what befell one debate is over before the next. */
const connected = () => stage.discord.until(() => stage.discord.gateway.connected === 1, 10_000);

function removeWebhooks(room: Room): void {
  for (const { id } of room.webhooks) stage.discord.remove.webhook(id);
}

function archive(room: Room): void {
  for (const thread of room.threads) stage.discord.archive(thread);
}

let rooms = 0;
function newRoom(): Room {
  rooms += 1;
  return stage.guild.channel(`room-${rooms}`);
}

function threadOf(room: Room): Room {
  const [thread, ...others] = room.threads;
  if (!thread || others.length > 0) throw new Error(`${room.threads.length} threads`);
  return thread;
}

/** Each turn once and in order in the thread, and the outcome once in the channel. */
function expectWhole(room: Room): void {
  expect(turnsIn(threadOf(room)).map((turn) => turn.replace(/ ·.*/, ''))).toEqual(ALL);
  expect(room.messages.filter(({ byWebhook }) => byWebhook)).toHaveLength(1);
}

describe.each(STEPS)('at %s', (_step, nth) => {
  test.each(SURVIVED)('%s leaves the thread whole', async (what, faultIn) => {
    if (what.includes('gateway')) await connected();
    const room = newRoom();
    const debate = await convene(bot, stage.guild, room, ana);
    const fault = stage.discord.faults.on(POST, faultIn(room), { nth });
    await expect(run(bot, debate)).resolves.toBe('concluded');
    expect(fault.struck).toBe(1);
    expectWhole(room);
    expect(await stage.store.owed(debate.workspace, debate.id)).toEqual([]);
  });

  test('an outage breaks it off; resumed, it is whole', async () => {
    const room = newRoom();
    const debate = await convene(bot, stage.guild, room, ana);
    stage.discord.faults.on(POST, { kind: 'error', status: 502 }, { nth, times: 4 });
    await expect(run(bot, debate)).rejects.toThrow();
    stage.discord.faults.clear();
    await expect(run(bot, debate)).resolves.toBe('concluded');
    expectWhole(room);
  });

  test('a permission that is gone is named; granted again, the debate goes on', async () => {
    const room = newRoom();
    const debate = await convene(bot, stage.guild, room, ana);
    stage.guild.overwrite(room, 'bot', { deny: ['SendMessagesInThreads', 'SendMessages'] });
    stage.discord.faults.on(POST, { kind: 'denied' }, { nth, times: 4 });
    const failure = await run(bot, debate).then(
      () => null,
      (error: unknown) => error,
    );
    expect(remedyOf(failure)?.message).toContain(`I need Send Messages and Send Messages in Threads in #${room.name}`);
    stage.discord.faults.clear();
    stage.guild.overwrite(room, 'bot', { allow: ['SendMessagesInThreads', 'SendMessages'] });
    await expect(run(bot, debate)).resolves.toBe('concluded');
    expectWhole(room);
  });

  test('killed between post and save, another process finds the message and goes on', async () => {
    const room = newRoom();
    const dying = await stage.bot({ store: dyingAt(stage.store, nth) });
    const debate = await convene(dying, stage.guild, room, ana);
    await expect(run(dying, debate)).rejects.toThrow();
    await dying.stop();
    const next = await stage.bot();
    await expect(run(next, debate)).resolves.toBe('concluded');
    await next.stop();
    expectWhole(room);
  });
});

describe('what no retry mends', () => {
  const GONE: readonly (readonly [string, (room: Room) => Room])[] = [
    ['a thread', threadOf],
    ['a channel', (room) => room],
  ];
  describe.each(GONE)('%s deleted', (_what, goner) => {
    test.each(STEPS.slice(0, 5))('at %s is said to be gone, in words a person understands', async (_step, nth) => {
      const room = newRoom();
      const debate = await convene(bot, stage.guild, room, ana);
      const gone = () => stage.discord.remove.channel(goner(room));
      stage.discord.faults.on(POST, { kind: 'meanwhile', run: gone }, { nth });
      const failure = await run(bot, debate).then(
        () => null,
        (error: unknown) => error,
      );
      expect(remedyOf(failure)?.message).toContain('was deleted');
      expect(remedyOf(failure)?.in('es')).toContain('se ha borrado');
    });
  });
});

describe('the thread itself', () => {
  test.each<[string, string, Fault]>([
    ['its first message', 'POST /channels/:channel/messages', { kind: 'lost' }],
    ['its first message', 'POST /channels/:channel/messages', { kind: 'error', status: 500 }],
    ['the opening of it', 'POST /channels/:channel/messages/:message/threads', { kind: 'lost' }],
    ['the opening of it', 'POST /channels/:channel/messages/:message/threads', { kind: 'error', status: 503 }],
  ])('%s meets trouble and there is one thread all the same', async (_what, route, fault) => {
    const room = newRoom();
    stage.discord.faults.on(route, fault);
    await convene(bot, stage.guild, room, ana);
    expect(room.threads).toHaveLength(1);
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
