/** Events are kept before Slack is told that they arrived, seen to once, and after a crash taken up. */
import { App, type AppOptions, type ReceiverEvent } from '@slack/bolt';
import { z } from 'zod';
import type { Inbox, PlatformEvent } from '../../src/ports/inbox.ts';
import type { Log } from './connection.ts';
import { isWritten, NAME, saidId } from './decode.ts';

/** What a process that ended left is looked for so often, where others use the database, too. Milliseconds. */
const LOOK_EVERY = 30_000;
/** Whoever stops waits no longer for what is being seen to. Milliseconds. */
const PATIENCE = 10_000;

const bodyShape = z.looseObject({
  type: z.string().optional(),
  event_id: z.string().optional(),
  team_id: z.string().nullish(),
  team: z.object({ id: z.string() }).nullish(),
  command: z.string().optional(),
  text: z.string().optional(),
  trigger_id: z.string().optional(),
  event: z
    .looseObject({
      type: z.string(),
      subtype: z.string().optional(),
      user: z.string().optional(),
      bot_id: z.string().nullish(),
      channel: z.unknown(),
      ts: z.string().optional(),
    })
    .optional(),
});

/** Kinds of event in which somebody says or does something. */
const KEPT = new Set(['message', 'app_mention', 'app_uninstalled', 'tokens_revoked']);

/** The event to be kept; null: nothing is lost with it, as it only opens a form, offers choices or shows a page. */
export function eventIn(body: unknown): PlatformEvent | null {
  const parsed = bodyShape.safeParse(body);
  if (!parsed.success) return null;
  const { token: _, ...payload } = parsed.data;
  const id = idOf(parsed.data);
  const workspace = payload.team_id ?? payload.team?.id ?? null;
  return id === null ? null : { adapter: NAME, workspace, id, payload };
}

function idOf({ type, event, event_id, command, text, trigger_id }: z.infer<typeof bodyShape>): string | null {
  if (event) {
    if (!KEPT.has(event.type) || !event_id) return null;
    // A mention comes twice, as a mention and as a message, under two ids.
    const isSaid = event.type === 'app_mention' || (event.type === 'message' && isWritten(event));
    if (isSaid && typeof event.channel === 'string' && event.ts) return saidId(event.channel, event.ts);
    const isAmended = event.subtype === 'message_changed' || event.subtype === 'message_deleted';
    return event.type !== 'message' || isAmended ? event_id : null;
  }
  if (!trigger_id) return null;
  if (command) return text?.trim() ? `command:${trigger_id}` : null;
  return type === 'block_actions' || type === 'view_submission' || type === 'message_action'
    ? `${type}:${trigger_id}`
    : null;
}

/** The library's app, with the inbox before it. */
export class KeepingApp extends App {
  readonly #inbox: Inbox;
  readonly #log: Log;
  readonly #busy = new Set<Promise<void>>();
  #looking: NodeJS.Timeout | null = null;

  constructor(options: AppOptions, inbox: Inbox, log: Log) {
    super(options);
    this.#inbox = inbox;
    this.#log = log;
  }

  override async processEvent(received: ReceiverEvent): Promise<void> {
    const event = eventIn(received.body);
    if (!event) return super.processEvent(received);
    // Rejects where it could not be kept: Slack is told nothing and will deliver it again.
    if ((await this.#inbox.keep(event)) === 'known') return received.ack();
    return this.#seeTo(event, received);
  }

  /** What an earlier process left, now, and what another one leaves, from time to time. */
  async takeUp(): Promise<void> {
    this.#looking ??= setInterval(() => {
      this.#takeUpLeft().catch((error: unknown) => this.#log('events left could not be taken up', {}, error));
    }, LOOK_EVERY).unref();
    await this.#takeUpLeft();
  }

  /** Ends once what is being seen to is done, or has taken too long. */
  async settle(): Promise<void> {
    if (this.#looking) clearInterval(this.#looking);
    const late = Promise.withResolvers<void>();
    const timer = setTimeout(late.resolve, PATIENCE);
    await Promise.race([Promise.allSettled([...this.#busy]), late.promise]);
    clearTimeout(timer);
  }

  async #takeUpLeft(): Promise<void> {
    for (const event of await this.#inbox.takeUp(NAME)) {
      const body = z.record(z.string(), z.unknown()).parse(event.payload);
      // Whoever waited for an acknowledgement does not any more.
      await this.#seeTo(event, { body, ack: async () => undefined });
    }
  }

  #seeTo(event: PlatformEvent, received: ReceiverEvent): Promise<void> {
    const seen = super.processEvent(received).then(() => this.#inbox.done(event));
    this.#busy.add(seen);
    const forget = () => this.#busy.delete(seen);
    seen.then(forget, forget);
    return seen;
  }
}
