/** What this Slack refuses. */

/** An answer `{ok: false, error}`. */
export class SlackError extends Error {
  readonly code: string;
  /** Only a careless program gets there: listed in `violations`. */
  readonly violation: boolean;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, violation: boolean, extra: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.violation = violation;
    this.extra = extra;
  }
}

/** What can befall an honest program. */
export function refusal(code: string, extra?: Readonly<Record<string, unknown>>): SlackError {
  return new SlackError(code, false, extra);
}

/** What a program that keeps the rules never meets. `why`, one complaint each. */
export function broken(code: string, ...why: readonly string[]): SlackError {
  const messages = why.map((one) => `[ERROR] ${one}`);
  return new SlackError(code, true, messages.length > 0 ? { response_metadata: { messages } } : {});
}

/** Errors any method may answer, which the descriptions of single methods leave out. */
export const COMMON_ERRORS: ReadonlySet<string> = new Set([
  'accesslimited',
  'access_denied',
  'account_inactive',
  'ekm_access_denied',
  'enterprise_is_restricted',
  'fatal_error',
  'internal_error',
  'invalid_arg_name',
  'invalid_arguments',
  'invalid_array_arg',
  'invalid_auth',
  'invalid_charset',
  'invalid_form_data',
  'invalid_post_type',
  'missing_post_type',
  'missing_scope',
  'method_deprecated',
  'no_permission',
  'not_allowed_token_type',
  'not_authed',
  'org_login_required',
  'ratelimited',
  'request_timeout',
  'service_unavailable',
  'team_access_not_granted',
  'team_added_to_org',
  'token_expired',
  'token_revoked',
  'two_factor_setup_required',
  'unknown_method',
]);

/** What Slack answers though its description of the method does not say so. */
export const UNLISTED_ERRORS: Readonly<Record<string, readonly string[]>> = {
  'chat.postMessage': ['invalid_thread_ts', 'thread_not_found', 'user_not_found', 'msg_too_long'],
  'chat.postEphemeral': ['user_not_found', 'msg_blocks_too_long', 'thread_not_found'],
  'chat.startStream': ['invalid_thread_ts', 'thread_not_found'],
  'conversations.open': [],
  'files.completeUploadExternal': ['thread_not_found'],
};
