/** kill -9 at any moment, then --resume: each turn once, none lost, nothing paid twice. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { z } from 'zod';
import { runCommand, startCommand } from '../fakes/command.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { type OpenAiServer, startOpenAiServer } from '../fakes/openai-server.ts';

const KILLS = 30;
const KILLS_A_DEBATE = 5;

/** From a reply's last byte to its turn being safe: a call that ends this close to the kill may be made again. */
const SAVING_MS = 250;

const record = z.object({
  debate: z.object({ status: z.string() }),
  turns: z.array(z.object({ n: z.number(), key: z.string(), kind: z.string(), speaker: z.string(), text: z.string() })),
});

let folder: string;
let server: OpenAiServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'crash-'));
  server = await startOpenAiServer({
    latency: { first: 15, each: 2 },
    reply: mockPanel,
  });
});

afterAll(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const environment = (dataDir: string) => ({
  TERTULIA_DATA_DIR: dataDir,
  TERTULIA_MODEL: 'openai:mock',
  OPENAI_API_KEY: 'sk-test',
  OPENAI_BASE_URL: server.url,
});

/** Starts or resumes, and kills at a random moment after the first sign of life; the debate's id, once it is known. */
async function untilKilled(env: Record<string, string>, id: string | null, wait: number): Promise<string | null> {
  const running = startCommand(['debate', ...(id ? ['--resume', id] : []), '--json'], { env });
  const before = server.journal.length;
  while (server.journal.length === before && running.child.exitCode === null) await sleep(5);
  await sleep(wait);
  running.child.kill('SIGKILL');
  const { stdout } = await running.ended;
  return id ?? /"type":"debate","id":"([^"]+)"/.exec(stdout)?.[1] ?? null;
}

/** When calls ended whose very prompt was sent again later, among those after the first `seen`. */
function finishedInVain(seen: number): number[] {
  const calls = server.journal
    .slice(seen)
    .map((entry) => ({ ...entry, prompt: JSON.stringify(entry.request.messages) }));
  return calls.flatMap(({ endedAt, prompt }, at) =>
    endedAt !== undefined && calls.slice(at + 1).some((later) => later.prompt === prompt) ? [endedAt] : [],
  );
}

test(`a debate killed ${KILLS_A_DEBATE} times, ${KILLS / KILLS_A_DEBATE} times over, ends as if nothing had happened`, async () => {
  for (let debate = 0; debate < KILLS / KILLS_A_DEBATE; debate++) {
    const dataDir = join(folder, `data-${debate}`);
    const env = environment(dataDir);
    const kills: number[] = [];
    const seen = server.journal.length;
    let id: string | null = null;
    for (let kill = 0; kill < KILLS_A_DEBATE; kill++) {
      // Every other kill is aimed at the moments just after a reply ended, when its turn is being saved.
      id = await untilKilled(env, id, kill % 2 === 0 ? Math.random() * 400 : 15 + Math.random() * 120);
      kills.push(Date.now());
    }
    expect(id).not.toBeNull();
    const out = join(folder, `record-${debate}.json`);
    const last = await runCommand(['debate', '--resume', id ?? '', '--out', out, '--quiet'], { env });
    expect(last).toMatchObject({ code: 0, stderr: '' });
    const { default: json } = await import(out, { with: { type: 'json' } });
    const { turns, debate: kept } = record.parse(json);
    expect(kept.status).toBe('concluded');
    expect(turns.map((turn) => turn.n)).toEqual(turns.map((_, at) => at + 1));
    expect(new Set(turns.map((turn) => turn.key)).size).toBe(turns.length);
    expect(new Set(turns.map((turn) => turn.speaker)).size).toBe(8);
    expect(turns.filter((turn) => turn.kind === 'synthesis')).toHaveLength(1);
    for (const end of finishedInVain(seen)) {
      expect(kills.some((kill) => kill >= end && kill - end < SAVING_MS)).toBe(true);
    }
  }
}, 240_000);
