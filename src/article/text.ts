/** Plain text: paragraphs by blank lines, headings by how they look. */
import { stripVTControlCharacters } from 'node:util';
import type { Block, Extracted } from './document.ts';

/** Blocks of a plain text; its title is its first line when that stands alone like one. */
export function extractText(source: string): Extracted {
  const text = stripVTControlCharacters(source).replace(/\r\n?/g, '\n').replace(/\f/g, '\n\n').replace(CONTROLS, '');
  const stretches = stretchesOf(text);
  const blocks = stretches.flatMap((lines, index) => blocksOf(lines, stretches[index + 1] ?? []));
  const first = blocks[0];
  return { title: first?.kind === 'heading' ? first.text : null, blocks, warnings: [] };
}

const CONTROLS = /(?![\t\n])\p{Cc}/gu;

/** Lines that belong together. A text without blank lines has a paragraph a line, or is one paragraph. */
function stretchesOf(text: string): string[][] {
  const stretches = text
    .split(/\n[ \t]*\n\s*/)
    .map((stretch) => stretch.split('\n').filter((line) => line.trim() !== ''))
    .filter((lines) => lines.length > 0);
  const [only] = stretches;
  if (!only || stretches.length > 1) return stretches;
  const letters = only.reduce((sum, line) => sum + line.length, 0);
  return letters / only.length > LONG_LINE ? only.map((line) => [line]) : stretches;
}

/** Characters; nobody breaks lines by hand beyond. */
const LONG_LINE = 160;
const LONGEST_HEADING = 90;
const BULLET = /^\s*(?:[-*+•‣◦–]|\(?\d{1,3}[.)]|\(?[a-z][.)])\s+\S/;
const NUMBERED = /^(?:(?:\d+(?:\.\d+)*|[IVX]+)[.)]?|[A-Z]\.(?:\d+\.?)*|§+\s*\d+)\s+\p{Lu}/u;

function blocksOf(lines: readonly string[], next: readonly string[]): Block[] {
  const [first = '', second = '', ...rest] = lines;
  const underline = /^\s*(?:(=)\1{2,}|(-)\2{2,}|(~)\3{2,})\s*$/.exec(second);
  if (underline && isShort(first)) return [heading(first, underline[1] ? 1 : 2), ...paragraph(rest)];
  if (lines.length === 1 && isHeading(first.trim(), next)) return [heading(first, levelOf(first.trim()))];
  if (lines.length > 1 && isHeadingOnTop(first.trim()))
    return [heading(first, levelOf(first.trim())), ...paragraph(lines.slice(1))];
  return paragraph(lines);
}

function heading(text: string, level: number): Block {
  return { kind: 'heading', text: flow(text), level, page: null };
}

function paragraph(lines: readonly string[]): Block[] {
  if (lines.length === 0) return [];
  const items = lines.filter((line) => BULLET.test(line)).length;
  if (items > 0 && BULLET.test(lines[0] ?? '') && (items > 1 || lines.length === 1)) {
    return [{ kind: 'list', text: listText(lines), page: null }];
  }
  if (looksLikeTable(lines)) {
    return [
      {
        kind: 'table',
        text: lines
          .map((line) =>
            line
              .trim()
              .split(/\t|\s{3,}/)
              .join(' | '),
          )
          .join('\n'),
        page: null,
      },
    ];
  }
  return [{ kind: 'paragraph', text: flow(lines.join('\n')), page: null }];
}

/** A line that does not begin an item goes on with the one before. */
function listText(lines: readonly string[]): string {
  const items: string[] = [];
  for (const line of lines) {
    if (BULLET.test(line)) items.push(flow(line));
    else items.push(`${items.pop() ?? ''} ${flow(line)}`);
  }
  return items.join('\n');
}

/** Columns apart in every line, as many of them. */
function looksLikeTable(lines: readonly string[]): boolean {
  const columns = lines.map((line) => line.trim().split(/\t|\s{3,}/).length);
  return lines.length > 1 && (columns[0] ?? 1) > 1 && columns.every((count) => count === columns[0]);
}

function flow(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/* ── headings ──────────────────────────────────────────────────────────────────────────── */

function isShort(line: string): boolean {
  return line.trim().length <= LONGEST_HEADING;
}

function isUpperCase(line: string): boolean {
  return /\p{Lu}{2}/u.test(line) && !/\p{Ll}/u.test(line);
}

/** A short line by itself, with no end of a sentence, over something longer. */
function isHeading(line: string, next: readonly string[]): boolean {
  if (!isShort(line) || /[.!;,:…]$/.test(line)) return false;
  if (NUMBERED.test(line) || isUpperCase(line)) return true;
  const below = next.join(' ').length;
  return /^[\p{Lu}\d¿¡"“«]/u.test(line) && !BULLET.test(line) && below > line.length;
}

/** Right on top of its paragraph only numbers and capitals tell it. */
function isHeadingOnTop(line: string): boolean {
  if (line.length > 60 || /[.!?;,:…]$/.test(line) || /^\d{4}\b/.test(line)) return false;
  return isUpperCase(line) ? line.split(/\s+/).length <= 8 : /^\d+(?:\.\d+)+\.?\s+\p{Lu}/u.test(line);
}

function levelOf(line: string): number {
  const number = /^\d+(?:\.\d+)*/.exec(line)?.[0];
  return number && NUMBERED.test(line) ? Math.min(6, number.split('.').length + 1) : 2;
}
