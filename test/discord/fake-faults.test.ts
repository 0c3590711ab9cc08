import { afterEach, describe, expect, test } from '@jest/globals';
import { ChannelType, type Client, GatewayIntentBits, type TextChannel, type Webhook } from 'discord.js';
import { type Discord, type DiscordOptions, type Fault, startDiscord } from '../fakes/discord/index.ts';
import { connect, OFFICIAL, restOf } from './bot.ts';

const EXECUTE = 'POST /webhooks/:webhook/:token';

let discord: Discord;
let client: Client<true> | undefined;

async function start(options: DiscordOptions = {}) {
  discord = await startDiscord({ ...OFFICIAL, ...options });
  const guild = discord.guild('Lab', { channels: ['papers'] });
  const ana = discord.person('Ana', { guild });
  const papers = guild.room('papers');
  const bot = await connect(discord);
  client = bot;
  const channel = bot.channels.cache.get(papers.id);
  if (channel?.type !== ChannelType.GuildText) throw new Error('no text channel');
  return { guild, ana, papers, bot, channel };
}

async function hookIn(channel: TextChannel): Promise<Webhook> {
  return channel.createWebhook({ name: 'Tertulia' });
}

/** What the library makes of it: the words sent, or the error's code or name. */
async function outcome(sending: Promise<{ content: string }>): Promise<unknown> {
  return sending.then(
    (message) => message.content,
    (error) => error.code ?? error.status ?? error.name,
  );
}

afterEach(async () => {
  await client?.destroy();
  client = undefined;
  await discord.stop();
});

describe('faults of a request', () => {
  test.each<[string, Fault, { times?: number }, { result: unknown; copies: number; struck: number }]>([
    [
      '429, waited out by the library',
      { kind: 'rateLimited', retryAfter: 0.05 },
      {},
      { result: 'hello', copies: 1, struck: 1 },
    ],
    ['503 once, retried by the library', { kind: 'error', status: 503 }, {}, { result: 'hello', copies: 1, struck: 1 }],
    ['502 for good', { kind: 'error', status: 502 }, { times: 9 }, { result: 502, copies: 0, struck: 4 }],
    ['missing permission', { kind: 'denied' }, {}, { result: 50013, copies: 0, struck: 1 }],
    ['late', { kind: 'late', ms: 80 }, {}, { result: 'hello', copies: 1, struck: 1 }],
  ])('%s', async (_, fault, setting, expected) => {
    const { channel, papers } = await start();
    const hook = await hookIn(channel);
    const laid = discord.faults.on(EXECUTE, fault, setting);
    expect(await outcome(hook.send('hello'))).toBe(expected.result);
    expect([papers.messages.length, laid.struck]).toEqual([expected.copies, expected.struck]);
    expect(discord.violations).toEqual([]);
  });

  test('the second of three is lost: it was posted, and nobody knows', async () => {
    const { channel, papers } = await start();
    const hook = await hookIn(channel);
    discord.faults.on(EXECUTE, { kind: 'lost' }, { nth: 2 });
    const results = [];
    for (const text of ['one', 'two', 'three']) results.push(await outcome(hook.send(text)));
    expect(results[0]).toBe('one');
    expect(results[1]).not.toBe('two');
    expect(results[2]).toBe('three');
    expect(papers.messages.map((one) => one.text)).toEqual(['one', 'two', 'three']);
  });

  test('refused: nothing happened', async () => {
    const { channel, papers } = await start();
    const hook = await hookIn(channel);
    discord.faults.on(EXECUTE, { kind: 'refused' }, { times: 9 });
    expect(await outcome(hook.send('hello'))).not.toBe('hello');
    discord.faults.clear();
    expect(await outcome(hook.send('again'))).toBe('again');
    expect(papers.messages.map((one) => one.text)).toEqual(['again']);
  });

  test('webhook, thread, channel or message gone at the worst moment', async () => {
    const { channel, papers } = await start();
    const [hook, other] = [await hookIn(channel), await hookIn(channel)];
    const thread = await channel.threads.create({ name: 'A', type: ChannelType.PublicThread });
    discord.faults.on(EXECUTE, { kind: 'meanwhile', run: () => discord.remove.webhook(hook.id) });
    expect(await outcome(hook.send({ content: 'x', threadId: thread.id }))).toBe(10015);
    discord.faults.on(EXECUTE, { kind: 'meanwhile', run: () => discord.remove.channel(thread.id) });
    expect(await outcome(other.send({ content: 'x', threadId: thread.id }))).toBe(10003);
    expect(discord.thread(thread.id).deleted).toBe(true);
    const message = await channel.send('status');
    discord.remove.message(papers, message.id);
    expect(await outcome(message.edit('newer'))).toBe(10008);
    discord.remove.channel(papers);
    expect(await outcome(channel.send('x'))).toBe(10003);
    expect(discord.violations).toEqual([]);
  });

  test('permissions taken away, by role and by overwrite', async () => {
    const { guild, channel, papers } = await start();
    guild.overwrite(papers, 'bot', { deny: ['ManageWebhooks'] });
    await expect(hookIn(channel)).rejects.toMatchObject({ code: 50013 });
    guild.overwrite(papers, 'bot', { allow: ['ManageWebhooks'] });
    guild.botMay(['ViewChannel', 'SendMessages']);
    await expect(hookIn(channel)).resolves.toBeDefined();
    guild.overwrite(papers, 'everyone', { deny: ['ViewChannel'] });
    expect(await outcome(channel.send('x'))).toBe(50001);
    const me = await discord.until(() => channel.guild.members.me);
    await discord.until(() => !channel.permissionsFor(me).has('ViewChannel'));
    expect(discord.violations).toEqual([]);
  });

  test('the limit of 30 a minute answers 429, and the library waits', async () => {
    const { channel, papers } = await start({ rateLimitScale: 0.02 });
    const hook = await hookIn(channel);
    await Promise.all(Array.from({ length: 33 }, (_, n) => hook.send(String(n))));
    expect(papers.messages.map((one) => one.text)).toEqual(Array.from({ length: 33 }, (_, n) => String(n)));
    const limited = discord.requests.filter((one) => one.status === 429);
    expect(limited.length).toBeGreaterThan(0);
    expect(discord.violations).toEqual([]);
  });

  test('down and up again on the same port', async () => {
    const { ana, papers, bot } = await start();
    const heard: string[] = [];
    bot.on('messageCreate', (message) => heard.push(message.content));
    await discord.down();
    await expect(restOf(discord).get('/gateway')).rejects.toThrow();
    ana.says(papers, 'while you were away');
    await discord.up();
    await discord.until(() => heard.length > 0, 15_000);
    expect(heard).toEqual(['while you were away']);
  });
});

describe('faults of the gateway', () => {
  test('dropped: it resumes and hears what it missed', async () => {
    const { ana, papers, bot } = await start();
    const heard: string[] = [];
    bot.on('messageCreate', (message) => heard.push(message.content));
    discord.gateway.drop();
    ana.says(papers, 'missed');
    await discord.until(() => heard.length === 1);
    expect([discord.gateway.identifies, discord.gateway.resumes]).toEqual([1, 1]);
    discord.gateway.askReconnect();
    await discord.until(() => discord.gateway.resumes === 2 && discord.gateway.connected === 1);
    ana.says(papers, 'heard');
    await discord.until(() => heard.length === 2);
    expect(heard).toEqual(['missed', 'heard']);
    expect(discord.violations).toEqual([]);
  });

  test('not resumable: it identifies anew and what it missed is gone', async () => {
    const { ana, papers, bot } = await start();
    const heard: string[] = [];
    bot.on('messageCreate', (message) => heard.push(message.content));
    discord.gateway.drop({ resumable: false });
    ana.says(papers, 'missed');
    await discord.until(() => discord.gateway.identifies === 2 && discord.gateway.connected === 1, 15_000);
    ana.says(papers, 'heard');
    await discord.until(() => heard.includes('heard'));
    expect(heard).toEqual(['heard']);
  });

  test('unanswered heartbeats make the client reconnect', async () => {
    await start({ heartbeatMs: 150 });
    discord.gateway.ignoreHeartbeats(true);
    await discord.until(() => discord.gateway.connected === 0, 10_000);
    discord.gateway.ignoreHeartbeats(false);
    await discord.until(() => discord.gateway.resumes > 0 && discord.gateway.connected === 1, 10_000);
    expect(discord.violations).toEqual([]);
  });

  test('an intent that is not switched on closes with 4014', async () => {
    discord = await startDiscord({ ...OFFICIAL, privileged: [] });
    await expect(connect(discord, { intents: [GatewayIntentBits.MessageContent] })).rejects.toThrow(
      /disallowed intents/i,
    );
  });

  test('without MESSAGE_CONTENT only words to the bot are heard', async () => {
    discord = await startDiscord({ ...OFFICIAL, privileged: [] });
    const guild = discord.guild('Lab', { channels: ['papers'] });
    const ana = discord.person('Ana', { guild });
    const bot = await connect(discord, { intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages] });
    client = bot;
    const heard: string[] = [];
    bot.on('messageCreate', (message) => heard.push(message.content));
    const secret = ana.says(guild.room('papers'), 'secret');
    ana.says(guild.room('papers'), `<@${bot.user.id}> hello`);
    await discord.until(() => heard.length === 2);
    expect(heard).toEqual(['', `<@${bot.user.id}> hello`]);
    const channel = bot.channels.cache.get(guild.room('papers').id);
    if (channel?.type !== ChannelType.GuildText) throw new Error('no text channel');
    expect((await channel.messages.fetch(secret.id)).content).toBe('');
  });
});
