/** One webhook a channel, under which personas post with their own names and faces. */
import { type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import { DENIED, refusedWith } from './connection.ts';

const NAME = 'Tertulia';

const hookShape = z.object({ id: z.string(), token: z.string().optional(), application_id: z.string().nullish() });
const postedShape = z.object({ id: z.string() });

interface Hook {
  readonly id: string;
  readonly token: string;
}

/** Refusals that say the webhook, not what was posted, is the trouble. */
const HOOK_GONE = [RESTJSONErrorCodes.UnknownWebhook, RESTJSONErrorCodes.InvalidWebhookToken] as const;
const NO_HOOK = [...DENIED, RESTJSONErrorCodes.MaximumNumberOfWebhooksReached] as const;

export interface Webhooks {
  /** The new message's id; null: webhooks can't be used in this channel. `thread`: null posts to the channel itself. */
  post(channel: string, thread: string | null, body: object): Promise<string | null>;
}

/** `rest` repeats failed calls, `once` does not. */
export function createWebhooks(rest: REST, once: REST, applicationId: string): Webhooks {
  const hooks = new Map<string, Promise<Hook | null>>();

  const hookOf = (channel: string): Promise<Hook | null> => {
    const known = hooks.get(channel);
    if (known) return known;
    const hook = findOrMake(rest, channel, applicationId);
    hooks.set(channel, hook);
    // What could not be had is asked for again: somebody may have granted the permission since.
    const forget = () => hooks.delete(channel);
    hook.then((each) => each ?? forget(), forget);
    return hook;
  };
  const execute = async (hook: Hook, thread: string | null, body: object): Promise<string> => {
    const query = new URLSearchParams({ wait: 'true', with_components: 'true', ...(thread && { thread_id: thread }) });
    return postedShape.parse(await once.post(Routes.webhook(hook.id, hook.token), { query, body, auth: false })).id;
  };

  return {
    async post(channel, thread, body) {
      const hook = await hookOf(channel);
      if (!hook) return null;
      try {
        return await execute(hook, thread, body);
      } catch (error) {
        if (!refusedWith(error, ...HOOK_GONE)) throw error;
      }
      // Somebody deleted it, so nothing was posted: it is made anew.
      hooks.delete(channel);
      const anew = await hookOf(channel);
      return anew && execute(anew, thread, body);
    },
  };
}

async function findOrMake(rest: REST, channel: string, applicationId: string): Promise<Hook | null> {
  try {
    const there = z.array(hookShape).parse(await rest.get(Routes.channelWebhooks(channel)));
    const own = there.find((hook) => hook.application_id === applicationId && hook.token !== undefined);
    const hook = own ?? hookShape.parse(await rest.post(Routes.channelWebhooks(channel), { body: { name: NAME } }));
    return hook.token === undefined ? null : { id: hook.id, token: hook.token };
  } catch (error) {
    if (refusedWith(error, ...NO_HOOK)) return null;
    throw error;
  }
}
