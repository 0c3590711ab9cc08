/** What a person typed or picked, turned into an interaction's data; throws what the client's screens would not allow. */
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIModalInteractionResponseCallbackData,
  ApplicationCommandType,
  ComponentType,
  ApplicationCommandOptionType as Option,
} from 'discord-api-types/v10';
import { keepAttachment } from './compose.ts';
import type { OptionValue, SlashInput } from './index.ts';
import { channelPayload, memberPayload } from './payloads.ts';
import type { Channel, World } from './world.ts';

interface Named {
  readonly name: string;
  readonly name_localizations?: Readonly<Record<string, string | null | undefined>> | null;
}

const called = (one: Named, word: string) =>
  one.name === word || Object.values(one.name_localizations ?? {}).includes(word);

export function findCommand(
  commands: readonly APIApplicationCommand[],
  type: ApplicationCommandType,
  name: string,
): APIApplicationCommand {
  const found = commands.find((one) => one.type === type && called(one, name));
  if (found === undefined) throw new Error(`no command "${name}" among ${commands.map((one) => one.name).join(', ')}`);
  return found;
}

interface Typed {
  readonly world: World;
  readonly channel: Channel;
  readonly commands: readonly APIApplicationCommand[];
  readonly command: string;
  readonly input: SlashInput;
  /** Of an autocomplete: the option being typed, and what so far. */
  readonly focused?: { readonly option: string; readonly typed: string };
}

interface Resolved {
  readonly attachments: Record<string, object>;
  readonly users: Record<string, object>;
  readonly members: Record<string, object>;
  readonly roles: Record<string, object>;
  readonly channels: Record<string, object>;
}

export function slashData(typed: Typed): { command: APIApplicationCommand; data: object } {
  const [first = '', ...words] = typed.command.trim().split(/\s+/);
  const command = findCommand(typed.commands, ApplicationCommandType.ChatInput, first);
  const resolved: Resolved = { attachments: {}, users: {}, members: {}, roles: {}, channels: {} };
  const options = nestedOptions(typed, command.options ?? [], words, resolved);
  const some = Object.entries(resolved).filter(([, found]) => Object.keys(found).length > 0);
  const guild = command.guild_id === undefined ? {} : { guild_id: command.guild_id };
  const data = { id: command.id, name: command.name, type: command.type, ...guild, options };
  return { command, data: some.length > 0 ? { ...data, resolved: Object.fromEntries(some) } : data };
}

function nestedOptions(
  typed: Typed,
  options: readonly APIApplicationCommandOption[],
  words: readonly string[],
  resolved: Resolved,
): object[] {
  const [word, ...rest] = words;
  const isNested = options.some(({ type }) => type === Option.Subcommand || type === Option.SubcommandGroup);
  if (!isNested) {
    if (word !== undefined) throw new Error(`"${typed.command}": ${word} is no sub-command`);
    return valueOptions(typed, options, resolved);
  }
  const found = options.find((option) => word !== undefined && called(option, word));
  if (found === undefined)
    throw new Error(`"${typed.command}": one of ${options.map((one) => one.name).join(', ')} is missing`);
  const inner = 'options' in found ? (found.options ?? []) : [];
  return [{ name: found.name, type: found.type, options: nestedOptions(typed, inner, rest, resolved) }];
}

function valueOptions(typed: Typed, options: readonly APIApplicationCommandOption[], resolved: Resolved): object[] {
  const { input, focused, world, channel } = typed;
  const files = options.filter((option) => option.type === Option.Attachment);
  const uploads = {
    ...input.attachments,
    ...(input.attachment && files[0] ? { [files[0].name]: input.attachment } : {}),
  };
  if (input.attachment && files.length === 0) throw new Error(`"${typed.command}" takes no attachment`);
  for (const name of [...Object.keys(input.options ?? {}), ...Object.keys(uploads)]) {
    if (!options.some((option) => called(option, name))) throw new Error(`"${typed.command}" has no option ${name}`);
  }
  return options.flatMap((option): object[] => {
    const { name, type } = option;
    if (focused !== undefined && called(option, focused.option)) {
      if (!('autocomplete' in option) || option.autocomplete !== true) throw new Error(`${name} does not complete`);
      return [{ name, type, value: focused.typed, focused: true }];
    }
    const upload = Object.entries(uploads).find(([key]) => called(option, key))?.[1];
    if (upload !== undefined) {
      const kept = keepAttachment(world, channel.id, upload);
      resolved.attachments[kept.id] = { ...kept, ephemeral: true };
      return [{ name, type, value: kept.id }];
    }
    const value = Object.entries(input.options ?? {}).find(([key]) => called(option, key))?.[1];
    if (value === undefined) {
      if (option.required === true && focused === undefined) throw new Error(`"${typed.command}": ${name} is required`);
      return [];
    }
    checkValue(option, value);
    resolve(typed, type, String(value), resolved);
    return [{ name, type, value }];
  });
}

function checkValue(option: APIApplicationCommandOption, value: OptionValue): void {
  const numeric = option.type === Option.Integer || option.type === Option.Number;
  const wanted = numeric ? 'number' : option.type === Option.Boolean ? 'boolean' : 'string';
  const bad = (why: string) => {
    throw new Error(`option ${option.name}: ${JSON.stringify(value)} ${why}`);
  };
  if (typeof value !== wanted) bad(`is no ${wanted}`);
  if (
    'choices' in option &&
    option.choices &&
    option.choices.length > 0 &&
    !option.choices.some((choice) => choice.value === value)
  ) {
    bad('is not among the choices');
  }
  if (typeof value === 'number') {
    if ('min_value' in option && option.min_value !== undefined && value < option.min_value)
      bad(`is under ${option.min_value}`);
    if ('max_value' in option && option.max_value !== undefined && value > option.max_value)
      bad(`is over ${option.max_value}`);
  }
  if (typeof value === 'string' && option.type === Option.String) {
    if (value.length > (option.max_length ?? 6000)) bad('is too long');
    if (value.length < (option.min_length ?? 0)) bad('is too short');
  }
}

function resolve({ world, channel }: Typed, type: Option, id: string, resolved: Resolved): void {
  const guild = channel.guildId === null ? null : world.guild(channel.guildId);
  const who = type === Option.User || (type === Option.Mentionable && world.users.has(id));
  if (who) {
    resolved.users[id] = world.user(id);
    const member = guild?.members.get(id);
    if (member !== undefined) {
      const { user: _, deaf: __, mute: ___, ...rest } = memberPayload(world, member);
      resolved.members[id] = { ...rest, permissions: '0' };
    }
  } else if (type === Option.Role || type === Option.Mentionable) {
    const role = guild?.roles.get(id);
    if (role === undefined) throw new Error(`no role ${id}`);
    resolved.roles[id] = role;
  } else if (type === Option.Channel) {
    resolved.channels[id] = { ...channelPayload(world, world.channel(id)), permissions: '0' };
  }
}

type Field = { readonly customId: string; readonly label: string; readonly value: string; readonly required: boolean };

/** The fields of a modal as they read. */
export function modalFields(modal: APIModalInteractionResponseCallbackData): Field[] {
  return modal.components.flatMap((one) => {
    const fields = 'component' in one ? [one.component] : 'components' in one ? one.components : [];
    return fields.map((field) => {
      const own = 'label' in field && typeof field.label === 'string' ? field.label : '';
      return {
        customId: field.custom_id,
        label: 'component' in one ? one.label : own,
        value: 'value' in field && typeof field.value === 'string' ? field.value : '',
        required: 'required' in field ? (field.required ?? true) : field.type !== ComponentType.Checkbox,
      };
    });
  });
}

export function modalData(
  modal: APIModalInteractionResponseCallbackData,
  values: Readonly<Record<string, string | readonly string[]>>,
): object {
  const fields = modalFields(modal);
  for (const key of Object.keys(values)) {
    if (!fields.some((field) => field.customId === key || field.label === key))
      throw new Error(`the modal has no field ${key}`);
  }
  const given = (customId: string) => {
    const field = fields.find((one) => one.customId === customId);
    const value = values[customId] ?? values[field?.label ?? ''] ?? field?.value ?? '';
    if (field?.required === true && value.length === 0) throw new Error(`the field ${field.label} is required`);
    return value;
  };
  const answer = (field: {
    readonly type: ComponentType;
    readonly custom_id: string;
    readonly id?: number | undefined;
  }) => {
    const value = given(field.custom_id);
    const shared = { type: field.type, id: field.id ?? 1, custom_id: field.custom_id };
    const list = typeof value === 'string' ? (value === '' ? [] : [value]) : [...value];
    switch (field.type) {
      case ComponentType.TextInput:
        return { ...shared, value: list[0] ?? '' };
      case ComponentType.RadioGroup:
        return { ...shared, value: list[0] ?? null };
      case ComponentType.Checkbox:
        return { ...shared, value: list[0] === 'true' };
      default:
        return { ...shared, values: list };
    }
  };
  const components = modal.components.map((one, n) => {
    const base = { type: one.type, id: one.id ?? n + 1 };
    if ('component' in one) return { ...base, component: answer(one.component) };
    return 'components' in one ? { ...base, components: one.components.map(answer) } : base;
  });
  return { custom_id: modal.custom_id, components };
}
