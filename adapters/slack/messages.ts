/** What people write: in a debate's thread it is said to the panel, with our mention or to us alone it may begin one. */
import { z } from 'zod';
import { articleVerb, decodeArticle } from '../../src/chat/pointed.ts';
import { inLanguage, type Language } from '../../src/debate.ts';
import type { Place } from '../../src/ports/host.ts';
import type { Asker } from './answers.ts';
import { type Asked, choicesFor, help, placeIn, see } from './asking.ts';
import { type Connection, placeKey, type Workspace } from './connection.ts';
import { decodeTyped, filesOf, isWritten, messageShape, type SlackMessage, saidId, verbIn } from './decode.ts';
import { fetchFiles, readable, threadMaterial, transcript } from './files.ts';
import { fromSlack } from './mrkdwn.ts';
import type { StatusBoard } from './status.ts';
import { WORDS } from './words.ts';

const eventShape = messageShape.extend({
  channel: z.string(),
  message: messageShape.nullish(),
  previous_message: messageShape.nullish(),
  deleted_ts: z.string().nullish(),
});

/** A message somebody wrote, and where. */
interface Said {
  readonly message: SlackMessage;
  readonly channel: string;
  readonly user: string;
}

/** Never rejects: what goes wrong is told to the person, or logged. */
export async function onMessage(event: unknown, teamId: string, connection: Connection, board: StatusBoard) {
  const { data } = eventShape.safeParse(event);
  if (!data) return;
  const { channel, message, previous_message: before } = data;
  const root = [message, before, data].map((each) => each?.thread_ts).find(Boolean) ?? before?.ts ?? data.ts;
  await connection.inTurn(placeKey({ channel, thread: root }), () => takeIn(data, teamId, connection, board));
}

async function takeIn(data: Change, teamId: string, connection: Connection, board: StatusBoard): Promise<void> {
  try {
    const workspace = await connection.workspace(teamId);
    if (data.subtype === 'message_changed' && data.message) await changed(data, data.message, workspace, connection);
    else if (data.subtype === 'message_deleted') await deleted(data, workspace, connection);
    else if (isWritten(data) && data.user && data.user !== workspace.botUserId) {
      await said({ message: data, channel: data.channel, user: data.user }, workspace, connection, board);
    }
  } catch (error) {
    connection.log('a message could not be taken in', { workspace: teamId }, error);
  }
}

async function said(
  { message, channel, user }: Said,
  workspace: Workspace,
  connection: Connection,
  board: StatusBoard,
) {
  const isDirect = channel.startsWith('D');
  const isCalled = isDirect || (message.text ?? '').includes(`<@${workspace.botUserId}>`);
  const thread = message.thread_ts ?? null;
  const place = placeIn(workspace, channel, thread);
  const isHere = thread !== null && (await isHeldIn(place, connection));
  if (!isCalled && !isHere) return;
  const known = await connection.people.of(workspace, user);
  // In a debate its own language is spoken.
  const debate = thread === null ? undefined : connection.debates.get(placeKey({ channel, thread }));
  const language = debate?.language ?? known.language;
  // What is answered to a message of a channel hangs from it.
  const root = thread ?? message.ts;
  const asker: Asker = { workspace, user, channel, thread: root, language };
  await see(connection, asker, saidId(channel, message.ts), () => {
    const given = { message, channel, root, place, language };
    if (!isCalled) return { act: { type: 'say', text: fromSlack(message.text ?? '', workspace.botUserId) }, place };
    return called({ ...given, isHere, isDirect }, workspace, connection, board);
  });
}

interface Call {
  readonly message: SlackMessage;
  readonly channel: string;
  /** The message the thread hangs from, or would. */
  readonly root: string;
  readonly place: Place;
  readonly language: Language;
  readonly isHere: boolean;
  readonly isDirect: boolean;
}

/** Somebody called us, or wrote to us alone. */
async function called(call: Call, workspace: Workspace, connection: Connection, board: StatusBoard): Promise<Asked> {
  const { message, root, place, language, isHere, isDirect } = call;
  const { host } = connection;
  const text = await withNames(message.text ?? '', workspace, connection);
  const article = articleVerb(host.verbs);
  const files = filesOf(message).filter(readable);
  const verb = verbIn(text, host.verbs);
  const begin = { ...place, thread: root };
  if (/^(?:help|ayuda)$/i.test(text)) return help(host, language);
  if (verb && !(verb === article && files.length > 0)) {
    const typed = decodeTyped(text, host.verbs, language, await choicesFor(verb, place, connection, language));
    if (typed.type === 'act') return { act: typed.act, place: verb === article ? begin : place };
  }
  if (isHere) return text === '' ? null : { act: { type: 'say', text }, place };
  if (!article) return inLanguage(WORDS.mention, language);
  const pointed = decodeArticle(article, text, files);
  const reads = () =>
    board.line({ workspace: workspace.id, thread: { ...begin, thread: root } }, inLanguage(WORDS.isReading, language));
  if (pointed) {
    reads();
    return { act: pointed.act, place: begin, ...(pointed.file && { attachments: await fetchFiles(workspace, files) }) };
  }
  // In a thread of people all of it is what they mean.
  if (place.thread === null || (isDirect && text === '')) return inLanguage(WORDS.mention, language);
  reads();
  return fromThread(call, text, workspace, connection);
}

async function fromThread(
  { message, channel, root, place, language }: Call,
  question: string,
  workspace: Workspace,
  connection: Connection,
): Promise<Asked> {
  const article = articleVerb(connection.host.verbs);
  const material = await threadMaterial(workspace, { channel, thread: root }, message.ts);
  const args = { ...(question !== '' && { question }) };
  const files = await fetchFiles(workspace, material.files);
  const [first] = material.messages;
  const link = article && first && decodeArticle(article, fromSlack(first.text ?? '', workspace.botUserId), []);
  // A thread that hangs from a link is about what it leads to.
  if (files.length === 0 && link?.act.type === 'verb') {
    return { act: { ...link.act, args: { ...link.act.args, ...args } }, place: { ...place, thread: root } };
  }
  const words = await transcript(connection, workspace, material.messages, language);
  const attachments = [...files, ...words];
  if (!article || attachments.length === 0) return inLanguage(WORDS.mention, language);
  return { act: { type: 'verb', verb: article.name, args }, place: { ...place, thread: root }, attachments };
}

/** As people read it: with names for ids, without our own. */
async function withNames(text: string, workspace: Workspace, { people }: Connection): Promise<string> {
  const ids = new Set([...text.matchAll(/<@([UW][A-Z0-9]+)/g)].map(([, id = '']) => id));
  ids.delete(workspace.botUserId);
  const names = new Map<string, string>();
  for (const id of ids) names.set(id, (await people.of(workspace, id)).person.name);
  return fromSlack(text, workspace.botUserId, (id) => names.get(id));
}

/** Whether what is written there is meant for a panel. */
async function isHeldIn(place: Place, { debates, host }: Connection): Promise<boolean> {
  return debates.has(placeKey({ channel: place.channel, thread: place.thread ?? '' })) || (await host.holds(place));
}

type Change = z.infer<typeof eventShape>;

async function changed(
  { channel, previous_message }: Change,
  now: SlackMessage,
  workspace: Workspace,
  connection: Connection,
) {
  // Previews that were loaded and replies that were counted change a message, too.
  if (!isWritten(now) || !now.user || !now.thread_ts || now.text === previous_message?.text) return;
  const text = await withNames(now.text ?? '', workspace, connection);
  if (verbIn(text, connection.host.verbs)) return;
  const act = { type: 'amend', of: saidId(channel, now.ts), text } as const;
  await amend(act, now.user, placeIn(workspace, channel, now.thread_ts), workspace, connection);
}

async function deleted(
  { channel, previous_message, deleted_ts }: Change,
  workspace: Workspace,
  connection: Connection,
) {
  if (!deleted_ts || !previous_message?.thread_ts || !isWritten(previous_message) || !previous_message.user) return;
  const act = { type: 'withdraw', of: saidId(channel, deleted_ts) } as const;
  const place = placeIn(workspace, channel, previous_message.thread_ts);
  await amend(act, previous_message.user, place, workspace, connection);
}

async function amend(
  act:
    | { readonly type: 'amend'; readonly of: string; readonly text: string }
    | { readonly type: 'withdraw'; readonly of: string },
  user: string,
  place: Place,
  workspace: Workspace,
  connection: Connection,
): Promise<void> {
  if (!(await isHeldIn(place, connection))) return;
  const { person, language } = await connection.people.of(workspace, user);
  await connection.host.receive({ id: `${act.of}:${act.type}`, by: person, place, language, act });
}
