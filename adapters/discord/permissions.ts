/** What the bot must be allowed, where it is missing, and how to invite it with just that. */
import {
  ChannelType,
  type Client,
  type GuildBasedChannel,
  OAuth2Scopes,
  PermissionFlagsBits,
  PermissionsBitField,
} from 'discord.js';
import { inLanguage, type Language, type Localised } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Place } from '../../src/ports/host.ts';

interface Need {
  readonly bit: bigint;
  /** As Discord's own screens call it. */
  readonly name: Localised;
  /** Whether a debate is held without it. */
  readonly isOptional?: boolean;
  /** Only where the debate opens its own thread. */
  readonly opens?: boolean;
}

const NEEDS: readonly Need[] = [
  { bit: PermissionFlagsBits.ViewChannel, name: { en: 'View Channel', es: 'Ver canal' } },
  { bit: PermissionFlagsBits.SendMessages, name: { en: 'Send Messages', es: 'Enviar mensajes' } },
  {
    bit: PermissionFlagsBits.CreatePublicThreads,
    name: { en: 'Create Public Threads', es: 'Crear hilos públicos' },
    opens: true,
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    name: { en: 'Send Messages in Threads', es: 'Enviar mensajes en hilos' },
  },
  {
    bit: PermissionFlagsBits.ReadMessageHistory,
    name: { en: 'Read Message History', es: 'Leer el historial de mensajes' },
  },
  {
    bit: PermissionFlagsBits.ManageWebhooks,
    name: { en: 'Manage Webhooks', es: 'Gestionar webhooks' },
    isOptional: true,
  },
];

/** Where somebody invites the bot with just the permissions it uses. */
export function inviteLink(applicationId: string): string {
  const query = new URLSearchParams({
    client_id: applicationId,
    scope: [OAuth2Scopes.Bot, OAuth2Scopes.ApplicationsCommands].join(' '),
    permissions: String(NEEDS.reduce((bits, { bit }) => bits | bit, 0n)),
  });
  return `https://discord.com/oauth2/authorize?${query}`;
}

/** Names of what is missing in a guild or channel, in the language given; `optional`: of what a debate can do without. */
export function missingNames(
  permissions: Readonly<PermissionsBitField> | null,
  language: Language,
  { opens, optional }: { readonly opens: boolean; readonly optional: boolean },
): string[] {
  const has = permissions ?? new PermissionsBitField();
  return NEEDS.filter((need) => (need.isOptional ?? false) === optional && (opens || !need.opens))
    .filter(({ bit }) => !has.has(bit))
    .map(({ name }) => inLanguage(name, language));
}

/**
 * Rejects with an InputError that says what is missing there, where a debate cannot be held. `anew`: Discord has just
 * refused something, so that what we knew of the channel is not asked.
 */
export async function mustBeAllowed(client: Client<true>, place: Place, anew = false): Promise<void> {
  const channel = await client.channels.fetch(place.channel, { force: anew }).catch(() => null);
  if (!channel) throw notInvited(client.application.id);
  if (channel.isDMBased()) return;
  if (!canHold(channel)) throw wrongChannel(channel);
  await mustBeAllowedIn(channel, client, place.thread === null);
}

export function canHold(channel: GuildBasedChannel): boolean {
  return (
    channel.type === ChannelType.GuildText ||
    channel.type === ChannelType.GuildAnnouncement ||
    channel.type === ChannelType.GuildForum ||
    channel.type === ChannelType.GuildMedia
  );
}

async function mustBeAllowedIn(channel: GuildBasedChannel, client: Client<true>, opens: boolean): Promise<void> {
  const me = channel.guild.members.me ?? (await channel.guild.members.fetchMe());
  const permissions = channel.permissionsFor(me);
  const missing = (language: Language) =>
    new Intl.ListFormat(language, { type: 'conjunction' }).format(
      missingNames(permissions, language, { opens, optional: false }),
    );
  if (missing('en') === '') return;
  throw new InputError({
    en: `I need ${missing('en')} in #${channel.name}; an admin can grant that in the channel's settings, or invite me again: ${inviteLink(client.application.id)}`,
    es: `Necesito ${missing('es')} en #${channel.name}; alguien que administre puede darlo en los ajustes del canal o invitarme de nuevo: ${inviteLink(client.application.id)}`,
  });
}

function notInvited(applicationId: string): InputError {
  const link = inviteLink(applicationId);
  return new InputError({
    en: `I cannot see this channel; let me View Channel there, or invite me to this server: ${link} (a direct message to me works, too).`,
    es: `No puedo ver este canal; dame «Ver canal» en él o invítame a este servidor: ${link} (también vale un mensaje directo).`,
  });
}

function wrongChannel(channel: GuildBasedChannel): InputError {
  return new InputError({
    en: `#${channel.name} cannot hold threads; start the debate in a text channel or a forum.`,
    es: `#${channel.name} no admite hilos; empieza el debate en un canal de texto o un foro.`,
  });
}
