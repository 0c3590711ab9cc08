import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';

/** SQLITE_BUSY: somebody else has it. */
const busy = z.object({ errcode: z.literal(5) });

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
    if (busy.safeParse(error).success) return null;
    throw error;
  }
  return () => {
    if (database.isOpen) database.close();
  };
}
