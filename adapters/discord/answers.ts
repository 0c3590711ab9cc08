/** What the host answers, to the person who asked. */
import {
  type AttachmentPayload,
  type Message,
  MessageFlags,
  RESTJSONErrorCodes,
  type RepliableInteraction,
} from 'discord.js';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Reply } from '../../src/ports/host.ts';
import { type Connection, refusedWith } from './connection.ts';
import type { Row } from './controls.ts';
import { splitTurn } from './encode.ts';
import { toDiscord } from './markdown.ts';
import { WORDS } from './words.ts';

/** More messages than this are a file. */
const MOST_MESSAGES = 2;

export interface Answer {
  readonly content: string;
  readonly files: AttachmentPayload[];
  readonly components?: readonly Row[];
}

/** A reply as messages; a long one as its beginning and a file. */
export function encodeReply(
  { text, attachment, debateId }: Reply,
  language: Language,
  thread: string | null,
): Answer[] {
  const files = attachment ? [{ attachment: Buffer.from(attachment.content), name: attachment.name }] : [];
  const link = thread ? ` <#${thread}>` : '';
  const pieces = splitTurn(text.replaceAll(/^### /gm, '## ')).map(toDiscord);
  const [first = attachment ? '' : inLanguage(WORDS.done, language), ...rest] = pieces;
  if (pieces.length <= MOST_MESSAGES) {
    return [{ content: first + link, files }, ...rest.map((content) => ({ content, files: [] }))];
  }
  const whole = { attachment: Buffer.from(text), name: `${debateId ?? 'tertulia'}.md` };
  return [{ content: first, files: [...files, whole] }];
}

/** One sentence on what went wrong; only what the person can put right is told in detail. */
export function encodeFailure(error: unknown, language: Language): Answer {
  const text = error instanceof InputError ? error.in(language) : inLanguage(WORDS.failed, language);
  return { content: toDiscord(text).slice(0, 2000), files: [] };
}

/** The first sign of life, before any work; false: Discord gave the person up already, so nothing is to be done. */
export async function acknowledge(interaction: RepliableInteraction, { log }: Connection): Promise<boolean> {
  try {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    return true;
  } catch (error) {
    log(
      'an interaction could not be acknowledged',
      { ...(interaction.guildId && { workspace: interaction.guildId }) },
      error,
    );
    // Any other failure may hide that it came through, and the person waits.
    return !refusedWith(error, RESTJSONErrorCodes.UnknownInteraction);
  }
}

/** Answers an acknowledged interaction; a token that is used up does not keep the answer from who asked. */
export async function answer(interaction: RepliableInteraction, answers: readonly Answer[]): Promise<void> {
  const [first, ...rest] = answers;
  if (!first) return;
  const allowedMentions = { parse: [] };
  try {
    // After an acknowledgement that was lost the library does not know of it.
    interaction.deferred = true;
    await interaction.editReply({ ...first, allowedMentions });
    for (const each of rest) await interaction.followUp({ ...each, allowedMentions, flags: MessageFlags.Ephemeral });
  } catch (error) {
    if (!refusedWith(error, RESTJSONErrorCodes.InvalidWebhookToken, RESTJSONErrorCodes.UnknownWebhook)) throw error;
    if (interaction.channel?.isSendable()) await interaction.channel.send({ ...first, allowedMentions });
  }
}

/** Answers somebody's message where it stands, without a ping. */
export async function answerMessage(message: Message, answers: readonly Answer[]): Promise<void> {
  for (const each of answers) {
    await message.reply({
      ...each,
      allowedMentions: { parse: [], repliedUser: false },
      flags: MessageFlags.SuppressEmbeds,
    });
  }
}
