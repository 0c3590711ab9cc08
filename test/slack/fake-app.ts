/** A real Bolt app and real Web API clients for tests of the fake itself. */
import { App, type AppOptions, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Slack } from '../fakes/slack/index.ts';

const nothing = () => undefined;

/** What is refused on purpose needs no lines in the test's output. */
const quiet: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};

/** Without the library's patience. */
export function client(slack: Slack, token: string, options: WebClientOptions = {}): WebClient {
  const impatient = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, logger: quiet };
  return new WebClient(token, { slackApiUrl: slack.api, ...impatient, ...options });
}

/** The error a call was answered with, or `ok`. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return 'ok';
  } catch (error) {
    if (error instanceof WebAPIPlatformError) return error.data.error;
    throw error;
  }
}

/** Connected by a socket; back within a second when it breaks. */
export async function socketApp(slack: Slack, token: string, prepare: (app: App) => void): Promise<App> {
  const clientOptions = { slackApiUrl: slack.api };
  const receiver = new SocketModeReceiver({
    appToken: slack.app.appToken,
    clientPingTimeout: 600,
    logger: quiet,
    installerOptions: { clientOptions },
  });
  const app = new App({ token, receiver, logger: quiet, clientOptions });
  prepare(app);
  await app.start();
  return app;
}

interface Served {
  readonly app: App;
  /** Base address. */
  readonly url: string;
}

/** Served over HTTP, and known to Slack by its request URL. */
export async function httpApp(slack: Slack, options: AppOptions, prepare: (app: App) => void): Promise<Served> {
  const app = new App({
    signingSecret: slack.app.signingSecret,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.api },
    ...options,
  });
  prepare(app);
  const server = await app.start(0);
  const address = 'address' in server ? server.address() : null;
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  const url = `http://127.0.0.1:${address.port}`;
  await slack.useHttp(`${url}/slack/events`);
  return { app, url };
}
