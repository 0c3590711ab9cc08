/** Channels and threads. */
import { ChannelType } from 'discord-api-types/v10';
import { count, length } from '../components.ts';
import { postMessage, tellChannel } from '../compose.ts';
import { type FormFault, invalidForm, refusal } from '../errors.ts';
import { channelPayload, memberPayload, messagePayload, threadMember } from '../payloads.ts';
import { isForum, may, need } from '../permissions.ts';
import { addThread, archiveThread, joinThread, removeChannel } from '../places.ts';
import { checkMessage } from '../rules.ts';
import type { Channel, World } from '../world.ts';
import type { Context } from './context.ts';

const ARCHIVE_MINUTES = [60, 1440, 4320, 10080];

export function threadRoutes(context: Context): void {
  const { world, router } = context;

  router.on('GET /channels/:channel', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel);
    return channelPayload(world, channel);
  });

  router.on('PATCH /channels/:channel', ({ at, body }) => {
    const channel = world.channel(at('channel'));
    need(world, channel);
    checkThreadForm(body.name, body.auto_archive_duration);
    if (channel.thread === null) {
      need(world, channel, 'ManageChannels');
      channel.topic = body.topic ?? channel.topic;
    } else {
      mayChangeThread(world, channel, body);
      channel.thread.autoArchiveMinutes = body.auto_archive_duration ?? channel.thread.autoArchiveMinutes;
    }
    channel.name = body.name ?? channel.name;
    const { archived, locked } = body;
    if (channel.thread === null) tellChannel(world, 'CHANNEL_UPDATE', channel);
    else
      archiveThread(world, channel, {
        ...(archived === undefined ? {} : { archived }),
        ...(locked === undefined ? {} : { locked }),
      });
    return channelPayload(world, channel);
  });

  router.on('DELETE /channels/:channel', ({ at }) => {
    const channel = world.channel(at('channel'));
    need(world, channel, channel.thread === null ? 'ManageChannels' : 'ManageThreads');
    const payload = channelPayload(world, channel);
    removeChannel(world, channel);
    return payload;
  });

  router.on('POST /channels/:channel/threads', ({ at, body, files }) => {
    const parent = world.channel(at('channel'));
    if (parent.thread !== null || parent.guildId === null) throw refusal(50024);
    checkThreadForm(body.name, body.auto_archive_duration);
    const shared = { parent, name: body.name, ownerId: world.bot.id, autoArchiveMinutes: body.auto_archive_duration };
    if (isForum(parent)) {
      if (!('message' in body)) throw missing('message');
      need(world, parent, 'SendMessages');
      const tags = body.applied_tags ?? [];
      checkMessage(body.message, files, { before: null, interaction: false, maxFileBytes: context.maxFileBytes });
      context.watchMentions(body.message);
      const thread = addThread(world, { ...shared, tags });
      const first = postMessage(world, {
        channel: thread,
        author: world.bot,
        body: body.message,
        files,
        id: thread.id,
      });
      return { ...channelPayload(world, thread), message: messagePayload(world, first) };
    }
    if ('message' in body)
      throw invalidForm([{ path: 'message', code: 'UNKNOWN', message: 'Only forum posts have one' }]);
    // Discord's default type of a thread without a message is a private one.
    const isPrivate = (body.type ?? ChannelType.PrivateThread) === ChannelType.PrivateThread;
    need(world, parent, isPrivate ? 'CreatePrivateThreads' : 'CreatePublicThreads');
    return channelPayload(world, addThread(world, { ...shared, private: isPrivate }));
  });

  router.on('POST /channels/:channel/messages/:message/threads', ({ at, body }) => {
    const parent = world.channel(at('channel'));
    need(world, parent, 'CreatePublicThreads', 'ReadMessageHistory');
    if (parent.thread !== null || parent.guildId === null) throw refusal(50024);
    const from = world.message(parent, at('message'));
    if (world.channels.has(from.api.id)) throw refusal(160004);
    checkThreadForm(body.name, body.auto_archive_duration);
    const { name, auto_archive_duration: autoArchiveMinutes } = body;
    return channelPayload(world, addThread(world, { parent, name, ownerId: world.bot.id, autoArchiveMinutes, from }));
  });

  router.on('GET /channels/:channel/threads/archived/public', ({ at }) => {
    const parent = world.channel(at('channel'));
    need(world, parent, 'ReadMessageHistory');
    const threads = world.threadsOf(parent.id).filter((one) => one.thread?.archived === true);
    const members = threads.filter((one) => one.thread?.members.has(world.bot.id));
    return {
      threads: threads.map((one) => channelPayload(world, one)),
      members: members.map((one) => threadMember(one, world.bot.id)),
      has_more: false,
    };
  });

  memberRoutes(context);
}

function memberRoutes({ world, router }: Context): void {
  router.on('PUT /channels/:channel/thread-members/@me', ({ at }) => {
    const thread = openThread(world, at('channel'));
    joinThread(world, thread, world.bot.id);
  });
  router.on('DELETE /channels/:channel/thread-members/@me', ({ at }) => {
    openThread(world, at('channel')).thread?.members.delete(world.bot.id);
  });
  router.on('PUT /channels/:channel/thread-members/:user', ({ at }) => {
    const thread = openThread(world, at('channel'));
    need(world, thread, 'SendMessagesInThreads');
    joinThread(world, thread, world.user(at('user')).id);
  });
  router.on('GET /channels/:channel/thread-members/:user', ({ at }) => {
    const thread = world.channel(at('channel'));
    const id = at('user') === '@me' ? world.bot.id : at('user');
    if (thread.thread?.members.has(id) !== true) throw refusal(10007);
    return threadMember(thread, id);
  });
  router.on('GET /channels/:channel/thread-members', ({ at, query }) => {
    const thread = world.channel(at('channel'));
    const guild = world.guild(thread.guildId ?? '');
    return [...(thread.thread?.members ?? [])].map((id) => {
      const member = guild.members.get(id);
      const whole = query.with_member === true && member !== undefined ? { member: memberPayload(world, member) } : {};
      return { ...threadMember(thread, id), ...whole };
    });
  });
}

/** A thread that can be joined: not archived. */
function openThread(world: World, id: string): Channel {
  const thread = world.channel(id);
  need(world, thread);
  if (thread.thread === null) throw refusal(50024);
  if (thread.thread.archived) throw refusal(50083);
  return thread;
}

function missing(path: string) {
  return invalidForm([{ path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }]);
}

function checkThreadForm(name: string | null | undefined, minutes: number | null | undefined): void {
  const faults: FormFault[] = [...length('name', name, 1, 100)];
  if (minutes !== undefined && minutes !== null && !ARCHIVE_MINUTES.includes(minutes)) {
    faults.push(...count('auto_archive_duration', minutes, 60, 60));
  }
  if (faults.length > 0) throw invalidForm(faults);
}

interface ThreadChange {
  readonly archived?: boolean | undefined;
  readonly locked?: boolean | undefined;
}

/** Its owner may rename and archive it, anyone who may speak there un-archives it; the rest takes ManageThreads. */
function mayChangeThread(world: World, channel: Channel, change: ThreadChange): void {
  if (may(world, channel, world.bot.id, 'ManageThreads')) {
    if (channel.thread?.archived === true && change.archived !== false) throw refusal(50083);
    return;
  }
  if (change.locked !== undefined || channel.thread?.locked === true) throw refusal(50013);
  if (channel.thread?.archived === true) {
    if (change.archived !== false) throw refusal(50083);
    need(world, channel, 'SendMessagesInThreads');
    return;
  }
  if (channel.thread?.ownerId !== world.bot.id) throw refusal(50013);
}
