/** Socket Mode: connections by ticket, envelopes, acknowledgements, disconnect frames. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { z } from 'zod';
import type { AppSettings } from './app.ts';
import type { SocketControl } from './controls.ts';
import { parseJson } from './schema.ts';
import type { Ack, Envelope, Transport } from './transport.ts';
import type { World } from './world.ts';

const PING_MS = 10_000;
const TICKET_MS = 30_000;
const MOST_CONNECTIONS = 10;
const GOODBYE_MS = 300;

const acknowledgement = z.object({ envelope_id: z.string(), payload: z.unknown().optional() });

interface Waiting {
  readonly socket: WebSocket;
  readonly answerable: boolean;
  settle(ack: Ack): void;
  readonly at: number;
}

export class SocketMode implements Transport, SocketControl {
  readonly #world: World;
  readonly #app: AppSettings;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #tickets = new Map<string, number>();
  readonly #waiting = new Map<string, Waiting>();
  readonly #retired = new WeakSet<WebSocket>();
  readonly #pings = new Map<WebSocket, NodeJS.Timeout>();
  #turn = 0;
  #losing = 0;
  opened = 0;

  constructor(world: World, app: AppSettings) {
    this.#world = world;
    this.#app = app;
  }

  get connections(): number {
    return this.#live().length;
  }

  get ready(): boolean {
    return this.connections > 0;
  }

  /** An address to connect to, once. */
  ticket(): string {
    const ticket = randomUUID();
    this.#tickets.set(ticket, this.#world.clock.now());
    return `${this.#world.origin.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${this.#app.id}`;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const ticket = url.searchParams.get('ticket') ?? '';
    const given = this.#tickets.get(ticket);
    this.#tickets.delete(ticket);
    const stale = given === undefined || this.#world.clock.now() - given > TICKET_MS;
    if (url.pathname !== '/link/' || stale || this.connections >= MOST_CONNECTIONS) {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    this.#server.handleUpgrade(request, socket, head, (open) => this.#connect(open));
  }

  send(envelope: Envelope, ms: number): Promise<Ack> {
    const live = this.#live();
    const socket = live[this.#turn++ % Math.max(1, live.length)];
    if (socket === undefined) return Promise.resolve({ ok: false, reason: 'connection_failed', again: true });
    const envelope_id = randomUUID();
    const { kind: type, payload, answerable, retries, reason } = envelope;
    const frame = { envelope_id, payload, type, accepts_response_payload: answerable };
    const attempt = type === 'events_api' ? { retry_attempt: retries, retry_reason: reason ?? '' } : {};
    return new Promise((resolve) => {
      const settle = (ack: Ack) => {
        clearTimeout(timer);
        this.#waiting.delete(envelope_id);
        resolve(ack);
      };
      const timer = setTimeout(() => settle({ ok: false, reason: 'http_timeout', again: true }), ms);
      this.#waiting.set(envelope_id, { socket, answerable, settle, at: Date.now() });
      socket.send(JSON.stringify({ ...frame, ...attempt }));
    });
  }

  kill(): void {
    for (const socket of this.#live()) socket.terminate();
  }

  refresh(reason: 'refresh_requested' | 'warning' = 'refresh_requested'): void {
    for (const socket of this.#live()) {
      if (reason === 'refresh_requested') this.#retired.add(socket);
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }));
    }
  }

  loseAcks(count: number): void {
    this.#losing = count;
  }

  /** Says goodbye, as clients that are leaving take a broken connection for an error. */
  async close(): Promise<void> {
    const clients = [...this.#server.clients];
    const gone = clients.map((socket) => new Promise((resolve) => socket.once('close', resolve)));
    for (const socket of clients) socket.close(1001);
    const timer = setTimeout(() => {
      for (const socket of clients) socket.terminate();
    }, GOODBYE_MS);
    await Promise.all(gone);
    clearTimeout(timer);
    this.#server.close();
  }

  #live(): WebSocket[] {
    return [...this.#pings.keys()].filter((one) => one.readyState === one.OPEN && !this.#retired.has(one));
  }

  #connect(socket: WebSocket): void {
    this.opened += 1;
    const ping = setInterval(() => socket.ping('Ping from applink-1'), PING_MS);
    ping.unref();
    this.#pings.set(socket, ping);
    socket.on('message', (data) => this.#hear(String(data)));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => this.#gone(socket));
    const connection_info = { app_id: this.#app.id };
    const debug_info = { host: 'applink-1', build_number: 1, approximate_connection_time: 18_060 };
    socket.send(JSON.stringify({ type: 'hello', num_connections: this.connections, connection_info, debug_info }));
    socket.ping('Ping from applink-1');
    this.#world.changed();
  }

  /** What was not acknowledged over a connection that is gone is tried again over another. */
  #gone(socket: WebSocket): void {
    clearInterval(this.#pings.get(socket));
    this.#pings.delete(socket);
    for (const waiting of [...this.#waiting.values()]) {
      if (waiting.socket === socket) waiting.settle({ ok: false, reason: 'connection_failed', again: true });
    }
    this.#world.changed();
  }

  #hear(text: string): void {
    const ack = acknowledgement.safeParse(parseJson(text));
    if (!ack.success) {
      this.#world.violation(`socket: no acknowledgement: ${text.slice(0, 200)}`);
      return;
    }
    const waiting = this.#waiting.get(ack.data.envelope_id);
    // Late, or twice: Slack doesn't mind.
    if (waiting === undefined) return;
    if (this.#losing > 0) {
      this.#losing -= 1;
      return;
    }
    const { payload } = ack.data;
    const empty = typeof payload !== 'object' || payload === null || Object.keys(payload).length === 0;
    if (!waiting.answerable && !empty) this.#world.violation('socket: an answer to what takes none');
    waiting.settle({ ok: true, answer: empty ? undefined : payload, afterMs: Date.now() - waiting.at });
  }
}
