/** The live connection: with no more intents than it needs, and without hearing people where that is not allowed. */
import {
  ApplicationFlags,
  ApplicationFlagsBitField,
  Client,
  DiscordAPIError,
  Events,
  GatewayIntentBits,
  Options,
  Partials,
  REST,
  Routes,
} from 'discord.js';
import { z } from 'zod';
import { InputError } from '../../src/errors.ts';
import type { DiscordOptions } from './connection.ts';

const INTENTS = [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];

const applicationShape = z.object({
  id: z.string(),
  name: z.string(),
  flags: z.number().default(0),
});

export interface Application {
  readonly id: string;
  readonly name: string;
  /** Whether the application may hear what people write without a mention. */
  readonly hears: boolean;
}

/** Who the token belongs to. Rejects with an InputError when it is nobody's, or nobody answers. */
export async function identify({ token, apiUrl }: Pick<DiscordOptions, 'token' | 'apiUrl'>): Promise<Application> {
  const rest = new REST({ version: '10', api: apiUrl }).setToken(token);
  const found = await rest.get(Routes.currentApplication()).catch((cause: unknown) => {
    throw cause instanceof DiscordAPIError && cause.status === 401 ? wrongToken(cause) : unreachable(apiUrl, cause);
  });
  const { id, name, flags } = applicationShape.parse(found);
  const granted = new ApplicationFlagsBitField(flags);
  const hears = granted.any([ApplicationFlags.GatewayMessageContent, ApplicationFlags.GatewayMessageContentLimited]);
  return { id, name, hears };
}

/** Resolves once Discord says it is ready. Where MESSAGE_CONTENT is not granted it goes without. */
export async function logIn(options: DiscordOptions): Promise<Client<true>> {
  // A wrong token is told apart from a network that is down.
  await identify(options);
  try {
    if (options.messageContent) return await connect(options, [...INTENTS, GatewayIntentBits.MessageContent]);
  } catch (error) {
    if (!isDisallowed(error)) throw unreachable(options.apiUrl, error);
  }
  options.log('people in threads are heard by commands, buttons and mentions only: without MESSAGE_CONTENT', {});
  return connect(options, INTENTS).catch((cause: unknown) => {
    throw unreachable(options.apiUrl, cause);
  });
}

/** The gateway's close code 4014, which the library turns into these words. */
function isDisallowed(error: unknown): boolean {
  return error instanceof Error && /disallowed intents/i.test(error.message);
}

async function connect(
  { token, apiUrl, shards, shardIds, callsPerSecond = 50, log }: DiscordOptions,
  intents: GatewayIntentBits[],
) {
  const client = new Client({
    intents,
    // Direct messages come from channels nobody told us of, edits are of messages nobody kept.
    partials: [Partials.Channel, Partials.Message],
    rest: { version: '10', api: apiUrl, globalRequestsPerSecond: callsPerSecond },
    allowedMentions: { parse: [] },
    // The log is the debate's memory; nobody reads messages from here.
    makeCache: Options.cacheWithLimits({ ...Options.DefaultMakeCacheSettings, MessageManager: 0, ReactionManager: 0 }),
    ...(shards === 'auto' ? { shards } : { shardCount: shards, ...(shardIds && { shards: [...shardIds] }) }),
  });
  client.on(Events.Error, (error) => log('the connection to Discord failed', {}, error));
  client.on(Events.ShardDisconnect, ({ code }, shard) => log(`shard ${shard} is disconnected (${code})`, {}));
  client.on(Events.ShardResume, (shard) => log(`shard ${shard} resumed`, {}));
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
  } catch (error) {
    await client.destroy();
    throw error;
  }
  return ready;
}

function wrongToken(cause: unknown): InputError {
  return new InputError(
    {
      en: 'Discord does not know this DISCORD_TOKEN; copy it anew from the Bot page of your application.',
      es: 'Discord no reconoce este DISCORD_TOKEN; cópialo de nuevo de la página Bot de tu aplicación.',
    },
    { cause },
  );
}

function unreachable(apiUrl: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `Discord cannot be reached at ${apiUrl}; check the network, and DISCORD_API_URL if you set it.`,
      es: `No se llega a Discord en ${apiUrl}; revisa la red, y DISCORD_API_URL si la has definido.`,
    },
    { cause },
  );
}
