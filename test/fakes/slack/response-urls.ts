/** Addresses to answer a command or an interaction at: five times, within half an hour. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AnyBlock } from '@slack/types';
import { z } from 'zod';
import { checkBlocks } from './block-rules.ts';
import { edit, post, remove } from './compose.ts';
import type { Context } from './context.ts';
import { parseJson } from './schema.ts';
import { readBytes } from './wire.ts';
import type { Message, ResponseUrl } from './world.ts';

const USES = 5;
const LIFE_MS = 30 * 60_000;

const anyBlock = z.custom<AnyBlock>((value) => z.looseObject({ type: z.string() }).safeParse(value).success);
const responding = z.strictObject({
  text: z.string().optional(),
  blocks: z.array(anyBlock).optional(),
  attachments: z.array(z.looseObject({})).optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).optional(),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
  metadata: z.strictObject({ event_type: z.string(), event_payload: z.record(z.string(), z.unknown()) }).optional(),
  unfurl_links: z.boolean().optional(),
  unfurl_media: z.boolean().optional(),
  mrkdwn: z.boolean().optional(),
});

export function newResponseUrl(
  { world }: Context,
  given: Omit<ResponseUrl, 'at' | 'uses' | 'posted'>,
): { url: string; state: ResponseUrl } {
  const secret = `${given.installation.teamId ?? given.installation.enterpriseId}/${randomBytes(12).toString('hex')}`;
  const state: ResponseUrl = { ...given, at: world.clock.now(), uses: 0, posted: [] };
  world.responseUrls.set(secret, state);
  return { url: `${world.origin}/commands/${secret}`, state };
}

export interface Responded {
  readonly status: number;
  readonly text: string;
}

export async function receiveResponse(context: Context, secret: string, request: IncomingMessage): Promise<Responded> {
  const { world } = context;
  const state = world.responseUrls.get(secret);
  if (state === undefined) return { status: 404, text: '{"ok":false,"error":"expired_url"}' };
  if (world.clock.now() - state.at > LIFE_MS) return { status: 404, text: '{"ok":false,"error":"expired_url"}' };
  if (state.uses >= USES) return { status: 404, text: '{"ok":false,"error":"used_url"}' };
  state.uses += 1;
  const wrong = respond(context, state, parseJson((await readBytes(request)).toString()));
  if (wrong === null) return { status: 200, text: '{"ok":true}' };
  world.violation(`response_url: ${wrong}`);
  return { status: 400, text: JSON.stringify({ ok: false, error: wrong.split(':')[0] }) };
}

/** Does what an answer says; returns what is wrong with it, or null. */
export function respond(context: Context, state: ResponseUrl, answer: unknown): string | null {
  const { success, data, error } = responding.safeParse(answer);
  if (!success)
    return `invalid_payload: ${error.issues.map((one) => `${one.path.join('.')} ${one.message}`).join('; ')}`;
  const { world } = context;
  const channel = world.channels.get(state.channelId);
  if (channel === undefined) return 'channel_not_found';
  const original = channel.messages.find((one) => one.ts === state.messageTs && !one.deleted);
  if (data.delete_original === true) {
    if (original !== undefined) discard(context, original);
    return null;
  }
  const { text = '', blocks = [] } = data;
  if (text === '' && blocks.length === 0 && data.attachments === undefined) return 'no_text';
  const found = checkBlocks(blocks, 'message');
  // The limit of all blocks together is not applied here.
  if (found.wrong.length > 0) return `invalid_blocks: ${found.wrong.join('; ')}`;
  if (data.replace_original === true && original !== undefined) {
    const ts = world.clock.ts();
    edit(context, channel, original, { text, blocks, edited: { user: original.author.userId, ts } });
    return null;
  }
  const { botUserId: userId, botId } = state.installation;
  state.posted.push(
    post(context, {
      channel,
      author: { userId, botId, username: null, iconEmoji: null, iconUrl: null },
      text,
      blocks,
      threadTs: data.thread_ts ?? state.threadTs,
      metadata: data.metadata ?? null,
      visibleTo: data.response_type === 'in_channel' ? null : state.userId,
    }),
  );
  return null;
}

function discard(context: Context, message: Message): void {
  const channel = context.world.channel(message.channelId);
  if (message.visibleTo === null) remove(context, channel, message);
  else message.deleted = true;
  context.world.changed();
}
