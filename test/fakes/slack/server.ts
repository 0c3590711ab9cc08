/** The loopback server: Web API, sockets, OAuth pages, files, response_url, on one port. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Context } from './context.ts';
import type { Fault, Recorded } from './controls.ts';
import type { FaultBook } from './faults.ts';
import { receiveUpload, sees } from './methods/files.ts';
import type { OAuth } from './oauth.ts';
import { receiveResponse } from './response-urls.ts';
import type { WebApi } from './web-api.ts';
import { readUpload, send, sendJson } from './wire.ts';
import type { World } from './world.ts';

interface Parts {
  readonly context: Context;
  readonly api: WebApi;
  readonly oauth: OAuth;
  readonly faults: FaultBook;
  readonly requests: Recorded[];
}

interface Listening {
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
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on TCP');
  return {
    port: address.port,
    down: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        parts.context.socket.kill();
      }),
    up: () => {
      server = serve(parts);
      return open(address.port);
    },
  };
}

function serve(parts: Parts): Server {
  const { world, socket } = parts.context;
  const server = createServer((request, response) => {
    answer(parts, request, response).catch((error: unknown) => {
      world.violation(`${request.url}: the fake failed: ${error instanceof Error ? error.stack : error}`);
      sendJson(response, 500, { ok: false, error: 'internal_error' });
    });
  });
  server.on('upgrade', (request, stream, head) => socket.upgrade(request, stream, head));
  return server;
}

async function answer(parts: Parts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world } = parts.context;
  const url = new URL(request.url ?? '/', world.origin);
  const [, first, ...rest] = url.pathname.split('/');
  const path = rest.join('/');
  switch (first) {
    case 'api':
      return call(parts, path, request, response);
    case 'commands':
      return withFaults(parts, 'response_url', request, async () => {
        const { status, text } = await receiveResponse(parts.context, path, request);
        parts.requests.push({ method: 'response_url', body: {}, status, result: text, at: Date.now() });
        return () => send(response, status, 'application/json', text);
      });
    case 'files-pri':
      return withFaults(parts, 'file', request, async () => () => download(parts.context, path, request, response));
    case 'upload':
      return withFaults(parts, 'upload', request, async () => {
        const ok = receiveUpload(parts.context, rest.at(-1) ?? '', await readUpload(request));
        if (!ok) world.violation('upload: not begun, or of another length than was said');
        return () => send(response, ok ? 200 : 400, 'text/plain', ok ? 'OK' : 'failed');
      });
    case 'oauth':
      return send(response, 200, 'text/html', consentPage(parts.oauth, url));
    case 'signin':
      return send(response, 200, 'text/html; charset=utf-8', '<!DOCTYPE html><title>Sign in | Slack</title>');
    default:
      world.violation(`${request.method} ${url.pathname}: there is nothing`);
      return send(response, 404, 'text/plain', 'not found');
  }
}

async function call(parts: Parts, method: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { api, requests } = parts;
  return withFaults(
    parts,
    method,
    request,
    async (fault) => {
      const refuse = fault?.kind === 'refuse' ? fault.error : null;
      const { status, body, headers } = await api.answer(method, request, refuse);
      const lost = requests.at(-1);
      if (fault?.kind === 'lost' && lost !== undefined) requests[requests.length - 1] = { ...lost, status: 0 };
      return () => sendJson(response, status, body, headers);
    },
    (status, after) => {
      requests.push({ method, body: {}, status, result: status === 429 ? 'ratelimited' : 'error', at: Date.now() });
      const headers: Record<string, string> = after === null ? {} : { 'retry-after': String(after) };
      if (status === 429) sendJson(response, 429, { ok: false, error: 'ratelimited' }, headers);
      else send(response, status, 'text/html', '<h1>Server Error</h1>');
    },
  );
}

/** `act` has the effect and returns how to answer. */
async function withFaults(
  { faults, context }: Parts,
  method: string,
  request: IncomingMessage,
  act: (fault: Fault | null) => Promise<() => void>,
  fail: (status: number, after: number | null) => void = () => request.socket.destroy(),
): Promise<void> {
  const fault = faults.take(method);
  if (fault?.kind === 'refused') return void request.socket.destroy();
  if (fault?.kind === 'meanwhile') fault.run();
  if (fault?.kind === 'rateLimited' || fault?.kind === 'error') {
    // Read to the end, or the client may see a broken connection.
    for await (const _ of request);
    fail(fault.kind === 'error' ? fault.status : 429, fault.kind === 'error' ? null : fault.retryAfter);
    return context.world.changed();
  }
  const respond = await act(fault);
  if (fault?.kind === 'lost') request.socket.destroy();
  else {
    if (fault?.kind === 'late') await sleep(fault.ms);
    respond();
  }
  context.world.changed();
}

/** Without a right token Slack leads to its sign-in page, whose HTML is easily taken for the file. */
function download({ world }: Context, path: string, request: IncomingMessage, response: ServerResponse): void {
  const file = fileAt(world, path);
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const installation = world.installations.find((one) => one.token === token && one.state === 'active');
  const may = file !== null && !file.deleted && installation?.scopes.has('files:read') === true;
  const covers =
    installation?.teamId === file?.teamId ||
    (installation?.teamId === null &&
      world.teams.get(file?.teamId ?? '')?.enterprise?.id === installation.enterpriseId);
  if (installation === undefined || !may || !covers || !sees({ world, installation }, file)) {
    response.writeHead(302, { location: `${world.origin}/signin?redir=${encodeURIComponent(path)}` }).end();
    return;
  }
  send(response, 200, file.mimetype, file.bytes, { 'content-length': String(file.bytes.length) });
}

function fileAt(world: World, path: string) {
  const id = /^T[A-Z0-9]+-(F[A-Z0-9]+)\//.exec(path)?.[1] ?? '';
  return world.files.get(id) ?? null;
}

function consentPage(oauth: OAuth, url: URL): string {
  const wrong = oauth.complaint(url);
  if (wrong !== null) return `<!DOCTYPE html><title>Something went wrong | Slack</title><p>${wrong}</p>`;
  return '<!DOCTYPE html><title>Permission | Slack</title><button>Cancel</button><button>Allow</button>';
}
