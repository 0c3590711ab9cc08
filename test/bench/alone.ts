/** Without peers: us beside two loops of our own writing, on the tests' fake model server in a process of its own. */
import { fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { startPostgres } from '../fakes/postgres.ts';
import type { Column, Row } from './table.ts';

interface Contestant extends Column {
  readonly file: string;
  readonly env: Readonly<Record<string, string>>;
  readonly postgres?: boolean;
}

export const contestants: readonly Contestant[] = [
  { name: 'fetch', title: 'raw fetch loop (floor)', file: 'baselines.ts', env: { BASELINE: 'fetch' } },
  { name: 'langchain', title: 'ChatOpenAI loop, volatile', file: 'baselines.ts', env: { BASELINE: 'langchain' } },
  { name: 'tertulia', title: '**Tertulia** (Postgres)', file: 'contestant.ts', env: {}, postgres: true },
  {
    name: 'tertulia-queue',
    title: 'Tertulia (Postgres, by the queue)',
    file: 'contestant.ts',
    env: { QUEUED: '1' },
    postgres: true,
  },
  { name: 'tertulia-pglite', title: 'Tertulia (PGlite)', file: 'contestant.ts', env: { EMBEDDED: '1' } },
];

/** Of the model: its first words after `first` ms, then a stretch of them every `each` ms. */
interface Pace {
  readonly first: number;
  readonly each: number;
}

interface Suite {
  readonly name: string;
  readonly times: number;
  readonly mode: 'seq' | 'par';
  readonly debates: number;
  readonly together: number;
  readonly warmup: number;
  readonly pace: Pace;
}

const AT_ONCE = { first: 0, each: 0 };
/** A reply of three seconds. */
const REAL = { first: 300, each: 180 };
const one = { together: 1, warmup: 0, debates: 1 };
// Warm-ups take as long as what is measured.
const suites = (full: boolean): readonly Suite[] => [
  { name: 'prompts', times: 1, mode: 'seq', ...one, pace: AT_ONCE },
  { name: 'cold', times: full ? 7 : 3, mode: 'seq', ...one, pace: AT_ONCE },
  { name: 'overhead', times: full ? 3 : 1, mode: 'seq', debates: 50, together: 1, warmup: 20, pace: AT_ONCE },
  { name: 'wall', times: full ? 2 : 1, mode: 'par', debates: 3, together: 3, warmup: 1, pace: REAL },
  { name: 'burst', times: full ? 2 : 1, mode: 'par', debates: 200, together: 200, warmup: 1, pace: REAL },
];

/** First arrival (epoch, ms); characters of all prompts, and how many of them repeat the beginning of an earlier one. */
const served = z.object({ firstRequestAt: z.number(), prompted: z.number(), repeated: z.number() });

const result = z.object({
  debates: z.number(),
  wallMs: z.number(),
  debateMs: z.array(z.number()),
  cpuMs: z.number(),
  loopP99: z.number(),
  maxRssMb: z.number(),
  storeBytes: z.number().optional(),
});

export async function runAlone(full: boolean, log: (line: string) => void): Promise<Row[]> {
  const rows: Row[] = [];
  const postgres = await startPostgres();
  try {
    for (const suite of suites(full)) {
      for (let time = 0; time < suite.times; time++) {
        for (const contestant of contestants) {
          const url = contestant.postgres ? await postgres.database() : '';
          rows.push(await runOne(contestant, suite, url));
          log(`${suite.name} ${contestant.name}`);
        }
      }
    }
  } finally {
    await postgres.stop();
  }
  return withFloor(rows);
}

async function runOne(contestant: Contestant, suite: Suite, databaseUrl: string): Promise<Row> {
  const server = await startModel(suite.pace);
  const folder = mkdtempSync(join(tmpdir(), 'tertulia-bench-'));
  const spawnedAt = Date.now();
  const child = spawn(process.execPath, [join(import.meta.dirname, contestant.file)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      ...contestant.env,
      OPENAI_BASE_URL: server.url,
      OPENAI_API_KEY: 'sk-bench',
      BENCH_TMP: folder,
      BENCH_PG_URL: databaseUrl,
      MODE: suite.mode,
      STREAM: '1',
      DEBATES: String(suite.debates),
      CONCURRENCY: String(suite.together),
      WARMUP: String(suite.warmup),
    },
  });
  try {
    const [said, complaint] = await Promise.all([text(child.stdout), text(child.stderr)]);
    const known = { suite: suite.name, name: contestant.name, mode: suite.mode, stream: true, conc: suite.together };
    const line = said.trim().split('\n').at(-1) ?? '';
    if (!line.startsWith('{'))
      return { ...known, error: /^\S*Error.*$/m.exec(complaint)?.[0] ?? complaint.slice(0, 300) };
    const { firstRequestAt, prompted, repeated } = await server.report();
    const { debates, wallMs, debateMs, cpuMs, loopP99, maxRssMb, storeBytes } = result.parse(JSON.parse(line));
    return {
      ...known,
      ...{ loopP99, storeBytes, rssMb: maxRssMb, tok: prompted / 4, lcpTok: repeated / 4 },
      debateMs: debateMs.toSorted((a, b) => a - b)[debateMs.length >> 1],
      cpuPerTurn: cpuMs / debates / 16,
      perMin: (debates / wallMs) * 60_000,
      coldMs: firstRequestAt - spawnedAt,
    };
  } finally {
    server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** This server keeps no times: the raw loop stands for the critical path. */
function withFloor(rows: readonly Row[]): Row[] {
  return rows.map((each) => {
    const floor = rows.find(({ name, suite }) => name === contestants[0]?.name && suite === each.suite);
    return { ...each, cpMs: floor?.debateMs };
  });
}

export async function startModel(how: Pace) {
  const child = fork(join(import.meta.dirname, 'model-server.ts'), [JSON.stringify(how)]);
  const answer = () => new Promise<unknown>((heard) => child.once('message', heard));
  const { url } = z.object({ url: z.string() }).parse(await answer());
  return {
    url,
    report: async () => {
      const heard = answer();
      child.send('report');
      return served.parse(await heard);
    },
    stop: () => child.disconnect(),
  };
}
