/** Messages: post, read, edit, delete, pins, reactions, typing, polls. */
import { type APIMessage, GatewayIntentBits, MessageFlags } from 'discord-api-types/v10';
import { deleteMessage, editMessage, postMessage, tell } from '../compose.ts';
import { invalidForm, refusal } from '../errors.ts';
import { messagePayload } from '../payloads.ts';
import { may, need, needToSpeak } from '../permissions.ts';
import { checkMessage, type MessageBody } from '../rules.ts';
import type { Channel, Message, World } from '../world.ts';
import type { Context } from './context.ts';

const NONCES_KEPT_MS = 5 * 60_000;

export function messageRoutes(context: Context): void {
  const { world, router, readable } = context;

  router.on('POST /channels/:channel/messages', ({ at, body, files }) => {
    const channel = world.channel(at('channel'));
    checkSend(context, channel, body, files);
    const again =
      body.enforce_nonce === true && body.nonce !== undefined ? sameNonce(world, channel, body.nonce) : undefined;
    if (again !== undefined) return messagePayload(world, again);
    const message = postMessage(world, { channel, author: world.bot, body, files });
    return messagePayload(world, message);
  });

  router.on('GET /channels/:channel/messages', ({ at, query }) => {
    const channel = world.channel(at('channel'));
    need(world, channel);
    if (!may(world, channel, world.bot.id, 'ReadMessageHistory')) return [];
    const { before, after, around, limit = 50 } = query;
    if (limit < 1 || limit > 100) {
      throw invalidForm([
        { path: 'limit', code: 'NUMBER_TYPE_MAX', message: 'int value should be between 1 and 100.' },
      ]);
    }
    const all = channel.messages.filter((message) => message.visibleTo === null);
    return page(all, { before, after, around }, limit).map(readable);
  });

  router.on('GET /channels/:channel/messages/:message', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel, 'ReadMessageHistory');
    return readable(publicMessage(world, channel, at('message')));
  });

  router.on('PATCH /channels/:channel/messages/:message', ({ at, body, files }) => {
    const channel = world.channel(at('channel'));
    need(world, channel);
    const message = publicMessage(world, channel, at('message'));
    if (message.api.author.id !== world.bot.id) throw refusal(50005);
    if (channel.thread?.archived === true) throw refusal(50083);
    checkEdit(context, message, body, files);
    editMessage(world, channel, message, body, files);
    return messagePayload(world, message);
  });

  router.on('DELETE /channels/:channel/messages/:message', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel);
    const message = publicMessage(world, channel, at('message'));
    if (message.api.author.id !== world.bot.id) need(world, channel, 'ManageMessages');
    if (channel.thread?.archived === true) throw refusal(50083);
    deleteMessage(world, channel, message);
  });

  router.on('POST /channels/:channel/typing', ({ at }) => {
    const channel = world.channel(at('channel'));
    needToSpeak(world, channel);
    channel.typed += 1;
    world.changed();
  });

  for (const base of ['/channels/:channel/pins/:message', '/channels/:channel/messages/pins/:message'] as const) {
    for (const method of ['PUT', 'DELETE'] as const) {
      router.on(`${method} ${base}`, ({ at }) => {
        const channel = world.channel(at('channel'));
        need(world, channel, 'PinMessages');
        const message = publicMessage(world, channel, at('message'));
        message.api.pinned = method === 'PUT';
        tell(world, 'MESSAGE_UPDATE', channel, message);
      });
    }
  }

  reactionRoutes(context);
  pollRoutes(context);
}

function sameNonce(world: World, channel: Channel, nonce: string | number): Message | undefined {
  const since = Date.now() - NONCES_KEPT_MS;
  return channel.messages.findLast(
    ({ api }) => api.author.id === world.bot.id && api.nonce === nonce && Date.parse(api.timestamp) > since,
  );
}

/** Permissions and rules of a message the bot sends as itself. */
function checkSend(
  context: Context,
  channel: Channel,
  body: MessageBody,
  files: Parameters<typeof checkMessage>[1],
): void {
  const { world } = context;
  needToSpeak(world, channel);
  if (files.size > 0) need(world, channel, 'AttachFiles');
  if ((body.embeds?.length ?? 0) > 0) need(world, channel, 'EmbedLinks');
  if (body.poll) need(world, channel, 'SendPolls');
  if (channel.thread?.locked === true && !may(world, channel, world.bot.id, 'ManageThreads')) throw refusal(160005);
  checkMessage(body, files, { before: null, interaction: false, maxFileBytes: context.maxFileBytes });
  const replied = body.message_reference?.message_id;
  if (replied !== undefined) {
    need(world, channel, 'ReadMessageHistory');
    const known = channel.messages.some((one) => one.api.id === replied);
    if (!known && body.message_reference?.fail_if_not_exists !== false) {
      throw invalidForm([{ path: 'message_reference', code: 'REPLIES_UNKNOWN_MESSAGE', message: 'Unknown message' }]);
    }
  }
  context.watchMentions(body);
}

export function checkEdit(
  context: Context,
  message: Message,
  body: MessageBody,
  files: Parameters<typeof checkMessage>[1],
): void {
  const before = {
    v2: ((message.api.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0,
    files: message.api.attachments.map((file) => file.filename),
  };
  checkMessage(body, files, { before, interaction: false, maxFileBytes: context.maxFileBytes });
  context.watchMentions(body);
}

function publicMessage(world: World, channel: Channel, id: string): Message {
  const message = world.message(channel, id);
  if (message.visibleTo !== null) throw refusal(10008);
  return message;
}

/** Newest first, as Discord lists them. */
function page(
  all: readonly Message[],
  { before, after, around }: { before?: string | undefined; after?: string | undefined; around?: string | undefined },
  limit: number,
): Message[] {
  const id = (message: Message) => BigInt(message.api.id);
  if (before !== undefined)
    return all
      .filter((one) => id(one) < BigInt(before))
      .slice(-limit)
      .reverse();
  if (after !== undefined)
    return all
      .filter((one) => id(one) > BigInt(after))
      .slice(0, limit)
      .reverse();
  if (around === undefined) return all.slice(-limit).reverse();
  const half = Math.floor(limit / 2);
  const older = all.filter((one) => id(one) < BigInt(around)).slice(-half);
  return [...older, ...all.filter((one) => id(one) >= BigInt(around)).slice(0, limit - half)].reverse();
}

function reactionRoutes({ world, router }: Context): void {
  const tellReaction = (name: string, channel: Channel, message: Message, emoji: string, userId: string) => {
    const { guildId } = channel;
    const intent =
      guildId === null ? GatewayIntentBits.DirectMessageReactions : GatewayIntentBits.GuildMessageReactions;
    const guild = guildId === null ? {} : { guild_id: guildId };
    const where = { user_id: userId, channel_id: channel.id, message_id: message.api.id, ...guild };
    world.happen({
      name,
      data: { ...where, emoji: { id: null, name: emoji }, burst: false, type: 0 },
      guildId,
      intent,
      channel,
    });
  };

  router.on('PUT /channels/:channel/messages/:message/reactions/:emoji/@me', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel, 'ReadMessageHistory', 'AddReactions');
    const message = publicMessage(world, channel, at('message'));
    if (channel.thread?.archived === true) throw refusal(50083);
    const emoji = at('emoji');
    if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}|^[\d#*]/u.test(emoji) && !/^\w+:\d+$/.test(emoji))
      throw refusal(10014);
    message.reactors.set(emoji, (message.reactors.get(emoji) ?? new Set()).add(world.bot.id));
    tellReaction('MESSAGE_REACTION_ADD', channel, message, emoji, world.bot.id);
  });

  const take = (channel: Channel, message: Message, emoji: string, userId: string) => {
    message.reactors.get(emoji)?.delete(userId);
    if (message.reactors.get(emoji)?.size === 0) message.reactors.delete(emoji);
    tellReaction('MESSAGE_REACTION_REMOVE', channel, message, emoji, userId);
  };
  router.on('DELETE /channels/:channel/messages/:message/reactions/:emoji/@me', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel);
    take(channel, publicMessage(world, channel, at('message')), at('emoji'), world.bot.id);
  });
  router.on('DELETE /channels/:channel/messages/:message/reactions/:emoji/:user', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel, 'ManageMessages');
    take(channel, publicMessage(world, channel, at('message')), at('emoji'), at('user'));
  });
  router.on('GET /channels/:channel/messages/:message/reactions/:emoji', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel, 'ReadMessageHistory');
    const who = publicMessage(world, channel, at('message')).reactors.get(at('emoji')) ?? [];
    return [...who].map((id) => world.user(id));
  });
}

function pollRoutes({ world, router }: Context): void {
  router.on('GET /channels/:channel/polls/:message/answers/:answer', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel, 'ReadMessageHistory');
    const who = publicMessage(world, channel, at('message')).votes.get(Number(at('answer'))) ?? [];
    return { users: [...who].map((id) => world.user(id)) };
  });
  router.on('POST /channels/:channel/polls/:message/expire', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel);
    const message = publicMessage(world, channel, at('message'));
    if (message.api.author.id !== world.bot.id) throw refusal(50005);
    closePoll(message.api);
    tell(world, 'MESSAGE_UPDATE', channel, message);
    return messagePayload(world, message);
  });
}

function closePoll(api: APIMessage): void {
  if (api.poll === undefined) throw refusal(10008);
  if (api.poll.results?.is_finalized === true) throw refusal(520006);
  api.poll = { ...api.poll, expiry: new Date().toISOString(), results: { is_finalized: true, answer_counts: [] } };
}
