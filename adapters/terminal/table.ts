/** Tables: columns where they fit, else one small paragraph a row. */
import type { Tokens } from 'marked';
import stringWidth from 'string-width';
import { hang, type Look, wrap } from './look.ts';
import { renderInline } from './prose.ts';

const GAP = 2;
/** A column narrower than this breaks words. */
const NARROWEST = 12;

export function renderTable(table: Tokens.Table, look: Look): string[] {
  const header = table.header.map((cell) => look.ink.bold(renderInline(cell.tokens, look)));
  const rows = table.rows.map((row) => row.map((cell) => renderInline(cell.tokens, look)));
  const natural = header.map((cell, column) =>
    Math.max(1, ...[cell, ...rows.map((row) => row[column] ?? '')].map(widest)),
  );
  const widths = shrink(natural, look.width - GAP * (header.length - 1));
  return widths ? columns(header, rows, widths, table.align, look) : records(header, rows, look);
}

function widest(cell: string): number {
  return Math.max(...cell.split('\n').map((line) => stringWidth(line)));
}

/** Takes columns off the widest until all fit; null when words would have to break. */
function shrink(natural: readonly number[], room: number): number[] | null {
  const widths = [...natural];
  let over = widths.reduce((sum, width) => sum + width, 0) - room;
  while (over > 0) {
    const most = Math.max(...widths);
    if (most <= NARROWEST) return null;
    widths[widths.indexOf(most)] = most - 1;
    over -= 1;
  }
  return widths;
}

function columns(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  widths: readonly number[],
  align: Tokens.Table['align'],
  look: Look,
): string[] {
  const row = (cells: readonly string[]) => {
    const wrapped = widths.map((width, column) => wrap(cells[column] ?? '', width));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      widths
        .map((width, column) => pad(wrapped[column]?.[line] ?? '', width, align[column] ?? 'left'))
        .join(' '.repeat(GAP))
        .trimEnd(),
    );
  };
  const rule = look.ink.dim(widths.map((width) => '─'.repeat(width)).join('─'.repeat(GAP)));
  return [...row(header), rule, ...rows.flatMap(row)];
}

function pad(cell: string, width: number, align: 'left' | 'right' | 'center'): string {
  const free = Math.max(0, width - stringWidth(cell));
  if (align === 'left') return cell + ' '.repeat(free);
  const before = align === 'right' ? free : Math.floor(free / 2);
  return ' '.repeat(before) + cell + ' '.repeat(free - before);
}

/** Each row under its first cell: `before: …`, `after: …`. */
function records(header: readonly string[], rows: readonly (readonly string[])[], look: Look): string[] {
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [''] : []),
    ...wrap(look.ink.bold(row[0] ?? ''), look.width),
    ...row
      .slice(1)
      .flatMap((cell, column) =>
        cell === '' ? [] : hang(`${look.ink.dim(`${header[column + 1] ?? ''}:`)} ${cell}`, look.width, '  ', '    '),
      ),
  ]);
}
