/** `tertulia serve`: the bot that keeps running, alone or as one of several processes, until it is told to go. */
import { once } from 'node:events';
import { type Logger, pino } from 'pino';
import type { Config, Role } from '../config.ts';
import { InputError } from '../errors.ts';
import type { DebateHost } from '../host/host.ts';
import { openService, type Service } from '../main.ts';
import { operate } from '../operating/operate.ts';
import type { Adapter } from '../ports/adapter.ts';
import { prepare } from '../prepare.ts';
import { keeperOf } from './keeping.ts';
import { reasons } from './report.ts';
import { onEnding, type Shell } from './shell.ts';

/** What is still open after everything was closed is left so long. Milliseconds. */
const GRACE = 1_000;

export interface Serving {
  readonly host: DebateHost;
  /** Where health and metrics are told; null: nowhere. */
  readonly port: number | null;
  /** Lets each debate finish the message it is at, hands it over, and closes everything. */
  stop(): Promise<void>;
}

/** Runs until the process is told to end. */
export async function serveCommand(config: Config, shell: Shell): Promise<number> {
  const log = pino({ level: config.logLevel });
  const adapters = await adaptersOf(config, log);
  const ended = new AbortController();
  // Whoever asks twice does not want to wait.
  const deaf = onEnding(shell, () => (ended.signal.aborted ? shell.exit(130) : ended.abort()));
  try {
    const serving = await startServing(config, adapters, log);
    if (!ended.signal.aborted) await once(ended.signal, 'abort');
    await serving.stop();
    // A platform's client that lost its server goes on trying to reconnect, and would keep the process.
    setTimeout(() => shell.exit(0), GRACE).unref();
    return 0;
  } finally {
    deaf();
  }
}

/** The platforms there is a token for. Each one's code is loaded only then. */
async function adaptersOf({ discord, slack }: Config, log: Logger): Promise<readonly Adapter[]> {
  const adapters: Adapter[] = [];
  if (discord) {
    const { createDiscord } = await import('../../adapters/discord/index.ts');
    adapters.push(createDiscord({ ...discord, log: tell(log, 'discord') }));
  }
  if (slack) {
    const { createSlack } = await import('../../adapters/slack/index.ts');
    adapters.push(createSlack({ ...slack, log: tell(log, 'slack') }));
  }
  if (adapters.length === 0) throw nothingConnected();
  return adapters;
}

/** A platform's lines of the log. */
function tell(log: Logger, adapter: string) {
  return (what: string, { workspace, debate }: { workspace?: string; debate?: string }, error?: unknown): void => {
    const about = { adapter, workspace, debate };
    if (error === undefined) log.info(about, what);
    else log.warn({ ...about, reasons: reasons(error) }, what);
  };
}

/** What tests set. */
interface Patience {
  /** Before what went wrong is tried again, one after another. Milliseconds. */
  readonly pauses?: readonly number[];
}

/**
 * Resolves once every platform is connected and debates are taken up; rejects when one refuses. By its role a process hears
 * people, conducts debates or fires what is due; its peers on the same database do the rest.
 */
export async function startServing(
  config: Config,
  adapters: readonly Adapter[],
  log: Logger,
  { pauses }: Patience = {},
): Promise<Serving> {
  const { role } = config.serving;
  if (role !== 'all' && config.databaseUrl === null) throw aloneOnItsDatabase(role);
  const does = (part: Role) => role === 'all' || role === part;
  let service: Service | null = null;
  let isConnected = false;
  const opened = () => service ?? Promise.reject(new Error('it is still starting'));
  const operation = await operate(config.operating, {
    running: () => service?.worker.running ?? 0,
    depth: async () => (await opened()).queue.depth(),
    ready: async () => {
      await (await opened()).queue.depth();
      if (!isConnected) throw new Error('not every platform is connected');
    },
  });
  const stop = async () => {
    log.info('stopping');
    isConnected = false;
    await service?.worker.stop();
    await Promise.allSettled(adapters.map((adapter) => adapter.stop()));
    await service?.close();
    await operation.stop();
    log.info('stopped');
  };
  try {
    service = await openService(config, adapters, await prepare(config), {
      keeper: operation.counted(keeperOf(adapters, log)),
      watch: operation.watch,
      schedules: does('scheduler'),
      ...(pauses && { pauses }),
    });
    for (const adapter of adapters) {
      await adapter.start(service.host, { hears: does('gateway') });
      log.info({ adapter: adapter.name, role }, 'connected');
    }
    isConnected = true;
    if (does('worker')) service.worker.start();
    if (does('scheduler')) await service.mindSchedules();
    return { host: service.host, port: operation.port, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function nothingConnected(): InputError {
  return new InputError({
    en: 'There is no platform to serve; set DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN, in .env (.env.example explains it), or hold a debate here: tertulia debate.',
    es: 'No hay ninguna plataforma que atender; define DISCORD_TOKEN, o SLACK_BOT_TOKEN y SLACK_APP_TOKEN, en .env (.env.example lo explica) o debate aquí: tertulia debate.',
  });
}

function aloneOnItsDatabase(role: Role): InputError {
  return new InputError({
    en: `The role "${role}" needs other processes beside it, and the embedded database takes one; set DATABASE_URL, or leave the role out.`,
    es: `El papel «${role}» necesita otros procesos a su lado y la base de datos integrada solo admite uno; define DATABASE_URL o no indiques papel.`,
  });
}
