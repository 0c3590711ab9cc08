/** The `tertulia` command in this very process, as a person's shell would run it: a start costs nothing. */
import { EventEmitter } from 'node:events';
import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/program.ts';
import type { Shell } from '../../src/cli/shell.ts';
import type { CommandOptions, Ran } from './command.ts';

/** Nothing of the machine's own settings reaches the command: only what the test gives. */
export async function runHere(args: readonly string[], options: Omit<CommandOptions, 'output'> = {}): Promise<Ran> {
  const [stdout, stderr] = [sink(), sink()];
  const signals = new EventEmitter();
  const shell: Shell = {
    argv: ['node', 'tertulia', ...args],
    env: { LANG: 'en_US.UTF-8', ...options.env },
    stdin: Readable.from(options.input === undefined ? [] : [Buffer.from(options.input)]),
    stdout,
    stderr,
    exitCode: 0,
    cwd: () => options.cwd ?? process.cwd(),
    on: (signal, listener) => signals.on(signal, listener),
    off: (signal, listener) => signals.off(signal, listener),
    exit: (code) => {
      throw new Error(`it wanted to end at once, with ${code}`);
    },
  };
  await run(shell);
  // What a process that ends leaves behind is nobody's; what one that stays leaves is.
  if (signals.eventNames().length > 0) throw new Error('it still listens for signals');
  return { code: Number(shell.exitCode), signal: null, stdout: stdout.text(), stderr: stderr.text() };
}

function sink(): Writable & { text(): string } {
  const chunks: Buffer[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return Object.assign(stream, { text: () => Buffer.concat(chunks).toString('utf8') });
}
