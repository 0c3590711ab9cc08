/** What every bad input has in common: the command says one helpful sentence, and all that was kept is still there. */
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { openStore } from '../../../db/connect.ts';
import { newDebate } from '../../contracts/store-samples.ts';
import { type Ran, runCommand } from '../../fakes/command.ts';

/** The key, the password: never to be seen. */
export const SECRET = 'correct-horse-battery-staple';

/** A kind of bad input, and what is said about it. */
export interface BadInput {
  readonly kind: string;
  /** `NAME` in capitals stands for a place that is known only when the test runs. */
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string | Uint8Array;
  /** Default: 2, bad input. */
  readonly code?: number;
  /** What is wrong … the remedy. */
  readonly says: RegExp;
  /** Given: the same again for somebody whose language is Spanish. */
  readonly dice?: RegExp;
}

/** One sentence on one line, no stack, no secret, the right exit code. */
export function expectSentence(ran: Ran, code: number, says: RegExp): void {
  const { stdout, stderr } = ran;
  expect(stderr).toMatch(says);
  expect(stderr).toMatch(/^[^\n]+\n$/);
  expect(stderr).toMatch(/^["“«/[\p{L}\p{N}-].*(?:\.|: (?:tertulia|npm) .*)\n$/u);
  expect(stderr).not.toMatch(/undefined|NaN|\[object|\w*Error\b|\.ts:\d+:\d+/);
  expect(stdout).not.toMatch(/\n\s+at .+:\d+:\d+/);
  expect(stdout + stderr).not.toContain(SECRET);
  expect(ran).toMatchObject({ code, signal: null });
}

/** Runs the command with it, in each language there is a sentence for. Resolves with what it printed in English. */
export async function refuse(bad: BadInput, places: Readonly<Record<string, string>>, dataDir: string): Promise<Ran> {
  const placed = (text: string) =>
    Object.entries(places).reduce((all, [name, place]) => all.replaceAll(name, place), text);
  const args = bad.args.map(placed);
  const own = Object.fromEntries(Object.entries(bad.env ?? {}).map(([name, value]) => [name, placed(value)]));
  const env = { TERTULIA_DATA_DIR: dataDir, TERTULIA_MAX_RETRIES: '0', ...own };
  const options = { env, cwd: places.FILES, ...(bad.input !== undefined && { input: bad.input }) };
  const ran = await runCommand(args, options);
  expectSentence(ran, bad.code ?? 2, bad.says);
  if (bad.dice) {
    const again = await runCommand(args, { ...options, env: { ...env, LANG: 'es_ES.UTF-8' } });
    expectSentence(again, bad.code ?? 2, bad.dice);
  }
  return ran;
}

/** Lends out each thing to one borrower at a time. */
export function lending<T>(things: readonly T[]): <R>(use: (thing: T) => Promise<R>) => Promise<R> {
  const free = [...things];
  const waiting: ((thing: T) => void)[] = [];
  return async (use) => {
    const thing = free.shift() ?? (await new Promise<T>((resolve) => waiting.push(resolve)));
    try {
      return await use(thing);
    } finally {
      const next = waiting.shift();
      if (next) next(thing);
      else free.push(thing);
    }
  };
}

export interface DataFolders {
  /** Each holds a debate; whoever borrows one has it alone. */
  readonly folders: readonly string[];
  /** That every folder still opens, with its debate in it. */
  expectIntact(): Promise<void>;
  remove(): Promise<void>;
}

export async function makeDataFolders(count: number): Promise<DataFolders> {
  const root = await mkdtemp(join(tmpdir(), 'bad-input-'));
  const folders = Array.from({ length: count }, (_, n) => join(root, `data-${n}`));
  const [first = '', ...others] = folders;
  const open = (dataDir: string) => openStore({ dataDir, databaseUrl: null });
  const store = await open(first);
  const kept = await store.createDebate('local', newDebate({ id: 'kept', voice: 'model' }));
  await store.close();
  await Promise.all(others.map((other) => cp(first, other, { recursive: true })));
  return {
    folders,
    async expectIntact() {
      for (const folder of folders) {
        const again = await open(folder);
        expect(await again.list('local', 100)).toContainEqual(expect.objectContaining({ id: kept.id }));
        expect((await again.load('local', kept.id))?.debate.startedAt).toEqual(kept.startedAt);
        await again.close();
      }
    },
    remove: () => rm(root, { recursive: true, force: true }),
  };
}
