/** What is usual in the document, against which headings, notes and gaps stand out. */
import { heaviest, quantile } from './geometry.ts';
import type { Line } from './rows.ts';

export interface Style {
  /** Size of most letters, in points. */
  readonly size: number;
  /** Usual distance of baselines, in ems. */
  readonly leading: number;
  readonly bold: boolean;
  /** A manuscript typed, not set: nothing in it is code for its font alone. */
  readonly mono: boolean;
}

export function styleOf(lines: readonly Line[]): Style {
  const sizes = new Map<number, number>();
  const letters = (among: readonly Line[]) => among.reduce((sum, line) => sum + line.text.length, 0);
  const isMost = (among: readonly Line[]) => letters(among) > 0.5 * letters(lines);
  for (const line of lines) {
    const size = Math.round(line.size * 2) / 2;
    sizes.set(size, (sizes.get(size) ?? 0) + line.text.length);
  }
  const size = heaviest(sizes, 10);
  const body = lines.filter((line) => Math.abs(line.size - size) < 0.5);
  const steps = body.slice(1).flatMap((line, i) => {
    const before = body[i];
    const step = before && before.column === line.column ? (line.y - before.y) / line.size : 0;
    return step > 0.8 && step < 2.5 ? [step] : [];
  });
  return {
    size,
    leading: quantile(steps, 0.5, 1.2),
    bold: isMost(lines.filter((line) => line.bold)),
    mono: isMost(lines.filter((line) => line.mono)),
  };
}

/** Baselines apart, in usual distances for this size; Infinity across columns. */
export function stepBetween(before: Line | undefined, line: Line | undefined, style: Style): number {
  if (!before || !line || before.column !== line.column) return Infinity;
  return (line.y - before.y) / (style.leading * Math.min(before.size, line.size));
}
