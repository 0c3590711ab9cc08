import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Fault } from '../fakes/slack/controls.ts';
import { type Person, type Room, type Slack, startSlack, type Team } from '../fakes/slack/index.ts';
import { client, outcome, socketApp } from './fake-app.ts';

let slack: Slack;
let lab: Team;
let ana: Person;
let papers: Room;
let web: WebClient;
let app: App | undefined;

beforeEach(async () => {
  slack = await startSlack();
  lab = slack.team('Lab', { channels: ['papers'] });
  ana = lab.person('Ana');
  papers = lab.room('papers');
  web = client(slack, lab.bot.token);
});

afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.stop();
});

const post = (text: string) => web.chat.postMessage({ channel: papers.id, text });
const texts = () => papers.messages.map((one) => one.text);

describe('calls', () => {
  test.each<[string, Fault, readonly string[]]>([
    ['429', { kind: 'rateLimited', retryAfter: 7 }, ['one', 'three']],
    ['503', { kind: 'error', status: 503 }, ['one', 'three']],
    ['an error of the platform', { kind: 'refuse', error: 'internal_error' }, ['one', 'three']],
    ['no connection', { kind: 'refused' }, ['one', 'three']],
    ['a response that got lost', { kind: 'lost' }, ['one', 'two', 'three']],
  ])('%s: the second post fails, and the others don’t', async (_, fault, left) => {
    const laid = slack.faults.on('chat.postMessage', fault, { nth: 2 });
    await post('one');
    await expect(post('two')).rejects.toThrow();
    await post('three');
    expect(texts()).toEqual(left);
    expect(laid.struck).toBe(1);
    expect(slack.violations).toEqual([]);
  });

  test('the client’s own patience posts twice when a response got lost', async () => {
    slack.faults.on('chat.postMessage', { kind: 'lost' });
    const patient = client(slack, lab.bot.token, { retryConfig: { retries: 2, minTimeout: 1, maxTimeout: 1 } });
    await patient.chat.postMessage({ channel: papers.id, text: 'turn' });
    expect(texts()).toEqual(['turn', 'turn']);
  });

  test('late answers, and what happens meanwhile', async () => {
    slack.faults.on('chat.postMessage', { kind: 'late', ms: 30 });
    const at = Date.now();
    await post('slow');
    expect(Date.now() - at).toBeGreaterThanOrEqual(25);
    slack.faults.on('chat.postMessage', { kind: 'meanwhile', run: () => ana.uninstalls() });
    expect(await outcome(post('gone'))).toBe('account_inactive');
  });

  test('Slack is down, and back', async () => {
    await slack.down();
    await expect(post('nobody hears')).rejects.toThrow();
    await slack.up();
    await post('back');
    expect(texts()).toEqual(['back']);
  });
});

describe('events', () => {
  let heard: string[];
  let ids: string[];

  async function listening() {
    heard = [];
    ids = [];
    app = await socketApp(slack, lab.bot.token, (one) => {
      one.event('message', async ({ event, body }) => {
        heard.push('text' in event ? (event.text ?? '') : '');
        ids.push(body.event_id);
      });
    });
  }

  test('one event three times has one id', async () => {
    await listening();
    slack.events.duplicate(3);
    ana.says(papers, 'hello');
    ana.says(papers, 'once');
    await slack.until(() => heard.length === 4);
    expect(heard.filter((one) => one === 'hello')).toHaveLength(3);
    expect(new Set(ids).size).toBe(2);
  });

  test('late, and in no order', async () => {
    await listening();
    slack.events.hold();
    ana.says(papers, 'first');
    ana.says(papers, 'second');
    await web.auth.test();
    expect(heard).toEqual([]);
    slack.events.release('backwards');
    await slack.until(() => heard.length === 2);
    expect(heard).toEqual(['second', 'first']);
  });

  test('an acknowledgement that got lost brings it again', async () => {
    await slack.stop();
    slack = await startSlack({ ackMs: 50 });
    lab = slack.team('Lab', { channels: ['papers'] });
    ana = lab.person('Ana');
    papers = lab.room('papers');
    await listening();
    slack.events.loseAcks(1);
    ana.says(papers, 'hello');
    await slack.until(() => heard.length === 2);
    await slack.settled();
    expect(slack.events.sent).toMatchObject([{ type: 'message', attempts: 2, acknowledged: true }]);
  });

  test('a disconnect frame brings the client back on a new socket, and nothing is lost', async () => {
    await listening();
    slack.sockets.refresh();
    ana.says(papers, 'in between');
    await slack.until(() => heard.includes('in between'), 15_000);
    expect(slack.sockets.opened).toBe(2);
    expect(slack.violations).toEqual([]);
  });

  test('a killed socket costs nothing but time', async () => {
    await listening();
    slack.sockets.kill();
    ana.says(papers, 'meanwhile');
    await slack.until(() => heard.includes('meanwhile'), 15_000);
    expect(heard).toEqual(['meanwhile']);
  });

  test('an address for a socket is good once', async () => {
    const { url = '' } = await client(slack, slack.app.appToken).apps.connections.open({});
    const first = new WebSocket(url);
    const hello = await new Promise((resolve) => {
      first.onmessage = ({ data }) => resolve(JSON.parse(String(data)));
    });
    expect(hello).toMatchObject({ type: 'hello', num_connections: 1 });
    const second = new WebSocket(url);
    await new Promise((resolve) => {
      second.onerror = resolve;
    });
    slack.sockets.kill();
    await slack.until(() => slack.sockets.connections === 0);
  });
});
