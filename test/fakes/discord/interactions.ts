/** Interactions: what was asked of the bot, and its answers through the interaction's token. */
import { randomBytes } from 'node:crypto';
import {
  type APIMessage,
  type APIModalInteractionResponseCallbackData,
  InteractionResponseType,
  InteractionType,
  MessageFlags,
  MessageType,
  type RESTPostAPIInteractionCallbackJSONBody,
} from 'discord-api-types/v10';
import { count, length } from './components.ts';
import { deleteMessage, editMessage, postMessage } from './compose.ts';
import { invalidForm, refusal } from './errors.ts';
import type { Upload } from './index.ts';
import { checkMessage, type MessageBody } from './rules.ts';
import type { Channel, Message, World } from './world.ts';

export interface Asked {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly userId: string;
  readonly channel: Channel;
  /** What a component or modal belongs to. */
  readonly on: Message | null;
  readonly commandName: string | null;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly followups: Message[];
  acknowledgedAt: number | null;
  failed: boolean;
  ephemeral: boolean;
  original: Message | null;
  modal: APIModalInteractionResponseCallbackData | null;
  choices: readonly { readonly name: string; readonly value: string | number }[] | null;
}

interface InteractionTimes {
  readonly interactionMs: number;
  readonly lifeMs: number;
  readonly maxFileBytes: number;
}

const ON_A_MESSAGE = [InteractionResponseType.DeferredMessageUpdate, InteractionResponseType.UpdateMessage];

export class Interactions {
  readonly #world: World;
  readonly #times: InteractionTimes;
  readonly #watchMentions: (body: MessageBody) => void;
  readonly #all = new Map<string, Asked>();

  constructor(world: World, times: InteractionTimes, watchMentions: (body: MessageBody) => void) {
    this.#world = world;
    this.#times = times;
    this.#watchMentions = watchMentions;
  }

  open(asked: Pick<Asked, 'type' | 'userId' | 'channel' | 'on' | 'commandName'>): Asked {
    const one: Asked = {
      ...asked,
      id: this.#world.snowflake(),
      token: `aW50ZXJhY3Rpb24.${randomBytes(48).toString('base64url')}`,
      at: Date.now(),
      followups: [],
      acknowledgedAt: null,
      failed: false,
      ephemeral: false,
      original: null,
      modal: null,
      choices: null,
    };
    this.#all.set(one.token, one);
    const timer = setTimeout(() => {
      one.failed = one.acknowledgedAt === null;
      this.#world.changed();
    }, this.#times.interactionMs);
    timer.unref();
    return one;
  }

  /** The initial response. */
  respond(id: string, token: string, body: RESTPostAPIInteractionCallbackJSONBody, files: Files): Asked {
    const asked = this.#all.get(token);
    const late = asked !== undefined && (asked.failed || Date.now() - asked.at > this.#times.interactionMs);
    if (asked === undefined || asked.id !== id || (late && asked.acknowledgedAt === null)) throw refusal(10062);
    if (asked.acknowledgedAt !== null) throw refusal(40060);
    if (!fits(asked, body.type)) throw wrongResponse(body.type);
    this.#apply(asked, body, files);
    asked.acknowledgedAt = Date.now();
    this.#world.changed();
    return asked;
  }

  /** By token, once answered and while it lives. */
  find(token: string): Asked {
    const asked = this.#all.get(token);
    if (asked === undefined || Date.now() - asked.at > this.#times.lifeMs) throw refusal(50027);
    if (asked.acknowledgedAt === null) throw refusal(10015);
    return asked;
  }

  /** `@original` or a follow-up. */
  message(asked: Asked, id: string): Message {
    const found = id === '@original' ? asked.original : asked.followups.find((one) => one.api.id === id);
    const known = found ?? (asked.original?.api.id === id ? asked.original : null);
    if (known === null || !asked.channel.messages.includes(known)) throw refusal(10008);
    return known;
  }

  followUp(asked: Asked, body: MessageBody, files: Files): Message {
    this.#check(body, files, null);
    const waiting = asked.original;
    // The first follow-up to a deferred answer becomes that answer, and is as private as it.
    if (waiting !== null && ((waiting.api.flags ?? 0) & MessageFlags.Loading) !== 0) {
      this.edit(asked, waiting, { ...body, flags: (body.flags ?? 0) & ~MessageFlags.Ephemeral }, files);
      return waiting;
    }
    const message = this.#post(asked, body, files, {});
    asked.followups.push(message);
    return message;
  }

  edit(asked: Asked, message: Message, body: MessageBody, files: Files): void {
    this.#check(body, files, message);
    message.api.flags = (message.api.flags ?? 0) & ~MessageFlags.Loading;
    editMessage(this.#world, asked.channel, message, body, files);
  }

  remove(asked: Asked, message: Message): void {
    deleteMessage(this.#world, asked.channel, message);
    if (asked.original === message) asked.original = null;
  }

  #apply(asked: Asked, body: RESTPostAPIInteractionCallbackJSONBody, files: Files): void {
    switch (body.type) {
      case InteractionResponseType.ChannelMessageWithSource:
        this.#check(body.data, files, null);
        this.#answer(asked, body.data, files);
        return;
      case InteractionResponseType.DeferredChannelMessageWithSource:
        this.#answer(asked, { flags: (body.data?.flags ?? 0) | MessageFlags.Loading }, new Map());
        return;
      case InteractionResponseType.DeferredMessageUpdate:
        asked.original = asked.on;
        return;
      case InteractionResponseType.UpdateMessage:
        asked.original = asked.on;
        if (asked.on !== null && body.data) this.edit(asked, asked.on, body.data, files);
        return;
      case InteractionResponseType.ApplicationCommandAutocompleteResult:
        asked.choices = checkChoices(body.data.choices ?? []);
        return;
      case InteractionResponseType.Modal:
        asked.modal = checkModal(body.data);
        return;
      default:
        throw wrongResponse(body.type);
    }
  }

  #check(body: MessageBody, files: Files, before: Message | null): void {
    const there = before?.api.attachments.map((file) => file.filename) ?? [];
    const { maxFileBytes } = this.#times;
    checkMessage(body, files, {
      before: before === null ? null : { v2: isV2(before), files: there },
      interaction: true,
      maxFileBytes,
    });
    this.#watchMentions(body);
  }

  /** The message that answers, or that says "is thinking". */
  #answer(asked: Asked, body: MessageBody, files: Files): void {
    asked.ephemeral = isEphemeral(body);
    const command = asked.type === InteractionType.ApplicationCommand;
    const user = this.#world.user(asked.userId);
    const shared = { id: asked.id, user, authorizing_integration_owners: {} };
    asked.original = this.#post(asked, body, files, {
      type: command ? MessageType.ChatInputCommand : MessageType.Default,
      ...(command ? { interaction_metadata: { ...shared, type: InteractionType.ApplicationCommand } } : {}),
    });
  }

  #post(asked: Asked, body: MessageBody, files: Files, extra: Partial<APIMessage>): Message {
    const { bot } = this.#world;
    const visibleTo = isEphemeral(body) ? asked.userId : null;
    const owned = { application_id: bot.id, webhook_id: bot.id, ...extra };
    return postMessage(this.#world, { channel: asked.channel, author: bot, body, files, visibleTo, extra: owned });
  }
}

type Files = ReadonlyMap<string, Upload>;

const isEphemeral = (body: MessageBody) => ((body.flags ?? 0) & MessageFlags.Ephemeral) !== 0;
const isV2 = (message: Message) => ((message.api.flags ?? 0) & MessageFlags.IsComponentsV2) !== 0;

/** Which responses an interaction of that kind may have. */
function fits(asked: Asked, response: InteractionResponseType): boolean {
  const choices = response === InteractionResponseType.ApplicationCommandAutocompleteResult;
  if (asked.type === InteractionType.ApplicationCommandAutocomplete || choices) {
    return asked.type === InteractionType.ApplicationCommandAutocomplete && choices;
  }
  if (ON_A_MESSAGE.includes(response)) return asked.on !== null && asked.type !== InteractionType.ApplicationCommand;
  return response !== InteractionResponseType.Modal || asked.type !== InteractionType.ModalSubmit;
}

function wrongResponse(type: InteractionResponseType) {
  return invalidForm([
    { path: 'type', code: 'INTERACTION_RESPONSE_TYPE_INVALID', message: `${type} does not fit here` },
  ]);
}

function checkChoices(choices: readonly { readonly name: string; readonly value: string | number }[]) {
  const faults = [
    ...count('data.choices', choices.length, 0, 25),
    ...choices.flatMap(({ name, value }) => [
      ...length('data.choices.name', name, 1, 100),
      ...(typeof value === 'string' ? length('data.choices.value', value, 1, 100) : []),
    ]),
  ];
  if (faults.length > 0) throw invalidForm(faults);
  return choices;
}

function checkModal(modal: APIModalInteractionResponseCallbackData): APIModalInteractionResponseCallbackData {
  const faults = [
    ...length('data.custom_id', modal.custom_id, 1, 100),
    ...length('data.title', modal.title, 1, 45),
    ...count('data.components', modal.components.length, 1, 5),
  ];
  for (const one of modal.components) {
    if ('component' in one)
      faults.push(
        ...length('data.components.label', one.label, 1, 45),
        ...length('data.components.description', one.description, 0, 100),
      );
    const fields = 'component' in one ? [one.component] : 'components' in one ? one.components : [];
    for (const field of fields) {
      faults.push(...length('data.components.custom_id', field.custom_id, 1, 100));
      if ('label' in field && typeof field.label === 'string')
        faults.push(...length('data.components.label', field.label, 1, 45));
      if ('placeholder' in field) faults.push(...length('data.components.placeholder', field.placeholder, 0, 150));
      if ('value' in field && typeof field.value === 'string')
        faults.push(...length('data.components.value', field.value, 0, 4000));
    }
  }
  if (faults.length > 0) throw invalidForm(faults);
  return modal;
}
