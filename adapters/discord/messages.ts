/** What people write: in a debate's thread it is said to the panel, with our mention it may begin a debate. */
import type { Message, PartialMessage } from 'discord.js';
import { articleVerb, decodeArticle, type FileRef } from '../../src/chat/pointed.ts';
import { InputError } from '../../src/errors.ts';
import type { Incoming, Place, Reply } from '../../src/ports/host.ts';
import { answerMessage, encodeFailure, encodeReply } from './answers.ts';
import type { Connection } from './connection.ts';
import { plainWords } from './decode.ts';
import { fetchFile } from './files.ts';
import { personOfMessage, placeOfMessage } from './places.ts';
import { languageOf, WORDS } from './words.ts';

/** Never rejects: what goes wrong is told to the person, or logged. */
export async function onMessage(message: Message, connection: Connection): Promise<void> {
  const { client, debates, host, log } = connection;
  // Bots, webhooks (our own personas among them) and Discord itself are nobody to talk with.
  if (message.author.bot || message.webhookId !== null || message.system) return;
  const place = placeOfMessage(message);
  const isMentioned = message.mentions.users.has(client.user.id);
  const isHere = isHeldIn(message, place, connection);
  if (!isMentioned && !isHere) return;
  const debate = place.thread === null ? undefined : debates.get(place.thread);
  const language = debate?.language ?? languageOf(message.guild?.preferredLocale ?? 'en');
  try {
    const incoming = await decodeMessage(message, place, connection, isMentioned || message.guildId === null);
    if (!incoming) return;
    const reply: Reply =
      incoming === 'unclear'
        ? { text: WORDS.mention[language === 'es' ? 'es' : 'en'] }
        : await host.receive({ id: message.id, by: personOfMessage(message), place, language, ...incoming });
    if (reply.text !== '') await answerMessage(message, encodeReply(reply, language, null));
  } catch (error) {
    if (!(error instanceof InputError)) log('a message could not be taken in', { workspace: place.workspace }, error);
    await answerMessage(message, [encodeFailure(error, language)]).catch((cause: unknown) =>
      log('a message could not be answered', { workspace: place.workspace }, cause),
    );
  }
}

/** Somebody put otherwise what they wrote; previews that were loaded change a message, too. Never rejects. */
export async function onEdit(message: Message, { client, debates, host, log }: Connection): Promise<void> {
  if (message.author?.bot !== false || message.webhookId !== null || message.editedTimestamp === null) return;
  const place = placeOfMessage(message);
  if (!isHeldIn(message, place, { client, debates })) return;
  const nameOf = (id: string) => message.mentions.users.get(id)?.displayName;
  const text = plainWords(message.content, client.user.id, nameOf);
  const act = { type: 'amend', of: message.id, text } as const;
  await host
    .receive({ id: `${message.id}:edit`, by: personOfMessage(message), place, language: 'en', act })
    .catch((error: unknown) => log('an edit could not be taken in', { workspace: place.workspace }, error));
}

/** Somebody took back what they wrote; Discord does not say who. Never rejects. */
export async function onDelete(message: Message | PartialMessage, { client, debates, host, log }: Connection) {
  const place = placeOfMessage(message);
  if (!isHeldIn(message, place, { client, debates })) return;
  const act = { type: 'withdraw', of: message.id } as const;
  const by = { id: message.author?.id ?? '', name: '', admin: false, roles: [] };
  await host
    .receive({ id: `${message.id}:delete`, by, place, language: 'en', act })
    .catch((error: unknown) => log('a deletion could not be taken in', { workspace: place.workspace }, error));
}

/** Whether what is written there is meant for a panel: a direct message, a thread of ours, or one a debate was begun in. */
function isHeldIn(
  { channel }: Pick<Message, 'channel'>,
  { thread }: Place,
  { client, debates }: Pick<Connection, 'client' | 'debates'>,
): boolean {
  if (thread === null) return false;
  if (debates.has(thread) || channel.isDMBased()) return true;
  return channel.isThread() && channel.ownerId === client.user.id;
}

/** null: nothing was said. `unclear`: somebody called us and gave us nothing. */
async function decodeMessage(
  message: Message,
  place: Place,
  connection: Connection,
  isCalled: boolean,
): Promise<Pick<Incoming, 'act' | 'attachments'> | 'unclear' | null> {
  const { client, host } = connection;
  const nameOf = (id: string) =>
    message.mentions.members?.get(id)?.displayName ?? message.mentions.users.get(id)?.displayName;
  const text = plainWords(message.content, client.user.id, nameOf);
  // In a thread with a panel a link is part of what is said; a direct message has no other way to begin.
  const isInDebate = isHeldIn(message, place, connection) && message.guildId !== null;
  const verb = articleVerb(host.verbs);
  const pointed = isCalled && !isInDebate && verb ? decodeArticle(verb, text, filesOf(message)) : null;
  if (pointed) return { act: pointed.act, ...(pointed.file && { attachments: await fetchFile(pointed.file) }) };
  if (text === '') return isCalled ? 'unclear' : null;
  if (place.thread === null) return 'unclear';
  return { act: { type: 'say', text } };
}

export function filesOf({ attachments }: Message): FileRef[] {
  return attachments.map(({ name, url, contentType, size }) => ({ name, url, contentType, size }));
}
