import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { KnownBlock, ModalView } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Person, type Room, type Slack, type SlackOptions, startSlack, type Team } from '../fakes/slack/index.ts';
import { client, outcome } from './fake-app.ts';

let slack: Slack;
let lab: Team;
let ana: Person;
let papers: Room;
let web: WebClient;

async function start(options: SlackOptions = {}): Promise<void> {
  await slack?.stop();
  slack = await startSlack(options);
  lab = slack.team('Lab', { channels: ['papers'], privateChannels: ['board'] });
  ana = lab.person('Ana', { role: 'admin', locale: 'es-ES' });
  papers = lab.room('papers');
  web = client(slack, lab.bot.token);
}

beforeEach(() => start({ rateScale: 0 }));
afterEach(() => slack.stop());

const post = (more: object = {}) => web.chat.postMessage({ channel: papers.id, text: 'x', ...more });
const first = (happens: () => void, then: () => Promise<unknown>) => {
  happens();
  return then();
};
const words = (length: number) => 'x'.repeat(length);
const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });
const button = (n: number, more: object = {}) => ({
  type: 'button' as const,
  action_id: `b${n}`,
  text: { type: 'plain_text' as const, text: 'Go' },
  ...more,
});
const actions = (...elements: ReturnType<typeof button>[]): KnownBlock => ({ type: 'actions', elements });
const modal = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  title: { type: 'plain_text', text: 'Start' },
  blocks: [section('hello')],
  ...more,
});
const option = (n: number) => ({ text: { type: 'plain_text' as const, text: `${n}` }, value: `${n}` });

describe('what breaks the rules is refused and listed', () => {
  test.each<[string, string, () => Promise<unknown>]>([
    ['an unknown method', 'unknown_method', () => web.apiCall('chat.shout', { channel: papers.id })],
    [
      'an update of 4,001 bytes',
      'msg_too_long',
      async () => web.chat.update({ channel: papers.id, ts: (await post()).ts ?? '', text: `${words(3998)}é&` }),
    ],
    [
      'blocks of more than 13,000 characters together',
      'msg_blocks_too_long',
      () => post({ blocks: Array.from({ length: 5 }, () => section(words(2700))) }),
    ],
    ['a message as somebody else', 'as_user_not_supported', () => post({ as_user: true })],
    [
      'an unknown argument',
      'invalid_arguments',
      () => web.apiCall('chat.postMessage', { channel: papers.id, text: 'x', mood: 'sad' }),
    ],
    [
      'an argument of the wrong type',
      'invalid_arguments',
      () => web.apiCall('chat.postMessage', { channel: papers.id, text: 'x', blocks: 'none' }),
    ],
    [
      'a block with an unknown field',
      'invalid_arguments',
      () => post({ blocks: [{ ...section('x'), colour: 'red' }] }),
    ],
    ['no text', 'no_text', () => post({ text: ' ' })],
    ['51 blocks', 'invalid_blocks', () => post({ blocks: Array.from({ length: 51 }, () => section('x')) })],
    ['a section of 3,001 characters', 'invalid_blocks', () => post({ blocks: [section(words(3001))] })],
    ['an empty section', 'invalid_blocks', () => post({ blocks: [section('')] })],
    [
      'a header of 151 characters',
      'invalid_blocks',
      () => post({ blocks: [{ type: 'header', text: { type: 'plain_text', text: words(151) } }] }),
    ],
    [
      'a markdown block of 12,001 characters',
      'msg_blocks_too_long',
      () => post({ blocks: [{ type: 'markdown', text: words(12_001) }] }),
    ],
    [
      'markdown blocks of 12,001 characters together',
      'msg_blocks_too_long',
      () =>
        post({
          blocks: [
            { type: 'markdown', text: words(6001) },
            { type: 'markdown', text: words(6000) },
          ],
        }),
    ],
    [
      'markdown_text of 12,001 characters',
      'msg_blocks_too_long',
      () => web.chat.postMessage({ channel: papers.id, markdown_text: words(12_001) }),
    ],
    [
      '26 buttons in a row',
      'invalid_blocks',
      () => post({ blocks: [actions(...Array.from({ length: 26 }, (_, n) => button(n)))] }),
    ],
    [
      'a button of 76 characters',
      'invalid_blocks',
      () => post({ blocks: [actions(button(1, { text: { type: 'plain_text', text: words(76) } }))] }),
    ],
    [
      'an action_id of 256 characters',
      'invalid_blocks',
      () => post({ blocks: [actions(button(1, { action_id: words(256) }))] }),
    ],
    ['one action_id twice', 'invalid_blocks', () => post({ blocks: [actions(button(1), button(1))] })],
    [
      'a value of 2,001 characters',
      'invalid_blocks',
      () => post({ blocks: [actions(button(1, { value: words(2001) }))] }),
    ],
    [
      '101 options',
      'invalid_blocks',
      () =>
        post({
          blocks: [
            {
              type: 'section',
              text: { type: 'mrkdwn', text: 'x' },
              accessory: {
                type: 'static_select',
                action_id: 's',
                options: Array.from({ length: 101 }, (_, n) => option(n)),
              },
            },
          ],
        }),
    ],
    [
      'metadata without a type',
      'invalid_arguments',
      () => web.apiCall('chat.postMessage', { channel: papers.id, text: 'x', metadata: { event_type: 7 } }),
    ],
    [
      'metadata that is too large',
      'metadata_too_large',
      () => post({ metadata: { event_type: 'turn', event_payload: { key: words(20_000) } } }),
    ],
    ['a thread that is no ts', 'invalid_thread_ts', () => post({ thread_ts: 'yesterday' })],
    [
      'a stream in a channel for nobody',
      'missing_recipient_user_id',
      async () => web.chat.startStream({ channel: papers.id, thread_ts: (await post()).ts ?? '' }),
    ],
    [
      'an emoji nobody knows',
      'invalid_name',
      async () => web.reactions.add({ channel: papers.id, timestamp: (await post()).ts ?? '', name: 'sulk' }),
    ],
    ['a bot’s token for a socket', 'not_allowed_token_type', () => web.apps.connections.open({})],
    [
      'an app’s token for a message',
      'not_allowed_token_type',
      () => client(slack, slack.app.appToken).chat.postMessage({ channel: papers.id, text: 'x' }),
    ],
    [
      'a home of 101 blocks',
      'invalid_arguments',
      () =>
        web.views.publish({
          user_id: ana.id,
          view: { type: 'home', blocks: Array.from({ length: 101 }, () => section('x')) },
        }),
    ],
    [
      'private_metadata of 3,001 characters',
      'invalid_arguments',
      () => web.views.publish({ user_id: ana.id, view: { type: 'home', blocks: [], private_metadata: words(3001) } }),
    ],
    [
      'a markdown block in a home',
      'invalid_arguments',
      () => web.views.publish({ user_id: ana.id, view: { type: 'home', blocks: [{ type: 'markdown', text: 'x' }] } }),
    ],
  ])('%s: %s', async (_, error, call) => {
    expect(await outcome(call())).toBe(error);
    expect(slack.violations).toHaveLength(1);
    expect(slack.violations[0]).toContain(error);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['text over 40,000 characters is cut', () => post({ text: words(40_001) })],
    ['everybody is called by name', () => post({ text: 'look, @channel', link_names: true })],
    ['everybody is called', () => post({ text: 'look, <!channel>' })],
    ['everybody is called from a block', () => post({ blocks: [section('<!here> look')] })],
    ['a face Slack has no emoji for', () => post({ icon_emoji: ':sulk:' })],
  ])('done all the same, and listed: %s', async (_, call) => {
    expect(await outcome(call())).toBe('ok');
    expect(slack.violations).toHaveLength(1);
    expect(papers.messages.at(-1)?.fallback.length).toBeLessThanOrEqual(40_000);
  });
});

describe('what can befall an honest app is only refused', () => {
  test.each<[string, string, () => Promise<unknown>]>([
    ['a channel that is not', 'channel_not_found', () => web.chat.postMessage({ channel: 'C0NOWHERE00', text: 'x' })],
    [
      'a channel it is not in',
      'not_in_channel',
      () => web.chat.postMessage({ channel: lab.channel('hall', { bot: false }).id, text: 'x' }),
    ],
    [
      'a private channel it is not in',
      'channel_not_found',
      () => web.chat.postMessage({ channel: lab.channel('vault', { private: true, bot: false }).id, text: 'x' }),
    ],
    [
      'history of a channel it is not in',
      'not_in_channel',
      () => web.conversations.history({ channel: lab.channel('hall', { bot: false }).id }),
    ],
    ['an archived channel', 'is_archived', () => first(() => lab.archive(papers), post)],
    ['an unknown thread', 'thread_not_found', () => post({ thread_ts: '1700000000.000001' })],
    [
      'replies of an unknown thread',
      'thread_not_found',
      () => web.conversations.replies({ channel: papers.id, ts: '1700000000.000001' }),
    ],
    [
      'an unknown message',
      'message_not_found',
      () => web.chat.update({ channel: papers.id, ts: '1700000000.000001', text: 'y' }),
    ],
    [
      'somebody else’s message',
      'cant_update_message',
      () => web.chat.update({ channel: papers.id, ts: ana.says(papers, 'mine').ts, text: 'y' }),
    ],
    [
      'somebody else’s message, to delete',
      'cant_delete_message',
      () => web.chat.delete({ channel: papers.id, ts: ana.says(papers, 'mine').ts }),
    ],
    [
      'a user of another workspace',
      'user_not_found',
      () => web.users.info({ user: slack.team('Other').person('Eve').id }),
    ],
    [
      'a channel of another workspace',
      'channel_not_found',
      () => web.conversations.info({ channel: slack.team('Other').room('general').id }),
    ],
    [
      'whispering to who is not there',
      'user_not_in_channel',
      () => web.chat.postEphemeral({ channel: papers.id, user: lab.person('Bo', { channels: [] }).id, text: 'x' }),
    ],
    [
      'one reaction twice',
      'already_reacted',
      async () => {
        const mark = { channel: papers.id, timestamp: (await post()).ts ?? '', name: 'eyes' };
        await web.reactions.add(mark);
        return web.reactions.add(mark);
      },
    ],
    ['a trigger nobody gave', 'invalid_trigger_id', () => web.views.open({ trigger_id: '1.2.3', view: modal() })],
    ['a token nobody gave', 'invalid_auth', () => client(slack, 'xoxb-1-2-3').auth.test()],
    ['no token', 'not_authed', () => client(slack, '').auth.test()],
    ['a revoked token', 'token_revoked', () => first(() => ana.revokes(), post)],
    [
      'an app taken off',
      'account_inactive',
      () => {
        const own = client(slack, lab.bot.token);
        ana.uninstalls();
        return own.auth.test();
      },
    ],
    [
      'a cursor of one’s own making',
      'invalid_cursor',
      () => web.conversations.history({ channel: papers.id, cursor: 'bm93aGVyZQ==' }),
    ],
  ])('%s: %s', async (_, error, call) => {
    expect(await outcome(call())).toBe(error);
    expect(slack.violations).toEqual([]);
  });

  test('a missing scope, with what is needed and what there is', async () => {
    lab.scopes(['chat:write']);
    await expect(web.users.info({ user: ana.id })).rejects.toMatchObject({
      data: { error: 'missing_scope', needed: 'users:read', provided: 'chat:write' },
    });
    expect(await outcome(post())).toBe('ok');
    expect(await outcome(post({ username: 'Doomer' }))).toBe('missing_scope');
    expect(await outcome(web.conversations.history({ channel: papers.id }))).toBe('missing_scope');
    lab.scopes(['channels:history']);
    expect(await outcome(web.conversations.history({ channel: lab.room('board').id }))).toBe('missing_scope');
  });
});

describe('triggers', () => {
  const trigger = async () => (await ana.slash(papers, '/debate')).triggerId ?? '';

  test('open a modal once, within three seconds', async () => {
    const id = await trigger();
    expect(await outcome(web.views.open({ trigger_id: id, view: modal() }))).toBe('ok');
    expect(await outcome(web.views.open({ trigger_id: id, view: modal() }))).toBe('exchanged_trigger_id');
    const late = await trigger();
    slack.clock.advance(3001);
    expect(await outcome(web.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
    expect(ana.modal?.text).toBe('hello');
  });

  test('a modal is updated by its hash, and three lie on each other at most', async () => {
    const { view } = await web.views.open({ trigger_id: await trigger(), view: modal() });
    const id = view?.id ?? '';
    const changed = modal({ blocks: [section('changed')] });
    expect(await outcome(web.views.update({ view_id: id, hash: 'old', view: changed }))).toBe('hash_conflict');
    expect(await outcome(web.views.update({ view_id: id, hash: view?.hash ?? '', view: changed }))).toBe('ok');
    expect(ana.modal?.text).toBe('changed');
    await ana.closes(ana.modal);
    expect(await outcome(web.views.update({ view_id: id, view: changed }))).toBe('not_found');
    expect(slack.violations).toEqual([]);
  });
});

describe('rates', () => {
  test('postMessage has its own pace in each channel, and the wait is told', async () => {
    await start({ rateScale: 1 });
    const tries = await Promise.all(Array.from({ length: 8 }, () => outcome429(post())));
    expect(tries.filter((one) => one === 'ok')).toHaveLength(5);
    expect(tries.filter((one) => one === 1)).toHaveLength(3);
    expect(await outcome429(web.chat.postMessage({ channel: ana.dm.id, text: 'x' }))).toBe('ok');
    slack.clock.advance(2000);
    expect(await outcome429(post())).toBe('ok');
    expect(slack.violations).toEqual([]);
  });

  test('streams start 20 times a minute and grow 100 times', async () => {
    await start({ rateScale: 1 });
    const { ts = '' } = await post();
    const stream = { channel: papers.id, thread_ts: ts, recipient_user_id: ana.id, recipient_team_id: lab.id };
    const starts = [];
    for (let n = 0; n < 21; n++) starts.push(await outcome429(web.chat.startStream(stream)));
    expect(starts.lastIndexOf('ok')).toBe(19);
    expect(starts[20]).toBe(3);
    slack.clock.advance(60_000);
    const started = await web.chat.startStream(stream);
    const grows = [];
    for (let n = 0; n < 101; n++) {
      grows.push(
        await outcome429(web.chat.appendStream({ channel: papers.id, ts: started.ts ?? '', markdown_text: 'x' })),
      );
    }
    expect(grows.lastIndexOf('ok')).toBe(99);
  });

  test('history costs commercial apps dear', async () => {
    await start({ rateScale: 1, commercial: true });
    for (let n = 0; n < 20; n++) ana.says(papers, `${n}`);
    const page = await web.conversations.history({ channel: papers.id, limit: 200 });
    expect(page.messages).toHaveLength(15);
    expect(page.has_more).toBe(true);
    expect(await outcome429(web.conversations.history({ channel: papers.id }))).toBe(60);
  });
});

/** `ok`, or the seconds to wait. */
async function outcome429(call: Promise<unknown>): Promise<'ok' | number> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof Error && 'retryAfter' in error) return Number(error.retryAfter);
    throw error;
  }
}
