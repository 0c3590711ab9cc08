/** The same over HTTP: signed requests to the app's request URL. */
import { createHmac, randomBytes } from 'node:crypto';
import type { AppSettings } from './app.ts';
import { parseJson } from './schema.ts';
import type { Ack, Envelope, RetryReason, Transport } from './transport.ts';

/** v0 signature of a body at a time in seconds. */
function sign(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

export class RequestUrl implements Transport {
  readonly #app: AppSettings;
  /** Real time: the app compares it with its own clock. */
  #skewSeconds = 0;
  #losing = 0;

  constructor(app: AppSettings) {
    this.#app = app;
  }

  get ready(): boolean {
    return this.#app.requestUrl !== null;
  }

  /** From now on requests are signed as of so many seconds from now. */
  skew(seconds: number): void {
    this.#skewSeconds = seconds;
  }

  loseAcks(count: number): void {
    this.#losing = count;
  }

  /** What Slack does when somebody enters a request URL: true when it answers the challenge. */
  async verify(url: string): Promise<boolean> {
    const challenge = randomBytes(24).toString('base64url');
    const body = JSON.stringify({ token: this.#app.verificationToken, challenge, type: 'url_verification' });
    const response = await this.#post(url, body, 'application/json', {}, 3000).catch(() => null);
    if (response === null || !response.ok) return false;
    const text = await response.text();
    const parsed = parseJson(text);
    const echoed = typeof parsed === 'object' && parsed !== null && 'challenge' in parsed ? parsed.challenge : text;
    return echoed === challenge;
  }

  async send(envelope: Envelope, ms: number): Promise<Ack> {
    const { requestUrl } = this.#app;
    if (requestUrl === null) return { ok: false, reason: 'connection_failed', again: true };
    const { kind, payload, retries, reason } = envelope;
    const json = JSON.stringify(payload);
    const form = kind === 'slash_commands' ? flat(payload) : new URLSearchParams({ payload: json });
    const body = kind === 'events_api' ? json : form.toString();
    const type = kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
    const headers: Record<string, string> =
      retries === 0 ? {} : { 'x-slack-retry-num': String(retries), 'x-slack-retry-reason': reason ?? 'unknown_error' };
    const at = Date.now();
    try {
      const response = await this.#post(requestUrl, body, type, headers, ms);
      const text = await response.text();
      if (this.#losing > 0) {
        this.#losing -= 1;
        return { ok: false, reason: 'http_timeout', again: true };
      }
      const again = response.headers.get('x-slack-no-retry') !== '1';
      if (!response.ok) return { ok: false, reason: 'http_error', again };
      return { ok: true, answer: text === '' ? undefined : (parseJson(text) ?? { text }), afterMs: Date.now() - at };
    } catch (error) {
      return { ok: false, reason: failure(error), again: true };
    }
  }

  #post(url: string, body: string, type: string, headers: Record<string, string>, ms: number): Promise<Response> {
    const timestamp = Math.floor(Date.now() / 1000) + this.#skewSeconds;
    return fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(ms),
      headers: {
        ...headers,
        'content-type': type,
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': sign(this.#app.signingSecret, timestamp, body),
      },
    });
  }
}

function flat(payload: object): URLSearchParams {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(payload)) if (value !== undefined) form.append(name, String(value));
  return form;
}

function failure(error: unknown): RetryReason {
  return error instanceof Error && error.name === 'TimeoutError' ? 'http_timeout' : 'connection_failed';
}
