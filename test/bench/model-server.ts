/** The fake model server in a process of its own, so that its work is not taken for a contestant's. Speaks by IPC. */
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type ChatRequest, startOpenAiServer } from '../fakes/openai-server.ts';

/** How a reply comes: its first words after `first` ms, then a stretch every `each` ms. */
const pace = z.object({ first: z.number(), each: z.number() });

/** Comparing the prompts of one debate is enough, and quick. */
const CALLS_PER_DEBATE = 16;
const WORDS_PER_REPLY = 180;
const STRETCH = 60;
const reply = Array.from({ length: WORDS_PER_REPLY }, (_, i) => ['and', 'the', 'two', 'but', 'not', 'for'][i % 6]).join(
  ' ',
);

const latency = pace.parse(JSON.parse(process.argv[2] ?? '{}'));
let firstRequestAt = 0;
const server = await startOpenAiServer({
  reply: () => {
    firstRequestAt ||= Date.now();
    return { text: reply, usage: { prompt: 6000, completion: WORDS_PER_REPLY } };
  },
  latency,
  deltaSize: STRETCH,
});
process.send?.({ url: server.url });
process.on('message', () => {
  const prompts = server.journal.slice(0, CALLS_PER_DEBATE).map(({ request }) => rendered(request));
  const prompted = prompts.reduce((sum, prompt) => sum + prompt.length, 0);
  const repeated = prompts.reduce((sum, prompt, at) => sum + longestRepeated(prompt, prompts.slice(0, at)), 0);
  process.send?.({ firstRequestAt, prompted, repeated });
});
process.on('disconnect', async () => {
  await Promise.race([server.close(), delay(1000)]);
  process.exit(0);
});

function rendered({ messages }: ChatRequest): string {
  return messages.map((each) => `<|${each.role}|>${each.content ?? ''}`).join('');
}

function longestRepeated(prompt: string, earlier: readonly string[]): number {
  return Math.max(0, ...earlier.map((other) => commonBeginning(prompt, other)));
}

function commonBeginning(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at++;
  return at;
}
