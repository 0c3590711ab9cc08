/**
 * Preloaded into a command (`--import`): the disk it writes to is full once some megabytes are written, as a real one
 * would be, whoever runs the test and on whatever machine.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/** A database that is there opens in less; a debate needs more. */
const ROOM = 300_000;

let written = 0;
const { writeSync } = fs;

fs.writeSync = (...args: Parameters<typeof writeSync>) => {
  written += writeSync(...args);
  if (written > ROOM)
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), {
      code: 'ENOSPC',
      errno: -28,
      syscall: 'write',
    });
  return written;
};
syncBuiltinESMExports();
