/** What platforms told us, and where the bot was let in. */

/** An event of a platform, as it came. */
export interface PlatformEvent {
  readonly adapter: string;
  /** null: the platform did not say. */
  readonly workspace: string | null;
  /** The platform's id of it, unique for the adapter. */
  readonly id: string;
  /** JSON. */
  readonly payload: unknown;
}

/**
 * An event is kept before the platform is told that it arrived, so that a crash loses none; delivered again, it is
 * known. What was said in it is kept only until it is done.
 */
export interface Inbox {
  /** `new`: the caller is to see to it. `known`: somebody does, or did. */
  keep(event: PlatformEvent): Promise<'new' | 'known'>;
  /** It was seen to; a later delivery is known for some days. */
  done(event: Pick<PlatformEvent, 'adapter' | 'id'>): Promise<void>;
  /** Events nobody sees to any more, oldest first: the caller is to. For a process that starts, and from time to time. */
  takeUp(adapter: string): Promise<readonly PlatformEvent[]>;
  /** Nothing of that workspace is to be seen to any more. */
  forget(adapter: string, workspace: string): Promise<void>;
}

/** A workspace, or an organisation of several, that installed the bot. */
export interface Installation {
  readonly id: string;
  /** The organisation whose installation serves this workspace; null: it has its own. */
  readonly parent: string | null;
  /** JSON; tokens are in it, so it is encrypted where it is kept. */
  readonly secret: unknown;
}

export interface Installations {
  /** Keeps it, in place of an earlier one of the same id. Rejects with an InputError where no key is set to encrypt with. */
  save(adapter: string, installation: Installation): Promise<void>;
  /** Rejects with an InputError where the key it was encrypted with is no longer set. */
  find(adapter: string, id: string): Promise<Installation | null>;
  /** Deletes it, and those it is the parent of; the ids of all of them. */
  remove(adapter: string, id: string): Promise<readonly string[]>;
}
