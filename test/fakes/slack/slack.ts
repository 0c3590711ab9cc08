/** Puts the parts together. */

import { until } from '../discord/waiting.ts';
import { appSettings } from './app.ts';
import type { Context } from './context.ts';
import type { Recorded } from './controls.ts';
import { Deliveries } from './delivery.ts';
import { Events } from './events.ts';
import { faultBook } from './faults.ts';
import { renderHtml } from './html.ts';
import type { Slack, SlackOptions } from './index.ts';
import { rateLimiter } from './limits.ts';
import { OAuth } from './oauth.ts';
import { officialDescriptions } from './official.ts';
import { RequestUrl } from './request-url.ts';
import { typingsChecker } from './schema.ts';
import { listen } from './server.ts';
import { SocketMode } from './socket.ts';
import { addEnterprise, addTeam } from './teams.ts';
import { WebApi } from './web-api.ts';
import { World } from './world.ts';

const RETRY_MS = [5, 60, 300];

export async function createSlack(options: SlackOptions): Promise<Slack> {
  const { rateScale = 0.01, commercial = false, ackMs = 3000, retryMs = RETRY_MS } = options;
  const { methods = process.env.SLACK_METHODS, strictMentions = true, streamMs = 5 * 60_000 } = options;
  const world = new World();
  const app = appSettings(options.manifest);
  const appToken = world.token(`xapp-1-${app.id}`);
  world.appTokens.add(appToken);
  const socket = new SocketMode(world, app);
  const http = new RequestUrl(app);
  const deliveries = new Deliveries({ world, app, socket, http, ackMs, retryMs });
  const events = new Events(world, app, deliveries);
  const context: Context = { world, app, events, deliveries, socket, strictMentions, streamMs, commercial };
  const faults = faultBook();
  const requests: Recorded[] = [];
  const oauth = new OAuth(context);
  const api = new WebApi({
    context,
    oauth,
    requests,
    rateScale,
    checker: typingsChecker(),
    official: methods === undefined || methods === '' ? null : officialDescriptions(methods),
    limiter: rateLimiter(world.clock, { scale: rateScale, commercial }),
  });
  const { port, down, up } = await listen({ context, api, oauth, faults, requests }, options.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;
  world.origin = origin;
  const look = <T>(what: () => T | null | undefined | false, ms = 5000): Promise<T> =>
    until(world, what, ms, () => ({ violations: world.violations, requests: requests.slice(-5) }));
  const { id, name, signingSecret, clientId, clientSecret, redirectUrls } = app;
  return {
    api: `${origin}/api/`,
    authorizeUrl: `${origin}/oauth/v2/authorize`,
    origin,
    app: { id, name, appToken, signingSecret, clientId, clientSecret, redirectUrls },
    violations: world.violations,
    requests,
    calls: (method) => requests.filter((one) => one.method === method),
    faults,
    events: deliveries,
    sockets: socket,
    clock: world.clock,
    async useHttp(requestUrl) {
      if (!(await http.verify(requestUrl))) throw new Error(`${requestUrl} did not answer the challenge`);
      app.requestUrl = requestUrl;
      app.socketMode = false;
    },
    useSockets() {
      app.socketMode = true;
    },
    skewSignatures: (seconds) => http.skew(seconds),
    team: (teamName, teamOptions = {}) => addTeam(context, oauth, teamName, teamOptions, null),
    enterprise: (orgName) => addEnterprise(context, oauth, orgName),
    html: (room, { thread, title = `#${room.name}` } = {}) =>
      thread === undefined
        ? renderHtml(world, title, room.messages, null)
        : renderHtml(world, title, room.thread(thread), room.status(thread)),
    down,
    up,
    until: look,
    settled: async (ms) => void (await look(() => deliveries.pending === 0, ms)),
    async stop() {
      deliveries.stop();
      await socket.close();
      await down();
    },
  };
}
