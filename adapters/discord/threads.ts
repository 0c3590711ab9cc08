/** The thread a debate is held in: from a message of the channel, or a post of a forum. */
import { type APIMessage, RESTJSONErrorCodes, Routes, ThreadAutoArchiveDuration } from 'discord.js';
import { z } from 'zod';
import { type Debate, speakers, type Thread } from '../../src/debate.ts';
import { clipped, safeLine } from '../../src/text/safe.ts';
import { type Connection, isThreadOnly, persist, refusedWith } from './connection.ts';
import { NAME } from './decode.ts';
import type { Body } from './encode.ts';
import { isSince, ownMessages, sendOnce } from './own.ts';

const opened = z.object({ id: z.string() });
const activeThreads = z.object({
  threads: z.array(z.object({ id: z.string(), parent_id: z.string().nullish(), owner_id: z.string().optional() })),
});

/**
 * Opens it, unless an earlier process did. Its first message is `body`, which everybody in the channel sees; the
 * thread has that message's id, so either finds the other.
 */
export async function openThread(connection: Connection, debate: Debate, title: string, body: Body): Promise<Thread> {
  const { channel } = debate.thread;
  const isForum = await isThreadOnly(connection.client, channel);
  const thread = await persist(async () =>
    isForum
      ? ((await findPost(connection, debate)) ?? openPost(connection, debate, title, body))
      : openFromMessage(connection, debate, title, body),
  );
  return { adapter: NAME, channel, thread };
}

async function openFromMessage(connection: Connection, debate: Debate, title: string, body: Body): Promise<string> {
  const { channel } = debate.thread;
  const found = await ownMessages(connection, channel, debate, isAbout(debate));
  const message = found?.id ?? (await sendOnce(connection.rest, channel, body, `${debate.id}:thread`));
  try {
    await connection.rest.post(Routes.threads(channel, message), { body: settingsOf(debate, title) });
  } catch (error) {
    // An earlier attempt came through: a message has one thread, and it has the message's id.
    if (!refusedWith(error, RESTJSONErrorCodes.ThreadAlreadyCreatedForMessage)) throw error;
  }
  return message;
}

/** Whether a message is the one that says how the debate stands. */
export function isAbout({ id }: Debate): (message: APIMessage) => boolean {
  return ({ content }) => content.includes(`\`${id}\``);
}

async function openPost({ once }: Connection, debate: Debate, title: string, body: Body): Promise<string> {
  const post = { ...settingsOf(debate, title), message: body };
  return opened.parse(await once.post(Routes.threads(debate.thread.channel), { body: post })).id;
}

/** The forum's post that tells of this debate, if there is one. */
async function findPost({ rest, client }: Connection, debate: Debate): Promise<string | null> {
  const { threads } = activeThreads.parse(await rest.get(Routes.guildActiveThreads(debate.workspace)));
  const ours = threads.filter((each) => each.parent_id === debate.thread.channel && each.owner_id === client.user.id);
  for (const { id } of ours.filter((each) => isSince(each.id, debate.startedAt))) {
    const first = await rest.get(Routes.channelMessage(id, id)).then(
      (found) => JSON.stringify(found),
      () => '',
    );
    if (first.includes(`\`${debate.id}\``)) return id;
  }
  return null;
}

function settingsOf(debate: Debate, title: string) {
  return { name: threadName(debate, title), auto_archive_duration: ThreadAutoArchiveDuration.OneWeek };
}

function threadName(debate: Debate, title: string): string {
  const { face } = speakers(debate.panel)[0] ?? debate.panel.coordinator;
  return clipped(`${face} ${safeLine(title) || debate.id}`, 100);
}
