/** Channels and threads come to be and go. */
import { type APIOverwrite, ChannelType, MessageFlags, MessageType } from 'discord-api-types/v10';
import { postMessage, tell, tellChannel } from './compose.ts';
import { threadMember } from './payloads.ts';
import { isForum } from './permissions.ts';
import type { Channel, Message, World } from './world.ts';

interface NewChannel {
  readonly id?: string;
  readonly type: ChannelType;
  readonly name: string;
  readonly guildId: string | null;
  readonly parentId?: string;
  readonly topic?: string | null;
  readonly recipients?: readonly string[];
  readonly thread?: Channel['thread'];
  readonly tags?: readonly string[];
}

export function addChannel(world: World, channel: NewChannel): Channel {
  const one: Channel = {
    id: channel.id ?? world.snowflake(),
    type: channel.type,
    name: channel.name,
    guildId: channel.guildId,
    parentId: channel.parentId ?? null,
    topic: channel.topic ?? null,
    recipients: channel.recipients ?? [],
    thread: channel.thread ?? null,
    tags: (channel.tags ?? []).map((name) => ({ id: world.snowflake(), name })),
    overwrites: new Map<string, APIOverwrite>(),
    messages: [],
    deleted: false,
    typed: 0,
  };
  world.channels.set(one.id, one);
  tellChannel(world, one.thread === null ? 'CHANNEL_CREATE' : 'THREAD_CREATE', one, { newly_created: true });
  return one;
}

/** The one DM channel of a person with the bot. */
export function dmWith(world: World, userId: string): Channel {
  const open = [...world.channels.values()].find((one) => one.type === ChannelType.DM && one.recipients[0] === userId);
  return open ?? addChannel(world, { type: ChannelType.DM, name: '', guildId: null, recipients: [userId] });
}

export interface NewThread {
  readonly name: string;
  readonly parent: Channel;
  readonly ownerId: string;
  readonly autoArchiveMinutes?: number | undefined;
  readonly private?: boolean;
  readonly tags?: readonly string[];
  /** The message it grows from. */
  readonly from?: Message;
}

export function addThread(world: World, { parent, ownerId, from, name, ...rest }: NewThread): Channel {
  const now = new Date().toISOString();
  const thread = addChannel(world, {
    // A thread from a message, and a forum post, have the id of their first message.
    ...(from === undefined ? {} : { id: from.api.id }),
    type: rest.private === true ? ChannelType.PrivateThread : ChannelType.PublicThread,
    name,
    guildId: parent.guildId,
    parentId: parent.id,
    thread: {
      ownerId,
      members: new Set([ownerId]),
      tags: rest.tags ?? [],
      createdAt: now,
      archivedAt: now,
      archived: false,
      locked: false,
      autoArchiveMinutes: rest.autoArchiveMinutes ?? 1440,
      sent: 0,
    },
  });
  if (from !== undefined) {
    from.api.flags = (from.api.flags ?? 0) | MessageFlags.HasThread;
    tell(world, 'MESSAGE_UPDATE', parent, from);
    const reference = { type: 0, channel_id: parent.id, message_id: from.api.id };
    const extra = { message_reference: reference, referenced_message: from.api };
    postMessage(world, {
      channel: thread,
      author: from.api.author,
      body: {},
      files: new Map(),
      type: MessageType.ThreadStarterMessage,
      extra,
    });
  } else if (!isForum(parent) && rest.private !== true) {
    announce(world, parent, thread);
  }
  return thread;
}

/** "Somebody started a thread", in the parent channel. */
function announce(world: World, parent: Channel, thread: Channel): void {
  const author = world.user(thread.thread?.ownerId ?? world.bot.id);
  const extra = { message_reference: { type: 0, channel_id: thread.id } };
  postMessage(world, {
    channel: parent,
    author,
    body: { content: thread.name },
    files: new Map(),
    type: MessageType.ThreadCreated,
    extra,
  });
}

export function joinThread(world: World, thread: Channel, userId: string): void {
  if (thread.thread === null || thread.thread.members.has(userId)) return;
  thread.thread.members.add(userId);
  const { guildId } = thread;
  const added = [threadMember(thread, userId)];
  const data = { id: thread.id, guild_id: guildId, member_count: thread.thread.members.size, added_members: added };
  if (userId === world.bot.id)
    world.happen({ name: 'THREAD_MEMBERS_UPDATE', data, guildId, intent: 1, channel: thread });
  else world.changed();
}

export function archiveThread(world: World, channel: Channel, change: { archived?: boolean; locked?: boolean }): void {
  const { thread } = channel;
  if (thread === null) throw new Error(`${channel.name} is no thread`);
  if (change.archived !== undefined) {
    thread.archived = change.archived;
    thread.archivedAt = new Date().toISOString();
  }
  thread.locked = change.locked ?? thread.locked;
  tellChannel(world, 'THREAD_UPDATE', channel);
}

export function removeChannel(world: World, channel: Channel): void {
  for (const thread of world.threadsOf(channel.id)) removeChannel(world, thread);
  for (const hook of [...world.webhooks.values()]) if (hook.channel_id === channel.id) world.webhooks.delete(hook.id);
  tellChannel(world, channel.thread === null ? 'CHANNEL_DELETE' : 'THREAD_DELETE', channel);
  channel.deleted = true;
  world.changed();
}
