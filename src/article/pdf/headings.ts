/** Which lines are headings, and the title. */
import type { Line } from './rows.ts';
import { type Style, stepBetween } from './style.ts';

const NUMBERING =
  /^(?:(?:appendix|anexo|apéndice) [A-Z\d]\b[.:]?|\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Z]\.(?:\d{1,2}\.?)*)\s+(?=[\p{L}"“¿¡])/iu;
const KNOWN =
  /^(?:abstract|summary|introduction|background|related work|methods?|methodology|experiments?|evaluation|results|discussion|limitations|conclusions?|acknowledge?ments?|references|bibliography|appendix|resumen|introducción|antecedentes|métodos?|metodología|experimentos|resultados|discusión|limitaciones|conclusión|conclusiones|agradecimientos|referencias|bibliografía|anexos?|apéndice)[.:]?$/i;
const REFERENCES = /^(?:references|bibliography|works cited|referencias|bibliografía)[.:]?$/i;

/** Factors of the body's size from which letters are large, and of the usual step from which a line stands apart. */
const LARGE = 1.1;
const APART = 1.2;
const LONGEST = 140;

function withoutNumbering(text: string): string {
  return text.replace(NUMBERING, '');
}

export function opensReferences(text: string): boolean {
  return REFERENCES.test(withoutNumbering(text));
}

/** Names every reader knows for a section's. */
export function isKnownSection(text: string): boolean {
  return KNOWN.test(withoutNumbering(text));
}

export function isHeading(line: Line, before: Line | undefined, style: Style): boolean {
  const { text } = line;
  const name = withoutNumbering(text);
  const numbered = name !== text;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters < 3 || letters < 0.5 * text.replace(/\s/g, '').length || text.length > LONGEST) return false;
  if (line.mono && !style.mono && line.size < LARGE * style.size) return false;
  if (line.cells > (numbered ? 2 : 1) || !/^[\p{Lu}\p{Lo}\d¿¡"“]/u.test(text)) return false;
  const apart = stepBetween(before, line, style) > APART;
  const strong = line.size >= LARGE * style.size || (line.bold && !style.bold && line.size > 0.95 * style.size);
  if (isKnownSection(text)) return strong || apart || numbered || name === name.toUpperCase();
  if (/[,;.]$/.test(text)) return false;
  const marked = strong || name === name.toUpperCase() || line.italic;
  return numbered ? marked && (apart || strong) : strong && apart;
}

/** A long heading's second line. */
export function continuesHeading(before: Line, line: Line, style: Style): boolean {
  const alike = Math.abs(before.size - line.size) < 0.3 && before.bold === line.bold && !line.mono;
  return (
    alike && stepBetween(before, line, style) < 1.35 && withoutNumbering(line.text) === line.text && line.cells === 1
  );
}

/** 1 for the highest: by the depth of its number, else by its size among the headings'. */
export function levelOf(text: string, size: number, sizes: readonly number[]): number {
  const number = /^\d{1,2}(?:\.\d{1,2})*/.exec(text)?.[0];
  if (number && withoutNumbering(text) !== text) return Math.min(6, number.split('.').length);
  const larger = new Set(sizes.filter((other) => other > size + 0.4).map((other) => Math.round(other)));
  return Math.min(6, larger.size + 1);
}

export interface Title {
  readonly text: string | null;
  /** The lines it was read from, no part of the body. */
  readonly lines: readonly Line[];
}

/** Share of the first page within which its title begins. */
const TITLE_ZONE = 0.6;

/** The largest words of the first page; the file's own entry only when the page says so too, being junk so often. */
export function titleOf(lines: readonly Line[], entry: string, pageHeight: number, style: Style): Title {
  const first = lines.filter((line) => line.page === 1 && line.y < TITLE_ZONE * pageHeight);
  const stated = plain(entry);
  const onPage = plain(first.map((line) => line.text).join(' '));
  if (stated.split(' ').length >= 3 && onPage.includes(stated)) {
    const within = (line: Line) => stated.includes(plain(line.text)) && line.size > 1.05 * style.size;
    return { text: entry.trim(), lines: first.filter(within) };
  }
  const groups = sameSizeRuns(first).filter((run) => plain(textOf(run)).split(' ').length >= 2);
  const size = (run: readonly Line[]) => run[0]?.size ?? 0;
  const largest = groups.toSorted((a, b) => size(b) - size(a))[0];
  if (largest && size(largest) >= LARGE * style.size) {
    return { text: textOf(largest).replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹*†‡∗]+$/, ''), lines: largest };
  }
  return { text: looksLikeTitle(entry) ? entry.trim() : null, lines: [] };
}

function textOf(run: readonly Line[]): string {
  return run.map((line) => line.text).join(' ');
}

function plain(text: string): string {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join(' ');
}

function sameSizeRuns(lines: readonly Line[]): Line[][] {
  const runs: Line[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    const near = before && before.page === line.page && line.y - before.y < 2 * line.size && line.y > before.y;
    if (last && before && near && Math.abs(before.size - line.size) < 0.04 * line.size) last.push(line);
    else runs.push([line]);
  }
  return runs;
}

function looksLikeTitle(entry: string): boolean {
  const junk =
    /\.(?:docx?|pdf|tex|dvi|indd|qxd|rtf|pptx?)\b|^(?:untitled|microsoft word|arxiv:|doi:|sin título|document\d*$)/i;
  return !junk.test(entry.trim()) && plain(entry).split(' ').length >= 2;
}
