/** Faults laid for requests to come. */
import type { Fault, FaultSetting, Faults } from './controls.ts';

interface Laid {
  readonly method: string;
  readonly fault: Fault;
  readonly from: number;
  readonly to: number;
  seen: number;
  struck: number;
}

export interface FaultBook extends Faults {
  /** The fault for this request, counted once; null: none. */
  take(method: string): Fault | null;
}

export function faultBook(): FaultBook {
  const laid: Laid[] = [];
  return {
    on(method: string, fault: Fault, setting: FaultSetting = {}) {
      const from = setting.nth ?? 1;
      const one: Laid = { method, fault, from, to: from + (setting.times ?? 1), seen: 0, struck: 0 };
      laid.push(one);
      return one;
    },
    clear() {
      laid.length = 0;
    },
    take(method) {
      let found: Fault | null = null;
      for (const one of laid) {
        if (one.method !== method) continue;
        one.seen += 1;
        if (found !== null || one.seen < one.from || one.seen >= one.to) continue;
        one.struck += 1;
        found = one.fault;
      }
      return found;
    },
  };
}
