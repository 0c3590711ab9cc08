/** Guilds, as those who run them set them up. */
import { type APIRole, ChannelType, GatewayIntentBits, OverwriteType } from 'discord-api-types/v10';
import { tellChannel } from './compose.ts';
import type { Guild as GuildHandle, Permission, Person, Where } from './index.ts';
import { guildCreate, memberPayload } from './payloads.ts';
import { BOT, bits, EVERYONE } from './permissions.ts';
import { addChannel, addThread } from './places.ts';
import { addWebhook } from './routes/webhooks.ts';
import { room } from './seen.ts';
import { type Guild, type Member, NO_FLAGS, type World } from './world.ts';

const TYPES = {
  text: ChannelType.GuildText,
  forum: ChannelType.GuildForum,
  announcement: ChannelType.GuildAnnouncement,
} as const;

interface GuildOptions {
  readonly channels?: readonly string[];
  readonly forums?: readonly string[];
  readonly botPermissions?: readonly Permission[] | null;
  readonly locale?: string;
}

function newRole(id: string, name: string, permissions: readonly Permission[], managed: boolean): APIRole {
  const looks = {
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
  };
  return {
    id,
    name,
    ...looks,
    position: 0,
    permissions: String(bits(permissions)),
    managed,
    mentionable: false,
    flags: NO_FLAGS,
  };
}

function newMember(userId: string, roles: readonly string[]): Member {
  return { userId, nick: null, roles: new Set(roles), joinedAt: new Date().toISOString() };
}

export function createGuild(world: World, name: string, options: GuildOptions): GuildHandle {
  const { botPermissions = BOT } = options;
  const owner = world.newUser(`Owner of ${name}`);
  const id = world.snowflake();
  const guild: Guild = {
    id,
    name,
    ownerId: owner.id,
    locale: options.locale ?? 'en-US',
    roles: new Map(),
    members: new Map(),
    commands: [],
  };
  world.guilds.set(id, guild);
  guild.roles.set(id, newRole(id, '@everyone', EVERYONE, false));
  guild.members.set(owner.id, newMember(owner.id, []));
  for (const channel of options.channels ?? ['general'])
    addChannel(world, { type: ChannelType.GuildText, name: channel, guildId: id });
  for (const forum of options.forums ?? [])
    addChannel(world, { type: ChannelType.GuildForum, name: forum, guildId: id, tags: [] });
  const botRole = world.snowflake();
  if (botPermissions !== null) {
    guild.roles.set(botRole, newRole(botRole, world.bot.global_name ?? '', botPermissions, true));
    guild.members.set(world.bot.id, newMember(world.bot.id, [botRole]));
    const data = guildCreate(world, guild);
    world.happen({ name: 'GUILD_CREATE', data, guildId: id, intent: GatewayIntentBits.Guilds });
  }
  return handle(world, guild, botRole);
}

function handle(world: World, guild: Guild, botRole: string): GuildHandle {
  const { id } = guild;
  const tellRole = (role: APIRole, event: 'GUILD_ROLE_CREATE' | 'GUILD_ROLE_UPDATE') =>
    world.happen({ name: event, data: { guild_id: id, role }, guildId: id, intent: GatewayIntentBits.Guilds });
  const channelOf = (where: Where) => world.channel(typeof where === 'string' ? where : where.id);

  return {
    id,
    name: guild.name,
    room: (name) => {
      const found = [...world.channels.values()].find((one) => one.guildId === id && one.name === name && !one.deleted);
      if (found === undefined) throw new Error(`${guild.name} has no channel ${name}`);
      return room(world, found);
    },
    channel: (name, { type = 'text', topic } = {}) =>
      room(world, addChannel(world, { type: TYPES[type], name, guildId: id, topic: topic ?? null })),
    thread: (parent, name, by) => room(world, addThread(world, { parent: channelOf(parent), name, ownerId: by.id })),
    role: (name, permissions = []) => {
      const role = newRole(world.snowflake(), name, permissions, false);
      guild.roles.set(role.id, role);
      tellRole(role, 'GUILD_ROLE_CREATE');
      return role.id;
    },
    join: (person, roles = []) => {
      const member = newMember(person.id, roles);
      guild.members.set(person.id, member);
      const data = { ...memberPayload(world, member), guild_id: id };
      world.happen({ name: 'GUILD_MEMBER_ADD', data, guildId: id, intent: GatewayIntentBits.GuildMembers });
    },
    overwrite: (where, who, { allow = [], deny = [] }) => {
      const channel = channelOf(where);
      const target = targetOf(world, guild, who);
      const type = guild.roles.has(target) ? OverwriteType.Role : OverwriteType.Member;
      channel.overwrites.set(target, { id: target, type, allow: String(bits(allow)), deny: String(bits(deny)) });
      tellChannel(world, 'CHANNEL_UPDATE', channel);
    },
    botMay: (permissions) => {
      const role = guild.roles.get(botRole);
      if (role === undefined) throw new Error(`the bot is not in ${guild.name}`);
      role.permissions = String(bits(permissions));
      tellRole(role, 'GUILD_ROLE_UPDATE');
    },
    webhook: (where, name) => addWebhook(world, channelOf(where), name, world.user(guild.ownerId), null).id,
    kickBot: () => {
      world.happen({ name: 'GUILD_DELETE', data: { id }, guildId: id, intent: GatewayIntentBits.Guilds });
      guild.members.delete(world.bot.id);
    },
  };
}

function targetOf(world: World, guild: Guild, who: string | Person): string {
  if (typeof who !== 'string') return who.id;
  if (who === 'everyone') return guild.id;
  return who === 'bot' ? world.bot.id : who;
}
