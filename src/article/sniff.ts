/** What some bytes are, by looking at them: names and declared types lie. */
import { fileTypeFromBuffer } from 'file-type';
import type { Localised } from '../debate.ts';
import { InputError } from '../errors.ts';
import { bomOf, decodeText } from './charset.ts';

type Sniffed =
  | { readonly kind: 'pdf' }
  /** `text` is decoded. */
  | { readonly kind: 'html' | 'markdown' | 'text'; readonly text: string };

/** Settles what the bytes alone leave open: Markdown or plain text, and the encoding. */
export interface SniffHints {
  readonly name?: string;
  /** As a server sends it, with its charset. */
  readonly mediaType?: string;
}

/** Says what the bytes are; rejects with an InputError that names what they look like when nobody can read them. */
export async function sniff(bytes: Uint8Array, hints: SniffHints = {}): Promise<Sniffed> {
  if (isPdf(bytes)) return { kind: 'pdf' };
  if (!isText(bytes)) throw unreadable(await lookOf(bytes));
  const text = decodeText(bytes, hints.mediaType);
  return { kind: textKind(text, hints), text };
}

/** Some programs put a few lines before the mark; readers look for it in the first kilobyte. */
function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-');
}

/** Nothing reads like text that holds NUL bytes or many control characters, or is source for a printer. */
function isText(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 5)).toString('latin1');
  if (start.startsWith('%!PS') || start === '{\\rtf') return false;
  if (bomOf(bytes)?.startsWith('utf-16')) return true;
  const sample = bytes.subarray(0, 64 * 1024);
  // Tab, line ends, form feed and escape (coloured terminal output) are part of texts.
  const control = sample.filter((byte) => byte < 0x20 && !TEXT_CONTROLS.has(byte)).length;
  return !sample.includes(0) && control <= sample.length / 100;
}

const TEXT_CONTROLS = new Set([0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1b]);

/* ── HTML, Markdown or plain text ──────────────────────────────────────────────────────── */

const PAGE_START = /^(?:<!doctype\s+html|<(?:html|head|body|title|meta|link|script|style|main|article|section)\b)/i;
const MARKUP_START = /^<(?:div|p|h[1-6]|a|table|b|br|font|ul|ol|iframe|span|center|header|nav)\b[^>]*>/i;

function textKind(text: string, { name = '', mediaType = '' }: SniffHints): 'html' | 'markdown' | 'text' {
  const start = text.slice(0, 8192).replace(/^(?:\s|\ufeff|<\?xml[^>]*\?>|<!--[\s\S]*?-->)+/i, '');
  if (PAGE_START.test(start)) return 'html';
  const saysMarkdown = /\.(?:md|markdown|mdx|mkd)$/i.test(name) || /^text\/(?:x-)?markdown/i.test(mediaType);
  if (saysMarkdown) return 'markdown';
  const saysPage = /\.(?:x?html?)$/i.test(name) || /^(?:text\/html|application\/xhtml)/i.test(mediaType);
  if (saysPage && /<\/?[a-z][^>]*>/i.test(text)) return 'html';
  if (looksLikeMarkdown(text)) return 'markdown';
  return MARKUP_START.test(start) ? 'html' : 'text';
}

/** Plain text holds one of these signs by chance, not two. */
function looksLikeMarkdown(text: string): boolean {
  if (/^---\r?\n[\s\S]{0,4000}?\n---\r?\n/.test(text)) return true;
  const signs = [
    /^#{1,6} +\S/m,
    /^(?:```|~~~)/m,
    /\[[^\]\n]+\]\((?:https?:|[./#]|mailto:)[^)\s]*\)/,
    /(?:\*\*|__)[^\s*_][^*_\n]*(?:\*\*|__)/,
    /^[-*+] +\S.*\n[-*+] +\S/m,
    /^> +\S/m,
    /^\|.*\|\r?\n\|[ :|-]+\|/m,
    /`[^`\n]+`/,
  ];
  return signs.filter((sign) => sign.test(text)).length >= 2 || /^(?:\s*)# +\S/.test(text);
}

/* ── bytes nobody can read ─────────────────────────────────────────────────────────────── */

/** By media type, longest match first. */
const LOOKS: readonly (readonly [RegExp, Localised])[] = [
  [
    /wordprocessing|msword|opendocument\.text|rtf/,
    { en: 'a word-processor document', es: 'un documento de texto de ofimática' },
  ],
  [/presentation|powerpoint/, { en: 'a slide deck', es: 'una presentación' }],
  [/spreadsheet|excel/, { en: 'a spreadsheet', es: 'una hoja de cálculo' }],
  [/epub/, { en: 'an EPUB book', es: 'un libro EPUB' }],
  [/postscript/, { en: 'a PostScript file', es: 'un archivo PostScript' }],
  [/^image\//, { en: 'an image', es: 'una imagen' }],
  [/^audio\//, { en: 'an audio recording', es: 'una grabación de audio' }],
  [/^video\//, { en: 'a video', es: 'un vídeo' }],
  [/zip|gzip|x-tar|7z|rar|bzip|x-xz|zstd|compress/, { en: 'a compressed archive', es: 'un archivo comprimido' }],
  [/cfb/, { en: 'an old Office document', es: 'un documento antiguo de Office' }],
];

const BINARY: Localised = { en: 'binary data', es: 'datos binarios' };

async function lookOf(bytes: Uint8Array): Promise<Localised> {
  const type = await fileTypeFromBuffer(bytes).catch(() => undefined);
  if (!type) return BINARY;
  const known = LOOKS.find(([pattern]) => pattern.test(type.mime));
  return known?.[1] ?? { en: `a ${type.ext.toUpperCase()} file`, es: `un archivo ${type.ext.toUpperCase()}` };
}

function unreadable(look: Localised): InputError {
  return new InputError({
    en: `This looks like ${look.en}, not an article: give a PDF, HTML, Markdown or plain-text file (most programs can save as PDF).`,
    es: `Esto parece ${look.es}, no un artículo: indica un archivo PDF, HTML, Markdown o de texto (casi todos los programas guardan en PDF).`,
  });
}
