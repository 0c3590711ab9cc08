/** What people do, through the official client. */
import {
  type APIApplicationCommand,
  type APIUser,
  ApplicationCommandType,
  ComponentType,
  GatewayIntentBits,
  InteractionType,
  MessageType,
} from 'discord-api-types/v10';
import { ask, askedOf } from './asking.ts';
import { deleteMessage, editMessage, postMessage, tell } from './compose.ts';
import type { Interaction, Person, Room, SeenMessage, SlashInput, Upload, Where } from './index.ts';
import type { Interactions } from './interactions.ts';
import { memberPayload, messagePayload } from './payloads.ts';
import { may, permissionsIn } from './permissions.ts';
import { dmWith, joinThread } from './places.ts';
import { room, seenMessage } from './seen.ts';
import { findCommand, modalData, slashData } from './typed.ts';
import type { Channel, Message, World } from './world.ts';

interface Located {
  readonly channel: Channel;
  readonly one: Message;
}

export class Player implements Person {
  readonly id: string;
  readonly name: string;
  readonly #world: World;
  readonly #interactions: Interactions;
  readonly #user: APIUser;
  readonly #locale: string;

  constructor(world: World, interactions: Interactions, user: APIUser, locale: string) {
    this.id = user.id;
    this.name = user.global_name ?? user.username;
    this.#world = world;
    this.#interactions = interactions;
    this.#user = user;
    this.#locale = locale;
  }

  get dm(): Room {
    return room(this.#world, dmWith(this.#world, this.id));
  }

  async slash(where: Where, command: string, input: SlashInput = {}): Promise<Interaction> {
    return this.#slash(where, command, input, null);
  }

  async autocomplete(
    where: Where,
    command: string,
    option: string,
    typed: string,
    input: SlashInput = {},
  ): Promise<Interaction> {
    return this.#slash(where, command, input, { option, typed });
  }

  async menu(message: SeenMessage, command: string): Promise<Interaction> {
    const { channel, one } = this.#find(message);
    const found = findCommand(this.#commandsIn(channel), ApplicationCommandType.Message, command);
    mayUse(this.#world, channel, this.#user, found);
    const messages = { [one.api.id]: messagePayload(this.#world, one) };
    const data = { id: found.id, name: found.name, type: found.type, target_id: one.api.id, resolved: { messages } };
    return this.#ask({ type: InteractionType.ApplicationCommand, channel, commandName: found.name, data });
  }

  async press(message: SeenMessage, button: string): Promise<Interaction> {
    const { channel, one } = this.#find(message);
    const { buttons } = seenMessage(this.#world, one);
    const found = buttons.find((it) => it.customId === button) ?? buttons.find((it) => it.label === button);
    const labels = buttons.map((it) => it.label).join(', ');
    if (found === undefined) throw new Error(`no button "${button}" among ${labels}`);
    if (found.disabled || found.customId === null) throw new Error(`the button "${button}" can't be pressed`);
    const data = { custom_id: found.customId, component_type: ComponentType.Button, id: 1 };
    return this.#ask({ type: InteractionType.MessageComponent, channel, on: one, data });
  }

  async choose(message: SeenMessage, select: string, values: readonly string[]): Promise<Interaction> {
    const { channel, one } = this.#find(message);
    const { selects } = seenMessage(this.#world, one);
    const found = selects.find((it) => it.customId === select || it.placeholder === select);
    if (found === undefined || found.disabled) throw new Error(`no select "${select}" that can be used`);
    const known = found.options.map((option) => option.value);
    const strange = values.filter((value) => !known.includes(value));
    if (strange.length > 0) throw new Error(`"${select}" offers ${known.join(', ')}, not ${strange.join(', ')}`);
    const data = { custom_id: found.customId, component_type: ComponentType.StringSelect, id: 1, values };
    return this.#ask({ type: InteractionType.MessageComponent, channel, on: one, data });
  }

  async submit(modal: Interaction, values: Readonly<Record<string, string | readonly string[]>>): Promise<Interaction> {
    const asked = askedOf.get(modal);
    if (!asked?.modal) throw new Error('that interaction was not answered with a modal');
    const data = modalData(asked.modal, values);
    return this.#ask({ type: InteractionType.ModalSubmit, channel: asked.channel, on: asked.on, data });
  }

  says(where: Where, text: string, { attachments = [], replyTo }: Saying = {}): SeenMessage {
    const channel = this.#channelOf(where);
    maySpeak(this.#world, channel, this.#user);
    joinThread(this.#world, channel, this.id);
    const files = new Map(attachments.map((file, n) => [String(n), file]));
    const reference = replyTo === undefined ? {} : { message_reference: { message_id: replyTo.id } };
    const body = { content: text, ...reference };
    return seenMessage(this.#world, postMessage(this.#world, { channel, author: this.#user, body, files }));
  }

  edits(message: SeenMessage, text: string): void {
    const { channel, one } = this.#own(message);
    editMessage(this.#world, channel, one, { content: text }, new Map());
  }

  deletes(message: SeenMessage): void {
    const { channel, one } = this.#own(message);
    deleteMessage(this.#world, channel, one);
  }

  reacts(message: SeenMessage, emoji: string): void {
    react(this.#world, this.#find(message), this.#user, emoji);
  }

  votes(message: SeenMessage, answers: readonly string[]): void {
    vote(this.#world, this.#find(message), this.#user, answers);
  }

  #slash(where: Where, command: string, input: SlashInput, focused: Focused | null): Promise<Interaction> {
    const world = this.#world;
    const channel = this.#channelOf(where);
    mustSee(world, channel, this.#user);
    const commands = this.#commandsIn(channel);
    const typed = slashData({ world, channel, commands, command, input, ...(focused === null ? {} : { focused }) });
    mayUse(world, channel, this.#user, typed.command);
    const type = focused === null ? InteractionType.ApplicationCommand : InteractionType.ApplicationCommandAutocomplete;
    const locale = input.locale ?? this.#locale;
    return this.#ask({ type, channel, commandName: typed.command.name, data: typed.data, locale });
  }

  #ask(
    asking: Omit<Parameters<typeof ask>[2], 'userId' | 'locale'> & { readonly locale?: string },
  ): Promise<Interaction> {
    mustSee(this.#world, asking.channel, this.#user);
    return ask(this.#world, this.#interactions, { locale: this.#locale, ...asking, userId: this.id });
  }

  #channelOf(where: Where): Channel {
    return this.#world.channel(typeof where === 'string' ? where : where.id);
  }

  #commandsIn(channel: Channel): readonly APIApplicationCommand[] {
    const local = channel.guildId === null ? [] : this.#world.guild(channel.guildId).commands;
    return [...local, ...this.#world.commands];
  }

  #find(message: SeenMessage): Located {
    const channel = this.#world.channel(message.raw.channel_id);
    const one = this.#world.message(channel, message.id);
    if (one.visibleTo === null || one.visibleTo === this.id) return { channel, one };
    throw new Error(`${this.name} does not see that message`);
  }

  #own(message: SeenMessage): Located {
    const located = this.#find(message);
    if (located.one.api.author.id !== this.id) throw new Error(`${this.name} did not write that message`);
    return located;
  }
}

interface Focused {
  readonly option: string;
  readonly typed: string;
}

interface Saying {
  readonly attachments?: readonly Upload[];
  readonly replyTo?: SeenMessage;
}

function mustSee(world: World, channel: Channel, user: APIUser): void {
  if (!may(world, channel, user.id, 'ViewChannel'))
    throw new Error(`${user.global_name} does not see #${channel.name}`);
}

function maySpeak(world: World, channel: Channel, user: APIUser): void {
  mustSee(world, channel, user);
  const speak = channel.thread === null ? 'SendMessages' : 'SendMessagesInThreads';
  const locked = channel.thread?.locked === true && !may(world, channel, user.id, 'ManageThreads');
  if (locked || !may(world, channel, user.id, speak))
    throw new Error(`${user.global_name} may not write in #${channel.name}`);
}

function mayUse(
  world: World,
  channel: Channel,
  user: APIUser,
  command: {
    name: string;
    contexts?: readonly number[] | null;
    integration_types?: readonly number[];
    default_member_permissions: string | null;
  },
): void {
  const needed = BigInt(command.default_member_permissions ?? '0');
  const guild = channel.guildId === null ? null : world.guild(channel.guildId);
  const context = guild === null ? 1 : 0;
  const away = guild !== null && !guild.members.has(world.bot.id);
  const fits = command.contexts?.includes(context) ?? true;
  const installed = !away || (command.integration_types?.includes(1) ?? false);
  const allowed = guild === null || (permissionsIn(world, channel, user.id) & needed) === needed;
  if (!fits || !installed || !allowed) throw new Error(`${user.global_name} is not offered /${command.name} here`);
}

function react(world: World, { channel, one }: Located, user: APIUser, emoji: string): void {
  one.reactors.set(emoji, (one.reactors.get(emoji) ?? new Set()).add(user.id));
  const { guildId } = channel;
  const { DirectMessageReactions, GuildMessageReactions } = GatewayIntentBits;
  const member = guildId === null ? undefined : world.guild(guildId).members.get(user.id);
  const data = {
    user_id: user.id,
    channel_id: channel.id,
    message_id: one.api.id,
    message_author_id: one.api.author.id,
    ...(guildId === null ? {} : { guild_id: guildId }),
    ...(member === undefined ? {} : { member: memberPayload(world, member) }),
    emoji: { id: null, name: emoji },
    burst: false,
    type: 0,
  };
  const intent = guildId === null ? DirectMessageReactions : GuildMessageReactions;
  world.happen({ name: 'MESSAGE_REACTION_ADD', data, guildId, intent, channel });
}

function vote(world: World, { channel, one }: Located, user: APIUser, answers: readonly string[]): void {
  const { poll } = one.api;
  if (poll === undefined || one.api.type === MessageType.PollResult) throw new Error('that message has no poll');
  if (answers.length > 1 && !poll.allow_multiselect) throw new Error('that poll takes one answer');
  for (const text of answers) {
    const answer = poll.answers.find((it) => it.poll_media.text === text);
    if (answer === undefined) throw new Error(`the poll has no answer "${text}"`);
    one.votes.set(answer.answer_id, (one.votes.get(answer.answer_id) ?? new Set()).add(user.id));
    const { guildId } = channel;
    const intent = guildId === null ? GatewayIntentBits.DirectMessagePolls : GatewayIntentBits.GuildMessagePolls;
    const guild = guildId === null ? {} : { guild_id: guildId };
    const data = {
      user_id: user.id,
      channel_id: channel.id,
      message_id: one.api.id,
      answer_id: answer.answer_id,
      ...guild,
    };
    world.happen({ name: 'MESSAGE_POLL_VOTE_ADD', data, guildId, intent, channel });
  }
  tell(world, 'MESSAGE_UPDATE', channel, one);
}
