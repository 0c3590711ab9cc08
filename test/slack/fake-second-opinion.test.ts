import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { createEmulator, type Emulator } from 'emulate';
import { z } from 'zod';
import { type Slack, startSlack } from '../fakes/slack/index.ts';
import { client } from './fake-app.ts';

/** Another imitation of Slack: where both cover a method they must agree on what an adapter relies on. */
let emulator: Emulator;
let slack: Slack;
let ours: Stage;
let theirs: Stage;

interface Stage {
  readonly web: WebClient;
  readonly channel: string;
  readonly person: string;
}

beforeAll(async () => {
  slack = await startSlack({ rateScale: 0 });
  const lab = slack.team('Lab', { channels: ['papers'] });
  const ana = lab.person('Ana');
  ours = { web: client(slack, lab.bot.token), channel: lab.room('papers').id, person: ana.id };
  const token = 'xoxb-1';
  const seed = {
    slack: {
      team: { name: 'Lab', domain: 'lab' },
      users: [
        { name: 'ana', real_name: 'Ana' },
        { name: 'tertulia', real_name: 'Tertulia' },
      ],
      channels: [{ name: 'papers' }],
      tokens: [{ token, user: 'tertulia' }],
    },
  };
  emulator = await createEmulator({ service: 'slack', port: 0, seed });
  const web = client({ ...slack, api: `${emulator.url}/api/` }, token);
  const { channels = [] } = await web.conversations.list();
  const { members = [] } = await web.users.list({});
  theirs = {
    web,
    channel: channels.find(({ name }) => name === 'papers')?.id ?? '',
    person: members.find(({ name }) => name === 'ana')?.id ?? '',
  };
});

afterAll(async () => {
  await slack.stop();
  await emulator.close();
});

const shown = z.object({
  text: z.string(),
  thread_ts: z.string().optional(),
  username: z.string().optional(),
  reply_count: z.number().optional(),
  metadata: z.unknown().optional(),
  edited: z.object({}).optional(),
  reactions: z.array(z.object({ name: z.string(), count: z.number() })).optional(),
});
/** A thread's first message carries its own `thread_ts` by Slack's documentation; there it does not. */
const message = shown.transform(({ thread_ts, ...rest }) =>
  rest.reply_count === undefined && thread_ts !== undefined ? { ...rest, thread_ts } : rest,
);
/** What the adapter reads of answers. */
const relied = z.object({
  ok: z.boolean(),
  error: z.string().optional(),
  channel: z
    .union([
      z.string(),
      z.object({
        id: z.string(),
        name: z.string().optional(),
        is_member: z.boolean().optional(),
        is_private: z.boolean().optional(),
      }),
    ])
    .optional(),
  ts: z.string().optional(),
  message: message.optional(),
  messages: z.array(message).optional(),
  has_more: z.boolean().optional(),
  permalink: z.string().optional(),
  user: z
    .union([
      z.string(),
      z.object({
        id: z.string(),
        name: z.string(),
        real_name: z.string(),
        deleted: z.boolean(),
        is_bot: z.boolean(),
        is_admin: z.boolean(),
      }),
    ])
    .optional(),
  team: z.union([z.string(), z.object({ name: z.string(), domain: z.string() })]).optional(),
  url: z.string().optional(),
  bookmark: z.object({ title: z.string(), link: z.string() }).optional(),
});
type Relied = z.infer<typeof relied>;

async function ask({ web }: Stage, method: string, args: Record<string, unknown>): Promise<Relied> {
  try {
    return relied.parse(await web.apiCall(method, args));
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return { ok: false, error: error.data.error };
    throw error;
  }
}

/** Ids and times are each one's own. */
function alike(stage: Stage, given: Relied, names: ReadonlyMap<string, string>): unknown {
  let text = JSON.stringify(given).replaceAll(stage.channel, '#papers').replaceAll(stage.person, '@ana');
  for (const [name, ts] of names) text = text.replaceAll(ts, name).replaceAll(ts.replace('.', ''), name);
  return JSON.parse(
    text
      .replaceAll(/"D[A-Z0-9]{8,}"/g, '"the dm"')
      .replaceAll(/http:\/\/localhost:\d+|https:\/\/lab.slack.com/g, 'slack:'),
  );
}

type Step = readonly [
  what: string,
  method: string,
  args: (stage: Stage, named: (name: string) => string) => Record<string, unknown>,
];

const STEPS: readonly Step[] = [
  ['first', 'chat.postMessage', ({ channel }) => ({ channel, text: 'what of *this*?' })],
  [
    'turn',
    'chat.postMessage',
    ({ channel }, ts) => ({
      channel,
      text: 'a',
      thread_ts: ts('first'),
      username: 'Doomer',
      icon_emoji: ':volcano:',
      metadata: { event_type: 'turn', event_payload: { key: 'd:1:0' } },
    }),
  ],
  ['other', 'chat.postMessage', ({ channel }, ts) => ({ channel, text: 'b', thread_ts: ts('first') })],
  ['', 'conversations.replies', ({ channel }, ts) => ({ channel, ts: ts('first'), include_all_metadata: true })],
  ['', 'conversations.history', ({ channel }) => ({ channel, limit: 10 })],
  ['', 'chat.update', ({ channel }, ts) => ({ channel, ts: ts('turn'), text: 'mended' })],
  ['', 'reactions.add', ({ channel }, ts) => ({ channel, timestamp: ts('turn'), name: 'eyes' })],
  ['', 'reactions.add', ({ channel }, ts) => ({ channel, timestamp: ts('turn'), name: 'eyes' })],
  ['', 'conversations.replies', ({ channel }, ts) => ({ channel, ts: ts('first'), include_all_metadata: true })],
  ['', 'reactions.remove', ({ channel }, ts) => ({ channel, timestamp: ts('turn'), name: 'eyes' })],
  ['', 'reactions.remove', ({ channel }, ts) => ({ channel, timestamp: ts('turn'), name: 'eyes' })],
  ['', 'pins.add', ({ channel }, ts) => ({ channel, timestamp: ts('first') })],
  ['', 'pins.add', ({ channel }, ts) => ({ channel, timestamp: ts('first') })],
  [
    '',
    'bookmarks.add',
    ({ channel }) => ({ channel_id: channel, title: 'Record', type: 'link', link: 'https://example.org' }),
  ],
  ['', 'chat.getPermalink', ({ channel }, ts) => ({ channel, message_ts: ts('first') })],
  ['', 'chat.delete', ({ channel }, ts) => ({ channel, ts: ts('other') })],
  ['', 'chat.delete', ({ channel }, ts) => ({ channel, ts: ts('other') })],
  ['', 'conversations.info', ({ channel }) => ({ channel })],
  ['', 'conversations.open', ({ person }) => ({ users: person })],
  ['dm', 'chat.postMessage', ({ person }) => ({ channel: person, text: 'psst' })],
  ['', 'users.info', ({ person }) => ({ user: person })],
  ['', 'team.info', () => ({})],
  ['', 'auth.test', () => ({})],
  ['', 'chat.postMessage', () => ({ channel: 'C0NOWHERE00', text: 'x' })],
  ['', 'chat.postMessage', ({ channel }) => ({ channel, text: '' })],
  ['', 'chat.update', ({ channel }) => ({ channel, ts: '1700000000.000001', text: 'x' })],
  ['', 'users.info', () => ({ user: 'U0NOBODY000' })],
  [
    '',
    'views.open',
    () => ({ trigger_id: '1.2.3', view: { type: 'modal', title: { type: 'plain_text', text: 'x' }, blocks: [] } }),
  ],
];

async function play(stage: Stage): Promise<unknown[]> {
  const names = new Map<string, string>();
  const answers: unknown[] = [];
  for (const [name, method, args] of STEPS) {
    const answer = await ask(
      stage,
      method,
      args(stage, (it) => names.get(it) ?? ''),
    );
    if (name !== '') names.set(name, answer.ts ?? '');
    answers.push([method, alike(stage, answer, names)]);
  }
  return answers;
}

describe('emulate', () => {
  test('answers the same calls the same way', async () => {
    expect(await play(ours)).toEqual(await play(theirs));
  });

  test.each<[string, string, (stage: Stage) => Record<string, unknown>, string]>([
    [
      'an unknown thread',
      'chat.postMessage',
      ({ channel }) => ({ channel, text: 'x', thread_ts: '1700000000.000001' }),
      'thread_not_found',
    ],
    [
      'replies of an unknown thread',
      'conversations.replies',
      ({ channel }) => ({ channel, ts: '1700000000.000001' }),
      'thread_not_found',
    ],
    [
      '51 blocks',
      'chat.postMessage',
      ({ channel }) => ({ channel, text: 'x', blocks: Array.from({ length: 51 }, () => ({ type: 'divider' })) }),
      'invalid_blocks',
    ],
  ])('is laxer about %s', async (_, method, args, error) => {
    expect((await ask(ours, method, args(ours))).error).toBe(error);
    expect((await ask(theirs, method, args(theirs))).ok).toBe(true);
  });
});
