/** Whether everything is in place on Slack's side, and how to make the app: for whoever sets it up. */
import type { Language, Localised } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import { clientsFor, patiently, refusedWith } from './clients.ts';
import type { SlackOptions } from './connection.ts';
import { missingScopes } from './manifest.ts';
import { identify } from './workspaces.ts';

export interface Finding {
  /** `false`: no debate can be held. */
  readonly fine: boolean;
  readonly name: Localised;
  readonly text: Localised;
}

/** One finding a thing looked at; asks Slack, and rejects with an InputError where nobody answers. */
export async function checkSlack({
  access,
  transport,
  apiUrl,
}: Omit<SlackOptions, 'log'>): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  if (access.kind === 'token') findings.push(...(await checkToken(access.botToken, apiUrl)));
  else findings.push(fine({ en: 'OAuth', es: 'OAuth' }, installable(access.redirectUri)));
  if (transport.kind === 'socket') findings.push(await checkSocket(transport.appToken, apiUrl));
  else findings.push(fine({ en: 'HTTP', es: 'HTTP' }, listening(transport.port)));
  return findings;
}

async function checkToken(token: string, apiUrl: string): Promise<Finding[]> {
  const { teamName, team, scopes } = await identify(
    clientsFor(token, apiUrl, () => undefined),
    apiUrl,
  );
  const workspace = `${teamName} (${team})`;
  const needed = missingScopes(scopes, false);
  const better = missingScopes(scopes, true);
  const list = (missing: typeof needed, language: Language) =>
    missing.map(({ name, why }) => `${name} (${language === 'es' ? why.es : why.en})`).join(', ');
  const all = { en: 'all there', es: 'todos' };
  const text = (language: 'en' | 'es', lacks: string, without: string) =>
    [
      needed.length > 0 && `${lacks} ${list(needed, language)}`,
      better.length > 0 && `${without} ${list(better, language)}`,
    ]
      .filter(Boolean)
      .join('; ') || all[language];
  return [
    fine({ en: 'Bot token', es: 'Token del bot' }, { en: workspace, es: workspace }),
    {
      fine: needed.length === 0,
      name: { en: 'Scopes', es: 'Permisos' },
      text: {
        en: text('en', 'lacks', 'goes without'),
        es: text('es', 'faltan', 'se pasa sin'),
      },
    },
  ];
}

async function checkSocket(token: string, apiUrl: string): Promise<Finding> {
  const name = { en: 'Socket Mode', es: 'Socket Mode' };
  const { rest } = clientsFor(token, apiUrl, () => undefined);
  try {
    await patiently(() => rest.apps.connections.open());
    return fine(name, { en: 'SLACK_APP_TOKEN opens a connection', es: 'SLACK_APP_TOKEN abre una conexión' });
  } catch (error) {
    if (refusedWith(error, 'invalid_auth', 'not_authed', 'missing_scope', 'not_allowed_token_type', 'token_revoked')) {
      return {
        fine: false,
        name,
        text: {
          en: 'Slack does not take SLACK_APP_TOKEN; make one with connections:write under Basic Information → App-Level Tokens, and switch Socket Mode on',
          es: 'Slack no acepta SLACK_APP_TOKEN; crea uno con connections:write en Basic Information → App-Level Tokens y activa Socket Mode',
        },
      };
    }
    throw new InputError(
      {
        en: `Slack cannot be reached at ${apiUrl}; check the network, and SLACK_API_URL if you set it.`,
        es: `No se llega a Slack en ${apiUrl}; revisa la red, y SLACK_API_URL si la has definido.`,
      },
      { cause: error },
    );
  }
}

function fine(name: Localised, text: Localised): Finding {
  return { fine: true, name, text };
}

function installable(redirectUri: string | null): Localised {
  const where = redirectUri?.replace('/slack/oauth_redirect', '/slack/install') ?? 'https://…/slack/install';
  return {
    en: `people add the app at ${where}`,
    es: `la aplicación se añade en ${where}`,
  };
}

function listening(port: number): Localised {
  return {
    en: `listens on port ${port}, path /slack/events, once "tertulia serve" runs`,
    es: `escucha en el puerto ${port}, ruta /slack/events, cuando funcione «tertulia serve»`,
  };
}
