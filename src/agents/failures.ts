/** What can go wrong with a model's reply, and what is to be done about it. */
import { z } from 'zod';
import type { Localised } from '../debate.ts';
import { InputError } from '../errors.ts';

/** A reply that came, but is no reply. The message continues "the model …". */
export class ReplyFailure extends Error {
  readonly kind: 'cut' | 'stalled' | 'malformed' | 'protocol' | 'refused' | 'empty' | 'endless';

  constructor(kind: ReplyFailure['kind'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ReplyFailure';
    this.kind = kind;
  }
}

/** Extras of the protocol that some servers refuse; a model goes on without those its server refused. */
export type Extra = 'json' | 'usage' | 'temperature' | 'tools' | 'turns';

export type Remedy =
  /** Passing trouble: the same call again, after `waitMs` where the server named a time. `asked`: too much, by us all. */
  | {
      readonly do: 'retry';
      readonly waitMs: number | null;
      readonly problem: string;
      readonly setup?: Localised;
      readonly asked?: 'too much';
    }
  /** The reply itself was no good: once more. */
  | { readonly do: 'again'; readonly problem: string }
  /** The same call without this. */
  | { readonly do: 'without'; readonly extra: Extra; readonly problem: string }
  /** Whoever set the model up must act; `passing`: another model may speak meanwhile. */
  | { readonly do: 'tell'; readonly text: Localised; readonly passing: boolean }
  | { readonly do: 'fail'; readonly problem: string };

const told = { message: z.string().catch(''), code: z.unknown().optional(), type: z.unknown().optional() };
const serverError = z.object({
  ...told,
  name: z.string().catch(''),
  status: z.number().optional().catch(undefined),
  /** Ollama's client. */
  status_code: z.number().optional().catch(undefined),
  headers: z.unknown().optional(),
  /** What the server said, where it said it in JSON. */
  error: z.object(told).optional().catch(undefined),
  cause: z.unknown().optional(),
});
type ServerError = z.infer<typeof serverError>;

/** Judges an error of a model call. `model` is its configured name, `place` where it was looked for. */
export function remedyFor(error: unknown, model: string, place: string): Remedy {
  if (error instanceof InputError) return { do: 'tell', text: error.text, passing: false };
  const failure = replyFailureIn(error);
  if (failure) return remedyForReply(failure, place);
  const parsed = serverError.safeParse(error);
  if (!parsed.success) return { do: 'fail', problem: 'failed' };
  // An error in mid-stream has no status of its own: the server's trouble.
  const status = parsed.data.status ?? parsed.data.status_code ?? (parsed.data.error ? 500 : undefined);
  return status === undefined
    ? remedyForConnection(parsed.data, place)
    : remedyForStatus(status, parsed.data, model, place);
}

/** The OpenAI client wraps what its `fetch` rejects with. */
function replyFailureIn(error: unknown): ReplyFailure | null {
  if (error instanceof ReplyFailure) return error;
  return error instanceof Error ? replyFailureIn(error.cause) : null;
}

function remedyForReply(failure: ReplyFailure, place: string): Remedy {
  const problem = failure.message;
  if (failure.kind === 'protocol') return { do: 'tell', text: notTheProtocol(place), passing: true };
  const again = failure.kind === 'refused' || failure.kind === 'empty' || failure.kind === 'endless';
  return again ? { do: 'again', problem } : { do: 'retry', waitMs: null, problem };
}

function remedyForConnection(error: ServerError, place: string): Remedy {
  if (/context/i.test(error.name)) return { do: 'tell', text: TOO_LONG, passing: true };
  // Wrappers keep the message of an error more often than its code.
  const said = causes(error)
    .map((cause) => `${String(cause.code ?? '')} ${cause.message}`)
    .join(' ');
  if (/\b(ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|UND_ERR_CONNECT_TIMEOUT)\b/.test(said)) {
    return { do: 'retry', waitMs: null, problem: 'could not be reached', setup: unreachable(place) };
  }
  if (/CERT_|_CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(said)) {
    return { do: 'tell', text: badCertificate(place), passing: true };
  }
  return /\b(E[A-Z]{4,}|UND_ERR_\w+)\b|[Cc]onnection|terminated|fetch/.test(said)
    ? { do: 'retry', waitMs: null, problem: 'lost the connection' }
    : { do: 'fail', problem: `failed (${error.name || 'unknown error'}: ${error.message.slice(0, 200)})` };
}

function remedyForStatus(status: number, error: ServerError, model: string, place: string): Remedy {
  const { message, code, type } = error.error ?? error;
  // LangChain adds a link with words of its own to what the server said.
  const words = message.split('\n\nTroubleshooting URL')[0] ?? '';
  const said = `${words} ${String(code ?? '')} ${String(type ?? '')}`;
  const problem = `answered with status ${status}`;
  if (status === 401 || status === 403) return { do: 'tell', text: badKey(model), passing: false };
  if (status === 402 || /insufficient_quota|billing|credit balance/i.test(said)) {
    return { do: 'tell', text: noQuota(model), passing: true };
  }
  if (status === 404) return { do: 'tell', text: notFound(said, model, place), passing: false };
  if (status === 408 || status === 409 || status === 429 || status >= 500) {
    const waitMs = retryAfter(error.headers);
    return { do: 'retry', waitMs, problem, ...(status === 429 && { asked: 'too much' as const }) };
  }
  if (/context[_ ](length|window)|maximum context|too many tokens/i.test(said)) {
    return { do: 'tell', text: TOO_LONG, passing: true };
  }
  const extra = refusedExtra(said);
  if (extra) return { do: 'without', extra, problem };
  if (/content.?(filter|policy)|safety/i.test(said)) return { do: 'again', problem: 'declined to speak' };
  return { do: 'fail', problem: `${problem}: ${words.slice(0, 300)}` };
}

const EXTRAS: readonly (readonly [Extra, RegExp])[] = [
  ['usage', /stream_options|include_usage/i],
  ['json', /response_format|json_object|json mode|text\.format/i],
  ['temperature', /temperature/i],
  ['turns', /alternat/i],
  ['tools', /\btools?\b|function.?call/i],
];

function refusedExtra(said: string): Extra | undefined {
  return EXTRAS.find(([, pattern]) => pattern.test(said))?.[0];
}

function causes(error: ServerError): readonly ServerError[] {
  const cause = serverError.safeParse(error.cause);
  return cause.success ? [error, ...causes(cause.data)] : [error];
}

/** What `retry-after` (seconds or a date) or `retry-after-ms` says, in ms. */
function retryAfter(headers: unknown): number | null {
  if (!(headers instanceof Headers)) return null;
  const inMs = headers.get('retry-after-ms');
  if (inMs !== null && Number.isFinite(Number(inMs))) return Number(inMs);
  const after = headers.get('retry-after');
  if (after === null) return null;
  const seconds = Number(after);
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(after) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}

/* ── what people are told: one sentence, what and the remedy ───────────────────────────── */

const TOO_LONG: Localised = {
  en: 'The debate no longer fits into the model’s context: lower TERTULIA_ARTICLE_TOKENS, or choose a model with a larger context.',
  es: 'El debate ya no cabe en el contexto del modelo: baja TERTULIA_ARTICLE_TOKENS o elige un modelo con más contexto.',
};

function badKey(model: string): Localised {
  return {
    en: `The key for ${model} is refused: set a valid key (for OpenAI and compatible servers, OPENAI_API_KEY).`,
    es: `La clave para ${model} no es aceptada: indica una válida (para OpenAI y compatibles, OPENAI_API_KEY).`,
  };
}

function noQuota(model: string): Localised {
  return {
    en: `The account behind ${model} has no quota left: add credit at the provider, or choose another model with TERTULIA_MODEL.`,
    es: `La cuenta de ${model} no tiene saldo: recárgala en el proveedor o elige otro modelo con TERTULIA_MODEL.`,
  };
}

function notFound(said: string, model: string, place: string): Localised {
  if (!/model/i.test(said)) return notTheProtocol(place);
  return {
    en: `There is no model ${model} at ${place}: check the name in TERTULIA_MODEL, or the persona’s own model.`,
    es: `No hay un modelo ${model} en ${place}: revisa el nombre en TERTULIA_MODEL o el modelo propio del personaje.`,
  };
}

function notTheProtocol(place: string): Localised {
  return {
    en: `What answers at ${place} does not speak the OpenAI protocol: check OPENAI_BASE_URL (it usually ends in /v1).`,
    es: `Lo que responde en ${place} no habla el protocolo de OpenAI: revisa OPENAI_BASE_URL (suele acabar en /v1).`,
  };
}

function unreachable(place: string): Localised {
  return {
    en: `The model server at ${place} does not answer: start it, or check OPENAI_BASE_URL and the network.`,
    es: `El servidor del modelo en ${place} no responde: inícialo o revisa OPENAI_BASE_URL y la red.`,
  };
}

function badCertificate(place: string): Localised {
  return {
    en: `The certificate of the model server at ${place} is not trusted: mend it, or name its authority in NODE_EXTRA_CA_CERTS.`,
    es: `El certificado del servidor del modelo en ${place} no es de confianza: corrígelo o indica su autoridad en NODE_EXTRA_CA_CERTS.`,
  };
}
