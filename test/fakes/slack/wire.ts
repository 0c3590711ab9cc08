/** Bytes to requests, answers to bytes. */
import { Buffer } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { broken } from './errors.ts';
import { parseJson } from './schema.ts';

export interface Arguments {
  /** All but the token. */
  readonly given: Record<string, unknown>;
  readonly token: string | null;
  readonly basic: { readonly id: string; readonly secret: string } | null;
}

export async function readBytes(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Arguments of a call: query and body, form or JSON; the token from the header or among them. */
export async function readArguments(request: IncomingMessage): Promise<Arguments> {
  const bytes = await readBytes(request);
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { token: inside, ...given } = { ...Object.fromEntries(url.searchParams), ...body(request, bytes) };
  const [scheme = '', credentials = ''] = (request.headers.authorization ?? '').split(' ');
  const [id = '', secret = ''] = Buffer.from(credentials, 'base64').toString().split(':');
  const bearer = scheme.toLowerCase() === 'bearer' ? credentials : null;
  const basic = scheme.toLowerCase() === 'basic' ? { id, secret } : null;
  return { given, basic, token: bearer ?? (typeof inside === 'string' ? inside : null) };
}

function body(request: IncomingMessage, bytes: Buffer): Record<string, unknown> {
  const type = request.headers['content-type'] ?? '';
  if (bytes.length === 0) return {};
  if (type.startsWith('application/json')) {
    const parsed = parseJson(bytes.toString());
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw broken('invalid_json');
    return { ...parsed };
  }
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(bytes.toString()));
  }
  throw broken('invalid_post_type', type);
}

/** The file in what the client library posts to an upload's address. */
export async function readUpload(request: IncomingMessage): Promise<Uint8Array> {
  const bytes = await readBytes(request);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return bytes;
  const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
  for (const [, value] of form) if (typeof value !== 'string') return new Uint8Array(await value.arrayBuffer());
  return new Uint8Array();
}

export function send(
  response: ServerResponse,
  status: number,
  type: string,
  text: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (!response.destroyed) response.writeHead(status, { ...headers, 'content-type': type }).end(text);
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(value), headers);
}
