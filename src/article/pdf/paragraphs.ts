/** Lines → paragraphs within their column, each with its kind. */
import { continuesHeading, isHeading, opensReferences } from './headings.ts';
import type { Line } from './rows.ts';
import { type Style, stepBetween } from './style.ts';

export type Kind = 'heading' | 'text' | 'item' | 'code' | 'table' | 'caption' | 'note';

export interface Paragraph {
  readonly kind: Kind;
  readonly lines: readonly Line[];
}

const BULLET = /^[•●▪■◦‣∙·∗*–—-]\s/u;
const NUMBERED = /^(?:\(?\d{1,2}[.)]|\(?[a-z][.)]|\([ivx]+\))\s/;
const ENTRY = /^(?:\[[^\]]{1,12}\]|\d{1,3}\.)\s/;
const CAPTION =
  /^(?:figure|fig\.|table|algorithm|listing|scheme|figura|tabla|cuadro|gráfico|algoritmo)\s*(?:[A-Z]?\d+|[IVX]+)(?:\.\d+)?\s*(?:[.:|—–]|-\s|$)/i;

/** Ems: an indent, the deepest one, and how far before its edge a column's full line may end. */
const INDENT = 0.8;
const DEEPEST = 4;
const RAGGED = 3;
/** Share of a list of references' lines that are indented when they hang under their first. */
const HANGING = 0.3;

type Role = 'heading' | 'heading goes on' | 'starts' | 'goes on';

export function paragraphsOf(lines: readonly Line[], style: Style): Paragraph[] {
  const { roles, references } = rolesOf(lines, style);
  const paragraphs: { kind: Kind; lines: Line[] }[] = [];
  for (const [i, line] of lines.entries()) {
    const role = roles[i];
    if (role === 'heading') paragraphs.push({ kind: 'heading', lines: [line] });
    else if (role === 'starts') paragraphs.push({ kind: 'text', lines: [line] });
    else paragraphs.at(-1)?.lines.push(line);
  }
  return paragraphs.map(({ kind, lines: own }) => ({
    kind: kind === 'heading' ? kind : kindOf(own, lines, style, references),
    lines: own,
  }));
}

interface Roles {
  readonly roles: readonly Role[];
  readonly references: ReadonlySet<Line>;
}

function rolesOf(lines: readonly Line[], style: Style): Roles {
  const heads = headingRoles(lines, style);
  let inReferences = false;
  const references = lines.filter((line, i) => {
    if (heads[i] === 'heading') inReferences = opensReferences(line.text);
    return inReferences && heads[i] === null;
  });
  const indented = references.filter((line) => line.x - line.left > INDENT * line.size);
  const hanging = new Set(indented.length > HANGING * references.length ? references : []);
  const roles = lines.map((line, i): Role => {
    const before = lines[i - 1];
    const head = heads[i];
    if (head) return head;
    if (!before || heads[i - 1]) return 'starts';
    return startsAnew(before, line, style, hanging.has(line)) ? 'starts' : 'goes on';
  });
  return { roles, references: new Set(references) };
}

function headingRoles(lines: readonly Line[], style: Style): (Role | null)[] {
  const roles: (Role | null)[] = [];
  for (const [i, line] of lines.entries()) {
    const before = lines[i - 1];
    if (before && roles[i - 1] && continuesHeading(before, line, style)) roles.push('heading goes on');
    else roles.push(!CAPTION.test(line.text) && isHeading(line, before, style) ? 'heading' : null);
  }
  return roles;
}

function startsAnew(before: Line, line: Line, style: Style, hanging: boolean): boolean {
  const step = stepBetween(before, line, style);
  if (step === Infinity) return true;
  if (before.cells > 1 && line.cells > 1) return step > 1.8;
  if (!style.mono && before.mono && line.mono) return step > 2.5;
  if (step > 1.4 || before.mono !== line.mono || differInSize(before, line, style)) return true;
  const indent = (line.x - before.x) / line.size;
  const outset = (line.x - line.left) / line.size;
  if (hanging) return indent < -INDENT || (outset < INDENT && ENTRY.test(line.text));
  if (BULLET.test(line.text) || CAPTION.test(line.text)) return true;
  const ended = /[.?!:;]["”’»)\]]*$/.test(before.text);
  const short = endsShort(before, line);
  if (NUMBERED.test(line.text) || ENTRY.test(line.text)) return ended || short;
  const inItem = BULLET.test(before.text) || NUMBERED.test(before.text) || ENTRY.test(before.text);
  if (!inItem && indent > INDENT && indent < DEEPEST && before.x - before.left < INDENT * line.size) return true;
  return short && ended && /^[^\p{Ll}]/u.test(line.text);
}

/** The next line's first word would have fitted: whoever set it wanted a new line. */
function endsShort(before: Line, line: Line): boolean {
  return before.right + line.opening < line.edge - INDENT * line.size;
}

function differInSize(a: Line, b: Line, style: Style): boolean {
  return Math.min(Math.abs(a.size - b.size), Math.abs(a.tallest - b.tallest)) > 0.08 * style.size;
}

function kindOf(own: readonly Line[], all: readonly Line[], style: Style, references: ReadonlySet<Line>): Kind {
  const [first] = own;
  if (!first) return 'text';
  const small = first.size < 0.94 * style.size;
  if (own.every((line) => line.mono) && !style.mono) return 'code';
  if (CAPTION.test(first.text)) return 'caption';
  if (references.has(first)) return 'text';
  const tabular = own.filter((line) => line.cells > 1).length;
  if (own.length > 1 ? tabular > 0.5 * own.length : first.cells > 2) return 'table';
  if (small && isFoot(own, all, style)) return 'note';
  if (isLoose(own, style)) return 'table';
  return BULLET.test(first.text) || NUMBERED.test(first.text) ? 'item' : 'text';
}

/** At the foot of its column, below text of the body's size. */
function isFoot(own: readonly Line[], all: readonly Line[], style: Style): boolean {
  const last = own.at(-1);
  const body = all.filter((line) => line.column === last?.column && line.size >= 0.94 * style.size);
  return last !== undefined && body.length > 0 && body.every((line) => line.y < last.y);
}

/** Scraps of a figure or table: few words a line, no sentence. */
function isLoose(own: readonly Line[], style: Style): boolean {
  const words = own.reduce((sum, line) => sum + line.text.split(' ').length, 0);
  const text = own.map((line) => line.text).join(' ');
  const small = (own[0]?.size ?? 0) < 0.94 * style.size;
  const full = own.some((line) => line.right > line.edge - RAGGED * line.size);
  return small && !full && words < 4 * own.length && !/[.?!:;]["”’»)]*$/.test(text);
}
