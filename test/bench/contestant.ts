/** Tertulia as a contestant: the real conductor, store, ledger and model voice; format and panel are the benchmark's. */
import '../../src/startup.ts';
import { join } from 'node:path';
import { z } from 'zod';
import type { Article, Panel } from '../../src/debate.ts';
import type { Store } from '../../src/ports/store.ts';
import { type Context, loadLib, type Options, type Task } from './lib.ts';
import type { Posts } from './tertulia.ts';

// Loaded as the command loads it, after what makes a start quick.
const [ours, { openDatabase, openShared, openStore }, { createModelVoice }, { conduct }, { Worker }, lib] =
  await Promise.all([
    import('./tertulia.ts'),
    import('../../db/connect.ts'),
    import('../../src/agents/model-voice.ts'),
    import('../../src/conducting/orchestrator.ts'),
    import('../../src/conducting/worker.ts'),
    loadLib(),
  ]);
const { WORKSPACE, benchFormat, benchPanel, inMemory, modelSettings, newDebate, read } = ours;

const env = z
  .object({
    DEBATES: z.coerce.number().default(1),
    WARMUP: z.coerce.number().default(0),
    BENCH_TMP: z.string().default('.'),
    BENCH_PG_URL: z.string().default(''),
    /** Keeps debates in the embedded database. */
    EMBEDDED: z.string().optional(),
    /** Has them conducted by a worker that takes them from the queue, as `tertulia serve` does. */
    QUEUED: z.string().optional(),
  })
  .parse(process.env);
const databaseUrl = env.EMBEDDED || env.BENCH_PG_URL === '' ? null : env.BENCH_PG_URL;
const settings = { dataDir: join(env.BENCH_TMP, 'tertulia'), databaseUrl };

interface Hall extends Context {
  readonly store: Store;
  /** Until it is over. */
  readonly hold: (id: string) => Promise<unknown>;
  readonly posts: Posts;
  readonly articles: ReadonlyMap<string, Article>;
  readonly panel: Panel;
}

const name = databaseUrl ? 'tertulia' : 'tertulia-pglite';
await lib.contest<Hall>({ name: env.QUEUED ? `${name}-queue` : name, setup, debate, teardown });

async function setup(options: Options): Promise<Hall> {
  const posts: Posts = new Map();
  const adapter = inMemory(posts, options.stream);
  const held = env.QUEUED ? await byWorker(options, adapter) : await alone(options, adapter);
  const empty = databaseUrl && (await bytesOf(databaseUrl));
  const report = async () => (databaseUrl && empty ? { storeBytes: (await bytesOf(databaseUrl)) - empty } : {});
  return { ...held, posts, articles: readArticles(options), panel: benchPanel(lib), report };
}

async function alone(options: Options, adapter: ReturnType<typeof inMemory>) {
  const store = await openStore(settings);
  const voice = createModelVoice(modelSettings(options), store);
  const conducting = { store, voice, adapter, format: benchFormat(options, lib), now: () => performance.now() };
  const { signal } = new AbortController();
  return { store, hold: (id: string) => conduct(conducting, WORKSPACE, id, signal) };
}

async function byWorker(options: Options, adapter: ReturnType<typeof inMemory>) {
  const over = new Map<string, PromiseWithResolvers<void>>();
  const overOf = (id: string) => {
    const known = over.get(id) ?? Promise.withResolvers<void>();
    over.set(id, known);
    return known;
  };
  const { store, queue, throttle } = await openShared(await openDatabase(settings), {
    adapters: [adapter.name],
    heartbeatSeconds: 10,
    perWorkspace: 1_000,
    callsPerMinute: null,
    schedules: false,
    onTrouble: () => undefined,
  });
  const voice = createModelVoice(modelSettings(options), { searchPassages: store.searchPassages, throttle });
  const worker = new Worker({
    queue,
    store,
    voices: async () => voice,
    adapters: [adapter],
    prices: () => null,
    formats: [benchFormat(options, lib)],
    keeper: {
      took: () => undefined,
      rested: ({ id }) => overOf(id).resolve(),
      stumbled: (_debate, error) => process.stderr.write(`${error}\n`),
      failed: ({ id }, error) => overOf(id).reject(error),
      letGo: () => undefined,
      trouble: () => undefined,
    },
    watch: { observe: (_what, _about, act) => act(), spent: () => undefined, here: () => null },
    room: 1_000,
    pauses: [],
  });
  worker.start();
  return { store, hold: (id: string) => overOf(id).promise };
}

/** Everything a debate is: article saved, debate convened, sixteen turns said, checked, saved, posted, acknowledged. */
async function debate({ store, hold, posts, articles, panel }: Hall, { id }: Task) {
  const article = articles.get(id);
  if (!article) throw new Error(`no article was read for ${id}`);
  const articleId = await store.saveArticle(WORKSPACE, article);
  await store.createDebate(WORKSPACE, newDebate(id, articleId, panel));
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

async function bytesOf(url: string): Promise<number> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database()) bytes');
  await client.end();
  return Number(rows[0]?.bytes ?? 0);
}
