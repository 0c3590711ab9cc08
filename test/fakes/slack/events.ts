/** What the app hears of what happens: enveloped, where it subscribed and may. */
import type { EnvelopedEvent } from '@slack/bolt';
import type {
  AppMentionEvent,
  BotMessageEvent,
  FileShareMessageEvent,
  GenericMessageEvent,
  LinkSharedEvent,
  MessageChangedEvent,
  MessageDeletedEvent,
  MessageEvent,
  SlackEvent,
  ThreadBroadcastMessageEvent,
} from '@slack/types';
import type { AppSettings } from './app.ts';
import type { Deliveries } from './delivery.ts';
import { channelType, filePayload, listedMessage, messagePayload, parentOf, subtypeOf } from './payloads.ts';
import type { Channel, Installation, Message, Team, World } from './world.ts';

const FAMILY = { channel: 'channels', group: 'groups', im: 'im', mpim: 'mpim' } as const;

interface Hearing {
  /** The subscription, when it is not the event's type. */
  readonly subscription?: string;
  readonly scope?: string | null;
  /** Default: the one in that team. */
  readonly installation?: Installation;
}

export class Events {
  readonly #world: World;
  readonly #app: AppSettings;
  readonly #deliveries: Deliveries;

  constructor(world: World, app: AppSettings, deliveries: Deliveries) {
    this.#world = world;
    this.#app = app;
    this.#deliveries = deliveries;
  }

  /** An event of a team, if the app is there, subscribed to it and may know. */
  tell(team: Team, event: SlackEvent, { subscription = event.type, scope = null, installation }: Hearing = {}): void {
    const installed = installation ?? this.#world.installationIn(team);
    if (installed === null || !this.#app.events.has(subscription)) return;
    if (scope !== null && !installed.scopes.has(scope)) return;
    const enterprise_id = team.enterprise?.id ?? null;
    const is_enterprise_install = installed.teamId === null;
    const team_id = is_enterprise_install ? null : team.id;
    const payload = {
      token: this.#app.verificationToken,
      team_id: team.id,
      ...(enterprise_id === null ? {} : { enterprise_id, context_enterprise_id: enterprise_id }),
      context_team_id: team.id,
      api_app_id: this.#app.id,
      event,
      type: 'event_callback',
      event_id: this.#world.id('Ev'),
      event_time: this.#world.clock.seconds(),
      authorizations: [{ enterprise_id, team_id, user_id: installed.botUserId, is_bot: true, is_enterprise_install }],
      is_ext_shared_channel: false,
      event_context: `4-${this.#world.id('Ec')}`,
    } satisfies EnvelopedEvent<SlackEvent>;
    this.#deliveries.event(payload);
  }

  /** A message appeared: `message`, and `app_mention` or `link_shared` where it applies. */
  posted(channel: Channel, message: Message): void {
    if (message.visibleTo !== null) return;
    this.#message(channel, this.#event(channel, message));
    if (message.subtype === 'channel_join' || message.subtype === 'channel_leave') return;
    this.mention(channel, message);
    this.#links(channel, message);
  }

  changed(channel: Channel, before: Message, message: Message): void {
    if (message.visibleTo !== null) return;
    const ts = this.#world.clock.ts();
    this.#message(channel, {
      type: 'message',
      subtype: 'message_changed',
      hidden: true,
      channel: channel.id,
      channel_type: channelType(channel),
      message: this.#inner(channel, message),
      previous_message: this.#inner(channel, before),
      ts,
      event_ts: ts,
    } satisfies MessageChangedEvent);
  }

  deleted(channel: Channel, message: Message): void {
    if (message.visibleTo !== null) return;
    const ts = this.#world.clock.ts();
    this.#message(channel, {
      type: 'message',
      subtype: 'message_deleted',
      hidden: true,
      channel: channel.id,
      channel_type: channelType(channel),
      deleted_ts: message.ts,
      previous_message: this.#inner(channel, message),
      ts,
      event_ts: ts,
    } satisfies MessageDeletedEvent);
  }

  /** The app hears what is said in conversations its bot is in. */
  #message(channel: Channel, event: MessageEvent): void {
    const team = this.#world.team(channel.teamId);
    const installation = this.#world.installationIn(team);
    if (installation === null || !channel.members.has(installation.botUserId)) return;
    const family = FAMILY[channelType(channel)];
    this.tell(team, event, { subscription: `message.${family}`, scope: `${family}:history`, installation });
  }

  /** Also told late, when the bot is invited to where it was mentioned. */
  mention(channel: Channel, message: Message): void {
    const team = this.#world.team(channel.teamId);
    const installation = this.#world.installationIn(team);
    if (installation === null || channel.kind === 'im' || !channel.members.has(installation.botUserId)) return;
    if (message.author.userId === installation.botUserId) return;
    if (!message.text.includes(`<@${installation.botUserId}>`)) return;
    const { files: _, ...shown } = messagePayload(this.#world, this.#app, message, false);
    const files = message.files.map((file) => filePayload(this.#world, file));
    const event = {
      ...shown,
      ...(files.length > 0 ? { files, upload: false, display_as_bot: false } : {}),
      type: 'app_mention',
      channel: channel.id,
      event_ts: message.ts,
    } satisfies AppMentionEvent;
    this.tell(team, event, { scope: 'app_mentions:read', installation });
  }

  #links(channel: Channel, message: Message): void {
    const team = this.#world.team(channel.teamId);
    const installation = this.#world.installationIn(team);
    if (installation === null || message.author.botId !== null) return;
    const all = [...message.text.matchAll(/<(https?:[^>|]+)/g)].map(([, url = '']) => url);
    const urls = all.filter((url) => {
      const { hostname } = new URL(url);
      return this.#app.domains.some((domain) => hostname === domain || hostname.endsWith(`.${domain}`));
    });
    if (urls.length === 0) return;
    const event = {
      type: 'link_shared',
      channel: channel.id,
      is_bot_user_member: channel.members.has(installation.botUserId),
      user: message.author.userId,
      message_ts: message.ts,
      ...(message.threadTs === null ? {} : { thread_ts: message.threadTs }),
      links: urls.map((url) => ({ url, domain: new URL(url).hostname })),
      unfurl_id: `${channel.id}-${message.ts}`,
      source: 'conversations_history',
      event_ts: message.ts,
    } satisfies LinkSharedEvent;
    this.tell(team, event, { scope: 'links:read', installation });
  }

  /** As an edit or a deletion shows a message: without its place. */
  #inner(channel: Channel, message: Message): MessageEvent {
    return this.#event(channel, message);
  }

  #event(channel: Channel, message: Message): MessageEvent {
    const { user = message.author.userId, ...shown } = this.#payload(message);
    const place = { channel: channel.id, channel_type: channelType(channel), event_ts: message.ts };
    switch (subtypeOf(message)) {
      case 'bot_message':
        return {
          ...shown,
          ...place,
          subtype: 'bot_message',
          bot_id: message.author.botId ?? '',
        } satisfies BotMessageEvent;
      case 'file_share':
        return { ...shown, ...place, user, upload: false, subtype: 'file_share' } satisfies FileShareMessageEvent;
      case 'thread_broadcast':
        return this.#broadcast(channel, message);
      case 'channel_join':
        return {
          ...place,
          type: 'message',
          subtype: 'channel_join',
          ts: message.ts,
          text: message.text,
          user,
          team: channel.teamId,
          inviter: '',
        };
      case 'channel_leave':
        return {
          ...place,
          type: 'message',
          subtype: 'channel_leave',
          ts: message.ts,
          text: message.text,
          user,
          team: channel.teamId,
        };
      default:
        return { ...shown, ...place, user, subtype: undefined } satisfies GenericMessageEvent;
    }
  }

  #broadcast(channel: Channel, message: Message): MessageEvent {
    const { user = message.author.userId, ...shown } = this.#payload(message);
    const root = parentOf(this.#world, message) ?? message;
    const { user: rootUser = '', ...parent } = this.#payload(root);
    const {
      reply_count = 0,
      reply_users_count = 0,
      latest_reply = '',
      reply_users = [],
    } = {
      ...listedMessage(this.#world, this.#app, channel, root, false),
    };
    const place = { channel: channel.id, channel_type: channelType(channel), event_ts: message.ts };
    const thread = { thread_ts: root.ts, reply_count, reply_users_count, latest_reply, reply_users };
    return {
      ...shown,
      ...place,
      user,
      subtype: 'thread_broadcast',
      client_msg_id: message.clientMsgId ?? '',
      root: { ...parent, ...place, ...thread, user: rootUser, subtype: undefined },
    } satisfies ThreadBroadcastMessageEvent;
  }

  /** Events carry metadata to apps that may read it; the app's own always. */
  #payload(message: Message) {
    return messagePayload(this.#world, this.#app, message, message.metadata !== null);
  }
}
