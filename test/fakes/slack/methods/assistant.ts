/** assistant.threads.*: the line that says who is thinking, prompts, titles. */
import type { Call } from '../context.ts';
import { broken, refusal } from '../errors.ts';
import type { Channel } from '../world.ts';
import { author } from './chat.ts';
import type { Handlers } from './handlers.ts';

const MOST_PROMPTS = 4;
const MOST_LOADING = 10;

export const assistantMethods = {
  'assistant.threads.setStatus': (call, args) => {
    const { channel_id, thread_ts, status, loading_messages = [] } = args;
    const channel = inThread(call, channel_id, thread_ts);
    if (!call.isMember(channel)) throw refusal('channel_not_found');
    const { username, iconEmoji } = author(call, args);
    if (loading_messages.length > MOST_LOADING) throw broken('invalid_arguments', 'too many loading_messages');
    const key = `${channel.id} ${thread_ts}`;
    if (status === '') call.world.statuses.delete(key);
    else
      call.world.statuses.set(key, {
        text: status,
        loading: loading_messages,
        username,
        iconEmoji,
        at: call.world.clock.now(),
      });
    call.world.changed();
    return { ok: true };
  },
  'assistant.threads.setSuggestedPrompts': (call, { channel_id, thread_ts, prompts, title }) => {
    const channel = call.channel(channel_id);
    if (channel.kind !== 'im') throw refusal('channel_not_found');
    if (thread_ts !== undefined) inThread(call, channel_id, thread_ts);
    if (prompts.length === 0 || prompts.length > MOST_PROMPTS) throw broken('invalid_arguments', 'one to four prompts');
    call.world.prompts.set(`${channel.id} ${thread_ts ?? ''}`, { title: title ?? null, prompts });
    call.world.changed();
    return { ok: true };
  },
  'assistant.threads.setTitle': (call, { channel_id, thread_ts, title }) => {
    const channel = inThread(call, channel_id, thread_ts);
    if (channel.kind !== 'im') throw refusal('channel_not_found');
    call.world.titles.set(`${channel.id} ${thread_ts}`, title);
    call.world.changed();
    return { ok: true };
  },
} satisfies Partial<Handlers>;

function inThread(call: Call, id: string, ts: string): Channel {
  const channel = call.channel(id);
  if (call.world.findMessage(channel, ts) === null) throw refusal('invalid_thread_ts');
  return channel;
}
