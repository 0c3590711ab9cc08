/**
 * A Slack on loopback that the real @slack/bolt, @slack/web-api and @slack/socket-mode talk to: Web API, Events API
 * over HTTP and over sockets, OAuth pages, files, people and faults.
 *
 *   const slack = await startSlack();
 *   const lab = slack.team('Lab', { channels: ['papers'] });             // the app is installed, its bot is in #papers
 *   const ana = lab.person('Ana', { role: 'admin', locale: 'es-ES' });   // in every public channel
 *   const papers = lab.room('papers');
 *   const app = new App({ token: lab.bot.token, appToken: slack.app.appToken, socketMode: true,
 *                         clientOptions: { slackApiUrl: slack.api } });
 *   await app.start();                                                   // over HTTP: await slack.useHttp(url)
 *   const asked = ana.mentions(papers, 'debate this', { files: [pdf] }); // a SeenMessage
 *   const ran = await ana.slash(papers, '/debate', 'start https://…');   // an Interaction: ran.failed, ran.responses
 *   const last = await slack.until(() => papers.thread(asked.ts).find((m) => m.author === 'Doomer'));
 *   await ana.presses(last, 'Pause');                                    // by text or action_id
 *   await ana.submits(ana.modal, { Article: 'https://…' });              // by label, block_id or action_id
 *   slack.faults.on('chat.postMessage', { kind: 'lost' }, { nth: 2 });
 *   slack.events.duplicate(3);                                           // the next event comes three times
 *   expect(slack.violations).toEqual([]);
 *   await slack.stop();
 *
 * Whatever breaks the API's rules (unknown method, schema, limits) is refused as Slack refuses it AND listed in
 * `violations`. What can befall an honest app (channel_not_found, missing_scope, expired_trigger_id, 429 …) is only
 * refused. Everything read (`room.messages`, `interaction.responses` …) tells the present state.
 */
import type { AnyBlock, View } from '@slack/types';
import type { Manifest } from './app.ts';
import type { EventControl, Faults, Recorded, SocketControl } from './controls.ts';
import type { Method } from './schema.ts';
import { createSlack } from './slack.ts';
import type { Metadata } from './world.ts';

export interface SlackOptions {
  /** The app's settings, as its manifest has them; default: all an app that holds debates asks for, Socket Mode on. */
  readonly manifest?: Manifest;
  /** Length of the minutes of rate limits: 1 is Slack's, the default 0.01 makes them 600 ms. 0: no limits. */
  readonly rateScale?: number;
  /** `conversations.history` and `.replies` as for commercial apps outside the Marketplace: 1 a minute, 15 messages. */
  readonly commercial?: boolean;
  /** Every message must be free of `@channel`, `@here` and `@everyone`; else it is a violation. Default true. */
  readonly strictMentions?: boolean;
  /** Folder of Slack's own descriptions of its methods: requests are checked against them, too. Default: $SLACK_METHODS. */
  readonly methods?: string;
  /** Time to acknowledge. Default 3000. */
  readonly ackMs?: number;
  /** Before each further try of an event. Default 5, 60 and 300 ms; Slack: at once, a minute, five. */
  readonly retryMs?: readonly number[];
  /** Life of a stream by `slack.clock`. Default 5 minutes. */
  readonly streamMs?: number;
  /** TCP port; default: any free one. */
  readonly port?: number;
}

interface Upload {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

export interface SeenButton {
  readonly actionId: string;
  readonly text: string;
  readonly value: string | null;
  readonly url: string | null;
  readonly style: string | null;
}

export interface SeenSelect {
  readonly actionId: string;
  readonly type: string;
  readonly placeholder: string;
  /** Empty where they are loaded or are people or channels. */
  readonly options: readonly { readonly text: string; readonly value: string }[];
}

interface SeenFile extends Upload {
  readonly id: string;
  readonly url: string;
}

/** A message as a reader sees it. */
export interface SeenMessage {
  readonly ts: string;
  /** null: it is no reply. */
  readonly threadTs: string | null;
  readonly channelId: string;
  /** Name shown: the one the app gave, else the user's. */
  readonly author: string;
  readonly authorId: string;
  /** `:emoji:` or address of the face shown; null: the author's own. */
  readonly icon: string | null;
  /** Blocks, or text where there are none, as plain words, top to bottom; links by their label, quotes with `> `. */
  readonly text: string;
  readonly links: readonly { readonly text: string; readonly url: string }[];
  /** The `text` of the message: what notifications show. */
  readonly fallback: string;
  readonly blocks: readonly AnyBlock[];
  readonly buttons: readonly SeenButton[];
  readonly selects: readonly SeenSelect[];
  readonly files: readonly SeenFile[];
  readonly byBot: boolean;
  /** Only that person sees it; null: everyone there. */
  readonly onlyFor: string | null;
  readonly edited: boolean;
  /** It was first posted by `chat.startStream`. */
  readonly streamed: boolean;
  /** It is still growing. */
  readonly streaming: boolean;
  /** A reply that is shown in the channel, too. */
  readonly broadcast: boolean;
  /** emoji → how many. */
  readonly reactions: Readonly<Record<string, number>>;
  /** Ids of people, groups, and `channel`, `here`, `everyone`, that it notifies. */
  readonly pings: readonly string[];
  readonly metadata: Metadata | null;
  /** Whether previews of its links are shown. */
  readonly unfurls: boolean;
}

/** A channel or direct message. Live. */
export interface Room {
  readonly id: string;
  readonly name: string;
  readonly teamId: string;
  readonly kind: 'public' | 'private' | 'im' | 'mpim';
  readonly archived: boolean;
  /** What its readers see, oldest first: no replies, but those that were broadcast. */
  readonly messages: readonly SeenMessage[];
  /** A thread with its first message, oldest first. */
  thread(ts: string): readonly SeenMessage[];
  message(ts: string): SeenMessage;
  /** The line under a thread: "Doomer is thinking…"; null: none. */
  status(threadTs: string): SeenStatus | null;
  /** Of an assistant thread. */
  title(threadTs: string): string | null;
  readonly pins: readonly string[];
  readonly bookmarks: readonly { readonly title: string; readonly link: string }[];
}

export interface SeenStatus {
  readonly text: string;
  readonly loading: readonly string[];
  readonly username: string | null;
  readonly iconEmoji: string | null;
}

interface SeenField {
  readonly blockId: string;
  readonly actionId: string;
  readonly label: string;
  readonly type: string;
  readonly optional: boolean;
  readonly initial: string | readonly string[];
  readonly options: readonly { readonly text: string; readonly value: string }[];
}

/** A modal, or a home. Live. */
export interface SeenView {
  readonly id: string;
  readonly type: 'modal' | 'home';
  readonly callbackId: string;
  readonly title: string;
  readonly text: string;
  readonly fields: readonly SeenField[];
  readonly buttons: readonly SeenButton[];
  readonly selects: readonly SeenSelect[];
  readonly privateMetadata: string;
  readonly open: boolean;
  readonly view: View;
}

/** One thing a person asked of the app, and what came of it. Live. */
export interface Interaction {
  /** null: not acknowledged (in time). */
  readonly acknowledgedAfterMs: number | null;
  /** The person read "… failed because the app did not respond". */
  readonly failed: boolean;
  /** What the acknowledgement carried. */
  readonly answer: unknown;
  /** Complaints of a modal, by block id. */
  readonly errors: Readonly<Record<string, string>>;
  /** What came by the acknowledgement or by `response_url`, in order. */
  readonly responses: readonly SeenMessage[];
  /** null: none was given. */
  readonly responseUrl: string | null;
  readonly triggerId: string | null;
}

/** What `Where` means: a room, or the id of one. */
export type Where = Room | string;

export interface Saying {
  /** A thread's `ts`, or a message in it. */
  readonly thread?: string | SeenMessage;
  readonly files?: readonly Upload[];
  /** Also send to the channel. */
  readonly broadcast?: boolean;
}

export type FieldValue = string | readonly string[];

/** Acts through the official client: what its screens would not allow throws. Interactions resolve once acknowledged or failed. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** The conversation with the app's bot. */
  readonly dm: Room;
  /** Text as typed: `<@id>` mentions, `<!here>` and the rest work, other brackets are escaped, links are links. */
  says(where: Where, text: string, saying?: Saying): SeenMessage;
  /** The same with the app's bot mentioned first. */
  mentions(where: Where, text: string, saying?: Saying): SeenMessage;
  edits(message: SeenMessage, text: string): void;
  deletes(message: SeenMessage): void;
  reacts(message: SeenMessage, emoji: string): void;
  unreacts(message: SeenMessage, emoji: string): void;
  /** Presses Stop on a message that is still growing. */
  stops(message: SeenMessage): void;
  slash(where: Where, command: string, text?: string): Promise<Interaction>;
  /** A global shortcut, by callback id or name. */
  shortcut(shortcut: string): Promise<Interaction>;
  /** A message shortcut. */
  messageShortcut(message: SeenMessage, shortcut: string): Promise<Interaction>;
  /** A button of a message, modal or home, by its text or action id. */
  presses(on: SeenMessage | SeenView | null, button: string): Promise<Interaction>;
  /** An item of a select, menu, radio buttons or checkboxes, by text or value. `select`: action id or placeholder. */
  chooses(on: SeenMessage | SeenView | null, select: string, values: FieldValue): Promise<Interaction>;
  /** What an `external_select` offers for what was typed. */
  loads(
    on: SeenMessage | SeenView | null,
    select: string,
    typed: string,
  ): Promise<readonly { text: string; value: string }[]>;
  /** Values by a field's label, block id or action id; the rest stays as it was. */
  submits(modal: SeenView | null, values?: Readonly<Record<string, FieldValue>>): Promise<Interaction>;
  closes(modal: SeenView | null): Promise<Interaction | null>;
  /** The modal on top, or null. */
  readonly modal: SeenView | null;
  /** The home tab as it stands; null: never published. */
  readonly home: SeenView | null;
  opensHome(): void;
  /** The app's messages tab. */
  opensMessages(): void;
  /** Begins an assistant thread, from a channel they look at; returns the thread's first message. */
  opensAssistant(from?: Where): SeenMessage;
  /** Looks at another channel while the assistant is open. */
  looksAt(thread: SeenMessage, channel: Where): void;
  prompts(thread: SeenMessage): readonly { readonly title: string; readonly message: string }[];
  /** Messages only they see, of all channels. */
  readonly ephemerals: readonly SeenMessage[];
  joins(where: Where): void;
  leaves(where: Where): void;
  /** Lets the app's bot into a channel; it is told then of the last thing they said there, if that mentioned it. */
  invites(where: Where): void;
  /** Opens the app's page for installing it, presses Allow (or Cancel) and follows; what the last page says. */
  installs(installUrl: string, choice?: 'allow' | 'cancel' | { readonly org: true }): Promise<Page>;
  /** Takes the app off their workspace: events, and its tokens are void. */
  uninstalls(): void;
  /** Withdraws the bot's token. */
  revokes(): void;
}

export interface Page {
  readonly status: number;
  readonly url: string;
  readonly text: string;
}

/** The app in a workspace or organisation. */
export interface Bot {
  readonly id: string;
  readonly userId: string;
  readonly token: string;
}

export interface Team {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly enterpriseId: string | null;
  /** Throws where the app is not installed. */
  readonly bot: Bot;
  readonly installed: boolean;
  room(name: string): Room;
  channel(
    name: string,
    options?: { readonly private?: boolean; readonly bot?: boolean; readonly members?: readonly Person[] },
  ): Room;
  /** A group direct message with the app's bot. */
  groupDm(people: readonly Person[]): Room;
  /** In every public channel, unless told otherwise. */
  person(
    name: string,
    options?: {
      readonly role?: 'owner' | 'admin' | 'member' | 'guest';
      readonly locale?: string;
      readonly channels?: readonly Where[];
    },
  ): Person;
  /** Returns the group's id. */
  group(handle: string, members: readonly Person[]): string;
  /** Another app's bot, that may write. */
  otherBot(name: string): { readonly id: string; says(where: Where, text: string, saying?: Saying): SeenMessage };
  archive(where: Where): void;
  /** The token has exactly these scopes from now on. */
  scopes(scopes: readonly string[]): void;
  /** The token lacks this one from now on. */
  withoutScope(scope: string): void;
}

export interface Enterprise {
  readonly id: string;
  readonly name: string;
  team(name: string, options?: TeamOptions): Team;
  /** Installs the app for the whole organisation. */
  install(by: Person): Bot;
}

export interface TeamOptions {
  readonly channels?: readonly string[];
  readonly privateChannels?: readonly string[];
  /** Default true, with the app's bot in all channels. */
  readonly installed?: boolean;
}

export interface Slack {
  /** For `slackApiUrl`; ends in a slash. */
  readonly api: string;
  /** For `authorizationUrl`. */
  readonly authorizeUrl: string;
  readonly origin: string;
  readonly app: {
    readonly id: string;
    readonly name: string;
    readonly appToken: string;
    readonly signingSecret: string;
    readonly clientId: string;
    readonly clientSecret: string;
    /** Where OAuth may lead back to; a prefix. */
    readonly redirectUrls: Set<string>;
  };
  readonly violations: readonly string[];
  readonly requests: readonly Recorded[];
  /** Requests of one method. */
  calls(method: Method | 'response_url'): readonly Recorded[];
  readonly faults: Faults;
  readonly events: EventControl;
  readonly sockets: SocketControl;
  readonly clock: { now(): number; advance(ms: number): void };
  /** Events by HTTP from now on, to this URL, after its challenge was met; rejects when it was not. */
  useHttp(requestUrl: string): Promise<void>;
  useSockets(): void;
  /** HTTP requests are signed as of so many seconds from now. */
  skewSignatures(seconds: number): void;
  team(name: string, options?: TeamOptions): Team;
  enterprise(name: string): Enterprise;
  /** A channel, or a thread of it, as a page to look at. */
  html(room: Room, options?: { readonly thread?: string; readonly title?: string }): string;
  /** No connection to anything, and back on the same port. */
  down(): Promise<void>;
  up(): Promise<void>;
  /** The first truthy value of `look`, asked after each change; rejects after `ms` (default 5000) with what was seen. */
  until<T>(look: () => T | null | undefined | false, ms?: number): Promise<T>;
  /** Every event so far was acknowledged or given up. */
  settled(ms?: number): Promise<void>;
  stop(): Promise<void>;
}

/** Starts it on 127.0.0.1. */
export function startSlack(options: SlackOptions = {}): Promise<Slack> {
  return createSlack(options);
}
