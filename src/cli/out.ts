/** The record in a file of the person's choosing. */
import { access, constants, stat, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { Log } from '../debate.ts';
import { InputError } from '../errors.ts';
import { exportRecord } from '../record/export.ts';
import { buildRecord } from '../record/record.ts';

/** An hour of debate is not lost to a typing mistake in the name of its record: rejects with an InputError before. */
export async function mustBeWritable(cwd: string, out: string): Promise<void> {
  if (!/\.(md|json|html)$/i.test(out)) throw wrongEnding(out);
  const file = resolve(cwd, out);
  await access(dirname(file), constants.W_OK).catch((cause: unknown) => {
    throw noFolder(dirname(file), cause);
  });
  const found = await stat(file).catch(() => null);
  if (found?.isDirectory()) throw isFolder(out);
}

/** Writes the record in the form its ending asks for. `again`: the command that writes it once more. */
export async function writeRecord(cwd: string, out: string, log: Log, again: string): Promise<void> {
  const file = resolve(cwd, out);
  const { content } = exportRecord(buildRecord(log, { now: new Date() }), file);
  await writeFile(file, content).catch((cause: NodeJS.ErrnoException) => {
    throw notWritten(file, cause, again);
  });
}

function wrongEnding(out: string): InputError {
  return new InputError({
    en: `--out ${out} must end in .md, .json or .html; give it one of those endings.`,
    es: `--out ${out} debe terminar en .md, .json o .html; ponle una de esas terminaciones.`,
  });
}

function noFolder(folder: string, cause: unknown): InputError {
  return new InputError(
    {
      en: `The folder ${folder} for --out does not exist or cannot be written; create it or choose another.`,
      es: `La carpeta ${folder} de --out no existe o no se puede escribir; créala o elige otra.`,
    },
    { cause },
  );
}

function isFolder(out: string): InputError {
  return new InputError({
    en: `--out ${out} is a folder; give the name of a file.`,
    es: `--out ${out} es una carpeta; da el nombre de un archivo.`,
  });
}

function notWritten(file: string, cause: NodeJS.ErrnoException, again: string): InputError {
  const full = cause.code === 'ENOSPC' || cause.code === 'EDQUOT';
  return new InputError(
    {
      en: `The debate is kept, but ${file} could not be written (${full ? 'the disk is full' : cause.code}); mend that or choose another place, then: ${again}`,
      es: `El debate queda guardado, pero no se pudo escribir ${file} (${full ? 'el disco está lleno' : cause.code}); arréglalo o elige otro sitio y luego: ${again}`,
    },
    { cause },
  );
}
