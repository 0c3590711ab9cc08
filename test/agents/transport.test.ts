import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { merged } from '../../src/agents/transport.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function delta(content: string, first = false): string {
  const said = first ? { role: 'assistant', content } : { content };
  const event = { id: 'c1', choices: [{ index: 0, delta: said, logprobs: null, finish_reason: null }] };
  return `data: ${JSON.stringify(event)}\n\n`;
}

const finish = (reason: string) => `data: {"choices":[{"index":0,"delta":{},"finish_reason":"${reason}"}]}\n\n`;
const DONE = 'data: [DONE]\n\n';

async function* parts(list: readonly Uint8Array[], pause = 0): AsyncGenerator<Uint8Array> {
  for (const part of list) {
    if (pause > 0) await new Promise((later) => setTimeout(later, pause));
    yield part;
  }
}

async function eventsOf(stream: AsyncIterable<Uint8Array>): Promise<string[]> {
  let text = '';
  const decoder = new TextDecoder();
  for await (const bytes of stream) text += decoder.decode(bytes, { stream: true });
  return text
    .split('\n\n')
    .filter(Boolean)
    .map((event) => event.replace(/^data: /, ''));
}

function textOf(events: readonly string[]): string {
  return events
    .filter((event) => event !== '[DONE]')
    .map((event) => JSON.parse(event).choices?.[0]?.delta?.content ?? '')
    .join('');
}

function cutAt(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [0, ...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b);
  return at.slice(1).map((end, index) => bytes.slice(at[index], end));
}

describe('merged streams', () => {
  test('say the same, whatever is said and however the bytes are cut', async () => {
    const tokens = fc.array(fc.string({ unit: 'binary', maxLength: 12 }), { maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(tokens, fc.array(fc.nat(), { maxLength: 8 }), fc.boolean(), async (said, cuts, crlf) => {
        const sse = [delta('', true), ...said.map((token) => delta(token)), finish('stop'), DONE].join('');
        const bytes = encode(crlf ? sse.replaceAll('\n', '\r\n') : sse);
        const events = await eventsOf(merged(parts(cutAt(bytes, cuts)), 1e9));
        expect(textOf(events)).toBe(said.join(''));
        expect(events.at(-1)).toBe('[DONE]');
      }),
    );
  });

  test('pass the first words on at once, then gather', async () => {
    const words = Array.from({ length: 20 }, (_, at) => encode(delta(`w${at} `)));
    const stream = merged(parts([encode(delta('', true)), ...words, encode(finish('stop') + DONE)], 1), 1e9);
    const texts = (await eventsOf(stream)).map((event) => textOf([event])).filter(Boolean);
    expect(texts[0]).toBe('w0 ');
    expect(texts).toHaveLength(2);
  });

  test('keep what is not text as it came and in its place', async () => {
    const call = 'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0}]},"finish_reason":null}]}\n\n';
    const usage = 'data: {"choices":[],"usage":{"prompt_tokens":3}}\n\n';
    const sse = [delta('a'), ': keep-alive\n\n', delta('b'), call, delta('c'), finish('stop'), usage, DONE].join('');
    const events = await eventsOf(merged(parts([encode(sse)]), 1e9));
    expect(events).toEqual(
      [delta('ab'), call, delta('c'), finish('stop'), usage, DONE].map((event) => event.slice(6, -2)),
    );
  });

  test.each([
    ['spaces', '{"choices": [{"index": 0, "delta": {"content": "a"}, "finish_reason": null}]}'],
    ['null fields', '{"choices":[{"delta":{"role":"assistant","content":"a","refusal":null},"finish_reason":null}]}'],
    [
      'a changing field after the text',
      '{"choices":[{"delta":{"content":"a"},"finish_reason":null}],"obfuscation":"x"}',
    ],
  ])('join events with %s', async (_, event) => {
    const sse = `data: ${event}\n\ndata: ${event.replace('"x"', '"yz"')}\n\n${DONE}`;
    const events = await eventsOf(merged(parts([encode(sse)]), 1e9));
    expect(events).toHaveLength(2);
    expect(textOf(events)).toBe('aa');
  });

  test.each([
    ['breaks off', delta('a'), 'cut'],
    ['is not JSON', `${delta('a')}data: {"choi\n\n`, 'malformed'],
    ['declines', 'data: {"choices":[{"delta":{"refusal":"No"}}]}\n\n', 'refused'],
  ])('reject when the model %s', async (_, sse, kind) => {
    await expect(eventsOf(merged(parts([encode(sse)]), 0))).rejects.toMatchObject({ name: 'ReplyFailure', kind });
  });

  test('end without a closing line when the reply was finished', async () => {
    expect(textOf(await eventsOf(merged(parts([encode(delta('a') + finish('stop'))]), 0)))).toBe('a');
    expect(textOf(await eventsOf(merged(parts([encode(`${delta('a')}data: [DONE]`)]), 0)))).toBe('a');
  });
});
