import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { InputError } from '../src/errors.ts';

describe('the connection to Slack', () => {
  const key = 'ab'.repeat(32);
  const both = { apiUrl: 'https://slack.com/api/', publicUrl: null };
  const oauth = { SLACK_SIGNING_SECRET: 's', SLACK_CLIENT_ID: 'i', SLACK_CLIENT_SECRET: 'c', SLACK_STATE_SECRET: 't' };

  test('is by socket with two tokens, over HTTP with a signing secret, for anybody with OAuth', () => {
    expect(readConfig({}).slack).toBeNull();
    expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' }).slack).toEqual({
      ...both,
      access: { kind: 'token', botToken: 'xoxb-1' },
      transport: { kind: 'socket', appToken: 'xapp-1' },
    });
    expect(readConfig({ SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 's', SLACK_PORT: '8080' }).slack).toEqual({
      ...both,
      access: { kind: 'token', botToken: 'xoxb-1' },
      transport: { kind: 'http', signingSecret: 's', port: 8080 },
    });
    const many = { ...oauth, TERTULIA_SECRET_KEY: key, SLACK_PUBLIC_URL: 'https://t.example/' };
    expect(readConfig(many).slack?.access).toEqual({
      kind: 'oauth',
      clientId: 'i',
      clientSecret: 'c',
      stateSecret: 't',
      redirectUri: 'https://t.example/slack/oauth_redirect',
    });
  });

  test.each([
    ['SLACK_APP_TOKEN', { SLACK_BOT_TOKEN: 'xoxb-1' }],
    ['SLACK_BOT_TOKEN', { SLACK_APP_TOKEN: 'xapp-1' }],
    ['SLACK_CLIENT_ID', { SLACK_SIGNING_SECRET: 's' }],
    ['SLACK_CLIENT_SECRET', { ...oauth, SLACK_CLIENT_SECRET: '' }],
    ['SLACK_STATE_SECRET', { ...oauth, SLACK_STATE_SECRET: '' }],
    ['TERTULIA_SECRET_KEY', oauth],
  ])('by half, it names what is missing: %s', (name, env) => {
    expect(() => readConfig(env)).toThrow(`${name} is missing`);
  });

  test('keys are 32 bytes each, the first one in use; anything else is refused without being shown', () => {
    const old = Buffer.alloc(32, 7);
    expect(readConfig({ TERTULIA_SECRET_KEY: `${key}, ${old.toString('base64')}` }).secretKeys).toEqual([
      Buffer.from(key, 'hex'),
      old,
    ]);
    for (const wrong of ['correct horse', key.slice(2), `${key},short`]) {
      expect(() => readConfig({ TERTULIA_SECRET_KEY: wrong })).toThrow('TERTULIA_SECRET_KEY must be 32 bytes');
    }
  });
});

describe('the connection to Discord', () => {
  test('is there when there is a token, with sensible values', () => {
    expect(readConfig({}).discord).toBeNull();
    expect(readConfig({ DISCORD_TOKEN: '', DISCORD_GUILD_ID: '1' }).discord).toBeNull();
    expect(readConfig({ DISCORD_TOKEN: ' secret ', DISCORD_GUILD_ID: '' }).discord).toEqual({
      token: 'secret',
      apiUrl: 'https://discord.com/api',
      guildId: null,
      shards: 'auto',
      shardIds: null,
      messageContent: false,
    });
  });

  test('is as it was set', () => {
    const discord = readConfig({
      DISCORD_TOKEN: 'secret',
      DISCORD_API_URL: 'http://127.0.0.1:4000/api/',
      DISCORD_GUILD_ID: '1234567890',
      DISCORD_SHARDS: '4',
      DISCORD_SHARD_IDS: '0, 2',
      DISCORD_MESSAGE_CONTENT: '1',
    }).discord;
    expect(discord).toEqual({
      token: 'secret',
      apiUrl: 'http://127.0.0.1:4000/api',
      guildId: '1234567890',
      shards: 4,
      shardIds: [0, 2],
      messageContent: true,
    });
  });

  test.each([
    ['DISCORD_API_URL', 'discord.com', 'an address', 'una dirección'],
    ['DISCORD_GUILD_ID', 'My server', 'all digits', 'solo cifras'],
    ['DISCORD_SHARDS', '0', '"auto" or a whole number', '«auto» o un número'],
    ['DISCORD_SHARDS', 'many', '"auto" or a whole number', '«auto» o un número'],
    ['DISCORD_SHARD_IDS', 'all', 'such as 0,1', 'como 0,1'],
    ['DISCORD_MESSAGE_CONTENT', 'perhaps', '1 or 0', '1 o 0'],
  ])('%s=%s is refused by name, without the token', (name, value, en, es) => {
    let error: unknown;
    try {
      readConfig({ DISCORD_TOKEN: 'secret', [name]: value });
    } catch (thrown) {
      error = thrown;
    }
    if (!(error instanceof InputError)) throw new Error('it was taken');
    expect(error.text.en).toContain(`${name} must be`);
    expect(error.text.en).toContain(en);
    expect(error.text.es).toContain(es);
    expect(JSON.stringify(error.text)).not.toContain('secret');
  });
});

describe('serving', () => {
  test('is one process that does everything, tells nobody and logs what matters', () => {
    const { serving, operating, logLevel } = readConfig({});
    expect(serving).toEqual({
      role: 'all',
      atOnce: 50,
      perWorkspace: 10,
      heartbeatSeconds: 10,
      callsPerMinute: null,
    });
    expect(operating).toEqual({ http: null, traces: false });
    expect(logLevel).toBe('info');
  });

  test('is as it was set', () => {
    const { serving, operating, logLevel } = readConfig({
      TERTULIA_ROLE: 'worker',
      TERTULIA_DEBATES_AT_ONCE: '200',
      TERTULIA_WORKSPACE_DEBATES: '3',
      TERTULIA_HEARTBEAT_SECONDS: '30',
      TERTULIA_MODEL_CALLS_PER_MINUTE: '500',
      TERTULIA_LOG_LEVEL: 'debug',
      TERTULIA_HTTP_PORT: '8080',
      TERTULIA_HTTP_HOST: '0.0.0.0',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://localhost:4318/v1/traces',
    });
    expect(serving).toEqual({
      role: 'worker',
      atOnce: 200,
      perWorkspace: 3,
      heartbeatSeconds: 30,
      callsPerMinute: 500,
    });
    expect(operating).toEqual({ http: { host: '0.0.0.0', port: 8080 }, traces: true });
    expect(logLevel).toBe('debug');
  });

  test.each([
    ['TERTULIA_ROLE', 'boss', /must be all, gateway, worker, scheduler;/],
    ['TERTULIA_HEARTBEAT_SECONDS', '5', /must be a whole number, 10 or more/],
    ['TERTULIA_WORKSPACE_DEBATES', '0', /must be a whole number, 1 or more/],
    ['TERTULIA_MODEL_CALLS_PER_MINUTE', '0', /must be a whole number, 1 or more/],
    ['TERTULIA_LOG_LEVEL', 'loud', /must be trace, debug/],
    ['TERTULIA_HTTP_PORT', '70000', /must be a port/],
  ])('%s=%s is refused', (name, value, words) => {
    expect(() => readConfig({ [name]: value })).toThrow(words);
    expect(() => readConfig({ [name]: value })).toThrow(InputError);
  });
});
