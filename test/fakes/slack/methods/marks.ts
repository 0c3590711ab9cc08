/** Reactions, pins, bookmarks. */
import type { Call } from '../context.ts';
import { emoji } from '../emoji.ts';
import { broken, refusal } from '../errors.ts';
import { listedMessage } from '../payloads.ts';
import type { Channel, Message } from '../world.ts';
import type { Handlers } from './handlers.ts';

const MOST_PINS = 100;
const MOST_BOOKMARKS = 100;

export const markMethods = {
  'reactions.add': (call, { channel: id, timestamp, name }) => {
    const { channel, message } = located(call, id, timestamp);
    if (emoji(name) === null || name.startsWith(':')) throw broken('invalid_name');
    if (channel.archived) throw refusal('is_archived');
    const users = message.reactions.get(name) ?? new Set();
    if (users.has(call.installation.botUserId)) throw refusal('already_reacted');
    react(call, channel, message, call.installation.botUserId, name);
    return { ok: true };
  },
  'reactions.remove': (call, args) => {
    const { channel: id, timestamp, name }: { channel?: string; timestamp?: string; name: string } = args;
    if (id === undefined || timestamp === undefined) throw broken('no_item_specified');
    const { channel, message } = located(call, id, timestamp);
    if (message.reactions.get(name)?.has(call.installation.botUserId) !== true) throw refusal('no_reaction');
    unreact(call, channel, message, call.installation.botUserId, name);
    return { ok: true };
  },
  'reactions.get': (call, args) => {
    const { channel: id, timestamp } = { channel: undefined, timestamp: undefined, ...args };
    if (id === undefined || timestamp === undefined) throw broken('no_item_specified');
    const { channel, message } = located(call, id, timestamp);
    const shown = listedMessage(call.world, call.context.app, channel, message, false);
    return { ok: true, type: 'message', channel: channel.id, message: shown };
  },
  'pins.add': (call, { channel: id, timestamp }) => {
    const { channel, message } = located(call, id, timestamp);
    if (!call.isMember(channel)) throw refusal('not_in_channel');
    if (channel.pins.has(message.ts)) throw refusal('already_pinned');
    if (channel.pins.size >= MOST_PINS) throw refusal('too_many_pins');
    channel.pins.add(message.ts);
    call.world.changed();
    return { ok: true };
  },
  'pins.list': (call, { channel: id }) => {
    const channel = call.channel(id);
    const messages = [...channel.pins].map((ts) => call.world.findMessage(channel, ts)).filter((one) => one !== null);
    const items = messages.map((one) => ({
      type: 'message',
      channel: channel.id,
      message: listedMessage(call.world, call.context.app, channel, one, false),
    }));
    return { ok: true, items };
  },
  'pins.remove': (call, { channel: id, timestamp }) => {
    const { channel, message } = located(call, id, timestamp);
    if (!channel.pins.delete(message.ts)) throw refusal('no_pin');
    return { ok: true };
  },
  'bookmarks.add': (call, { channel_id, title, link, emoji }) => {
    const channel = call.channel(channel_id);
    if (!/^https?:\/\//.test(link)) throw broken('invalid_link');
    if (channel.bookmarks.length >= MOST_BOOKMARKS) throw refusal('too_many_bookmarks');
    const bookmark = { id: call.world.id('Bk'), title, link, emoji: emoji ?? null };
    channel.bookmarks.push(bookmark);
    call.world.changed();
    return { ok: true, bookmark: { ...bookmark, channel_id, type: 'link' } };
  },
  'bookmarks.list': (call, { channel_id }) => {
    const channel = call.channel(channel_id);
    return { ok: true, bookmarks: channel.bookmarks.map((one) => ({ ...one, channel_id, type: 'link' })) };
  },
  'bookmarks.remove': (call, { channel_id, bookmark_id }) => {
    const { bookmarks } = call.channel(channel_id);
    const n = bookmarks.findIndex(({ id }) => id === bookmark_id);
    if (n < 0) throw refusal('not_found');
    bookmarks.splice(n, 1);
    return { ok: true };
  },
} satisfies Partial<Handlers>;

function located(call: Call, id: string, ts: string): { channel: Channel; message: Message } {
  const channel = call.channel(id);
  if (!/^\d{10}\.\d{6}$/.test(ts)) throw broken('bad_timestamp');
  return { channel, message: call.world.message(channel, ts) };
}

export function react(
  { context }: Pick<Call, 'context'>,
  channel: Channel,
  message: Message,
  userId: string,
  name: string,
) {
  message.reactions.set(name, (message.reactions.get(name) ?? new Set()).add(userId));
  tell({ context }, 'reaction_added', channel, message, userId, name);
}

export function unreact(
  { context }: Pick<Call, 'context'>,
  channel: Channel,
  message: Message,
  userId: string,
  name: string,
) {
  const users = message.reactions.get(name);
  users?.delete(userId);
  if (users?.size === 0) message.reactions.delete(name);
  tell({ context }, 'reaction_removed', channel, message, userId, name);
}

function tell(
  { context }: Pick<Call, 'context'>,
  type: 'reaction_added' | 'reaction_removed',
  channel: Channel,
  message: Message,
  user: string,
  reaction: string,
): void {
  const installation = context.world.installationIn(context.world.team(channel.teamId));
  context.world.changed();
  if (installation === null || !channel.members.has(installation.botUserId)) return;
  const item = { type: 'message', channel: channel.id, ts: message.ts } as const;
  const event_ts = context.world.clock.ts();
  const event = { type, user, reaction, item_user: message.author.userId, item, event_ts };
  context.events.tell(context.world.team(channel.teamId), event, { scope: 'reactions:read', installation });
}
