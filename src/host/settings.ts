/** A workspace's settings as people read and change them. */
import { inLanguage, type Language, type Localised } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { VerbArgument } from '../ports/host.ts';
import type { WorkspaceSettings } from '../ports/store.ts';
import { zoneCalled } from '../schedules/zone.ts';
import { dollars } from '../spending/dollars.ts';

type Right = keyof WorkspaceSettings['roles'];
type Limit = keyof WorkspaceSettings['limits'];

interface Setting<Key> {
  readonly key: Key;
  readonly argument: VerbArgument;
  /** What holds when nothing is set. */
  readonly unset: Localised;
}

const right = (key: Right, word: Localised, summary: Localised, unset: Localised): Setting<Right> => ({
  key,
  argument: { name: key, word, summary, required: false, choices: 'roles' },
  unset,
});

const admins: Localised = { en: 'admins only', es: 'solo administradores' };

const rights: readonly Setting<Right>[] = [
  right(
    'start',
    { en: 'start', es: 'empezar' },
    { en: 'Roles that may start debates', es: 'Roles que pueden empezar debates' },
    { en: 'everybody', es: 'todo el mundo' },
  ),
  right(
    'steer',
    { en: 'steer', es: 'dirigir' },
    { en: 'Roles that may steer debates others opened', es: 'Roles que pueden dirigir debates de otros' },
    { en: 'whoever opened it and admins', es: 'quien lo abrió y los administradores' },
  ),
  right(
    'schedule',
    { en: 'schedule', es: 'programar' },
    { en: 'Roles that may schedule debates', es: 'Roles que pueden programar debates' },
    admins,
  ),
  right(
    'personas',
    { en: 'personas', es: 'personas' },
    { en: 'Roles that may edit personas', es: 'Roles que pueden editar las personas' },
    admins,
  ),
];

const limit = (key: Limit, name: string, word: Localised, summary: Localised): Setting<Limit> => ({
  key,
  argument: { name, word, summary, required: false },
  unset: { en: 'no limit', es: 'sin límite' },
});

const limits: readonly Setting<Limit>[] = [
  limit(
    'debatesPerPersonPerDay',
    'per-person',
    { en: 'per-person', es: 'por-persona' },
    { en: 'Debates a person may start in 24 hours', es: 'Debates que una persona puede empezar en 24 horas' },
  ),
  limit(
    'debatesPerDay',
    'per-day',
    { en: 'per-day', es: 'por-día' },
    { en: 'Debates in 24 hours', es: 'Debates en 24 horas' },
  ),
  limit(
    'tokensPerDay',
    'tokens',
    { en: 'tokens', es: 'tokens' },
    { en: 'Tokens in 24 hours', es: 'Tokens en 24 horas' },
  ),
  limit(
    'moneyPerDay',
    'money',
    { en: 'money', es: 'dinero' },
    { en: 'US dollars in 24 hours', es: 'Dólares de EE. UU. en 24 horas' },
  ),
];

const zone: Setting<'zone'> = {
  key: 'zone',
  argument: {
    name: 'zone',
    word: { en: 'zone', es: 'zona' },
    summary: { en: 'Time zone of schedules, such as Europe/Madrid', es: 'Zona horaria, como Europe/Madrid' },
    required: false,
  },
  unset: { en: 'UTC', es: 'UTC' },
};

export const settingArguments: readonly VerbArgument[] = [...rights, ...limits, zone].map(({ argument }) => argument);

/** What takes a role or limit off again. */
const NOTHING = /^(?:-|none|no|nobody|ninguno|ninguna|nadie|sin)$/i;

/** The settings with what was given changed; throws an InputError for a value that is none. */
export function changedSettings(before: WorkspaceSettings, args: Readonly<Record<string, string>>): WorkspaceSettings {
  const given = <Key>(settings: readonly Setting<Key>[]) =>
    settings.flatMap(({ key, argument }) => {
      const value = args[argument.name]?.trim();
      return value ? [{ key, argument, value }] : [];
    });
  const [zoned] = given([zone]);
  return {
    zone: zoned ? zoneIn(zoned.value) : before.zone,
    roles: {
      ...before.roles,
      ...Object.fromEntries(given(rights).map(({ key, value }) => [key, rolesIn(value)])),
    },
    limits: {
      ...before.limits,
      ...Object.fromEntries(
        given(limits).map(({ key, argument, value }) => [
          key,
          key === 'moneyPerDay' ? moneyIn(value, argument) : numberIn(value, argument),
        ]),
      ),
    },
  };
}

function rolesIn(value: string): readonly string[] {
  return NOTHING.test(value) ? [] : [...new Set(value.split(/[\s,]+/).filter(Boolean))];
}

function zoneIn(value: string): string | null {
  return NOTHING.test(value) ? null : zoneCalled(value);
}

function numberIn(value: string, { word }: VerbArgument): number | null {
  if (NOTHING.test(value)) return null;
  if (/^\d{1,12}$/.test(value)) return Number(value);
  throw new InputError({
    en: `"${word.en}" must be a whole number, or "none" for no limit, and was "${value}"; give another value.`,
    es: `«${word.es}» debe ser un número entero, o «ninguno» si no hay límite, y era «${value}»; da otro valor.`,
  });
}

function moneyIn(value: string, { word }: VerbArgument): number | null {
  if (NOTHING.test(value)) return null;
  const amount = /^\$?\s?(\d{1,9}(?:[.,]\d{1,4})?)$/.exec(value)?.[1];
  if (amount !== undefined) return Number(amount.replace(',', '.'));
  throw new InputError({
    en: `"${word.en}" must be an amount of US dollars such as 2.50, or "none" for no limit, and was "${value}"; give another value.`,
    es: `«${word.es}» debe ser una cantidad de dólares como 2,50, o «ninguno» si no hay límite, y era «${value}»; da otro valor.`,
  });
}

/** A line a setting, Markdown. `names`: what people call roles, by right. */
export function describeSettings(
  settings: WorkspaceSettings,
  names: WorkspaceSettings['roles'],
  language: Language,
): string {
  const numbers = new Intl.NumberFormat(language);
  const line = ({ argument, unset }: Setting<unknown>, value: string | null) =>
    `- ${inLanguage(argument.summary, language)} (*${inLanguage(argument.word, language)}*): **${value ?? inLanguage(unset, language)}**`;
  return [
    ...rights.map((each) => line(each, names[each.key].join(', ') || null)),
    ...limits.map((each) => {
      const most = settings.limits[each.key];
      const shown = most === null ? null : each.key === 'moneyPerDay' ? dollars(most, language) : numbers.format(most);
      return line(each, shown);
    }),
    line(zone, settings.zone),
  ].join('\n');
}
