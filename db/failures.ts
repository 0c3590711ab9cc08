import { DrizzleQueryError } from 'drizzle-orm';
import { z } from 'zod';
import { DatabaseLost, InputError } from '../src/errors.ts';

const LOST = /^(08...|57P0[1-5]|53300|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND)$/;
/** What the driver says without a code. */
const LOST_WORDS = /connection terminated|connection timeout|timeout exceeded when trying to connect|not queryable/i;

/** What the database said, without the statement and its parameters that Drizzle wraps around it. */
export function unwrapped(error: unknown): unknown {
  return error instanceof DrizzleQueryError ? (error.cause ?? error) : error;
}

const fields = z.object({ code: z.string().catch(''), message: z.string().catch('') });

/**
 * SQLSTATE or system error code, and the message; `''` for what there is not. Parsed, as an error of Node's own is no
 * `instanceof Error` where modules run in a realm of their own, as in tests.
 */
function fieldsOf(error: unknown): { readonly code: string; readonly message: string } {
  return fields.safeParse(unwrapped(error)).data ?? { code: '', message: '' };
}

export function codeOf(error: unknown): string {
  return fieldsOf(error).code;
}

export function isDiskFull(error: unknown): boolean {
  return ['53100', 'ENOSPC'].includes(codeOf(error));
}

export function isLost(error: unknown): boolean {
  return LOST.test(codeOf(error)) || LOST_WORDS.test(fieldsOf(error).message);
}

/** A failure while the database is in use: what the person can put right as an InputError, else the database's own error. */
function explained(error: unknown): unknown {
  const cause = unwrapped(error);
  if (isDiskFull(cause)) return diskFull(cause);
  if (isLost(cause)) {
    return new DatabaseLost(
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
