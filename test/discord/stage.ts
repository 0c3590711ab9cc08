/** A whole Tertulia on a Discord server of its own: real store, real library, a voice that says what a script says. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createDiscord } from '../../adapters/discord/index.ts';
import { defaultReaderSettings } from '../../src/article/read.ts';
import { conduct } from '../../src/conducting/orchestrator.ts';
import { Runner, waking } from '../../src/conducting/runner.ts';
import type { Debate, DebateStatus } from '../../src/debate.ts';
import { findFormat, formats } from '../../src/formats/registry.ts';
import { createHost, type DebateHost } from '../../src/host/host.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import type { Adapter } from '../../src/ports/adapter.ts';
import type { Store } from '../../src/ports/store.ts';
import type { Voice } from '../../src/ports/voice.ts';
import {
  type Discord,
  type DiscordOptions,
  type Guild,
  type Person,
  type Room,
  startDiscord,
} from '../fakes/discord/index.ts';
import { openMemoryStore } from '../fakes/memory-store.ts';
import { fairScript, scriptedVoice } from '../fakes/scripted-voice.ts';

/** DISCORD_OPENAPI: path of Discord's own description of its API; every request is then checked against that, too. */
export const OFFICIAL: DiscordOptions = process.env.DISCORD_OPENAPI ? { openapi: process.env.DISCORD_OPENAPI } : {};

export interface Bot {
  readonly adapter: Adapter;
  readonly host: DebateHost;
  readonly runner: Runner;
  readonly silent: Set<string>;
  /** What it told whoever runs it. */
  readonly logged: readonly string[];
  stop(): Promise<void>;
}

export interface Stage {
  readonly discord: Discord;
  readonly guild: Guild;
  readonly store: Store;
  /** Another process on the same server and store. */
  bot(options?: BotOptions): Promise<Bot>;
  close(): Promise<void>;
}

interface BotOptions {
  readonly voice?: Voice;
  readonly store?: Store;
  readonly messageContent?: boolean;
  readonly guildId?: string;
  readonly shards?: number | 'auto';
}

let debates = 0;

export async function openStage(options: DiscordOptions = {}): Promise<Stage> {
  const discord = await startDiscord({ rateLimitScale: 0, ...OFFICIAL, ...options });
  const store = await openMemoryStore();
  const guild = discord.guild('Lab', { channels: ['papers'] });
  const bots: Bot[] = [];
  return {
    discord,
    guild,
    store,
    async bot(given = {}) {
      const started = await startBot(discord, { store, ...given });
      bots.push(started);
      return started;
    },
    async close() {
      for (const bot of bots) await bot.stop();
      await discord.stop();
      await store.close();
    },
  };
}

async function startBot(discord: Discord, options: BotOptions & { readonly store: Store }): Promise<Bot> {
  const { store, voice = scriptedVoice(fairScript) } = options;
  const logged: string[] = [];
  const adapter = createDiscord({
    token: discord.token,
    apiUrl: discord.api,
    guildId: options.guildId ?? null,
    shards: options.shards ?? 'auto',
    callsPerSecond: 1000,
    messageContent: options.messageContent ?? true,
    log: (what, _about, error) => logged.push(error instanceof Error ? `${what}: ${error.message}` : what),
  });
  const run = (workspace: string, id: string, signal: AbortSignal) =>
    conduct(
      { store, voice, adapter, format: findFormat('panel'), now: () => performance.now() },
      workspace,
      id,
      signal,
    );
  const runner = new Runner(async (workspace, id, signal) => {
    const status = await run(workspace, id, signal);
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
    library: await loadLibrary(null),
    formats,
    voice: voice.kind,
    fits: () => undefined,
    reader: { ...defaultReaderSettings, allowPrivateUrls: true },
    limits: { rounds: 1, words: 120, tokens: null, turns: 80, time: 3_600_000 },
    newId: () => `d${++debates}`,
    now: () => new Date(),
  });
  await adapter.start(host);
  return {
    adapter,
    host,
    runner,
    silent,
    logged,
    async stop() {
      await runner.stop(new Error('the stage is closed'));
      await adapter.stop();
    },
  };
}

/** Begins a debate in a channel, as somebody there; nobody speaks before it is run. */
export async function convene(bot: Bot, guild: Guild, room: Room, by: Person, language = 'en'): Promise<Debate> {
  const request = { source: null, question: 'Is it worth it?', language, format: null, panel: null, limits: {} };
  const person = { id: by.id, name: by.name, admin: false, roles: [] };
  const place = { adapter: 'discord', workspace: guild.id, channel: room.id, thread: null };
  const id = `d${debates + 1}`;
  bot.silent.add(id);
  const debate = await bot.host.convene(request, { by: person, place, origin: null });
  bot.silent.delete(id);
  return debate;
}

export function run(bot: Bot, debate: Debate): Promise<DebateStatus> {
  return bot.runner.run(debate.workspace, debate.id);
}

/** Numbers of the turns in a thread, by the small print under them, in the order readers see. */
export function turnsIn(thread: Room): string[] {
  return thread.messages.flatMap(({ text }) => /^-# (?:turn|turno) (.+)$/m.exec(text)?.[1] ?? []);
}

/** Waits for something that happens outside Discord. */
export async function eventually<T>(look: () => T | null | undefined | false, ms = 20_000): Promise<T> {
  for (const until = performance.now() + ms; ; ) {
    const found = look();
    if (found) return found;
    if (performance.now() > until) throw new Error(`it did not happen within ${ms} ms: ${look}`);
    await sleep(5);
  }
}
