/** Messages of ours carry a key, by which they are found again. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { Debate } from '../../src/debate.ts';
import { patiently } from './clients.ts';
import type { Workspace } from './connection.ts';

const EVENT = 'tertulia';
/** More would be cut off for apps whose reading is throttled, anyway. */
export const PAGE = 200;
const MOST_PAGES = 10;
/** Our clock may be ahead of Slack's by as much. Seconds. */
const SKEW = 120;

export function metadataOf(kind: 'turn' | 'thread' | 'status' | 'notice' | 'answer', key: string) {
  return { event_type: EVENT, event_payload: { kind, key } };
}

const messageShape = z.object({
  ts: z.string(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  files: z.array(z.unknown()).nullish(),
  metadata: z
    .object({ event_type: z.string(), event_payload: z.object({ kind: z.string(), key: z.string() }).partial() })
    .nullish()
    .catch(null),
});
export type OwnMessage = z.infer<typeof messageShape>;

/** Messages of ours since the debate began, the thread's (null: the channel's), that `isIt`. */
export async function ownMessages(
  workspace: Workspace,
  debate: Debate,
  where: 'thread' | 'channel',
  isIt: (message: OwnMessage) => boolean,
  most = Number.POSITIVE_INFINITY,
): Promise<OwnMessage[]> {
  const { rest } = workspace;
  const { channel, thread } = debate.thread;
  const oldest = String(Math.max(0, debate.startedAt.getTime() / 1000 - SKEW));
  const found: OwnMessage[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const given = { channel, limit: PAGE, include_all_metadata: true, oldest, ...(cursor && { cursor }) };
    const answer = await patiently(() =>
      where === 'thread'
        ? rest.conversations.replies({ ...given, ts: thread })
        : rest.conversations.history({ ...given, inclusive: true }),
    );
    found.push(...messagesOf(answer).filter((each) => isOurs(each, workspace) && isIt(each)));
    cursor = answer.response_metadata?.next_cursor || undefined;
    if (!cursor || found.length >= most) break;
  }
  return found;
}

export function messagesOf({ messages = [] }: { readonly messages?: unknown }): OwnMessage[] {
  return z.array(messageShape).parse(messages);
}

/** Personas' messages name no user, but our bot. */
function isOurs({ user, bot_id }: OwnMessage, workspace: Workspace): boolean {
  return user === workspace.botUserId || (workspace.botId !== '' && bot_id === workspace.botId);
}

export function carries(key: string): (message: OwnMessage) => boolean {
  return ({ metadata }) => metadata?.event_type === EVENT && metadata.event_payload.key === key;
}

/** Whether it is of ours and carries no key: words that grew and were never finished. */
export function isUnfinished({ metadata, files }: OwnMessage): boolean {
  return metadata?.event_type !== EVENT && !files?.length;
}

const TRIES = 4;
/** Milliseconds before the second try; twice as long before each other. */
const PAUSE = 250;

/** Tries again where nobody knows what became of a call; `again` finds out first. */
export async function persist<T>(call: () => Promise<T>, again: (error: unknown) => boolean): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === TRIES || !again(error)) throw error;
      await sleep(PAUSE * 2 ** (attempt - 1));
    }
  }
}
