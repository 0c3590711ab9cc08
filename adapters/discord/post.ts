/** Puts a turn's message into its thread or channel, and finds it again. */
import { type APIMessage, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { Debate } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import { type Connection, DENIED, GONE, isThreadOnly, persist, refusedWith } from './connection.ts';
import { appearanceOf, encodeTurn, isSame } from './encode.ts';
import { ownMessages, sendOnce } from './own.ts';
import { mustBeAllowed } from './permissions.ts';
import type { Webhooks } from './webhooks.ts';

/** Posts it once: a rejection may mean that it arrived all the same. */
export async function postTurn(connection: Connection, webhooks: Webhooks, message: Outgoing): Promise<string> {
  const { channel, thread } = message.debate.thread;
  const target = message.to === 'channel' ? channel : thread;
  // A forum has no place for messages of its own: the post in it says it all.
  if (message.to === 'channel' && (await isThreadOnly(connection.client, channel))) return thread;
  try {
    return await attempt(connection, webhooks, message, target);
  } catch (error) {
    if (refusedWith(error, RESTJSONErrorCodes.InvalidActionOnArchivedThread)) {
      await connection.rest.patch(Routes.channel(thread), { body: { archived: false } });
      return attempt(connection, webhooks, message, target);
    }
    throw await explained(error, connection, message.debate);
  }
}

async function attempt({ once, host }: Connection, webhooks: Webhooks, message: Outgoing, target: string) {
  const { channel, thread } = message.debate.thread;
  const inThread = message.to === 'thread' && thread !== channel ? thread : null;
  const isDirect = thread === channel;
  const hooked = { ...encodeTurn(message, host.verbs, false), ...appearanceOf(message) };
  const id = isDirect ? null : await webhooks.post(channel, inThread, hooked);
  return id ?? sendOnce(once, target, encodeTurn(message, host.verbs, true), message.key);
}

/** The id of the message that carries this one's words, among ours since the debate began; null: there is none. */
export async function findTurn(connection: Connection, message: Outgoing): Promise<string | null> {
  const { channel, thread } = message.debate.thread;
  if (message.to === 'channel' && (await isThreadOnly(connection.client, channel))) return null;
  const hooked = encodeTurn(message, connection.host.verbs, false);
  const named = encodeTurn(message, connection.host.verbs, true);
  const { username } = appearanceOf(message);
  const isIt = (found: APIMessage) =>
    found.author.id === connection.client.user.id
      ? isSame(found, named, null)
      : found.application_id === connection.client.application.id && isSame(found, hooked, username);
  const where = message.to === 'channel' ? channel : thread;
  try {
    return (await persist(() => ownMessages(connection, where, message.debate, isIt)))?.id ?? null;
  } catch (error) {
    throw await explained(error, connection, message.debate);
  }
}

/** The same failure as what somebody can do about it, where somebody can. */
async function explained(error: unknown, { client }: Connection, debate: Debate): Promise<unknown> {
  const { channel, thread } = debate.thread;
  if (refusedWith(error, ...GONE)) return threadGone(error, debate);
  if (!refusedWith(error, ...DENIED, RESTJSONErrorCodes.ThreadLocked)) return error;
  const place = { adapter: debate.thread.adapter, workspace: debate.workspace, channel, thread };
  const missing = await mustBeAllowed(client, place, true).catch((cause: unknown) => cause);
  return missing instanceof InputError ? missing : threadClosed(error, debate);
}

function threadGone(cause: unknown, { id }: Debate): InputError {
  return new InputError(
    {
      en: `The thread or channel of debate ${id} was deleted; what was said is kept: "export" hands it out.`,
      es: `El hilo o el canal del debate ${id} se ha borrado; lo dicho queda guardado: «exportar» lo entrega.`,
    },
    { cause },
  );
}

function threadClosed(cause: unknown, { id }: Debate): InputError {
  return new InputError(
    {
      en: `I may not write in the thread of debate ${id}; unlock it or let me Send Messages in Threads, then resume.`,
      es: `No puedo escribir en el hilo del debate ${id}; desbloquéalo o dame «Enviar mensajes en hilos» y reanúdalo.`,
    },
    { cause },
  );
}
