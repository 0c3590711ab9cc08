/** One worker of the bench: opens its share of the database, says so, begins when told and reports what it cost. */
import '../../src/startup.ts';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { z } from 'zod';

const [ours, { openDatabase, openShared }, { createModelVoice }, { Worker }, panel] = await Promise.all([
  import('./tertulia.ts'),
  import('../../db/connect.ts'),
  import('../../src/agents/model-voice.ts'),
  import('../../src/conducting/worker.ts'),
  import('./panel.ts'),
]);

const env = z
  .object({ BENCH_PG_URL: z.string(), OPENAI_BASE_URL: z.string(), ROOM: z.coerce.number() })
  .parse(process.env);

const adapter = ours.inMemory(new Map(), false);
const { store, queue, throttle } = await openShared(
  await openDatabase({ dataDir: 'unused', databaseUrl: env.BENCH_PG_URL }),
  {
    adapters: [adapter.name],
    heartbeatSeconds: 10,
    perWorkspace: 1_000,
    callsPerMinute: null,
    schedules: false,
    onTrouble: () => undefined,
  },
);
const settings = ours.modelSettings({ model: 'mock', apiKey: 'sk-bench', baseURL: env.OPENAI_BASE_URL });
const voice = createModelVoice(settings, { searchPassages: store.searchPassages, throttle });
const worker = new Worker({
  queue,
  store,
  voices: async () => voice,
  adapters: [adapter],
  prices: () => null,
  formats: [ours.benchFormat({ mode: 'seq' }, panel)],
  keeper: {
    took: () => undefined,
    rested: () => void process.send?.('rested'),
    stumbled: (_debate, error) => void process.stderr.write(`${error}\n`),
    failed: (_debate, error) => void process.stderr.write(`${error}\n`),
    letGo: () => undefined,
    trouble: () => undefined,
  },
  watch: { observe: (_what, _about, act) => act(), spent: () => undefined, here: () => null },
  room: env.ROOM,
  pauses: [1_000, 1_000],
});

const loop = monitorEventLoopDelay({ resolution: 5 });
let cpu = process.cpuUsage();
process.on('message', async (told) => {
  if (told === 'go') {
    loop.enable();
    cpu = process.cpuUsage();
    worker.start();
    return;
  }
  const { user, system } = process.cpuUsage(cpu);
  process.send?.({
    cpuMs: (user + system) / 1000,
    loopP99: loop.percentile(99) / 1e6,
    rssMb: process.resourceUsage().maxRSS / 1024,
  });
  await worker.stop();
  await store.close();
  process.disconnect();
});
process.send?.('ready');
