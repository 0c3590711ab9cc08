import { inLanguage, type Language, type Localised } from './debate.ts';

/**
 * Something the person can put right: one sentence that says what and the remedy, in their language.
 * Every other error is a failure of ours.
 */
export class InputError extends Error {
  readonly text: Localised;

  constructor(text: Localised, options?: ErrorOptions) {
    super(text.en, options);
    this.name = 'InputError';
    this.text = text;
  }

  in(language: Language): string {
    return inLanguage(this.text, language);
  }
}

/** What the person can put right about a failure: the first InputError among it and its causes, else null. */
export function remedyOf(error: unknown): InputError | null {
  for (let each = error; each instanceof Error; each = each.cause) if (each instanceof InputError) return each;
  return null;
}

/** Somebody stopped the program; what was said so far is kept and the debate can be resumed. */
export class Interrupted extends Error {
  constructor() {
    super('interrupted');
    this.name = 'Interrupted';
  }
}

/** The debate is in other hands: whatever this process was about to do is theirs to do. */
export class ClaimLost extends Error {
  constructor(debate: string, options?: ErrorOptions) {
    super(`debate ${debate} is in other hands`, options);
    this.name = 'ClaimLost';
  }
}

/** The database does not answer; what was asked of it may be asked again. */
export class DatabaseLost extends InputError {}

export function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
