/** Starting, with what is granted and without; what is left of a process; and what the doctor says. */
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { checkSlack } from '../../adapters/slack/check.ts';
import { createSlack } from '../../adapters/slack/index.ts';
import { SCOPES } from '../../adapters/slack/manifest.ts';
import { doctorSlack } from '../../src/cli/doctor-slack.ts';
import { readConfig } from '../../src/config.ts';
import { InputError } from '../../src/errors.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import { createRecordingHost } from '../fakes/recording-host.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { type Slack, startSlack, type Team } from '../fakes/slack/index.ts';
import { eventually } from './stage.ts';

jest.setTimeout(30_000);

let slack: Slack;
let lab: Team;
const started: Adapter[] = [];
beforeAll(async () => {
  slack = await startSlack({ rateScale: 0 });
});
afterAll(async () => {
  expect(slack.violations).toEqual([]);
  await slack.stop();
});
afterEach(async () => {
  for (const adapter of started.splice(0)) await adapter.stop();
  slack.faults.clear();
});

function settings(botToken = lab.bot.token, appToken = slack.app.appToken) {
  const access = { kind: 'token', botToken } as const;
  return { access, transport: { kind: 'socket', appToken }, apiUrl: slack.api } as const;
}

async function start(given = settings(), host = createRecordingHost(samplePanel.personas)) {
  const adapter = createSlack({ ...given, log: () => {} });
  await adapter.start(host);
  started.push(adapter);
  return { adapter, host };
}

async function refusal(given: ReturnType<typeof settings>): Promise<string> {
  const error = await start(given).then(String, (reason: unknown) => reason);
  if (error instanceof InputError) return error.message;
  throw new Error(`no InputError: ${error}`);
}

function newTeam(): Team {
  lab = slack.team('Lab', { channels: ['papers'] });
  return lab;
}

describe('starting', () => {
  test('names the token Slack does not take, and never shows it', async () => {
    newTeam();
    expect(await refusal(settings('xoxb-wrong'))).toMatch(/does not take this bot token/);
    const wrong = await refusal(settings(lab.bot.token, 'xapp-wrong'));
    expect(wrong).toMatch(/does not take SLACK_APP_TOKEN/);
    expect(wrong).not.toContain('xapp-wrong');
    expect(await refusal({ ...settings(), apiUrl: 'http://127.0.0.1:9/api/' })).toContain('cannot be reached');
  });

  test('without the scope for faces whoever runs the workspace is told, once', async () => {
    const team = newTeam();
    team.withoutScope('chat:write.customize');
    const boss = team.person('Boss', { role: 'owner' });
    const { adapter, host } = await start();
    const place = { adapter: 'slack', workspace: team.id, channel: team.room('papers').id, thread: null };
    await adapter.prepare?.(place);
    await slack.until(() => boss.dm.messages.some(({ text }) => text.includes('chat:write.customize')));
    const again = await start(settings(), host);
    await again.adapter.prepare?.(place);
    await slack.settled();
    expect(boss.dm.messages).toHaveLength(1);
  });

  test('after a killed socket it is there again, and hears what was said meanwhile', async () => {
    const team = newTeam();
    const ana = team.person('Ana');
    const { host } = await start();
    slack.sockets.kill();
    await slack.until(() => slack.sockets.connections > 0, 15_000);
    await ana.slash(team.room('papers'), '/debate', 'pause');
    await eventually(() => host.received.length === 1);
  });
});

describe('what a process left', () => {
  test('is seen to by the next, once: it was acknowledged before it was done', async () => {
    const team = newTeam();
    const ana = team.person('Ana');
    const papers = team.room('papers');
    const { adapter, host } = await start();
    const held = Promise.withResolvers<never>();
    const receive = host.receive;
    let isBegun = false;
    host.receive = () => {
      isBegun = true;
      return held.promise;
    };
    const asked = await ana.slash(papers, '/debate', 'ask critic and why?');
    expect(asked.failed).toBe(false);
    await eventually(() => isBegun);
    expect(host.inbox.unfinished).toBe(1);
    // Killed here: what it was doing is never finished, and the next process finds what it had kept.
    started.length = 0;
    host.receive = receive;
    host.inbox.restarts();
    const next = createSlack({ ...settings(), log: () => {} });
    await next.start(host);
    started.push(next);
    await eventually(() => host.received.length === 1 && host.inbox.unfinished === 0);
    expect(host.received[0]?.act).toEqual({
      type: 'verb',
      verb: 'ask',
      args: { persona: 'critic', question: 'and why?' },
    });
    expect(await host.inbox.takeUp('slack')).toEqual([]);
    held.reject(new Error('killed'));
    await adapter.stop();
  });
});

describe('the doctor', () => {
  test('says whose tokens they are, what is missing and what for', async () => {
    const team = newTeam();
    team.scopes(SCOPES);
    expect((await checkSlack(settings())).map(({ fine }) => fine)).toEqual([true, true, true]);
    team.scopes(['chat:write', 'commands']);
    const lacking = await checkSlack(settings(team.bot.token, 'xapp-wrong'));
    expect(lacking.map(({ fine }) => fine)).toEqual([true, false, false]);
    expect(lacking[1]?.text.en).toMatch(
      /lacks .*files:read \(PDFs people share\).*; goes without chat:write\.customize/,
    );
    expect(lacking[1]?.text.es).toContain('faltan');
    await expect(checkSlack(settings('xoxb-wrong'))).rejects.toThrow('does not take this bot token');
  });

  test('prints the manifest that fits, or both', async () => {
    const team = newTeam();
    team.scopes(SCOPES);
    const printed = async (env: NodeJS.ProcessEnv) => {
      const lines: string[] = [];
      const code = await doctorSlack(readConfig(env), 'es', (line) => lines.push(line));
      return { code, text: lines.join('\n') };
    };
    const env = { SLACK_BOT_TOKEN: team.bot.token, SLACK_APP_TOKEN: slack.app.appToken, SLACK_API_URL: slack.api };
    const socket = await printed(env);
    expect(socket.code).toBe(0);
    expect(socket.text).toContain('"socket_mode_enabled": true');
    expect(socket.text).not.toContain('"socket_mode_enabled": false');
    const nothing = await printed({});
    expect(nothing.code).toBe(1);
    expect(nothing.text).toContain('no hay ningún token');
    expect(nothing.text).toContain('"socket_mode_enabled": false');
  });
});
