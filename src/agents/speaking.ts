/** One call to a model: a plain streamed call, or an agent where there are tools. */
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { AIMessage, type BaseMessage, HumanMessage, SystemMessage } from '@langchain/core/messages';
import { tool } from '@langchain/core/tools';
import { z } from 'zod';
import type { Fence } from './fence.ts';
import { numbered } from './prompt.ts';
import type { PromptMessage } from './prompt-message.ts';
import type { SearchPassages } from './retrieval.ts';

/** What one look into the article returns. */
const PASSAGES_PER_SEARCH = 6;
const SEARCHES_PER_TURN = 3;

/**
 * One reply, streamed or whole. Models are opened without `streaming`: `invoke` on one that has it would have LangChain
 * fetch a tokenizer from the web.
 */
export async function speakPlainly(
  model: BaseChatModel,
  prompt: readonly PromptMessage[],
  whole: boolean,
  signal: AbortSignal,
): Promise<AsyncIterable<BaseMessage>> {
  return whole
    ? inOnePiece(model.invoke(asLangChain(prompt), { signal }))
    : model.stream(asLangChain(prompt), { signal });
}

async function* inOnePiece(reply: Promise<BaseMessage>): AsyncGenerator<BaseMessage> {
  yield await reply;
}

/** Streams the replies of an agent that may look into the article before it speaks. */
export async function speakWithSearch(
  model: BaseChatModel,
  prompt: readonly PromptMessage[],
  search: SearchPassages,
  fence: Fence,
  signal: AbortSignal,
): Promise<AsyncIterable<BaseMessage>> {
  // Brings in LangGraph, which debates of articles that fit never need.
  const { createAgent, toolCallLimitMiddleware } = await import('langchain');
  const agent = createAgent({
    model,
    tools: [searchTool(search, fence)],
    middleware: [toolCallLimitMiddleware({ runLimit: SEARCHES_PER_TURN, exitBehavior: 'continue' })],
  });
  const stream = await agent.stream({ messages: asLangChain(prompt) }, { streamMode: 'messages', signal });
  return messagesOf(stream);
}

async function* messagesOf(stream: AsyncIterable<readonly [BaseMessage, unknown]>): AsyncGenerator<BaseMessage> {
  for await (const [message] of stream) yield message;
}

function searchTool(search: SearchPassages, fence: Fence) {
  return tool(
    async ({ words }) => {
      const found = await search(words, PASSAGES_PER_SEARCH);
      return found.length === 0 ? 'No passage matches.' : fence.around('passages', numbered(found));
    },
    {
      name: 'search_article',
      description: "Finds passages of the article by the words they contain, in the article's language.",
      schema: z.object({ words: z.string().describe('a few telling words') }),
    },
  );
}

function asLangChain(prompt: readonly PromptMessage[]): BaseMessage[] {
  return prompt.map(({ role, content }) => {
    if (role === 'system') return new SystemMessage(content);
    return role === 'assistant' ? new AIMessage(content) : new HumanMessage(content);
  });
}

/** For models whose template wants user and assistant in turn: messages of one role in a row made one. */
export function joinedByRole(prompt: readonly PromptMessage[]): readonly PromptMessage[] {
  const joined: PromptMessage[] = [];
  for (const message of prompt) {
    const last = joined.at(-1);
    if (last?.role === message.role) {
      joined[joined.length - 1] = { role: last.role, content: `${last.content}\n\n${message.content}` };
    } else {
      joined.push(message);
    }
  }
  return joined;
}
