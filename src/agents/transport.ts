/** HTTP for OpenAI-compatible servers: pooled sockets, and streams thinned out before anything parses them. */
import type { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import { z } from 'zod';
import { ReplyFailure } from './failures.ts';
import { turnGate } from './gate.ts';

/** How long, in ms, text deltas are gathered before they are passed on as one. The first goes at once. */
export const MERGE_MS = 200;

// Time limits are the caller's (an idle timeout for every provider), so undici's own are off.
const sockets = new Agent({ connections: null, keepAliveTimeout: 10_000, headersTimeout: 0, bodyTimeout: 0 });

/**
 * A `fetch` for the OpenAI client over undici's pool, cheaper than the built-in one. Event streams come out with
 * their text deltas merged: every layer above works per event, and a token is too small an event.
 */
export function pooledFetch(mergeMs: number): typeof fetch {
  return async (input, init) => {
    const reply = await request(input instanceof Request ? input.url : input, {
      dispatcher: sockets,
      method: init?.method === 'POST' ? 'POST' : 'GET',
      headers: new Headers(init?.headers),
      body: typeof init?.body === 'string' ? init.body : null,
      signal: init?.signal ?? null,
    });
    const headers = new Headers();
    for (const [name, value] of Object.entries(reply.headers)) headers.set(name, String(value));
    const type = headers.get('content-type') ?? '';
    const streams = type.includes('event-stream');
    if (reply.statusCode === 200 && !streams && /"stream":\s*true/.test(String(init?.body))) {
      await reply.body.dump();
      throw new ReplyFailure('protocol', `answered a streamed call with ${type || 'an unnamed type'}`);
    }
    const body = ReadableStream.from(streams ? merged(gathered(reply.body, mergeMs), 0) : reply.body);
    return new Response(body, { status: reply.statusCode, headers });
  };
}

/** Of all streams together: where hundreds run at once, each is passed on less often. */
const MOST_PIECES_PER_SECOND = 500;
let underWay = 0;

/** Replies to calls made together end together; read in one turn of the event loop they would stall everything else. */
const gate = turnGate(8);

/**
 * The same bytes in fewer pieces: the first at once, then what has come every `ms`, the rest as soon as it ends. Listens
 * to the stream's events, as its iterator alone costs more a token than all else done with the token.
 */
async function* gathered(body: Readable, ms: number): AsyncGenerator<Uint8Array> {
  let pieces: Uint8Array[] = [];
  let given = Number.NEGATIVE_INFINITY;
  let ended = false;
  let failure: Error | null = null;
  let ready = Promise.withResolvers<void>();
  body.on('data', (piece: Uint8Array) => {
    pieces.push(piece);
    const pause = Math.max(ms, (underWay / MOST_PIECES_PER_SECOND) * 1000);
    if (performance.now() - given >= pause) ready.resolve();
  });
  body.once('end', () => {
    ended = true;
    ready.resolve();
  });
  body.once('error', (error) => {
    failure = error;
    ready.resolve();
  });
  underWay++;
  try {
    for (let last = false; !last; ) {
      await ready.promise;
      await gate();
      if (failure) throw failure;
      last = ended;
      if (!ended) ready = Promise.withResolvers();
      given = performance.now();
      const piece = Buffer.concat(pieces);
      pieces = [];
      if (piece.length > 0) yield piece;
    }
  } finally {
    underWay--;
    // Nobody listens any more: the rest is not worth the connection.
    if (!ended) body.destroy();
  }
}

/**
 * An event with nothing in it but text: what stands before the text, the text as JSON escapes it, what stands after.
 * Told by its looks because parsing every token costs more than all else done with it.
 */
const TEXT_EVENT =
  /^(\{.*?"delta":\s*\{(?:"role":\s*"assistant",\s*)?"content":\s*")((?:[^"\\]|\\.)*)("(?:,\s*"\w+":\s*null)*\}.*"finish_reason":\s*null.*\})$/s;

/**
 * The same event stream with runs of text joined. Rejects when the stream ends before the reply does, which the
 * OpenAI client takes for a finished reply, and when the model declines, which LangChain drops.
 */
export async function* merged(body: AsyncIterable<Uint8Array>, mergeMs: number): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let unread = '';
  let complete = false;
  let shown = Number.NEGATIVE_INFINITY;
  let run = { head: '', text: '', tail: '' };
  const joined = () => {
    const event = run.head === '' ? '' : `data: ${run.head}${run.text}${run.tail}\n\n`;
    if (run.text !== '') shown = performance.now();
    run = { head: '', text: '', tail: '' };
    return event;
  };
  const read = (event: string) => {
    const data = dataOf(event);
    const [, head, text, tail] = TEXT_EVENT.exec(data) ?? [];
    if (head !== undefined && text !== undefined && tail !== undefined) {
      run = { head: run.head || head, text: run.text + text, tail };
      return '';
    }
    if (data === '') return '';
    complete ||= endsReply(data);
    return `${joined()}data: ${data}\n\n`;
  };
  for await (const bytes of body) {
    const events = (unread + decoder.decode(bytes, { stream: true })).split(/\r?\n\r?\n/);
    unread = events.pop() ?? '';
    let out = '';
    for (const event of events) out += read(event);
    if (run.text !== '' && performance.now() - shown >= mergeMs) out += joined();
    if (out !== '') yield encoder.encode(out);
  }
  const last = read(unread) + joined();
  if (last !== '') yield encoder.encode(last);
  if (!complete) throw new ReplyFailure('cut', 'broke the stream off before the reply was finished');
}

function dataOf(event: string): string {
  if (event.startsWith('data:') && !event.includes('\n')) return event.slice(5).trim();
  const lines = event.split(/\r?\n/).filter((line) => line.startsWith('data:'));
  return lines.map((line) => line.slice(5).trim()).join('\n');
}

const otherEvent = z.object({
  choices: z
    .array(
      z.object({ finish_reason: z.string().nullish(), delta: z.object({ refusal: z.string().nullish() }).nullish() }),
    )
    .optional(),
});

/** Whether an event that is not mere text ends the reply. */
function endsReply(data: string): boolean {
  if (data === '[DONE]') return true;
  let event: unknown;
  try {
    event = JSON.parse(data);
  } catch (cause) {
    throw new ReplyFailure('malformed', 'sent an event that is not JSON', { cause });
  }
  const choice = otherEvent.safeParse(event).data?.choices?.[0];
  if (choice?.delta?.refusal) throw new ReplyFailure('refused', 'declined to speak');
  return Boolean(choice?.finish_reason);
}
