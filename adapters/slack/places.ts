/** Where debates can be held, and opening the thread they are held in. */
import { z } from 'zod';
import type { Debate, Thread } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Place } from '../../src/ports/host.ts';
import { patiently, refusedWith } from './clients.ts';
import type { Connection, Workspace } from './connection.ts';
import { NAME } from './decode.ts';
import { type Body, QUIET } from './encode.ts';
import { carries, metadataOf, ownMessages, persist } from './own.ts';

/** Milliseconds. */
const FRESH = 10_000;

const posted = z.object({ ts: z.string() });

const channelShape = z.object({
  is_archived: z.boolean().optional(),
  is_member: z.boolean().optional(),
  is_im: z.boolean().optional(),
  is_private: z.boolean().optional(),
});

/** Rejects with an InputError that says what is missing there, where a debate cannot be held. */
export async function mustBeAllowed(workspace: Workspace, { channel }: Place): Promise<void> {
  const { rest, scopes } = workspace;
  if (!scopes.has('chat:write')) throw lacking('chat:write');
  if (channel === '') throw nowhere();
  try {
    const answer = await patiently(() => rest.conversations.info({ channel }));
    const found = channelShape.parse(answer.channel);
    if (found.is_archived) throw archived();
    if (found.is_im || found.is_member !== false) return;
    if (found.is_private || !scopes.has('channels:join')) throw notInMembers(null);
    await patiently(() => rest.conversations.join({ channel }));
  } catch (error) {
    if (error instanceof InputError) throw error;
    // What we may not look at we may be allowed to write in.
    if (refusedWith(error, 'missing_scope')) return;
    if (refusedWith(error, 'channel_not_found', 'not_in_channel', 'method_not_supported_for_channel_type')) {
      throw notInMembers(error);
    }
    throw error;
  }
}

/** Its first message is `body`, which everybody in the channel sees; unless an earlier process posted it. */
export async function openThread({ workspace }: Connection, debate: Debate, body: Body): Promise<Thread> {
  const { channel } = debate.thread;
  const key = `${debate.id}:thread`;
  const here = await workspace(debate.workspace);
  // An earlier process may have posted it and not lived to say so.
  let isDoubtful = Date.now() - debate.startedAt.getTime() > FRESH;
  const ts = await persist(
    async () => {
      const [there] = isDoubtful ? await ownMessages(here, debate, 'channel', carries(key), 1) : [];
      isDoubtful = true;
      if (there) return there.ts;
      const metadata = metadataOf('thread', key);
      return posted.parse(await patiently(() => here.once.chat.postMessage({ channel, ...body, ...QUIET, metadata })))
        .ts;
    },
    (error) => !refusedWith(error, 'channel_not_found', 'not_in_channel', 'is_archived', 'missing_scope'),
  );
  return { adapter: NAME, channel, thread: ts };
}

/** Where its first message is read; without the workspace's own address only its channel is found. */
export function threadAddress(home: string | null, workspace: string, { channel, thread }: Thread): string | null {
  if (thread === '') return null;
  if (home) return new URL(`archives/${channel}/p${thread.replace('.', '')}`, home).href;
  return `https://slack.com/app_redirect?${new URLSearchParams({ team: workspace, channel })}`;
}

export function notInMembers(cause: unknown): InputError {
  return new InputError(
    {
      en: 'I am not in this channel; invite me (/invite @Tertulia), then say it again.',
      es: 'No estoy en este canal; invítame (/invite @Tertulia) y dilo otra vez.',
    },
    { cause },
  );
}

function archived(): InputError {
  return new InputError({
    en: 'This channel is archived; start the debate in another one.',
    es: 'Este canal está archivado; empieza el debate en otro.',
  });
}

function nowhere(): InputError {
  return new InputError({
    en: 'Slack did not tell me where; say it in a channel I am in, or in our direct messages.',
    es: 'Slack no me ha dicho dónde; dilo en un canal en el que esté, o por mensaje directo.',
  });
}

function lacking(scope: string): InputError {
  return new InputError({
    en: `I lack the scope ${scope}; add it under OAuth & Permissions of the app and install it again ("tertulia doctor slack" lists them all).`,
    es: `Me falta el permiso ${scope}; añádelo en OAuth & Permissions de la aplicación e instálala de nuevo («tertulia doctor slack» los enumera).`,
  });
}
