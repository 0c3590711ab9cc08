/** What this Slack holds. */
import { randomBytes, randomInt } from 'node:crypto';
import type { AnyBlock, MessageAttachment, View } from '@slack/types';
import { Clock } from './clock.ts';
import { refusal } from './errors.ts';

export type ChannelKind = 'public' | 'private' | 'im' | 'mpim';

export interface Enterprise {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
}

export interface UserGroup {
  readonly id: string;
  readonly name: string;
  readonly handle: string;
  readonly users: Set<string>;
  disabled: boolean;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterprise: Enterprise | null;
  readonly groups: Map<string, UserGroup>;
}

export interface User {
  readonly id: string;
  readonly name: string;
  readonly realName: string;
  readonly teamId: string;
  readonly locale: string;
  readonly role: 'owner' | 'admin' | 'member' | 'guest' | 'bot';
  /** Of a bot user. */
  readonly botId: string | null;
  deactivated: boolean;
}

export interface Channel {
  readonly id: string;
  readonly teamId: string;
  readonly kind: ChannelKind;
  /** Users in it, bots among them. */
  readonly members: Set<string>;
  /** Oldest first; ephemeral and deleted ones too. */
  readonly messages: Message[];
  readonly created: number;
  name: string;
  archived: boolean;
  readonly pins: Set<string>;
  readonly bookmarks: Bookmark[];
}

interface Bookmark {
  readonly id: string;
  readonly title: string;
  readonly link: string;
  readonly emoji: string | null;
}

export interface File {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  readonly name: string;
  readonly title: string;
  readonly mimetype: string;
  readonly bytes: Uint8Array;
  readonly created: number;
  /** Channels it is shared in. */
  readonly channels: Set<string>;
  readonly botId: string | null;
  deleted: boolean;
}

export interface Author {
  readonly userId: string;
  /** Set when an app wrote it. */
  readonly botId: string | null;
  /** Shown instead of the bot's own, where the app said so. */
  readonly username: string | null;
  readonly iconEmoji: string | null;
  readonly iconUrl: string | null;
}

export interface Metadata {
  readonly event_type: string;
  readonly event_payload: Readonly<Record<string, unknown>>;
}

export interface Message {
  readonly ts: string;
  readonly channelId: string;
  /** The first message of the thread it answers in; null: it is no reply. */
  readonly threadTs: string | null;
  readonly author: Author;
  /** The only person who sees it; null: everyone there. */
  readonly visibleTo: string | null;
  readonly clientMsgId: string | null;
  readonly broadcast: boolean;
  readonly reactions: Map<string, Set<string>>;
  subtype: string | null;
  text: string;
  blocks: readonly AnyBlock[];
  /** The blocks were made from `markdown_text`, and go when the text is replaced. */
  fromMarkdown: boolean;
  attachments: readonly MessageAttachment[];
  files: readonly File[];
  metadata: Metadata | null;
  edited: { readonly user: string; readonly ts: string } | null;
  stream: Stream | null;
  deleted: boolean;
  /** Ids of people, and `channel`, `here`, `everyone`, that it notified. */
  pings: readonly string[];
  /** What the app asked of links in it. */
  readonly unfurl: { readonly links: boolean; readonly media: boolean };
}

export interface Stream {
  readonly startedAt: number;
  state: 'in_progress' | 'completed' | 'errored';
  /** A person had enough. */
  stopped: boolean;
}

/** The app in a team, or in an enterprise. */
export interface Installation {
  readonly teamId: string | null;
  readonly enterpriseId: string | null;
  readonly botUserId: string;
  readonly botId: string;
  readonly token: string;
  readonly scopes: Set<string>;
  readonly installedBy: string;
  state: 'active' | 'revoked' | 'uninstalled';
}

export interface OpenView {
  readonly id: string;
  readonly teamId: string;
  readonly userId: string;
  readonly rootId: string;
  readonly previousId: string | null;
  view: View;
  hash: string;
  open: boolean;
}

export interface Trigger {
  readonly userId: string;
  readonly teamId: string;
  readonly at: number;
  /** Of an interaction inside a modal. */
  readonly viewId: string | null;
  used: boolean;
}

export interface ResponseUrl {
  readonly userId: string;
  readonly channelId: string;
  /** The message the interaction came from. */
  readonly messageTs: string | null;
  readonly threadTs: string | null;
  readonly installation: Installation;
  readonly at: number;
  uses: number;
  readonly posted: Message[];
}

export interface Status {
  readonly text: string;
  readonly loading: readonly string[];
  readonly username: string | null;
  readonly iconEmoji: string | null;
  readonly at: number;
}

const ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ0123456789';

export class World {
  readonly clock = new Clock();
  readonly enterprises = new Map<string, Enterprise>();
  readonly teams = new Map<string, Team>();
  readonly users = new Map<string, User>();
  readonly channels = new Map<string, Channel>();
  readonly files = new Map<string, File>();
  readonly installations: Installation[] = [];
  readonly appTokens = new Set<string>();
  readonly views = new Map<string, OpenView>();
  /** By team and user. */
  readonly homes = new Map<string, OpenView>();
  readonly triggers = new Map<string, Trigger>();
  readonly responseUrls = new Map<string, ResponseUrl>();
  /** By channel and thread. */
  readonly statuses = new Map<string, Status>();
  readonly titles = new Map<string, string>();
  readonly prompts = new Map<string, { readonly title: string | null; readonly prompts: readonly Prompt[] }>();
  readonly violations: string[] = [];
  /** http://127.0.0.1:port, once it listens. */
  origin = '';
  readonly #watchers = new Set<() => void>();
  readonly #given = new Set<string>();

  /** Like T01ABCDEF23. */
  id(letter: string): string {
    let id: string;
    do {
      id = `${letter}0`;
      while (id.length < 11) id += ALPHABET[randomInt(ALPHABET.length)];
    } while (this.#given.has(id));
    this.#given.add(id);
    return id;
  }

  token(prefix: string): string {
    return `${prefix}-${randomInt(1e9, 9e9)}-${randomInt(1e9, 9e9)}-${randomBytes(12).toString('hex')}`;
  }

  team(id: string): Team {
    const team = this.teams.get(id);
    if (team === undefined) throw refusal('team_not_found');
    return team;
  }

  user(id: string): User {
    const user = this.users.get(id);
    if (user === undefined) throw refusal('user_not_found');
    return user;
  }

  channel(id: string): Channel {
    const channel = this.channels.get(id);
    if (channel === undefined) throw refusal('channel_not_found');
    return channel;
  }

  message(channel: Channel, ts: string): Message {
    const found = this.findMessage(channel, ts);
    if (found === null) throw refusal('message_not_found');
    return found;
  }

  findMessage(channel: Channel, ts: string): Message | null {
    return channel.messages.find((one) => one.ts === ts && !one.deleted && one.visibleTo === null) ?? null;
  }

  /** What is in a thread, its first message included; ephemeral ones not. */
  thread(channel: Channel, ts: string): Message[] {
    return channel.messages.filter(
      (one) => (one.ts === ts || one.threadTs === ts) && !one.deleted && one.visibleTo === null,
    );
  }

  /** The installation that acts in a team: its own, or its enterprise's. */
  installationIn(team: Team): Installation | null {
    const alive = this.installations.filter((one) => one.state === 'active');
    const own = alive.find((one) => one.teamId === team.id);
    const orgs = alive.find((one) => one.teamId === null && one.enterpriseId === team.enterprise?.id);
    return own ?? (team.enterprise === null ? null : (orgs ?? null));
  }

  botIn(team: Team): Installation {
    const found = this.installationIn(team);
    if (found === null) throw new Error(`the app is not installed in ${team.name}`);
    return found;
  }

  /** The conversation of a person and the app's bot. */
  imWith(installation: Installation, userId: string): Channel {
    const user = this.user(userId);
    for (const channel of this.channels.values()) {
      const both = channel.members.has(userId) && channel.members.has(installation.botUserId);
      if (channel.kind === 'im' && both) return channel;
    }
    return this.addChannel(user.teamId, 'im', '', [userId, installation.botUserId]);
  }

  addChannel(teamId: string, kind: ChannelKind, name: string, members: readonly string[]): Channel {
    const channel: Channel = {
      id: this.id(kind === 'im' ? 'D' : kind === 'mpim' ? 'G' : 'C'),
      teamId,
      kind,
      name,
      members: new Set(members),
      messages: [],
      created: this.clock.seconds(),
      archived: false,
      pins: new Set(),
      bookmarks: [],
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  shownName(userId: string): string {
    return this.users.get(userId)?.realName ?? userId;
  }

  trigger(userId: string, teamId: string, viewId: string | null): string {
    const id = `${randomInt(1e9, 9e9)}.${randomInt(1e9, 9e9)}.${randomBytes(16).toString('hex')}`;
    this.triggers.set(id, { userId, teamId, at: this.clock.now(), viewId, used: false });
    return id;
  }

  violation(text: string): void {
    this.violations.push(text);
    this.changed();
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

export interface Prompt {
  readonly title: string;
  readonly message: string;
}
