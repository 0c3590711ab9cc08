import { describe, expect, test } from '@jest/globals';
import { checkModel } from '../../src/agents/check.ts';
import { createModelVoice } from '../../src/agents/model-voice.ts';
import { type ModelSettings, openModel, parseModelName, placeOf } from '../../src/agents/models.ts';
import { InputError } from '../../src/errors.ts';
import { never } from '../contracts/voice.ts';
import { startOpenAiServer } from '../fakes/openai-server.ts';
import { KEY, settingsFor } from './voice-under-test.ts';

const open = (model: string, change: Partial<ModelSettings> = {}) =>
  openModel(
    model,
    { json: false, temperature: undefined },
    settingsFor('https://models.example/v1', change),
    new Set(),
  );

async function advice(thrown: Promise<unknown>): Promise<string> {
  const error = await thrown.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof InputError)) throw error ?? new Error('nothing was wrong');
  expect(error.text.es).not.toBe(error.text.en);
  return error.text.en;
}

describe('model names', () => {
  test.each([
    ['openai:gpt-x', { provider: 'openai', name: 'gpt-x' }],
    ['openai:vendor/model:free', { provider: 'openai', name: 'vendor/model:free' }],
    ['google-genai:g', { provider: 'google-genai', name: 'g' }],
  ])('%s', (name, parsed) => expect(parseModelName(name)).toEqual(parsed));

  test.each(['gpt-x', '', 'openai:', 'openai: gpt', ':x'])('“%s” does not say whose model it is', (name) => {
    expect(() => parseModelName(name)).toThrow(InputError);
  });

  test('are looked at before anybody speaks', () => {
    const settings = settingsFor('http://127.0.0.1:1/v1', { fallbackModel: 'spare' });
    expect(() => createModelVoice(settings, { searchPassages: async () => [] })).toThrow(/openai:spare/);
  });
});

test('a password in the base URL is told to nobody', () => {
  expect(placeOf('openai:m', settingsFor('https://me:secret@gpu.lan/v1'))).toBe('https://gpu.lan/v1');
});

describe('models that cannot be opened', () => {
  test('a provider whose package is missing', async () => {
    expect(await advice(open('mistral:m'))).toMatch(/npm install @langchain\/mistralai$/);
  });

  test('a provider nobody knows', async () => {
    expect(await advice(open('acme:m'))).toMatch(/“acme”: use one of .*anthropic/);
  });

  test.each([
    ['OpenAI itself', null],
    ['a public server', 'https://models.example/v1'],
    ['a public address', 'http://93.184.216.34/v1'],
  ])('no key for %s', async (_, baseUrl) => {
    expect(await advice(open('openai:m', { apiKey: null, baseUrl }))).toMatch(
      /no key for openai:m: set OPENAI_API_KEY/,
    );
  });

  test('a base URL that is none', async () => {
    expect(await advice(open('openai:m', { apiKey: null, baseUrl: 'localhost:11434' }))).toMatch(/is no address/);
  });

  test.each([
    'http://localhost:1/v1',
    'http://10.1.2.3/v1',
    'http://[::1]:8080/v1',
    'http://ollama:11434/v1',
    'http://gpu.lan/v1',
  ])('a server of one’s own needs no key: %s', async (baseUrl) => {
    await expect(open('openai:m', { apiKey: null, baseUrl })).resolves.toBeDefined();
  });
});

describe('the doctor’s call', () => {
  test('all is well', async () => {
    const server = await startOpenAiServer({ reply: () => 'ready', apiKey: KEY });
    const health = await checkModel(settingsFor(server.url), never());
    await server.close();
    expect(health).toEqual({ model: 'openai:mock', ms: expect.any(Number) });
    expect(server.journal).toHaveLength(1);
  });

  test.each([
    ['a wrong key', { apiKey: 'other' }, {}, /is refused/],
    ['an unknown model', { models: ['good'] }, {}, /no model openai:mock/],
    ['a malformed name', {}, { coordinatorModel: 'chair' }, /openai:chair/],
    ['a failing server', { reply: () => ({ error: { status: 500 } }) }, {}, /status 500.* Try again/],
  ])('%s', async (_, options, change, text) => {
    const server = await startOpenAiServer({ reply: () => 'ready', ...options });
    const said = await advice(checkModel(settingsFor(server.url, change), never()));
    await server.close();
    expect(said).toMatch(text);
    expect(said).not.toContain(KEY);
  });

  test('can be aborted', async () => {
    const reason = new Error('enough');
    await expect(checkModel(settingsFor('http://127.0.0.1:1/v1'), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
