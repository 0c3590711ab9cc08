import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { App, Installation, InstallationQuery } from '@slack/bolt';
import { z } from 'zod';
import { type Slack, type SlackOptions, startSlack } from '../fakes/slack/index.ts';
import { client, httpApp, outcome } from './fake-app.ts';

let slack: Slack;
let app: App | undefined;

async function start(options: SlackOptions = {}) {
  slack = await startSlack(options);
}

afterEach(async () => {
  await app?.stop();
  app = undefined;
  await slack.stop();
});

describe('events over HTTP', () => {
  async function lab(prepare: (app: App) => void) {
    const team = slack.team('Lab', { channels: ['papers'] });
    const ana = team.person('Ana');
    const served = await httpApp(slack, { token: team.bot.token }, prepare);
    app = served.app;
    return { team, ana, papers: team.room('papers'), url: served.url };
  }

  test('come signed, after the challenge was met; commands, presses and forms too', async () => {
    await start();
    const heard: unknown[] = [];
    const { team, ana, papers } = await lab((one) => {
      one.event('app_mention', async ({ event, say }) => {
        const actions = {
          type: 'actions' as const,
          elements: [
            { type: 'button' as const, action_id: 'go', text: { type: 'plain_text' as const, text: 'Go' }, value: '7' },
          ],
        };
        await say({ text: `re: ${event.text}`, thread_ts: event.ts, blocks: [actions] });
      });
      one.command('/debate', async ({ ack, command }) => ack(`you said ${command.text}`));
      one.action({ action_id: 'go' }, async ({ ack, action }) => {
        await ack();
        heard.push('value' in action && action.value);
      });
      one.options<'block_suggestion'>({ action_id: 'panel' }, async ({ ack, options }) => {
        await ack({ options: [{ text: { type: 'plain_text', text: `${options.value}!` }, value: 'seven' }] });
      });
      one.shortcut('debate_this', async ({ ack, shortcut }) => {
        await ack();
        heard.push(shortcut.type === 'message_action' && shortcut.message.text);
      });
    });
    const asked = ana.mentions(papers, 'hello');
    const answer = await slack.until(() => papers.thread(asked.ts)[1]);
    await ana.presses(answer, 'Go');
    const ran = await ana.slash(papers, '/debate', 'start');
    expect(ran.responses).toMatchObject([{ text: 'you said start', onlyFor: ana.id }]);
    expect(ana.ephemerals.map((one) => one.text)).toEqual(['you said start']);
    await ana.messageShortcut(asked, 'Debate this');
    expect(heard).toEqual(['7', `<@${team.bot.userId}> hello`]);
    const web = client(slack, team.bot.token);
    const section = { type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'Which?' } };
    const accessory = { type: 'external_select' as const, action_id: 'panel', min_query_length: 1 };
    const { ts = '' } = await web.chat.postMessage({
      channel: papers.id,
      text: 'x',
      blocks: [{ ...section, accessory }],
    });
    expect(await ana.loads(papers.message(ts), 'panel', 'se')).toEqual([{ text: 'se!', value: 'seven' }]);
    expect(slack.violations).toEqual([]);
  });

  test('an answer that comes too late, or not at all, fails', async () => {
    await start({ ackMs: 100 });
    const { promise: over, resolve: goOn } = Promise.withResolvers<void>();
    const { ana, papers } = await lab((one) => {
      one.command('/debate', async ({ ack }) => {
        await over;
        await ack('too late');
      });
    });
    const ran = await ana.slash(papers, '/debate');
    expect(ran).toMatchObject({ failed: true, acknowledgedAfterMs: null, responses: [] });
    goOn();
  });

  test('an event nobody acknowledged comes again, and says so; three times and no more', async () => {
    await start({ retryMs: [0, 1, 1] });
    const seen: unknown[] = [];
    const { ana, papers } = await lab((one) => {
      one.event('message', async ({ context, body }) => {
        seen.push([body.event_id, context.retryNum, context.retryReason]);
      });
    });
    slack.events.loseAcks(2);
    ana.says(papers, 'hello');
    await slack.settled();
    const id = slack.events.sent[0]?.eventId;
    expect(seen).toEqual([
      [id, undefined, undefined],
      [id, 1, 'http_timeout'],
      [id, 2, 'http_timeout'],
    ]);
    slack.events.loseAcks(9);
    ana.says(papers, 'again');
    await slack.settled();
    expect(slack.events.sent[1]).toMatchObject({ attempts: 4, acknowledged: false });
  });

  test('what is signed as of ten minutes ago, or by somebody else, is turned away by Bolt', async () => {
    await start({ retryMs: [] });
    const seen: unknown[] = [];
    const { ana, papers, url } = await lab((one) => {
      one.event('message', async ({ event }) => void seen.push(event));
    });
    slack.skewSignatures(-600);
    ana.says(papers, 'old');
    await slack.settled();
    expect(seen).toEqual([]);
    const body = JSON.stringify({ type: 'event_callback', event: { type: 'message' } });
    const timestamp = String(Math.floor(Date.now() / 1000));
    const forged = `v0=${createHmac('sha256', 'guess').update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const headers = {
      'content-type': 'application/json',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': forged,
    };
    expect((await fetch(`${url}/slack/events`, { method: 'POST', body, headers })).status).toBe(401);
    expect(seen).toEqual([]);
  });

  test('an app that wants no more tries is spared them; others are not', async () => {
    await start({ retryMs: [0, 1, 1] });
    const ana = slack.team('Lab').person('Ana');
    let headers: Record<string, string> = {};
    const server = createServer((request, response) => {
      json(request).then(
        (body) => {
          const { challenge } = z.object({ challenge: z.string().optional() }).parse(body);
          response.writeHead(challenge === undefined ? 500 : 200, headers).end(challenge);
        },
        () => response.destroy(),
      );
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    await slack.useHttp(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    ana.says(ana.dm, 'again and again');
    await slack.settled();
    headers = { 'x-slack-no-retry': '1' };
    ana.says(ana.dm, 'once');
    await slack.settled();
    expect(slack.events.sent.map((one) => one.attempts)).toEqual([4, 1]);
    server.close();
  });

  test('a request URL that does not answer the challenge is not taken', async () => {
    await start();
    await expect(slack.useHttp(`${slack.origin}/signin`)).rejects.toThrow('challenge');
  });
});

describe('OAuth', () => {
  const kept = new Map<string, Installation>();
  beforeEach(() => kept.clear());
  const key = (one: {
    enterpriseId?: string | undefined;
    teamId?: string | undefined;
    isEnterpriseInstall?: boolean | undefined;
  }) => (one.isEnterpriseInstall === true ? `${one.enterpriseId}` : `${one.teamId}`);

  const installationStore = {
    storeInstallation: async (one: Installation) => {
      kept.set((one.isEnterpriseInstall === true ? one.enterprise?.id : one.team?.id) ?? '', one);
    },
    fetchInstallation: async (query: InstallationQuery<boolean>) => {
      const found = kept.get(key(query));
      if (found === undefined) throw new Error('not installed');
      return found;
    },
    deleteInstallation: async (query: InstallationQuery<boolean>) => void kept.delete(key(query)),
  };

  async function hosted() {
    await start();
    const heard: string[] = [];
    const oauth = {
      clientId: slack.app.clientId,
      clientSecret: slack.app.clientSecret,
      stateSecret: 'secret',
      scopes: ['chat:write', 'channels:history', 'app_mentions:read'],
      installationStore,
      installerOptions: {
        directInstall: true,
        authorizationUrl: slack.authorizeUrl,
        clientOptions: { slackApiUrl: slack.api },
      },
    };
    const served = await httpApp(slack, oauth, (one) => {
      one.event('app_mention', async ({ event, say, context }) => {
        heard.push(`${context.teamId} ${context.isEnterpriseInstall}`);
        await say({ text: 'here', thread_ts: event.ts });
      });
      one.event('app_uninstalled', async ({ context }) => void heard.push(`${context.teamId} gone`));
      one.event('tokens_revoked', async ({ event }) => void heard.push(`revoked ${event.tokens.bot}`));
    });
    app = served.app;
    slack.app.redirectUrls.add(`${served.url}/slack/oauth_redirect`);
    return { heard, install: `${served.url}/slack/install` };
  }

  test('install, mention, uninstall; another workspace is not concerned', async () => {
    const { heard, install } = await hosted();
    const lab = slack.team('Lab', { installed: false });
    const other = slack.team('Other', { installed: false });
    const [ana, eve] = [lab.person('Ana'), other.person('Eve')];
    expect(await ana.installs(install)).toMatchObject({ status: 200 });
    expect(await eve.installs(install)).toMatchObject({ status: 200 });
    expect(kept.get(lab.id)?.bot?.token).toBe(lab.bot.token);
    ana.invites(lab.room('general'));
    const asked = ana.mentions(lab.room('general'), 'hello');
    await slack.until(() => lab.room('general').thread(asked.ts)[1]);
    const { token, userId } = lab.bot;
    ana.uninstalls();
    await slack.settled();
    expect(heard[0]).toBe(`${lab.id} false`);
    expect(heard.slice(1).sort()).toEqual([`${lab.id} gone`, `revoked ${userId}`].sort());
    expect(await outcome(client(slack, token).auth.test())).toBe('account_inactive');
    expect(await outcome(client(slack, other.bot.token).auth.test())).toBe('ok');
    expect(slack.violations).toEqual([]);
  });

  test('whoever presses Cancel installs nothing', async () => {
    const { install } = await hosted();
    const lab = slack.team('Lab', { installed: false });
    const page = await lab.person('Ana').installs(install, 'cancel');
    expect(page.url).toContain('error=access_denied');
    expect(lab.installed).toBe(false);
  });

  test('for a whole organisation: both its workspaces are served by one token', async () => {
    const { heard, install } = await hosted();
    const acme = slack.enterprise('Acme');
    const [north, south] = [acme.team('North'), acme.team('South')];
    const [ana, bo] = [north.person('Ana', { role: 'owner' }), south.person('Bo')];
    await ana.installs(install, { org: true });
    expect(kept.get(acme.id)?.isEnterpriseInstall).toBe(true);
    for (const [team, who] of [
      [north, ana],
      [south, bo],
    ] as const) {
      who.invites(team.room('general'));
      const asked = who.mentions(team.room('general'), 'hello');
      await slack.until(() => team.room('general').thread(asked.ts)[1]);
    }
    expect(heard).toEqual([`${north.id} true`, `${south.id} true`]);
    const web = client(slack, north.bot.token);
    expect(await web.auth.test()).toMatchObject({ is_enterprise_install: true, enterprise_id: acme.id });
    expect(await outcome(web.team.info({ team: south.id }))).toBe('missing_scope');
    expect(slack.violations).toEqual([]);
  });

  test('a code is good once, with the right secret and for the address it was given for', async () => {
    await start();
    const { clientId: client_id, clientSecret: client_secret, redirectUrls } = slack.app;
    redirectUrls.add(`${slack.origin}/signin`);
    const lab = slack.team('Lab', { installed: false });
    const authorize = (redirect: string) =>
      `${slack.authorizeUrl}?client_id=${client_id}&scope=chat:write&redirect_uri=${encodeURIComponent(redirect)}`;
    const code = async () => {
      const page = await lab.person('Ana').installs(authorize(`${slack.origin}/signin`));
      return new URL(page.url).searchParams.get('code') ?? '';
    };
    const web = client(slack, '');
    const redirect_uri = `${slack.origin}/signin`;
    const access = (more: object) =>
      outcome(web.apiCall('oauth.v2.access', { client_id, client_secret, redirect_uri, ...more }));
    const good = await code();
    expect(await access({ code: good, client_secret: 'guess' })).toBe('bad_client_secret');
    expect(await access({ code: good, client_id: '1.2' })).toBe('invalid_client_id');
    expect(await access({ code: good })).toBe('ok');
    expect(await access({ code: good })).toBe('invalid_code');
    expect(await access({ code: await code(), redirect_uri: 'http://elsewhere' })).toBe('bad_redirect_uri');
    const late = await code();
    slack.clock.advance(11 * 60_000);
    expect(await access({ code: late })).toBe('invalid_code');
    const guest = lab.person('Gus', { role: 'guest' });
    expect((await guest.installs(authorize(redirect_uri))).text).toBe('restricted_user');
    expect((await guest.installs(authorize('http://elsewhere'))).text).toBe('bad_redirect_uri');
    expect(slack.violations).toEqual([]);
  });
});
