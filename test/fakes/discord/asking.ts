/** Asking the bot: the interaction's event, and the handle on what came of it. */
import type { InteractionType } from 'discord-api-types/v10';
import type { Interaction } from './index.ts';
import type { Asked, Interactions } from './interactions.ts';
import { interactionChannel, memberPayload, messagePayload } from './payloads.ts';
import { permissionsIn } from './permissions.ts';
import { seenMessage } from './seen.ts';
import { modalFields } from './typed.ts';
import { until } from './waiting.ts';
import type { Channel, Message, World } from './world.ts';

const LONGEST_MS = 60_000;

interface Asking {
  readonly type: InteractionType;
  readonly userId: string;
  readonly locale: string;
  readonly channel: Channel;
  readonly on?: Message | null;
  readonly commandName?: string;
  readonly data: object;
}

/** Resolves once the bot acknowledged, or was too late. */
export async function ask(world: World, interactions: Interactions, asking: Asking): Promise<Interaction> {
  const { channel, on = null, commandName = null, type, userId } = asking;
  const asked = interactions.open({ type, channel, on, userId, commandName });
  const data = interactionPayload(world, asked, asking.data, asking.locale);
  world.happen({ name: 'INTERACTION_CREATE', data, guildId: channel.guildId, intent: 0 });
  const settled = () => asked.acknowledgedAt !== null || asked.failed;
  await until(world, settled, LONGEST_MS, () => asked.id);
  return interaction(world, asked);
}

/** So that a modal's handle leads back to what it belongs to. */
export const askedOf = new WeakMap<Interaction, Asked>();

function interaction(world: World, asked: Asked): Interaction {
  const handle: Interaction = {
    id: asked.id,
    get acknowledgedAfterMs() {
      return asked.acknowledgedAt === null ? null : asked.acknowledgedAt - asked.at;
    },
    get failed() {
      return asked.failed;
    },
    get response() {
      const { original, channel } = asked;
      return original === null || !channel.messages.includes(original) ? null : seenMessage(world, original);
    },
    get followups() {
      return asked.followups
        .filter((one) => asked.channel.messages.includes(one))
        .map((one) => seenMessage(world, one));
    },
    get ephemeral() {
      return asked.ephemeral;
    },
    get modal() {
      const { modal } = asked;
      return modal === null ? null : { customId: modal.custom_id, title: modal.title, fields: modalFields(modal) };
    },
    get choices() {
      return asked.choices;
    },
    answer: (ms = 20_000) =>
      until(
        world,
        () => (handle.response?.thinking === false ? handle.response : null),
        ms,
        () => handle.response?.raw,
      ),
  };
  askedOf.set(handle, asked);
  return handle;
}

function member(world: World, channel: Channel, userId: string): object | undefined {
  const found = channel.guildId === null ? undefined : world.guild(channel.guildId).members.get(userId);
  return found === undefined ? undefined : memberPayload(world, found);
}

function interactionPayload(world: World, asked: Asked, data: object, locale: string): object {
  const { channel, userId, on } = asked;
  const guild = channel.guildId === null ? null : world.guild(channel.guildId);
  const installed = guild?.members.has(world.bot.id) ?? false;
  const who =
    guild === null
      ? { user: world.user(userId) }
      : { member: { ...member(world, channel, userId), permissions: String(permissionsIn(world, channel, userId)) } };
  const where =
    guild === null
      ? {}
      : { guild_id: guild.id, guild: { id: guild.id, locale: guild.locale, features: [] }, guild_locale: guild.locale };
  const everything =
    guild === null || installed ? permissionsIn(world, channel, world.bot.id) : permissionsIn(world, channel, userId);
  return {
    id: asked.id,
    application_id: world.bot.id,
    type: asked.type,
    token: asked.token,
    version: 1,
    data,
    ...where,
    ...who,
    channel_id: channel.id,
    channel: interactionChannel(world, channel, userId),
    ...(on === null ? {} : { message: messagePayload(world, on) }),
    locale,
    app_permissions: String(everything),
    entitlements: [],
    authorizing_integration_owners: installed && guild !== null ? { 0: guild.id } : { 1: userId },
    context: guild === null ? 1 : 0,
    attachment_size_limit: 10_485_760,
  };
}
