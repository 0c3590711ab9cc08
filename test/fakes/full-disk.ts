/**
 * Preloaded into a command (`--import`): its disk is full while there is a file `disk-full` where it runs, whoever runs
 * the test and on whatever machine.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const FULL = { code: 'ENOSPC', errno: -28, syscall: 'write' };

const { writeSync, existsSync } = fs;

Object.assign(fs, {
  writeSync(...args: Parameters<typeof writeSync>): number {
    // What it prints does not go to the disk.
    if (args[0] <= 2 || !existsSync('disk-full')) return writeSync(...args);
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), FULL);
  },
});
syncBuiltinESMExports();
