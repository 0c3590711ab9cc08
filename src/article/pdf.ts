/** PDF → blocks, parsed off the main thread with limits on time and memory. */
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Localised } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Extracted } from './document.ts';
import type { Hidden, PdfOutcome } from './pdf/read.ts';

export interface PdfLimits {
  readonly timeoutMs: number;
  /** Of the thread that parses; the bytes themselves do not count. */
  readonly maxHeapMb: number;
}

/**
 * Title, blocks in reading order and warnings of a PDF. Rejects with an InputError when it is encrypted, broken,
 * without text or beyond the limits, and with the signal's reason when aborted.
 */
export async function extractPdf(bytes: Uint8Array, limits: PdfLimits, signal?: AbortSignal): Promise<Extracted> {
  signal?.throwIfAborted();
  const outcome = await inWorker(bytes, limits, signal);
  if (outcome.kind !== 'read')
    throw new InputError(REFUSALS[outcome.kind], { cause: 'reason' in outcome ? outcome.reason : undefined });
  if (outcome.silent.length === outcome.pages) throw new InputError(NO_TEXT);
  const { title, blocks, silent, hidden } = outcome;
  return { title, blocks, warnings: [...hiddenText(hidden), ...silentPages(silent)] };
}

function inWorker(bytes: Uint8Array, limits: PdfLimits, signal: AbortSignal | undefined): Promise<PdfOutcome> {
  // `.ts` as it stands, `.js` in the published package.
  const worker = new Worker(new URL(`./pdf/worker${extname(import.meta.filename)}`, import.meta.url), {
    workerData: bytes,
    resourceLimits: { maxOldGenerationSizeMb: limits.maxHeapMb },
    // Whatever the library has to say to a console is not for our readers.
    stdout: true,
    stderr: true,
    execArgv: [],
    env: {},
  });
  const { promise, resolve, reject } = Promise.withResolvers<PdfOutcome>();
  const timer = setTimeout(() => reject(new InputError(TOO_SLOW)), limits.timeoutMs);
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  worker.once('message', resolve);
  worker.once('error', (error) => reject(isOutOfMemory(error) ? new InputError(TOO_LARGE, { cause: error }) : error));
  worker.once('exit', () => reject(new InputError(REFUSALS.broken)));
  return promise.finally(async () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
  });
}

function isOutOfMemory(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

const REFUSALS: Readonly<Record<Exclude<PdfOutcome['kind'], 'read'>, Localised>> = {
  encrypted: {
    en: 'The PDF is locked with a password: save an unlocked copy (for example `qpdf --decrypt --password=… in.pdf out.pdf`) and use that.',
    es: 'El PDF está protegido con contraseña: guarda una copia sin ella (por ejemplo `qpdf --decrypt --password=… entrada.pdf salida.pdf`) y úsala.',
  },
  broken: {
    en: 'The PDF is damaged or incomplete and cannot be read: download it again, or use the HTML or text version.',
    es: 'El PDF está dañado o incompleto y no se puede leer: descárgalo de nuevo o usa la versión HTML o de texto.',
  },
  'no pages': {
    en: 'The PDF has no pages: check that it is the right file.',
    es: 'El PDF no tiene páginas: comprueba que sea el archivo correcto.',
  },
};

const NO_TEXT: Localised = {
  en: 'The PDF has no text layer (scanned pages, most likely): run OCR on it, for example `ocrmypdf in.pdf out.pdf`, and use the result.',
  es: 'El PDF no tiene capa de texto (probablemente sean páginas escaneadas): pásale un OCR, por ejemplo `ocrmypdf entrada.pdf salida.pdf`, y usa el resultado.',
};

const TOO_SLOW: Localised = {
  en: 'The PDF takes too long to read: use a shorter or simpler file, or its HTML or text version.',
  es: 'El PDF tarda demasiado en leerse: usa un archivo más corto o más sencillo, o su versión HTML o de texto.',
};

const TOO_LARGE: Localised = {
  en: 'The PDF needs too much memory to read: use a smaller file, or its HTML or text version.',
  es: 'El PDF necesita demasiada memoria para leerse: usa un archivo más pequeño, o su versión HTML o de texto.',
};

function hiddenText(hidden: readonly Hidden[]): Localised[] {
  if (hidden.length === 0) return [];
  const words = hidden.reduce((sum, page) => sum + page.words, 0);
  const pages = ranges(hidden.map(({ page }) => page));
  const reasons = [...new Set(hidden.flatMap(({ why }) => why))].map((why) => REASONS[why]);
  return [
    {
      en: `The PDF holds text its readers cannot see (${words} words on page ${pages}: ${reasons.map((r) => r.en).join(', ')}); it was left out.`,
      es: `El PDF contiene texto que sus lectores no pueden ver (${words} palabras en la página ${pages}: ${reasons.map((r) => r.es).join(', ')}); se ha omitido.`,
    },
  ];
}

const REASONS: Readonly<Record<Hidden['why'][number], Localised>> = {
  invisible: { en: 'drawn without ink', es: 'escrito sin tinta' },
  color: { en: 'in the colour of the background', es: 'del color del fondo' },
  tiny: { en: 'too small to read', es: 'demasiado pequeño para leerlo' },
  outside: { en: 'outside the page', es: 'fuera de la página' },
  layer: { en: 'on a layer that is not shown', es: 'en una capa que no se muestra' },
};

function silentPages(pages: readonly number[]): Localised[] {
  if (pages.length === 0) return [];
  const list = ranges(pages);
  return [
    {
      en: `No text could be read on page ${list} of the PDF (blank or a picture).`,
      es: `No se pudo leer texto en la página ${list} del PDF (en blanco o una imagen).`,
    },
  ];
}

/** `1, 3–5` */
function ranges(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && page === last[1] + 1) last[1] = page;
    else runs.push([page, page]);
  }
  return runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`)).join(', ');
}
