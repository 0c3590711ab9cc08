/** Opens chat models by name. */
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { ChatOpenAI, ChatOpenAICompletions } from '@langchain/openai';
import ipaddr from 'ipaddr.js';
import { InputError } from '../errors.ts';
import type { Extra } from './failures.ts';
import { MERGE_MS, pooledFetch } from './transport.ts';

export interface ModelSettings {
  /** `provider:name` */
  readonly model: string;
  readonly coordinatorModel: string | null;
  /** Speaks when the other one cannot. */
  readonly fallbackModel: string | null;
  /** For `openai:` models; other providers' packages read their own variable. */
  readonly apiKey: string | null;
  /** Of an OpenAI-compatible server, up to and with `/v1`; null: OpenAI itself. */
  readonly baseUrl: string | null;
  /** A longer article is shown as an outline with passages picked for each turn. */
  readonly articleTokens: number;
  /** Longest silence of a model, before its first words and between them. */
  readonly idleTimeoutMs: number;
  /** Further attempts after passing trouble (429, 5xx, lost connection, stalled or broken stream). */
  readonly maxRetries: number;
  /** Whether prompts call panellists by letters instead of names; default: true. */
  readonly anonymousPeers?: boolean;
  /** Text of a stream is passed on this often; default 200 ms. */
  readonly mergeMs?: number;
}

/** What one kind of call wants of its model. */
export interface Manner {
  readonly json: boolean;
  readonly temperature: number | undefined;
}

const OPENAI = 'https://api.openai.com/v1';

/** The parts of a configured model name. Throws InputError for a name without its provider. */
export function parseModelName(model: string): { provider: string; name: string } {
  const [, provider, name] = /^([a-z][\w-]*):(\S+)$/.exec(model) ?? [];
  if (!provider || !name) {
    throw new InputError({
      en: `“${model}” does not say whose model it is: write provider:name, such as openai:${model || 'NAME'}.`,
      es: `«${model}» no dice de quién es el modelo: escribe proveedor:nombre, por ejemplo openai:${model || 'NOMBRE'}.`,
    });
  }
  return { provider, name };
}

/** Throws InputError unless every model of the settings is named as it must be. */
export function checkNames(settings: ModelSettings): void {
  for (const name of [settings.model, settings.coordinatorModel, settings.fallbackModel]) {
    if (name !== null) parseModelName(name);
  }
}

/** Where a model is looked for, as people know it; a password in the address is left out. */
export function placeOf(model: string, settings: ModelSettings): string {
  const { provider } = parseModelName(model);
  if (provider !== 'openai') return provider;
  return (settings.baseUrl ?? OPENAI).replace(/\/\/[^/@]*@/, '//');
}

/**
 * Opens one model without calling it. `without`: extras its server refused. Throws InputError for what can be put
 * right beforehand: a malformed name, a missing key, a provider whose package is not installed.
 */
export async function openModel(
  model: string,
  manner: Manner,
  settings: ModelSettings,
  without: ReadonlySet<Extra>,
): Promise<BaseChatModel> {
  const { provider, name } = parseModelName(model);
  const temperature = without.has('temperature') ? undefined : manner.temperature;
  const json = manner.json && !without.has('json');
  if (provider !== 'openai') return openElsewhere(provider, name, temperature, json);
  const fields = {
    model: name,
    apiKey: keyFor(model, settings),
    ...(temperature !== undefined && { temperature }),
    ...(json && { modelKwargs: { response_format: { type: 'json_object' } } }),
    maxRetries: 0,
    streamUsage: !without.has('usage'),
    configuration: {
      baseURL: settings.baseUrl ?? OPENAI,
      fetch: pooledFetch(settings.mergeMs ?? MERGE_MS),
      logLevel: 'off' as const,
    },
  };
  // ChatOpenAI turns to the Responses API for some names, which compatible servers seldom have.
  return settings.baseUrl === null ? new ChatOpenAI(fields) : new ChatOpenAICompletions(fields);
}

function keyFor(model: string, settings: ModelSettings): string {
  if (settings.apiKey) return settings.apiKey;
  if (settings.baseUrl !== null && isPrivate(settings.baseUrl)) return 'none';
  throw new InputError({
    en: `There is no key for ${model}: set OPENAI_API_KEY, or point OPENAI_BASE_URL at a model server of your own.`,
    es: `No hay clave para ${model}: indica OPENAI_API_KEY o apunta OPENAI_BASE_URL a un servidor propio.`,
  });
}

/** A host of one's own, where models are usually served without a key. Throws InputError when it is no address. */
function isPrivate(baseUrl: string): boolean {
  if (!URL.canParse(baseUrl) || !/^https?:/.test(baseUrl)) {
    throw new InputError({
      en: `OPENAI_BASE_URL is no address: “${baseUrl}”; write it like http://localhost:11434/v1.`,
      es: `OPENAI_BASE_URL no es una dirección: «${baseUrl}»; escríbela como http://localhost:11434/v1.`,
    });
  }
  const host = new URL(baseUrl).hostname.replace(/^\[|\]$/g, '');
  if (ipaddr.isValid(host)) return ipaddr.process(host).range() !== 'unicast';
  return !host.includes('.') || /\.(local|localhost|internal|lan|home)$/.test(host);
}

async function openElsewhere(provider: string, name: string, temperature: number | undefined, json: boolean) {
  // Brings in every provider's glue, so only where it is needed.
  const { initChatModel, MODEL_PROVIDER_CONFIG } = await import('langchain/chat_models/universal');
  const known = new Map(Object.entries(MODEL_PROVIDER_CONFIG)).get(provider);
  if (!known) throw unknownProvider(provider, Object.keys(MODEL_PROVIDER_CONFIG));
  try {
    const model = await initChatModel(name, {
      modelProvider: provider,
      maxRetries: 0,
      ...(temperature !== undefined && { temperature }),
      ...(json && provider === 'ollama' && { format: 'json' }),
    });
    return model;
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    if (/Cannot find (package|module)|Unable to import/i.test(message)) throw notInstalled(provider, known.package);
    if (/api.?key|credential/i.test(message)) throw noProviderKey(provider);
    throw cause;
  }
}

function unknownProvider(provider: string, known: readonly string[]): InputError {
  const list = known.join(', ');
  return new InputError({
    en: `Nothing is known of the model provider “${provider}”: use one of ${list}, or openai: with OPENAI_BASE_URL.`,
    es: `No se conoce el proveedor de modelos «${provider}»: usa uno de ${list}, u openai: con OPENAI_BASE_URL.`,
  });
}

function notInstalled(provider: string, name: string): InputError {
  return new InputError({
    en: `Models of ${provider} need a package that is not installed: npm install ${name}`,
    es: `Los modelos de ${provider} necesitan un paquete que no está instalado: npm install ${name}`,
  });
}

function noProviderKey(provider: string): InputError {
  return new InputError({
    en: `There is no key for ${provider}: set the variable its package reads, such as ${provider.toUpperCase()}_API_KEY.`,
    es: `No hay clave para ${provider}: indica la variable que lee su paquete, como ${provider.toUpperCase()}_API_KEY.`,
  });
}
