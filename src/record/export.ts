import { basename } from 'node:path';
import { InputError } from '../errors.ts';
import { renderHtml } from './html.ts';
import { renderMarkdown } from './markdown.ts';
import type { DebateRecord } from './schema.ts';

interface Export {
  /** File name, no folder. */
  readonly name: string;
  readonly mediaType: string;
  /** UTF-8 text. */
  readonly content: string;
}

const kinds = new Map<string, { mediaType: string; render: (record: DebateRecord) => string }>([
  ['md', { mediaType: 'text/markdown', render: renderMarkdown }],
  ['json', { mediaType: 'application/json', render: (record) => `${JSON.stringify(record, null, 2)}\n` }],
  ['html', { mediaType: 'text/html', render: renderHtml }],
]);

/**
 * The record in the form a file's ending asks for, or in one of `md`, `json`, `html` under a name of its own.
 * InputError for any other ending.
 */
export function exportRecord(record: DebateRecord, file: string): Export {
  const { name, ending } = namesAFile(file);
  const kind = kinds.get(ending);
  if (!kind) {
    throw new InputError({
      en: `Cannot tell the form of “${file}”: end the file name in .md, .json or .html.`,
      es: `No se sabe qué formato quiere «${file}»: termine el nombre del archivo en .md, .json o .html.`,
    });
  }
  return {
    name: name || `${slug(record.debate.title) || 'debate'}.${ending}`,
    mediaType: kind.mediaType,
    content: kind.render(record),
  };
}

function namesAFile(file: string): { name: string; ending: string } {
  if (kinds.has(file)) return { name: '', ending: file };
  const name = basename(file);
  const dot = name.lastIndexOf('.');
  return { name, ending: dot < 0 ? '' : name.slice(dot + 1).toLowerCase() };
}

function slug(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}]+/gu);
  return (words ?? []).join('-').slice(0, 60).replace(/-+$/, '');
}
