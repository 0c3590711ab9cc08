/** Several workers on one Postgres: what each more brings, and what many debates at once cost a process. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { openDatabase, openShared } from '../../db/connect.ts';
import { startPostgres } from '../fakes/postgres.ts';
import { startModel } from './alone.ts';
import { article, coordinator, personas } from './panel.ts';
import { benchPanel, newDebate, read, WORKSPACE } from './tertulia.ts';

const TURNS = 16;
/** A reply of three seconds. */
const REAL = { first: 300, each: 180 };

interface Trial {
  readonly title: string;
  readonly workers: number;
  readonly debates: number;
  /** Debates at a time in each process. */
  readonly room: number;
  readonly pace: { readonly first: number; readonly each: number };
}

const trials: readonly Trial[] = [
  ...[1, 2, 3].map((workers) => ({
    title: 'model of 0 ms',
    workers,
    debates: 200,
    room: 50,
    pace: { first: 0, each: 0 },
  })),
  ...[50, 200].map((room) => ({ title: 'replies of 3 s', workers: 1, debates: room, room, pace: REAL })),
];

const figures = z.object({ cpuMs: z.number(), loopP99: z.number(), rssMb: z.number() });

/** A Markdown table. */
export async function runWorkers(log: (line: string) => void): Promise<string> {
  const postgres = await startPostgres();
  const lines = [
    '| | workers | debates at a time | debates/min | CPU ms/turn | event-loop delay p99, ms | RSS a process, MiB |',
    '|---|---|---|---|---|---|---|',
  ];
  try {
    for (const trial of trials) {
      lines.push(await run(trial, await postgres.database()));
      log(lines.at(-1) ?? '');
    }
  } finally {
    await postgres.stop();
  }
  return lines.join('\n');
}

async function run({ title, workers, debates, room, pace }: Trial, url: string): Promise<string> {
  const model = await startModel(pace);
  const env = { ...process.env, BENCH_PG_URL: url, OPENAI_BASE_URL: model.url, ROOM: String(room) };
  const children = Array.from({ length: workers }, () => fork(join(import.meta.dirname, 'worker-process.ts'), { env }));
  try {
    await Promise.all(children.map((child) => once(child, 'message')));
    await begin(url, debates);
    const began = performance.now();
    await restedAll(children, debates);
    const minutes = (performance.now() - began) / 60_000;
    const cost = await Promise.all(children.map(costOf));
    const worst = (figure: 'loopP99' | 'rssMb') => Math.round(Math.max(...cost.map((each) => each[figure])));
    const cpu = cost.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / (debates * TURNS);
    const row = [title, workers, room, Math.round(debates / minutes), cpu.toFixed(2), worst('loopP99'), worst('rssMb')];
    return `| ${row.join(' | ')} |`;
  } finally {
    for (const child of children) child.kill('SIGKILL');
    model.stop();
  }
}

/** All of them wait when the clock starts. */
async function begin(url: string, debates: number): Promise<void> {
  const { store } = await openShared(await openDatabase({ dataDir: 'unused', databaseUrl: url }), {
    adapters: ['memory'],
    heartbeatSeconds: 10,
    perWorkspace: 1_000,
    callsPerMinute: null,
    schedules: false,
    onTrouble: () => undefined,
  });
  const panel = benchPanel({ personas, coordinator });
  for (let i = 0; i < debates; i++) {
    const id = `r-${i}`;
    const articleId = await store.saveArticle(WORKSPACE, read(article(id)));
    await store.createDebate(WORKSPACE, newDebate(id, articleId, panel));
  }
  await store.close();
}

async function restedAll(children: readonly ChildProcess[], debates: number): Promise<void> {
  let rested = 0;
  const all = Promise.withResolvers<void>();
  for (const child of children) {
    child.on('message', () => {
      rested++;
      if (rested === debates) all.resolve();
    });
    child.once('exit', (code) => all.reject(new Error(`a worker ended with ${code}`)));
    child.send('go');
  }
  await all.promise;
}

async function costOf(child: ChildProcess): Promise<z.infer<typeof figures>> {
  child.removeAllListeners('message');
  const heard = once(child, 'message');
  child.send('report');
  return figures.parse((await heard)[0]);
}
