/** Exactly one message on the platform for each that is owed, whatever happened to the last attempt. */
import { type Log, type NewTurn, speakerName, type Turn } from '../debate.ts';
import type { Adapter, Outgoing } from '../ports/adapter.ts';
import { type Delivery, deliveryKey, type Part, type Store } from '../ports/store.ts';
import { splitMarkdown } from '../text/split.ts';
import { shortForm } from './short-form.ts';

/** The messages a turn comes to on this platform; what goes to the channel is last. */
export function partsOf(log: Log, turn: Pick<NewTurn, 'text' | 'data' | 'public'>, adapter: Adapter): readonly Part[] {
  if (!turn.public) return [];
  const texts = adapter.split?.(turn.text) ?? splitMarkdown(turn.text, adapter.facts.maxLength);
  const parts = texts.map((text): Part => ({ text, to: 'thread' }));
  const { synthesis } = turn.data;
  const { channel, thread } = log.debate.thread;
  if (!synthesis || !adapter.facts.hasChannel || channel === thread) return parts;
  return [...parts, { text: shortForm(synthesis, log, adapter.facts.maxLength), to: 'channel' }];
}

/** Posts a turn saved a moment ago with its deliveries already `posting`: no doubt yet, so no look. */
export async function deliverNew(store: Store, adapter: Adapter, log: Log, turn: Turn, parts: readonly Part[]) {
  const { workspace, id } = log.debate;
  for (const [index, part] of parts.entries()) {
    const message = outgoing(log, turn, index, inThread(parts), part);
    const messageId = await postSurely(adapter, message);
    await store.posted(workspace, id, message.key, messageId);
  }
}

/** Posts what an earlier attempt left owing; where that attempt may have come through, looks first. */
export async function deliverOwed(store: Store, adapter: Adapter, log: Log): Promise<void> {
  const { workspace, id } = log.debate;
  const owed = await store.owed(workspace, id);
  for (const delivery of owed) {
    const turn = log.turns[delivery.turn - 1];
    if (!turn) throw new Error(`debate ${id} owes a message of turn ${delivery.turn}, which is not in its log`);
    const message = outgoing(log, turn, delivery.part, inThread(partsOf(log, turn, adapter)), delivery);
    const messageId =
      (await earlier(adapter, delivery, message)) ?? (await attempt(store, adapter, log, delivery, message));
    await store.posted(workspace, id, delivery.key, messageId);
  }
}

async function attempt(store: Store, adapter: Adapter, log: Log, delivery: Delivery, message: Outgoing) {
  if (delivery.state === 'pending') await store.posting(log.debate.workspace, log.debate.id, delivery.key);
  return postSurely(adapter, message);
}

async function earlier(adapter: Adapter, delivery: Delivery, message: Outgoing): Promise<string | null> {
  if (delivery.state === 'pending' || !adapter.facts.canLook) return null;
  return (await adapter.find?.(message)) ?? null;
}

/** A post whose outcome is unknown is looked for before it is tried again, once. */
async function postSurely(adapter: Adapter, message: Outgoing): Promise<string> {
  try {
    return await adapter.post(message);
  } catch (error) {
    if (!adapter.facts.canLook || !adapter.find) throw lost(message, error);
    const found = await adapter.find(message);
    if (found !== null) return found;
    return adapter.post(message).catch((again: unknown) => {
      throw lost(message, again);
    });
  }
}

function lost(message: Outgoing, cause: unknown): Error {
  const who = speakerName(message.debate, message.turn);
  return new Error(`${message.debate.thread.adapter} did not take turn ${message.turn.n} (${who})`, { cause });
}

function outgoing(log: Log, turn: Turn, part: number, parts: number, { text, to }: Part): Outgoing {
  const { debate, article } = log;
  return { key: deliveryKey(debate.id, turn.n, part), debate, article, turn, part, parts, to, text };
}

function inThread(parts: readonly Part[]): number {
  return parts.filter(({ to }) => to === 'thread').length;
}
