/** Objects as the API gives them out. */
import type { AnyBlock, GenericMessageEvent, MessageAttachment } from '@slack/types';
import type { AppSettings } from './app.ts';
import { richText } from './rich-text.ts';
import type { Channel, File, Message, Metadata, Team, User, World } from './world.ts';

type BotProfile = NonNullable<GenericMessageEvent['bot_profile']>;

const CHANNEL_TYPE = { public: 'channel', private: 'group', im: 'im', mpim: 'mpim' } as const;
export type ChannelType = (typeof CHANNEL_TYPE)[keyof typeof CHANNEL_TYPE];

export function channelType(channel: Channel): ChannelType {
  return CHANNEL_TYPE[channel.kind];
}

function botProfile(world: World, app: AppSettings, message: Message): BotProfile | undefined {
  const { botId, userId } = message.author;
  const user = world.users.get(userId);
  if (botId === null || user === undefined) return undefined;
  const icons = {
    image_36: `${world.origin}/img/36`,
    image_48: `${world.origin}/img/48`,
    image_72: `${world.origin}/img/72`,
  };
  return { id: botId, app_id: app.id, name: app.botName, icons, deleted: false, updated: 1, team_id: user.teamId };
}

type EventFile = NonNullable<GenericMessageEvent['files']>[number];

export function filePayload(world: World, file: File) {
  const address = `${world.origin}/files-pri/${file.teamId}-${file.id}`;
  const channels = [...file.channels].map((id) => world.channels.get(id)).filter((one) => one !== undefined);
  const ids = (kind: Channel['kind']) => channels.filter((one) => one.kind === kind).map(({ id }) => id);
  return {
    id: file.id,
    created: file.created,
    timestamp: file.created,
    name: file.name,
    title: file.title,
    mimetype: file.mimetype,
    filetype: file.name.split('.').at(-1) ?? 'binary',
    pretty_type: (file.name.split('.').at(-1) ?? 'binary').toUpperCase(),
    user: file.userId,
    user_team: file.teamId,
    editable: false,
    size: file.bytes.length,
    mode: 'hosted' as const,
    is_external: false,
    external_type: '',
    is_public: ids('public').length > 0,
    public_url_shared: false,
    display_as_bot: false,
    username: '',
    url_private: `${address}/${encodeURIComponent(file.name)}`,
    url_private_download: `${address}/download/${encodeURIComponent(file.name)}`,
    permalink: `${world.origin}/files/${file.userId}/${file.id}/${encodeURIComponent(file.name)}`,
    permalink_public: `${world.origin}/pub/${file.id}`,
    channels: ids('public'),
    groups: [...ids('private'), ...ids('mpim')],
    ims: ids('im'),
    is_starred: false,
    has_rich_preview: false,
    file_access: 'visible',
    media_display_type: 'unknown',
  } satisfies EventFile & Record<string, unknown>;
}

export interface ShownMessage {
  readonly type: 'message';
  readonly ts: string;
  readonly text: string;
  readonly team: string;
  /** Absent where an app's message has a name or face of its own. */
  readonly user?: string;
  readonly username?: string;
  readonly icons?: Record<string, string>;
  readonly client_msg_id?: string;
  readonly bot_id?: string;
  readonly app_id?: string;
  readonly bot_profile?: BotProfile;
  readonly blocks?: AnyBlock[];
  readonly attachments?: MessageAttachment[];
  readonly files?: ReturnType<typeof filePayload>[];
  readonly thread_ts?: string;
  readonly parent_user_id?: string;
  readonly edited?: { readonly user: string; readonly ts: string };
  readonly reactions?: { readonly name: string; readonly users: string[]; readonly count: number }[];
  readonly metadata?: Metadata;
  readonly streaming_state?: 'in_progress' | 'completed' | 'errored';
}

/** A message as `conversations.*` and events show it. `metadata` only where it was asked for. */
export function messagePayload(world: World, app: AppSettings, message: Message, metadata: boolean): ShownMessage {
  const { author, stream } = message;
  const parent = message.threadTs === null ? undefined : parentOf(world, message);
  const custom = isCustom(message);
  const profile = botProfile(world, app, message);
  const typed = author.botId === null && message.blocks.length === 0 && message.text !== '';
  const blocks = typed ? [richText(message.text, `b${message.ts.slice(-4)}`)] : [...message.blocks];
  return {
    type: 'message',
    ts: message.ts,
    text: message.text,
    team: world.users.get(author.userId)?.teamId ?? '',
    ...(custom ? { username: author.username ?? app.botName, icons: icons(message) } : { user: author.userId }),
    ...(message.clientMsgId === null ? {} : { client_msg_id: message.clientMsgId }),
    ...(author.botId === null ? {} : { bot_id: author.botId, app_id: app.id }),
    ...(profile === undefined || custom ? {} : { bot_profile: profile }),
    ...(blocks.length > 0 ? { blocks } : {}),
    ...(message.attachments.length > 0 ? { attachments: [...message.attachments] } : {}),
    ...(message.files.length > 0 ? { files: message.files.map((file) => filePayload(world, file)) } : {}),
    ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
    ...(parent === undefined ? {} : { parent_user_id: parent.author.userId }),
    ...(message.edited === null ? {} : { edited: message.edited }),
    ...(message.reactions.size > 0 ? { reactions: reactions(message) } : {}),
    ...(metadata && message.metadata !== null ? { metadata: message.metadata } : {}),
    ...(stream === null ? {} : { streaming_state: stream.state }),
  };
}

function isCustom({ author }: Message): boolean {
  return author.username !== null || author.iconEmoji !== null || author.iconUrl !== null;
}

/** The `subtype` a message shows. */
export function subtypeOf(message: Message): string | undefined {
  return message.subtype ?? (isCustom(message) ? 'bot_message' : undefined);
}

/** The same with what only lists show: its subtype, and how a thread goes. */
export function listedMessage(world: World, app: AppSettings, channel: Channel, message: Message, metadata: boolean) {
  const subtype = subtypeOf(message);
  const replies = world.thread(channel, message.ts).filter((one) => one.threadTs === message.ts);
  const users = [...new Set(replies.map((one) => one.author.userId))];
  const thread = {
    thread_ts: message.ts,
    reply_count: replies.length,
    reply_users_count: users.length,
    latest_reply: replies.at(-1)?.ts ?? '',
    reply_users: users.slice(0, 5),
    is_locked: false,
    subscribed: false,
  };
  return {
    ...messagePayload(world, app, message, metadata),
    ...(subtype === undefined ? {} : { subtype }),
    ...(replies.length > 0 ? thread : {}),
  };
}

function icons({ author }: Message): Record<string, string> {
  if (author.iconEmoji !== null) return { emoji: author.iconEmoji };
  return author.iconUrl === null ? {} : { image_48: author.iconUrl };
}

function reactions(message: Message) {
  return [...message.reactions].map(([name, users]) => ({ name, users: [...users], count: users.size }));
}

export function parentOf(world: World, message: Message): Message | undefined {
  return world.channels.get(message.channelId)?.messages.find((one) => one.ts === message.threadTs);
}

export function channelPayload(channel: Channel, installation: { readonly botUserId: string }) {
  const { kind } = channel;
  const other = [...channel.members].find((id) => id !== installation.botUserId);
  const shared = {
    id: channel.id,
    created: channel.created,
    is_archived: channel.archived,
    is_im: kind === 'im',
    is_org_shared: false,
    context_team_id: channel.teamId,
    updated: channel.created,
  };
  if (kind === 'im') return { ...shared, user: other ?? '', is_open: true };
  return {
    ...shared,
    name: channel.name,
    name_normalized: channel.name,
    is_channel: kind === 'public' || kind === 'private',
    is_group: false,
    is_mpim: kind === 'mpim',
    is_private: kind !== 'public',
    is_general: channel.name === 'general',
    is_shared: false,
    is_ext_shared: false,
    is_member: channel.members.has(installation.botUserId),
    topic: { value: '', creator: '', last_set: 0 },
    purpose: { value: '', creator: '', last_set: 0 },
  };
}

export function userPayload(user: User, team: Team, locale: boolean) {
  const profile = {
    real_name: user.realName,
    real_name_normalized: user.realName,
    display_name: user.realName,
    display_name_normalized: user.realName,
    team: user.teamId,
    image_72: '',
  };
  const enterprise_user =
    team.enterprise === null
      ? {}
      : {
          enterprise_user: {
            id: user.id,
            enterprise_id: team.enterprise.id,
            enterprise_name: team.enterprise.name,
            is_admin: false,
            is_owner: false,
            teams: [team.id],
          },
        };
  const shared = { id: user.id, team_id: user.teamId, name: user.name, deleted: user.deactivated, profile };
  if (user.deactivated) return { ...shared, is_bot: user.role === 'bot' };
  return {
    ...shared,
    ...enterprise_user,
    real_name: user.realName,
    tz: 'Europe/Madrid',
    tz_offset: 3600,
    is_admin: user.role === 'admin' || user.role === 'owner',
    is_owner: user.role === 'owner',
    is_primary_owner: false,
    is_restricted: user.role === 'guest',
    is_ultra_restricted: false,
    is_bot: user.role === 'bot',
    is_app_user: false,
    updated: 1,
    ...(locale ? { locale: user.locale } : {}),
  };
}
