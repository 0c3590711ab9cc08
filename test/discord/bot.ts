import { Client, type ClientOptions, Events, GatewayIntentBits, REST } from 'discord.js';
import type { Discord, DiscordOptions } from '../fakes/discord/index.ts';

/** With the official OpenAPI document where there is one: requests, and the fake's own answers, are checked against it. */
export const OFFICIAL: DiscordOptions = process.env.DISCORD_OPENAPI ? { openapi: process.env.DISCORD_OPENAPI } : {};

const INTENTS = [
  GatewayIntentBits.Guilds,
  GatewayIntentBits.GuildMembers,
  GatewayIntentBits.GuildMessages,
  GatewayIntentBits.GuildMessageReactions,
  GatewayIntentBits.DirectMessages,
  GatewayIntentBits.MessageContent,
];

/** A real discord.js client, logged in. */
export async function connect(discord: Discord, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  const rest = { api: discord.api, cdn: discord.cdn, version: '10' as const };
  const client = new Client({ intents: INTENTS, rest, allowedMentions: { parse: [] }, ...options });
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  return ready;
}

/** The library's REST client alone, without its patience. */
export function restOf(discord: Discord, token = discord.token): REST {
  return new REST({ api: discord.api, version: '10', retries: 0, timeout: 5000 }).setToken(token);
}
