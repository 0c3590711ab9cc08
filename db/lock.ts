import { DatabaseSync } from 'node:sqlite';

const BUSY = 5;

/**
 * Takes hold of `file` (created if missing) for this process; null when another holds it. Returns how to let go.
 *
 * SQLite is here for its lock alone: the kernel keeps it and drops it with the process, however that ends, where the
 * age of a lock file could only be guessed at. Nothing else may open the file in this process: closing it again would
 * drop the lock (that is how POSIX locks are).
 */
export function hold(file: string): (() => void) | null {
  const database = new DatabaseSync(file);
  try {
    database.exec('begin exclusive');
  } catch (error) {
    database.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === BUSY) return null;
    throw error;
  }
  return () => {
    if (database.isOpen) database.close();
  };
}
