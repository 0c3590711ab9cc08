/** A whole Tertulia on a Slack of its own: real store, real library, a voice that says what a script says. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SlackOptions } from '../../adapters/slack/connection.ts';
import { iconOf } from '../../adapters/slack/faces.ts';
import { createSlack } from '../../adapters/slack/index.ts';
import { defaultReaderSettings } from '../../src/article/read.ts';
import { conduct } from '../../src/conducting/orchestrator.ts';
import { Runner, waking } from '../../src/conducting/runner.ts';
import { type Debate, type DebateStatus, speakers } from '../../src/debate.ts';
import { findFormat, formats } from '../../src/formats/registry.ts';
import { createHost, type DebateHost } from '../../src/host/host.ts';
import { type Library, loadLibrary } from '../../src/personas/library.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Voice } from '../../src/ports/voice.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { samplePanel } from '../fakes/sample-panel.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';
import {
  type SlackOptions as FakeOptions,
  type Person,
  type Room,
  type SeenMessage,
  type Slack,
  startSlack,
  type Team,
} from '../fakes/slack/index.ts';

export type Way = 'socket' | 'http' | 'oauth';

/** Emoji of personas by the name of their icon. */
export const faces = new Map(speakers(samplePanel).map(({ face }) => [iconOf(face), face]));

export interface Bot {
  readonly adapter: Adapter;
  readonly host: DebateHost;
  readonly runner: Runner;
  /** Nobody speaks in these before they are run. */
  readonly silent: Set<string>;
  /** Where it listens; null: by socket. */
  readonly url: string | null;
  /** What it told whoever runs it. */
  readonly logged: readonly string[];
  stop(): Promise<void>;
}

interface BotOptions {
  readonly way?: Way;
  /** Whose token it has, unless it has installations. */
  readonly team?: Team;
  readonly voice?: Voice;
  readonly store?: Store;
  readonly format?: string;
  /** Seconds of a minute of Slack's limits, for the bot. */
  readonly minute?: number;
}

export interface Stage {
  readonly slack: Slack;
  readonly store: Store;
  readonly lab: Team;
  /** Another process on the same Slack and store. */
  bot(options?: BotOptions): Promise<Bot>;
  close(): Promise<void>;
}

let debates = 0;

export async function openStage(options: FakeOptions = {}): Promise<Stage> {
  const slack = await startSlack({ rateScale: 0, ...options });
  const store = await openMemoryStore([randomBytes(32)]);
  const lab = slack.team('Lab', { channels: ['papers'] });
  const bots: Bot[] = [];
  return {
    slack,
    store,
    lab,
    async bot(given = {}) {
      const bot = await startBot(slack, { store, team: lab, ...given });
      bots.push(bot);
      return bot;
    },
    async close() {
      for (const bot of bots) await bot.stop();
      await slack.stop();
      await store.close();
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The adapter on that Slack, connected one way or another. `token`: of the one workspace, but for OAuth. */
export async function adapterOn(
  slack: Slack,
  way: Way,
  token: string,
  log: SlackOptions['log'],
  minute = 0.02,
): Promise<{ adapter: Adapter; url: string | null }> {
  const { appToken, signingSecret, clientId, clientSecret, redirectUrls } = slack.app;
  if (way === 'socket') {
    slack.useSockets();
    const access = { kind: 'token', botToken: token } as const;
    return {
      adapter: createSlack({ access, transport: { kind: 'socket', appToken }, apiUrl: slack.api, log, minute }),
      url: null,
    };
  }
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  redirectUrls.add(`${url}/slack/oauth_redirect`);
  const access =
    way === 'http'
      ? ({ kind: 'token', botToken: token } as const)
      : ({
          kind: 'oauth',
          clientId,
          clientSecret,
          stateSecret: 'a state secret',
          redirectUri: `${url}/slack/oauth_redirect`,
        } as const);
  const transport = { kind: 'http', signingSecret, port } as const;
  return { adapter: createSlack({ access, transport, apiUrl: slack.api, log, minute }), url };
}

async function startBot(
  slack: Slack,
  options: BotOptions & { readonly store: Store; readonly team: Team },
): Promise<Bot> {
  const { store, team, way = 'socket', voice = scriptedVoice(fairScript), format = 'panel' } = options;
  const logged: string[] = [];
  const log: SlackOptions['log'] = (what, _about, error) =>
    logged.push(error instanceof Error ? `${what}: ${error.message}` : what);
  const { adapter, url } = await adapterOn(slack, way, way === 'oauth' ? '' : team.bot.token, log, options.minute);
  const runner = new Runner(async (workspace, id, signal) => {
    const conducting = { store, voice, adapter, format: findFormat(format), now: () => performance.now() };
    const status = await conduct(conducting, workspace, id, signal);
    const log = await store.load(workspace, id);
    if (log) adapter.rested?.(log.debate, status);
    return status;
  });
  /** Nobody speaks in these before they are run. */
  const silent = new Set<string>();
  const host = createHost({
    store: waking(store, (workspace, id) => {
      if (!silent.has(id)) runner.wake(workspace, id);
    }),
    adapter: () => adapter,
    library: await smallTable(),
    formats,
    voice: voice.kind,
    fits: () => undefined,
    reader: { ...defaultReaderSettings, allowPrivateUrls: true },
    limits: { rounds: 1, words: 120, tokens: null, turns: 80, time: 3_600_000 },
    newId: () => `d${++debates}`,
    now: () => new Date(),
  });
  await adapter.start(host);
  if (url) await slack.useHttp(`${url}/slack/events`);
  return {
    adapter,
    host,
    runner,
    silent,
    url,
    logged,
    async stop() {
      await runner.stop(new Error('the stage is closed'));
      await adapter.stop();
    },
  };
}

/** Whom the stage seats: a debate of nine turns shows what one of twelve does. */
const SEATS = ['reviewer', 'critic', 'doomer', 'newcomer'];
/** Opening, four statements, notes, two replies, synthesis. */
export const TURNS = 9;

async function smallTable(): Promise<Library> {
  const library = await loadLibrary(null);
  const panels = [...library.panels].map(([id, panel]) => {
    return [id, { ...panel, personas: panel.personas.filter((each) => SEATS.includes(each.id)) }] as const;
  });
  return { ...library, panels: new Map(panels) };
}

/** Begins a debate in a channel, as somebody there; nobody speaks before it is run. */
export async function convene(bot: Bot, room: Room, by: Person, language = 'en'): Promise<Debate> {
  const request = { source: null, question: 'Is it worth it?', language, format: null, panel: null, limits: {} };
  const person = { id: by.id, name: by.name, admin: false, roles: [] };
  const place = { adapter: 'slack', workspace: room.teamId, channel: room.id, thread: null };
  const id = `d${debates + 1}`;
  bot.silent.add(id);
  const debate = await bot.host.convene(request, { by: person, place, origin: null });
  bot.silent.delete(id);
  return debate;
}

export function run(bot: Bot, debate: Debate): Promise<DebateStatus> {
  return bot.runner.run(debate.workspace, debate.id);
}

const FOOTER = /\n(?:turn|turno) (\d+[^\n]*)(?:\n[\s\S]*)?$/;

/** Messages of turns, in the order readers see. */
export function turnMessages(thread: readonly SeenMessage[]): readonly SeenMessage[] {
  return thread.filter(({ text }) => FOOTER.test(text));
}

/** Numbers of the turns in a thread, by the small print under them. */
export function turnsIn(thread: readonly SeenMessage[]): string[] {
  return thread.flatMap(({ text }) => FOOTER.exec(text)?.[1] ?? []);
}

export function withoutFooter(text: string): string {
  return text.replace(FOOTER, '');
}

/** Waits for something that happens outside Slack. */
export async function eventually<T>(
  look: () => T | null | undefined | false | Promise<T | null | undefined | false>,
  ms = 5000,
): Promise<T> {
  for (const until = performance.now() + ms; ; ) {
    const found = await look();
    if (found) return found;
    if (performance.now() > until) throw new Error(`it did not happen within ${ms} ms: ${look}`);
    await sleep(5);
  }
}
