/** Messages come to be, change and go, with the events that tell of it. */
import {
  type APIAllowedMentions,
  type APIAttachment,
  type APIMessage,
  type APIPoll,
  type APIUser,
  GatewayIntentBits,
  MessageFlags,
  MessageType,
  PollLayoutType,
  type RESTAPIPoll,
} from 'discord-api-types/v10';
import { kept } from './components.ts';
import type { Upload } from './index.ts';
import { channelPayload, messageEvent } from './payloads.ts';
import { may } from './permissions.ts';
import type { MessageBody } from './rules.ts';
import type { Channel, Message, World } from './world.ts';

export interface Draft {
  readonly channel: Channel;
  readonly author: APIUser;
  readonly body: MessageBody;
  readonly files: ReadonlyMap<string, Upload>;
  readonly extra?: Partial<APIMessage>;
  readonly visibleTo?: string | null;
  readonly avatarUrl?: string | null;
  readonly type?: MessageType;
  readonly id?: string;
}

export function postMessage(world: World, draft: Draft): Message {
  const { channel, author, body } = draft;
  const id = draft.id ?? world.snowflake();
  const content = (body.content ?? '').trim();
  const replied = body.message_reference?.message_id;
  const referenced = replied === undefined ? undefined : channel.messages.find((one) => one.api.id === replied);
  const mentioned = mentions(world, channel, author.id, content, body.allowed_mentions ?? null, referenced);
  const api: APIMessage = {
    id,
    channel_id: channel.id,
    author,
    content,
    timestamp: new Date().toISOString(),
    edited_timestamp: null,
    tts: body.tts ?? false,
    mention_everyone: mentioned.everyone,
    mentions: mentioned.users,
    mention_roles: mentioned.roles,
    attachments: attach(world, channel, body, draft.files),
    embeds: structuredClone([...(body.embeds ?? [])]),
    components: kept(body.components ?? []),
    pinned: false,
    type: draft.type ?? (referenced === undefined ? MessageType.Default : MessageType.Reply),
    flags: body.flags ?? 0,
    ...(body.nonce === undefined ? {} : { nonce: body.nonce }),
    ...(body.poll ? { poll: openPoll(body.poll) } : {}),
    ...(replied === undefined
      ? {}
      : {
          message_reference: { type: 0, channel_id: channel.id, message_id: replied },
          referenced_message: referenced?.api ?? null,
        }),
    ...draft.extra,
  };
  const message: Message = {
    api,
    guildId: channel.guildId,
    visibleTo: draft.visibleTo ?? null,
    avatarUrl: draft.avatarUrl ?? null,
    reactors: new Map(),
    votes: new Map(),
    pings: mentioned.pings,
  };
  const at = channel.messages.findIndex((one) => BigInt(one.api.id) > BigInt(id));
  channel.messages.splice(at === -1 ? channel.messages.length : at, 0, message);
  if (message.visibleTo === null) wakeThread(world, channel);
  tell(world, 'MESSAGE_CREATE', channel, message);
  return message;
}

/** Posting counts, and brings an archived thread back. */
function wakeThread(world: World, channel: Channel): void {
  const { thread } = channel;
  if (thread === null) return;
  thread.sent += 1;
  if (!thread.archived) return;
  thread.archived = false;
  thread.archivedAt = new Date().toISOString();
  tellChannel(world, 'THREAD_UPDATE', channel);
}

export function editMessage(
  world: World,
  channel: Channel,
  message: Message,
  body: MessageBody,
  files: ReadonlyMap<string, Upload>,
): void {
  const { api } = message;
  if (body.content !== undefined) {
    api.content = (body.content ?? '').trim();
    const mentioned = mentions(world, channel, api.author.id, api.content, body.allowed_mentions ?? null, undefined);
    Object.assign(api, {
      mentions: mentioned.users,
      mention_roles: mentioned.roles,
      mention_everyone: mentioned.everyone,
    });
  }
  if (body.embeds !== undefined) api.embeds = structuredClone([...(body.embeds ?? [])]);
  if (body.components !== undefined) api.components = kept(body.components ?? []);
  if (body.poll) api.poll = openPoll(body.poll);
  if (body.flags !== undefined && body.flags !== null) {
    const fixed = (api.flags ?? 0) & (MessageFlags.Ephemeral | MessageFlags.IsComponentsV2 | MessageFlags.HasThread);
    api.flags = fixed | body.flags;
  }
  if (body.attachments || files.size > 0) {
    const wanted = new Set((body.attachments ?? api.attachments).map((one) => String(one.id)));
    api.attachments = [...api.attachments.filter((one) => wanted.has(one.id)), ...attach(world, channel, body, files)];
  }
  if (((api.flags ?? 0) & MessageFlags.Loading) === 0) api.edited_timestamp = new Date().toISOString();
  tell(world, 'MESSAGE_UPDATE', channel, message);
}

export function deleteMessage(world: World, channel: Channel, message: Message): void {
  channel.messages.splice(channel.messages.indexOf(message), 1);
  const guild = channel.guildId === null ? {} : { guild_id: channel.guildId };
  const intent = channel.guildId === null ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
  const data = { id: message.api.id, channel_id: channel.id, ...guild };
  if (message.visibleTo === null)
    world.happen({ name: 'MESSAGE_DELETE', data, guildId: channel.guildId, intent, channel });
  else world.changed();
}

/** Tells of a message; an ephemeral one concerns its interaction only. */
export function tell(
  world: World,
  name: 'MESSAGE_CREATE' | 'MESSAGE_UPDATE',
  channel: Channel,
  message: Message,
): void {
  if (message.visibleTo !== null) {
    world.changed();
    return;
  }
  const intent = channel.guildId === null ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
  const data = { ...messageEvent(world, message), ...(name === 'MESSAGE_CREATE' && { channel_type: channel.type }) };
  world.happen({ name, data, guildId: channel.guildId, intent, channel, message });
}

type ChannelEvent =
  | 'CHANNEL_CREATE'
  | 'CHANNEL_UPDATE'
  | 'CHANNEL_DELETE'
  | 'THREAD_CREATE'
  | 'THREAD_UPDATE'
  | 'THREAD_DELETE';

export function tellChannel(world: World, name: ChannelEvent, channel: Channel, extra: object = {}): void {
  if (channel.guildId === null) {
    world.changed();
    return;
  }
  const { guildId } = channel;
  world.happen({
    name,
    data: { ...channelPayload(world, channel), ...extra },
    guildId,
    intent: GatewayIntentBits.Guilds,
    // Of channels a bot is told even when it can't see them.
    ...(channel.thread === null ? {} : { channel }),
  });
}

function attach(
  world: World,
  channel: Channel,
  body: MessageBody,
  files: ReadonlyMap<string, Upload>,
): APIAttachment[] {
  return [...files].map(([key, file]) => {
    const facts = body.attachments?.find((one) => String(one.id) === key);
    return keepAttachment(world, channel.id, { ...file, name: facts?.filename ?? file.name }, facts?.description);
  });
}

/** Files are served under an address that carries a signature, which must be given back whole. */
export function keepAttachment(world: World, channelId: string, file: Upload, description?: string): APIAttachment {
  const id = world.snowflake();
  const name = file.name.replaceAll(/[^\w.-]+/g, '_');
  const until = (Math.floor(Date.now() / 1000) + 86_400).toString(16);
  const url = world.keep(
    `/attachments/${channelId}/${id}/${name}?ex=${until}&is=${until}&hm=${BigInt(id).toString(16)}&`,
    file,
  );
  const { contentType: content_type, bytes } = file;
  return {
    id,
    filename: name,
    size: bytes.length,
    url,
    proxy_url: url,
    content_type,
    ...(description ? { description } : {}),
  };
}

function openPoll(poll: RESTAPIPoll): APIPoll {
  return {
    question: poll.question,
    answers: poll.answers.map(({ poll_media: { text, emoji } }, n) => ({
      answer_id: n + 1,
      poll_media: { ...(text ? { text } : {}), ...(emoji ? { emoji } : {}) },
    })),
    expiry: new Date(Date.now() + (poll.duration ?? 24) * 3_600_000).toISOString(),
    allow_multiselect: poll.allow_multiselect ?? false,
    layout_type: poll.layout_type ?? PollLayoutType.Default,
    results: { is_finalized: false, answer_counts: [] },
  };
}

interface Mentioned {
  readonly users: APIUser[];
  readonly roles: string[];
  readonly everyone: boolean;
  readonly pings: readonly string[];
}

/** Whom a text notifies, given what its sender allowed; no `allowed_mentions` allows all. */
function mentions(
  world: World,
  channel: Channel,
  authorId: string,
  content: string,
  allowed: APIAllowedMentions | null,
  referenced: Message | undefined,
): Mentioned {
  const allows = (kind: 'users' | 'roles', id: string) =>
    allowed === null || allowed[kind]?.includes(id) === true || allowed.parse?.some((one) => one === kind) === true;
  const found = (pattern: RegExp) => [...new Set([...content.matchAll(pattern)].map((match) => match[1] ?? ''))];
  const userIds = found(/<@!?(\d+)>/g).filter((id) => allows('users', id));
  const author = referenced?.api.author;
  const replied = allowed === null || allowed.replied_user === true;
  if (author !== undefined && replied && !userIds.includes(author.id)) userIds.push(author.id);
  const users = userIds.flatMap((id) => world.users.get(id) ?? []);
  const roles = found(/<@&(\d+)>/g).filter((id) => allows('roles', id));
  const canCall = allowed === null || allowed.parse?.some((one) => one === 'everyone') === true;
  const mass =
    channel.guildId !== null && world.users.has(authorId) && !may(world, channel, authorId, 'MentionEveryone');
  const everyone = /@(everyone|here)\b/.test(content) && canCall && !mass;
  return {
    users,
    roles,
    everyone,
    pings: [...users.map((user) => user.id), ...roles, ...(everyone ? ['everyone'] : [])],
  };
}
