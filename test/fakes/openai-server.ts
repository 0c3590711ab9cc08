/** An OpenAI-compatible model server for tests: real HTTP, strict about requests, with faults on demand. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';

const message = z.discriminatedUnion('role', [
  z.object({ role: z.enum(['system', 'developer', 'user']), content: z.string().min(1) }),
  z.object({
    role: z.literal('assistant'),
    content: z.string().nullish(),
    tool_calls: z
      .array(z.object({ id: z.string(), function: z.object({ name: z.string(), arguments: z.string() }) }))
      .optional(),
  }),
  z.object({ role: z.literal('tool'), tool_call_id: z.string(), content: z.string() }),
]);

const chatRequest = z.object({
  model: z.string().min(1),
  messages: z.array(message).min(1),
  stream: z.boolean().default(false),
  stream_options: z.object({ include_usage: z.boolean() }).optional(),
  response_format: z.object({ type: z.enum(['text', 'json_object', 'json_schema']) }).optional(),
  temperature: z.number().min(0).max(2).optional(),
  tools: z
    .array(z.object({ type: z.literal('function'), function: z.object({ name: z.string() }) }))
    .min(1)
    .optional(),
});

export type ChatRequest = z.infer<typeof chatRequest>;

interface Reported {
  readonly prompt: number;
  readonly completion: number;
  readonly cached?: number;
}

export interface Scripted {
  readonly text?: string;
  readonly toolCalls?: readonly { readonly name: string; readonly args: object }[];
  /** The model's own refusal, in the field meant for it. */
  readonly refusal?: string;
  readonly finish?: 'stop' | 'length' | 'content_filter';
  /** Default: counted from characters, with what earlier requests had in common as cached. null: none is reported. */
  readonly usage?: Reported | null;
  /** Answers with an error instead. */
  readonly error?: {
    readonly status: number;
    readonly message?: string;
    readonly code?: string;
    readonly headers?: Record<string, string>;
    /** Not JSON: a proxy's page. */
    readonly html?: string;
  };
  /** What happens half-way through the text. */
  readonly fault?: 'stall' | 'cut' | 'end' | 'malformed' | 'error event';
}

interface JournalEntry {
  readonly request: ChatRequest;
  readonly headers: IncomingMessage['headers'];
  /** `aborted`: the client hung up. */
  finish: 'open' | 'done' | 'refused' | 'faulted' | 'aborted';
  /** When it was asked, and when the whole reply had been sent, ms since the epoch. */
  readonly startedAt: number;
  endedAt?: number;
}

export interface OpenAiServerOptions {
  /** The model: its reply to the nth request, from 1. */
  readonly reply: (request: ChatRequest, nth: number) => string | Scripted;
  /** Keys that are accepted; default: any, but one must be sent. */
  readonly apiKey?: string;
  /** Default: any. */
  readonly models?: readonly string[];
  /** Answered with 400 when used, as some servers do. `turns`: roles must alternate. */
  readonly refuses?: readonly ('stream_options' | 'response_format' | 'temperature' | 'tools' | 'turns')[];
  /** ms */
  readonly latency?: { readonly first?: number; readonly each?: number };
  /** Characters of one delta. */
  readonly deltaSize?: number;
}

export interface OpenAiServer {
  /** Up to and with `/v1`. */
  readonly url: string;
  readonly journal: readonly JournalEntry[];
  close(): Promise<void>;
}

export async function startOpenAiServer(options: OpenAiServerOptions): Promise<OpenAiServer> {
  const journal: JournalEntry[] = [];
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, options, journal).catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${portOf(server)}/v1`, journal, close: () => closed(server) };
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening on a port');
  return address.port;
}

async function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((done) => server.close(() => done()));
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  options: OpenAiServerOptions,
  journal: JournalEntry[],
): Promise<void> {
  const parts: Buffer[] = [];
  for await (const part of incoming) parts.push(Buffer.from(part));
  const refused = refusal(incoming, Buffer.concat(parts).toString(), options);
  if ('error' in refused) return sendError(outgoing, refused.error);
  const { request } = refused;
  const entry: JournalEntry = { request, headers: incoming.headers, finish: 'open', startedAt: Date.now() };
  journal.push(entry);
  const unsupported = options.refuses?.find((extra) => uses(request, extra));
  const given: string | Scripted = unsupported
    ? { error: { status: 400, message: complaint(unsupported) } }
    : options.reply(request, journal.length);
  const scripted = typeof given === 'string' ? { text: given } : given;
  if (scripted.error) {
    entry.finish = 'refused';
    return sendError(outgoing, scripted.error);
  }
  outgoing.on('close', () => {
    if (entry.finish === 'open') entry.finish = 'aborted';
  });
  await delay(options.latency?.first ?? 0);
  const usage = scripted.usage === undefined ? counted(request, scripted, journal) : scripted.usage;
  await (request.stream ? stream : sendWhole)(outgoing, { request, scripted, usage, entry, options });
}

/* ── what a real server refuses ────────────────────────────────────────────────────────── */

type Problem = NonNullable<Scripted['error']>;

function refusal(
  incoming: IncomingMessage,
  body: string,
  options: OpenAiServerOptions,
): { request: ChatRequest } | { error: Problem } {
  if (incoming.method !== 'POST' || incoming.url !== '/v1/chat/completions') {
    return { error: { status: 404, message: 'Not Found' } };
  }
  const key = /^Bearer (\S+)$/.exec(incoming.headers.authorization ?? '')?.[1];
  if (!key || (options.apiKey !== undefined && key !== options.apiKey)) {
    // Real servers echo a part of the key; a careless one all of it.
    return { error: { status: 401, message: `Incorrect API key provided: ${key ?? ''}.`, code: 'invalid_api_key' } };
  }
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { error: { status: 400, message: 'We could not parse the JSON body of your request.' } };
  }
  const parsed = chatRequest.safeParse(json);
  if (!parsed.success) return { error: { status: 400, message: z.prettifyError(parsed.error) } };
  const { model, messages, response_format: format } = parsed.data;
  if (options.models && !options.models.includes(model)) {
    return { error: { status: 404, message: `The model \`${model}\` does not exist.`, code: 'model_not_found' } };
  }
  if (format?.type === 'json_object' && !messages.some((each) => /json/i.test(each.content ?? ''))) {
    return { error: { status: 400, message: "'messages' must contain the word 'json' to use 'response_format'." } };
  }
  return { request: parsed.data };
}

function uses(request: ChatRequest, extra: NonNullable<OpenAiServerOptions['refuses']>[number]): boolean {
  if (extra !== 'turns') return request[extra] !== undefined;
  const roles = request.messages.map((each) => each.role).filter((role) => role !== 'system');
  return roles.some((role, at) => role === roles[at - 1]);
}

function complaint(extra: NonNullable<OpenAiServerOptions['refuses']>[number]): string {
  return extra === 'turns'
    ? 'Conversation roles must alternate user/assistant/user/assistant/...'
    : `Unrecognized request argument supplied: ${extra}`;
}

function sendError(outgoing: ServerResponse, { status, message, code, headers, html }: Problem): void {
  outgoing.writeHead(status, { 'content-type': html ? 'text/html' : 'application/json', ...headers });
  outgoing.end(html ?? JSON.stringify({ error: { message: message ?? `Status ${status}`, type: 'error', code } }));
}

/* ── replies ───────────────────────────────────────────────────────────────────────────── */

interface Sending {
  readonly request: ChatRequest;
  readonly scripted: Scripted;
  readonly usage: Reported | null;
  readonly entry: JournalEntry;
  readonly options: OpenAiServerOptions;
}

let replies = 0;

function envelope(request: ChatRequest, object: string) {
  return { id: `chatcmpl-${++replies}`, object, created: Math.floor(Date.now() / 1000), model: request.model };
}

async function sendWhole(outgoing: ServerResponse, { request, scripted, usage, entry }: Sending): Promise<void> {
  const { text = '', refusal: declined, toolCalls, finish = toolCalls ? 'tool_calls' : 'stop' } = scripted;
  const content = toolCalls ? null : text;
  const said = { role: 'assistant', content, ...(declined && { refusal: declined }), ...toolCallsOf(scripted) };
  entry.finish = 'done';
  entry.endedAt = Date.now();
  outgoing.writeHead(200, { 'content-type': 'application/json' });
  outgoing.end(
    JSON.stringify({
      ...envelope(request, 'chat.completion'),
      choices: [{ index: 0, message: said, finish_reason: finish }],
      ...(usage && { usage: asUsage(usage) }),
    }),
  );
}

async function stream(outgoing: ServerResponse, { request, scripted, usage, entry, options }: Sending): Promise<void> {
  const base = envelope(request, 'chat.completion.chunk');
  const send = (data: unknown) => outgoing.write(`data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`);
  const delta = (change: object, finish: string | null = null) =>
    send({ ...base, choices: [{ index: 0, delta: change, finish_reason: finish }] });
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' });
  delta({ role: 'assistant', content: '' });
  const pieces = piecesOf(scripted.text ?? '', options.deltaSize ?? 5);
  for (const [at, piece] of pieces.entries()) {
    if (outgoing.destroyed) return;
    if (scripted.fault && at === Math.floor(pieces.length / 2)) {
      if (faulted(outgoing, scripted.fault, send, entry)) return;
    }
    delta({ content: piece });
    if (options.latency?.each) await delay(options.latency.each);
  }
  if (scripted.refusal) delta({ refusal: scripted.refusal });
  if (scripted.toolCalls) delta(toolCallsOf(scripted));
  delta({}, scripted.finish ?? (scripted.toolCalls ? 'tool_calls' : 'stop'));
  if (usage && request.stream_options?.include_usage) send({ ...base, choices: [], usage: asUsage(usage) });
  send('[DONE]');
  entry.finish = 'done';
  entry.endedAt = Date.now();
  outgoing.end();
}

/** Whether the reply is over by it. */
function faulted(
  outgoing: ServerResponse,
  fault: NonNullable<Scripted['fault']>,
  send: (data: unknown) => void,
  entry: JournalEntry,
): boolean {
  if (fault === 'stall') return true;
  entry.finish = 'faulted';
  if (fault === 'cut') outgoing.destroy();
  if (fault === 'end') outgoing.end();
  if (fault === 'malformed') send('{"id": "chatcmpl-');
  if (fault === 'error event') send({ error: { message: 'The server had an error.', type: 'server_error' } });
  if (fault === 'malformed' || fault === 'error event') outgoing.end();
  return true;
}

function toolCallsOf({ toolCalls }: Scripted): object {
  if (!toolCalls) return {};
  const calls = toolCalls.map(({ name, args }, index) => ({
    index,
    id: `call_${++replies}`,
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }));
  return { tool_calls: calls };
}

function piecesOf(text: string, size: number): readonly string[] {
  return text.match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? [];
}

/* ── usage ─────────────────────────────────────────────────────────────────────────────── */

function counted(request: ChatRequest, scripted: Scripted, journal: readonly JournalEntry[]): Reported {
  const cached = Math.max(0, ...journal.slice(0, -1).map((entry) => commonTokens(request, entry.request)));
  const prompt = request.messages.reduce((sum, each) => sum + tokens(each.content), 0);
  return { prompt, cached, completion: tokens(scripted.text) };
}

/** Tokens of the messages two requests begin with alike. */
function commonTokens(one: ChatRequest, other: ChatRequest): number {
  const differ = one.messages.findIndex((each, at) => each.content !== other.messages[at]?.content);
  const alike = differ < 0 ? one.messages : one.messages.slice(0, differ);
  return alike.reduce((sum, each) => sum + tokens(each.content), 0);
}

function tokens(text: string | null | undefined): number {
  return Math.ceil((text ?? '').length / 4);
}

function asUsage({ prompt, completion, cached }: Reported): object {
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(cached !== undefined && { prompt_tokens_details: { cached_tokens: cached } }),
  };
}
