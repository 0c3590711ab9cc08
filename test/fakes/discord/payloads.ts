/** How what this Discord holds looks on the wire. */
import { type APIGuildMember, type APIUser, ChannelType, GuildMemberFlags } from 'discord-api-types/v10';
import { permissionsIn } from './permissions.ts';
import type { Channel, Guild, Member, Message, World } from './world.ts';

export function memberPayload(world: World, member: Member): APIGuildMember {
  return {
    user: world.user(member.userId),
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: [...member.roles],
    joined_at: member.joinedAt,
    premium_since: null,
    deaf: false,
    mute: false,
    pending: false,
    flags: GuildMemberFlags.CompletedOnboarding,
    communication_disabled_until: null,
  };
}

export function threadMember(channel: Channel, userId: string): object {
  return { id: channel.id, user_id: userId, join_timestamp: channel.thread?.createdAt, flags: 0 };
}

/** `viewer`: whose thread membership is shown; threads carry it when that person joined. */
export function channelPayload(world: World, channel: Channel): object {
  const lastMessage = channel.messages.findLast((message) => message.visibleTo === null)?.api.id ?? null;
  const shared = { id: channel.id, type: channel.type, last_message_id: lastMessage, flags: 0 };
  if (channel.guildId === null) {
    return { ...shared, recipients: channel.recipients.map((id) => world.user(id)) };
  }
  const placed = { ...shared, guild_id: channel.guildId, name: channel.name, parent_id: channel.parentId };
  const { thread } = channel;
  if (thread !== null) {
    return {
      ...placed,
      owner_id: thread.ownerId,
      thread_metadata: {
        archived: thread.archived,
        auto_archive_duration: thread.autoArchiveMinutes,
        archive_timestamp: thread.archivedAt,
        locked: thread.locked,
        create_timestamp: thread.createdAt,
      },
      message_count: thread.sent,
      total_message_sent: thread.sent,
      member_count: thread.members.size,
      rate_limit_per_user: 0,
      applied_tags: thread.tags,
      ...(thread.members.has(world.bot.id) ? { member: threadMember(channel, world.bot.id) } : {}),
    };
  }
  const text = { topic: channel.topic, nsfw: false, rate_limit_per_user: 0, default_auto_archive_duration: 1440 };
  const forum = {
    available_tags: channel.tags.map((tag) => ({ ...tag, moderated: false, emoji_id: null, emoji_name: null })),
    default_reaction_emoji: null,
    default_sort_order: null,
    default_forum_layout: 0,
    template: '',
  };
  const overwrites = { permission_overwrites: [...channel.overwrites.values()], position: 0 };
  return { ...placed, ...text, ...overwrites, ...(channel.type === ChannelType.GuildForum ? forum : {}) };
}

/** What an interaction carries of the channel it happened in. */
export function interactionChannel(world: World, channel: Channel, userId: string): object {
  const payload = channelPayload(world, channel);
  return channel.guildId === null
    ? payload
    : { ...payload, permissions: String(permissionsIn(world, channel, userId)) };
}

const GUILD_DEFAULTS = {
  icon: null,
  icon_hash: null,
  home_header: null,
  splash: null,
  discovery_splash: null,
  afk_channel_id: null,
  afk_timeout: 300,
  verification_level: 0,
  default_message_notifications: 1,
  explicit_content_filter: 0,
  emojis: [],
  features: ['COMMUNITY'],
  mfa_level: 0,
  application_id: null,
  system_channel_id: null,
  system_channel_flags: 0,
  rules_channel_id: null,
  max_presences: null,
  max_members: 500_000,
  max_video_channel_users: 25,
  max_stage_video_channel_users: 50,
  vanity_url_code: null,
  description: null,
  banner: null,
  premium_tier: 0,
  premium_subscription_count: 0,
  premium_progress_bar_enabled: false,
  public_updates_channel_id: null,
  safety_alerts_channel_id: null,
  nsfw: false,
  nsfw_level: 0,
  stickers: [],
  incidents_data: null,
  region: 'deprecated',
  widget_enabled: false,
  widget_channel_id: null,
};

export function guildPayload(guild: Guild): object {
  return {
    ...GUILD_DEFAULTS,
    id: guild.id,
    name: guild.name,
    owner_id: guild.ownerId,
    preferred_locale: guild.locale,
    roles: [...guild.roles.values()],
  };
}

/** GUILD_CREATE: a bot is told of every channel, hidden ones too, and of the threads it can see. */
export function guildCreate(world: World, guild: Guild): object {
  const all = [...world.channels.values()].filter((channel) => channel.guildId === guild.id && !channel.deleted);
  const open = all.filter(
    (channel) => channel.thread?.archived === false && permissionsIn(world, channel, world.bot.id) !== 0n,
  );
  return {
    ...guildPayload(guild),
    joined_at: guild.members.get(world.bot.id)?.joinedAt,
    large: false,
    unavailable: false,
    member_count: guild.members.size,
    members: [...guild.members.values()].map((member) => memberPayload(world, member)),
    channels: all.filter((channel) => channel.thread === null).map((channel) => channelPayload(world, channel)),
    threads: open.map((channel) => channelPayload(world, channel)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** A message as REST and events carry it. */
export function messagePayload(world: World, message: Message): object {
  const { bot } = world;
  const reactions = [...message.reactors].map(([name, who]) => ({
    emoji: { id: null, name },
    count: who.size,
    count_details: { burst: 0, normal: who.size },
    burst_colors: [],
    me: who.has(bot.id),
    me_burst: false,
    burst_me: false,
    burst_count: 0,
  }));
  const poll = message.api.poll;
  const counts = [...message.votes].map(([id, who]) => ({ id, count: who.size, me_voted: who.has(bot.id) }));
  const thread = world.channels.get(message.api.id);
  return {
    ...message.api,
    ...(reactions.length > 0 ? { reactions } : {}),
    ...(poll === undefined ? {} : { poll: { ...poll, results: { ...poll.results, answer_counts: counts } } }),
    ...(thread === undefined || thread.deleted ? {} : { thread: channelPayload(world, thread) }),
  };
}

/** An event of a message: with its guild and, of a member, how they are there. */
export function messageEvent(world: World, message: Message): object {
  const { guildId } = message;
  if (guildId === null) return messagePayload(world, message);
  const member = world.guilds.get(guildId)?.members.get(message.api.author.id);
  const { user: _, ...rest } = member === undefined ? { user: undefined } : memberPayload(world, member);
  return { ...messagePayload(world, message), guild_id: guildId, ...(member === undefined ? {} : { member: rest }) };
}

/** Without the privileged intent an app reads only its own words, words to it, and direct messages. */
export function concernsBot(world: World, message: Message): boolean {
  const { api } = message;
  const own = api.author.id === world.bot.id || api.application_id === world.bot.id;
  return own || message.guildId === null || api.mentions.some((user: APIUser) => user.id === world.bot.id);
}

export function withoutWords(payload: object): object {
  const { poll: _, ...rest } = { poll: undefined, ...payload };
  return { ...rest, content: '', embeds: [], attachments: [], components: [] };
}
