/** The library's app, however Slack reaches us, and what it hands on to us. */
import { Server } from 'node:http';
import { HTTPReceiver, type RespondFn, SocketModeReceiver } from '@slack/bolt';
import { z } from 'zod';
import { InputError } from '../../src/errors.ts';
import type { Host } from '../../src/ports/host.ts';
import { clientOptions, isRefusal, quietLogger } from './clients.ts';
import type { Connection, SlackOptions } from './connection.ts';
import { NAME } from './decode.ts';
import { installationStore } from './installations.ts';
import { onAction, onCommand, onForm, onShortcut } from './interactions.ts';
import { KeepingApp } from './keeping.ts';
import { SCOPES } from './manifest.ts';
import { onMessage } from './messages.ts';
import { onAssistant, onHome } from './pages.ts';
import type { StatusBoard } from './status.ts';
import type { Identity } from './workspaces.ts';

/** Milliseconds. */
const HANGING_UP = 20;

type Receiver = HTTPReceiver | SocketModeReceiver;

/** By socket, or at an address of ours, where people install the app, too. */
export function createReceiver({ access, transport, apiUrl, log }: SlackOptions, host: Host): Receiver {
  const logger = quietLogger(log);
  if (transport.kind === 'socket') {
    // Without a policy of ours: whoever lost Slack must not give up reconnecting.
    const { retryConfig: _, ...options } = clientOptions(apiUrl, log);
    return new SocketModeReceiver({
      appToken: transport.appToken,
      logger,
      installerOptions: { clientOptions: options },
    });
  }
  const { signingSecret, port } = transport;
  if (access.kind === 'token') return new HTTPReceiver({ signingSecret, port, logger });
  const { clientId, clientSecret, stateSecret, redirectUri } = access;
  return new HTTPReceiver({
    signingSecret,
    port,
    logger,
    clientId,
    clientSecret,
    stateSecret,
    scopes: [...SCOPES],
    installationStore: installationStore(host.installations),
    ...(redirectUri !== null && { redirectUri }),
    installerOptions: {
      clientOptions: clientOptions(apiUrl, log),
      authorizationUrl: new URL('../oauth/v2/authorize', apiUrl).href,
      ...(redirectUri !== null && { redirectUriPath: new URL(redirectUri).pathname }),
    },
  });
}

/** `identity`: of the one token, where there is one. */
export function createApp(
  receiver: Receiver,
  { access, apiUrl, log }: SlackOptions,
  identity: Identity | null,
  inbox: Host['inbox'],
): KeepingApp {
  const options = {
    receiver,
    logger: quietLogger(log),
    clientOptions: clientOptions(apiUrl, log),
    convoStore: false,
    ...(receiver instanceof SocketModeReceiver && { socketMode: true }),
  } as const;
  if (access.kind === 'oauth') return new KeepingApp(options, inbox, log);
  const { botToken } = access;
  const { botId, botUserId, team: teamId } = identity ?? { botId: '', botUserId: '', team: '' };
  const authorize = async () => ({ botToken, botId, botUserId, teamId });
  return new KeepingApp({ ...options, authorize }, inbox, log);
}

const teamShape = z.object({
  teamId: z.string().optional(),
  enterpriseId: z.string().optional(),
  isEnterpriseInstall: z.boolean(),
});

/** Hands on what people do. Nothing rejects: Slack has been told already that it arrived. */
export function listen(
  app: KeepingApp,
  connection: Connection,
  board: StatusBoard,
  forget: (workspace: string) => void,
): void {
  const { log } = connection;
  const guarded = async (what: string, context: unknown, task: (team: string) => Promise<void>): Promise<void> => {
    const { teamId } = teamShape.parse(context);
    if (!teamId) return;
    await task(teamId).catch((error: unknown) => log(`${what} failed`, { workspace: teamId }, error));
  };
  app.error(async (error) => log('an event could not be handed on', {}, error));
  app.event('message', ({ event, context }) =>
    guarded('a message', context, (team) => onMessage(event, team, connection, board)),
  );
  app.event('app_mention', ({ event, context }) =>
    guarded('a mention', context, (team) => onMessage(event, team, connection, board)),
  );
  app.event('app_home_opened', ({ event, context }) =>
    guarded('the home page', context, (team) => onHome(event, team, connection)),
  );
  app.event('assistant_thread_started', ({ event, context }) =>
    guarded('the assistant', context, (team) => onAssistant(event, team, connection)),
  );
  for (const event of ['app_uninstalled', 'tokens_revoked'] as const) {
    app.event(event, ({ context, payload }) => removed(connection, context, payload, forget));
  }
  app.command(/.*/, async ({ ack, body, respond, context }) => {
    await acknowledged(ack, log);
    await guarded('a command', context, (team) => onCommand(body, team, respond, connection));
  });
  app.action(/.*/, async ({ ack, body, respond, context }) => {
    await acknowledged(ack, log);
    await guarded('a button', context, (team) => onAction(body, team, answerable(respond), connection));
  });
  app.view(/.*/, async ({ ack, body, context }) => {
    await acknowledged(ack, log);
    await guarded('a form', context, (team) => onForm(body, team, connection));
  });
  app.shortcut(/.*/, async ({ ack, body, respond, context }) => {
    await acknowledged(ack, log);
    await guarded('a shortcut', context, (team) => onShortcut(body, team, answerable(respond), connection));
  });
}

/** The library leaves it out where Slack gave no address, whatever its types say. */
function answerable(respond: RespondFn | undefined): RespondFn | undefined {
  return respond;
}

/** What was asked is kept: it is done even where Slack could not be told so. */
async function acknowledged(ack: () => Promise<void>, log: Connection['log']): Promise<void> {
  await ack().catch((error: unknown) => log('something could not be acknowledged', {}, error));
}

const revoked = z.object({ tokens: z.object({ bot: z.array(z.string()).optional() }).optional() });

/** The installation goes, and with it what was kept to be done there. */
async function removed(
  { host, log }: Connection,
  context: unknown,
  payload: unknown,
  forget: (workspace: string) => void,
): Promise<void> {
  const { teamId, enterpriseId, isEnterpriseInstall } = teamShape.parse(context);
  const { tokens } = revoked.parse(payload);
  // A person's token is none that we use.
  if (tokens && !tokens.bot?.length) return;
  const id = isEnterpriseInstall ? enterpriseId : teamId;
  if (!id) return;
  try {
    const ids = new Set([id, ...(await host.installations.remove(NAME, id))]);
    for (const workspace of ids) {
      forget(workspace);
      await host.removed(NAME, workspace);
    }
    log('the app was removed from a workspace', { workspace: id });
  } catch (error) {
    log('what is left of a workspace could not be cleared away', { workspace: id }, error);
  }
}

/** Resolves with how to stop listening. Rejects with an InputError that says what to correct. */
export async function startApp(app: KeepingApp, { transport, apiUrl }: SlackOptions): Promise<() => Promise<void>> {
  try {
    const server = await app.start();
    return async () => {
      // Connections that Slack keeps open for its next request would be waited for.
      const timer = setInterval(() => server instanceof Server && server.closeIdleConnections(), HANGING_UP);
      await app.stop().catch(() => undefined);
      clearInterval(timer);
    };
  } catch (cause) {
    if (transport.kind === 'socket' && isRefusal(cause)) throw wrongAppToken(cause);
    if (transport.kind === 'http') throw takenPort(transport.port, cause);
    throw new InputError(
      {
        en: `Slack's sockets cannot be reached through ${apiUrl}; check the network, and that Socket Mode is on for the app.`,
        es: `No se llega a los sockets de Slack por ${apiUrl}; revisa la red, y que Socket Mode esté activo en la aplicación.`,
      },
      { cause },
    );
  }
}

function wrongAppToken(cause: unknown): InputError {
  return new InputError(
    {
      en: 'Slack does not take SLACK_APP_TOKEN; make one with the scope connections:write under Basic Information → App-Level Tokens, and switch Socket Mode on.',
      es: 'Slack no acepta SLACK_APP_TOKEN; crea uno con el permiso connections:write en Basic Information → App-Level Tokens y activa Socket Mode.',
    },
    { cause },
  );
}

function takenPort(port: number, cause: unknown): InputError {
  return new InputError(
    {
      en: `Port ${port} can't be listened on; set SLACK_PORT to a free one.`,
      es: `No se puede escuchar en el puerto ${port}; pon en SLACK_PORT uno libre.`,
    },
    { cause },
  );
}
