/** What the Store contract saves. */
import { randomUUID } from 'node:crypto';
import type { NewTurn, Thread } from '../../src/debate.ts';
import type { Draft, NewDebate, Part, Store } from '../../src/ports/store.ts';
import { sampleLog } from '../fakes/sample-log.ts';

const { panel, limits } = sampleLog('en').debate;

export { limits };

/** A running debate in a workspace of its own. */
export type Started = () => Promise<{ store: Store; here: string; id: string }>;

export function newDebate(rest: Partial<NewDebate> = {}): NewDebate {
  const id = randomUUID();
  const thread: Thread = { adapter: 'scripted', channel: 'room', thread: id };
  const said = {
    question: 'Is it so?',
    language: 'en',
    format: 'panel',
    voice: 'model',
    startedBy: 'ana',
    origin: null,
  } as const;
  return { id, articleId: null, panel, limits, thread, ...said, ...rest };
}

export function newTurn(key: string, rest: Partial<NewTurn> = {}): NewTurn {
  const empty = { repliesTo: [], answers: [], quotes: [], data: {}, usage: null, model: null };
  return {
    key,
    kind: 'statement',
    public: true,
    speaker: 'critic',
    round: 0,
    text: `Text of ${key}.`,
    ...empty,
    ...rest,
  };
}

/** Messages of the thread. */
export function said(...texts: readonly string[]): readonly Part[] {
  return texts.map((text) => ({ text, to: 'thread' }));
}

export const draft: Draft = {
  text: 'A draft.',
  usage: { inputTokens: 10, cachedTokens: null, outputTokens: 0 },
  model: 'openai:one',
};
