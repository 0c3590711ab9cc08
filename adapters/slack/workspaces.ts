/** Workspaces we were let into: their tokens, what these allow, and clients that use them. */
import type { HTTPReceiver } from '@slack/bolt';
import { InputError } from '../../src/errors.ts';
import type { Installations } from '../../src/ports/inbox.ts';
import { type Clients, clientsFor, LOCKED_OUT, patiently, refusedWith } from './clients.ts';
import type { SlackOptions, Workspace } from './connection.ts';
import { installationStore } from './installations.ts';

/** A token is looked up again after this: it may be exchanged, or withdrawn by another process. Milliseconds. */
const BELIEVED = 60_000;

export interface Workspaces {
  of(id: string): Promise<Workspace>;
  /** The address of a workspace that was asked for before, with a slash at the end. */
  homeOf(id: string): string | null;
  forget(id: string): void;
}

/** What a token is good for. */
export interface Identity {
  readonly team: string;
  readonly teamName: string;
  readonly botUserId: string;
  readonly botId: string;
  readonly scopes: readonly string[];
  readonly home: string | null;
}

interface Given {
  readonly token: string;
  readonly installedBy: string | null;
}

/** Asks Slack whose token it is. Rejects with an InputError when it is nobody's, or nobody answers. */
export async function identify({ rest }: Pick<Clients, 'rest'>, apiUrl: string): Promise<Identity> {
  try {
    const { user_id, bot_id, team_id, team, url, response_metadata } = await patiently(() => rest.auth.test());
    if (!user_id || !team_id) throw new Error('auth.test tells no user');
    const scopes = response_metadata?.scopes ?? [];
    return {
      team: team_id,
      teamName: team ?? team_id,
      botUserId: user_id,
      botId: bot_id ?? '',
      scopes,
      home: url ?? null,
    };
  } catch (cause) {
    if (refusedWith(cause, ...LOCKED_OUT)) throw wrongToken(cause);
    throw unreachable(apiUrl, cause);
  }
}

/** `installer`: null where one token serves one workspace. */
export function createWorkspaces(
  { access, apiUrl, log }: SlackOptions,
  installer: HTTPReceiver['installer'] | null,
  installations: Installations,
): Workspaces {
  const known = new Map<string, { readonly until: number; readonly value: Promise<Workspace> }>();
  const identities = new Map<string, Promise<Identity & Clients>>();
  const homes = new Map<string, string | null>();
  const identityOf = (token: string) => {
    const found = identities.get(token);
    if (found) return found;
    const clients = clientsFor(token, apiUrl, log);
    const value = identify(clients, apiUrl).then((identity) => ({ ...identity, ...clients }));
    identities.set(token, value);
    value.catch(() => identities.delete(token));
    return value;
  };
  const tokenOf = async (id: string): Promise<Given> => {
    if (access.kind === 'token') return { token: access.botToken, installedBy: null };
    if (!installer) throw new Error('OAuth has no installer');
    const query = { teamId: id, enterpriseId: undefined, isEnterpriseInstall: false } as const;
    // Exchanges tokens that are about to expire.
    const { botToken } = await installer.authorize(query).catch((cause: unknown) => {
      throw notInstalled(cause);
    });
    if (!botToken) throw notInstalled(null);
    const installation = await installationStore(installations).fetchInstallation(query);
    return { token: botToken, installedBy: installation.user.id };
  };
  const ask = async (id: string): Promise<Workspace> => {
    const { token, installedBy } = await tokenOf(id);
    const { team, botUserId, botId, scopes, home, rest, once } = await identityOf(token);
    if (access.kind === 'token' && team !== id) throw notInstalled(null);
    homes.set(id, home);
    return { id, token, botUserId, botId, scopes: new Set(scopes), installedBy, rest, once };
  };
  return {
    of(id) {
      const found = known.get(id);
      if (found && found.until > Date.now()) return found.value;
      const value = ask(id);
      known.set(id, { until: Date.now() + BELIEVED, value });
      value.catch(() => known.delete(id));
      return value;
    },
    homeOf: (id) => homes.get(id) ?? null,
    forget(id) {
      known.delete(id);
      homes.delete(id);
    },
  };
}

function wrongToken(cause: unknown): InputError {
  return new InputError(
    {
      en: 'Slack does not take this bot token (any more); copy it anew from OAuth & Permissions of your app into SLACK_BOT_TOKEN, or install the app again.',
      es: 'Slack no acepta (ya) este token; cópialo de nuevo de OAuth & Permissions de tu aplicación a SLACK_BOT_TOKEN, o instala la aplicación otra vez.',
    },
    { cause },
  );
}

function unreachable(apiUrl: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `Slack cannot be reached at ${apiUrl}; check the network, and SLACK_API_URL if you set it.`,
      es: `No se llega a Slack en ${apiUrl}; revisa la red, y SLACK_API_URL si la has definido.`,
    },
    { cause },
  );
}

export function notInstalled(cause: unknown): InputError {
  return new InputError(
    {
      en: 'Tertulia is not installed in this Slack workspace (any more); an admin can install it again, then resume the debate.',
      es: 'Tertulia no está (ya) instalada en este espacio de Slack; quien lo administra puede instalarla de nuevo y después reanudar el debate.',
    },
    { cause },
  );
}
