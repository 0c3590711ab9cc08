/** What supervisors and Prometheus ask a process: whether it lives, whether it is of use, and what it is at. */
import { createServer, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { InputError } from '../errors.ts';

export interface Standing {
  /** Rejects, or takes too long, when the process is of no use now. */
  readonly ready: () => Promise<void>;
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
}

export interface StatusServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A database that takes longer is as good as away. Milliseconds. */
const PATIENCE = 2_000;

/** Listens at once. Rejects with an InputError when it can't. */
export async function startStatusServer(host: string, port: number, standing: Standing): Promise<StatusServer> {
  const server = createServer((request, response) => {
    answer(request.url ?? '', standing, response).catch(() => response.writeHead(500).end('failed\n'));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    server.listen(port, host, listening);
  }).catch((cause: unknown) => {
    throw taken(host, port, cause);
  });
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : port,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function answer(url: string, { ready, metrics }: Standing, response: ServerResponse): Promise<void> {
  switch (url.split('?')[0]) {
    case '/healthz':
      response.writeHead(200).end('ok\n');
      return;
    case '/readyz': {
      const isReady = await Promise.race([ready().then(() => true), delay(PATIENCE, false, { ref: false })]).catch(
        () => false,
      );
      response.writeHead(isReady ? 200 : 503).end(isReady ? 'ready\n' : 'not ready\n');
      return;
    }
    case '/metrics': {
      const { type, text } = await metrics();
      response.writeHead(200, { 'content-type': type }).end(text);
      return;
    }
    default:
      response.writeHead(404).end();
  }
}

function taken(host: string, port: number, cause: unknown): InputError {
  return new InputError(
    {
      en: `Nothing can listen on ${host}:${port}; choose another TERTULIA_HTTP_PORT, or leave it empty.`,
      es: `No se puede escuchar en ${host}:${port}; elige otro TERTULIA_HTTP_PORT o déjalo vacío.`,
    },
    { cause },
  );
}
