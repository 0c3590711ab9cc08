/** Who may what where, computed as Discord computes it: roles, then overwrites, then what implies what. */
import { ChannelType, OverwriteType, PermissionFlagsBits } from 'discord-api-types/v10';
import { refusal } from './errors.ts';
import type { Permission } from './index.ts';
import type { Channel, Guild, World } from './world.ts';

const ALL = Object.values(PermissionFlagsBits).reduce((all, bit) => all | bit, 0n);

export const EVERYONE: readonly Permission[] = [
  'ViewChannel',
  'SendMessages',
  'SendMessagesInThreads',
  'CreatePublicThreads',
  'EmbedLinks',
  'AttachFiles',
  'AddReactions',
  'UseExternalEmojis',
  'ReadMessageHistory',
  'UseApplicationCommands',
  'SendPolls',
  'MentionEveryone',
];

/** What a bot that opens threads and speaks through webhooks is invited with. */
export const BOT: readonly Permission[] = [...EVERYONE, 'ManageWebhooks', 'ManageThreads'];

export function bits(permissions: readonly Permission[]): bigint {
  return permissions.reduce((sum, name) => sum | PermissionFlagsBits[name], 0n);
}

function inGuild(guild: Guild, userId: string): bigint {
  if (guild.ownerId === userId) return ALL;
  const roles = guild.members.get(userId)?.roles ?? new Set<string>();
  let sum = 0n;
  for (const role of guild.roles.values()) {
    if (role.id === guild.id || roles.has(role.id)) sum |= BigInt(role.permissions);
  }
  return (sum & PermissionFlagsBits.Administrator) === 0n ? sum : ALL;
}

function overwritten(base: bigint, guild: Guild, channel: Channel, userId: string): bigint {
  let sum = base;
  const apply = (deny: bigint, allow: bigint) => {
    sum = (sum & ~deny) | allow;
  };
  const everyone = channel.overwrites.get(guild.id);
  if (everyone !== undefined) apply(BigInt(everyone.deny), BigInt(everyone.allow));
  let deny = 0n;
  let allow = 0n;
  for (const roleId of guild.members.get(userId)?.roles ?? []) {
    const one = channel.overwrites.get(roleId);
    if (one === undefined || one.type !== OverwriteType.Role) continue;
    deny |= BigInt(one.deny);
    allow |= BigInt(one.allow);
  }
  apply(deny, allow);
  const own = channel.overwrites.get(userId);
  if (own !== undefined) apply(BigInt(own.deny), BigInt(own.allow));
  return sum;
}

/** The permissions of somebody in a channel; in a DM, everything that makes sense there. */
export function permissionsIn(world: World, channel: Channel, userId: string): bigint {
  if (channel.guildId === null) return bits(EVERYONE);
  const guild = world.guild(channel.guildId);
  if (!guild.members.has(userId)) return 0n;
  const base = inGuild(guild, userId);
  if (base === ALL) return ALL;
  const sum = overwritten(base, guild, world.home(channel), userId);
  if ((sum & PermissionFlagsBits.ViewChannel) === 0n) return 0n;
  const speak = channel.thread === null ? PermissionFlagsBits.SendMessages : PermissionFlagsBits.SendMessagesInThreads;
  return (sum & speak) === 0n ? sum & ~bits(['MentionEveryone', 'EmbedLinks', 'AttachFiles', 'SendPolls']) : sum;
}

export function may(world: World, channel: Channel, userId: string, permission: Permission): boolean {
  return (permissionsIn(world, channel, userId) & PermissionFlagsBits[permission]) !== 0n;
}

/** Refuses with 50001 what the bot cannot see, with 50013 what it may not do. */
export function need(world: World, channel: Channel, ...permissions: readonly Permission[]): void {
  if (!may(world, channel, world.bot.id, 'ViewChannel')) throw refusal(50001);
  if (!permissions.every((one) => may(world, channel, world.bot.id, one))) throw refusal(50013);
}

export function needToSpeak(world: World, channel: Channel): void {
  if (isForum(channel)) throw refusal(50008);
  need(world, channel, channel.thread === null ? 'SendMessages' : 'SendMessagesInThreads');
}

export function isForum(channel: Channel): boolean {
  return channel.type === ChannelType.GuildForum;
}
