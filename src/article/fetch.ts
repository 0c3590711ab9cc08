/** Fetches an article from the web: public addresses only, within limits of time, size and redirects. */
import type { LookupFunction } from 'node:net';
import { Agent, fetch, type Response } from 'undici';
import { guardedConnector, isPublicAddress } from './address.ts';
import * as refusal from './refusals.ts';

export interface FetchSettings {
  /** Also fetch from private, loopback and other addresses that are not the public internet's. */
  readonly allowPrivateUrls: boolean;
  /** For everything: names, redirects, body. ms */
  readonly timeoutMs: number;
  /** Of the body, decompressed. */
  readonly maxBytes: number;
  readonly maxRedirects: number;
  /** Stands in for the system's name resolution. */
  readonly lookup?: LookupFunction;
  /** Stands in for the judgement which addresses are public. */
  readonly allows?: (address: string) => boolean;
}

export interface Fetched {
  readonly bytes: Uint8Array;
  /** Content type as the server declares it. */
  readonly mediaType: string | undefined;
}

const HEADERS = {
  'user-agent': 'Mozilla/5.0 (compatible; Tertulia article reader)',
  accept: 'text/html, application/pdf, text/markdown, text/plain;q=0.9, */*;q=0.5',
};

/** Rejects with an InputError that names the place and the remedy, or with the signal's reason when aborted. */
export async function fetchArticle(address: string, settings: FetchSettings, signal?: AbortSignal): Promise<Fetched> {
  const start = webAddress(address);
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(refusal.tooSlow(start)), settings.timeoutMs);
  const agent = agentFor(settings);
  try {
    const within = signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal;
    const { response, url } = await follow(start, settings, agent, within);
    const bytes = await readBody(response, url, settings.maxBytes);
    return { bytes, mediaType: response.headers.get('content-type') ?? undefined };
  } catch (error) {
    signal?.throwIfAborted();
    throw refusal.ofFailure(error, start);
  } finally {
    clearTimeout(timer);
    await agent.destroy();
  }
}

/** The address without what logs in: that would show in the debate and go to wherever it redirects. */
export function webAddress(address: string): URL {
  const url = URL.parse(address);
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) throw refusal.notWeb(address);
  url.username = '';
  url.password = '';
  return url;
}

function agentFor({ allowPrivateUrls, timeoutMs, lookup, allows = isPublicAddress }: FetchSettings): Agent {
  const connect = { timeout: timeoutMs, autoSelectFamilyAttemptTimeout: 1000 };
  return new Agent({
    connect: guardedConnector(allowPrivateUrls ? () => true : allows, connect, lookup),
    // Between two pieces of the answer; the deadline is for the whole.
    headersTimeout: timeoutMs / 2,
    bodyTimeout: timeoutMs / 2,
  });
}

async function follow(
  start: URL,
  settings: FetchSettings,
  dispatcher: Agent,
  signal: AbortSignal,
): Promise<{ response: Response; url: URL }> {
  const seen = new Set<string>();
  for (let url = start; ; ) {
    url.hash = '';
    if (seen.has(url.href) || seen.size > settings.maxRedirects) throw refusal.tooManyRedirects(start);
    seen.add(url.href);
    const response = await fetch(url, { redirect: 'manual', headers: HEADERS, dispatcher, signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || !location) return { response: accepted(response, url), url };
    await response.body?.cancel();
    url = webAddress(URL.parse(location, url.href)?.href ?? location);
  }
}

function accepted(response: Response, url: URL): Response {
  if (!response.ok) throw refusal.ofStatus(response.status, url);
  const mediaType = response.headers.get('content-type') ?? '';
  if (/^(?:image|audio|video|font)\//i.test(mediaType)) throw refusal.notText(mediaType, url);
  return response;
}

/** Stops at the limit; what is counted is decompressed, since a small body can unpack to gigabytes. */
async function readBody(response: Response, url: URL, maxBytes: number): Promise<Uint8Array> {
  if (Number(response.headers.get('content-length')) > maxBytes) throw refusal.tooLarge(url, maxBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw refusal.tooLarge(url, maxBytes);
    chunks.push(chunk);
  }
  if (size === 0) throw refusal.empty(url);
  return Buffer.concat(chunks, size);
}
