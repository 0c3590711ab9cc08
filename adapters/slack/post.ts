/** Puts a turn's message into its thread or channel, and finds it again. */
import { z } from 'zod';
import type { Debate } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import { LOCKED_OUT, patiently, refusedWith } from './clients.ts';
import type { Connection, Workspace } from './connection.ts';
import { appearanceOf, type Body, encodeTurn, QUIET } from './encode.ts';
import { carries, metadataOf, ownMessages } from './own.ts';
import { notInMembers } from './places.ts';
import type { Streams } from './streams.ts';
import { notInstalled } from './workspaces.ts';

/** What grew there can't be written over: the turn is a message of its own. */
const LOST = [
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'streaming_state_conflict',
  'update_failed',
];

const posted = z.object({ ts: z.string() });

/** Posts it once: a rejection may mean that it arrived all the same. */
export async function postTurn(connection: Connection, streams: Streams, message: Outgoing): Promise<string> {
  const { debate, turn, part } = message;
  try {
    const workspace = await connection.workspace(debate.workspace);
    const isFirst = message.to === 'thread' && part === 0;
    const grown = isFirst ? await streams.settle(debate, turn.key) : null;
    const body = await encoded(workspace, connection, message);
    const ts = (grown && (await writeOver(workspace, message, body, grown))) ?? (await post(workspace, message, body));
    if (isFirst) streams.posted(debate, turn.key);
    return ts;
  } catch (error) {
    throw explained(error, debate);
  }
}

async function encoded(workspace: Workspace, { host, log }: Connection, message: Outgoing): Promise<Body> {
  const named = !workspace.scopes.has('chat:write.customize');
  const { channel, thread } = message.debate.thread;
  let link: string | null = null;
  if (message.to === 'channel') {
    const asked = patiently(() => workspace.rest.chat.getPermalink({ channel, message_ts: thread }));
    link = await asked.then(
      ({ permalink }) => permalink ?? null,
      (error: unknown) => {
        log('a link could not be had', { workspace: workspace.id, debate: message.debate.id }, error);
        return null;
      },
    );
  }
  return encodeTurn(message, host.verbs, { named, link });
}

async function post({ once, scopes }: Workspace, message: Outgoing, body: Body): Promise<string> {
  const { channel, thread } = message.debate.thread;
  const answer = await patiently(() =>
    once.chat.postMessage({
      channel,
      ...(message.to === 'thread' && { thread_ts: thread }),
      ...(scopes.has('chat:write.customize') && appearanceOf(message)),
      ...body,
      ...QUIET,
      metadata: metadataOf('turn', message.key),
    }),
  );
  return posted.parse(answer).ts;
}

/** null: it can't be, and nothing stands there any more. */
async function writeOver(workspace: Workspace, message: Outgoing, body: Body, ts: string): Promise<string | null> {
  const { channel } = message.debate.thread;
  const metadata = metadataOf('turn', message.key);
  const { once, rest } = workspace;
  try {
    await patiently(() => once.chat.update({ channel, ts, ...body, parse: 'none', link_names: false, metadata }));
    return ts;
  } catch (error) {
    if (!refusedWith(error, ...LOST)) throw error;
    await patiently(() => rest.chat.delete({ channel, ts })).catch(() => undefined);
    return null;
  }
}

/** The id of the message that carries this one's key, among ours since the debate began; null: there is none. */
export async function findTurn({ workspace }: Connection, streams: Streams, message: Outgoing): Promise<string | null> {
  const { debate, to, key } = message;
  try {
    const [found] = await ownMessages(await workspace(debate.workspace), debate, to, carries(key), 1);
    if (found && to === 'thread') streams.posted(debate, message.turn.key);
    return found?.ts ?? null;
  } catch (error) {
    throw explained(error, debate);
  }
}

/** The same failure as what somebody can do about it, where somebody can. */
function explained(error: unknown, debate: Debate): unknown {
  if (refusedWith(error, ...LOCKED_OUT)) return notInstalled(error);
  if (refusedWith(error, 'thread_not_found', 'cannot_reply_to_message', 'message_not_found'))
    return gone(error, debate);
  if (refusedWith(error, 'channel_not_found', 'not_in_channel')) return notInMembers(error);
  if (refusedWith(error, 'is_archived', 'restricted_action', 'restricted_action_thread_locked')) {
    return closed(error, debate);
  }
  return error;
}

function gone(cause: unknown, { id }: Debate): InputError {
  return new InputError(
    {
      en: `The thread of debate ${id} was deleted; what was said is kept: "export" hands it out.`,
      es: `El hilo del debate ${id} se ha borrado; lo dicho queda guardado: «exportar» lo entrega.`,
    },
    { cause },
  );
}

function closed(cause: unknown, { id }: Debate): InputError {
  return new InputError(
    {
      en: `I may not write where debate ${id} is held; unarchive the channel or unlock the thread, then resume.`,
      es: `No puedo escribir donde se celebra el debate ${id}; desarchiva el canal o desbloquea el hilo y reanúdalo.`,
    },
    { cause },
  );
}
