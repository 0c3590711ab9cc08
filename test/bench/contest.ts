/** Our own clock for a contestant: runs the debates the environment asks for and prints what they cost. */
import { writeSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { type Contestant, type Context, MODES, type Options } from './lib.ts';
import { article } from './panel.ts';

const TURNS = 16;
/** A loop that stands still for D ms is late for every timer that would have fired in that time. */
const TICK_MS = 5;

const asked = z.object({
  DEBATES: z.coerce.number().default(1),
  CONCURRENCY: z.coerce.number().default(1),
  WARMUP: z.coerce.number().default(0),
  MODE: z.enum(MODES).default('seq'),
  STREAM: z.string().default('0'),
  RUN_ID: z.string().default('r'),
  OPENAI_BASE_URL: z.string(),
  OPENAI_API_KEY: z.string().default('sk-bench'),
});

/** Prints one line of JSON, the measured debates' figures, and ends the process. */
export async function contest<C extends Context>({ name, setup, debate, teardown }: Contestant<C>): Promise<void> {
  const env = asked.parse(process.env);
  const options: Options = {
    mode: env.MODE,
    stream: env.STREAM === '1',
    baseURL: env.OPENAI_BASE_URL,
    apiKey: env.OPENAI_API_KEY,
    model: 'mock',
    run: env.RUN_ID,
  };
  const context = await setup(options);
  const hold = async (id: string) => {
    const began = performance.now();
    const thread = await debate(context, { ...options, id, article: article(id) });
    if (thread.length !== TURNS || thread.some(({ text }) => text === '')) {
      throw new Error(`${name}: debate ${id} has ${thread.length} texts instead of ${TURNS}`);
    }
    return performance.now() - began;
  };
  for (let i = 0; i < env.WARMUP; i++) await hold(`w${env.RUN_ID}-${i}`);
  const ids = Array.from({ length: env.DEBATES }, (_, i) => `${env.RUN_ID}-${i}`);
  for (const id of ids) article(id);
  const figures = await measured(() => holdAll(ids, env.CONCURRENCY, hold));
  const report = { name, debates: env.DEBATES, ...figures, ...(await context.report?.()) };
  await teardown(context);
  writeSync(1, `${JSON.stringify(report)}\n`);
  process.exit(0);
}

async function holdAll(ids: readonly string[], together: number, hold: (id: string) => Promise<number>) {
  const waiting = [...ids];
  const took: number[] = [];
  const worker = async () => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) took.push(await hold(id));
  };
  await Promise.all(Array.from({ length: Math.min(together, ids.length) }, worker));
  return took;
}

async function measured(work: () => Promise<number[]>) {
  const late: number[] = [];
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    for (let wait = now - last - TICK_MS; wait >= 0; wait -= TICK_MS) late.push(wait);
    last = now;
  };
  const timer = setInterval(tick, TICK_MS);
  const cpu = process.cpuUsage();
  const began = performance.now();
  const debateMs = await work();
  const wallMs = performance.now() - began;
  const { user, system } = process.cpuUsage(cpu);
  // A stall at the very end is seen by the next tick only.
  await delay(TICK_MS);
  tick();
  clearInterval(timer);
  late.sort((a, b) => a - b);
  return {
    wallMs,
    debateMs,
    cpuMs: (user + system) / 1000,
    loopP99: late[Math.floor(late.length * 0.99)] ?? 0,
    maxRssMb: process.resourceUsage().maxRSS / 1024,
  };
}
