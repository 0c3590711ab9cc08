/** How the command says that something went wrong: one sentence, no stack. */
import { inLanguage, type Language } from '../debate.ts';
import { InputError, Interrupted } from '../errors.ts';

export const EXIT = { done: 0, failed: 1, badInput: 2, interrupted: 130 } as const;

export function exitCode(error: unknown): number {
  if (error instanceof Interrupted) return EXIT.interrupted;
  return error instanceof InputError ? EXIT.badInput : EXIT.failed;
}

/** What is shown cannot be: its reader has gone (`| head`), which is their way to stop, or its disk is full. */
export function lostOutput(cause: unknown): Error {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'EPIPE') return new Interrupted();
  return new InputError(
    {
      en: `What is shown could not be written (${code || 'no reason given'}); make room for it or send it elsewhere, nothing is lost.`,
      es: `No se pudo escribir lo que se muestra (${code || 'sin motivo'}); hazle sitio o envíalo a otra parte, no se pierde nada.`,
    },
    { cause },
  );
}

/** What happened and the remedy. `resume`: the command that takes the debate up again, when there is one. */
export function sentence(error: unknown, language: Language, resume: string | null): string {
  const again =
    resume === null
      ? ''
      : inLanguage({ en: ` Take it up again with: ${resume}`, es: ` Para retomarlo: ${resume}` }, language);
  if (error instanceof Interrupted) {
    return (
      inLanguage({ en: 'Interrupted; nothing is lost.', es: 'Interrumpido; no se pierde nada.' }, language) + again
    );
  }
  if (error instanceof InputError) return error.in(language) + again;
  const what = inLanguage({ en: 'That failed', es: 'Ha fallado' }, language);
  return `${what}: ${reasons(error).join(': ')}.${again}`.replace(/\.\.( |$)/, '.$1');
}

/** The messages down the chain of causes, each once, each one line. */
export function reasons(error: unknown): string[] {
  const messages: string[] = [];
  for (let each: unknown = error; each instanceof Error && messages.length < 4; each = each.cause) {
    const message = (each.message.split('\n')[0] ?? '').trim().replace(/\.$/, '');
    if (message && !messages.some((other) => other.includes(message))) messages.push(message);
  }
  return messages.length > 0 ? messages : [String(error)];
}
