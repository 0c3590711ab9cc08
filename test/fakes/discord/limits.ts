/** Rate limits with their headers: per route and channel or webhook, and 50 requests a second in all. */
import { createHash } from 'node:crypto';

interface Rule {
  readonly limit: number;
  readonly seconds: number;
}

/** Discord publishes these by its headers only; what is not here is as lenient as most routes. */
const RULES: Readonly<Record<string, readonly Rule[]>> = {
  'POST /webhooks/:webhook/:token': [
    { limit: 5, seconds: 2 },
    { limit: 30, seconds: 60 },
  ],
  'POST /channels/:channel/messages': [{ limit: 5, seconds: 5 }],
  'PATCH /channels/:channel/messages/:message': [{ limit: 5, seconds: 5 }],
  'DELETE /channels/:channel/messages/:message': [{ limit: 5, seconds: 1 }],
  'POST /channels/:channel/typing': [{ limit: 5, seconds: 5 }],
  'PUT /channels/:channel/messages/:message/reactions/:emoji/@me': [{ limit: 1, seconds: 0.25 }],
};
const LENIENT: readonly Rule[] = [{ limit: 50, seconds: 1 }];
const GLOBAL: Rule = { limit: 50, seconds: 1 };

interface Window {
  used: number;
  /** Milliseconds since the epoch. */
  resets: number;
}

export interface Verdict {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait; null: go on. */
  readonly retryAfter: number | null;
  readonly global: boolean;
}

/** `scale` shortens every window; 0 switches limits off. Returns what counts a request and judges it. */
export function rateLimits(scale: number): (route: string, major: string, counted: boolean) => Verdict {
  const windows = new Map<string, Window>();
  const open = (key: string, rule: Rule): Window => {
    const now = Date.now();
    const known = windows.get(key);
    if (known !== undefined && known.resets > now) return known;
    const fresh = { used: 0, resets: now + rule.seconds * 1000 * scale };
    windows.set(key, fresh);
    return fresh;
  };
  const wait = (window: Window) => Math.max(0.001, (window.resets - Date.now()) / 1000);

  return (route, major, counted) => {
    if (scale === 0) return { headers: {}, retryAfter: null, global: false };
    const all = open('global', GLOBAL);
    if (counted && all.used >= GLOBAL.limit) {
      return { headers: refused(wait(all), 'global'), retryAfter: wait(all), global: true };
    }
    const rules = RULES[route] ?? LENIENT;
    const bucket = createHash('md5').update(route).digest('hex');
    const mine = rules.map((rule, n) => ({ rule, window: open(`${route} ${major} ${n}`, rule) }));
    const full = mine
      .filter(({ rule, window }) => window.used >= rule.limit)
      .sort((a, b) => b.window.resets - a.window.resets);
    const first = full[0] ?? mine[0];
    if (first === undefined) return { headers: {}, retryAfter: null, global: false };
    if (full.length === 0) {
      for (const { window } of mine) window.used += 1;
      if (counted) all.used += 1;
    }
    const { rule, window } = first;
    const headers = {
      'x-ratelimit-bucket': bucket,
      'x-ratelimit-limit': String(rule.limit),
      'x-ratelimit-remaining': String(Math.max(0, rule.limit - window.used)),
      'x-ratelimit-reset': (window.resets / 1000).toFixed(3),
      'x-ratelimit-reset-after': wait(window).toFixed(3),
    };
    if (full.length === 0) return { headers, retryAfter: null, global: false };
    return { headers: { ...headers, ...refused(wait(window), 'user') }, retryAfter: wait(window), global: false };
  };
}

/** Headers of a 429. Discord's Retry-After is whole seconds; ours has fractions, as its windows may be short. */
export function refused(seconds: number, scope: 'user' | 'global' | 'shared'): Record<string, string> {
  const global: Record<string, string> = scope === 'global' ? { 'x-ratelimit-global': 'true' } : {};
  return { 'retry-after': seconds.toFixed(3), 'x-ratelimit-scope': scope, via: '1.1 google', ...global };
}
