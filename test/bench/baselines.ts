/**
 * What the same sixteen calls cost with next to nothing around them, nothing kept and persona-first prompts, as most
 * write them: a raw streamed `fetch` (BASELINE=fetch), a loop over ChatOpenAI (BASELINE=langchain).
 */
import { z } from 'zod';
import { type Context, type Lib, loadLib, type Options, type Place, stages, type Task } from './lib.ts';

const { BASELINE } = z.object({ BASELINE: z.enum(['fetch', 'langchain']) }).parse(process.env);

interface Message {
  readonly role: 'system' | 'user' | 'assistant';
  readonly content: string;
}

type Ask = (messages: readonly Message[]) => Promise<string>;

interface Loop extends Context {
  readonly ask: Ask;
  readonly plan: readonly (readonly Place[])[];
}

const TASKS = {
  open: 'Open the panel: say what the article claims and which questions divide its readers.',
  first: 'State your position on the article and your strongest reason.',
  second: 'Answer by name the earlier messages you disagree with most.',
  close: 'Close the panel: say what was agreed, what is open and what would settle it.',
} as const;

/** An event of a streamed reply, as far as a raw loop looks at it. */
const chunk = z.object({ choices: z.array(z.object({ delta: z.object({ content: z.string().optional() }) })) });

const lib = await loadLib();
await lib.contest<Loop>({
  name: BASELINE,
  setup: (options) => setup(options, lib),
  debate,
  teardown: async () => undefined,
});

async function setup(options: Options, shared: Lib): Promise<Loop> {
  const ask = BASELINE === 'fetch' ? rawFetch(options) : await langChain(options);
  return { ask, plan: stages(options.mode, shared) };
}

async function debate({ ask, plan }: Loop, { article }: Task) {
  const thread: { text: string; line: string }[] = [];
  for (const places of plan) {
    const said = await Promise.all(
      places.map(async ({ part, speaker }) => {
        const text = await ask([
          { role: 'system', content: `You take part in a panel that debates an article. ${speaker.instructions}` },
          { role: 'user', content: article },
          ...thread.map(({ line }): Message => ({ role: 'assistant', content: line })),
          { role: 'user', content: TASKS[part] },
        ]);
        return { text, line: `${speaker.name}: ${text}` };
      }),
    );
    thread.push(...said);
  }
  return thread;
}

function rawFetch({ baseURL, apiKey, model }: Options): Ask {
  return async (messages) => {
    const reply = await fetch(`${baseURL}/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${apiKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({ model, messages, stream: true }),
    });
    let text = '';
    let unread = '';
    for await (const part of (reply.body ?? new ReadableStream()).pipeThrough(new TextDecoderStream())) {
      const events = (unread + part).split('\n\n');
      unread = events.pop() ?? '';
      for (const event of events.filter((each) => each !== 'data: [DONE]')) {
        text += chunk.parse(JSON.parse(event.slice('data: '.length))).choices[0]?.delta.content ?? '';
      }
    }
    return text;
  };
}

async function langChain({ baseURL, apiKey, model }: Options): Promise<Ask> {
  const { ChatOpenAI } = await import('@langchain/openai');
  const chat = new ChatOpenAI({ model, apiKey, configuration: { baseURL } });
  return async (messages) => {
    let text = '';
    for await (const { content } of await chat.stream(messages.map(({ role, content }) => ({ role, content })))) {
      text += content;
    }
    return text;
  };
}
