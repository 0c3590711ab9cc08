/** What this Discord holds. Objects that go out as they are keep the API's own shape. */
import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type {
  APIApplicationCommand,
  APIEmoji,
  APIMessage,
  APIOverwrite,
  APIRole,
  APIUser,
  APIWebhook,
  ChannelType,
} from 'discord-api-types/v10';
import { refusal } from './errors.ts';

/** What most users have none of. */
export const PLAIN_LOOKS = {
  banner: null,
  accent_color: null,
  avatar_decoration_data: null,
  collectibles: null,
  primary_guild: null,
};

/** Typed as any number is: the typings' bit fields have no name for none. */
export const NO_FLAGS: number = 0;
const DISCORD_EPOCH = 1_420_070_400_000;

export interface File {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface Message {
  readonly api: APIMessage;
  readonly guildId: string | null;
  /** The only person who sees it; null: everyone. */
  readonly visibleTo: string | null;
  /** Address of the face shown. */
  readonly avatarUrl: string | null;
  readonly reactors: Map<string, Set<string>>;
  /** Answer id → who chose it. */
  readonly votes: Map<number, Set<string>>;
  pings: readonly string[];
}

interface ThreadFacts {
  readonly ownerId: string;
  readonly members: Set<string>;
  readonly tags: readonly string[];
  readonly createdAt: string;
  archived: boolean;
  locked: boolean;
  autoArchiveMinutes: number;
  archivedAt: string;
  /** Counts what was sent, the starter not among it. */
  sent: number;
}

export interface Channel {
  readonly id: string;
  readonly type: ChannelType;
  readonly guildId: string | null;
  readonly parentId: string | null;
  /** People of a DM, the bot not among them. */
  readonly recipients: readonly string[];
  readonly thread: ThreadFacts | null;
  readonly tags: readonly { readonly id: string; readonly name: string }[];
  readonly overwrites: Map<string, APIOverwrite>;
  /** Oldest first, ephemeral ones too. */
  readonly messages: Message[];
  name: string;
  topic: string | null;
  deleted: boolean;
  /** How often the bot showed that it types. */
  typed: number;
}

export interface Member {
  readonly userId: string;
  readonly roles: Set<string>;
  readonly joinedAt: string;
  nick: string | null;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  readonly locale: string;
  readonly roles: Map<string, APIRole>;
  readonly members: Map<string, Member>;
  commands: APIApplicationCommand[];
}

/** Something that happened and that a gateway session may hear. */
export interface Occurrence {
  readonly name: string;
  readonly data: object;
  readonly guildId: string | null;
  /** Sessions need this bit; 0: none needed. */
  readonly intent: number;
  /** The bot must see this channel to hear of it. */
  readonly channel?: Channel;
  /** Its words are the author's: shown only with the MESSAGE_CONTENT intent, or when they concern the bot. */
  readonly message?: Message;
}

export class World {
  readonly users = new Map<string, APIUser>();
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  readonly webhooks = new Map<string, APIWebhook>();
  readonly files = new Map<string, File>();
  readonly emojis = new Map<string, APIEmoji>();
  readonly violations: string[] = [];
  readonly bot: APIUser;
  readonly token: string;
  /** Where files are served from. */
  cdn = '';
  commands: APIApplicationCommand[] = [];
  readonly #listeners = new Set<(occurrence: Occurrence) => void>();
  readonly #watchers = new Set<() => void>();
  #last = 0n;

  /** How the application may be installed: 0 for servers, 1 for people. */
  readonly installations: readonly (0 | 1)[];

  constructor(userInstall = false) {
    this.installations = userInstall ? [0, 1] : [0];
    this.bot = { ...this.newUser('Tertulia'), bot: true };
    this.users.set(this.bot.id, this.bot);
    this.token = `${Buffer.from(this.bot.id).toString('base64url')}.${randomBytes(4).toString('hex')}.${randomBytes(20).toString('hex')}`;
  }

  /** Ids grow with time and never repeat. */
  snowflake(): string {
    const now = BigInt(Date.now() - DISCORD_EPOCH) << 22n;
    this.#last = now > this.#last ? now : this.#last + 1n;
    return this.#last.toString();
  }

  newUser(name: string): APIUser {
    const user: APIUser = {
      id: this.snowflake(),
      username: name
        .toLowerCase()
        .replaceAll(/[^a-z0-9_.]/g, '_')
        .padEnd(2, '_'),
      global_name: name,
      discriminator: '0',
      avatar: null,
      public_flags: NO_FLAGS,
      flags: NO_FLAGS,
      ...PLAIN_LOOKS,
    };
    this.users.set(user.id, user);
    return user;
  }

  user(id: string): APIUser {
    const user = this.users.get(id);
    if (user === undefined) throw refusal(10013);
    return user;
  }

  guild(id: string): Guild {
    const guild = this.guilds.get(id);
    if (guild === undefined) throw refusal(10004);
    return guild;
  }

  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (channel === undefined || channel.deleted) throw refusal(10003);
    return channel;
  }

  message(channel: Channel, id: string): Message {
    const message = channel.messages.find((one) => one.api.id === id);
    if (message === undefined) throw refusal(10008);
    return message;
  }

  webhook(id: string): APIWebhook {
    const webhook = this.webhooks.get(id);
    if (webhook === undefined) throw refusal(10015);
    return webhook;
  }

  /** The channel whose permissions and webhooks count: a thread's parent. */
  home(channel: Channel): Channel {
    return channel.thread === null || channel.parentId === null ? channel : this.channel(channel.parentId);
  }

  threadsOf(parentId: string): Channel[] {
    return [...this.channels.values()].filter(
      (one) => one.thread !== null && one.parentId === parentId && !one.deleted,
    );
  }

  /** The name people read: nickname, display name, user name. */
  shownName(userId: string, guildId: string | null): string {
    const user = this.users.get(userId);
    const nick = guildId === null ? null : this.guilds.get(guildId)?.members.get(userId)?.nick;
    return nick ?? user?.global_name ?? user?.username ?? 'Deleted User';
  }

  /** Keeps a file and returns its address. */
  keep(path: string, file: File): string {
    this.files.set(path, file);
    return `${this.cdn}${path}`;
  }

  violation(text: string): void {
    this.violations.push(text);
    this.changed();
  }

  happen(occurrence: Occurrence): void {
    for (const listener of this.#listeners) listener(occurrence);
    this.changed();
  }

  onOccurrence(listener: (occurrence: Occurrence) => void): void {
    this.#listeners.add(listener);
  }

  /** Wakes whoever waits for something to be so. */
  changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }
}
