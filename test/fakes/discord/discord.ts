/** Puts the parts together. */
import { deleteMessage } from './compose.ts';
import { faultBook } from './faults.ts';
import { Gateway } from './gateway.ts';
import { createGuild } from './guilds.ts';
import type { Discord, DiscordOptions, PrivilegedIntent, Recorded, Where } from './index.ts';
import { Interactions } from './interactions.ts';
import { rateLimits } from './limits.ts';
import { concernsBot, messagePayload, withoutWords } from './payloads.ts';
import { Player } from './people.ts';
import { archiveThread, removeChannel } from './places.ts';
import { Router } from './router.ts';
import { commandRoutes } from './routes/commands.ts';
import { messageRoutes } from './routes/messages.ts';
import { placeRoutes } from './routes/places.ts';
import { threadRoutes } from './routes/threads.ts';
import { removeWebhook, webhookRoutes } from './routes/webhooks.ts';
import { couldMention, type MessageBody } from './rules.ts';
import { openApiChecker, typingsChecker } from './schema.ts';
import { room } from './seen.ts';
import { listen } from './server.ts';
import { until } from './waiting.ts';
import { World } from './world.ts';

const PRIVILEGED: readonly PrivilegedIntent[] = ['GuildMembers', 'GuildPresences', 'MessageContent'];
const MOST_FILE_BYTES = 10 * 1024 * 1024;

export async function createDiscord(options: DiscordOptions): Promise<Discord> {
  const world = new World(options.userInstall ?? false);
  const checker = typingsChecker();
  const router = new Router(checker);
  const faults = faultBook();
  const requests: Recorded[] = [];
  const {
    privileged = PRIVILEGED,
    strictMentions = true,
    interactionMs = 3000,
    maxFileBytes = MOST_FILE_BYTES,
  } = options;
  let port = 0;
  const gatewayUrl = () => `ws://127.0.0.1:${port}/gateway`;
  const watchMentions = (body: MessageBody) => {
    const wrong = strictMentions ? couldMention(body) : null;
    if (wrong !== null) world.violation(`a message could mention people: ${wrong}`);
  };
  const times = { interactionMs, lifeMs: options.interactionLifeMs ?? 15 * 60_000, maxFileBytes };
  const interactions = new Interactions(world, times, watchMentions);
  const readsMessages = privileged.includes('MessageContent');
  const context = {
    world,
    router,
    interactions,
    maxFileBytes,
    gatewayUrl,
    watchMentions,
    readable: (message: Parameters<typeof messagePayload>[1]) => {
      const payload = messagePayload(world, message);
      return readsMessages || concernsBot(world, message) ? payload : withoutWords(payload);
    },
  };
  for (const routes of [placeRoutes, threadRoutes, messageRoutes, webhookRoutes, commandRoutes]) routes(context);
  const gateway = new Gateway({
    world,
    checker,
    privileged,
    heartbeatMs: options.heartbeatMs ?? 41_250,
    url: gatewayUrl,
  });
  const official = options.openapi === undefined ? null : openApiChecker(options.openapi);
  const limits = rateLimits(options.rateLimitScale ?? 0.01);
  const listening = await listen(
    { world, router, faults, limits, official, requests, upgrade: (...at) => gateway.upgrade(...at) },
    options.port ?? 0,
  );
  port = listening.port;
  world.cdn = `http://127.0.0.1:${port}/cdn`;

  const anyRoom = (id: string) => {
    const found = world.channels.get(id);
    if (found === undefined) throw new Error(`there never was a channel ${id}`);
    return room(world, found);
  };
  const channelOf = (where: Where) => world.channel(typeof where === 'string' ? where : where.id);

  return {
    api: `http://127.0.0.1:${port}/api`,
    cdn: world.cdn,
    token: world.token,
    application: { id: world.bot.id, name: world.bot.global_name ?? world.bot.username },
    violations: world.violations,
    requests,
    faults,
    gateway,
    guild: (name, settings = {}) => createGuild(world, name, settings),
    person: (name, settings = {}) => {
      const person = new Player(world, interactions, world.newUser(name), settings.locale ?? 'en-US');
      settings.guild?.join(person, settings.roles);
      return person;
    },
    room: anyRoom,
    channel: anyRoom,
    thread: anyRoom,
    commands: (guild) => (guild === undefined ? world.commands : world.guild(guild.id).commands),
    remove: {
      webhook: (id) => removeWebhook(world, world.webhook(id)),
      message: (where, id) => deleteMessage(world, channelOf(where), world.message(channelOf(where), id)),
      channel: (where) => removeChannel(world, channelOf(where)),
    },
    archive: (where, { locked = false } = {}) => archiveThread(world, channelOf(where), { archived: true, locked }),
    down: async () => {
      gateway.drop();
      await listening.down();
    },
    up: listening.up,
    until: (look, ms = 20_000) =>
      until(world, look, ms, () => ({
        violations: world.violations,
        requests: requests.slice(-8).map(({ method, path, status }) => ({ method, path, status })),
      })),
    stop: async () => {
      gateway.close();
      await listening.down();
    },
  };
}
