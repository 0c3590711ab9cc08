/** A model voice against a fake server, as the tests of this folder want it. */

import { createModelVoice } from '../../src/agents/model-voice.ts';
import type { ModelSettings } from '../../src/agents/models.ts';
import type { Passage } from '../../src/debate.ts';
import type { Voice } from '../../src/ports/voice.ts';
import { type OpenAiServer, type OpenAiServerOptions, startOpenAiServer } from '../fakes/openai-server.ts';

export const KEY = 'sk-test-4c2b9f';

export function settingsFor(url: string, change: Partial<ModelSettings> = {}): ModelSettings {
  return {
    model: 'openai:mock',
    coordinatorModel: null,
    fallbackModel: null,
    apiKey: KEY,
    baseUrl: url,
    articleTokens: 60_000,
    idleTimeoutMs: 5_000,
    maxRetries: 2,
    ...change,
  };
}

export interface Stage extends AsyncDisposable {
  readonly voice: Voice;
  readonly server: OpenAiServer;
  /** How long the voice waited between attempts, in ms; no time passes. */
  readonly waits: readonly number[];
}

export async function stage(
  options: OpenAiServerOptions,
  change: Partial<ModelSettings> = {},
  passages: readonly Passage[] = [],
): Promise<Stage> {
  const server = await startOpenAiServer(options);
  const waits: number[] = [];
  const voice = createModelVoice(settingsFor(server.url, change), {
    searchPassages: async (_workspace, _sha256, _words, limit) => passages.slice(0, limit),
    wait: async (ms) => waits.push(ms),
  });
  return { voice, server, waits, [Symbol.asyncDispose]: () => server.close() };
}
