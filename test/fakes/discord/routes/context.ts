/** What every group of routes works with. */
import type { Interactions } from '../interactions.ts';
import type { Router } from '../router.ts';
import type { MessageBody } from '../rules.ts';
import type { Message, World } from '../world.ts';

export interface Context {
  readonly world: World;
  readonly router: Router;
  readonly interactions: Interactions;
  readonly maxFileBytes: number;
  readonly gatewayUrl: () => string;
  /** Notes a message that could mention people. */
  watchMentions(body: MessageBody): void;
  /** A message as the bot may read it: REST too keeps words that don't concern it from an app without the intent. */
  readable(message: Message): object;
}
