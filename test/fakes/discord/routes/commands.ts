/** Application commands, global and of a guild, with the limits of their names and texts. */
import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  ApplicationCommandOptionType,
  ApplicationCommandType,
  Locale,
  type RESTPostAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';
import { count, length } from '../components.ts';
import { type FormFault, invalidForm, refusal } from '../errors.ts';
import type { Guild, World } from '../world.ts';
import type { Context } from './context.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES: readonly string[] = Object.values(Locale);
const MOST_CHAT_INPUT = 100;
const MOST_MENU = 15;
const MOST_CHARACTERS = 8000;

export function commandRoutes({ world, router }: Context): void {
  const mine = (applicationId: string) => {
    if (applicationId !== world.bot.id) throw refusal(10002);
  };
  const list = (commands: readonly APIApplicationCommand[], localised: boolean) =>
    localised ? commands : commands.map(plain);
  const upsert = (
    commands: APIApplicationCommand[],
    body: RESTPostAPIApplicationCommandsJSONBody,
    guild: Guild | null,
  ) => {
    const command = toCommand(world, body, guild, commands);
    const rest = commands.filter((one) => one.id !== command.id);
    checkAll([...rest, command]);
    return { command, commands: [...rest, command] };
  };
  const overwrite = (
    old: readonly APIApplicationCommand[],
    bodies: readonly RESTPostAPIApplicationCommandsJSONBody[],
    guild: Guild | null,
  ) => {
    const commands = bodies.map((body) => toCommand(world, body, guild, old));
    checkAll(commands);
    return commands;
  };

  router.on('GET /applications/:application/commands', ({ at, query }) => {
    mine(at('application'));
    return list(world.commands, query.with_localizations === true);
  });
  router.on('PUT /applications/:application/commands', ({ at, body }) => {
    mine(at('application'));
    world.commands = overwrite(world.commands, body, null);
    return world.commands;
  });
  router.on('POST /applications/:application/commands', ({ at, body }) => {
    mine(at('application'));
    const { command, commands } = upsert(world.commands, body, null);
    world.commands = commands;
    return command;
  });
  router.on('DELETE /applications/:application/commands/:command', ({ at }) => {
    mine(at('application'));
    if (!world.commands.some((one) => one.id === at('command'))) throw refusal(10063);
    world.commands = world.commands.filter((one) => one.id !== at('command'));
  });
  router.on('GET /applications/:application/guilds/:guild/commands', ({ at, query }) => {
    mine(at('application'));
    return list(world.guild(at('guild')).commands, query.with_localizations === true);
  });
  router.on('PUT /applications/:application/guilds/:guild/commands', ({ at, body }) => {
    mine(at('application'));
    const guild = member(world, at('guild'));
    guild.commands = overwrite(guild.commands, body, guild);
    return guild.commands;
  });
  router.on('POST /applications/:application/guilds/:guild/commands', ({ at, body }) => {
    mine(at('application'));
    const guild = member(world, at('guild'));
    const { command, commands } = upsert(guild.commands, body, guild);
    guild.commands = commands;
    return command;
  });
}

function member(world: World, id: string): Guild {
  const guild = world.guild(id);
  if (!guild.members.has(world.bot.id)) throw refusal(50001);
  return guild;
}

/** Localisations come only when asked for. */
function plain({ name_localizations: _, description_localizations: __, ...rest }: APIApplicationCommand): object {
  return rest;
}

function toCommand(
  world: World,
  body: RESTPostAPIApplicationCommandsJSONBody,
  guild: Guild | null,
  old: readonly APIApplicationCommand[],
): APIApplicationCommand {
  const type = body.type ?? ApplicationCommandType.ChatInput;
  const description = 'description' in body ? (body.description ?? '') : '';
  checkCommand(body, type, description);
  const known = old.find((one) => one.type === type && one.name === body.name);
  const localised = 'description_localizations' in body ? (body.description_localizations ?? null) : null;
  return {
    id: known?.id ?? world.snowflake(),
    application_id: world.bot.id,
    version: world.snowflake(),
    type,
    name: body.name,
    name_localizations: body.name_localizations ?? null,
    description,
    description_localizations: localised,
    default_member_permissions: body.default_member_permissions ?? null,
    nsfw: body.nsfw ?? false,
    integration_types: body.integration_types ?? [...world.installations],
    ...('options' in body && body.options !== undefined ? { options: body.options } : {}),
    ...(guild === null ? { contexts: body.contexts ?? null, dm_permission: true } : { guild_id: guild.id }),
  };
}

function checkAll(commands: readonly APIApplicationCommand[]): void {
  const names = commands.map((one) => `${one.type} ${one.name}`);
  const faults: FormFault[] = [];
  if (new Set(names).size < names.length) {
    faults.push({
      path: '',
      code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
      message: 'Application command names must be unique',
    });
  }
  const menus = (type: ApplicationCommandType) => commands.filter((one) => one.type === type).length;
  faults.push(
    ...count('chat input', menus(ApplicationCommandType.ChatInput), 0, MOST_CHAT_INPUT),
    ...count('user menu', menus(ApplicationCommandType.User), 0, MOST_MENU),
    ...count('message menu', menus(ApplicationCommandType.Message), 0, MOST_MENU),
  );
  if (faults.length > 0) throw invalidForm(faults);
}

type Localisations = Readonly<Record<string, string | null | undefined>> | null | undefined;

function checkCommand(
  body: RESTPostAPIApplicationCommandsJSONBody,
  type: ApplicationCommandType,
  description: string,
): void {
  const faults: FormFault[] = [];
  if (type === ApplicationCommandType.ChatInput) {
    const options = 'options' in body ? (body.options ?? []) : [];
    const localised = 'description_localizations' in body ? body.description_localizations : null;
    faults.push(
      ...nameFaults('name', body.name, body.name_localizations),
      ...textFaults('description', description, localised),
      ...optionFaults('options', options, 0),
    );
    const size = characters({
      name: body.name,
      name_localizations: body.name_localizations,
      description,
      description_localizations: localised,
      options,
    });
    if (size > MOST_CHARACTERS) {
      const message = `Command exceeds maximum size (${size} of ${MOST_CHARACTERS})`;
      faults.push({ path: '', code: 'APPLICATION_COMMAND_TOO_LARGE', message });
    }
  } else {
    faults.push(...length('name', body.name, 1, 32), ...length('description', description, 0, 0));
    for (const [locale, name] of Object.entries(body.name_localizations ?? {}))
      faults.push(...localeFaults('name_localizations', locale), ...length('name_localizations', name, 1, 32));
  }
  if (faults.length > 0) throw invalidForm(faults);
}

function localeFaults(path: string, locale: string): FormFault[] {
  return LOCALES.includes(locale) ? [] : [{ path, code: 'BASE_TYPE_CHOICES', message: `Unknown locale ${locale}` }];
}

function nameFaults(path: string, name: string, localised: Localisations): FormFault[] {
  const faults: FormFault[] = [];
  for (const [locale, one] of [[null, name], ...Object.entries(localised ?? {})] as const) {
    const where = locale === null ? path : `${path}_localizations.${locale}`;
    if (locale !== null) faults.push(...localeFaults(where, locale));
    if (one === null || one === undefined) continue;
    if (NAME.test(one) && one === one.toLowerCase()) continue;
    faults.push({ path: where, code: 'APPLICATION_COMMAND_INVALID_NAME', message: `Command name is invalid: ${one}` });
  }
  return faults;
}

function textFaults(path: string, text: string, localised: Localisations): FormFault[] {
  const others = Object.entries(localised ?? {}).flatMap(([locale, one]) => {
    const where = `${path}_localizations.${locale}`;
    return [...localeFaults(where, locale), ...length(where, one, 1, 100)];
  });
  return [...length(path, text, 1, 100), ...others];
}

function optionFaults(path: string, options: readonly APIApplicationCommandOption[], depth: number): FormFault[] {
  const faults = [...count(path, options.length, 0, 25)];
  const names = options.map((option) => option.name);
  const bad = (code: string, message: string) => faults.push({ path, code, message });
  if (new Set(names).size < names.length)
    bad('APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', `Option name used twice: ${names}`);
  const required = options.map((option) => option.required === true);
  if (required.lastIndexOf(true) > required.indexOf(false) && required.includes(false)) {
    bad('APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID', 'Required options must be placed before non-required options');
  }
  const nested = options.filter(
    ({ type }) =>
      type === ApplicationCommandOptionType.Subcommand || type === ApplicationCommandOptionType.SubcommandGroup,
  );
  if (nested.length > 0 && nested.length < options.length) {
    bad(
      'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
      'Sub-command and sub-command group option types are mutually exclusive to all other types',
    );
  }
  for (const option of options) {
    const at = `${path}.${option.name}`;
    faults.push(
      ...nameFaults(`${at}.name`, option.name, option.name_localizations),
      ...textFaults(`${at}.description`, option.description, option.description_localizations),
      ...choiceFaults(at, option),
    );
    if ('options' in option) faults.push(...optionFaults(at, option.options ?? [], depth + 1));
    const group = option.type === ApplicationCommandOptionType.SubcommandGroup;
    if ((group && depth > 0) || (option.type === ApplicationCommandOptionType.Subcommand && depth > 1))
      bad('NESTING', `${at} is nested too deep`);
  }
  return faults;
}

function choiceFaults(at: string, option: APIApplicationCommandOption): FormFault[] {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  const both = choices.length > 0 && 'autocomplete' in option && option.autocomplete === true;
  return [
    ...count(`${at}.choices`, choices.length, 0, 25),
    ...choices.flatMap((choice) => [
      ...length(`${at}.choices.name`, choice.name, 1, 100),
      ...(typeof choice.value === 'string' ? length(`${at}.choices.value`, choice.value, 1, 100) : []),
    ]),
    ...(both
      ? [{ path: at, code: 'AUTOCOMPLETE_CHOICES', message: 'autocomplete and choices are mutually exclusive' }]
      : []),
  ];
}

interface Measured {
  readonly name: string;
  readonly name_localizations?: Localisations;
  readonly description: string;
  readonly description_localizations?: Localisations;
  readonly options?: readonly APIApplicationCommandOption[];
}

/** Discord counts names, descriptions and choice values; of localisations, the longest of each. */
function characters(one: Measured): number {
  const longest = (text: string, localised: Localisations) =>
    Math.max(text.length, ...Object.values(localised ?? {}).map((other) => other?.length ?? 0));
  const own = longest(one.name, one.name_localizations) + longest(one.description, one.description_localizations);
  return (one.options ?? []).reduce((sum, option) => {
    const choices = 'choices' in option ? (option.choices ?? []) : [];
    const chosen = choices.reduce(
      (all, choice) => all + longest(choice.name, choice.name_localizations) + String(choice.value).length,
      0,
    );
    const options = 'options' in option ? (option.options ?? []) : [];
    const { name, name_localizations, description, description_localizations } = option;
    return sum + chosen + characters({ name, name_localizations, description, description_localizations, options });
  }, own);
}
