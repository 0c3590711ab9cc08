import { DrizzleQueryError } from 'drizzle-orm';
import { InputError } from '../src/errors.ts';

const LOST = /^(08...|57P0[1-5]|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$/;
/** What the driver says without a code. */
const LOST_WORDS = /connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable/i;

/** What the database said, without the statement and its parameters that Drizzle wraps around it. */
export function unwrapped(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
}

/** SQLSTATE or system error code, `''` when there is none. */
export function codeOf(error: unknown): string {
  const bare = unwrapped(error);
  return bare instanceof Error && 'code' in bare && typeof bare.code === 'string' ? bare.code : '';
}

export function isDiskFull(error: unknown): boolean {
  return ['53100', 'ENOSPC'].includes(codeOf(error));
}

export function isLost(error: unknown): boolean {
  const bare = unwrapped(error);
  return LOST.test(codeOf(bare)) || (bare instanceof Error && LOST_WORDS.test(bare.message));
}

/** A failure while the store is in use: what the person can put right as an InputError, else the database's own error. */
export function explained(error: unknown): unknown {
  const cause = unwrapped(error);
  if (isDiskFull(cause)) return diskFull(cause);
  if (isLost(cause)) {
    return new InputError(
      {
        en: 'The connection to the database was lost; when it is back, resume the debate: what was saved is kept.',
        es: 'Se perdió la conexión con la base de datos; cuando vuelva, reanuda el debate: lo guardado se conserva.',
      },
      { cause },
    );
  }
  return cause;
}

export function diskFull(cause: unknown): InputError {
  return new InputError(
    {
      en: 'The disk that holds the debates is full; free some space and resume the debate.',
      es: 'El disco que guarda los debates está lleno; libera espacio y reanuda el debate.',
    },
    { cause },
  );
}

/** The same call, failing in words people understand. */
export function explaining<Args extends unknown[], Result>(
  call: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  return (...args) =>
    call(...args).catch((error: unknown) => {
      throw explained(error);
    });
}
