/** Time zones by the names people give them. */
import { InputError } from '../errors.ts';

/** Europe/Madrid from `europe/madrid` or `Madrid`; rejects with an InputError what is none. */
export function zoneCalled(name: string): string {
  const given = fold(name);
  const zones = Intl.supportedValuesOf('timeZone');
  const same = zones.find((zone) => fold(zone) === given);
  if (same) return same;
  const [only, ...others] = zones.filter((zone) => fold(zone).split('/').at(-1) === given);
  if (only && others.length === 0) return only;
  const known = canonical(name.trim());
  if (known && !/^[+-]/.test(known)) return known;
  throw new InputError({
    en: `"${name.trim()}" is no time zone I know; write it like Europe/Madrid, America/Mexico_City or UTC.`,
    es: `«${name.trim()}» no es una zona horaria que conozca; escríbela como Europe/Madrid, America/Mexico_City o UTC.`,
  });
}

/** Names that stand for another, such as UTC and Asia/Calcutta, are valid and not in the list. Offsets never change clocks. */
function canonical(name: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return null;
  }
}

function fold(text: string): string {
  return text
    .trim()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
}
