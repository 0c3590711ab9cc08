/** The host's verbs as `/debate …` commands and a message menu, registered where they changed. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  type LocalizationMap,
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';
import { articleVerb } from '../../src/chat/pointed.ts';
import type { Localised } from '../../src/debate.ts';
import type { VerbArgument, VerbDefinition } from '../../src/ports/host.ts';
import { clipped } from '../../src/text/safe.ts';
import { WORDS } from './words.ts';

/** Discord holds no more subcommands, and options of one, than this: what verbs are about has a command each. */
const MOST = 25;
const COMMANDS: readonly (Pick<VerbDefinition, 'about'> & { readonly word: Localised; readonly summary: Localised })[] =
  [
    { word: { en: 'debate', es: 'debate' }, summary: WORDS.root },
    { about: 'table', word: { en: 'panel', es: 'mesa' }, summary: WORDS.table },
    { about: 'calendar', word: { en: 'calendar', es: 'agenda' }, summary: WORDS.calendar },
  ];
/** The option for an attached article. */
export const FILE = 'file';

type Subcommand = NonNullable<RESTPostAPIChatInputApplicationCommandsJSONBody['options']>[number];
type Option = { name: string; required?: boolean } & Subcommand;

/**
 * Where they may be used (servers, direct messages, anywhere for who installed the bot for themselves) is left to the
 * application's own installation settings. One subcommand a verb; files come with the verb that takes an article.
 */
export function renderCommands(verbs: readonly VerbDefinition[]): RESTPostAPIApplicationCommandsJSONBody[] {
  const article = articleVerb(verbs);
  const commands = COMMANDS.flatMap(({ about, word, summary }) => {
    const own = verbs.filter((verb) => verb.about === about).slice(0, MOST);
    const options = own.map((verb) => subcommand(verb, verb === article));
    const type = ApplicationCommandType.ChatInput as const;
    return own.length === 0 ? [] : [{ type, ...named(word), ...described(summary), options }];
  });
  const menu = { type: ApplicationCommandType.Message, ...named(WORDS.menu) } as const;
  return [...commands, ...(article ? [menu] : [])];
}

function subcommand(verb: VerbDefinition, takesFile: boolean) {
  const file: Option = {
    type: ApplicationCommandOptionType.Attachment,
    name: FILE,
    name_localizations: localised(WORDS.file),
    ...described(WORDS.fileHelp),
  };
  const options = [...verb.args.map(option), ...(takesFile ? [file] : [])];
  return {
    type: ApplicationCommandOptionType.Subcommand,
    name: verb.name,
    name_localizations: localised(verb.word),
    ...described(verb.summary),
    // Discord wants what is required first.
    options: options
      .toSorted((one, other) => Number(other.required ?? false) - Number(one.required ?? false))
      .slice(0, MOST),
  } as const;
}

function option(argument: VerbArgument) {
  return {
    type: ApplicationCommandOptionType.String,
    name: argument.name.toLowerCase(),
    name_localizations: localised(argument.word),
    ...described(argument.summary),
    required: argument.required,
    ...(argument.options
      ? {
          choices: argument.options.map(({ id, name }) => ({
            name: name.en,
            name_localizations: localised(name),
            value: id,
          })),
        }
      : { autocomplete: argument.choices !== undefined }),
  } as const;
}

function localised(word: Localised): LocalizationMap {
  return { 'en-US': word.en, 'en-GB': word.en, 'es-ES': word.es, 'es-419': word.es };
}

function named(name: Localised) {
  return { name: name.en, name_localizations: localised(name) };
}

function described(text: Localised) {
  const short = { en: clipped(text.en, 100), es: clipped(text.es, 100) };
  return { description: short.en, description_localizations: localised(short) };
}

/** Registers them unless they stand there already; `guildId`: for one guild, where they appear at once. Tells whether. */
export async function registerCommands(
  rest: REST,
  applicationId: string,
  guildId: string | null,
  commands: readonly RESTPostAPIApplicationCommandsJSONBody[],
): Promise<boolean> {
  const route = guildId
    ? Routes.applicationGuildCommands(applicationId, guildId)
    : Routes.applicationCommands(applicationId);
  const there: unknown = await rest.get(route, { query: new URLSearchParams({ with_localizations: 'true' }) });
  const isThere = (command: unknown) => Array.isArray(there) && there.some((each) => isSame(command, each));
  if (Array.isArray(there) && there.length === commands.length && commands.every(isThere)) return false;
  await rest.put(route, { body: commands });
  return true;
}

/** Whether `there` says all that `ours` says, and of lists no more; what is empty may as well be missing. */
function isSame(ours: unknown, there: unknown): boolean {
  if (isNothing(ours)) return isNothing(there);
  if (Array.isArray(ours)) {
    return Array.isArray(there) && ours.length === there.length && ours.every((each, at) => isSame(each, there[at]));
  }
  if (typeof ours !== 'object' || ours === null) return ours === there;
  if (typeof there !== 'object' || there === null) return false;
  const theirs = new Map(Object.entries(there));
  return Object.entries(ours).every(([key, value]) => isSame(value, theirs.get(key)));
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null || value === false || (Array.isArray(value) && value.length === 0);
}
