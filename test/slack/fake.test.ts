import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App, BlockAction, ViewSubmitAction } from '@slack/bolt';
import type { KnownBlock, ModalView } from '@slack/types';
import { generateSchemas } from '../fakes/slack/generate-schemas.ts';
import { type Person, type Room, type Slack, startSlack, type Team } from '../fakes/slack/index.ts';
import { client, socketApp } from './fake-app.ts';

const PDF = { name: 'paper.pdf', contentType: 'application/pdf', bytes: new TextEncoder().encode('%PDF-1.7') };
const plain = (text: string) => ({ type: 'plain_text' as const, text });
const section = (text: string): KnownBlock => ({ type: 'section', text: { type: 'mrkdwn', text } });

let slack: Slack;
let lab: Team;
let ana: Person;
let papers: Room;
let app: App | undefined;

beforeEach(async () => {
  slack = await startSlack();
  lab = slack.team('Lab', { channels: ['papers'] });
  ana = lab.person('Ana', { role: 'admin', locale: 'es-ES' });
  papers = lab.room('papers');
});

afterEach(async () => {
  await app?.stop();
  app = undefined;
  expect(slack.violations).toEqual([]);
  await slack.stop();
});

async function connect(prepare: (app: App) => void): Promise<void> {
  app = await socketApp(slack, lab.bot.token, prepare);
}

const start = (more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'start',
  title: plain('Start'),
  submit: plain('Go'),
  private_metadata: 'kept',
  blocks: [
    {
      type: 'input',
      block_id: 'article',
      label: plain('Article'),
      element: { type: 'plain_text_input', action_id: 'value' },
    },
    {
      type: 'input',
      block_id: 'panel',
      label: plain('Panel'),
      optional: true,
      element: {
        type: 'static_select',
        action_id: 'value',
        options: [
          { text: plain('Seven'), value: 'seven' },
          { text: plain('Three'), value: 'three' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'who',
      label: plain('Who'),
      optional: true,
      element: { type: 'multi_users_select', action_id: 'value' },
    },
  ],
  ...more,
});

test('a mention with a file is heard and answered in its thread under a persona’s name', async () => {
  const heard: string[] = [];
  await connect((one) => {
    one.event('app_mention', async ({ event, client: web }) => {
      heard.push(event.text);
      const headers = { authorization: `Bearer ${lab.bot.token}` };
      const file = await fetch(event.files?.[0]?.url_private ?? '', { headers });
      heard.push(await file.text());
      const persona = { username: 'Doomer', icon_emoji: ':skull:' };
      const text = 'It <https://example.org|depends>.';
      await web.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text, ...persona });
    });
  });
  const asked = ana.mentions(papers, 'debate this & that', { files: [PDF] });
  const answer = await slack.until(() => papers.thread(asked.ts)[1]);
  expect(heard).toEqual([`<@${lab.bot.userId}> debate this &amp; that`, '%PDF-1.7']);
  expect(answer).toMatchObject({ author: 'Doomer', icon: ':skull:', text: 'It depends.', byBot: true });
});

describe('forms', () => {
  let submitted: ViewSubmitAction[];

  beforeEach(() => {
    submitted = [];
  });

  /** `/debate` opens the form. */
  async function form(view: ModalView, prepare: (app: App) => void): Promise<void> {
    await connect((one) => {
      one.command('/debate', async ({ command, ack, client: web }) => {
        await ack();
        await web.views.open({ trigger_id: command.trigger_id, view });
      });
      prepare(one);
    });
    await ana.slash(papers, '/debate');
    await slack.until(() => ana.modal);
  }

  test('complaints keep it open; what was filled in comes with its submission', async () => {
    await form(start(), (one) => {
      one.view<ViewSubmitAction>('start', async ({ ack, body, view }) => {
        submitted.push(body);
        const value = view.state.values.article?.value?.value ?? '';
        if (value.startsWith('http')) await ack();
        else await ack({ response_action: 'errors', errors: { article: 'no link' } });
      });
    });
    expect(ana.modal).toMatchObject({ title: 'Start', callbackId: 'start', text: 'Article\nPanel\nWho' });
    const refused = await ana.submits(ana.modal, { Article: 'nothing' });
    expect(refused.errors).toEqual({ article: 'no link' });
    expect(ana.modal?.open).toBe(true);
    await ana.submits(ana.modal, { Article: 'https://example.org', Panel: 'Three', Who: [ana.id] });
    expect(ana.modal).toBeNull();
    expect(submitted[1]).toMatchObject({
      user: { id: ana.id, team_id: lab.id },
      team: { id: lab.id, domain: 'lab' },
      view: {
        private_metadata: 'kept',
        state: {
          values: {
            article: { value: { type: 'plain_text_input', value: 'https://example.org' } },
            panel: { value: { selected_option: { value: 'three' } } },
            who: { value: { selected_users: [ana.id] } },
          },
        },
      },
    });
  });

  test('nobody submits what Slack’s client would not let them', async () => {
    await form(start(), () => undefined);
    await expect(ana.submits(ana.modal)).rejects.toThrow('the field Article is required');
    await expect(ana.submits(ana.modal, { Article: 'x', Panel: 'Nine' })).rejects.toThrow('not among Seven, Three');
    await expect(ana.submits(ana.modal, { Elsewhere: 'x' })).rejects.toThrow('there is no field Elsewhere');
  });

  test('one leads to the next, and clear closes all', async () => {
    await form(start(), (one) => {
      one.view('start', async ({ ack }) => {
        await ack({ response_action: 'push', view: start({ callback_id: 'second', title: plain('Second') }) });
      });
      one.view('second', async ({ ack }) => ack({ response_action: 'clear' }));
    });
    await ana.submits(ana.modal, { Article: 'x' });
    expect(ana.modal?.title).toBe('Second');
    await ana.submits(ana.modal, { Article: 'x' });
    expect(ana.modal).toBeNull();
  });

  test('a press inside one changes it; closing is told where it was asked for', async () => {
    const blocks: KnownBlock[] = [
      { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: plain('More') }] },
    ];
    const closed: string[] = [];
    await form(start({ blocks, notify_on_close: true }), (one) => {
      one.action<BlockAction>('more', async ({ ack, body, client: web }) => {
        await ack();
        await web.views.update({
          view_id: body.view?.id ?? '',
          hash: body.view?.hash ?? '',
          view: start({ notify_on_close: true }),
        });
      });
      one.view({ callback_id: 'start', type: 'view_closed' }, async ({ ack, view }) => {
        await ack();
        closed.push(view.id);
      });
    });
    const id = ana.modal?.id;
    await ana.presses(ana.modal, 'More');
    await slack.until(() => ana.modal?.fields.length === 3);
    await ana.closes(ana.modal);
    expect(closed).toEqual([id]);
    expect(ana.modal).toBeNull();
  });
});

describe('presses and choices', () => {
  const blocks: KnownBlock[] = [
    section('*Running*'),
    {
      type: 'actions',
      elements: [
        { type: 'button', action_id: 'pause', text: plain('Pause'), value: 'd1' },
        {
          type: 'static_select',
          action_id: 'hear',
          placeholder: plain('Hear from…'),
          options: [{ text: plain('Doomer'), value: 'doomer' }],
        },
      ],
    },
  ];

  test('on messages: the answer takes the message’s place, or is for one’s own eyes', async () => {
    const did: unknown[] = [];
    await connect((one) => {
      one.action<BlockAction>({ action_id: 'pause' }, async ({ ack, body, respond }) => {
        await ack();
        did.push(body.container, body.message?.text);
        await respond({ text: 'paused', replace_original: true });
      });
      one.action({ action_id: 'hear' }, async ({ ack, action, respond }) => {
        await ack();
        did.push('selected_option' in action && action.selected_option?.value);
        await respond({ text: 'asked', response_type: 'ephemeral', replace_original: false });
      });
    });
    const { ts = '' } = await client(slack, lab.bot.token).chat.postMessage({
      channel: papers.id,
      text: 'running',
      blocks,
    });
    const chose = await ana.chooses(papers.message(ts), 'Hear from…', 'Doomer');
    await slack.until(() => chose.responses[0]);
    expect(ana.ephemerals.map((one) => one.text)).toEqual(['asked']);
    await ana.presses(papers.message(ts), 'Pause');
    await slack.until(() => papers.message(ts).text === 'paused');
    const container = { type: 'message', message_ts: ts, channel_id: papers.id, is_ephemeral: false };
    expect(did).toEqual(['doomer', container, 'running']);
  });

  test('in a home', async () => {
    await connect((one) => {
      one.event('app_home_opened', async ({ event, client: web }) => {
        if (event.tab === 'home') await web.views.publish({ user_id: event.user, view: { type: 'home', blocks } });
      });
      one.action<BlockAction>('pause', async ({ ack, body, client: web }) => {
        await ack();
        const { id = '', hash = '' } = body.view ?? {};
        await web.views.publish({
          user_id: ana.id,
          hash,
          view: { type: 'home', blocks: [section(`paused in ${id}`)] },
        });
      });
    });
    ana.opensHome();
    const home = await slack.until(() => ana.home);
    expect(home.buttons.map((one) => one.text)).toEqual(['Pause']);
    await ana.presses(home, 'pause');
    await slack.until(() => ana.home?.text === `paused in ${home.id}`);
  });

  test('a global shortcut', async () => {
    await connect((one) => {
      one.shortcut('debate_start', async ({ ack, shortcut, client: web }) => {
        await ack();
        await web.views.open({ trigger_id: shortcut.trigger_id, view: start() });
      });
    });
    await ana.shortcut('Start a debate');
    expect((await slack.until(() => ana.modal)).callbackId).toBe('start');
    await expect(ana.shortcut('Sing')).rejects.toThrow('no global shortcut Sing');
    await expect(ana.slash(papers, '/sing')).rejects.toThrow('/sing is not a command');
  });

  test('an address to answer at serves five times, for half an hour', async () => {
    await connect((one) => {
      one.command('/debate', async ({ ack }) => ack());
    });
    const { responseUrl } = await ana.slash(papers, '/debate');
    const answer = async (url: string | null) => {
      const response = await fetch(url ?? '', { method: 'POST', body: JSON.stringify({ text: 'x' }) });
      return response.status;
    };
    const tries = [];
    for (let n = 0; n < 6; n++) tries.push(await answer(responseUrl));
    expect(tries).toEqual([200, 200, 200, 200, 200, 404]);
    const second = await ana.slash(papers, '/debate');
    slack.clock.advance(31 * 60_000);
    expect(await answer(second.responseUrl)).toBe(404);
  });
});

test('two workspaces at once know nothing of each other', async () => {
  const other = slack.team('Other', { channels: ['papers'] });
  const eve = other.person('Eve');
  const heard: string[] = [];
  await connect((one) => {
    one.event('app_mention', async ({ body }) => void heard.push(body.team_id));
  });
  ana.mentions(papers, 'hello');
  eve.mentions(other.room('papers'), 'hello');
  await slack.until(() => heard.length === 2);
  expect(heard).toEqual([lab.id, other.id]);
  expect(() => eve.says(papers, 'hello')).toThrow('Eve is in another workspace');
  const theirs = await client(slack, other.bot.token).conversations.list();
  expect(theirs.channels?.map(({ id }) => id)).toEqual([other.room('papers').id]);
});

test('a page shows the thread as its readers see it, and runs nothing', async () => {
  const first = ana.mentions(papers, 'debate <script>alert(1)</script>', { files: [PDF] });
  const web = client(slack, lab.bot.token);
  const persona = { username: 'Doomer <b>', icon_emoji: ':volcano:' };
  const markdown_text = '# Head\n\n> quoted <img src=x>\n\n[link](javascript:alert(1))';
  await web.chat.postMessage({ channel: papers.id, thread_ts: first.ts, markdown_text, ...persona });
  const status = { channel_id: papers.id, thread_ts: first.ts, status: 'is thinking…', username: 'Critic' };
  await web.assistant.threads.setStatus(status);
  const page = slack.html(papers, { thread: first.ts });
  expect(page).toContain('debate &lt;script&gt;alert(1)&lt;/script&gt;');
  expect(page).toContain('Doomer &lt;b&gt;');
  expect(page).toContain('🌋');
  expect(page).toContain('&lt;img src=x&gt;');
  expect(page).toContain('paper.pdf');
  expect(page).toContain('Critic is thinking…');
  expect(page).not.toMatch(/<script|<img|javascript:/);
});

test('the schemas are in step with the typings', () => {
  const file = readFileSync(new URL('../fakes/slack/requests.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(generateSchemas())).toEqual(JSON.parse(file));
});
