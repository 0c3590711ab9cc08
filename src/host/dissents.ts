/**
 * Who may still object without a name. Nothing of it is kept but in this process's memory: a workspace has so few
 * members that anything derived from an author, however hashed, could be tried against all of them.
 */
export interface Dissents {
  /** Takes the person's one objection in this debate; false: they have used it. */
  take(debate: string, person: string): boolean;
  /** Gives it back: it came to nothing. */
  giveBack(debate: string, person: string): void;
}

/** Debates remembered at once; older ones are forgotten first. */
const MOST_DEBATES = 1_000;

export function createDissents(): Dissents {
  const heard = new Map<string, Set<string>>();
  return {
    take(debate, person) {
      const those = heard.get(debate) ?? new Set();
      if (those.has(person)) return false;
      heard.set(debate, those.add(person));
      const [oldest] = heard.keys();
      if (heard.size > MOST_DEBATES && oldest !== undefined) heard.delete(oldest);
      return true;
    },
    giveBack: (debate, person) => void heard.get(debate)?.delete(person),
  };
}
