/** conversations.*: where messages are, and who. */
import type {
  ConversationsHistoryResponse,
  ConversationsMembersResponse,
  ConversationsOpenResponse,
} from '@slack/web-api';
import { byUser, post } from '../compose.ts';
import type { Call } from '../context.ts';
import { broken, refusal } from '../errors.ts';
import { page } from '../pages.ts';
import { channelPayload, channelType, listedMessage } from '../payloads.ts';
import { conversationScopes } from '../scopes.ts';
import type { Channel, ChannelKind, Message } from '../world.ts';
import type { Handlers } from './handlers.ts';

const COMMERCIAL_PAGE = 15;
const KINDS: Readonly<Record<string, ChannelKind>> = {
  public_channel: 'public',
  private_channel: 'private',
  im: 'im',
  mpim: 'mpim',
};

interface Window {
  readonly oldest?: string | undefined;
  readonly latest?: string | undefined;
  readonly inclusive?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly include_all_metadata?: boolean | undefined;
}

export const conversationMethods = {
  'conversations.history': (call, args) => {
    const channel = call.channel(args.channel);
    if (!call.isMember(channel)) throw refusal('not_in_channel');
    const top = visible(channel).filter((one) => one.threadTs === null || one.broadcast);
    return listed(call, channel, top.reverse(), args, 100);
  },
  'conversations.replies': (call, args) => {
    const channel = call.channel(args.channel);
    if (!call.isMember(channel)) throw refusal('channel_not_found');
    const asked = call.world.findMessage(channel, args.ts);
    if (asked === null) throw refusal('thread_not_found');
    const first = asked.threadTs === null ? asked : call.world.findMessage(channel, asked.threadTs);
    if (first === null) throw refusal('thread_not_found');
    const [parent, ...replies] = call.world.thread(channel, first.ts);
    const within = { ...args, cursor: undefined, limit: undefined };
    // The first message comes along whatever the window.
    const shown = [...(parent === undefined ? [] : [parent]), ...inWindow(replies, within)];
    return listed(call, channel, shown, { ...args, oldest: undefined, latest: undefined }, 1000);
  },
  'conversations.info': (call, { channel: id, include_num_members }) => {
    const channel = call.channel(id);
    const count = include_num_members === true ? { num_members: channel.members.size } : {};
    return { ok: true, channel: { ...channelPayload(channel, call.installation), ...count } };
  },
  'conversations.members': (call, { channel: id, cursor, limit = 100 }) => {
    const channel = call.channel(id);
    const { items, next } = page([...channel.members], cursor, limit);
    return {
      ok: true,
      members: items,
      response_metadata: { next_cursor: next },
    } satisfies ConversationsMembersResponse;
  },
  'conversations.list': (call, { types = 'public_channel', exclude_archived = false, cursor, limit = 100 }) => {
    const kinds = types.split(',').map((type) => KINDS[type.trim()]);
    if (kinds.includes(undefined)) throw broken('invalid_types');
    const team = call.team();
    const may = (kind: ChannelKind) =>
      conversationScopes('read', [kind]).some((one) => call.installation.scopes.has(one));
    const all = [...call.world.channels.values()].filter(
      (one) =>
        one.teamId === team.id &&
        kinds.includes(one.kind) &&
        may(one.kind) &&
        (one.kind === 'public' || call.isMember(one)) &&
        !(exclude_archived && one.archived),
    );
    const { items, next } = page(all, cursor, limit);
    const channels = items.map((one) => channelPayload(one, call.installation));
    return { ok: true, channels, response_metadata: { next_cursor: next } };
  },
  'conversations.join': (call, { channel: id }) => {
    const channel = call.channel(id);
    if (channel.kind !== 'public') throw refusal('method_not_supported_for_channel_type');
    if (channel.archived) throw refusal('is_archived');
    const already = call.isMember(channel);
    if (!already) join(call, channel, call.installation.botUserId);
    const note = already ? { warning: 'already_in_channel' } : {};
    return { ok: true, channel: channelPayload(channel, call.installation), ...note };
  },
  'conversations.open': (call, args) => {
    const { users, channel: id }: { users?: string; channel?: string } = args;
    if (users === undefined && id === undefined) throw broken('users_list_not_supplied');
    const channel = users === undefined ? call.channel(id ?? '') : openWith(call, users.split(','));
    const shown = args.return_im === true ? channelPayload(channel, call.installation) : { id: channel.id };
    return { ok: true, channel: shown } satisfies Pick<ConversationsOpenResponse, 'ok'> & { channel: object };
  },
} satisfies Partial<Handlers>;

/** Somebody enters: the line in the channel, and the event. */
export function join({ context }: Pick<Call, 'context'>, channel: Channel, userId: string): void {
  channel.members.add(userId);
  const text = `<@${userId}> has joined the channel`;
  post(context, { channel, author: byUser(userId), text, subtype: 'channel_join' });
  membership({ context }, 'member_joined_channel', channel, userId);
}

export function membership(
  { context }: Pick<Call, 'context'>,
  type: 'member_joined_channel' | 'member_left_channel',
  channel: Channel,
  userId: string,
): void {
  const team = context.world.team(channel.teamId);
  const event_ts = context.world.clock.ts();
  const shared = { user: userId, channel: channel.id, channel_type: channel.id.charAt(0), team: team.id, event_ts };
  const scope = channelType(channel) === 'channel' ? 'channels:read' : 'groups:read';
  context.events.tell(team, { type, ...shared }, { scope });
  context.world.changed();
}

function openWith(call: Call, ids: readonly string[]): Channel {
  const users = ids.map((id) => call.user(id.trim()));
  if (users.some((one) => one.deactivated)) throw refusal('user_disabled');
  if (users.length > 8) throw refusal('too_many_users');
  const [only] = users;
  if (users.length === 1 && only !== undefined) return call.world.imWith(call.installation, only.id);
  const everyone = [...users.map(({ id }) => id), call.installation.botUserId];
  const known = [...call.world.channels.values()].find(
    (one) => one.kind === 'mpim' && one.members.size === everyone.length && everyone.every((id) => one.members.has(id)),
  );
  return (
    known ??
    call.world.addChannel(users[0]?.teamId ?? '', 'mpim', `mpdm-${users.map((one) => one.name).join('--')}-1`, everyone)
  );
}

function visible(channel: Channel): Message[] {
  return channel.messages.filter((one) => !one.deleted && one.visibleTo === null);
}

function inWindow(messages: readonly Message[], { oldest, latest, inclusive = false }: Window): Message[] {
  const bound = (value: string | undefined, name: string) => {
    if (value !== undefined && !/^\d+(\.\d+)?$/.test(value)) throw refusal(`invalid_ts_${name}`);
    return value === undefined ? null : Number(value);
  };
  const from = bound(oldest, 'oldest');
  const to = bound(latest, 'latest');
  return messages.filter((one) => {
    const at = Number(one.ts);
    const late = from === null || at > from || (inclusive && at === from);
    return late && (to === null || at < to || (inclusive && at === to));
  });
}

function listed(call: Call, channel: Channel, messages: readonly Message[], args: Window, most: number) {
  const { limit = most, include_all_metadata = false } = args;
  const cap = call.context.commercial ? COMMERCIAL_PAGE : 1000;
  const { items, next } = page(inWindow(messages, args), args.cursor, Math.min(Math.max(1, limit), cap));
  const shown = items.map((one) => listedMessage(call.world, call.context.app, channel, one, include_all_metadata));
  const more = next !== '';
  return {
    ok: true,
    messages: shown,
    has_more: more,
    ...(more ? { response_metadata: { next_cursor: next } } : {}),
  } satisfies Omit<ConversationsHistoryResponse, 'messages'> & { messages: object[] };
}
