/**
 * What every bad input has in common: the command says one helpful sentence, and all that was kept is still there. It
 * runs in this process, which costs a tenth; that a process of its own says the same is shown where it matters.
 */
import { expect, jest } from '@jest/globals';
import { openStore, type StoreSettings } from '../../../db/connect.ts';
import { newDebate } from '../../contracts/store-samples.ts';
import type { Ran } from '../../fakes/command.ts';
import { runHere } from '../../fakes/shell.ts';

// A command waits for others to end, and the machine may have other things to do.
jest.setTimeout(120_000);

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

/**
 * Runs the command with it, in each language there is a sentence for. `places`: what the names in capitals stand for;
 * the command runs in `FILES`. `store`: the variables that say where debates are kept. Resolves with the English run.
 */
export async function refuse(
  bad: BadInput,
  places: Readonly<Record<string, string>>,
  store: Readonly<Record<string, string>>,
  run: typeof runHere = runHere,
): Promise<Ran> {
  const placed = (text: string) =>
    Object.entries(places).reduce((all, [name, place]) => all.replaceAll(name, place), text);
  const args = bad.args.map(placed);
  const own = Object.fromEntries(Object.entries(bad.env ?? {}).map(([name, value]) => [name, placed(value)]));
  const env = { ...store, TERTULIA_MAX_RETRIES: '0', ...own };
  const options = { env, cwd: places.FILES, ...(bad.input !== undefined && { input: bad.input }) };
  const ran = await run(args, options);
  expectSentence(ran, bad.code ?? 2, bad.says);
  if (bad.dice) {
    const again = await run(args, { ...options, env: { ...env, LANG: 'es_ES.UTF-8' } });
    expectSentence(again, bad.code ?? 2, bad.dice);
  }
  return ran;
}

/** Keeps two debates where the settings say: one of this terminal, one of a platform. */
export async function keepDebates(settings: StoreSettings): Promise<{ expectIntact(): Promise<void> }> {
  const thread = { adapter: 'terminal', channel: 'terminal', thread: 'kept' };
  const store = await openStore(settings);
  const kept = await store.createDebate('local', newDebate({ id: 'kept', thread }));
  await store.createDebate('local', newDebate({ id: 'elsewhere' }));
  await store.close();
  return {
    async expectIntact() {
      const again = await openStore(settings);
      const ids = (await again.list('local', 100)).map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining(['kept', 'elsewhere']));
      expect((await again.load('local', 'kept'))?.debate).toMatchObject({
        panel: kept.panel,
        startedAt: kept.startedAt,
      });
      await again.close();
    },
  };
}
