/** Tertulia as a contestant: the real conductor, store, ledger and model voice; format and panel are the benchmark's. */
import '../../src/startup.ts';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import type { Article, Debate, Format, Localised, Move, Panel, Persona } from '../../src/debate.ts';
import type { Adapter, Outgoing, Store } from '../../src/ports.ts';
import { type Context, type Lib, loadLib, type Options, type Panellist, type Place, stages, type Task } from './lib.ts';

// Loaded as the command loads it, after what makes a start quick.
const [{ openStore }, { createModelVoice }, { buildArticle }, { conduct }, lib] = await Promise.all([
  import('../../db/connect.ts'),
  import('../../src/agents/model-voice.ts'),
  import('../../src/article/passages.ts'),
  import('../../src/orchestrator.ts'),
  loadLib(),
]);

const WORKSPACE = 'bench';
const THREAD = { adapter: 'memory', channel: 'bench', thread: 'bench' };
/** The model's texts are 180 words. */
const LIMITS = { rounds: 1, words: 200, tokens: null, turns: 80, time: 3_600_000 };

const env = z
  .object({
    DEBATES: z.coerce.number().default(1),
    WARMUP: z.coerce.number().default(0),
    BENCH_TMP: z.string().default('.'),
    BENCH_PG_URL: z.string().default(''),
    /** Keeps debates in the embedded database. */
    EMBEDDED: z.string().optional(),
  })
  .parse(process.env);
const databaseUrl = env.EMBEDDED || env.BENCH_PG_URL === '' ? null : env.BENCH_PG_URL;

interface Hall extends Context {
  readonly store: Store;
  readonly hold: (id: string) => Promise<unknown>;
  readonly posts: Map<string, { readonly text: string }[]>;
  readonly articles: ReadonlyMap<string, Article>;
  readonly panel: Panel;
}

await lib.contest<Hall>({ name: databaseUrl ? 'tertulia' : 'tertulia-pglite', setup, debate, teardown });

async function setup(options: Options): Promise<Hall> {
  const store = await openStore({ dataDir: join(env.BENCH_TMP, 'tertulia'), databaseUrl });
  const voice = createModelVoice(
    {
      model: `openai:${options.model}`,
      coordinatorModel: null,
      fallbackModel: null,
      apiKey: options.apiKey,
      baseUrl: options.baseURL,
      articleTokens: 60_000,
      idleTimeoutMs: 60_000,
      maxRetries: 2,
    },
    store,
  );
  const posts: Hall['posts'] = new Map();
  const conducting = {
    store,
    voice,
    adapter: inMemory(posts, options.stream),
    format: benchFormat(options, lib),
    now: () => performance.now(),
  };
  const { signal } = new AbortController();
  const hold = (id: string) => conduct(conducting, WORKSPACE, id, signal);
  const empty = databaseUrl && (await bytesOf(databaseUrl));
  const report = async () => (databaseUrl && empty ? { storeBytes: (await bytesOf(databaseUrl)) - empty } : {});
  return { store, hold, posts, articles: readArticles(options), panel: benchPanel(lib), report };
}

/** Everything a debate is: article saved, debate convened, sixteen turns said, checked, saved, posted, acknowledged. */
async function debate({ store, hold, posts, articles, panel }: Hall, { id }: Task) {
  const article = articles.get(id);
  if (!article) throw new Error(`no article was read for ${id}`);
  const articleId = await store.saveArticle(WORKSPACE, article);
  await store.createDebate(WORKSPACE, {
    id,
    articleId,
    question: 'Should it be done?',
    language: 'en',
    format: 'bench',
    panel,
    voice: 'model',
    limits: LIMITS,
    thread: { ...THREAD, thread: id },
    startedBy: 'bench',
    origin: null,
  });
  await hold(id);
  const thread = posts.get(id) ?? [];
  posts.delete(id);
  return thread;
}

function teardown({ store }: Hall): Promise<void> {
  return store.close();
}

/** Read before the clock starts, as the peers' articles are. */
function readArticles({ run }: Options): Map<string, Article> {
  const ids = [
    ...Array.from({ length: env.WARMUP }, (_, i) => `w${run}-${i}`),
    ...Array.from({ length: env.DEBATES }, (_, i) => `${run}-${i}`),
  ];
  return new Map(ids.map((id) => [id, read(lib.article(id))]));
}

function read(text: string): Article {
  const blocks = text.split('\n\n').map((paragraph) => ({ kind: 'paragraph' as const, text: paragraph, page: null }));
  const sha256 = createHash('sha256').update(text).digest('hex');
  const extracted = { title: null, blocks, warnings: [] };
  return buildArticle(extracted, { source: 'bench', url: null, sha256, fallbackTitle: 'The article', language: 'en' });
}

/** A pure function of the log, like every format: the first stage that is not complete. All prose, as the peers' is. */
function benchFormat({ mode }: Options, shared: Lib): Format {
  const plan = stages(mode, shared).map((places) => places.map(moveOf));
  return {
    id: 'bench',
    summary: both('Sixteen texts, sequential or in parallel.'),
    least: 7,
    most: 7,
    next: ({ turns }) => {
      const said = new Set(turns.map((turn) => turn.key));
      const stage = plan.find((moves) => moves.some((move) => !said.has(move.key))) ?? [];
      return stage.filter((move) => !said.has(move.key));
    },
    expectedTurns: () => plan.flat().length,
  };
}

function moveOf({ part, speaker }: Place): Move {
  const round = part === 'open' || part === 'first' ? 0 : 1;
  const kind = part === 'second' ? 'reply' : 'statement';
  return { key: `${part}-${speaker.id}`, kind, speaker: speaker.id, round, to: [], answers: [] };
}

function benchPanel({ personas, coordinator }: Lib): Panel {
  return {
    id: 'bench',
    name: both('The panel of the benchmark'),
    coordinator: personaOf(coordinator, 'coordinator'),
    personas: personas.map((each) => personaOf(each, 'persona')),
  };
}

function personaOf({ id, name, instructions }: Panellist, role: Persona['role']): Persona {
  return {
    id,
    role,
    name: both(name),
    face: '🗣️',
    color: '#4c6ef5',
    duty: both(instructions),
    stance: both('Your view of the matter, as your duty puts it.'),
    lens: { en: [], es: [] },
    never: both('Take the view of another.'),
  };
}

function both(text: string): Localised {
  return { en: text, es: text };
}

/** A platform that takes every message at once; `follows`: and shows what streams by, as the terminal does. */
function inMemory(posts: Hall['posts'], follows: boolean): Adapter {
  const growing = new Map<string, string>();
  const growingOf = (debate: Debate, { key }: { readonly key: string }) => `${debate.id} ${key}`;
  return {
    name: THREAD.adapter,
    facts: { maxLength: 2000, canLook: false, hasChannel: false },
    start: async () => undefined,
    stop: async () => undefined,
    openThread: async (opened) => opened.thread,
    post: async ({ debate, turn, text, key }: Outgoing) => {
      const { id } = debate;
      growing.delete(growingOf(debate, turn));
      const thread = posts.get(id) ?? [];
      posts.set(id, thread);
      thread.push({ text });
      return key;
    },
    ...(follows && {
      stream: (debate: Debate, _: Persona, move: Move, delta: string) => {
        const key = growingOf(debate, move);
        growing.set(key, (growing.get(key) ?? '') + delta);
      },
      unstream: (debate: Debate, _: Persona, move: Move) => {
        growing.delete(growingOf(debate, move));
      },
    }),
  };
}

async function bytesOf(url: string): Promise<number> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database()) bytes');
  await client.end();
  return Number(rows[0]?.bytes ?? 0);
}
