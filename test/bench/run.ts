/** `npm run bench`: what a debate costs in Tertulia and elsewhere, in one run. See README.md beside it. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { contestants, runAlone } from './alone.ts';
import { costFailures, costs, costTable } from './formats.ts';
import { columns, runWithPeers } from './peers.ts';
import { failures, table } from './table.ts';

const { values } = parseArgs({
  options: {
    peers: { type: 'string', default: resolve(import.meta.dirname, '../../../shared/bench') },
    alone: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    workers: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string', default: join(tmpdir(), `tertulia-bench-${process.pid}.json`) },
  },
});
const log = (line: string) => process.stderr.write(`${line}\n`);
const print = (line: string) => process.stdout.write(`${line}\n`);

if (values.workers) {
  const { runWorkers } = await import('./workers.ts');
  print(await runWorkers(log));
  process.exit(0);
}
const withPeers = !values.alone && existsSync(join(values.peers, 'harness/bench.mjs'));
if (!withPeers) log('No peers here (--peers=DIR): beside two loops of our own writing.');
const only = values.only?.split(',') ?? null;
const rows = withPeers
  ? await runWithPeers(resolve(values.peers), { full: values.full, only, out: resolve(values.out), log })
  : await runAlone(values.full, log);
print(table(rows, withPeers ? columns : contestants));
print('\nReplies are streamed where the figure says so, and whole elsewhere.');
const spent = await costs();
print(`\n${costTable(spent)}`);
const failed = [...failures(rows), ...costFailures(spent)];
for (const failure of failed) print(failure);
process.exitCode = failed.length > 0 ? 1 : 0;
