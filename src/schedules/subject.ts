/** Which schedule, and which of its runs, somebody means. */
import { InputError } from '../errors.ts';
import type { Place, VerbArgument } from '../ports/host.ts';
import type { Store } from '../ports/store.ts';
import type { Schedule } from './schedule.ts';

/** The argument of verbs about one schedule. */
export const SCHEDULE: VerbArgument = {
  name: 'schedule',
  word: { en: 'schedule', es: 'programado' },
  summary: { en: 'Which one; may be left out where there is one only', es: 'Cuál; si solo hay uno, no hace falta' },
  required: false,
  choices: 'schedules',
};

export interface Meant {
  readonly schedule: Schedule;
  /** The run a button is about; null: whichever comes next. */
  readonly slot: Date | null;
}

/** Of one run of a schedule, so that a button pressed a week later does not touch another run. */
export function subjectOf(id: string, slot: Date): string {
  return `${id}@${slot.getTime().toString(36)}`;
}

/** Rejects with an InputError that names those there are. */
export async function scheduleMeant(
  store: Pick<Store, 'schedules'>,
  { workspace, channel }: Place,
  subject = '',
): Promise<Meant> {
  const [id = '', slot] = subject.trim().split('@');
  const found = id === '' ? null : await store.schedules.find(workspace, id);
  if (found) return { schedule: found, slot: slot ? new Date(Number.parseInt(slot, 36)) : null };
  const all = await store.schedules.list(workspace);
  const here = all.filter(({ place }) => place.channel === channel);
  const [only] = here.length === 1 ? here : all.length === 1 ? all : [];
  if (id === '' && only) return { schedule: only, slot: null };
  throw unknown(id, all);
}

function unknown(id: string, all: readonly Schedule[]): InputError {
  const ids = all.map((each) => each.id).join(', ');
  if (ids === '') {
    return new InputError({
      en: 'Nothing is scheduled here; "schedule" does it.',
      es: 'Aquí no hay nada programado; «programar» lo hace.',
    });
  }
  const [en, es] = id
    ? [`There is no schedule ${id} here`, `Aquí no hay ninguna programación ${id}`]
    : ['Say which schedule you mean', 'Di qué programación quieres decir'];
  return new InputError({ en: `${en}; there are: ${ids}.`, es: `${es}; hay: ${ids}.` });
}
