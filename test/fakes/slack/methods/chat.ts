/** chat.*: messages come, change and go. */
import type { AnyBlock, MessageAttachment } from '@slack/types';
import type {
  ChatDeleteResponse,
  ChatGetPermalinkResponse,
  ChatPostEphemeralResponse,
  ChatPostMessageResponse,
  ChatUpdateResponse,
} from '@slack/web-api';
import { checkBlocks } from '../block-rules.ts';
import { edit, post, remove } from '../compose.ts';
import type { Call } from '../context.ts';
import { emoji } from '../emoji.ts';
import { broken, refusal } from '../errors.ts';
import { listedMessage } from '../payloads.ts';
import { requireOneOf } from '../scopes.ts';
import type { Author, Channel, Message, Metadata } from '../world.ts';
import type { Handlers } from './handlers.ts';

const TEXT_CUT_AT = 40_000;
const MOST_MARKDOWN = 12_000;
/** Of the text of an update, once `&`, `<` and `>` are escaped. */
const MOST_UPDATED_BYTES = 4000;
const MOST_METADATA = 16_384;
const MOST_ATTACHMENTS = 100;
const TS = /^\d{10}\.\d{6}$/;

interface Contents {
  readonly text?: string | undefined;
  readonly blocks?: readonly AnyBlock[] | undefined;
  readonly attachments?: readonly MessageAttachment[] | undefined;
  readonly markdown_text?: string | undefined;
  readonly parse?: string | undefined;
  readonly link_names?: boolean | undefined;
}

/** A union's member that lacks a field has it undefined. */
function contents(given: object): Contents {
  return given;
}

export const chatMethods = {
  'chat.postMessage': (call, args) => {
    const given = contents(args);
    if (args.as_user === true) throw broken('as_user_not_supported');
    const channel = destination(call, args.channel);
    mayPost(call, channel);
    const threadTs = thread(call, channel, args.thread_ts);
    const broadcast = args.reply_broadcast === true && threadTs !== null;
    const message = post(call.context, {
      channel,
      author: author(call, args),
      ...shown(call, given, 'msg_blocks_too_long'),
      threadTs,
      broadcast,
      metadata: eventMetadata(args.metadata),
      unfurl: { links: args.unfurl_links ?? false, media: args.unfurl_media ?? true },
    });
    return {
      ok: true,
      channel: channel.id,
      ts: message.ts,
      message: listed(call, channel, message),
    } satisfies Answer<ChatPostMessageResponse>;
  },
  'chat.postEphemeral': (call, args) => {
    const channel = call.channel(args.channel);
    mayPost(call, channel);
    const user = call.user(args.user);
    if (!channel.members.has(user.id)) throw refusal('user_not_in_channel');
    const message = post(call.context, {
      channel,
      author: author(call, args),
      ...shown(call, contents(args), 'msg_too_long'),
      threadTs: thread(call, channel, args.thread_ts),
      visibleTo: user.id,
    });
    return { ok: true, message_ts: message.ts } satisfies ChatPostEphemeralResponse;
  },
  'chat.update': (call, args) => {
    const channel = call.channel(args.channel);
    const message = own(call, channel, args.ts, 'cant_update_message');
    if (message.stream?.state === 'in_progress') throw refusal('streaming_state_conflict');
    const given = contents(args);
    if (bytesOf(given.text ?? '') > MOST_UPDATED_BYTES) throw broken('msg_too_long', 'text has more than 4000 bytes');
    const { text, blocks, attachments, fromMarkdown } = shown(call, given, 'msg_too_long');
    // Blocks stay only where no text is given; metadata and attachments wherever they aren't.
    const onlyBlocks = given.text === undefined && given.markdown_text === undefined;
    const keeps = onlyBlocks && given.blocks === undefined;
    const ts = call.world.clock.ts();
    edit(call.context, channel, message, {
      text: onlyBlocks ? message.text : text,
      blocks: keeps ? message.blocks : blocks,
      fromMarkdown: keeps ? message.fromMarkdown : fromMarkdown,
      attachments: given.attachments === undefined ? message.attachments : attachments,
      metadata: args.metadata === undefined ? message.metadata : eventMetadata(args.metadata),
      // "The edited flag is not displayed where blocks are used."
      edited: given.blocks === undefined ? { user: call.installation.botUserId, ts } : message.edited,
    });
    const answer = { ok: true, channel: channel.id, ts: message.ts, text: message.text };
    return { ...answer, message: listed(call, channel, message) } satisfies Answer<ChatUpdateResponse>;
  },
  'chat.delete': (call, { channel: id, ts }) => {
    const channel = call.channel(id);
    remove(call.context, channel, own(call, channel, ts, 'cant_delete_message'));
    return { ok: true, channel: channel.id, ts } satisfies ChatDeleteResponse;
  },
  'chat.getPermalink': (call, { channel: id, message_ts }) => {
    const channel = call.channel(id);
    const message = call.world.message(channel, message_ts);
    return {
      ok: true,
      channel: channel.id,
      permalink: permalink(call, channel, message),
    } satisfies ChatGetPermalinkResponse;
  },
} satisfies Partial<Handlers>;

/** Stray `&`, `<` and `>` count as the entities they become. */
function bytesOf(text: string): number {
  const escaped = text.replaceAll(/&(?!(?:amp|lt|gt);)/g, '&amp;').replaceAll(/<(?![@#!]|https?:|mailto:)/g, '&lt;');
  return new TextEncoder().encode(escaped).length;
}

/** Messages carry more than the typings of answers name. */
type Answer<T> = Omit<T, 'message'> & { readonly message: object };

function permalink(call: Call, channel: Channel, message: Message): string {
  const { domain } = call.world.team(channel.teamId);
  const query = message.threadTs === null ? '' : `?thread_ts=${message.threadTs}&cid=${channel.id}`;
  return `https://${domain}.slack.com/archives/${channel.id}/p${message.ts.replace('.', '')}${query}`;
}

function listed(call: Call, channel: Channel, message: Message) {
  return listedMessage(call.world, call.context.app, channel, message, true);
}

/** A person's id leads to the conversation with them. */
function destination(call: Call, id: string): Channel {
  const user = call.world.users.get(id);
  if (user === undefined) return call.channel(id);
  if (!call.covers(user.teamId)) throw refusal('channel_not_found');
  return call.world.imWith(call.installation, id);
}

export function mayPost(call: Call, channel: Channel): void {
  if (channel.archived) throw refusal('is_archived');
  const everywhere = call.installation.scopes.has('chat:write.public') && channel.kind === 'public';
  if (!call.isMember(channel) && !everywhere) throw refusal('not_in_channel');
}

/** The thread to answer in: replies count for the thread they are in. */
export function thread(_call: Call, channel: Channel, ts: string | undefined): string | null {
  if (ts === undefined) return null;
  if (!TS.test(ts)) throw broken('invalid_thread_ts');
  const first = channel.messages.find((one) => one.ts === ts && !one.deleted && one.visibleTo === null);
  if (first === undefined) throw refusal('thread_not_found');
  if (first.subtype === 'channel_join') throw refusal('cannot_reply_to_message');
  return first.threadTs ?? first.ts;
}

interface Identity {
  readonly username?: string | undefined;
  readonly icon_emoji?: string | undefined;
  readonly icon_url?: string | undefined;
}

export function author({ installation, world, method }: Call, given: object): Author {
  const { username, icon_emoji, icon_url }: Identity = given;
  const custom = username !== undefined || icon_emoji !== undefined || icon_url !== undefined;
  if (custom) requireOneOf(installation, ['chat:write.customize']);
  // Slack shows the app's own face then, without a word.
  if (icon_emoji !== undefined && emoji(icon_emoji) === null) world.violation(`${method}: no emoji ${icon_emoji}`);
  return {
    userId: installation.botUserId,
    botId: installation.botId,
    username: username ?? null,
    iconEmoji: icon_emoji ?? null,
    iconUrl: icon_emoji === undefined ? (icon_url ?? null) : null,
  };
}

function shown(call: Call, given: Contents, tooLong: string) {
  const { text = '', blocks = [], attachments = [], markdown_text: markdown } = given;
  if (markdown !== undefined) {
    if (given.text !== undefined || given.blocks !== undefined) throw broken('markdown_text_conflict');
    if (markdown.length > MOST_MARKDOWN) throw broken(tooLong, `markdown_text has ${markdown.length} characters`);
    if (markdown.trim() === '') throw broken('no_text');
    return { text: markdown, blocks: [{ type: 'markdown', text: markdown }], fromMarkdown: true, attachments: [] };
  }
  if (text.trim() === '' && blocks.length === 0 && attachments.length === 0) throw broken('no_text');
  if (attachments.length > MOST_ATTACHMENTS) throw broken('too_many_attachments');
  checkMessageBlocks(blocks, tooLong);
  const long = text.length > TEXT_CUT_AT;
  if (long) {
    // Slack cuts it without a word but this, and the rest is lost.
    call.warnings.push('message_truncated');
    call.world.violation(`${call.method}: text of ${text.length} characters was cut at ${TEXT_CUT_AT}`);
  }
  const kept = long ? text.slice(0, TEXT_CUT_AT) : text;
  // So `@channel` in words is a mention, too.
  const names = given.parse === 'full' || given.link_names === true;
  const linked = names ? kept.replaceAll(/(?<!<)@(here|channel|everyone)\b/g, '<!$1>') : kept;
  return { text: linked, blocks, fromMarkdown: false, attachments };
}

export function checkMessageBlocks(blocks: readonly AnyBlock[], tooLong: string, before = 0): void {
  const found = checkBlocks(blocks, 'message', before);
  if (found.wrong.length > 0) throw broken('invalid_blocks', ...found.wrong);
  if (found.tooLong) throw broken(tooLong, 'the blocks have too many characters');
}

export function eventMetadata(given: object | undefined): Metadata | null {
  const { event_type, event_payload }: Partial<Metadata> = given ?? {};
  if (event_type === undefined && event_payload === undefined) return null;
  if (event_type === undefined || event_payload === undefined || !/^[\w.:-]{1,255}$/.test(event_type)) {
    throw broken('invalid_metadata_format');
  }
  if (JSON.stringify(event_payload).length > MOST_METADATA) throw broken('metadata_too_large');
  return { event_type, event_payload };
}

function own(call: Call, channel: Channel, ts: string, otherwise: string): Message {
  const message = call.world.message(channel, ts);
  if (message.author.botId !== call.installation.botId || message.subtype === 'tombstone') throw refusal(otherwise);
  return message;
}
