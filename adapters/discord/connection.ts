/** What every part of the adapter needs of a live connection. */
import { setTimeout as sleep } from 'node:timers/promises';
import { ChannelType, type Client, DiscordAPIError, type REST, RESTJSONErrorCodes } from 'discord.js';
import type { Debate } from '../../src/debate.ts';
import type { Host } from '../../src/ports/host.ts';

/** Ids of the place a line of the log is about; never what was said there. */
interface About {
  readonly workspace?: string;
  readonly debate?: string;
}

export interface DiscordOptions {
  readonly token: string;
  /** Base of the REST address, without the version; the gateway's comes from there. */
  readonly apiUrl: string;
  /** Where commands are registered at once, for development; null: everywhere. */
  readonly guildId: string | null;
  /** How many connections, or as many as Discord advises. */
  readonly shards: number | 'auto';
  /** Calls the library allows itself; default: the 50 Discord allows an application. A stand-in may take more. */
  readonly callsPerSecond?: number;
  /** Which of them this process opens, where several share them; default: all. */
  readonly shardIds?: readonly number[] | null;
  /** Whether to hear what people write without a mention, where the application is allowed to. */
  readonly messageContent: boolean;
  /** What happens, for who runs it; never what was said. */
  readonly log: (what: string, about: About, error?: unknown) => void;
}

export interface Connection {
  readonly client: Client<true>;
  /** Repeats what failed: for calls that come to the same when done twice. */
  readonly rest: REST;
  /** Never repeats: for posts, where the core looks before it posts again. */
  readonly once: REST;
  readonly host: Host;
  /** Debates whose thread this process has seen, by thread. */
  readonly debates: Map<string, Debate>;
  readonly log: (what: string, about: About, error?: unknown) => void;
}

/** Whether Discord refused with one of these codes. */
export function refusedWith(error: unknown, ...codes: readonly RESTJSONErrorCodes[]): boolean {
  return error instanceof DiscordAPIError && codes.some((code) => code === error.code);
}

/** Somebody deleted it. */
export const GONE = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.UnknownMessage] as const;
/** Somebody does not let us. */
export const DENIED = [RESTJSONErrorCodes.MissingAccess, RESTJSONErrorCodes.MissingPermissions] as const;

/** A forum or media channel, where messages exist in posts only. */
export async function isThreadOnly(client: Client<true>, channel: string): Promise<boolean> {
  const found = await client.channels.fetch(channel).catch(() => null);
  return found?.type === ChannelType.GuildForum || found?.type === ChannelType.GuildMedia;
}

const TRIES = 4;
/** Milliseconds before the second try; twice as long before each other. */
const PAUSE = 250;

/** Tries again where nobody knows what became of a call: only for calls that come to the same when done twice. */
export async function persist<T>(call: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof DiscordAPIError || attempt === TRIES) throw error;
      await sleep(PAUSE * 2 ** (attempt - 1));
    }
  }
}
