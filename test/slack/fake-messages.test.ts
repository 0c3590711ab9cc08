import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App } from '@slack/bolt';
import type { MessageEvent } from '@slack/types';
import type { WebClient } from '@slack/web-api';
import { type Person, type Room, type Slack, startSlack, type Team } from '../fakes/slack/index.ts';
import { client, outcome, socketApp } from './fake-app.ts';

const PDF = { name: 'paper.pdf', contentType: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.7') };

let slack: Slack;
let lab: Team;
let ana: Person;
let papers: Room;
let web: WebClient;

beforeEach(async () => {
  slack = await startSlack();
  lab = slack.team('Lab', { channels: ['papers'] });
  ana = lab.person('Ana', { locale: 'es-ES' });
  papers = lab.room('papers');
  web = client(slack, lab.bot.token);
});

afterEach(async () => {
  expect(slack.violations).toEqual([]);
  await slack.stop();
});

describe('messages', () => {
  test('a thread is listed with its first message, replies and who wrote them', async () => {
    const first = ana.says(papers, 'what of this?');
    await web.chat.postMessage({
      channel: papers.id,
      thread_ts: first.ts,
      text: 'a',
      username: 'Doomer',
      icon_emoji: ':volcano:',
    });
    const { ts = '' } = await web.chat.postMessage({ channel: papers.id, thread_ts: first.ts, text: 'b' });
    const { messages = [] } = await web.conversations.replies({ channel: papers.id, ts: first.ts });
    expect(messages[0]).toMatchObject({ user: ana.id, thread_ts: first.ts, reply_count: 2, latest_reply: ts });
    expect(messages[1]).toMatchObject({
      subtype: 'bot_message',
      username: 'Doomer',
      bot_id: lab.bot.id,
      parent_user_id: ana.id,
    });
    expect(messages[1]).not.toHaveProperty('user');
    expect(messages[2]).toMatchObject({ user: lab.bot.userId, bot_id: lab.bot.id, app_id: slack.app.id });
    // Of a reply, the whole thread; pages go on where the last one ended.
    const some = await web.conversations.replies({ channel: papers.id, ts, limit: 2 });
    expect(some.messages?.map((one) => one.text)).toEqual(['what of this?', 'a']);
    const cursor = some.response_metadata?.next_cursor ?? '';
    const rest = await web.conversations.replies({ channel: papers.id, ts, limit: 2, cursor });
    expect(rest.messages?.map((one) => one.text)).toEqual(['b']);
    const history = await web.conversations.history({ channel: papers.id });
    expect(history.messages?.map((one) => one.text)).toEqual(['what of this?']);
  });

  test('metadata is there for whoever asks, and only then', async () => {
    const metadata = { event_type: 'turn', event_payload: { key: 'd:1:0' } };
    await web.chat.postMessage({ channel: papers.id, text: 'a', metadata });
    const plain = await web.conversations.history({ channel: papers.id });
    expect(plain.messages?.[0]?.metadata).toBeUndefined();
    const all = await web.conversations.history({ channel: papers.id, include_all_metadata: true });
    expect(all.messages?.[0]?.metadata).toEqual(metadata);
  });

  test('an update keeps metadata it does not name; new text takes the place of old blocks', async () => {
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*old*' } }];
    const metadata = { event_type: 'turn', event_payload: { key: 'd:1:0' } };
    const persona = { username: 'Doomer', metadata };
    const { ts = '' } = await web.chat.postMessage({ channel: papers.id, text: 'x', blocks, ...persona });
    const newer = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*newer*' } }];
    await web.chat.update({ channel: papers.id, ts, blocks: newer });
    expect(papers.message(ts)).toMatchObject({ text: 'newer', fallback: 'x', edited: false });
    await web.chat.update({ channel: papers.id, ts, text: 'new' });
    expect(papers.message(ts)).toMatchObject({ text: 'new', edited: true, author: 'Doomer', metadata });
    await web.chat.update({ channel: papers.id, ts, markdown_text: '> **new**' });
    expect(papers.message(ts).text).toBe('> new');
  });

  test('a thread goes on under the tombstone of its first message', async () => {
    const first = ana.says(papers, 'oops');
    await web.chat.postMessage({ channel: papers.id, thread_ts: first.ts, text: 'a' });
    ana.deletes(first);
    expect(await outcome(web.chat.postMessage({ channel: papers.id, thread_ts: first.ts, text: 'b' }))).toBe('ok');
    expect(papers.thread(first.ts).map((one) => one.text)).toEqual(['This message was deleted.', 'a', 'b']);
  });

  test('a reader sees words, links, lists, quotes and tables, whichever markup they came in', async () => {
    const text = `*Hi* <@${ana.id}> &amp; _all_: <https://example.org/?a=1&amp;b=2|link>\n&gt; a quote\n~gone~ \`<code>\` :volcano:`;
    const { ts = '' } = await web.chat.postMessage({ channel: papers.id, text });
    const seen = papers.message(ts);
    expect(seen.text).toBe('Hi @Ana & all: link\n> a quote\ngone <code> :volcano:');
    expect(seen.links).toEqual([{ text: 'link', url: 'https://example.org/?a=1&b=2' }]);
    expect(seen.pings).toEqual([ana.id]);
    const markdown =
      '# Head\n\n**Bold** and [link](https://example.org)\n\n> quoted\n> twice\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | *2* |';
    const other = await web.chat.postMessage({ channel: papers.id, markdown_text: markdown });
    expect(papers.message(other.ts ?? '').text).toBe(
      'Head\nBold and link\n> quoted\n> twice\n1. one\n2. two\na | b\n1 | 2',
    );
    const page = slack.html(papers);
    expect(page).toContain('<code>&lt;code&gt;</code> 🌋');
    expect(page).toContain('<a href="https://example.org/?a=1&amp;b=2">link</a>');
    expect(page).toContain('<blockquote>a quote</blockquote>');
  });

  test('files: those people share are fetched with the token, the app’s own go up in three steps', async () => {
    const said = ana.says(papers, 'read this', { files: [PDF] });
    const { messages = [] } = await web.conversations.history({ channel: papers.id });
    const url = messages[0]?.files?.[0]?.url_private ?? '';
    const headers = { authorization: `Bearer ${lab.bot.token}` };
    expect(await (await fetch(url, { headers })).text()).toBe('%PDF-1.7');
    expect((await fetch(url)).headers.get('content-type')).toContain('text/html');
    lab.withoutScope('files:read');
    expect(await (await fetch(url, { headers })).text()).toContain('Sign in');
    await web.filesUploadV2({
      channel_id: papers.id,
      thread_ts: said.ts,
      filename: 'record.md',
      content: '# Record',
      initial_comment: 'done',
    });
    const [, answer] = papers.thread(said.ts);
    expect(answer).toMatchObject({ text: 'done\n[file: record.md]' });
    expect(new TextDecoder().decode(answer?.files[0]?.bytes)).toBe('# Record');
  });

  test('users, groups, channels, pins and bookmarks', async () => {
    const bo = lab.person('Bo', { role: 'guest', channels: [papers] });
    const group = lab.group('reviewers', [ana]);
    expect((await web.users.info({ user: ana.id, include_locale: true })).user).toMatchObject({
      locale: 'es-ES',
      is_admin: false,
    });
    expect((await web.users.info({ user: bo.id })).user).toMatchObject({ is_restricted: true });
    expect((await web.usergroups.list({ include_users: true })).usergroups).toMatchObject([
      { id: group, users: [ana.id] },
    ]);
    expect((await web.usergroups.users.list({ usergroup: group })).users).toEqual([ana.id]);
    const channels = await web.conversations.list({ types: 'public_channel,private_channel' });
    expect(channels.channels).toMatchObject([{ id: papers.id, is_member: true }]);
    expect((await web.conversations.members({ channel: papers.id })).members).toContain(bo.id);
    const opened = await web.conversations.open({ users: ana.id });
    expect(opened.channel?.id).toBe(ana.dm.id);
    await web.chat.postMessage({ channel: ana.id, text: 'psst' });
    expect(ana.dm.messages.map((one) => one.text)).toEqual(['psst']);
    const { ts = '' } = await web.chat.postMessage({ channel: papers.id, text: 'keep' });
    await web.pins.add({ channel: papers.id, timestamp: ts });
    await web.bookmarks.add({ channel_id: papers.id, title: 'Record', type: 'link', link: 'https://example.org' });
    expect(papers.pins).toEqual([ts]);
    expect(papers.bookmarks).toEqual([{ title: 'Record', link: 'https://example.org' }]);
    const { permalink } = await web.chat.getPermalink({ channel: papers.id, message_ts: ts });
    expect(permalink).toBe(`https://lab.slack.com/archives/${papers.id}/p${ts.replace('.', '')}`);
  });
});

describe('streams', () => {
  const begin = async (more: object = {}) => {
    const first = ana.says(papers, 'go');
    const to = { recipient_user_id: ana.id, recipient_team_id: lab.id };
    const { ts = '' } = await web.chat.startStream({
      channel: papers.id,
      thread_ts: first.ts,
      ...to,
      username: 'Doomer',
      icon_emoji: ':volcano:',
      ...more,
    });
    return { channel: papers.id, ts, thread: first.ts };
  };

  test('grow under a persona’s name, and end with buttons', async () => {
    const { channel, ts } = await begin();
    await web.chat.appendStream({ channel, ts, markdown_text: 'It **may' });
    await web.chat.appendStream({ channel, ts, chunks: [{ type: 'markdown_text', text: ' fail**.' }] });
    expect(papers.message(ts)).toMatchObject({ author: 'Doomer', text: 'It may fail.', streaming: true });
    expect(await outcome(web.chat.update({ channel, ts, text: 'x' }))).toBe('streaming_state_conflict');
    const feedback = { text: { type: 'plain_text' as const, text: 'Good' }, value: 'good' };
    const blocks = [
      {
        type: 'context_actions' as const,
        elements: [
          {
            type: 'feedback_buttons' as const,
            action_id: 'feedback',
            positive_button: feedback,
            negative_button: { ...feedback, text: { ...feedback.text, text: 'Bad' }, value: 'bad' },
          },
        ],
      },
    ];
    await web.chat.stopStream({ channel, ts, blocks, metadata: { event_type: 'turn', event_payload: { key: 'k' } } });
    const ended = papers.message(ts);
    expect(ended).toMatchObject({ text: 'It may fail.', streaming: false, streamed: true });
    expect(ended.buttons.map((one) => one.text)).toEqual(['Good', 'Bad']);
    expect(await outcome(web.chat.appendStream({ channel, ts, markdown_text: 'x' }))).toBe(
      'message_not_in_streaming_state',
    );
  });

  test('the client library’s streamer works', async () => {
    const first = ana.says(papers, 'go');
    const to = { recipient_user_id: ana.id, recipient_team_id: lab.id };
    const streamer = web.chatStream({ channel: papers.id, thread_ts: first.ts, ...to, buffer_size: 4 });
    await streamer.append({ markdown_text: 'first ' });
    await streamer.append({ markdown_text: 'second' });
    await streamer.stop();
    expect(papers.thread(first.ts)[1]).toMatchObject({ text: 'first second', streaming: false });
  });

  test('die after five minutes, and their words with them; the message can be mended', async () => {
    const { channel, ts } = await begin({ markdown_text: 'half a th' });
    slack.clock.advance(5 * 60_000);
    expect(papers.message(ts)).toMatchObject({ text: '', streaming: false });
    expect(await outcome(web.chat.appendStream({ channel, ts, markdown_text: 'x' }))).toBe(
      'message_not_in_streaming_state',
    );
    await web.chat.update({ channel, ts, text: 'the whole thought' });
    expect(papers.message(ts).text).toBe('the whole thought');
  });

  test('a person may stop one', async () => {
    const { channel, ts } = await begin({ markdown_text: 'on and on' });
    ana.stops(papers.message(ts));
    expect(await outcome(web.chat.appendStream({ channel, ts, markdown_text: 'x' }))).toBe('stopped_by_user');
  });
});

describe('what the app hears', () => {
  let app: App;
  let heard: MessageEvent[];
  let others: string[];

  beforeEach(async () => {
    heard = [];
    others = [];
    app = await socketApp(slack, lab.bot.token, (one) => {
      one.message(async ({ message }) => void heard.push(message));
      for (const type of [
        'app_home_opened',
        'member_joined_channel',
        'reaction_added',
        'link_shared',
        'assistant_thread_started',
        'assistant_thread_context_changed',
      ] as const) {
        one.event(type, async ({ event }) => void others.push(event.type));
      }
    });
  });
  afterEach(() => app.stop());

  const kinds = () => heard.map((one) => one.subtype ?? '');

  test('what people say, change, delete, share and broadcast', async () => {
    const first = ana.says(papers, 'first <!here>');
    const reply = ana.says(papers, 'reply', { thread: first, broadcast: true });
    ana.edits(first, 'changed');
    ana.says(papers, 'a file', { files: [PDF], thread: first });
    ana.deletes(reply);
    await slack.until(() => heard.length === 5);
    expect(kinds()).toEqual(['', 'thread_broadcast', 'message_changed', 'file_share', 'message_deleted']);
    expect(heard[2]).toMatchObject({
      message: { text: 'changed', edited: { user: ana.id } },
      previous_message: { text: 'first <!here>' },
    });
    expect(heard[3]).toMatchObject({
      thread_ts: first.ts,
      files: [{ name: 'paper.pdf', mimetype: 'application/pdf' }],
    });
    expect(heard[4]).toMatchObject({ deleted_ts: reply.ts, previous_message: { text: 'reply' } });
    expect(first.pings).toEqual(['here']);
  });

  test('other bots; its own, too, where Bolt does not leave them out', async () => {
    lab.otherBot('Echo').says(papers, 'beep');
    await web.chat.postMessage({ channel: papers.id, text: 'mine', username: 'Doomer' });
    await slack.settled();
    expect(heard).toMatchObject([{ text: 'beep' }]);
    expect(slack.events.sent.map(({ event }) => event)).toMatchObject([
      { text: 'beep', bot_id: expect.any(String) },
      { text: 'mine', subtype: 'bot_message', username: 'Doomer', bot_id: lab.bot.id, app_id: slack.app.id },
    ]);
  });

  test('nothing of channels its bot is not in, and nothing it has no scope for', async () => {
    const hall = lab.channel('hall', { bot: false });
    ana.says(hall, 'secret');
    lab.withoutScope('im:history');
    ana.says(ana.dm, 'psst');
    ana.invites(hall);
    ana.says(hall, 'public');
    await slack.settled();
    // Its own entering is among what Bolt leaves out.
    expect(heard.map((one) => 'text' in one && one.text)).toEqual(['public']);
  });

  test('a mention where its bot is not yet, once it is invited', async () => {
    const mentions: string[] = [];
    app.event('app_mention', async ({ event }) => void mentions.push(event.text));
    const hall = lab.channel('hall', { bot: false });
    ana.mentions(hall, 'debate this');
    await slack.settled();
    expect(mentions).toEqual([]);
    ana.invites(hall);
    await slack.until(() => mentions.length === 1);
  });

  test('homes, assistants, reactions, links, joining', async () => {
    ana.opensHome();
    const thread = ana.opensAssistant(papers);
    ana.looksAt(thread, papers);
    await web.assistant.threads.setSuggestedPrompts({
      channel_id: thread.channelId,
      thread_ts: thread.ts,
      prompts: [{ title: 'Debate', message: 'debate it' }],
    });
    await web.assistant.threads.setTitle({ channel_id: thread.channelId, thread_ts: thread.ts, title: 'On reading' });
    await web.assistant.threads.setStatus({
      channel_id: thread.channelId,
      thread_ts: thread.ts,
      status: 'is thinking…',
    });
    expect(ana.prompts(thread)).toEqual([{ title: 'Debate', message: 'debate it' }]);
    expect(ana.dm.title(thread.ts)).toBe('On reading');
    expect(ana.dm.status(thread.ts)?.text).toBe('is thinking…');
    await web.chat.postMessage({ channel: thread.channelId, thread_ts: thread.ts, text: 'there' });
    expect(ana.dm.status(thread.ts)).toBeNull();
    await web.assistant.threads.setStatus({ channel_id: thread.channelId, thread_ts: thread.ts, status: 'is lost…' });
    slack.clock.advance(121_000);
    expect(ana.dm.status(thread.ts)).toBeNull();
    const said = ana.says(papers, 'see https://example.org/a?b=1.');
    ana.reacts(said, ':eyes:');
    expect(said.fallback).toBe('see <https://example.org/a?b=1>.');
    lab.person('Bo', { channels: [] }).joins(papers);
    await slack.settled();
    expect(others.sort()).toEqual([
      'app_home_opened',
      'assistant_thread_context_changed',
      'assistant_thread_started',
      'link_shared',
      'member_joined_channel',
      'reaction_added',
    ]);
    await web.views.publish({
      user_id: ana.id,
      view: { type: 'home', blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '*Debates*' } }] },
    });
    expect(ana.home?.text).toBe('Debates');
  });
});
