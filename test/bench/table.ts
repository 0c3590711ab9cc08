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
  readonly unit?: string;
  readonly better: 'less' | 'more';
  readonly aim: number;
  /** A peer and what it measured when the aim was set: where it is slower today, so may we be. */
  readonly when?: { readonly peer: string; readonly was: number };
  /** A peer ours must not be worse than in the same run, whatever the aim. */
  readonly atLeastAs?: string;
}

const LOOP = 'langchain-loop';
const together = ({ suite, conc }: Row) => suite === 'burst' && conc === 200;

const figures: readonly Figure[] = [
  {
    title: 'CPU ms per turn, 0 ms model, streaming',
    value: of(
      ({ suite, stream, mode }) => suite === 'overhead' && stream && mode === 'seq',
      (r) => r.cpuPerTurn,
    ),
    digits: 2,
    better: 'less',
    aim: 3.4,
    when: { peer: LOOP, was: 3.38 },
    atLeastAs: 'langgraph-postgres',
  },
  {
    title: 'one realistic debate, wall ÷ critical path',
    value: of(
      ({ suite }) => suite === 'wall',
      (r) => ratio(r.debateMs, r.cpMs),
    ),
    digits: 4,
    better: 'less',
    aim: 1.01,
  },
  {
    title: '200 debates started at once: debates/min',
    value: of(together, (r) => r.perMin),
    digits: 0,
    better: 'more',
    aim: 800,
    when: { peer: LOOP, was: 809 },
  },
  {
    title: 'same: event-loop delay p99, ms',
    value: of(together, (r) => r.loopP99),
    digits: 0,
    better: 'less',
    aim: 75,
    when: { peer: LOOP, was: 478 },
  },
  {
    title: 'same: peak RSS, MiB',
    value: of(together, (r) => r.rssMb),
    digits: 0,
    better: 'less',
    aim: 500,
  },
  {
    title: 'prompt tokens that repeat an earlier prefix (sequential)',
    value: of(
      ({ suite, mode }) => suite === 'prompts' && mode === 'seq',
      (r) => percent(ratio(r.lcpTok, r.tok)),
    ),
    digits: 1,
    unit: ' %',
    better: 'more',
    aim: 92,
  },
  {
    title: 'stored KiB, one debate in an empty database',
    value: of(
      ({ suite }) => suite === 'prompts',
      (r) => kib(r.storeBytes),
    ),
    digits: 0,
    better: 'less',
    aim: 144,
  },
  {
    title: 'stored KiB per debate, of seventy',
    value: of(
      ({ suite, mode }) => suite === 'overhead' && mode === 'seq',
      (r) => kib(r.storeBytes, 70),
    ),
    digits: 0,
    better: 'less',
    aim: 144,
  },
  {
    title: 'spawn → first model request, ms',
    value: of(
      ({ suite }) => suite === 'cold',
      (r) => r.coldMs,
    ),
    digits: 0,
    better: 'less',
    aim: 450,
    when: { peer: LOOP, was: 337 },
  },
];

export interface Column {
  readonly name: string;
  readonly title: string;
}

/** Markdown. The aims are judged by the first column whose name begins with `tertulia`. */
export function table(rows: readonly Row[], columns: readonly Column[]): string {
  const shown = columns.filter(({ name }) => rows.some((each) => each.name === name));
  const ours = shown.find(({ name }) => name.startsWith('tertulia'))?.name ?? '';
  const head = ['figure', ...shown.map(({ title }) => title), 'aim', 'aim by this run', ''];
  const lines = figures.map((figure) => {
    const measured = (name: string) => figure.value(rows.filter((each) => each.name === name && !each.error));
    const write = (value: number | null) => written(value, figure);
    const sign = figure.better === 'less' ? '≤' : '≥';
    const aim = scaled(figure, measured);
    const peer = figure.atLeastAs ? measured(figure.atLeastAs) : null;
    return [
      figure.title,
      ...shown.map(({ name }) => write(measured(name))),
      `${sign} ${figure.aim}${figure.unit ?? ''}`,
      aim === figure.aim ? '' : `${sign} ${write(aim)}`,
      verdict(measured(ours), [aim, ...(peer === null ? [] : [peer])], figure),
    ];
  });
  const rule = head.map((_, at) => (at === 0 ? '---' : '--:'));
  return [head, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The aim on a machine as slow as this one was during the run; never a stricter one. */
function scaled({ aim, when, better }: Figure, measured: (name: string) => number | null): number {
  const now = when ? measured(when.peer) : null;
  if (!when || now === null) return aim;
  const slower = now / when.was;
  return aim * (better === 'less' ? Math.max(1, slower) : Math.min(1, slower));
}

/** What went wrong in a run, a line each. */
export function failures(rows: readonly Row[]): string[] {
  const failed = rows.flatMap(({ suite, name, error }) => (error ? [`${name} failed in ${suite}: ${error}`] : []));
  const invalid = rows.flatMap(({ name, mode, bad }) =>
    bad?.length ? [`${name} is invalid (${mode}): ${bad.slice(0, 3).join('; ')}`] : [],
  );
  return [...new Set([...failed, ...invalid])];
}

function verdict(ours: number | null, limits: readonly number[], { better }: Figure): string {
  if (ours === null) return '–';
  return limits.every((limit) => (better === 'less' ? ours <= limit : ours >= limit)) ? '✓' : '✗';
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

function kib(bytes: number | null | undefined, debates = 1): number | null {
  return bytes == null ? null : bytes / 1024 / debates;
}
