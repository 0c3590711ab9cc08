/** The only reader of the environment. Every setting is explained in `.env.example`. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { ModelSettings } from './agents/models.ts';
import type { Language, Limits, Localised } from './debate.ts';
import { InputError } from './errors.ts';
import type { OperatingSettings } from './operating/operate.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** How the bot reaches Discord. */
interface DiscordSettings {
  readonly token: string;
  /** Base of the REST API, without a version; the gateway's address comes from it. */
  readonly apiUrl: string;
  /** Commands are registered in this server alone, where they appear at once; null: everywhere. */
  readonly guildId: string | null;
  readonly shards: number | 'auto';
  /** Those of them this process opens; null: all. */
  readonly shardIds: readonly number[] | null;
  /** Whether the application has the privileged MESSAGE_CONTENT intent, so that the bot hears what people write. */
  readonly messageContent: boolean;
}

/** How a process that serves shares the work with others. */
interface ServingSettings {
  readonly role: Role;
  /** Debates this process conducts at a time. */
  readonly atOnce: number;
  /** Debates of one workspace that run at a time, in all processes. */
  readonly perWorkspace: number;
  /** Others take over the debates of a process that has been silent for so long. */
  readonly heartbeatSeconds: number;
  /** Calls of one model that all processes together make in a minute; null: as many as it takes. */
  readonly callsPerMinute: number | null;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What of serving a process does: everything, hearing people, conducting debates, or firing what is due. */
export const ROLES = ['all', 'gateway', 'worker', 'scheduler'] as const;
export type Role = (typeof ROLES)[number];

/** How the bot reaches Slack, and Slack the bot. */
interface SlackSettings {
  readonly access:
    | { readonly kind: 'token'; readonly botToken: string }
    | {
        readonly kind: 'oauth';
        readonly clientId: string;
        readonly clientSecret: string;
        readonly stateSecret: string;
        /** Where Slack leads people back to after they let the app in; null: the first address of the app's settings. */
        readonly redirectUri: string | null;
      };
  readonly transport:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'http'; readonly signingSecret: string; readonly port: number };
  /** Base of the Web API, ending in a slash. */
  readonly apiUrl: string;
  /** Where the bot can be reached from outside, without a path; null: it can't be. */
  readonly publicUrl: string | null;
}

export interface Config {
  readonly dataDir: string;
  readonly databaseUrl: string | null;
  /** null: the offline voice speaks. */
  readonly model: ModelSettings | null;
  readonly personasDir: string | null;
  readonly allowPrivateUrls: boolean;
  readonly limits: Limits;
  /** A file of prices beside and over those that ship. */
  readonly pricesFile: string | null;
  /** null: not connected. */
  readonly discord: DiscordSettings | null;
  /** null: not connected. */
  readonly slack: SlackSettings | null;
  /** What secrets in the database are encrypted with, 32 bytes each; the first one writes, every one reads. */
  readonly secretKeys: readonly Uint8Array[];
  readonly serving: ServingSettings;
  readonly operating: OperatingSettings;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** Of the program's own words, from the locale. */
  readonly language: Language;
  /** Where the person stands; relative file names start here. */
  readonly cwd: string;
  /** How the person is called in the record, if the system knows. */
  readonly userName: string | null;
  /** What decides on colour and movement: TERM, COLORTERM, NO_COLOR, FORCE_COLOR. */
  readonly terminal: Environment;
  /** What the person typed to get here, for "how to resume". */
  readonly command: string;
}

/** What a variable must be, for whoever set it to something else. */
const expected = z.registry<Localised>();

const text = z
  .string()
  .trim()
  .transform((value) => value || null)
  .nullable()
  .default(null);
const flagged = (fallback: '0' | '1') =>
  z
    .enum(['', '0', '1', 'true', 'false'])
    .default(fallback)
    .transform((value) => value === '1' || value === 'true')
    .register(expected, { en: '1 or 0', es: '1 o 0' });
const flag = flagged('0');
const wholeNumber = (least: number): Localised => ({
  en: `a whole number, ${least} or more`,
  es: `un número entero, ${least} o más`,
});
const count = (least: number, fallback: number) =>
  z.coerce.number().int().min(least).default(fallback).register(expected, wholeNumber(least));

const address = (example: string) =>
  z
    .string()
    .trim()
    .pipe(z.url({ protocol: /^https?$/ }))
    .transform((url) => url.replace(/\/+$/, ''))
    .register(expected, { en: `an address such as ${example}`, es: `una dirección como ${example}` });

/** 32 bytes in hex or base64. */
const KEY = /^(?:[0-9a-f]{64}|[A-Za-z0-9+/_-]{43}=?)$/i;

const environment = z.object({
  TERTULIA_DATA_DIR: z.string().trim().min(1).default('.tertulia'),
  DATABASE_URL: text,
  TERTULIA_MODEL: text,
  TERTULIA_COORDINATOR_MODEL: text,
  TERTULIA_FALLBACK_MODEL: text,
  OPENAI_API_KEY: text,
  OPENAI_BASE_URL: z
    .string()
    .trim()
    .pipe(z.url({ protocol: /^https?$/ }))
    .nullable()
    .default(null)
    .register(expected, {
      en: 'an address such as http://localhost:11434/v1',
      es: 'una dirección como http://localhost:11434/v1',
    }),
  TERTULIA_ARTICLE_TOKENS: count(1000, 60_000),
  TERTULIA_IDLE_TIMEOUT_SECONDS: count(1, 120),
  TERTULIA_MAX_RETRIES: count(0, 4),
  TERTULIA_ANONYMOUS_PEERS: flagged('1'),
  TERTULIA_PERSONAS_DIR: text,
  TERTULIA_ALLOW_PRIVATE_URLS: flag,
  TERTULIA_ROUNDS: count(1, 1),
  TERTULIA_WORDS: count(20, 120),
  TERTULIA_BUDGET_TOKENS: z
    .preprocess((value) => value || null, z.coerce.number().int().min(1000).nullable())
    .default(null)
    .register(expected, wholeNumber(1000)),
  TERTULIA_BUDGET_MONEY: z
    .preprocess((value) => value || null, z.coerce.number().positive().nullable())
    .default(null)
    .register(expected, { en: 'an amount of US dollars such as 0.50', es: 'una cantidad de dólares como 0.50' }),
  TERTULIA_PRICES: text,
  TERTULIA_MAX_TURNS: count(4, 80),
  TERTULIA_MAX_MINUTES: count(1, 60),
  TERTULIA_ASK_PEOPLE_MINUTES: count(0, 30),
  TERTULIA_ROLE: z
    .enum(ROLES)
    .default('all')
    .register(expected, { en: ROLES.join(', '), es: ROLES.join(', ') }),
  TERTULIA_DEBATES_AT_ONCE: count(1, 50),
  TERTULIA_WORKSPACE_DEBATES: count(1, 10),
  TERTULIA_HEARTBEAT_SECONDS: count(10, 10),
  TERTULIA_MODEL_CALLS_PER_MINUTE: z.coerce
    .number()
    .int()
    .min(1)
    .nullable()
    .default(null)
    .register(expected, wholeNumber(1)),
  TERTULIA_LOG_LEVEL: z
    .enum(LOG_LEVELS)
    .default('info')
    .register(expected, { en: LOG_LEVELS.join(', '), es: LOG_LEVELS.join(', ') }),
  TERTULIA_HTTP_PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .nullable()
    .default(null)
    .register(expected, { en: 'a port, 0 to 65535', es: 'un puerto, de 0 a 65535' }),
  TERTULIA_HTTP_HOST: z.string().trim().min(1).default('127.0.0.1'),
  OTEL_EXPORTER_OTLP_ENDPOINT: text,
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: text,
  DISCORD_TOKEN: text,
  DISCORD_API_URL: z
    .string()
    .trim()
    .pipe(z.url({ protocol: /^https?$/ }))
    .default('https://discord.com/api')
    .register(expected, {
      en: 'an address such as https://discord.com/api',
      es: 'una dirección como https://discord.com/api',
    }),
  DISCORD_GUILD_ID: z
    .string()
    .trim()
    .regex(/^\d{1,20}$/)
    .nullable()
    .default(null)
    .register(expected, { en: 'the id of a server, all digits', es: 'el id de un servidor, solo cifras' }),
  DISCORD_SHARDS: z
    .union([z.literal('auto'), z.coerce.number().int().min(1)])
    .default('auto')
    .register(expected, { en: '"auto" or a whole number, 1 or more', es: '«auto» o un número entero, 1 o más' }),
  DISCORD_SHARD_IDS: z
    .string()
    .regex(/^\s*\d{1,5}(\s*,\s*\d{1,5})*\s*$/)
    .transform((list) => list.split(',').map(Number))
    .nullable()
    .default(null)
    .register(expected, { en: 'numbers from 0, such as 0,1', es: 'números desde 0, como 0,1' }),
  DISCORD_MESSAGE_CONTENT: flag,
  SLACK_BOT_TOKEN: text,
  SLACK_APP_TOKEN: text,
  SLACK_SIGNING_SECRET: text,
  SLACK_CLIENT_ID: text,
  SLACK_CLIENT_SECRET: text,
  SLACK_STATE_SECRET: text,
  SLACK_PORT: count(1, 3000),
  SLACK_API_URL: address('https://slack.com/api').default('https://slack.com/api'),
  SLACK_PUBLIC_URL: address('https://tertulia.example.org').nullable().default(null),
  TERTULIA_SECRET_KEY: z
    .string()
    .transform((value) => value.split(',').map((key) => key.trim()))
    .pipe(z.array(z.string().regex(KEY)))
    .transform((keys) => keys.map(bytesOf))
    .default([])
    .register(expected, {
      en: '32 bytes in hex, as "openssl rand -hex 32" prints them; several with commas between, the one in use first',
      es: '32 bytes en hexadecimal, como los escribe «openssl rand -hex 32»; varias separadas por comas, primero la que se usa',
    }),
});

function bytesOf(key: string): Uint8Array {
  return Buffer.from(key, /^[0-9a-f]{64}$/i.test(key) ? 'hex' : 'base64');
}

/**
 * Reads `env`, the process's own over the `.env` file beside the person, if there is one. `folder`: where it was called.
 * Rejects what makes no sense by name.
 */
export function readConfig(env: Environment = process.env, folder = process.cwd()): Config {
  const cwd = env.INIT_CWD && env.npm_lifecycle_event ? env.INIT_CWD : folder;
  const file = resolve(cwd, '.env');
  if (env === process.env && existsSync(file)) process.loadEnvFile(file);
  const parsed = environment.safeParse(withoutEmpty(env));
  if (!parsed.success) throw misconfigured(parsed.error);
  const settings = parsed.data;
  return {
    dataDir: resolve(cwd, settings.TERTULIA_DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    model: settings.TERTULIA_MODEL === null ? null : modelSettings(settings, settings.TERTULIA_MODEL),
    personasDir: settings.TERTULIA_PERSONAS_DIR && resolve(cwd, settings.TERTULIA_PERSONAS_DIR),
    allowPrivateUrls: settings.TERTULIA_ALLOW_PRIVATE_URLS,
    limits: {
      rounds: settings.TERTULIA_ROUNDS,
      words: settings.TERTULIA_WORDS,
      tokens: settings.TERTULIA_BUDGET_TOKENS,
      money: settings.TERTULIA_BUDGET_MONEY,
      turns: settings.TERTULIA_MAX_TURNS,
      time: settings.TERTULIA_MAX_MINUTES * 60_000,
      patience: settings.TERTULIA_ASK_PEOPLE_MINUTES * 60_000,
    },
    pricesFile: settings.TERTULIA_PRICES && resolve(cwd, settings.TERTULIA_PRICES),
    discord: settings.DISCORD_TOKEN === null ? null : discordSettings(settings, settings.DISCORD_TOKEN),
    serving: {
      role: settings.TERTULIA_ROLE,
      atOnce: settings.TERTULIA_DEBATES_AT_ONCE,
      perWorkspace: settings.TERTULIA_WORKSPACE_DEBATES,
      heartbeatSeconds: settings.TERTULIA_HEARTBEAT_SECONDS,
      callsPerMinute: settings.TERTULIA_MODEL_CALLS_PER_MINUTE,
    },
    logLevel: settings.TERTULIA_LOG_LEVEL,
    operating: {
      http:
        settings.TERTULIA_HTTP_PORT === null
          ? null
          : { host: settings.TERTULIA_HTTP_HOST, port: settings.TERTULIA_HTTP_PORT },
      traces: (settings.OTEL_EXPORTER_OTLP_ENDPOINT ?? settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT) !== null,
    },
    slack: slackSettings(settings),
    secretKeys: settings.TERTULIA_SECRET_KEY,
    language: languageOf(env),
    cwd,
    terminal: { TERM: env.TERM, COLORTERM: env.COLORTERM, NO_COLOR: env.NO_COLOR, FORCE_COLOR: env.FORCE_COLOR },
    userName: env.USER || env.USERNAME || null,
    command: env.npm_lifecycle_event === 'debate' ? 'npm run debate --' : 'tertulia debate',
  };
}

/** Of the program's own words, from the locale. */
export function languageOf(env: Environment): Language {
  return /^es/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'es' : 'en';
}

function modelSettings(settings: z.infer<typeof environment>, model: string): ModelSettings {
  return {
    model,
    coordinatorModel: settings.TERTULIA_COORDINATOR_MODEL,
    fallbackModel: settings.TERTULIA_FALLBACK_MODEL,
    apiKey: settings.OPENAI_API_KEY,
    baseUrl: settings.OPENAI_BASE_URL,
    articleTokens: settings.TERTULIA_ARTICLE_TOKENS,
    idleTimeoutMs: settings.TERTULIA_IDLE_TIMEOUT_SECONDS * 1000,
    maxRetries: settings.TERTULIA_MAX_RETRIES,
    anonymousPeers: settings.TERTULIA_ANONYMOUS_PEERS,
  };
}

function discordSettings(settings: z.infer<typeof environment>, token: string): DiscordSettings {
  return {
    token,
    apiUrl: settings.DISCORD_API_URL.replace(/\/+$/, ''),
    guildId: settings.DISCORD_GUILD_ID,
    shards: settings.DISCORD_SHARDS,
    shardIds: settings.DISCORD_SHARD_IDS,
    messageContent: settings.DISCORD_MESSAGE_CONTENT,
  };
}

/** Rejects half a configuration by what it lacks. */
function slackSettings(settings: z.infer<typeof environment>): SlackSettings | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = settings;
  const { SLACK_CLIENT_ID: clientId, SLACK_CLIENT_SECRET: clientSecret, SLACK_STATE_SECRET: stateSecret } = settings;
  if (!botToken && !appToken && !signingSecret && !clientId) return null;
  const publicUrl = settings.SLACK_PUBLIC_URL;
  const both = { apiUrl: `${settings.SLACK_API_URL}/`, publicUrl };
  if (botToken && appToken) {
    return { ...both, access: { kind: 'token', botToken }, transport: { kind: 'socket', appToken } };
  }
  if (!signingSecret) throw lacking(appToken ? 'SLACK_BOT_TOKEN' : 'SLACK_APP_TOKEN');
  const transport = { kind: 'http', signingSecret, port: settings.SLACK_PORT } as const;
  if (botToken) return { ...both, access: { kind: 'token', botToken }, transport };
  if (!clientId) throw lacking('SLACK_CLIENT_ID');
  if (!clientSecret) throw lacking('SLACK_CLIENT_SECRET');
  if (!stateSecret) throw lacking('SLACK_STATE_SECRET');
  if (settings.TERTULIA_SECRET_KEY.length === 0) throw lacking('TERTULIA_SECRET_KEY');
  const redirectUri = publicUrl && `${publicUrl}/slack/oauth_redirect`;
  return { ...both, access: { kind: 'oauth', clientId, clientSecret, stateSecret, redirectUri }, transport };
}

function lacking(name: string): InputError {
  return new InputError({
    en: `Slack is set up by half: ${name} is missing; .env.example explains which variables belong together.`,
    es: `Slack está configurado a medias: falta ${name}; .env.example explica qué variables van juntas.`,
  });
}

/** A variable that is there but empty is a line of `.env` left blank: not set. */
function withoutEmpty(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function misconfigured(error: z.ZodError): InputError {
  const variable = Object.entries(environment.shape).find(([name]) => name === error.issues[0]?.path[0]);
  const [name, schema] = variable ?? ['the environment', environment];
  const must = expected.get(schema) ?? { en: 'a text', es: 'un texto' };
  return new InputError(
    {
      en: `${name} must be ${must.en}; correct it in .env or the environment (.env.example explains it).`,
      es: `${name} debe ser ${must.es}; corrígela en .env o en el entorno (.env.example la explica).`,
    },
    { cause: error },
  );
}
