/** What people do, whatever platform they do it on. */
import type { DebateStatus, Invitation, Language, Localised } from '../debate.ts';
import type { Inbox, Installations } from './inbox.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  /** Runs the workspace: may steer every debate and settle who may what. */
  readonly admin: boolean;
  /** Ids of the roles they have on the platform. */
  readonly roles: readonly string[];
}

export interface Place {
  readonly adapter: string;
  readonly workspace: string;
  readonly channel: string;
  /** null: not in a thread. */
  readonly thread: string | null;
}

/** Something a person did, decoded by an adapter. */
export interface Incoming {
  /** The platform's id of the event: doing one twice does it once. */
  readonly id: string;
  readonly by: Person;
  readonly place: Place;
  readonly language: Language;
  readonly act:
    | { readonly type: 'verb'; readonly verb: string; readonly args: Readonly<Record<string, string>> }
    | { readonly type: 'say'; readonly text: string }
    /** What they said by event `of` is to read otherwise. */
    | { readonly type: 'amend'; readonly of: string; readonly text: string }
    /** What they said by event `of` is taken back. */
    | { readonly type: 'withdraw'; readonly of: string };
  /** Files that came with it. */
  readonly attachments?: readonly { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }[];
}

export interface Attachment {
  readonly name: string;
  readonly mediaType: string;
  readonly content: string;
}

export interface Reply {
  /** Markdown for the person who asked; '' when there is nothing to say. */
  readonly text: string;
  readonly debateId?: string;
  readonly attachment?: Attachment;
  /** What the person may want to do next. */
  readonly invites?: readonly Invitation[];
}

export interface VerbArgument {
  readonly name: string;
  /** What people see and type, per language: one word in lower case. */
  readonly word: Localised;
  readonly summary: Localised;
  readonly required: boolean;
  /**
   * What an adapter may offer to choose from. `roles`: the platform's own, which the host knows nothing of; the value
   * is their ids with spaces between. `panellists`: of the debate held there, else all personas;
   * `disabled`: personas that sit at no table.
   */
  readonly choices?:
    | 'panels'
    | 'formats'
    | 'personas'
    | 'panellists'
    | 'disabled'
    | 'debates'
    | 'languages'
    | 'exports'
    | 'roles'
    | 'schedules';
  /** All it may be: few enough for a button each. The host refuses anything else. */
  readonly options?: readonly { readonly id: string; readonly name: Localised }[];
}

/** What an adapter renders as a command, a button or a line of help. */
export interface VerbDefinition {
  readonly name: string;
  /** What people type, per language. */
  readonly word: Localised;
  readonly summary: Localised;
  readonly args: readonly VerbArgument[];
  /**
   * `starter`: whoever opened the debate, those the workspace lets steer, and admins. `scheduler`: those the workspace
   * lets schedule, and admins. `personas`: those it lets edit personas, and admins.
   */
  readonly may: 'anyone' | 'starter' | 'scheduler' | 'personas' | 'admin';
  /** When it makes sense for a debate; absent: it is not about one debate. */
  readonly when?: readonly DebateStatus[];
  /**
   * What it is about, if not debates: who sits at the table, or debates that begin by themselves. Platforms that group
   * their commands keep these apart.
   */
  readonly about?: 'table' | 'calendar';
}

export interface Host {
  readonly verbs: readonly VerbDefinition[];
  readonly inbox: Inbox;
  readonly installations: Installations;
  /** Does what was asked. Bad input rejects with an InputError and changes nothing. */
  receive(incoming: Incoming): Promise<Reply>;
  /** Values for an argument's choices: id and shown name. */
  choices(
    place: Place,
    kind: NonNullable<VerbArgument['choices']>,
    language: Language,
  ): Promise<readonly { readonly id: string; readonly name: string }[]>;
  /** Whether a debate is or was held in that thread. */
  holds(place: Place): Promise<boolean>;
  /** The bot was thrown out there: debates under way break off, and events kept are forgotten. */
  removed(adapter: string, workspace: string): Promise<void>;
}
