/** chat.startStream, appendStream, stopStream: a message that grows. */
import type { AnyBlock, AnyChunk } from '@slack/types';
import type { ChatAppendStreamResponse, ChatStartStreamResponse } from '@slack/web-api';
import { markdownLength } from '../block-rules.ts';
import { edit, post } from '../compose.ts';
import type { Call, Context } from '../context.ts';
import { broken, refusal } from '../errors.ts';
import { listedMessage } from '../payloads.ts';
import type { Channel, Message } from '../world.ts';
import { author, checkMessageBlocks, eventMetadata, mayPost, thread } from './chat.ts';
import type { Handlers } from './handlers.ts';

const MOST_AT_ONCE = 12_000;
/** Of all a stream shows. */
const MOST_MARKDOWN = 13_000;

export const streamMethods = {
  'chat.startStream': (call, args) => {
    const channel = call.channel(args.channel);
    mayPost(call, channel);
    const threadTs = thread(call, channel, args.thread_ts);
    if (channel.kind !== 'im') recipient(call, channel, args.recipient_user_id, args.recipient_team_id);
    const blocks = grown([], added(args.markdown_text, args.chunks));
    const message = post(call.context, {
      channel,
      author: author(call, args),
      text: words(blocks),
      blocks,
      fromMarkdown: true,
      threadTs,
      stream: { startedAt: call.world.clock.now(), state: 'in_progress', stopped: false },
    });
    return { ok: true, channel: channel.id, ts: message.ts } satisfies ChatStartStreamResponse;
  },
  'chat.appendStream': (call, args) => {
    const channel = call.channel(args.channel);
    const message = streaming(call, channel, args.ts);
    const more = added(args.markdown_text, args.chunks);
    if (more.length === 0) throw broken('no_text');
    grow(message, more);
    call.world.changed();
    return { ok: true, channel: channel.id, ts: message.ts } satisfies ChatAppendStreamResponse;
  },
  'chat.stopStream': (call, args) => {
    const channel = call.channel(args.channel);
    const message = streaming(call, channel, args.ts);
    const { blocks = [] } = args;
    checkMessageBlocks(blocks, 'msg_blocks_too_long');
    grow(message, added(args.markdown_text, args.chunks));
    if (message.stream !== null) message.stream.state = 'completed';
    edit(call.context, channel, message, {
      text: words(message.blocks),
      blocks: [...message.blocks, ...blocks],
      metadata: eventMetadata(args.metadata),
    });
    const shown = listedMessage(call.world, call.context.app, channel, message, false);
    return { ok: true, channel: channel.id, ts: message.ts, message: shown };
  },
} satisfies Partial<Handlers>;

function recipient(call: Call, channel: Channel, userId: string | undefined, teamId: string | undefined): void {
  if (userId === undefined) throw broken('missing_recipient_user_id');
  if (teamId === undefined) throw broken('missing_recipient_team_id');
  const user = call.user(userId);
  if (user.teamId !== teamId) throw refusal('team_not_found');
  if (!channel.members.has(userId)) throw refusal('user_not_found');
}

/** Streams die after some minutes, and what they showed with them. */
export function expireStreams({ world, streamMs }: Context, channel: Channel): void {
  for (const message of channel.messages) {
    const { stream } = message;
    if (stream?.state !== 'in_progress' || world.clock.now() - stream.startedAt < streamMs) continue;
    stream.state = 'errored';
    Object.assign(message, { text: '', blocks: [] });
  }
}

function streaming(call: Call, channel: Channel, ts: string): Message {
  const message = call.world.message(channel, ts);
  if (message.author.botId !== call.installation.botId) throw refusal('message_not_owned_by_app');
  if (message.stream?.stopped === true && call.method === 'chat.appendStream') throw refusal('stopped_by_user');
  if (message.stream?.state !== 'in_progress') throw refusal('message_not_in_streaming_state');
  return message;
}

function added(markdown: string | undefined, chunks: readonly AnyChunk[] = []): AnyBlock[] {
  if (markdown !== undefined && markdown.length > MOST_AT_ONCE) {
    throw broken('msg_blocks_too_long', `markdown_text has ${markdown.length} characters`);
  }
  const own: AnyBlock[] = markdown === undefined ? [] : [{ type: 'markdown', text: markdown }];
  return [...own, ...chunks.flatMap(fromChunk)];
}

function fromChunk(chunk: AnyChunk): AnyBlock[] {
  switch (chunk.type) {
    case 'markdown_text':
      if (chunk.text.length > MOST_AT_ONCE) throw broken('invalid_chunks', 'text is too long');
      return [{ type: 'markdown', text: chunk.text }];
    case 'blocks':
      checkMessageBlocks(chunk.blocks, 'msg_blocks_too_long');
      return chunk.blocks;
    case 'task_update':
      return [{ type: 'task_card', task_id: chunk.id, title: chunk.title, status: chunk.status }];
    case 'plan_update':
      return [{ type: 'plan', title: chunk.title }];
  }
}

function grow(message: Message, more: readonly AnyBlock[]): void {
  message.blocks = grown(message.blocks, more);
  message.text = words(message.blocks);
}

/** Text that follows text goes on in its block; a task that is known changes. */
function grown(blocks: readonly AnyBlock[], more: readonly AnyBlock[]): AnyBlock[] {
  const all = [...blocks];
  for (const block of more) {
    const last = all.at(-1);
    const known = 'task_id' in block ? all.findIndex((one) => 'task_id' in one && one.task_id === block.task_id) : -1;
    if (known >= 0) all[known] = block;
    else if (isMarkdown(block) && last !== undefined && isMarkdown(last)) {
      all[all.length - 1] = { ...last, text: last.text + block.text };
    } else all.push(block);
  }
  if (markdownLength(all) > MOST_MARKDOWN) throw broken('msg_blocks_too_long', 'the stream is too long');
  return all;
}

interface MarkdownBlock {
  readonly type: 'markdown';
  readonly text: string;
}

function isMarkdown(block: AnyBlock): block is MarkdownBlock {
  return block.type === 'markdown';
}

function words(blocks: readonly AnyBlock[]): string {
  return blocks.map((block) => (isMarkdown(block) ? block.text : '')).join('');
}
