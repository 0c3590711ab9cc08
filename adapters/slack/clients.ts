/** Clients of the Web API, each with the patience its calls can bear. */
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Logger,
  LogLevel,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
  type WebClientOptions,
} from '@slack/web-api';
import type { Log } from './connection.ts';

/** Milliseconds. */
const PATIENCE = 30_000;
const MOST_WAITS = 5;

/** How clients outside our own calls (OAuth, the socket's address) are set up. */
export function clientOptions(apiUrl: string, log: Log): WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    timeout: PATIENCE,
    logger: quietLogger(log),
    retryConfig: { retries: 4, minTimeout: 200 },
  };
}

export interface Clients {
  readonly rest: WebClient;
  readonly once: WebClient;
}

export function clientsFor(token: string, apiUrl: string, log: Log): Clients {
  // One that is told to wait would hold up every other call of its queue: who called waits, in `patiently`.
  const options = { ...clientOptions(apiUrl, log), rejectRateLimitedCalls: true };
  return {
    rest: new WebClient(token, options),
    once: new WebClient(token, { ...options, retryConfig: { retries: 0 } }),
  };
}

/** Does what Slack put off when it is time: such a call had no effect, so it is no second one. */
export async function patiently<T>(call: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof WebAPIRateLimitedError) || waits === MOST_WAITS) throw error;
      await sleep(error.retryAfter * 1000 + 20);
    }
  }
}

/** Whether Slack refused with one of these errors. */
export function refusedWith(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof WebAPIPlatformError && codes.includes(error.data.error);
}

/** Whether Slack itself said no, so that nothing came of the call. */
export function isRefusal(error: unknown): boolean {
  return error instanceof WebAPIPlatformError || error instanceof WebAPIRateLimitedError;
}

/** The token is worth nothing any more. */
export const LOCKED_OUT = ['token_revoked', 'account_inactive', 'invalid_auth', 'not_authed', 'token_expired'] as const;

/** The library's own log goes to ours, and only what is wrong: its finer levels show what was said. */
export function quietLogger(log: Log): Logger {
  const nothing = () => undefined;
  const tell = (...words: unknown[]) => {
    const error = words.find((word) => word instanceof Error);
    const [first = ''] = words.filter((word) => typeof word === 'string').map((word) => word.split('\n')[0]);
    log(first || 'the Slack library met trouble', {}, error);
  };
  return {
    debug: nothing,
    info: nothing,
    warn: tell,
    error: tell,
    setLevel: nothing,
    getLevel: () => LogLevel.WARN,
    setName: nothing,
  };
}
