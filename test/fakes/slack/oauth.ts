/** Installing by OAuth: the page that asks, and the code for a token. */
import { randomBytes } from 'node:crypto';
import type { OAuthV2AccessArguments } from '@slack/web-api';
import type { Context } from './context.ts';
import { refusal } from './errors.ts';
import { install } from './installing.ts';
import type { User } from './world.ts';

const CODE_MS = 10 * 60_000;

interface Grant {
  readonly by: User;
  readonly org: boolean;
  readonly scopes: readonly string[];
  readonly redirectUri: string | null;
  readonly at: number;
}

export type Consent =
  /** Where the browser goes next. */
  | { readonly kind: 'redirect'; readonly to: string }
  /** Slack's own page of what is wrong. */
  | { readonly kind: 'refused'; readonly why: string };

export class OAuth {
  readonly #context: Context;
  readonly #codes = new Map<string, Grant>();

  constructor(context: Context) {
    this.#context = context;
  }

  /** What comes of a person's choice on the page at `url`. */
  choose(url: URL, by: User, choice: 'allow' | 'cancel' | 'org'): Consent {
    const { app } = this.#context;
    const query = url.searchParams;
    const wrong = this.complaint(url);
    if (wrong !== null) return { kind: 'refused', why: wrong };
    const redirectUri = query.get('redirect_uri');
    const target = new URL(redirectUri ?? [...app.redirectUrls][0] ?? '');
    const state = query.get('state');
    if (state !== null) target.searchParams.set('state', state);
    if (choice === 'cancel') {
      target.searchParams.set('error', 'access_denied');
      return { kind: 'redirect', to: target.href };
    }
    if (by.role === 'guest') return { kind: 'refused', why: 'restricted_user' };
    if (choice === 'org' && !app.orgDeploy) return { kind: 'refused', why: 'invalid_team_for_non_distributed_app' };
    const code = `${randomBytes(8).toString('hex')}.${randomBytes(24).toString('hex')}`;
    const scopes = (query.get('scope') ?? '').split(/[ ,]/).filter((scope) => scope !== '');
    this.#codes.set(code, { by, org: choice === 'org', scopes, redirectUri, at: this.#context.world.clock.now() });
    target.searchParams.set('code', code);
    return { kind: 'redirect', to: target.href };
  }

  /** What Slack's page would complain of before it asks. */
  complaint(url: URL): string | null {
    const { app } = this.#context;
    const query = url.searchParams;
    if (query.get('client_id') !== app.clientId) return 'invalid_client_id';
    const redirect = query.get('redirect_uri');
    const known = [...app.redirectUrls];
    const fits = redirect === null ? known.length > 0 : known.some((prefix) => redirect.startsWith(prefix));
    if (!fits) return 'bad_redirect_uri';
    const scopes = (query.get('scope') ?? '').split(/[ ,]/).filter((scope) => scope !== '');
    if (scopes.length === 0) return 'no_scopes';
    const strange = scopes.filter((scope) => !app.scopes.includes(scope));
    return strange.length > 0 ? `invalid_scope: ${strange.join(', ')}` : null;
  }

  /** oauth.v2.access */
  access(args: OAuthV2AccessArguments, basic: { readonly id: string; readonly secret: string } | null): object {
    const { app, world } = this.#context;
    if ((basic?.id ?? args.client_id) !== app.clientId) throw refusal('invalid_client_id');
    if ((basic?.secret ?? args.client_secret) !== app.clientSecret) throw refusal('bad_client_secret');
    const grant = this.#codes.get(args.code ?? '');
    if (grant === undefined || world.clock.now() - grant.at > CODE_MS) throw refusal('invalid_code');
    // Of one that leaks the second use is refused.
    this.#codes.delete(args.code ?? '');
    if ((args.redirect_uri ?? null) !== grant.redirectUri) throw refusal('bad_redirect_uri');
    const team = world.team(grant.by.teamId);
    const { enterprise } = team;
    const org = grant.org && enterprise !== null;
    const installation = install(this.#context, {
      teamId: org ? null : team.id,
      enterpriseId: enterprise?.id ?? null,
      by: grant.by.id,
      scopes: grant.scopes,
    });
    return {
      ok: true,
      app_id: app.id,
      authed_user: { id: grant.by.id },
      scope: [...installation.scopes].join(','),
      token_type: 'bot',
      access_token: installation.token,
      bot_user_id: installation.botUserId,
      team: org ? null : { id: team.id, name: team.name },
      enterprise: enterprise === null ? null : { id: enterprise.id, name: enterprise.name },
      is_enterprise_install: org,
    };
  }
}
