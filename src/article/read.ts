/** Reads an article from wherever it is: a file, an address, an arXiv id, or bytes somebody hands over. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isNativeError } from 'node:util/types';
import type { Article } from '../debate.ts';
import { InputError } from '../errors.ts';
import { arxivAddresses, arxivId } from './arxiv.ts';
import type { Extracted } from './document.ts';
import type { FetchSettings } from './fetch.ts';
import { readyFor } from './language.ts';
import { HttpStatus } from './refusals.ts';
import { sniff } from './sniff.ts';
import { extractText } from './text.ts';

export type ArticleSource = OneSource | ArticleParts;

export type OneSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'url'; readonly url: string }
  | ArticleBytes;

/** Several texts that are debated as one, such as what was said in a thread and the files in it. */
interface ArticleParts {
  readonly kind: 'parts';
  /** What the whole is called, each part under a heading of its own. */
  readonly name: string;
  readonly parts: readonly ArticleBytes[];
}

/** Attachments, stdin, and what was read or fetched. */
export interface ArticleBytes {
  readonly kind: 'bytes';
  /** What to call an article without a title, and a hint of its type. */
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mediaType?: string | undefined;
  /** Where on the web it is. */
  readonly url?: string;
}

export interface ReaderSettings extends FetchSettings {
  /** A PDF may take this long, in ms, and this much memory, in MB. */
  readonly pdfTimeoutMs: number;
  readonly pdfMaxHeapMb: number;
  /** Stands in for https://arxiv.org. */
  readonly arxivBase?: string;
  /** An article of these bytes that was read before. */
  readonly cached?: (sha256: string) => Promise<Article | null>;
}

export const defaultReaderSettings: ReaderSettings = {
  allowPrivateUrls: false,
  timeoutMs: 30_000,
  maxBytes: 50_000_000,
  maxRedirects: 5,
  pdfTimeoutMs: 60_000,
  pdfMaxHeapMb: 1024,
};

/** Characters; beyond, it is a shelf of books. */
const LONGEST_TEXT = 5_000_000;

/** What a person means by a word on the command line or in a chat. A file that is there wins over an arXiv id. */
export function articleSource(argument: string): OneSource {
  const given = argument.trim();
  if (/^file:\/\//i.test(given)) return { kind: 'file', path: pathOf(given) };
  const paper = arxivId(given);
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(given)) return { kind: 'url', url: paper ? arxivAddresses(paper).page : given };
  if (paper && !existsSync(argument)) return { kind: 'url', url: arxivAddresses(paper).page };
  return { kind: 'file', path: argument };
}

function pathOf(fileUrl: string): string {
  try {
    return fileURLToPath(fileUrl);
  } catch (cause) {
    throw noFile(fileUrl, cause);
  }
}

/** Rejects with an InputError that says what to do instead, or with the signal's reason when aborted. */
export async function readArticle(
  source: ArticleSource,
  settings: ReaderSettings,
  signal?: AbortSignal,
): Promise<Article> {
  if (source.kind === 'parts') return readParts(source, settings, signal);
  const found = await loadSource(source, settings, signal);
  signal?.throwIfAborted();
  const { name, url = null } = found;
  const shown = url ?? name;
  const sha256 = createHash('sha256').update(found.bytes).digest('hex');
  const cached = await settings.cached?.(sha256);
  if (cached) return { ...cached, source: shown, url };
  const extracted = await extract(found, settings, signal);
  await readyFor(wordsOf(extracted));
  const { buildArticle } = await import('./passages.ts');
  const article = buildArticle(extracted, { source: shown, url, sha256, fallbackTitle: name });
  if (article.passages.length === 0) throw withoutText(shown);
  return article;
}

function wordsOf({ blocks }: Extracted): string {
  return blocks.map(({ text }) => text).join('\n\n');
}

async function readParts(
  { name, parts }: ArticleParts,
  settings: ReaderSettings,
  signal?: AbortSignal,
): Promise<Article> {
  const hash = createHash('sha256');
  const extracted: Extracted[] = [];
  for (const part of parts) {
    checkSize(part.name, part.bytes.byteLength, settings.maxBytes);
    hash.update(createHash('sha256').update(part.bytes).digest());
    const { title, blocks, warnings } = await extract(part, settings, signal);
    const heading = { kind: 'heading', level: 1, text: title ?? part.name, page: null } as const;
    if (blocks.length > 0) extracted.push({ title, blocks: [heading, ...blocks], warnings });
  }
  const sha256 = hash.digest('hex');
  const cached = await settings.cached?.(sha256);
  if (cached) return { ...cached, source: name };
  const whole = {
    title: name,
    blocks: extracted.flatMap(({ blocks }) => blocks),
    warnings: extracted.flatMap(({ warnings }) => warnings),
  };
  await readyFor(wordsOf(whole));
  const { buildArticle } = await import('./passages.ts');
  const article = buildArticle(whole, { source: name, url: null, sha256, fallbackTitle: name });
  if (article.passages.length === 0) throw withoutText(name);
  return article;
}

/* ── the bytes, wherever they are ──────────────────────────────────────────────────────── */

/** Reads or fetches what is not yet here. Rejects with an InputError, or with the signal's reason when aborted. */
export async function loadSource(
  source: OneSource,
  settings: ReaderSettings,
  signal?: AbortSignal,
): Promise<ArticleBytes> {
  if (source.kind === 'url') return loadUrl(source.url, settings, signal);
  if (source.kind === 'file') {
    const bytes = await readBytes(source.path, settings.maxBytes, signal);
    return { kind: 'bytes', name: basename(source.path), bytes };
  }
  checkSize(source.name, source.bytes.byteLength, settings.maxBytes);
  return source;
}

async function loadUrl(address: string, settings: ReaderSettings, signal?: AbortSignal): Promise<ArticleBytes> {
  const paper = arxivId(address);
  if (paper) return loadPaper(paper, settings, signal);
  const { fetchArticle, webAddress } = await import('./fetch.ts');
  const { href, pathname, hostname } = webAddress(address);
  const name = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  return { kind: 'bytes', ...(await fetchArticle(address, settings, signal)), url: href, name };
}

async function loadPaper(id: string, settings: ReaderSettings, signal?: AbortSignal): Promise<ArticleBytes> {
  const { page, texts } = arxivAddresses(id, settings.arxivBase);
  const { fetchArticle } = await import('./fetch.ts');
  for (const address of texts) {
    const fetched = await fetchArticle(address, settings, signal).catch(orNullIfMissing);
    if (fetched) return { kind: 'bytes', ...fetched, url: page, name: `arXiv:${id}` };
  }
  throw new InputError({
    en: `arXiv has no paper ${id}: check the id.`,
    es: `arXiv no tiene el artículo ${id}: comprueba el identificador.`,
  });
}

function orNullIfMissing(error: unknown): null {
  const cause = error instanceof InputError ? error.cause : null;
  if (cause instanceof HttpStatus && cause.status === 404) return null;
  throw error;
}

/** Looks at the size before reading. */
async function readBytes(path: string, maxBytes: number, signal?: AbortSignal): Promise<Uint8Array> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw directory(path);
    if (!found.isFile()) throw notAFile(path);
    if (found.size > maxBytes) throw largeFile(path, maxBytes);
    const bytes = await readFile(path, { signal });
    checkSize(path, bytes.byteLength, maxBytes);
    return bytes;
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof InputError ? error : ofFileFailure(path, error);
  }
}

function checkSize(name: string, bytes: number, maxBytes: number): void {
  if (bytes === 0) throw emptyFile(name);
  if (bytes > maxBytes) throw largeFile(name, maxBytes);
}

/* ── what the bytes hold ───────────────────────────────────────────────────────────────── */

/** Each reader is loaded when it is needed: together they take longer to load than most articles take to read. */
async function extract(found: ArticleBytes, settings: ReaderSettings, signal?: AbortSignal): Promise<Extracted> {
  const { bytes, name, mediaType } = found;
  const sniffed = await sniff(bytes, mediaType === undefined ? { name } : { name, mediaType });
  if (sniffed.kind === 'pdf') {
    const { extractPdf } = await import('./pdf.ts');
    return extractPdf(bytes, { timeoutMs: settings.pdfTimeoutMs, maxHeapMb: settings.pdfMaxHeapMb }, signal);
  }
  if (sniffed.kind === 'html') return (await import('./html.ts')).extractHtml(sniffed.text);
  if (sniffed.text.length > LONGEST_TEXT) throw longText(found.url ?? name);
  if (sniffed.kind === 'markdown') return (await import('./markdown.ts')).extractMarkdown(sniffed.text);
  return extractText(sniffed.text);
}

/* ── what is wrong with a file ─────────────────────────────────────────────────────────── */

function ofFileFailure(path: string, cause: unknown): unknown {
  const code = isNativeError(cause) && 'code' in cause ? String(cause.code) : '';
  if (['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'ERR_INVALID_ARG_VALUE'].includes(code))
    return noFile(path, cause);
  if (code === 'EACCES' || code === 'EPERM') return mayNotRead(path, cause);
  return /^E[A-Z]+$/.test(code) ? notReadable(path, code, cause) : cause;
}

function mayNotRead(path: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `You may not read "${path}": change its permissions or copy it somewhere you can read.`,
      es: `No tienes permiso para leer «${path}»: cambia sus permisos o cópialo donde puedas leerlo.`,
    },
    { cause },
  );
}

/** The disk or the network behind it. */
function notReadable(path: string, code: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `"${path}" could not be read (${code}): try again, or give a copy of it on another disk.`,
      es: `No se pudo leer «${path}» (${code}): inténtalo otra vez o indica una copia en otro disco.`,
    },
    { cause },
  );
}

function noFile(path: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `There is no file "${path}": check the path, or begin a web address with https://.`,
      es: `No existe el archivo «${path}»: comprueba la ruta o, si es una dirección web, empieza por https://.`,
    },
    { cause },
  );
}

function directory(path: string): InputError {
  return new InputError({
    en: `"${path}" is a folder: give one file in it.`,
    es: `«${path}» es una carpeta: indica un archivo de ella.`,
  });
}

function notAFile(path: string): InputError {
  return new InputError({
    en: `"${path}" is not a regular file: give its content on standard input, with - as the article.`,
    es: `«${path}» no es un archivo normal: pasa su contenido por la entrada estándar, con - como artículo.`,
  });
}

function emptyFile(name: string): InputError {
  return new InputError({
    en: `"${name}" is empty: give an article with text in it.`,
    es: `«${name}» está vacío: indica un artículo con texto.`,
  });
}

function largeFile(name: string, maxBytes: number): InputError {
  const size = `${Math.floor(maxBytes / 1e6)} MB`;
  return new InputError({
    en: `"${name}" is larger than ${size}, the most that is read: give a shorter version of the article.`,
    es: `«${name}» ocupa más de ${size}, lo máximo que se lee: indica una versión más corta del artículo.`,
  });
}

function longText(name: string): InputError {
  return new InputError({
    en: `"${name}" is far longer than an article: give the part that is to be debated.`,
    es: `«${name}» es mucho más largo que un artículo: indica la parte que se va a debatir.`,
  });
}

function withoutText(name: string): InputError {
  return new InputError({
    en: `"${name}" holds no text to debate (a page may need scripts to show it): save it as a PDF from a browser and give that file.`,
    es: `«${name}» no contiene texto que debatir (quizá la página lo muestra con scripts): guárdala como PDF desde un navegador e indica ese archivo.`,
  });
}
