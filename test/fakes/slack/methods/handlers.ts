/** One handler a method; arguments are checked before. */
import type { Call } from '../context.ts';
import type { Requests } from '../requests.ts';

/** These need no bot's token. */
type Open = 'apps.connections.open' | 'oauth.v2.access';

export type Handlers = {
  readonly [M in Exclude<keyof Requests, Open>]: (call: Call, args: Requests[M]) => object;
};
