import type { Format, Log } from '../debate.ts';
import { InputError } from '../errors.ts';
import { choosing } from './auto.ts';
import { deliberation } from './deliberation.ts';
import { delphi } from './delphi.ts';
import { gated } from './gate.ts';
import { oxford } from './oxford.ts';
import { panel } from './panel.ts';
import { quick } from './quick.ts';
import { redteam } from './redteam.ts';
import { socratic } from './socratic.ts';

const own: readonly Format[] = [panel, deliberation, quick, oxford, redteam, socratic, delphi].map(gated);

export const formats: readonly Format[] = [...own, choosing(own, gated(panel))];

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

/** Id of the format a debate is held in: what the coordinator chose, else what was asked for. */
export function formatHeld({ debate, turns }: Pick<Log, 'debate' | 'turns'>): string {
  return turns.find((turn) => turn.data.choice)?.data.choice?.format ?? debate.format;
}

/** Those the coordinator may choose from. */
export function formatsToChoose(): readonly Format[] {
  return own;
}
