/** One call of the Web API: fault, token, scope, rate, schema, method. */
import type { IncomingMessage } from 'node:http';
import { Call, type Context } from './context.ts';
import type { Recorded } from './controls.ts';
import { broken, refusal, SlackError } from './errors.ts';
import { type Limiter, retryAfter } from './limits.ts';
import { assistantMethods } from './methods/assistant.ts';
import { chatMethods } from './methods/chat.ts';
import { conversationMethods } from './methods/conversations.ts';
import { fileMethods } from './methods/files.ts';
import type { Handlers } from './methods/handlers.ts';
import { markMethods } from './methods/marks.ts';
import { peopleMethods } from './methods/people.ts';
import { expireStreams, streamMethods } from './methods/streams.ts';
import { viewMethods } from './methods/views.ts';
import type { OAuth } from './oauth.ts';
import type { Official } from './official.ts';
import type { Checker, Method } from './schema.ts';
import { accepted, requireOneOf } from './scopes.ts';
import { type Arguments, readArguments } from './wire.ts';
import type { Installation } from './world.ts';

const HANDLERS: Handlers = {
  ...assistantMethods,
  ...chatMethods,
  ...conversationMethods,
  ...fileMethods,
  ...markMethods,
  ...peopleMethods,
  ...streamMethods,
  ...viewMethods,
};

export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers: Readonly<Record<string, string>>;
}

interface Parts {
  readonly context: Context;
  readonly checker: Checker;
  readonly official: Official | null;
  readonly limiter: Limiter;
  readonly rateScale: number;
  readonly oauth: OAuth;
  readonly requests: Recorded[];
}

export class WebApi {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** The answer, with the effect done; `refuse` instead of it where a fault says so. */
  async answer(method: string, request: IncomingMessage, refuse: string | null): Promise<Answer> {
    const { context, requests } = this.#parts;
    let given: Record<string, unknown> = {};
    const at = Date.now();
    const record = (answer: Answer, result: string) => {
      requests.push({ method, body: given, status: answer.status, result, at });
      return answer;
    };
    try {
      const read = await readArguments(request);
      given = read.given;
      if (refuse !== null) throw refusal(refuse);
      return record(this.#run(method, read), 'ok');
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      const answer = this.#refused(method, error);
      return record(answer, error.code);
    } finally {
      context.world.changed();
    }
  }

  #refused(method: string, error: SlackError): Answer {
    const { context, official } = this.#parts;
    if (error.code === 'ratelimited') {
      return {
        status: 429,
        body: { ok: false, error: error.code },
        headers: { 'retry-after': String(error.extra.after) },
      };
    }
    const why = JSON.stringify(error.extra.response_metadata ?? '');
    if (error.violation) context.world.violation(`${method}: ${error.code} ${why}`);
    for (const one of official?.error(method, error.code) ?? [])
      context.world.violation(`our answer to ${method}: ${one}`);
    return { status: 200, body: { ok: false, error: error.code, ...error.extra }, headers: {} };
  }

  #run(method: string, { given, token, basic }: Arguments): Answer {
    const { context, checker, official, oauth, limiter, rateScale } = this.#parts;
    if (!checker.knows(method)) throw broken('unknown_method', method);
    const { team_id: teamId, ...own } = given;
    const installation = isOpen(method) ? null : this.#authenticate(token);
    const workspace = String(installation?.teamId ?? teamId ?? installation?.enterpriseId);
    if (method === 'apps.connections.open') this.#appLevel(token);
    if (installation !== null) requireOneOf(installation, accepted(method));
    const seconds = limiter(method, workspace, String(given.channel ?? given.channel_id ?? ''));
    if (seconds !== null) throw refusal('ratelimited', { after: retryAfter(seconds, rateScale) });
    const wrong = official?.request(method, given) ?? [];
    if (wrong.length > 0) throw broken('invalid_arguments', ...wrong);
    for (const channel of context.world.channels.values()) expireStreams(context, channel);
    if (method === 'apps.connections.open') return plain({ ok: true, url: context.socket.ticket() });
    if (method === 'oauth.v2.access') return plain(oauth.access(checker.check(method, own), basic));
    if (installation === null || isOpen(method)) throw new Error(`${method} has no handler`);
    const call = new Call(context, installation, method, typeof teamId === 'string' ? teamId : null);
    const body = handle(checker, call, method, own);
    const warnings = call.warnings.join(',');
    const noted = warnings === '' ? {} : { warning: warnings, response_metadata: { warnings: call.warnings } };
    const headers = {
      'x-oauth-scopes': [...installation.scopes].join(','),
      'x-accepted-oauth-scopes': accepted(method).join(','),
    };
    return { status: 200, body: { ...body, ...noted }, headers };
  }

  #authenticate(token: string | null): Installation {
    const { world } = this.#parts.context;
    if (token === null || token === '') throw refusal('not_authed');
    if (world.appTokens.has(token)) throw broken('not_allowed_token_type');
    const found = world.installations.find((one) => one.token === token);
    if (found === undefined) throw refusal('invalid_auth');
    if (found.state === 'revoked') throw refusal('token_revoked');
    if (found.state === 'uninstalled') throw refusal('account_inactive');
    return found;
  }

  #appLevel(token: string | null): void {
    const { world, app } = this.#parts.context;
    if (token === null || token === '') throw refusal('not_authed');
    if (!world.appTokens.has(token)) {
      if (world.installations.some((one) => one.token === token)) throw broken('not_allowed_token_type');
      throw refusal('invalid_auth');
    }
    // With Socket Mode off in the app's settings.
    if (!app.socketMode) throw refusal('forbidden_team');
  }
}

type OpenMethod = 'apps.connections.open' | 'oauth.v2.access';

function isOpen(method: Method): method is OpenMethod {
  return method === 'apps.connections.open' || method === 'oauth.v2.access';
}

function handle<M extends keyof Handlers>(
  checker: Checker,
  call: Call,
  method: M,
  given: Readonly<Record<string, unknown>>,
): object {
  return HANDLERS[method](call, checker.check(method, given));
}

function plain(body: object): Answer {
  return { status: 200, body, headers: {} };
}
