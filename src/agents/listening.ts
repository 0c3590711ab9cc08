/** Follows one reply of a model as it streams in. */
import type { BaseMessage } from '@langchain/core/messages';
import { z } from 'zod';
import type { Usage } from '../debate.ts';
import type { Listener } from '../ports/voice.ts';
import { withoutThinking } from '../text/structured.ts';
import { ReplyFailure } from './failures.ts';

/** Far beyond any turn, thoughts included: a model that goes on so will not stop. */
const ENDLESS_CHARS = 400_000;

export interface Reply {
  readonly text: string;
  readonly usage: Usage;
}

/**
 * Hears a stream of message chunks to its end. The listener gets the text without a reasoning model's thoughts; what
 * was said before a tool was called is void. Rejects with a ReplyFailure when it falls silent for `idleMs`, runs on
 * without end, says nothing or declines; with the signal's reason when aborted.
 */
export async function hear(
  start: (signal: AbortSignal) => Promise<AsyncIterable<BaseMessage>>,
  listener: Listener,
  idleMs: number,
  signal: AbortSignal,
): Promise<Reply> {
  const silence = new AbortController();
  const timer = setTimeout(() => silence.abort(stalled(idleMs)), idleMs);
  const usage = usageSum();
  let raw = '';
  let shown = '';
  try {
    for await (const chunk of await start(AbortSignal.any([signal, silence.signal]))) {
      timer.refresh();
      usage.add(chunk);
      if (chunk.getType() === 'tool') raw = '';
      else raw += textOf(chunk);
      if (raw.length > ENDLESS_CHARS) throw new ReplyFailure('endless', 'talked without end');
      if (declined(chunk)) throw new ReplyFailure('refused', 'declined to speak');
      shown = show(raw, shown, listener);
    }
  } catch (error) {
    signal.throwIfAborted();
    silence.signal.throwIfAborted();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  // Some clients end an aborted stream as if it were complete.
  signal.throwIfAborted();
  silence.signal.throwIfAborted();
  const text = withoutThinking(raw);
  if (text === '') throw new ReplyFailure('empty', 'sent an empty reply');
  show(`${raw} `, shown, listener);
  return { text, usage: usage.total() };
}

function stalled(idleMs: number): ReplyFailure {
  return new ReplyFailure('stalled', `sent nothing for ${idleMs / 1000} s`);
}

function textOf(chunk: BaseMessage): string {
  return typeof chunk.content === 'string' ? chunk.content : chunk.text;
}

/** Passes on what is new. Thoughts whose opening tag was never sent are only known for such at their end: start over. */
function show(raw: string, shown: string, listener: Listener): string {
  const visible = withoutThinking(raw.replace(/<\/?[a-z]*$/, ''));
  if (!visible.startsWith(shown)) {
    listener.restart();
    if (visible !== '') listener.text(visible);
  } else if (visible.length > shown.length) {
    listener.text(visible.slice(shown.length));
  }
  return visible;
}

const finish = z.object({ finish_reason: z.string() });

function declined(chunk: BaseMessage): boolean {
  const parsed = finish.safeParse(chunk.response_metadata);
  return parsed.success && parsed.data.finish_reason === 'content_filter';
}

const reported = z.object({
  usage_metadata: z.object({
    input_tokens: z.number(),
    output_tokens: z.number(),
    input_token_details: z.object({ cache_read: z.number().optional() }).optional(),
  }),
});

/** Adds up what the chunks report; what none reports stays unknown. */
function usageSum() {
  let input: number | null = null;
  let cached: number | null = null;
  let output: number | null = null;
  return {
    add(chunk: BaseMessage): void {
      if (!('usage_metadata' in chunk) || !chunk.usage_metadata) return;
      const parsed = reported.safeParse(chunk);
      if (!parsed.success) return;
      const { input_tokens, output_tokens, input_token_details: details } = parsed.data.usage_metadata;
      input = (input ?? 0) + input_tokens;
      output = (output ?? 0) + output_tokens;
      if (details?.cache_read !== undefined) cached = (cached ?? 0) + details.cache_read;
    },
    total: (): Usage => ({ inputTokens: input, cachedTokens: cached, outputTokens: output }),
  };
}
