/** A chat platform over loopback that remembers everything, refuses what platforms refuse, and is as unreliable as told. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';

export const MOST_LETTERS = 2_000;

const opening = z.object({ debate: z.string().min(1), title: z.string() });
const posting = z.object({
  room: z.string(),
  key: z.string().min(1),
  debate: z.string(),
  turn: z.number().int().min(1),
  part: z.number().int().min(0),
  to: z.enum(['thread', 'channel']),
  kind: z.string(),
  text: z.string().min(1).max(MOST_LETTERS),
});
type Posted = z.infer<typeof posting>;

export interface Faults {
  /** Share of calls that fail without having done anything, and of those that do it and lose their answer; 0 to 1. */
  readonly failing: number;
  readonly losing: number;
  /** From 0 to under 1, like Math.random. */
  readonly chance: () => number;
}

export interface Platform {
  readonly url: string;
  /** Every message there is, oldest first; one posted twice is there twice. */
  readonly messages: readonly Posted[];
  /** Threads opened, by debate; one opened twice has two. */
  readonly threads: ReadonlyMap<string, readonly string[]>;
  /** Calls that went wrong, by how. */
  readonly faults: { failed: number; lost: number };
  close(): Promise<void>;
}

export async function startPlatform({ failing, losing, chance }: Faults): Promise<Platform> {
  const messages: Posted[] = [];
  const threads = new Map<string, string[]>();
  const rooms = new Set<string>();
  const faults = { failed: 0, lost: 0 };

  const answer = (path: string, body: unknown): object => {
    switch (path) {
      case '/open': {
        const { debate } = opening.parse(body);
        const room = `t${rooms.size + 1}`;
        rooms.add(room);
        threads.set(debate, [...(threads.get(debate) ?? []), room]);
        return { id: room };
      }
      case '/thread':
        return { id: threads.get(opening.pick({ debate: true }).parse(body).debate)?.[0] ?? null };
      case '/post': {
        const message = posting.parse(body);
        if (message.to === 'thread' && !rooms.has(message.room)) throw new Error(`there is no thread ${message.room}`);
        messages.push(message);
        return { id: `m${messages.length}` };
      }
      case '/find': {
        const { key } = posting.pick({ key: true }).parse(body);
        const at = messages.findIndex((message) => message.key === key);
        return { id: at < 0 ? null : `m${at + 1}` };
      }
      default:
        throw new Error(`there is no ${path}`);
    }
  };
  const serve = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const pieces: Buffer[] = [];
    for await (const piece of incoming) pieces.push(Buffer.from(piece));
    const fate = chance();
    if (fate < failing) {
      faults.failed++;
      outgoing.writeHead(503).end();
      return;
    }
    let said: object;
    try {
      said = answer(incoming.url ?? '', JSON.parse(Buffer.concat(pieces).toString()));
    } catch (error) {
      outgoing.writeHead(400).end(String(error));
      return;
    }
    if (fate < failing + losing) {
      faults.lost++;
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  };

  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing).catch(() => outgoing.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = z.custom<AddressInfo>((at) => typeof at === 'object' && at !== null).parse(server.address());
  return {
    url: `http://127.0.0.1:${port}`,
    messages,
    threads,
    faults,
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
