/** Messages come, change and go, with their events. */
import type { AnyBlock, MessageAttachment } from '@slack/types';
import { z } from 'zod';
import type { Context } from './context.ts';
import { pingsIn } from './mrkdwn.ts';
import type { Author, Channel, File, Message, Metadata, Stream } from './world.ts';

export interface NewMessage {
  readonly channel: Channel;
  readonly author: Author;
  readonly text: string;
  readonly blocks?: readonly AnyBlock[];
  readonly fromMarkdown?: boolean;
  readonly attachments?: readonly MessageAttachment[];
  readonly files?: readonly File[];
  readonly threadTs?: string | null;
  readonly broadcast?: boolean;
  readonly metadata?: Metadata | null;
  readonly subtype?: string | null;
  readonly clientMsgId?: string | null;
  readonly visibleTo?: string | null;
  readonly stream?: Stream | null;
  readonly unfurl?: { readonly links: boolean; readonly media: boolean };
}

export function byUser(userId: string): Author {
  return { userId, botId: null, username: null, iconEmoji: null, iconUrl: null };
}

export function post(context: Context, given: NewMessage): Message {
  const { channel, files = [] } = given;
  const message: Message = {
    ts: context.world.clock.ts(),
    channelId: channel.id,
    threadTs: given.threadTs ?? null,
    author: given.author,
    visibleTo: given.visibleTo ?? null,
    clientMsgId: given.clientMsgId ?? null,
    broadcast: given.broadcast ?? false,
    reactions: new Map(),
    subtype: given.subtype ?? (given.broadcast === true ? 'thread_broadcast' : null),
    text: given.text,
    blocks: given.blocks ?? [],
    fromMarkdown: given.fromMarkdown ?? false,
    attachments: given.attachments ?? [],
    files,
    metadata: given.metadata ?? null,
    edited: null,
    stream: given.stream ?? null,
    deleted: false,
    pings: [],
    unfurl: given.unfurl ?? { links: true, media: true },
  };
  ping(context, message);
  channel.messages.push(message);
  for (const file of files) file.channels.add(channel.id);
  if (message.author.botId !== null && message.threadTs !== null && message.visibleTo === null) {
    // "The status is cleared when the app sends a reply."
    context.world.statuses.delete(`${channel.id} ${message.threadTs}`);
  }
  context.events.posted(channel, message);
  context.world.changed();
  return message;
}

/** Changes what is given; everyone who hears of messages hears of it. */
export function edit(
  context: Context,
  channel: Channel,
  message: Message,
  change: Partial<Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata' | 'fromMarkdown' | 'files' | 'edited'>>,
): void {
  const before = { ...message };
  Object.assign(message, change);
  ping(context, message);
  context.events.changed(channel, before, message);
  context.world.changed();
}

/** A thread goes on after its first message is gone, under a tombstone. */
export function remove(context: Context, channel: Channel, message: Message): void {
  const hasReplies = channel.messages.some((one) => one.threadTs === message.ts && !one.deleted);
  if (hasReplies) {
    const before = { ...message };
    const text = 'This message was deleted.';
    Object.assign(message, { subtype: 'tombstone', text, blocks: [], files: [], attachments: [], metadata: null });
    context.events.changed(channel, before, message);
  } else {
    message.deleted = true;
    context.events.deleted(channel, message);
  }
  context.world.changed();
}

function ping(context: Context, message: Message): void {
  const shown = message.blocks.length > 0 ? JSON.stringify(texts(message.blocks)) : message.text;
  const pings = [...pingsIn(shown), ...broadcasts(message.blocks)];
  message.pings = [...new Set(pings)];
  if (!context.strictMentions || message.author.botId === null) return;
  const all = [...pings, ...pingsIn(message.text)].filter((id) => /^(channel|here|everyone)$/.test(id));
  if (all.length > 0) context.world.violation(`a message of the app notifies @${all[0]}`);
}

const node = z.record(z.string(), z.unknown());

/** Texts of blocks in which mentions count: all but plain_text. */
function texts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(texts);
  const { data } = node.safeParse(value);
  if (data === undefined || data.type === 'plain_text') return [];
  const own = typeof data.text === 'string' ? [data.text] : [];
  const mention = typeof data.user_id === 'string' ? [`<@${data.user_id}>`] : [];
  return [...own, ...mention, ...Object.values(data).flatMap(texts)];
}

function broadcasts(blocks: readonly AnyBlock[]): string[] {
  return [...JSON.stringify(blocks).matchAll(/"type":"broadcast","range":"(\w+)"/g)].map(([, range = '']) => range);
}
