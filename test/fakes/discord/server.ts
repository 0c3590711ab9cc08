/** The loopback server: one port for REST, CDN and gateway. Each request: fault, token, limits, schema, route. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError, invalidForm, refusal } from './errors.ts';
import type { FaultBook } from './faults.ts';
import type { Fault, Recorded } from './index.ts';
import { type rateLimits, refused } from './limits.ts';
import type { Raw, Route, Router } from './router.ts';
import type { OpenApiChecker } from './schema.ts';
import { readRequest, sendJson } from './wire.ts';
import type { World } from './world.ts';

const BASE = '/api/v10';

export interface Parts {
  readonly world: World;
  readonly router: Router;
  readonly faults: FaultBook;
  readonly limits: ReturnType<typeof rateLimits>;
  readonly official: OpenApiChecker | null;
  readonly requests: Recorded[];
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface Listening {
  readonly port: number;
  down(): Promise<void>;
  up(): Promise<void>;
}

export async function listen(parts: Parts, port: number): Promise<Listening> {
  let server = serve(parts);
  const open = (at: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(at, '127.0.0.1', resolve);
    });
  await open(port);
  const bound = address(server).port;
  return {
    port: bound,
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
    up: () => {
      server = serve(parts);
      return open(bound);
    },
  };
}

function address(server: Server): AddressInfo {
  const found = server.address();
  if (found === null || typeof found === 'string') throw new Error('not listening on TCP');
  return found;
}

function serve(parts: Parts): Server {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    if (path.startsWith('/cdn/')) return sendFile(parts.world, path.slice('/cdn'.length), response);
    answer(parts, request, response).catch((error: unknown) => {
      parts.world.violation(
        `${request.method} ${path}: the fake failed: ${error instanceof Error ? error.stack : error}`,
      );
      sendJson(response, 500, { message: '500: Internal Server Error', code: 0 });
    });
  });
  server.on('upgrade', (request, socket, head) => parts.upgrade(request, socket, head));
  return server;
}

/** Attachments need the address as it was given out, signature and all. */
function sendFile(world: World, path: string, response: ServerResponse): void {
  const bare = path.split('?')[0] ?? path;
  const file = world.files.get(path) ?? (bare.startsWith('/attachments/') ? undefined : world.files.get(bare));
  if (file === undefined) sendJson(response, 404, { message: 'not found' });
  else response.writeHead(200, { 'content-type': file.contentType }).end(file.bytes);
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world, router, faults } = parts;
  const method = request.method ?? 'GET';
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const route = path.startsWith(`${BASE}/`) ? router.find(method, path.slice(BASE.length)) : null;
  const at = Date.now();
  let body: unknown;
  const done = (status: number, value: unknown, headers?: Record<string, string>) => {
    parts.requests.push({ method, route: route?.pattern ?? path, path: path.slice(BASE.length), body, status, at });
    sendJson(response, status, value, headers);
    world.changed();
  };
  if (route === null) {
    world.violation(`${method} ${path}: unknown route`);
    return done(404, { message: '404: Not Found', code: 0 });
  }
  const fault = faults.take(route.key);
  if (fault?.kind === 'refused') return void request.socket.destroy();
  try {
    const raw = await readRequest(request, BASE, world.token);
    body = raw.body;
    before(fault);
    const major = path
      .slice(BASE.length)
      .split('/')
      .slice(2, route.pattern.startsWith('/webhooks') ? 4 : 3)
      .join('/');
    const limit = parts.limits(route.key, major, !route.key.includes('/interactions/'));
    if (limit.retryAfter !== null) {
      const words = { message: 'You are being rate limited.', retry_after: limit.retryAfter, global: limit.global };
      return done(429, words, { ...limit.headers });
    }
    const result = await run(parts, route, raw);
    if (fault?.kind === 'late') await sleep(fault.ms);
    if (fault?.kind === 'lost') {
      parts.requests.push({ method, route: route.pattern, path: raw.path, body, status: 0, at });
      return void request.socket.destroy();
    }
    done(200, result, { ...limit.headers });
  } catch (error) {
    if (error instanceof RateLimited) return done(429, error.body, error.headers);
    if (!(error instanceof ApiError)) throw error;
    if (error.violation) world.violation(`${method} ${path}: ${error.message}`);
    done(error.status, error.body);
  }
}

async function run(parts: Parts, route: Route, raw: Raw): Promise<unknown> {
  if (!raw.asBot && !route.open) throw refusal(0);
  const wrong = parts.official?.request(raw) ?? [];
  if (wrong.length > 0) {
    throw invalidForm(wrong.map((message) => ({ path: 'official', code: 'OPENAPI', message })));
  }
  const answer = await route.run(raw);
  for (const one of parts.official?.answer(raw, answer) ?? [])
    parts.world.violation(`our answer to ${route.key}: ${one}`);
  return answer;
}

class RateLimited extends Error {
  readonly body: object;
  readonly headers: Record<string, string>;

  constructor(seconds: number, scope: 'user' | 'global' | 'shared') {
    super('rate limited');
    this.body = { message: 'You are being rate limited.', retry_after: seconds, global: scope === 'global' };
    this.headers = refused(seconds, scope);
  }
}

/** Faults that come before any effect. */
function before(fault: Fault | null): void {
  if (fault?.kind === 'meanwhile') fault.run();
  if (fault?.kind === 'rateLimited') throw new RateLimited(fault.retryAfter, fault.scope ?? 'user');
  if (fault?.kind === 'error') throw new ApiError(fault.status, 0, `${fault.status}: injected`);
  if (fault?.kind === 'denied') throw refusal(fault.code ?? 50013);
}
