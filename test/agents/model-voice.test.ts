import { describe, expect, test } from '@jest/globals';
import { UNHEARD } from '../../src/ports/voice.ts';
import { cueFor, listener, never, voiceContract } from '../contracts/voice.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import type { Scripted } from '../fakes/openai-server.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { KEY, stage } from './voice-under-test.ts';

voiceContract('model voice', async (language) => {
  const { voice, server } = await stage({ reply: mockPanel, apiKey: KEY });
  return { voice, log: sampleLog(language), close: server.close };
});

const WORDS = 'The evidence is thin, and nobody has repeated the experiment on other data.';
const statement = () => cueFor(sampleLog('en'), 'statement');

describe('a turn', () => {
  test('streams its first words at once and the rest in few pieces', async () => {
    await using on = await stage({ reply: () => WORDS, deltaSize: 3, latency: { each: 4 } }, { mergeMs: 200 });
    const heard = listener();
    const said = await on.voice.speak(statement(), heard.listener, never());
    expect(said.text).toBe(WORDS);
    expect(heard.text()).toBe(WORDS);
    expect(heard.deltas[0]).toBe('The');
    expect(heard.deltas.length).toBeLessThan(8);
    expect(heard.restarts()).toBe(0);
  });

  test('is asked for whole where nobody follows, with the same words and the same usage', async () => {
    const usage = { prompt: 900, cached: 768, completion: 40 };
    await using on = await stage({ reply: () => ({ text: `<think>hm</think>${WORDS}`, usage }) });
    const said = await on.voice.speak(statement(), UNHEARD, never());
    expect(on.server.journal[0]?.request.stream ?? false).toBe(false);
    expect(said.text).toBe(WORDS);
    expect(said.usage).toEqual({ inputTokens: 900, cachedTokens: 768, outputTokens: 40 });
  });

  test('asked for whole, too, is tried again after trouble and given up when told to', async () => {
    let calls = 0;
    const reply = () => (++calls === 1 ? { error: { status: 500 } } : WORDS);
    await using on = await stage({ reply });
    expect((await on.voice.speak(statement(), UNHEARD, never())).text).toBe(WORDS);
    const stop = new AbortController();
    const speaking = on.voice.speak(statement(), UNHEARD, stop.signal);
    stop.abort(new Error('told to stop'));
    await expect(speaking).rejects.toThrow('told to stop');
  });

  test('reports usage with what was cached', async () => {
    const usage = { prompt: 900, cached: 768, completion: 40 };
    await using on = await stage({ reply: () => ({ text: WORDS, usage }) });
    const said = await on.voice.speak(statement(), listener().listener, never());
    expect(said.usage).toEqual({ inputTokens: 900, cachedTokens: 768, outputTokens: 40 });
    expect(said.model).toBe('openai:mock');
  });

  test.each([
    ['all of it', null, { inputTokens: null, cachedTokens: null, outputTokens: null }],
    ['the cached part', { prompt: 9, completion: 4 }, { inputTokens: 9, cachedTokens: null, outputTokens: 4 }],
  ])('keeps usage unknown where the server does not report %s', async (_, usage, expected) => {
    await using on = await stage({ reply: () => ({ text: WORDS, usage }) });
    expect((await on.voice.speak(statement(), listener().listener, never())).usage).toEqual(expected);
  });

  test('repeats the prompt of the turn before it', async () => {
    await using on = await stage({ reply: () => WORDS });
    const cue = statement();
    await on.voice.speak(cue, listener().listener, never());
    const grown = { ...cue.log, turns: sampleLog('en').turns.slice(0, cue.log.turns.length + 1) };
    const second = await on.voice.speak({ ...cue, log: grown }, listener().listener, never());
    const { inputTokens, cachedTokens } = second.usage ?? {};
    expect((cachedTokens ?? 0) / (inputTokens ?? 1)).toBeGreaterThan(0.6);
  });

  test('JSON is asked for as JSON and read by nobody while it grows', async () => {
    await using on = await stage({ reply: mockPanel });
    const heard = listener();
    await on.voice.speak(cueFor(sampleLog('en'), 'opening'), heard.listener, never());
    expect(on.server.journal[0]?.request.response_format).toEqual({ type: 'json_object' });
    expect(heard.deltas).toEqual([]);
  });

  test("each speaker has its model: a persona's own, the coordinator's, else the debate's", async () => {
    await using on = await stage({ reply: mockPanel }, { coordinatorModel: 'openai:chair' });
    const cue = statement();
    const own = { ...cue.persona, model: 'openai:own', temperature: 0.3 };
    const opening = cueFor(sampleLog('en'), 'opening');
    for (const each of [cue, { ...cue, persona: own }, opening]) {
      await on.voice.speak(each, listener().listener, never());
    }
    const asked = on.server.journal.map(({ request }) => [request.model, request.temperature]);
    expect(asked).toEqual([
      ['mock', undefined],
      ['own', 0.3],
      ['chair', undefined],
    ]);
  });
});

describe('awkward replies', () => {
  test.each([
    ['thoughts in tags', '<think>Let me see. </think>\n\nI object.', 'I object.'],
    ['thoughts whose opening tag was left out', 'Let me see.</think>I object.', 'I object.'],
    ['less-than signs', 'If a <b then I object.', 'If a <b then I object.'],
  ])('%s', async (_, text, shown) => {
    await using on = await stage({ reply: () => text, deltaSize: 2, latency: { each: 1 } }, { mergeMs: 0 });
    const heard = listener();
    expect((await on.voice.speak(statement(), heard.listener, never())).text).toBe(shown);
    expect(heard.text()).toBe(shown);
  });

  test('thoughts are never heard, not even for a moment', async () => {
    const text = '<think>secret plan</think>I object.';
    await using on = await stage({ reply: () => text, deltaSize: 1 }, { mergeMs: 0 });
    const heard = listener();
    await on.voice.speak(statement(), heard.listener, never());
    expect(heard.deltas.join('')).toBe('I object.');
  });

  // These are the checks' to mend: the voice must hand them on as they came.
  test.each([
    ['a fence', '```\nI object.\n```'],
    ['lines for others', 'I object.\nAI Doomer: So do I.'],
    ['another language', 'Je m’y oppose, les preuves sont trop minces.'],
    ['more than was asked for', 'word '.repeat(2000).trim()],
  ])('%s', async (_, text) => {
    await using on = await stage({ reply: () => text, deltaSize: 400 });
    expect((await on.voice.speak(statement(), listener().listener, never())).text).toBe(text);
  });
});

describe('an article over budget', () => {
  const log = sampleLog('en');
  const passages = log.article?.passages ?? [];
  const reply = statement();
  const asksFirst =
    (found: string[]) =>
    (request: { messages: readonly { role: string; content?: string | null }[] }): Scripted => {
      const result = request.messages.find((message) => message.role === 'tool');
      if (!result) return { text: 'Let me look.', toolCalls: [{ name: 'search_article', args: { words: 'energy' } }] };
      found.push(result.content ?? '');
      return { text: WORDS };
    };

  test('is shown in outline, with passages and a search the speaker may use', async () => {
    const found: string[] = [];
    await using on = await stage({ reply: asksFirst(found) }, { articleTokens: 100, mergeMs: 0 }, passages.slice(4, 6));
    const heard = listener();
    const said = await on.voice.speak(reply, heard.listener, never());
    expect(said.text).toBe(WORDS);
    expect(heard.text()).toBe(WORDS);
    expect(found[0]).toContain('[p5] (p. 2) The longest budget costs nine times');
    const [first, second] = on.server.journal.map((entry) => entry.request);
    expect(first?.messages[0]?.content).not.toContain('Stopping when two drafts agree');
    expect(first?.messages.at(-1)?.content).toContain('Stopping when two drafts agree');
    expect(first?.tools?.[0]?.function.name).toBe('search_article');
    const total = said.usage?.inputTokens ?? 0;
    const words = JSON.stringify(second?.messages.map((message) => message.content)).length / 4;
    expect(total).toBeGreaterThan(words * 1.5);
  });

  test('works without tools where the server has none', async () => {
    await using on = await stage({ reply: () => WORDS, refuses: ['tools'] }, { articleTokens: 100 }, passages);
    expect((await on.voice.speak(reply, listener().listener, never())).text).toBe(WORDS);
    await on.voice.speak(reply, listener().listener, never());
    expect(on.server.journal.map((entry) => entry.request.tools !== undefined)).toEqual([true, false, false]);
  });

  test('structured turns get passages but no tool', async () => {
    await using on = await stage({ reply: mockPanel }, { articleTokens: 100 }, passages);
    await on.voice.speak(cueFor(log, 'opening'), listener().listener, never());
    expect(on.server.journal[0]?.request.tools).toBeUndefined();
  });
});
