/** Who did something, and where. */
import { type Client, GuildMember, type Interaction, type Message, PermissionFlagsBits } from 'discord.js';
import type { Person, Place } from '../../src/ports/host.ts';
import { NAME } from './decode.ts';

interface Room {
  readonly id: string;
  readonly isThread: boolean;
  readonly parentId: string | null;
}

/** A direct message is a workspace, a channel and a thread at once: its debates belong to who takes part in it. */
function placeOf(guildId: string | null, room: Room): Place {
  if (guildId === null) return { adapter: NAME, workspace: `dm-${room.id}`, channel: room.id, thread: room.id };
  const isThread = room.isThread && room.parentId !== null;
  return {
    adapter: NAME,
    workspace: guildId,
    channel: isThread ? (room.parentId ?? room.id) : room.id,
    thread: isThread ? room.id : null,
  };
}

/** A direct message is found under the person who reads it. */
export function threadAddress(workspace: string, thread: string): string {
  return `https://discord.com/channels/${workspace.startsWith('dm-') ? '@me' : workspace}/${thread}`;
}

export function placeOfInteraction(interaction: Interaction): Place {
  const { channel, channelId } = interaction;
  const isThread = channel?.isThread() ?? false;
  const parentId = channel?.isThread() ? channel.parentId : null;
  return placeOf(interaction.guildId, { id: channelId ?? '', isThread, parentId });
}

export function placeOfMessage({
  guildId,
  channel,
  channelId,
}: Pick<Message, 'guildId' | 'channel' | 'channelId'>): Place {
  const parentId = channel.isThread() ? channel.parentId : null;
  return placeOf(guildId, { id: channelId, isThread: channel.isThread(), parentId });
}

export function personOfInteraction(interaction: Interaction): Person {
  const { user, member } = interaction;
  const roles = member === null ? [] : member instanceof GuildMember ? [...member.roles.cache.keys()] : member.roles;
  const name = member instanceof GuildMember ? member.displayName : (member?.nick ?? user.displayName);
  const isAdmin = interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? interaction.guildId === null;
  return { id: user.id, name, admin: isAdmin, roles: withoutEveryone(roles, interaction.guildId) };
}

export function personOfMessage({ author, member, guildId }: Message): Person {
  return {
    id: author.id,
    name: member?.displayName ?? author.displayName,
    admin: guildId === null || (member?.permissions.has(PermissionFlagsBits.ManageGuild) ?? false),
    roles: withoutEveryone([...(member?.roles.cache.keys() ?? [])], guildId),
  };
}

/** The role everybody has carries the guild's id and says nothing. */
function withoutEveryone(roles: readonly string[], guildId: string | null): string[] {
  return roles.filter((role) => role !== guildId);
}

/** Roles of a guild by id and name, for who types one. */
export function rolesOf(client: Client, guildId: string): { id: string; name: string }[] {
  const roles = client.guilds.cache.get(guildId)?.roles.cache ?? new Map<string, { id: string; name: string }>();
  return [...roles.values()].filter(({ id }) => id !== guildId).map(({ id, name }) => ({ id, name }));
}
