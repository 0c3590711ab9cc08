/** Runs the real `tertulia` command in a process of its own, as a person would. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

const CLI = join(import.meta.dirname, '..', '..', 'src', 'cli.ts');

export interface Ran {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  stdout(): string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Given on stdin, which then ends; default: nothing. */
  readonly input?: string | Uint8Array;
  /** An open file its stdout goes to instead of to us. */
  readonly output?: number;
}

/** Nothing of the machine's own settings reaches the command: only PATH, and what the test gives. */
export function startCommand(args: readonly string[], options: CommandOptions = {}): Running {
  const child: ChildProcess = spawn(process.execPath, [CLI, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env.PATH, LANG: 'en_US.UTF-8', ...options.env },
    stdio: ['pipe', options.output ?? 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    stdout += chunk;
  });
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr += chunk;
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input ?? '');
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
  });
  return { child, ended, stdout: () => stdout };
}

export function runCommand(args: readonly string[], options: CommandOptions = {}): Promise<Ran> {
  return startCommand(args, options).ended;
}
