import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { cueFor, listener, never } from '../contracts/voice.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import type { Scripted } from '../fakes/openai-server.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { KEY, stage } from './voice-under-test.ts';

const WORDS = 'The evidence is thin, and nobody has repeated the experiment on other data.';
const statement = () => cueFor(sampleLog('en'), 'statement');

/** Replies in this order; the last one over and over. */
function inOrder(...replies: readonly (string | Scripted)[]) {
  return (_: unknown, nth: number) => replies[Math.min(nth, replies.length) - 1] ?? '';
}

describe('passing trouble is overcome', () => {
  const faults: readonly (readonly [string, Scripted])[] = [
    ['429', { error: { status: 429 } }],
    ['500', { error: { status: 500 } }],
    ['503 with a page', { error: { status: 503, html: '<html>Bad Gateway</html>' } }],
    ['a stalled stream', { text: WORDS, fault: 'stall' }],
    ['a cut connection', { text: WORDS, fault: 'cut' }],
    ['a stream that ends early', { text: WORDS, fault: 'end' }],
    ['malformed JSON', { text: WORDS, fault: 'malformed' }],
    ['an error in the stream', { text: WORDS, fault: 'error event' }],
    ['an empty reply', { text: '' }],
    ['thoughts and nothing else', { text: '<think>What to say?</think>' }],
    ['a refusal', { refusal: 'I cannot help with that.' }],
    ['a content filter', { text: 'The evidence', finish: 'content_filter' }],
  ];

  test.each(faults)('%s', async (_, fault) => {
    const settings = { idleTimeoutMs: 150, mergeMs: 0 };
    await using on = await stage({ reply: inOrder(fault, WORDS), latency: { each: 2 } }, settings);
    const heard = listener();
    const said = await on.voice.speak(statement(), heard.listener, never());
    expect(said.text).toBe(WORDS);
    expect(heard.text()).toBe(WORDS);
    expect(heard.restarts()).toBe(heard.deltas.join('') === WORDS ? 0 : 1);
    expect(on.server.journal).toHaveLength(2);
  });

  test('the stalled socket is closed', async () => {
    await using on = await stage({ reply: inOrder({ text: WORDS, fault: 'stall' }, WORDS) }, { idleTimeoutMs: 100 });
    await on.voice.speak(statement(), listener().listener, never());
    expect(on.server.journal.map((entry) => entry.finish)).toEqual(['aborted', 'done']);
  });

  test('with an agent and its tool, too', async () => {
    const replies = inOrder({ text: WORDS, fault: 'cut' }, { error: { status: 500 } }, WORDS);
    await using on = await stage({ reply: replies }, { articleTokens: 10, mergeMs: 0 });
    const heard = listener();
    expect((await on.voice.speak(statement(), heard.listener, never())).text).toBe(WORDS);
    expect(heard.text()).toBe(WORDS);
  });

  test.each([
    ['retry-after in seconds', { 'retry-after': '7' }, 7000],
    ['retry-after-ms', { 'retry-after-ms': '120' }, 120],
    ['an hour, which is too long', { 'retry-after': '3600' }, 60_000],
  ])('waits as long as asked: %s', async (_, headers, ms) => {
    await using on = await stage({ reply: inOrder({ error: { status: 429, headers } }, WORDS) });
    await on.voice.speak(statement(), listener().listener, never());
    expect(on.waits).toEqual([ms]);
  });

  test('a date to come back at', async () => {
    const headers = { 'retry-after': new Date(Date.now() + 20_000).toUTCString() };
    await using on = await stage({ reply: inOrder({ error: { status: 503, headers } }, WORDS) });
    await on.voice.speak(statement(), listener().listener, never());
    expect(on.waits[0]).toBeGreaterThan(15_000);
    expect(on.waits[0]).toBeLessThan(21_000);
  });

  test('waits longer each time when nothing is said', async () => {
    const down = { error: { status: 500 } };
    await using on = await stage({ reply: inOrder(down, down, down, WORDS) }, { maxRetries: 3 });
    await on.voice.speak(statement(), listener().listener, never());
    const [first = 0, second = 0, third = 0] = on.waits;
    expect(second).toBeGreaterThan(first);
    expect(third).toBeGreaterThan(second);
  });
});

describe('extras a server refuses are left out, and not tried again', () => {
  test.each(['stream_options', 'response_format', 'temperature', 'turns'] as const)('%s', async (extra) => {
    await using on = await stage({ reply: mockPanel, refuses: [extra] });
    const cue = cueFor(sampleLog('en'), 'opening');
    const warm = { ...cue, log: sampleLog('en'), persona: { ...cue.persona, temperature: 0.5 } };
    await on.voice.speak(warm, listener().listener, never());
    await on.voice.speak(warm, listener().listener, never());
    expect(on.server.journal.map((entry) => entry.finish)).toEqual(['refused', 'done', 'done']);
  });

  test('all of them at once', async () => {
    await using on = await stage({ reply: mockPanel, refuses: ['response_format', 'stream_options', 'turns'] });
    const said = await on.voice.speak(cueFor(sampleLog('en'), 'notes'), listener().listener, never());
    expect(said.usage).toEqual({ inputTokens: null, cachedTokens: null, outputTokens: null });
  });
});

describe('what the person who set it up can put right', () => {
  const cases: readonly (readonly [string, Scripted['error'] & object, RegExp])[] = [
    ['a wrong key', { status: 401, message: `Incorrect API key provided: ${KEY}` }, /key .* refused.*OPENAI_API_KEY/],
    ['a forbidden one', { status: 403, message: `Key ${KEY} may not` }, /key .* refused/],
    [
      'an unknown model',
      { status: 404, message: 'The model `mock` does not exist' },
      /no model openai:mock .*TERTULIA_MODEL/,
    ],
    ['a wrong address', { status: 404, html: '<h1>Not Found</h1>' }, /OPENAI_BASE_URL .*\/v1/],
    [
      'no quota',
      { status: 429, message: 'You exceeded your quota', code: 'insufficient_quota' },
      /no quota left.*credit/,
    ],
    [
      'too small a context',
      { status: 400, message: "This model's maximum context length is 4096 tokens" },
      /ARTICLE_TOKENS/,
    ],
  ];

  test.each(cases)('%s', async (_, error, remedy) => {
    await using on = await stage({ reply: () => ({ error }) });
    const failed = await on.voice.speak(statement(), listener().listener, never()).catch((thrown: unknown) => thrown);
    if (!(failed instanceof InputError)) throw failed;
    expect(failed.text.en).toMatch(remedy);
    expect(failed.text.es).not.toBe(failed.text.en);
    expect(`${failed.text.en}${failed.text.es}${failed.stack}${String(failed.cause)}`).not.toContain(KEY);
    expect(on.server.journal).toHaveLength(1);
  });

  test('a page instead of a reply', async () => {
    await using on = await stage({ reply: () => ({ error: { status: 200, html: '<h1>Welcome</h1>' } }) });
    const failed = on.voice.speak(statement(), listener().listener, never());
    await expect(failed).rejects.toThrow(/does not speak the OpenAI protocol/);
  });

  test('a server that is not there', async () => {
    const gone = await stage({ reply: () => WORDS });
    await gone.server.close();
    const failed = gone.voice.speak(statement(), listener().listener, never());
    await expect(failed).rejects.toThrow(InputError);
    await expect(failed).rejects.toThrow(/does not answer: start it/);
    expect(gone.waits).toHaveLength(2);
  });
});

describe('when it will not work', () => {
  test.each([
    ['keeps failing', { error: { status: 500 } }, /openai:mock answered with status 500/, 3],
    ['says nothing, twice', { text: '' }, /openai:mock sent an empty reply/, 2],
    ['declines, twice', { refusal: 'No.' }, /openai:mock declined to speak/, 2],
    ['is asked wrongly', { error: { status: 400, message: `bad ${KEY}` } }, /status 400: .*bad …/, 1],
  ])('a model that %s', async (_, reply, message, calls) => {
    await using on = await stage({ reply: () => reply });
    const failed = on.voice.speak(statement(), listener().listener, never());
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.not.toBeInstanceOf(InputError);
    expect(on.server.journal).toHaveLength(calls);
  });

  const down = (request: { model: string }): string | Scripted =>
    request.model === 'mock' ? { text: WORDS, fault: 'cut' } : 'From the stand-in.';

  test('the fallback model speaks, from the beginning', async () => {
    await using on = await stage({ reply: down }, { fallbackModel: 'openai:spare', maxRetries: 1, mergeMs: 0 });
    const heard = listener();
    const said = await on.voice.speak(statement(), heard.listener, never());
    expect(said).toMatchObject({ text: 'From the stand-in.', model: 'openai:spare' });
    expect(heard.text()).toBe('From the stand-in.');
    expect(on.server.journal.map((entry) => entry.request.model)).toEqual(['mock', 'mock', 'spare']);
  });

  test('but not for a wrong key, which would hide it', async () => {
    await using on = await stage({ reply: down, apiKey: 'another' }, { fallbackModel: 'openai:spare' });
    const failed = on.voice.speak(statement(), listener().listener, never());
    await expect(failed).rejects.toThrow(/key .* refused/);
  });
});

describe('aborting', () => {
  const reason = new Error('enough');

  test('while it speaks: ends at once with the reason and closes the socket', async () => {
    await using on = await stage({ reply: () => WORDS, latency: { each: 20 } }, { mergeMs: 0 });
    const abort = new AbortController();
    const speaking = on.voice.speak(statement(), { text: () => abort.abort(reason), restart: () => {} }, abort.signal);
    await expect(speaking).rejects.toBe(reason);
    await closedBy(() => on.server.journal[0]?.finish === 'aborted');
  });

  test('before the first word', async () => {
    await using on = await stage({ reply: () => WORDS, latency: { first: 2_000 } });
    const abort = new AbortController();
    setTimeout(() => abort.abort(reason), 50);
    await expect(on.voice.speak(statement(), listener().listener, abort.signal)).rejects.toBe(reason);
    await closedBy(() => on.server.journal[0]?.finish === 'aborted');
  });

  test('with an agent', async () => {
    await using on = await stage({ reply: () => ({ text: WORDS, fault: 'stall' }) }, { articleTokens: 10 });
    const abort = new AbortController();
    setTimeout(() => abort.abort(reason), 300);
    await expect(on.voice.speak(statement(), listener().listener, abort.signal)).rejects.toBe(reason);
    await closedBy(() => on.server.journal[0]?.finish === 'aborted');
  });
});

/** A socket takes a moment to tell the other side. */
async function closedBy(done: () => boolean): Promise<void> {
  for (let waited = 0; !done(); waited += 10) {
    if (waited > 2_000) throw new Error('the socket was not closed');
    await new Promise((later) => setTimeout(later, 10));
  }
}
