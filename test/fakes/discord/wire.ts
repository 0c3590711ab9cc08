/** Bytes to requests, answers to bytes. */
import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { invalidForm } from './errors.ts';
import type { Upload } from './index.ts';
import type { Raw } from './router.ts';
import { parseJson } from './schema.ts';

/** Reads a request whole; throws what Discord refuses of its form. */
export async function readRequest(request: IncomingMessage, base: string, token: string): Promise<Raw> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  const head = {
    method: request.method ?? 'GET',
    path: url.pathname.slice(base.length),
    query: Object.fromEntries(url.searchParams),
    asBot: request.headers.authorization === `Bot ${token}`,
  };
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return { ...head, body: undefined, files: new Map() };
  if (type.startsWith('application/json')) return { ...head, body: parseJson(bytes.toString()), files: new Map() };
  if (type.startsWith('multipart/form-data')) return { ...head, ...(await readMultipart(bytes, type)) };
  throw invalidForm([{ path: 'body', code: 'CONTENT_TYPE', message: `Expected JSON or multipart, got ${type}` }]);
}

async function readMultipart(bytes: Buffer<ArrayBuffer>, type: string): Promise<Pick<Raw, 'body' | 'files'>> {
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  const files = new Map<string, Upload>();
  let body: unknown;
  for (const [name, value] of form) {
    const file = /^files\[(\d+)\]$/.exec(name)?.[1];
    if (typeof value !== 'string' && file !== undefined) {
      const contentType = value.type === '' ? 'application/octet-stream' : value.type;
      files.set(file, { name: value.name, contentType, bytes: new Uint8Array(await value.arrayBuffer()) });
    } else if (typeof value === 'string' && name === 'payload_json') {
      body = parseJson(value);
    } else {
      throw invalidForm([{ path: name, code: 'UNKNOWN', message: 'Neither payload_json nor files[n]' }]);
    }
  }
  return { body, files };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.destroyed) return;
  if (body === undefined) {
    response.writeHead(204, headers).end();
    return;
  }
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body));
}
