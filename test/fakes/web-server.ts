/** A web server on a local port that behaves as well or as badly as its routes say. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { gzipSync } from 'node:zlib';
import { generate } from 'selfsigned';

export type Route = (request: IncomingMessage, response: ServerResponse) => void;

export interface WebServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  readonly port: number;
  /** Paths asked for, in order, with the headers sent. */
  readonly requests: readonly { readonly path: string; readonly headers: IncomingMessage['headers'] }[];
  close(): Promise<void>;
}

/** Serves `routes` by path, all else is a 404. `tls`: https with a certificate nobody signed. */
export async function startWebServer(
  routes: Readonly<Record<string, Route>>,
  options: { readonly tls?: boolean } = {},
): Promise<WebServer> {
  const requests: { path: string; headers: IncomingMessage['headers'] }[] = [];
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    requests.push({ path, headers: request.headers });
    const route = routes[path.split('?')[0] ?? path] ?? answer('Not here', { status: 404 });
    route(request, response);
  };
  const server = options.tls ? createSecureServer(await selfSigned(), listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `${options.tls ? 'https' : 'http'}://127.0.0.1:${port}`,
    port,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function selfSigned(): Promise<{ key: string; cert: string }> {
  const made = await generate([{ name: 'commonName', value: 'wrong.example' }], { algorithm: 'sha256' });
  return { key: made.private, cert: made.cert };
}

/* ── routes ────────────────────────────────────────────────────────────────────────────── */

interface Answer {
  readonly status?: number;
  /** Content type; HTML when absent. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export function answer(
  body: string | Uint8Array,
  { status = 200, type = 'text/html', headers = {} }: Answer = {},
): Route {
  return (_request, response) => {
    response.writeHead(status, { 'content-type': type, ...headers });
    response.end(body);
  };
}

export function redirect(to: string, status = 302): Route {
  return answer('', { status, headers: { location: to } });
}

/** Never answers. */
export function hang(): Route {
  return () => {};
}

/** A letter every `everyMs`, for ever. */
export function drip(everyMs: number): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const timer = setInterval(() => response.write('x'), everyMs);
    response.on('close', () => clearInterval(timer));
  };
}

/** Text for ever, as fast as it is taken, with no length announced. */
export function flood(): Route {
  const chunk = 'word '.repeat(10_000);
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  };
}

/** Unpacks to `bytes` zeros, a thousandth of that on the wire. */
export function bomb(bytes: number): Route {
  return answer(gzipSync(Buffer.alloc(bytes, ' ')), { headers: { 'content-encoding': 'gzip' } });
}

/** Announces more than it sends, then hangs up. */
export function cut(body: string): Route {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html', 'content-length': String(body.length + 1000) });
    response.write(body, () => response.destroy());
  };
}
