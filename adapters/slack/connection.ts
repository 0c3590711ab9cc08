/** What every part of the adapter needs of a live connection. */
import type { WebClient } from '@slack/web-api';
import type { Debate, Language } from '../../src/debate.ts';
import type { InTurn } from '../../src/in-turn.ts';
import type { Host, Person } from '../../src/ports/host.ts';

/** Ids of the place a line of the log is about; never what was said there. */
interface About {
  readonly workspace?: string;
  readonly debate?: string;
}

export type Log = (what: string, about: About, error?: unknown) => void;

/** One token for one workspace, or OAuth for any number of them. */
type Access =
  | { readonly kind: 'token'; readonly botToken: string }
  | {
      readonly kind: 'oauth';
      readonly clientId: string;
      readonly clientSecret: string;
      readonly stateSecret: string;
      /** Where Slack leads people back to; null: the first one of the app's settings. */
      readonly redirectUri: string | null;
    };

/** How Slack reaches us: over a socket we open, or at an address of ours. */
type Transport =
  | { readonly kind: 'socket'; readonly appToken: string }
  | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };

export interface SlackOptions {
  readonly access: Access;
  readonly transport: Transport;
  /** Base of the Web API, such as https://slack.com/api/. */
  readonly apiUrl: string;
  /** What happens, for who runs it; never what was said. */
  readonly log: Log;
  /** Seconds of the minute in which Slack counts calls, where it is not the usual one. */
  readonly minute?: number;
}

/** A workspace we were let into, as far as this process knows. */
export interface Workspace {
  readonly id: string;
  readonly token: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly scopes: ReadonlySet<string>;
  /** Who installed the app; null: the token does not tell. */
  readonly installedBy: string | null;
  /** Repeats what failed: for calls that come to the same when done twice. */
  readonly rest: WebClient;
  /** Never repeats what may have come through: for posts, where the core looks before it posts again. */
  readonly once: WebClient;
}

export interface Known {
  readonly person: Person;
  readonly language: Language;
}

export interface Group {
  readonly id: string;
  /** As people type it after an @. */
  readonly name: string;
  readonly members: readonly string[];
}

export interface People {
  /** A stranger where we may not ask. */
  of(workspace: Workspace, id: string): Promise<Known>;
  /** User groups, which are what other platforms call roles. */
  groups(workspace: Workspace, anew?: boolean): Promise<readonly Group[]>;
}

export interface Connection {
  readonly host: Host;
  /** Rejects with an InputError where the app is not, or no longer, installed. */
  readonly workspace: (id: string) => Promise<Workspace>;
  /** Where people open a workspace, as far as it was used since we started. */
  readonly homeOf: (workspace: string) => string | null;
  readonly people: People;
  /** Debates whose thread this process has seen, by channel and thread. */
  readonly debates: Map<string, Debate>;
  /** What is written in one thread is seen to in the order in which it was written. */
  readonly inTurn: InTurn;
  readonly log: Log;
}

export function placeKey({ channel, thread }: { readonly channel: string; readonly thread: string }): string {
  return `${channel}/${thread}`;
}
