/** Starting, with what is granted and without; and acknowledging before anything else. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { checkDiscord } from '../../adapters/discord/check.ts';
import { createDiscord } from '../../adapters/discord/index.ts';
import { InputError } from '../../src/errors.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import type { Host } from '../../src/ports/host.ts';
import { type Discord, type DiscordOptions, type Guild, startDiscord } from '../fakes/discord/index.ts';
import { createRecordingHost } from '../fakes/recording-host.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { eventually, OFFICIAL } from './stage.ts';

jest.setTimeout(60_000);

let discord: Discord;
let guild: Guild;
const started: Adapter[] = [];

async function open(options: DiscordOptions = {}): Promise<void> {
  discord = await startDiscord({ rateLimitScale: 0, ...OFFICIAL, ...options });
  guild = discord.guild('Lab', { channels: ['papers'] });
}
beforeEach(() => open());
afterEach(async () => {
  for (const adapter of started.splice(0)) await adapter.stop();
  expect(discord.violations).toEqual([]);
  await discord.stop();
});

type Given = Partial<Parameters<typeof createDiscord>[0]>;

async function start(
  given: Given = {},
  host: Host = createRecordingHost(samplePanel.personas),
  connecting = { hears: true },
) {
  const logged: string[] = [];
  const options = {
    token: discord.token,
    apiUrl: discord.api,
    guildId: null,
    shards: 'auto',
    messageContent: true,
  } as const;
  const adapter = createDiscord({ ...options, log: (what) => logged.push(what), ...given });
  await adapter.start(host, connecting);
  started.push(adapter);
  return { adapter, logged };
}

const puts = () => discord.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path);

describe('commands', () => {
  test('are registered when they changed, and only then', async () => {
    const { adapter } = await start();
    expect(puts()).toEqual([`/applications/${discord.application.id}/commands`]);
    await adapter.stop();
    await start();
    expect(puts()).toHaveLength(1);
    const host = createRecordingHost(samplePanel.personas);
    await start({}, { ...host, verbs: host.verbs.slice(0, 1) });
    expect(puts()).toHaveLength(2);
    expect(discord.commands().map(({ name }) => name)).toEqual(['debate']);
  });

  test('may be one server’s, where they appear at once', async () => {
    await start({ guildId: guild.id });
    expect(discord.commands()).toEqual([]);
    expect(discord.commands(guild).map(({ name }) => name)).toEqual(['debate']);
    await start({ guildId: guild.id });
    expect(puts()).toHaveLength(1);
  });
});

describe('what is granted', () => {
  test.each([
    ['not granted', [], true],
    ['not wanted', ['MessageContent'], false],
  ] as const)(
    'MESSAGE_CONTENT %s: it says so, and commands and mentions work',
    async (_what, privileged, messageContent) => {
      await discord.stop();
      await open({ privileged });
      const host = createRecordingHost(samplePanel.personas);
      const { logged } = await start({ messageContent }, host);
      expect(logged.join()).toContain('MESSAGE_CONTENT');
      const ana = discord.person('Ana', { guild });
      await (await ana.slash(guild.room('papers'), 'debate pause')).answer();
      expect(host.received.map(({ act }) => act)).toEqual([{ type: 'verb', verb: 'pause', args: {} }]);
      ana.says(guild.room('papers'), `<@${discord.application.id}> hello`);
      const told = await discord.until(() => guild.room('papers').messages.find(({ byBot }) => byBot));
      expect(told.text).toContain('/debate');
    },
  );

  test('a token nobody knows is a mistake one can put right', async () => {
    await expect(start({ token: 'x.y.z' })).rejects.toThrow(InputError);
    await expect(start({ token: 'x.y.z' })).rejects.toThrow('DISCORD_TOKEN');
  });

  test('no Discord at the address is told as that', async () => {
    await expect(start({ apiUrl: 'http://127.0.0.1:9/api' })).rejects.toThrow('cannot be reached');
  });

  test('as many shards as asked for, each of which is heard', async () => {
    const host = createRecordingHost(samplePanel.personas);
    // Which shard a server belongs to is a matter of its id.
    const shardOf = ({ id }: Guild) => Number((BigInt(id) >> 22n) % 2n);
    const guilds = [guild];
    while (new Set(guilds.map(shardOf)).size < 2) guilds.push(discord.guild('Another', { channels: ['papers'] }));
    await start({ shards: 2 }, host);
    expect(discord.gateway.identifies).toBe(2);
    for (const one of guilds) {
      const ana = discord.person('Ana', { guild: one });
      await (await ana.slash(one.room('papers'), 'debate pause')).answer();
    }
    expect(host.received.map(({ place }) => place.workspace)).toEqual(guilds.map(({ id }) => id));
  });

  test('of shards that several processes share, its own', async () => {
    await start({ shards: 4, shardIds: [1, 3] });
    expect(discord.gateway.identifies).toBe(2);
  });
});

describe('a process that posts for others', () => {
  test('hears nobody and leaves commands alone, while one that hears people is beside it', async () => {
    const [worker, gateway] = [createRecordingHost(samplePanel.personas), createRecordingHost(samplePanel.personas)];
    await start({ shards: 2, shardIds: [0] }, worker, { hears: false });
    // It posts anywhere, so it knows all there is.
    expect(discord.gateway.identifies).toBe(2);
    expect(puts()).toEqual([]);
    await start({}, gateway);
    const ana = discord.person('Ana', { guild });
    await (await ana.slash(guild.room('papers'), 'debate pause')).answer();
    ana.says(guild.room('papers'), `<@${discord.application.id}> hello`);
    await discord.until(() => guild.room('papers').messages.some(({ byBot }) => byBot));
    expect(gateway.received).toHaveLength(1);
    expect(worker.received).toEqual([]);
    expect(guild.room('papers').messages.filter(({ byBot }) => byBot)).toHaveLength(1);
  });
});

describe('doctor discord', () => {
  const check = () =>
    checkDiscord({ token: discord.token, apiUrl: discord.api, guildId: null, shards: 'auto', messageContent: true });

  test('everything in place, and the invitation', async () => {
    const findings = await check();
    expect(findings.every(({ fine }) => fine)).toBe(true);
    const link = new URL(findings.at(-1)?.text.en ?? '');
    expect(link.searchParams.get('client_id')).toBe(discord.application.id);
    expect(link.searchParams.get('scope')).toBe('bot applications.commands');
    expect(BigInt(link.searchParams.get('permissions') ?? '')).toBe(
      // View, send, history, create public threads, send in threads, webhooks.
      (1n << 10n) | (1n << 11n) | (1n << 16n) | (1n << 35n) | (1n << 38n) | (1n << 29n),
    );
  });

  test('what is missing, by server, in both languages', async () => {
    guild.overwrite(guild.room('papers'), 'bot', {
      deny: ['CreatePublicThreads', 'SendMessagesInThreads', 'ManageWebhooks'],
    });
    const lab = (await check()).find(({ name }) => name.en === 'Server Lab');
    expect(lab?.fine).toBe(false);
    expect(lab?.text.en).toMatch(
      /lacks in #papers \(Create Public Threads, Send Messages in Threads\).*#papers \(Manage Webhooks\)/,
    );
    expect(lab?.text.es).toContain('falta en #papers (Crear hilos públicos, Enviar mensajes en hilos)');
  });

  test('in no server yet', async () => {
    guild.kickBot();
    expect((await check()).filter(({ fine }) => !fine).map(({ text }) => text.en)).toEqual([
      expect.stringContaining('none yet'),
    ]);
  });
});

describe('acknowledging', () => {
  test('comes before any work, however long that takes', async () => {
    const host = createRecordingHost(samplePanel.personas);
    const work = Promise.withResolvers<{ text: string }>();
    await start({}, { ...host, receive: () => work.promise });
    const asked = await discord.person('Ana', { guild }).slash(guild.room('papers'), 'debate pause');
    expect(asked.acknowledgedAfterMs).not.toBeNull();
    expect(asked.response?.thinking).toBe(true);
    work.resolve({ text: 'Paused.' });
    expect((await asked.answer()).text).toBe('Paused.');
  });

  test('one that came too late is not acted on: the person was told it failed', async () => {
    await discord.stop();
    await open({ interactionMs: 20 });
    const host = createRecordingHost(samplePanel.personas);
    const { logged } = await start({}, host);
    const delay = () => {
      for (const until = performance.now() + 60; performance.now() < until; );
    };
    discord.faults.on('POST /interactions/:interaction/:token/callback', { kind: 'meanwhile', run: delay });
    const asked = await discord.person('Ana', { guild }).slash(guild.room('papers'), 'debate pause');
    expect(asked.failed).toBe(true);
    await eventually(() => logged.some((line) => line.includes('not be acknowledged')));
    expect(host.received).toEqual([]);
  });

  test('an answer that comes after the token has died is given in the channel', async () => {
    await discord.stop();
    await open({ interactionLifeMs: 30 });
    const host = createRecordingHost(samplePanel.personas);
    const work = Promise.withResolvers<{ text: string }>();
    await start({}, { ...host, receive: () => work.promise });
    const papers = guild.room('papers');
    await discord.person('Ana', { guild }).slash(papers, 'debate pause');
    await new Promise((resolve) => setTimeout(resolve, 60));
    work.resolve({ text: 'Paused.' });
    await discord.until(() => papers.messages.find(({ text, byBot }) => byBot && text === 'Paused.'));
  });

  test('whose response was lost is acted on and answered all the same', async () => {
    const host = createRecordingHost(samplePanel.personas);
    await start({}, host);
    host.answers({ text: 'Paused.' });
    discord.faults.on('POST /interactions/:interaction/:token/callback', { kind: 'lost' });
    const asked = await discord.person('Ana', { guild }).slash(guild.room('papers'), 'debate pause');
    expect((await asked.answer()).text).toBe('Paused.');
    expect(host.received).toHaveLength(1);
  });
});
