import { describe, expect, test } from '@jest/globals';
import { readConfig } from '../src/config.ts';
import { InputError } from '../src/errors.ts';

describe('the connection to Discord', () => {
  test('is there when there is a token, with sensible values', () => {
    expect(readConfig({}).discord).toBeNull();
    expect(readConfig({ DISCORD_TOKEN: '', DISCORD_GUILD_ID: '1' }).discord).toBeNull();
    expect(readConfig({ DISCORD_TOKEN: ' secret ', DISCORD_GUILD_ID: '' }).discord).toEqual({
      token: 'secret',
      apiUrl: 'https://discord.com/api',
      guildId: null,
      shards: 'auto',
      messageContent: false,
    });
  });

  test('is as it was set', () => {
    const discord = readConfig({
      DISCORD_TOKEN: 'secret',
      DISCORD_API_URL: 'http://127.0.0.1:4000/api/',
      DISCORD_GUILD_ID: '1234567890',
      DISCORD_SHARDS: '4',
      DISCORD_MESSAGE_CONTENT: '1',
    }).discord;
    expect(discord).toEqual({
      token: 'secret',
      apiUrl: 'http://127.0.0.1:4000/api',
      guildId: '1234567890',
      shards: 4,
      messageContent: true,
    });
  });

  test.each([
    ['DISCORD_API_URL', 'discord.com', 'an address', 'una dirección'],
    ['DISCORD_GUILD_ID', 'My server', 'all digits', 'solo cifras'],
    ['DISCORD_SHARDS', '0', '"auto" or a whole number', '«auto» o un número'],
    ['DISCORD_SHARDS', 'many', '"auto" or a whole number', '«auto» o un número'],
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
