/** The table of what orchestration costs: a column a contestant, ours against its aim. */
import { z } from 'zod';

/** One run of one contestant, as the peers' harness writes it and as ours does. */
export const row = z.object({
  suite: z.string(),
  name: z.string(),
  mode: z.string().nullish(),
  stream: z.boolean().nullish(),
  conc: z.number().nullish(),
  error: z.string().nullish(),
  /** Prompts that did not show what they had to. */
  bad: z.array(z.string()).nullish(),
  debateMs: z.number().nullish(),
  /** Sum over stages of the slowest call. */
  cpMs: z.number().nullish(),
  cpuPerTurn: z.number().nullish(),
  perMin: z.number().nullish(),
  loopP99: z.number().nullish(),
  rssMb: z.number().nullish(),
  tok: z.number().nullish(),
  lcpTok: z.number().nullish(),
  storeBytes: z.number().nullish(),
  coldMs: z.number().nullish(),
});
export type Row = z.infer<typeof row>;

type Value = (rows: readonly Row[]) => number | null;

interface Figure {
  readonly title: string;
  readonly value: Value;
  readonly digits: number;
  readonly aim: number;
  readonly better: 'less' | 'more';
  readonly unit?: string;
  /** A peer ours must not be worse than in the same run, whatever the aim. */
  readonly atLeastAs?: string;
}

const figures: readonly Figure[] = [
  {
    title: 'CPU ms per turn, 0 ms model, streaming',
    value: of(
      ({ suite, stream, mode }) => suite === 'overhead' && stream && mode === 'seq',
      (r) => r.cpuPerTurn,
    ),
    digits: 2,
    aim: 3.4,
    better: 'less',
    atLeastAs: 'langgraph-postgres',
  },
  {
    title: 'one realistic debate, wall ÷ critical path',
    value: of(
      ({ suite }) => suite === 'wall',
      (r) => ratio(r.debateMs, r.cpMs),
    ),
    digits: 4,
    aim: 1.01,
    better: 'less',
  },
  {
    title: '200 debates started at once: debates/min',
    value: of(
      ({ suite, conc }) => suite === 'burst' && conc === 200,
      (r) => r.perMin,
    ),
    digits: 0,
    aim: 800,
    better: 'more',
  },
  {
    title: 'same: event-loop delay p99, ms',
    value: of(
      ({ suite, conc }) => suite === 'burst' && conc === 200,
      (r) => r.loopP99,
    ),
    digits: 0,
    aim: 75,
    better: 'less',
  },
  {
    title: 'same: peak RSS, MiB',
    value: of(
      ({ suite, conc }) => suite === 'burst' && conc === 200,
      (r) => r.rssMb,
    ),
    digits: 0,
    aim: 500,
    better: 'less',
  },
  {
    title: 'prompt tokens that repeat an earlier prefix (sequential)',
    value: of(
      ({ suite, mode }) => suite === 'prompts' && mode === 'seq',
      (r) => percent(ratio(r.lcpTok, r.tok)),
    ),
    digits: 1,
    unit: ' %',
    aim: 92,
    better: 'more',
  },
  {
    title: 'stored KiB per debate',
    value: of(
      ({ suite }) => suite === 'prompts',
      (r) => (r.storeBytes == null ? null : r.storeBytes / 1024),
    ),
    digits: 0,
    aim: 144,
    better: 'less',
  },
  {
    title: 'spawn → first model request, ms',
    value: of(
      ({ suite }) => suite === 'cold',
      (r) => r.coldMs,
    ),
    digits: 0,
    aim: 450,
    better: 'less',
  },
];

export interface Column {
  readonly name: string;
  readonly title: string;
}

/** Markdown; the aims are for the columns whose name begins with `tertulia`, the first of which is judged. */
export function table(rows: readonly Row[], columns: readonly Column[]): string {
  const shown = columns.filter(({ name }) => rows.some((each) => each.name === name));
  const judged = shown.find(({ name }) => name.startsWith('tertulia'))?.name ?? '';
  const head = ['figure', ...shown.map(({ title }) => title), 'aim', ''];
  const lines = figures.map((figure) => {
    const measured = (name: string) => figure.value(rows.filter((each) => each.name === name && !each.error));
    const values = shown.map(({ name }) => written(measured(name), figure));
    const peer = figure.atLeastAs ? measured(figure.atLeastAs) : null;
    const aim = `${figure.better === 'less' ? '≤' : '≥'} ${figure.aim}${figure.unit ?? ''}`;
    return [figure.title, ...values, aim, verdict(measured(judged), peer, figure)];
  });
  const rule = head.map((_, at) => (at === 0 ? '---' : '--:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** What went wrong in a run, a line each. */
export function failures(rows: readonly Row[]): string[] {
  const failed = rows.flatMap(({ suite, name, error }) => (error ? [`${name} failed in ${suite}: ${error}`] : []));
  const invalid = rows.flatMap(({ name, mode, bad }) =>
    bad?.length ? [`${name} is invalid (${mode}): ${bad.slice(0, 3).join('; ')}`] : [],
  );
  return [...new Set([...failed, ...invalid])];
}

function verdict(ours: number | null, peer: number | null, { aim, better }: Figure): string {
  if (ours === null) return '–';
  const within = (limit: number) => (better === 'less' ? ours <= limit : ours >= limit);
  return within(aim) && (peer === null || within(peer)) ? '✓' : '✗';
}

function written(value: number | null, { digits, unit }: Figure): string {
  return value === null ? '–' : `${value.toFixed(digits)}${unit ?? ''}`;
}

/** The median over the runs that count. */
function of(
  counts: (each: Row) => boolean | null | undefined,
  figure: (each: Row) => number | null | undefined,
): Value {
  return (rows) => {
    const values = rows.filter(counts).flatMap((each) => figure(each) ?? []);
    const sorted = values.sort((a, b) => a - b);
    const middle = sorted.length / 2;
    const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
    return low === undefined || high === undefined ? null : (low + high) / 2;
  };
}

function ratio(a: number | null | undefined, b: number | null | undefined): number | null {
  return a == null || !b ? null : a / b;
}

function percent(share: number | null): number | null {
  return share === null ? null : share * 100;
}
