/** Webhooks: kept by who may, spoken through by whoever has their token; and the answers to interactions. */
import { type APIUser, type APIWebhook, GatewayIntentBits, MessageFlags, WebhookType } from 'discord-api-types/v10';
import { deleteMessage, editMessage, postMessage } from '../compose.ts';
import { refusal } from '../errors.ts';
import { messagePayload } from '../payloads.ts';
import { isForum, need } from '../permissions.ts';
import { addThread } from '../places.ts';
import { checkAvatarUrl, checkMessage, checkWebhookName, parseImage } from '../rules.ts';
import { type Channel, type Message, NO_FLAGS, PLAIN_LOOKS, type World } from '../world.ts';
import type { Context } from './context.ts';
import { checkEdit } from './messages.ts';

const MOST_WEBHOOKS = 15;

export function webhookRoutes(context: Context): void {
  const { world, router } = context;

  router.on('POST /channels/:channel/webhooks', ({ at, body }) => {
    const channel = world.channel(at('channel'));
    if (channel.thread !== null || channel.guildId === null) throw refusal(50024);
    need(world, channel, 'ManageWebhooks');
    checkWebhookName('name', body.name);
    return addWebhook(world, channel, body.name, world.bot, body.avatar ?? null);
  });
  router.on('GET /channels/:channel/webhooks', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel, 'ManageWebhooks');
    return [...world.webhooks.values()].filter((hook) => hook.channel_id === channel.id);
  });
  router.on('GET /guilds/:guild/webhooks', ({ at }) => {
    const guild = world.guild(at('guild'));
    return [...world.webhooks.values()].filter((hook) => hook.guild_id === guild.id);
  });

  const change = (hook: APIWebhook, body: { name?: string | undefined; avatar?: string | null | undefined }) => {
    checkWebhookName('name', body.name);
    if (body.avatar !== undefined) hook.avatar = keepAvatar(world, hook.id, body.avatar);
    hook.name = body.name ?? hook.name;
    tellWebhooks(world, hook);
    return hook;
  };
  router.on('GET /webhooks/:webhook', ({ at }) => managed(world, at('webhook')));
  router.on('PATCH /webhooks/:webhook', ({ at, body }) => {
    const hook = managed(world, at('webhook'));
    if (body.channel_id !== undefined) hook.channel_id = world.channel(body.channel_id).id;
    return change(hook, body);
  });
  router.on('DELETE /webhooks/:webhook', ({ at }) => removeWebhook(world, managed(world, at('webhook'))));
  router.on('GET /webhooks/:webhook/:token', ({ at }) => withoutUser(byToken(world, at('webhook'), at('token'))));
  router.on('PATCH /webhooks/:webhook/:token', ({ at, body }) =>
    withoutUser(change(byToken(world, at('webhook'), at('token')), body)),
  );
  router.on('DELETE /webhooks/:webhook/:token', ({ at }) =>
    removeWebhook(world, byToken(world, at('webhook'), at('token'))),
  );

  router.on('POST /webhooks/:webhook/:token', ({ at, body, query, files }) => {
    if (at('webhook') === world.bot.id) {
      const asked = context.interactions.find(at('token'));
      return messagePayload(world, context.interactions.followUp(asked, body, files));
    }
    const hook = byToken(world, at('webhook'), at('token'));
    checkWebhookName('username', body.username);
    checkAvatarUrl(body.avatar_url);
    checkMessage(body, files, { before: null, interaction: false, maxFileBytes: context.maxFileBytes });
    context.watchMentions(body);
    const channel = destination(world, hook, query.thread_id, body.thread_name);
    const username = body.username ?? hook.name ?? 'Webhook';
    const avatarUrl =
      body.avatar_url || (hook.avatar === null ? null : `${world.cdn}/avatars/${hook.id}/${hook.avatar}.png`);
    const author: APIUser = {
      id: hook.id,
      username,
      global_name: null,
      discriminator: '0000',
      // Discord keeps a copy of the picture and shows its hash.
      avatar: body.avatar_url ? hash(body.avatar_url) : hook.avatar,
      bot: true,
      public_flags: NO_FLAGS,
      flags: NO_FLAGS,
      ...PLAIN_LOOKS,
    };
    const application = hook.application_id === null ? {} : { application_id: hook.application_id };
    const message = postMessage(world, {
      channel,
      author,
      body,
      files,
      avatarUrl,
      extra: { webhook_id: hook.id, ...application },
    });
    return query.wait === true ? messagePayload(world, message) : undefined;
  });

  messageRoutes(context);
}

function messageRoutes(context: Context): void {
  const { world, router, interactions } = context;

  router.on('GET /webhooks/:webhook/:token/messages/:message', ({ at, query }) => {
    if (at('webhook') === world.bot.id) {
      return messagePayload(world, interactions.message(interactions.find(at('token')), at('message')));
    }
    const hook = byToken(world, at('webhook'), at('token'));
    return messagePayload(world, own(world, hook, query.thread_id, at('message')).message);
  });
  router.on('PATCH /webhooks/:webhook/:token/messages/:message', ({ at, body, query, files }) => {
    if (at('webhook') === world.bot.id) {
      const asked = interactions.find(at('token'));
      const message = interactions.message(asked, at('message'));
      interactions.edit(asked, message, body, files);
      return messagePayload(world, message);
    }
    const hook = byToken(world, at('webhook'), at('token'));
    const { channel, message } = own(world, hook, query.thread_id, at('message'));
    if (channel.thread?.archived === true) throw refusal(50083);
    checkEdit(context, message, body, files);
    editMessage(world, channel, message, body, files);
    return messagePayload(world, message);
  });
  router.on('DELETE /webhooks/:webhook/:token/messages/:message', ({ at, query }) => {
    if (at('webhook') === world.bot.id) {
      const asked = interactions.find(at('token'));
      return interactions.remove(asked, interactions.message(asked, at('message')));
    }
    const hook = byToken(world, at('webhook'), at('token'));
    const { channel, message } = own(world, hook, query.thread_id, at('message'));
    return deleteMessage(world, channel, message);
  });
}

export function addWebhook(
  world: World,
  channel: Channel,
  name: string,
  creator: APIUser,
  avatar: string | null,
): APIWebhook {
  const there = [...world.webhooks.values()].filter((hook) => hook.channel_id === channel.id);
  if (there.length >= MOST_WEBHOOKS) throw refusal(30007);
  const id = world.snowflake();
  const hook: APIWebhook = {
    id,
    type: WebhookType.Incoming,
    name,
    avatar: keepAvatar(world, id, avatar),
    channel_id: channel.id,
    application_id: creator.id === world.bot.id ? creator.id : null,
    user: creator,
    token: `${hash(id)}${hash(`${id}.`)}`.padEnd(68, 'x'),
    url: `https://discord.com/api/webhooks/${id}`,
    ...(channel.guildId === null ? {} : { guild_id: channel.guildId }),
  };
  world.webhooks.set(hook.id, hook);
  tellWebhooks(world, hook);
  return hook;
}

export function removeWebhook(world: World, hook: APIWebhook): void {
  world.webhooks.delete(hook.id);
  tellWebhooks(world, hook);
}

function tellWebhooks(world: World, hook: APIWebhook): void {
  const { channel_id, guild_id = '' } = hook;
  const data = { channel_id, guild_id };
  world.happen({ name: 'WEBHOOKS_UPDATE', data, guildId: guild_id, intent: GatewayIntentBits.GuildWebhooks });
}

function keepAvatar(world: World, id: string, data: string | null): string | null {
  if (data === null) return null;
  const name = hash(data);
  world.keep(`/avatars/${id}/${name}.png`, parseImage('avatar', data));
  return name;
}

/** Any stable name of a picture. */
function hash(text: string): string {
  let sum = 0xcbf29ce484222325n;
  for (const char of text) sum = BigInt.asUintN(64, (sum ^ BigInt(char.codePointAt(0) ?? 0)) * 0x100000001b3n);
  return sum.toString(16).padStart(32, '0');
}

function managed(world: World, id: string): APIWebhook {
  const hook = world.webhook(id);
  need(world, world.channel(hook.channel_id ?? ''), 'ManageWebhooks');
  return hook;
}

function byToken(world: World, id: string, token: string): APIWebhook {
  const hook = world.webhook(id);
  if (hook.token !== token) throw refusal(50027);
  return hook;
}

function withoutUser({ user: _, ...hook }: APIWebhook): object {
  return hook;
}

/** Where a webhook's message goes: its channel, a thread of it, or a new post of its forum. */
function destination(
  world: World,
  hook: APIWebhook,
  threadId: string | undefined,
  threadName: string | undefined,
): Channel {
  const home = world.channel(hook.channel_id ?? '');
  if (threadName !== undefined && !isForum(home)) throw refusal(220003);
  if (threadName !== undefined && threadId !== undefined) throw refusal(220002);
  if (threadName !== undefined) return addThread(world, { parent: home, name: threadName, ownerId: hook.id });
  if (threadId === undefined) {
    if (isForum(home)) throw refusal(220001);
    return home;
  }
  const thread = world.channel(threadId);
  if (thread.parentId !== home.id) throw refusal(10003);
  if (thread.thread?.locked === true && thread.thread.archived) throw refusal(160005);
  return thread;
}

function own(
  world: World,
  hook: APIWebhook,
  threadId: string | undefined,
  id: string,
): { channel: Channel; message: Message } {
  const channel = destination(world, hook, threadId, undefined);
  const message = world.message(channel, id);
  if (message.api.webhook_id !== hook.id || ((message.api.flags ?? 0) & MessageFlags.Ephemeral) !== 0)
    throw refusal(10008);
  return { channel, message };
}
