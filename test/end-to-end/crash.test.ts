/** kill -9 at any moment, then --resume: each turn once, none lost, nothing paid twice. */
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { openStore } from '../../db/connect.ts';
import { runCommand, startCommand } from '../fakes/command.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.ts';

/** Each kill takes two seconds of CPU; `.ci/run` asks for more. */
const DEBATES = Number(process.env.CRASH_DEBATES ?? 1);
const KILLS_A_DEBATE = Number(process.env.CRASH_KILLS ?? 3);
/** One after another over the debates; the first has stages in turn, at once, and kept back until all are in. */
const FORMATS = ['deliberation', 'panel', 'delphi', 'oxford', 'redteam', 'socratic', 'quick', 'auto'] as const;
/** Calls that may end in the same moment, and be cut off before any of their turns is kept. */
const AT_ONCE = 7;

const record = z.object({
  debate: z.object({ status: z.string() }),
  turns: z.array(z.object({ n: z.number(), key: z.string(), kind: z.string(), speaker: z.string(), text: z.string() })),
});

let folder: string;
let server: OpenAiServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crash-'));
  // A new database costs seconds: one is made, and copied for each debate.
  await (await openStore({ dataDir: join(folder, 'empty'), databaseUrl: null })).close();
  server = await startOpenAiServer({ latency: { first: 15, each: 2 }, reply: mockPanel });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Each debate has a database and a key of its own, so that its calls can be told from the others'. */
const environment = (dataDir: string) => ({
  TERTULIA_DATA_DIR: dataDir,
  TERTULIA_MODEL: 'openai:mock',
  OPENAI_API_KEY: `sk-${basename(dataDir)}`,
  OPENAI_BASE_URL: server.url,
});

type Environment = ReturnType<typeof environment>;

function callsOf(env: Environment) {
  return server.journal.filter((entry) => entry.headers.authorization === `Bearer ${env.OPENAI_API_KEY}`);
}

/** Which calls, from 0, were answered in full although their very prompt was sent again later. */
function answeredInVain(env: Environment): number[] {
  const calls = callsOf(env).map(({ request, finish }) => ({ finish, prompt: JSON.stringify(request.messages) }));
  return calls.flatMap(({ finish, prompt }, at) =>
    finish === 'done' && calls.slice(at + 1).some((later) => later.prompt === prompt) ? [at] : [],
  );
}

/** Starts or resumes, and kills `wait` ms after the first call; the debate's id, once it is known. */
async function untilKilled(
  env: Environment,
  debate: { readonly format: string; readonly id: string | null },
  wait: number,
): Promise<string | null> {
  const { format, id } = debate;
  const running = startCommand(['debate', ...(id ? ['--resume', id] : ['--format', format]), '--json'], { env });
  const before = callsOf(env).length;
  while (callsOf(env).length === before && running.child.exitCode === null) await sleep(5);
  await sleep(wait);
  running.child.kill('SIGKILL');
  const { stdout } = await running.ended;
  return id ?? /"type":"debate","id":"([^"]+)"/.exec(stdout)?.[1] ?? null;
}

async function killedAgainAndAgain(debate: number): Promise<void> {
  const dataDir = join(folder, `data-${debate}`);
  await cp(join(folder, 'empty'), dataDir, { recursive: true });
  const env = environment(dataDir);
  const format = FORMATS[debate % FORMATS.length] ?? 'panel';
  const lastBeforeKill = new Set<number>();
  let id: string | null = null;
  for (let kill = 0; kill < KILLS_A_DEBATE; kill++) {
    // The short waits fall into a call or into the saving of its turn, the long ones anywhere.
    id = await untilKilled(env, { format, id }, Math.random() * (kill % 2 === 0 ? 400 : 130));
    const made = callsOf(env).length;
    for (let call = 1; call <= (format === 'panel' ? 1 : AT_ONCE); call++) lastBeforeKill.add(made - call);
  }
  expect(id).not.toBeNull();
  const out = join(folder, `record-${debate}.json`);
  const last = await runCommand(['debate', '--resume', id ?? '', '--out', out, '--quiet'], { env });
  expect(last).toMatchObject({ code: 0, stderr: '' });
  const { turns, debate: kept } = record.parse(JSON.parse(await readFile(out, 'utf8')));
  expect(kept.status).toBe('concluded');
  expect(turns.map((turn) => turn.n)).toEqual(turns.map((_, at) => at + 1));
  expect(new Set(turns.map((turn) => turn.key)).size).toBe(turns.length);
  expect(new Set(turns.map((turn) => turn.speaker)).size).toBe(8);
  expect(turns.filter((turn) => turn.kind === 'synthesis')).toHaveLength(1);
  // A call whose turn had no time to be kept is the last before a kill; one before it was kept when it began.
  expect(answeredInVain(env).filter((call) => !lastBeforeKill.has(call))).toEqual([]);
}

test(`${DEBATES} debates, each killed ${KILLS_A_DEBATE} times, end as if nothing had happened`, async () => {
  const debates = [...Array(DEBATES).keys()];
  // Two at a time: they wait for their processes to start more than they work.
  const lanes = [debates.filter((n) => n % 2 === 0), debates.filter((n) => n % 2 === 1)];
  await Promise.all(
    lanes.map(async (lane) => {
      for (const debate of lane) await killedAgainAndAgain(debate);
    }),
  );
}, 240_000);
