import { afterEach, describe, expect, test } from '@jest/globals';
import { App, LogLevel } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { type Slack, type SlackOptions, startSlack } from '../fakes/slack/index.ts';

const PDF = { name: 'paper.pdf', contentType: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.7') };

let slack: Slack;
let app: App | undefined;

async function start(options: SlackOptions = {}) {
  slack = await startSlack(options);
  const lab = slack.team('Lab', { channels: ['papers'] });
  const ana = lab.person('Ana', { role: 'admin', locale: 'es-ES' });
  return { lab, ana, papers: lab.room('papers') };
}

async function bolt(prepare: (app: App) => void, token: string): Promise<App> {
  app = new App({
    token,
    appToken: slack.app.appToken,
    socketMode: true,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.api },
  });
  prepare(app);
  await app.start();
  return app;
}

afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.stop();
});

describe('over sockets', () => {
  test('a mention in a thread, with a file, is heard and answered under a persona’s name', async () => {
    const { lab, ana, papers } = await start();
    const heard: string[] = [];
    await bolt((one) => {
      one.event('app_mention', async ({ event, client }) => {
        heard.push(event.text);
        const file = event.files?.[0];
        const bytes = await fetch(file?.url_private ?? '', { headers: { authorization: `Bearer ${lab.bot.token}` } });
        heard.push(await bytes.text());
        await client.chat.postMessage({
          channel: event.channel,
          thread_ts: event.ts,
          text: 'It <https://example.org|depends>.',
          username: 'Doomer',
          icon_emoji: ':skull:',
          metadata: { event_type: 'turn', event_payload: { key: 'd:1:0' } },
        });
      });
    }, lab.bot.token);
    const asked = ana.mentions(papers, 'debate this & that', { files: [PDF] });
    const [, answer] = await slack.until(() => {
      const thread = papers.thread(asked.ts);
      return thread.length === 2 && thread;
    });
    expect(heard).toEqual([`<@${lab.bot.userId}> debate this &amp; that`, '%PDF-1.7']);
    expect(answer).toMatchObject({ author: 'Doomer', icon: ':skull:', text: 'It depends.', byBot: true });
    expect(answer?.links).toEqual([{ text: 'depends', url: 'https://example.org' }]);
    const client = new WebClient(lab.bot.token, { slackApiUrl: slack.api });
    const { messages } = await client.conversations.replies({
      channel: papers.id,
      ts: asked.ts,
      include_all_metadata: true,
    });
    expect(messages?.[1]).toMatchObject({ username: 'Doomer', metadata: { event_payload: { key: 'd:1:0' } } });
    expect(slack.violations).toEqual([]);
  });

  test('a command opens a modal, a button is pressed, a form submitted', async () => {
    const { lab, ana, papers } = await start();
    const did: string[] = [];
    await bolt((one) => {
      one.command('/debate', async ({ command, ack, respond, client }) => {
        await ack();
        did.push(command.text);
        await respond({ text: 'Here we go', response_type: 'ephemeral' });
        await client.views.open({
          trigger_id: command.trigger_id,
          view: {
            type: 'modal',
            callback_id: 'start',
            title: { type: 'plain_text', text: 'Start' },
            submit: { type: 'plain_text', text: 'Go' },
            blocks: [
              {
                type: 'input',
                block_id: 'article',
                label: { type: 'plain_text', text: 'Article' },
                element: { type: 'plain_text_input', action_id: 'value' },
              },
            ],
          },
        });
      });
      one.view('start', async ({ ack, view, client }) => {
        const value = view.state.values.article?.value?.value ?? '';
        if (!value.startsWith('http')) {
          await ack({ response_action: 'errors', errors: { article: 'no link' } });
          return;
        }
        await ack();
        await client.chat.postMessage({
          channel: papers.id,
          text: value,
          blocks: [
            { type: 'section', text: { type: 'mrkdwn', text: `*${value}*` } },
            {
              type: 'actions',
              elements: [{ type: 'button', action_id: 'pause', text: { type: 'plain_text', text: 'Pause' } }],
            },
          ],
        });
      });
      one.action('pause', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'paused', replace_original: true, blocks: [] });
      });
    }, lab.bot.token);
    const asked = await ana.slash(papers, '/debate', 'start');
    expect(asked.failed).toBe(false);
    await slack.until(() => ana.modal);
    expect(asked.responses.map((one) => one.text)).toEqual(['Here we go']);
    const refused = await ana.submits(ana.modal, { Article: 'nothing' });
    expect(refused.errors).toEqual({ article: 'no link' });
    await ana.submits(ana.modal, { Article: 'https://example.org' });
    expect(ana.modal).toBeNull();
    const posted = await slack.until(() => papers.messages.at(-1));
    await ana.presses(posted, 'Pause');
    await slack.until(() => papers.message(posted.ts).text === 'paused');
    expect(did).toEqual(['start']);
    expect(slack.violations).toEqual([]);
  });
});
