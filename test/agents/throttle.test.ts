/** A model that asks for a pause is left alone by everybody, and readers are told. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createModelVoice } from '../../src/agents/model-voice.ts';
import { InputError } from '../../src/errors.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Throttle, Voice } from '../../src/ports/voice.ts';
import { cueFor, never } from '../contracts/voice.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { type OpenAiServerOptions, startOpenAiServer } from '../fakes/openai-server.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { fairScript } from '../fakes/scripted-voice.ts';
import { layTable } from '../fakes/table.ts';
import { settingsFor } from './voice-under-test.ts';

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
});
afterAll(() => store.close());

const WORDS = 'The evidence is thin, and nobody has repeated the experiment on other data.';
const tooMuch = { error: { status: 429, headers: { 'retry-after': '20' } } };

/** Two processes with a clock in common: waiting is what makes it go on. */
async function stage(options: OpenAiServerOptions, change: Parameters<typeof settingsFor>[1] = {}) {
  const server = await startOpenAiServer(options);
  let now = 0;
  let until = 0;
  const throttle: Throttle = {
    pass: async () => Math.max(0, until - now),
    hold: async (_model, ms) => {
      until = Math.max(until, now + ms);
    },
  };
  const waits: number[] = [];
  const wait = async (ms: number) => {
    waits.push(ms);
    now += ms;
  };
  const voice = (): Voice =>
    createModelVoice(settingsFor(server.url, change), { searchPassages: async () => [], throttle, wait });
  return { server, throttle, waits, voices: [voice(), voice()] as const, [Symbol.asyncDispose]: () => server.close() };
}

const told = () => {
  const pauses: number[] = [];
  const waiting = (ms: number) => void pauses.push(ms);
  return { pauses, listener: { text: () => undefined, restart: () => undefined, waiting } };
};

test('one is asked for a pause, and the other keeps it, too', async () => {
  await using on = await stage({ reply: (_, nth) => (nth === 1 ? tooMuch : WORDS) });
  const { pauses, listener } = told();
  const cue = () => cueFor(sampleLog('en'), 'statement');
  await on.throttle.hold('openai:mock', 8_000);
  expect((await on.voices[0].speak(cue(), listener, never())).text).toBe(WORDS);
  // Eight seconds that somebody else was asked for, then twenty of its own; a little more, so that not all come at once.
  expect(on.waits).toEqual([expect.closeTo(9_200, -4), expect.closeTo(23_000, -4)]);
  for (const [at, least] of [8_000, 20_000].entries()) expect(on.waits[at]).toBeGreaterThanOrEqual(least);
  expect(pauses).toEqual(on.waits);
  await on.throttle.hold('openai:mock', 1_000);
  await on.voices[1].speak(cue(), listener, never());
  expect(on.waits).toHaveLength(3);
  // Nobody notices a second.
  expect(pauses).toHaveLength(2);
  expect(on.server.journal).toHaveLength(3);
});

test('pauses are not counted as attempts, but a model that asks for nothing else is down', async () => {
  await using on = await stage({ reply: () => tooMuch }, { maxRetries: 1 });
  const speaking = on.voices[0].speak(cueFor(sampleLog('en'), 'statement'), told().listener, never());
  await expect(speaking).rejects.toThrow('answered with status 429');
  expect(on.server.journal.length).toBeGreaterThan(20);
  expect(on.server.journal.length).toBeLessThan(50);
});

test('where another model stands in, it is asked as soon as attempts are used up', async () => {
  const reply: OpenAiServerOptions['reply'] = ({ model }) => (model === 'mock' ? tooMuch : WORDS);
  await using on = await stage({ reply }, { maxRetries: 1, fallbackModel: 'openai:other' });
  const speaking = on.voices[0].speak(cueFor(sampleLog('en'), 'statement'), told().listener, never());
  expect((await speaking).text).toBe(WORDS);
  expect(on.server.journal.length).toBeLessThan(5);
});

test('a wrong key is told at once, whatever pause there was', async () => {
  await using on = await stage({ reply: mockPanel, apiKey: 'another' });
  await expect(on.voices[0].speak(cueFor(sampleLog('en'), 'statement'), told().listener, never())).rejects.toThrow(
    InputError,
  );
  expect(on.waits).toEqual([]);
});

test('readers are told once for all who wait, in their language', async () => {
  const voice: Voice = {
    kind: 'model',
    async speak(cue, { waiting }) {
      if (cue.move.kind === 'statement') waiting?.(42_300);
      return { text: fairScript(cue), usage: null, model: 'openai:mock' };
    },
  };
  const table = await layTable(store, voice);
  await table.run(await table.convene());
  expect(table.adapter.notices).toEqual(['The model asks us to wait; we go on in about 43 s.']);
});
