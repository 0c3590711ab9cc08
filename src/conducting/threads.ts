/** Where a debate is held: its thread is opened once, by whoever convenes it or, after a crash, by its conductor. */
import type { Debate, Log } from '../debate.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Store } from '../ports/store.ts';

export async function withThread(
  store: Store,
  adapter: Adapter,
  { debate, article }: Pick<Log, 'debate' | 'article'>,
): Promise<Debate> {
  if (debate.thread.thread !== '') return debate;
  const thread = await adapter.openThread(debate, article?.title ?? debate.question);
  await store.change(debate.workspace, debate.id, { thread });
  return { ...debate, thread };
}
