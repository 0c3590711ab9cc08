/** Commands, buttons, forms and menus: acknowledged, then brought to the host, then answered. */
import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
  ModalSubmitInteraction,
  RepliableInteraction,
} from 'discord.js';
import { askedFor } from '../../src/chat/offered.ts';
import { articleVerb, chosenId, decodeMenu, matching } from '../../src/chat/pointed.ts';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Incoming, Place, Reply, VerbArgument, VerbDefinition } from '../../src/ports/host.ts';
import { clipped } from '../../src/text/safe.ts';
import { type Answer, acknowledge, answer, encodeFailure, encodeReply } from './answers.ts';
import { FILE } from './commands.ts';
import type { Connection } from './connection.ts';
import { type Control, formFor, invitationRows, readControl } from './controls.ts';
import { type Act, decodeOptions } from './decode.ts';
import { asFile, fetchFile } from './files.ts';
import { filesOf } from './messages.ts';
import { personOfInteraction, placeOfInteraction, rolesOf } from './places.ts';
import { languageOf, WORDS } from './words.ts';

/** What is asked, once the files it came with are here. */
interface Asked {
  readonly act: Act;
  readonly place: Place;
  readonly attachments?: Incoming['attachments'];
}

/** Never rejects: what goes wrong is told to the person, or logged. */
export async function onInteraction(interaction: Interaction, connection: Connection): Promise<void> {
  try {
    if (interaction.isAutocomplete()) await suggest(interaction, connection);
    else if (interaction.isChatInputCommand())
      await perform(interaction, connection, () => commanded(interaction, connection));
    else if (interaction.isMessageContextMenuCommand()) {
      await perform(interaction, connection, () => pointedAt(interaction, connection));
    } else if (interaction.isButton()) await press(interaction, connection);
    else if (interaction.isModalSubmit())
      await perform(interaction, connection, () => filledIn(interaction, connection));
  } catch (error) {
    const about = interaction.guildId ? { workspace: interaction.guildId } : {};
    connection.log('an interaction could not be answered', about, error);
  }
}

/** Acknowledges, finds out what is asked, has the host do it and answers. */
async function perform(interaction: RepliableInteraction, connection: Connection, ask: () => Asked | Promise<Asked>) {
  if (!(await acknowledge(interaction, connection))) return;
  const language = languageOf(interaction.locale);
  try {
    const { act, place, attachments } = await ask();
    const reply = await connection.host.receive({
      id: interaction.id,
      by: personOfInteraction(interaction),
      place,
      language,
      act: await withIds(act, place, connection, language),
      ...(attachments && { attachments }),
    });
    const answers = encodeReply(reply, language, threadOf(reply, interaction.channelId, connection));
    await answer(interaction, withInvitations(answers, reply, connection, language));
  } catch (error) {
    if (!(error instanceof InputError))
      connection.log('a verb failed', { workspace: placeOfInteraction(interaction).workspace }, error);
    await answer(interaction, [encodeFailure(error, language)]);
  }
}

/** What the person may want to do next hangs under the last message. */
function withInvitations(
  answers: readonly Answer[],
  { invites = [] }: Reply,
  { host }: Connection,
  language: Language,
) {
  const components = invitationRows(invites, host.verbs, null, language);
  return components.length === 0
    ? answers
    : answers.map((each, at) => (at === answers.length - 1 ? { ...each, components } : each));
}

/** The thread of a debate that is held elsewhere than where it was asked about. */
function threadOf({ debateId }: Reply, here: string | null, { debates }: Connection): string | null {
  const debate = [...debates.values()].findLast(({ id }) => id === debateId);
  const elsewhere = debate && debate.thread.thread !== here && debate.thread.thread !== debate.thread.channel;
  return elsewhere ? debate.thread.thread : null;
}

async function commanded(interaction: ChatInputCommandInteraction, { host }: Connection): Promise<Asked> {
  const verb = verbCalled(interaction.options.getSubcommand(), host.verbs);
  const [subcommand] = interaction.options.data;
  const args = decodeOptions(subcommand?.options ?? [], verb);
  const file = verb === articleVerb(host.verbs) ? interaction.options.getAttachment(FILE) : null;
  return {
    act: { type: 'verb', verb: verb.name, args },
    place: placeOfInteraction(interaction),
    ...(file && { attachments: await fetchFile(file) }),
  };
}

async function pointedAt(interaction: MessageContextMenuCommandInteraction, { host }: Connection): Promise<Asked> {
  const place = placeOfInteraction(interaction);
  const verb = articleVerb(host.verbs);
  const { targetMessage } = interaction;
  const pointed = verb && decodeMenu(verb, targetMessage.content, filesOf(targetMessage));
  if (!verb || !pointed) throw new InputError(WORDS.nothingThere);
  if ('words' in pointed) {
    return { act: { type: 'verb', verb: verb.name, args: {} }, place, attachments: asFile(pointed.words) };
  }
  return { act: pointed.act, place, ...(pointed.file && { attachments: await fetchFile(pointed.file) }) };
}

/** A verb that needs more than the button knows is asked for in a form, which acknowledges by itself. */
async function press(interaction: ButtonInteraction, connection: Connection): Promise<void> {
  const control = readControl(interaction.customId);
  const verb = control && connection.host.verbs.find((each) => each.name === control.verb);
  if (!control || !verb) return;
  const asked = askedFor(verb, control.args);
  if (asked.length === 0) {
    return perform(interaction, connection, () => controlled(interaction, control, verb, {}));
  }
  const language = languageOf(interaction.locale);
  const place = placeHeld(interaction, control);
  const entries = asked.map(async (argument) => [
    argument.name,
    await offeredFor(argument, place, connection, language),
  ]);
  await interaction.showModal(formFor(verb, control, Object.fromEntries(await Promise.all(entries)), language));
}

function filledIn(interaction: ModalSubmitInteraction, { host }: Connection): Asked {
  const control = readControl(interaction.customId);
  if (!control) throw new Error('a form of nobody');
  const given = interaction.fields.fields.map((field) => {
    const value = 'values' in field ? field.values.join(' ') : 'value' in field ? field.value : '';
    return [field.customId, String(value)] as const;
  });
  return controlled(interaction, control, verbCalled(control.verb, host.verbs), Object.fromEntries(given));
}

function controlled(
  interaction: Interaction,
  control: Control,
  verb: VerbDefinition,
  given: Readonly<Record<string, string>>,
): Asked {
  const which = verb.args.find((argument) => argument.choices === 'debates');
  const { held } = control;
  const args = { ...control.args, ...given, ...(which && held && { [which.name]: held.debate }) };
  return { act: { type: 'verb', verb: verb.name, args }, place: placeHeld(interaction, control) };
}

/** The debate's own thread, wherever the button hangs. */
function placeHeld(interaction: Interaction, { held }: Control): Place {
  const here = placeOfInteraction(interaction);
  return held ? { ...here, channel: held.channel, thread: held.thread } : here;
}

async function suggest(interaction: AutocompleteInteraction, connection: Connection): Promise<void> {
  const verb = verbCalled(interaction.options.getSubcommand(), connection.host.verbs);
  const focused = interaction.options.getFocused(true);
  const argument = verb.args.find((each) => each.name.toLowerCase() === focused.name);
  const language = languageOf(interaction.locale);
  const offered = argument ? await offeredFor(argument, placeOfInteraction(interaction), connection, language) : [];
  const fitting = matching(focused.value, offered).filter(({ id }) => id.length <= 100);
  await interaction.respond(
    fitting.slice(0, 25).map(({ id, name }) => ({ value: id, name: clipped(name || id, 100) })),
  );
}

/** What an argument may be; nothing when it may be anything. */
async function offeredFor(argument: VerbArgument, place: Place, { host, client }: Connection, language: Language) {
  const { choices, options } = argument;
  if (options) return options.map(({ id, name }) => ({ id, name: inLanguage(name, language) }));
  if (choices === undefined) return [];
  return choices === 'roles' ? rolesOf(client, place.workspace) : host.choices(place, choices, language);
}

/** People may type a shown name where an id is meant. */
async function withIds(act: Act, place: Place, connection: Connection, language: Language): Promise<Act> {
  const verb = act.type === 'verb' && connection.host.verbs.find((each) => each.name === act.verb);
  if (act.type !== 'verb' || !verb) return act;
  const entries = Object.entries(act.args).map(async ([name, value]) => {
    const argument = verb.args.find((each) => each.name === name);
    const offered = argument ? await offeredFor(argument, place, connection, language) : [];
    return [name, chosenId(value, offered)];
  });
  return { ...act, args: Object.fromEntries(await Promise.all(entries)) };
}

function verbCalled(name: string, verbs: readonly VerbDefinition[]): VerbDefinition {
  const verb = verbs.find((each) => each.name === name);
  if (verb) return verb;
  throw new InputError({
    en: `There is no "${name}" any more; type /debate to see what there is.`,
    es: `«${name}» ya no existe; escribe /debate para ver lo que hay.`,
  });
}
