import type { Format } from '../debate.ts';
import { InputError } from '../errors.ts';
import { panel } from './panel.ts';

export const formats: readonly Format[] = [panel];

export const DEFAULT_FORMAT = panel.id;

/** The format of that name, or an InputError that lists those there are. */
export function findFormat(id: string, known: readonly Format[] = formats): Format {
  const format = known.find((each) => each.id === id);
  if (format) return format;
  const names = known.map((each) => each.id).join(', ');
  throw new InputError({
    en: `There is no format called "${id}"; use one of: ${names}.`,
    es: `No hay ningún formato llamado «${id}»; usa uno de estos: ${names}.`,
  });
}
