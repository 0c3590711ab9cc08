/** What some formats come to, counted from the log and not told by a model: the swing, the ranking, the range. */
import type { Ballot, EstimateRange, Log, Risk, Swing, Synthesis, Tally } from '../debate.ts';
import { delphi } from '../formats/delphi.ts';
import { benches, oxford } from '../formats/oxford.ts';
import { redteam } from '../formats/redteam.ts';
import { formatHeld } from '../formats/registry.ts';

export function outcomes(reported: readonly Risk[], log: Log): Pick<Synthesis, 'swing' | 'risks' | 'range'> {
  switch (formatHeld(log)) {
    case oxford.id:
      return { swing: swingOf(log) };
    case redteam.id:
      return { risks: ranked(reported, log) };
    case delphi.id: {
      const range = rangeOf(log);
      return range ? { range } : {};
    }
    default:
      return {};
  }
}

/** The seats that only listened, and the people who voted. */
function swingOf(log: Pick<Log, 'debate' | 'turns'>): Swing {
  const { votes, panel } = log.debate;
  const taken = benches(panel).audience.map(({ id }) =>
    log.turns.flatMap((turn) => (turn.speaker === id ? (turn.data.stance?.stance ?? []) : [])),
  );
  const before = ballot([...taken.flatMap((each) => each.slice(0, 1)), ...spread(votes?.before)]);
  const after = ballot([...taken.flatMap((each) => each.slice(-1)), ...spread(votes?.after)]);
  const gained = after.for - before.for - (after.against - before.against);
  return { before, after, winner: gained === 0 ? null : gained > 0 ? 'for' : 'against' };
}

function spread(tally: Tally = []): number[] {
  return tally.flatMap(({ stance, people }) => Array.from({ length: people }, () => stance));
}

function ballot(stances: readonly number[]): Ballot {
  const count = (holds: (stance: number) => boolean) => stances.filter(holds).length;
  return {
    for: count((stance) => stance > 0),
    against: count((stance) => stance < 0),
    undecided: count((stance) => stance === 0),
  };
}

/** The worst first, by what the attackers said of likelihood and harm; one the coordinator left out is there, too. */
function ranked(reported: readonly Risk[], log: Log): Risk[] {
  const found = log.turns.flatMap(({ n, data }) => (data.failure ? [{ n, failure: data.failure }] : []));
  const told = reported.map((risk) => {
    const own = found.find(({ n }) => risk.turns.includes(n))?.failure;
    return own ? { ...risk, likelihood: own.likelihood, harm: own.harm } : risk;
  });
  const forgotten = found
    .filter(({ n }) => !reported.some((risk) => risk.turns.includes(n)))
    .map(({ n, failure }): Risk => ({ ...failure, mitigation: '', turns: [n] }));
  return [...told, ...forgotten].toSorted((a, b) => b.likelihood * b.harm - a.likelihood * a.harm);
}

/** The middle of everybody's last estimate; null while there is none. */
export function rangeOf(log: Pick<Log, 'debate' | 'turns'>): EstimateRange | null {
  const last = log.debate.panel.personas.flatMap(
    ({ id }) => log.turns.findLast((turn) => turn.speaker === id && turn.data.estimate)?.data.estimate?.value ?? [],
  );
  if (last.length === 0) return null;
  const sorted = last.toSorted((a, b) => a - b);
  return {
    unit: log.turns.find((turn) => turn.data.opening)?.data.opening?.unit ?? '',
    median: quantile(sorted, 0.5),
    low: quantile(sorted, 0.25),
    high: quantile(sorted, 0.75),
    estimates: sorted.length,
  };
}

/** Between neighbours, in proportion. */
function quantile(sorted: readonly number[], share: number): number {
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)] ?? 0;
  const above = sorted[Math.ceil(at)] ?? below;
  return below + (above - below) * (at - Math.floor(at));
}
