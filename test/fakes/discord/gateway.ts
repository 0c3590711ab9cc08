/** The gateway: identify, heartbeats, events by intent, resume. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  GatewayCloseCodes,
  type GatewayIdentifyData,
  GatewayIntentBits,
  GatewayOpcodes,
  type GatewayRequestGuildMembersData,
  type GatewayResumeData,
  type GatewaySendPayload,
} from 'discord-api-types/v10';
import { type WebSocket, WebSocketServer } from 'ws';
import { ApiError } from './errors.ts';
import type { GatewayControl, PrivilegedIntent } from './index.ts';
import { concernsBot, guildCreate, memberPayload, withoutWords } from './payloads.ts';
import { permissionsIn } from './permissions.ts';
import type { Checker } from './router.ts';
import { parseJson } from './schema.ts';
import type { Occurrence, World } from './world.ts';

const PRIVILEGED: readonly PrivilegedIntent[] = ['GuildMembers', 'GuildPresences', 'MessageContent'];
const ALL_INTENTS = Object.values(GatewayIntentBits).reduce<number>(
  (all, bit) => (typeof bit === 'number' ? all | bit : all),
  0,
);

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  readonly sent: { readonly op: number; readonly s: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
  resumable: boolean;
}

interface GatewayOptions {
  readonly world: World;
  readonly checker: Checker;
  readonly privileged: readonly PrivilegedIntent[];
  readonly heartbeatMs: number;
  /** ws:// address, known once the server listens. */
  readonly url: () => string;
}

export class Gateway implements GatewayControl {
  readonly #options: GatewayOptions;
  readonly #world: World;
  readonly #server = new WebSocketServer({ noServer: true });
  readonly #sessions = new Map<string, Session>();
  #deaf = false;
  identifies = 0;
  resumes = 0;

  constructor(options: GatewayOptions) {
    this.#options = options;
    this.#world = options.world;
    this.#world.onOccurrence((occurrence) => this.#tell(occurrence));
  }

  get connected(): number {
    return this.#live().length;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (open) => this.#connect(open));
  }

  close(): void {
    for (const socket of this.#server.clients) socket.terminate();
    this.#server.close();
  }

  drop({ resumable = true }: { readonly resumable?: boolean } = {}): void {
    for (const [session, socket] of this.#live()) {
      session.resumable &&= resumable;
      socket.terminate();
    }
  }

  askReconnect(): void {
    for (const [, socket] of this.#live()) send(socket, { op: GatewayOpcodes.Reconnect, d: null });
  }

  invalidate(resumable: boolean): void {
    for (const [session, socket] of this.#live()) {
      session.resumable &&= resumable;
      send(socket, { op: GatewayOpcodes.InvalidSession, d: resumable });
    }
  }

  repeat(): void {
    for (const [session, socket] of this.#live()) {
      const last = session.sent.at(-1);
      if (last) send(socket, last);
    }
  }

  ignoreHeartbeats(ignore: boolean): void {
    this.#deaf = ignore;
  }

  #live(): [Session, WebSocket][] {
    return [...this.#sessions.values()].flatMap((session): [Session, WebSocket][] =>
      session.socket === null ? [] : [[session, session.socket]],
    );
  }

  /** Sessions without a connection hear of it when they resume. */
  #tell(occurrence: Occurrence): void {
    for (const session of this.#sessions.values()) {
      if (!session.resumable || !hears(this.#world, session, occurrence)) continue;
      dispatch(session, occurrence.name, heard(this.#world, session, occurrence));
    }
  }

  #connect(socket: WebSocket): void {
    let session: Session | null = null;
    send(socket, { op: GatewayOpcodes.Hello, d: { heartbeat_interval: this.#options.heartbeatMs } });
    socket.on('message', (data) => {
      try {
        session = this.#hear(socket, session, this.#read(String(data)));
      } catch (error) {
        this.#world.violation(`gateway: ${error instanceof ApiError ? error.message : String(error)}`);
        socket.close(GatewayCloseCodes.DecodeError);
      }
      this.#world.changed();
    });
    socket.on('close', (code) => {
      if (session?.socket !== socket) return;
      session.socket = null;
      // A client that says goodbye ends its session.
      if (code === 1000 || code === 1001) this.#sessions.delete(session.id);
      this.#world.changed();
    });
  }

  #read(text: string): GatewaySendPayload {
    const raw = { method: 'SEND', path: 'gateway', query: {}, body: parseJson(text), files: new Map(), asBot: true };
    return this.#options.checker.body('SEND gateway', raw);
  }

  /** Does what a client asks; returns its session. */
  #hear(socket: WebSocket, session: Session | null, payload: GatewaySendPayload): Session | null {
    switch (payload.op) {
      case GatewayOpcodes.Heartbeat:
        if (!this.#deaf) send(socket, { op: GatewayOpcodes.HeartbeatAck });
        return session;
      case GatewayOpcodes.Identify:
        if (session === null) return this.#identify(socket, payload.d);
        socket.close(GatewayCloseCodes.AlreadyAuthenticated);
        return session;
      case GatewayOpcodes.Resume:
        return this.#resume(socket, payload.d);
      default:
        if (session === null) socket.close(GatewayCloseCodes.NotAuthenticated);
        else if (payload.op === GatewayOpcodes.RequestGuildMembers) this.#listMembers(session, payload.d);
        return session;
    }
  }

  #identify(socket: WebSocket, data: GatewayIdentifyData): Session | null {
    const world = this.#world;
    const close = closeCode(world, data, this.#options.privileged);
    if (close !== null) {
      socket.close(close, GatewayCloseCodes[close]);
      return null;
    }
    this.identifies += 1;
    const id = randomBytes(16).toString('hex');
    const shard = data.shard ?? [0, 1];
    const session: Session = { id, intents: data.intents, shard, sent: [], socket, resumable: true };
    this.#sessions.set(id, session);
    const mine = [...world.guilds.values()].filter((guild) => guild.members.has(world.bot.id));
    const guilds = mine.filter((guild) => onShard(guild.id, shard));
    dispatch(session, 'READY', {
      v: 10,
      user: { ...world.bot, verified: true, mfa_enabled: true, email: null },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: id,
      resume_gateway_url: this.#options.url(),
      session_type: 'normal',
      shard,
      application: { id: world.bot.id, flags: 0 },
    });
    if ((data.intents & GatewayIntentBits.Guilds) === 0) return session;
    for (const guild of guilds) dispatch(session, 'GUILD_CREATE', guildCreate(world, guild));
    return session;
  }

  #resume(socket: WebSocket, data: GatewayResumeData): Session | null {
    if (data.token !== this.#world.token) {
      socket.close(GatewayCloseCodes.AuthenticationFailed);
      return null;
    }
    const session = this.#sessions.get(data.session_id);
    if (session?.resumable !== true) {
      send(socket, { op: GatewayOpcodes.InvalidSession, d: false });
      return null;
    }
    this.resumes += 1;
    session.socket = socket;
    for (const event of session.sent.slice(data.seq)) send(socket, event);
    dispatch(session, 'RESUMED', {});
    return session;
  }

  #listMembers(session: Session, { guild_id, nonce }: GatewayRequestGuildMembersData): void {
    const guild = this.#world.guild(String(guild_id));
    const members = [...guild.members.values()].map((member) => memberPayload(this.#world, member));
    dispatch(session, 'GUILD_MEMBERS_CHUNK', { guild_id: guild.id, members, chunk_index: 0, chunk_count: 1, nonce });
  }
}

function send(socket: WebSocket, payload: object): void {
  if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(payload));
}

function dispatch(session: Session, t: string, d: unknown): void {
  const event = { op: GatewayOpcodes.Dispatch, s: session.sent.length + 1, t, d };
  session.sent.push(event);
  if (session.socket !== null) send(session.socket, event);
}

function closeCode(
  world: World,
  data: GatewayIdentifyData,
  privileged: readonly PrivilegedIntent[],
): GatewayCloseCodes | null {
  if (data.token !== world.token) return GatewayCloseCodes.AuthenticationFailed;
  if ((data.intents & ~ALL_INTENTS) !== 0) return GatewayCloseCodes.InvalidIntents;
  const asked = PRIVILEGED.filter((name) => (data.intents & GatewayIntentBits[name]) !== 0);
  if (!asked.every((name) => privileged.includes(name))) return GatewayCloseCodes.DisallowedIntents;
  const [id, of] = data.shard ?? [0, 1];
  return id >= 0 && id < of ? null : GatewayCloseCodes.InvalidShard;
}

function onShard(guildId: string | null, [id, of]: readonly [number, number]): boolean {
  return guildId === null ? id === 0 : Number((BigInt(guildId) >> 22n) % BigInt(of)) === id;
}

function hears(world: World, session: Session, occurrence: Occurrence): boolean {
  const { intent, channel, guildId } = occurrence;
  if (intent !== 0 && (session.intents & intent) === 0) return false;
  if (!onShard(guildId, session.shard)) return false;
  const inGuild = guildId === null || world.guilds.get(guildId)?.members.has(world.bot.id) === true;
  if (!inGuild && intent !== 0) return false;
  // An interaction comes by no intent, from wherever the app was used.
  if (channel === undefined || channel.guildId === null || intent === 0) return true;
  return permissionsIn(world, channel, world.bot.id) !== 0n;
}

function heard(world: World, session: Session, { data, message }: Occurrence): object {
  const reads = (session.intents & GatewayIntentBits.MessageContent) !== 0;
  return message === undefined || reads || concernsBot(world, message) ? data : withoutWords(data);
}
