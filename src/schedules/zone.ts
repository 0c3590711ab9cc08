/** Time zones by the names people give them. */
import { InputError } from '../errors.ts';

const REGIONS = ['Europe', 'America', 'Asia', 'Africa', 'Australia', 'Atlantic', 'Pacific', 'Indian'];

/** Europe/Madrid from `europe/madrid` or `Madrid`; rejects with an InputError what is none. */
export function zoneCalled(name: string): string {
  const given = name.trim().normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/g, '_');
  const places = given.includes('/') ? [] : REGIONS.map((region) => `${region}/${given}`);
  for (const each of [given, ...places]) {
    const zone = canonical(each);
    if (zone) return zone;
  }
  throw new InputError({
    en: `"${name.trim()}" is no time zone I know; write it like Europe/Madrid, America/Mexico_City or UTC.`,
    es: `«${name.trim()}» no es una zona horaria que conozca; escríbela como Europe/Madrid, America/Mexico_City o UTC.`,
  });
}

/** An offset is no zone: its clocks never change. */
function canonical(name: string): string | null {
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions();
    return /^[+-]/.test(timeZone) ? null : timeZone;
  } catch {
    return null;
  }
}
