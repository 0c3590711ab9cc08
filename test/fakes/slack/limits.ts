/** Rate tiers: a bucket per method, workspace and, for posting, channel. */
import type { Clock } from './clock.ts';
import type { Method } from './schema.ts';

interface Tier {
  /** How many a minute. */
  readonly perMinute: number;
  /** How many at once; default: a minute's worth. */
  readonly burst?: number;
  readonly perChannel?: boolean;
}

const TIER_2: Tier = { perMinute: 20 };
const TIER_3: Tier = { perMinute: 50 };
const TIER_4: Tier = { perMinute: 100 };
const HUNDREDS: Tier = { perMinute: 600 };

const TIERS: Partial<Record<Method, Tier>> = {
  'apps.connections.open': TIER_3,
  'assistant.threads.setStatus': HUNDREDS,
  'auth.test': HUNDREDS,
  'bookmarks.add': TIER_2,
  'bookmarks.remove': TIER_2,
  'chat.getPermalink': HUNDREDS,
  // "One a second per channel, short bursts over it are allowed."
  'chat.postMessage': { perMinute: 60, burst: 5, perChannel: true },
  'chat.startStream': TIER_2,
  'chat.stopStream': TIER_2,
  'conversations.list': TIER_2,
  'oauth.v2.access': HUNDREDS,
  'pins.add': TIER_2,
  'pins.list': TIER_2,
  'pins.remove': TIER_2,
  'reactions.remove': TIER_2,
  'usergroups.list': TIER_2,
  'usergroups.users.list': TIER_2,
  'users.list': TIER_2,
  ...Object.fromEntries(
    (
      [
        'assistant.threads.setSuggestedPrompts',
        'assistant.threads.setTitle',
        'chat.appendStream',
        'chat.postEphemeral',
        'conversations.members',
        'files.completeUploadExternal',
        'files.getUploadURLExternal',
        'files.info',
        'users.info',
        'views.open',
        'views.publish',
        'views.push',
        'views.update',
      ] satisfies readonly Method[]
    ).map((method) => [method, TIER_4]),
  ),
};

/** What commercial apps outside the Marketplace get of history and replies since 2025. */
const COMMERCIAL: Tier = { perMinute: 1 };

interface Bucket {
  left: number;
  at: number;
}

export interface RateOptions {
  /** Length of a minute: 1 is Slack's; 0: no limits. */
  readonly scale: number;
  readonly commercial: boolean;
}

export type Limiter = (method: Method, workspace: string, channel: string) => number | null;

/** Counts a call; returns the seconds to wait, or null to go on. */
export function rateLimiter(clock: Clock, { scale, commercial }: RateOptions): Limiter {
  const buckets = new Map<string, Bucket>();
  return (method, workspace, channel) => {
    if (scale === 0) return null;
    const throttled = commercial && (method === 'conversations.history' || method === 'conversations.replies');
    const { perMinute, burst = perMinute, perChannel } = throttled ? COMMERCIAL : (TIERS[method] ?? TIER_3);
    const everyMs = (60_000 * scale) / perMinute;
    const key = `${method} ${workspace} ${perChannel === true ? channel : ''}`;
    const now = clock.now();
    const bucket = buckets.get(key) ?? { left: burst, at: now };
    buckets.set(key, bucket);
    bucket.left = Math.min(burst, bucket.left + (now - bucket.at) / everyMs);
    bucket.at = now;
    if (bucket.left < 1) return ((1 - bucket.left) * everyMs) / 1000;
    bucket.left -= 1;
    return null;
  };
}

/** Slack gives whole seconds; where minutes are shorter, so are these. */
export function retryAfter(seconds: number, scale: number): string {
  return scale >= 1 || scale === 0 ? String(Math.ceil(seconds)) : seconds.toFixed(3);
}
