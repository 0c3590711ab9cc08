/** Discord's refusals: HTTP status, JSON code and words. */

const KNOWN = {
  0: [401, '401: Unauthorized'],
  10002: [404, 'Unknown Application'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10007: [404, 'Unknown Member'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10014: [404, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  30007: [400, 'Maximum number of webhooks reached (15)'],
  40005: [413, 'Request entity too large'],
  40060: [400, 'Interaction has already been acknowledged.'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50008: [400, 'Cannot send messages in a non-text channel'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [400, 'Thread is locked'],
  220001: [400, 'Webhooks posted to forum channels must have a thread_name or thread_id'],
  220002: [400, 'Webhooks posted to forum channels cannot have both a thread_name and thread_id'],
  220003: [400, 'Webhooks can only create threads in forum channels'],
  520006: [400, 'Expired poll'],
} as const satisfies Record<number, readonly [number, string]>;

export type Code = keyof typeof KNOWN;

/** One wrong field: its dotted path, Discord's name of the fault, a sentence. */
export interface FormFault {
  readonly path: string;
  readonly code: string;
  readonly message: string;
}

export class ApiError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: unknown;
  /** No honest bot meets this refusal. */
  readonly violation: boolean;

  constructor(status: number, code: number, message: string, errors?: unknown) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.errors = errors;
    this.violation = code === 50035 || code === 50006 || code === 50008 || code === 50109 || code === 220003;
  }

  get body(): object {
    return { message: this.message, code: this.code, ...(this.errors === undefined ? {} : { errors: this.errors }) };
  }
}

export function refusal(code: Code): ApiError {
  const [status, message] = KNOWN[code];
  return new ApiError(status, code, message);
}

interface FaultTree {
  _errors?: { code: string; message: string }[];
  [field: string]: FaultTree | { code: string; message: string }[] | undefined;
}

/** 50035, with the faults as Discord nests them. */
export function invalidForm(faults: readonly FormFault[]): ApiError {
  const tree: FaultTree = {};
  for (const { path, code, message } of faults) {
    let at = tree;
    for (const field of path.split('.').filter((part) => part !== '')) {
      const next = at[field];
      const branch: FaultTree = next === undefined || Array.isArray(next) ? {} : next;
      at[field] = branch;
      at = branch;
    }
    at._errors = [...(at._errors ?? []), { code, message }];
  }
  const words = faults.map((fault) => `${fault.path}: ${fault.message}`).join('; ');
  return new ApiError(400, 50035, `Invalid Form Body (${words})`, tree);
}
