/** Messages in the bot's own name, and finding again what we posted. */
import { createHash } from 'node:crypto';
import { type APIMessage, type REST, Routes } from 'discord.js';
import { z } from 'zod';
import type { Debate } from '../../src/debate.ts';
import type { Connection } from './connection.ts';
import type { Body } from './encode.ts';

export const PAGE = 100;
/** A debate's thread holds its own messages and what people write between two of them. */
const MOST_PAGES = 10;
/** Our clock may be ahead of Discord's by as much. Milliseconds. */
const SKEW = 120_000;
/** 2015-01-01, where Discord's ids begin to count. Milliseconds. */
const EPOCH = 1_420_070_400_000;

const posted = z.object({ id: z.string() });

/** A message in the bot's own name; the same `key` within minutes comes to the same message. */
export async function sendOnce(rest: REST, channel: string, body: Body, key: string): Promise<string> {
  const nonce = createHash('sha256').update(key).digest('base64url').slice(0, 25);
  const message = await rest.post(Routes.channelMessages(channel), { body: { ...body, nonce, enforce_nonce: true } });
  return posted.parse(message).id;
}

/** The newest of our messages since the debate began that `isIt`. */
export async function ownMessages(
  { rest, client }: Connection,
  channel: string,
  debate: Debate,
  isIt: (found: APIMessage) => boolean,
): Promise<APIMessage | null> {
  let before: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const query = new URLSearchParams({ limit: String(PAGE), ...(before && { before }) });
    const messages = await rest.get(Routes.channelMessages(channel), { query }).then(asMessages);
    const recent = messages.filter(({ id }) => isSince(id, debate.startedAt));
    const isOurs = (each: APIMessage) =>
      each.author.id === client.user.id || each.application_id === client.application.id;
    const found = recent.find((each) => isOurs(each) && isIt(each));
    if (found) return found;
    before = messages.at(-1)?.id ?? null;
    if (recent.length < PAGE || before === null) return null;
  }
  return null;
}

/** Discord's own answers are trusted to be what it documents. */
export function asMessages(answer: unknown): readonly APIMessage[] {
  return z.array(z.custom<APIMessage>((each) => posted.safeParse(each).success)).parse(answer);
}

/** Whether what has this id was made after that, give or take what clocks differ by. */
export function isSince(id: string, moment: Date): boolean {
  return Number(BigInt(id) >> 22n) + EPOCH >= moment.getTime() - SKEW;
}
