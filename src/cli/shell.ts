/** What the command has of the process it runs in, so that a test can be one. */
import type { Readable } from 'node:stream';
import type { Output } from '../../adapters/terminal/look.ts';

type Signal = 'SIGINT' | 'SIGTERM';

/** `process` is one. */
export interface Shell {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly stdout: Output;
  readonly stderr: NodeJS.WritableStream;
  exitCode?: number | string | null | undefined;
  cwd(): string;
  on(signal: Signal, listener: () => void): unknown;
  off(signal: Signal, listener: () => void): unknown;
  /** Ends it at once. */
  exit(code: number): void;
}

/** Calls `listener` whenever somebody asks the process to end; the function returned puts an end to that. */
export function onEnding(shell: Shell, listener: () => void): () => void {
  const signals: readonly Signal[] = ['SIGINT', 'SIGTERM'];
  for (const signal of signals) shell.on(signal, listener);
  return () => {
    for (const signal of signals) shell.off(signal, listener);
  };
}
