/**
 * A Discord on loopback that the real discord.js logs in to: REST v10, gateway, CDN, people and faults.
 *
 *   const discord = await startDiscord();
 *   const guild = discord.guild('Lab', { channels: ['papers'] });          // the bot is in it, with `botPermissions`
 *   const ana = discord.person('Ana', { guild, locale: 'es-ES' });
 *   const client = new Client({ intents, rest: { api: discord.api, cdn: discord.cdn, version: '10' } });
 *   await client.login(discord.token);
 *   const papers = guild.room('papers');
 *   const asked = await ana.slash(papers, 'debate start', { options: { article: 'https://…' }, attachment: pdf });
 *   asked.acknowledgedAfterMs; asked.response?.text; asked.followups;      // live: read them again later
 *   const thread = await discord.until(() => papers.threads[0]);           // first truthy value
 *   thread.messages.map((m) => [m.author, m.text]);                        // as a reader sees it, in order
 *   discord.faults.on('POST /webhooks/:webhook/:token', { kind: 'lost' }, { nth: 2 });
 *   expect(discord.violations).toEqual([]);
 *   await discord.stop();
 *
 * Whatever breaks the API's rules (unknown route, schema, limits) is refused as Discord refuses it AND listed
 * in `violations`. What can befall an honest bot (10003, 10008, 10015, 50001, 50013, 429 …) is only refused.
 */
import type { APIApplicationCommand, APIMessage, PermissionFlagsBits } from 'discord-api-types/v10';
import { createDiscord } from './discord.ts';

export type Permission = keyof typeof PermissionFlagsBits;
export type PrivilegedIntent = 'GuildMembers' | 'GuildPresences' | 'MessageContent';

export interface DiscordOptions {
  /** Whether people may install the application for themselves and use it where the bot is not. Default: no. */
  readonly userInstall?: boolean;
  /** Length of rate-limit windows: 1 is Discord's, the default 0.01 makes 2 s last 20 ms. 0: no limits. */
  readonly rateLimitScale?: number;
  /** Privileged intents switched on in the "developer portal"; others close the gateway with 4014. Default: all. */
  readonly privileged?: readonly PrivilegedIntent[];
  /** Every message must carry `allowed_mentions` and mention nobody; else it is a violation. Default true. */
  readonly strictMentions?: boolean;
  /** Path of Discord's official OpenAPI document: requests are checked against it too. */
  readonly openapi?: string;
  /** Time to the first response to an interaction. Default 3000. */
  readonly interactionMs?: number;
  /** How long an interaction's token lives. Default 15 minutes. */
  readonly interactionLifeMs?: number;
  /** Default 41250. */
  readonly heartbeatMs?: number;
  /** Largest file of a message, in bytes. Default 10 MiB. */
  readonly maxFileBytes?: number;
  /** TCP port; default: any free one. */
  readonly port?: number;
}

export interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface SeenButton {
  /** null: a link button. */
  readonly customId: string | null;
  readonly url: string | null;
  readonly label: string;
  readonly disabled: boolean;
}

export interface SeenSelect {
  readonly customId: string;
  readonly placeholder: string;
  readonly disabled: boolean;
  readonly options: readonly { readonly label: string; readonly value: string }[];
}

interface SeenFile extends Upload {
  readonly url: string;
}

/** A message as a reader sees it. */
export interface SeenMessage {
  readonly id: string;
  /** Name shown: the webhook's or persona's, the nickname, the display name. */
  readonly author: string;
  readonly authorId: string;
  /** Address of the face shown; null: a default one. */
  readonly avatar: string | null;
  /** What that address shows, where this Discord can tell (its own CDN). */
  readonly face: { readonly contentType: string; readonly bytes: Uint8Array } | null;
  readonly content: string;
  /** Content, embeds, poll and components as plain text, top to bottom. */
  readonly text: string;
  readonly buttons: readonly SeenButton[];
  readonly selects: readonly SeenSelect[];
  readonly files: readonly SeenFile[];
  readonly byWebhook: boolean;
  readonly byBot: boolean;
  /** Only the person who asked sees it. */
  readonly ephemeral: boolean;
  /** "… is thinking": a deferred answer. */
  readonly thinking: boolean;
  readonly edited: boolean;
  /** emoji → how many. */
  readonly reactions: Readonly<Record<string, number>>;
  /** Ids of people (or `everyone`) that this message notifies. */
  readonly pings: readonly string[];
  readonly raw: APIMessage;
}

/** A channel, forum, DM or thread as readers see it. Live: every read tells the present state. */
export interface Room {
  readonly id: string;
  readonly name: string;
  readonly guildId: string | null;
  readonly parentId: string | null;
  /** Public messages, oldest first. */
  readonly messages: readonly SeenMessage[];
  readonly message: (id: string) => SeenMessage;
  readonly threads: readonly Room[];
  readonly archived: boolean;
  readonly locked: boolean;
  readonly deleted: boolean;
  readonly autoArchiveMinutes: number | null;
  /** Names of the webhooks of this channel. */
  readonly webhooks: readonly { readonly id: string; readonly name: string }[];
  /** How often the bot showed that it types. */
  readonly typed: number;
}

interface SeenModal {
  readonly customId: string;
  readonly title: string;
  readonly fields: readonly {
    readonly customId: string;
    readonly label: string;
    readonly value: string;
    readonly required: boolean;
  }[];
}

/** One thing a person asked of the bot, and what came of it. Live. */
export interface Interaction {
  readonly id: string;
  /** null: no response yet, or none in time. */
  readonly acknowledgedAfterMs: number | null;
  /** Nothing came within the time: the person read "The application did not respond". */
  readonly failed: boolean;
  /** The original response, as it is now; null: none (yet), deleted, or not a message. */
  readonly response: SeenMessage | null;
  readonly followups: readonly SeenMessage[];
  readonly ephemeral: boolean;
  readonly modal: SeenModal | null;
  /** Of an autocomplete. */
  readonly choices: readonly { readonly name: string; readonly value: string | number }[] | null;
  /** Waits until there is a response that is no longer "thinking", and returns it. */
  answer(ms?: number): Promise<SeenMessage>;
}

export type OptionValue = string | number | boolean;

export interface SlashInput {
  /** By option name. Users, roles and channels: their id. */
  readonly options?: Readonly<Record<string, OptionValue>>;
  /** For the command's first attachment option. */
  readonly attachment?: Upload;
  /** By option name. */
  readonly attachments?: Readonly<Record<string, Upload>>;
  /** The person's own locale by default. */
  readonly locale?: string;
}

/** What `Where` means: a room, or the id of one. */
export type Where = Room | string;

/** Acts through the official client: what its screens would not allow throws. Acts resolve once acknowledged or failed. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** The DM with the bot. */
  readonly dm: Room;
  /** `command` as typed, without the slash: 'debate start', names in any language of the command. */
  slash(where: Where, command: string, input?: SlashInput): Promise<Interaction>;
  autocomplete(where: Where, command: string, option: string, typed: string, input?: SlashInput): Promise<Interaction>;
  /** A message command. */
  menu(message: SeenMessage, command: string): Promise<Interaction>;
  /** A button by custom id, or by its label. */
  press(message: SeenMessage, button: string): Promise<Interaction>;
  /** `select`: custom id, or placeholder. */
  choose(message: SeenMessage, select: string, values: readonly string[]): Promise<Interaction>;
  /** `modal`: the interaction that answered with it. Values by the field's custom id or label. */
  submit(modal: Interaction, values: Readonly<Record<string, string | readonly string[]>>): Promise<Interaction>;
  /** `<@id>` in the text mentions. */
  says(
    where: Where,
    text: string,
    input?: { readonly attachments?: readonly Upload[]; readonly replyTo?: SeenMessage },
  ): SeenMessage;
  edits(message: SeenMessage, text: string): void;
  deletes(message: SeenMessage): void;
  reacts(message: SeenMessage, emoji: string): void;
  votes(message: SeenMessage, answers: readonly string[]): void;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  room(name: string): Room;
  channel(name: string, options?: { readonly type?: 'text' | 'forum' | 'announcement'; readonly topic?: string }): Room;
  /** A public thread that a person opened. */
  thread(parent: Where, name: string, by: Person): Room;
  /** Returns the role's id. */
  role(name: string, permissions?: readonly Permission[]): string;
  join(person: Person, roles?: readonly string[]): void;
  /** Permission overwrite; `who`: a role id, a person, `everyone` or `bot`. */
  overwrite(
    channel: Where,
    who: string | Person,
    change: { readonly allow?: readonly Permission[]; readonly deny?: readonly Permission[] },
  ): void;
  /** What the bot's own role may do in this guild, from now on. */
  botMay(permissions: readonly Permission[]): void;
  /** A webhook that its owner made, not the bot's; returns its id. */
  webhook(channel: Where, name: string): string;
  /** The bot is removed: GUILD_DELETE. */
  kickBot(): void;
}

export type Fault =
  /** 429 before any effect. Seconds. */
  | { readonly kind: 'rateLimited'; readonly retryAfter: number; readonly scope?: 'user' | 'global' | 'shared' }
  /** An HTTP error before any effect. */
  | { readonly kind: 'error'; readonly status: 500 | 502 | 503 | 504 }
  /** The effect happens; the connection dies instead of the response. */
  | { readonly kind: 'lost' }
  /** The connection dies before any effect. */
  | { readonly kind: 'refused' }
  /** Effect, then the response after so long. */
  | { readonly kind: 'late'; readonly ms: number }
  /** As if the permission (50013) or access (50001) were missing. */
  | { readonly kind: 'denied'; readonly code?: 50013 | 50001 }
  /** Something happens just before the request is looked at: `() => discord.remove.webhook(id)`. */
  | { readonly kind: 'meanwhile'; readonly run: () => void };

export interface FaultSetting {
  /** Which matching request from now on, from 1. Default 1. */
  readonly nth?: number;
  /** How many in a row. Default 1. */
  readonly times?: number;
}

export interface Faults {
  /** `route` as 'POST /channels/:channel/messages' (names of parameters don't matter). Tells how often it struck. */
  on(route: string, fault: Fault, setting?: FaultSetting): { readonly struck: number };
  clear(): void;
}

export interface GatewayControl {
  /** Sockets die without a word; the sessions can be resumed, unless `resumable` is false. */
  drop(options?: { readonly resumable?: boolean }): void;
  /** Op 7. */
  askReconnect(): void;
  /** Op 9. */
  invalidate(resumable: boolean): void;
  /** The last event of each session once more, as a resumed session may bring it. */
  repeat(): void;
  /** Heartbeats go unanswered until the client gives up. */
  ignoreHeartbeats(ignore: boolean): void;
  /** Events sent while there is no connection wait for the resume. */
  readonly connected: number;
  readonly identifies: number;
  readonly resumes: number;
}

/** One request as it came. */
export interface Recorded {
  readonly method: string;
  /** Pattern, such as '/channels/:channel/messages'. */
  readonly route: string;
  readonly path: string;
  readonly body: unknown;
  readonly status: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface Discord {
  /** For `rest.api`, without the version. */
  readonly api: string;
  /** For `rest.cdn`. */
  readonly cdn: string;
  readonly token: string;
  readonly application: { readonly id: string; readonly name: string };
  readonly violations: string[];
  readonly requests: readonly Recorded[];
  readonly faults: Faults;
  readonly gateway: GatewayControl;
  guild(
    name: string,
    options?: {
      readonly channels?: readonly string[];
      readonly forums?: readonly string[];
      /** Default: what a thread bot is invited with (`BOT` of permissions.ts); null: the bot is not in this guild. */
      readonly botPermissions?: readonly Permission[] | null;
      readonly locale?: string;
    },
  ): Guild;
  /** `locale` is the client's language, such as 'en-US', 'es-ES'. Roles: ids, in the guild given. */
  person(
    name: string,
    options?: { readonly guild?: Guild; readonly roles?: readonly string[]; readonly locale?: string },
  ): Person;
  /** Also what was deleted since. */
  room(id: string): Room;
  channel(id: string): Room;
  thread(id: string): Room;
  commands(guild?: Guild): readonly APIApplicationCommand[];
  /** What somebody with the right to does, with its events; unknown ids throw. */
  readonly remove: {
    webhook(id: string): void;
    message(room: Where, id: string): void;
    channel(where: Where): void;
  };
  archive(thread: Where, options?: { readonly locked?: boolean }): void;
  /** No connection to REST or gateway, and back on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** The first truthy value of `look`, asked after each change; rejects after `ms` (default 20,000) with what was seen. */
  until<T>(look: () => T | null | undefined | false, ms?: number): Promise<T>;
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1. */
export function startDiscord(options: DiscordOptions = {}): Promise<Discord> {
  return createDiscord(options);
}
