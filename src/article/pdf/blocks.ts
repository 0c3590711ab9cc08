/** Paragraphs of columns → blocks of the document: joined over columns and pages, floats and notes out of their way. */
import type { Block } from '../document.ts';
import { isKnownSection, levelOf } from './headings.ts';
import { type Attested, attestedIn, joinLines } from './joining.ts';
import type { Kind, Paragraph } from './paragraphs.ts';
import type { Line } from './rows.ts';

const KINDS: Readonly<Record<Kind, Block['kind']>> = {
  heading: 'heading',
  text: 'paragraph',
  item: 'list',
  code: 'code',
  table: 'table',
  caption: 'caption',
  note: 'paragraph',
};

export function blocksOf(paragraphs: readonly Paragraph[]): Block[] {
  const attested = attestedIn(paragraphs.flatMap(({ lines }) => lines.map((line) => line.text)));
  const sizes = paragraphs.filter(({ kind }) => kind === 'heading').map(({ lines }) => lines[0]?.size ?? 0);
  const kept = withoutFrontHeadings(withoutFigureScraps(paragraphs));
  return withAbstract(flow(kept)).map((paragraph) => blockOf(paragraph, attested, sizes));
}

/** Text that goes on after a column's end, past figures and notes, is one paragraph; those follow it. */
function flow(paragraphs: readonly Paragraph[]): Paragraph[] {
  const done: Paragraph[] = [];
  let open = -1;
  for (const paragraph of paragraphs) {
    const before = done[open];
    if (before && goesOn(before, paragraph)) {
      done[open] = { ...before, lines: [...before.lines, ...paragraph.lines] };
    } else {
      done.push(paragraph);
      if (!isFloat(paragraph.kind)) open = paragraph.kind === 'heading' ? -1 : done.length - 1;
    }
  }
  return done;
}

function isFloat(kind: Kind): boolean {
  return kind === 'note' || kind === 'caption' || kind === 'table';
}

/** The sentence is unfinished and the next column's first words continue it. */
function goesOn(open: Paragraph, next: Paragraph): boolean {
  const last = open.lines.at(-1);
  const first = next.lines[0];
  if (!last || !first || last.column === first.column) return false;
  if (open.kind === 'code' || next.kind === 'code') return open.kind === next.kind && last.page !== first.page;
  if (next.kind !== 'text' || Math.abs(last.size - first.size) > 0.6) return false;
  if (/[\p{L}][-\u2010\u00AD]$/u.test(last.text)) return true;
  if (/[.?!:]["”’»)\]⁰¹²³⁴⁵⁶⁷⁸⁹]*$/.test(last.text)) return false;
  return (
    /^[\p{Ll}\d([“"]/u.test(first.text) || (last.right > last.edge - 3 * last.size && first.x - first.left < first.size)
  );
}

/** Labels of a drawing are no reading: scraps that stand beside a figure's caption go. */
function withoutFigureScraps(paragraphs: readonly Paragraph[]): Paragraph[] {
  const figure = ({ kind, lines }: Paragraph) => kind === 'caption' && /^(?:fig|gráf)/i.test(lines[0]?.text ?? '');
  const pages = new Set(paragraphs.filter(figure).map(({ lines }) => lines[0]?.page));
  const scrap = ({ kind, lines }: Paragraph) =>
    kind === 'table' && lines.every((line) => line.text.length < 40 && line.cells < 3);
  return paragraphs.filter((paragraph) => !(scrap(paragraph) && pages.has(paragraph.lines[0]?.page)));
}

/** Words that make a section of what stands under a heading. */
const SECTION_WORDS = 15;

/** Names of authors and journals are set like headings; before the first section everybody knows they are none. */
function withoutFrontHeadings(paragraphs: readonly Paragraph[]): Paragraph[] {
  const wordsOf = ({ lines }: Paragraph) => lines.reduce((sum, line) => sum + line.text.split(' ').length, 0);
  const known = paragraphs.findIndex(({ kind, lines }) => kind === 'heading' && isKnownSection(lines[0]?.text ?? ''));
  return paragraphs.map((paragraph, i) => {
    if (paragraph.kind !== 'heading' || i >= known || paragraph.lines[0]?.page !== 1) return paragraph;
    const next = paragraphs.findIndex(({ kind }, j) => j > i && kind === 'heading');
    const under = paragraphs.slice(i + 1, next).reduce((sum, each) => sum + wordsOf(each), 0);
    return under < SECTION_WORDS ? { ...paragraph, kind: 'text' } : paragraph;
  });
}

/** "Abstract—We show …" set as one paragraph is a heading and its text. */
function withAbstract(paragraphs: readonly Paragraph[]): Paragraph[] {
  return paragraphs.flatMap((paragraph) => {
    const [first, ...rest] = paragraph.lines;
    const match = /^(abstract|resumen)\s*[-—–:.]\s*(?=\S)/i.exec(first?.text ?? '');
    if (!first || !match?.[1] || paragraph.kind !== 'text') return [paragraph];
    const text = first.text.slice(match[0].length);
    return [
      { kind: 'heading', lines: [{ ...first, text: match[1] }] },
      { kind: 'text', lines: [{ ...first, text }, ...rest] },
    ];
  });
}

function blockOf({ kind, lines }: Paragraph, attested: Attested, sizes: readonly number[]): Block {
  const first = lines[0];
  const page = first?.page ?? null;
  if (kind === 'code' || kind === 'table') return { kind, text: lined(kind, lines), page };
  const { text, starts } = joinLines(
    lines.map((line) => line.text),
    attested,
  );
  const pageBreaks = lines.flatMap((line, i) =>
    i > 0 && line.page !== lines[i - 1]?.page ? [{ at: starts[i] ?? 0, page: line.page }] : [],
  );
  const level = kind === 'heading' ? { level: levelOf(text, first?.size ?? 0, sizes) } : {};
  return { kind: KINDS[kind], text, page, ...level, ...(pageBreaks.length > 0 ? { pageBreaks } : {}) };
}

/** Line by line, code with its indents as spaces. */
function lined(kind: 'code' | 'table', lines: readonly Line[]): string {
  const left = Math.min(...lines.map((line) => line.x));
  const indent = (line: Line) => (kind === 'code' ? ' '.repeat(Math.round((line.x - left) / (0.55 * line.size))) : '');
  return lines.map((line) => indent(line) + line.text).join('\n');
}
