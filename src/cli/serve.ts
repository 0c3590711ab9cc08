/** `tertulia serve`: the bot that keeps running. It takes up what it left under way, and goes when it is told to. */
import { once } from 'node:events';
import { type Logger, pino } from 'pino';
import type { Config } from '../config.ts';
import { type Debate, inLanguage } from '../debate.ts';
import { InputError, Interrupted, remedyOf } from '../errors.ts';
import type { DebateHost } from '../host.ts';
import { type Keeper, openTertulia } from '../main.ts';
import type { Adapter } from '../ports.ts';
import { prepare } from '../prepare.ts';
import { reasons } from './report.ts';

/** What is still open after everything was closed is left so long. Milliseconds. */
const GRACE = 1_000;

export interface Serving {
  readonly host: DebateHost;
  /** Lets each debate finish the message it is at, leaves it to the next start, and closes everything. */
  stop(): Promise<void>;
}

/** Runs until the process is told to end. */
export async function serveCommand(config: Config): Promise<number> {
  const log = pino();
  const adapters = await adaptersOf(config, log);
  const ended = new AbortController();
  // Whoever asks twice does not want to wait.
  const onSignal = () => (ended.signal.aborted ? process.exit(130) : ended.abort());
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  try {
    const serving = await startServing(config, adapters, log);
    if (!ended.signal.aborted) await once(ended.signal, 'abort');
    await serving.stop();
    // A platform's client that lost its server goes on trying to reconnect, and would keep the process.
    setTimeout(() => process.exit(0), GRACE).unref();
    return 0;
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
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

/** Resolves once every platform is connected and the debates left under way are taken up; rejects when one refuses. */
export async function startServing(config: Config, adapters: readonly Adapter[], log: Logger): Promise<Serving> {
  const tertulia = await openTertulia(config, adapters, await prepare(config), keeperOf(adapters, log));
  const { store, host, runner } = tertulia;
  const stop = async () => {
    log.info('stopping');
    await runner.stop(new Interrupted());
    await Promise.allSettled(adapters.map((adapter) => adapter.stop()));
    await tertulia.close();
    log.info('stopped');
  };
  try {
    // Asked before anybody is heard: what they start from now on is conducted anyway.
    const names = adapters.map(({ name }) => name);
    const left = (await store.underWay()).filter(({ adapter }) => names.includes(adapter));
    for (const adapter of adapters) {
      await adapter.start(host);
      log.info({ adapter: adapter.name }, 'connected');
    }
    for (const { workspace, id: debate, adapter } of left) {
      log.info({ workspace, debate, adapter }, 'taken up');
      void runner.run(workspace, debate).catch(() => undefined);
    }
    return { host, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Tells the operator by the log and readers by their thread. Neither what was said nor a secret goes to the log. */
function keeperOf(adapters: readonly Adapter[], log: Logger): Keeper {
  const adapterOf = ({ thread }: Debate) => adapters.find(({ name }) => name === thread.adapter);
  const named = ({ workspace, id, thread }: Debate) => ({ workspace, debate: id, adapter: thread.adapter });
  return {
    interrupted: 'left',
    rested: (debate, status) => {
      log.info({ ...named(debate), status }, 'rests');
      adapterOf(debate)?.rested?.(debate, status);
    },
    failed: (debate, error) => {
      log.error({ ...named(debate), reasons: reasons(error) }, 'broke off');
      adapterOf(debate)?.notice?.(debate, brokenOff(debate, error));
      adapterOf(debate)?.rested?.(debate, 'failed');
    },
  };
}

/** For readers of the thread: what they can put right, else that it was not them. */
function brokenOff({ language }: Debate, error: unknown): string {
  const what = remedyOf(error)?.in(language) ?? inLanguage(OUR_FAULT, language);
  return `${what} ${inLanguage(RESUME, language)}`;
}

const OUR_FAULT = {
  en: 'The debate broke off through a fault of the program.',
  es: 'El debate se ha interrumpido por un fallo del programa.',
};

const RESUME = {
  en: 'What was said is kept; "resume" takes it up again.',
  es: 'Lo dicho se conserva; «reanudar» lo retoma.',
};

function nothingConnected(): InputError {
  return new InputError({
    en: 'There is no platform to serve; set DISCORD_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN, in .env (.env.example explains it), or hold a debate here: tertulia debate.',
    es: 'No hay ninguna plataforma que atender; define DISCORD_TOKEN, o SLACK_BOT_TOKEN y SLACK_APP_TOKEN, en .env (.env.example lo explica) o debate aquí: tertulia debate.',
  });
}
