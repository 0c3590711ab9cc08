/** Whether a schedule keeps failing. Pure. */
import type { Localised } from '../debate.ts';
import type { PastRun, Schedule } from './schedule.ts';

const TOO_OFTEN = 3;

export const OUR_FAULT: Localised = {
  en: 'a fault of the program',
  es: 'un fallo del programa',
};

/** Those since it was made active that tell whether it works, newest first. */
export function runsInARow({ activeSince }: Schedule, runs: readonly PastRun[]): readonly PastRun[] {
  const since = activeSince?.getTime() ?? 0;
  return runs.filter(({ slot, outcome }) => slot.getTime() >= since && outcome !== 'skipped' && outcome !== 'missed');
}

/** Why it is no use to go on; null: not every one of the last three runs failed. */
export function failingReason(runs: readonly PastRun[]): Localised | null {
  const last = runs.slice(0, TOO_OFTEN);
  const [newest] = last;
  if (!newest || last.length < TOO_OFTEN || !last.every(hasFailed)) return null;
  const why = newest.why ?? {
    en: `debate ${newest.debate} broke off; "status" tells why`,
    es: `el debate ${newest.debate} se interrumpió; «estado» dice por qué`,
  };
  return {
    en: `it failed ${TOO_OFTEN} times in a row, last: ${why.en.replace(/\.$/, '')}`,
    es: `ha fallado ${TOO_OFTEN} veces seguidas, la última: ${why.es.replace(/\.$/, '')}`,
  };
}

function hasFailed({ outcome, debateStatus }: PastRun): boolean {
  return outcome === 'failed' || (outcome === 'debated' && debateStatus === 'failed');
}
