/** From the tree of a page to the blocks its reader sees. */
import type { Block } from './document.ts';
import { type DomElement, type DomNode, isElement, isText } from './dom.ts';

const INLINE = new Set(
  (
    'a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q rp rt ruby s samp small ' +
    'span strike strong sub sup time tt u var wbr'
  ).split(' '),
);
const IGNORED = new Set(
  (
    'script style noscript template iframe object embed svg canvas audio video img button input select textarea nav ' +
    'head'
  ).split(' '),
);
const LISTS: ReadonlySet<string> = new Set(['ul', 'ol']);

/** Blocks in reading order. A stack, because pages nest without limit. */
export function blocksOf(root: DomElement): Block[] {
  const blocks: Block[] = [];
  let loose = '';
  const flush = () => {
    // Two line breaks in a row are how old pages part paragraphs.
    for (const part of loose.split(/\u2028\s*\u2028/)) blocks.push(...block('paragraph', collapse(part)));
    loose = '';
  };
  const todo: (DomNode | 'end')[] = [root];
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node === 'end') flush();
    else if (isText(node)) loose += node.textContent;
    else if (isElement(node) && node.localName === 'br') loose += '\u2028';
    else if (isElement(node) && !IGNORED.has(node.localName)) {
      const whole = wholeBlocks(node);
      const inline = INLINE.has(node.localName);
      if (whole || !inline) flush();
      if (whole) blocks.push(...whole);
      else todo.push(...(inline ? [] : ['end' as const]), ...[...node.childNodes].reverse());
    }
  }
  flush();
  return blocks;
}

function block(kind: Block['kind'], text: string, level?: number): Block[] {
  return text.trim() === '' ? [] : [{ kind, text, page: null, ...(level === undefined ? {} : { level }) }];
}

/** What is one block (or one and its caption) as a whole; null: a container or a run of text. */
function wholeBlocks(element: DomElement): Block[] | null {
  const name = element.localName;
  const heading = /^h([1-6])$/.exec(name);
  if (heading) return block('heading', textOf(element), Number(heading[1]));
  if (name === 'figcaption' || name === 'caption') return block('caption', textOf(element));
  if (name === 'pre') return block('code', verbatim(element));
  if (LISTS.has(name)) return isListOfText(element) ? block('list', listText(element)) : null;
  if (name === 'dl') return block('list', definitions(element));
  const typeset = element.getAttribute('class') ?? '';
  if (/\bltx_tabular\b/.test(typeset)) return block('table', tableText(element));
  if (/\bltx_listing\b/.test(typeset)) return block('code', listing(element));
  if (/\bltx_eqn_table\b/.test(typeset)) return block('paragraph', textOf(element));
  if (name === 'table') return tableBlocks(element);
  return null;
}

/* ── text ──────────────────────────────────────────────────────────────────────────────── */

/** What stands in an element on one line; names in `without` are left out. */
export function textOf(element: DomElement, without: ReadonlySet<string> = new Set()): string {
  let text = '';
  const todo: (DomNode | ' ')[] = [...element.childNodes].reverse();
  for (let node = todo.pop(); node; node = todo.pop()) {
    if (node === ' ') text += ' ';
    else if (isText(node)) text += node.textContent;
    else if (isElement(node) && !IGNORED.has(node.localName) && !without.has(node.localName)) {
      const gap = INLINE.has(node.localName) ? [] : [' ' as const];
      todo.push(...gap, ...[...node.childNodes].reverse(), ...gap);
    }
  }
  return collapse(text);
}

function collapse(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function verbatim(element: DomElement): string {
  for (const line of element.querySelectorAll('br')) line.replaceWith('\n');
  return element.textContent.replace(/\r\n?/g, '\n').replace(/^\n+|\s+$/g, '');
}

function listing(element: DomElement): string {
  const lines = [...element.querySelectorAll('.ltx_listingline')];
  return lines.length === 0 ? textOf(element) : lines.map((line) => textOf(line)).join('\n');
}

/* ── lists ─────────────────────────────────────────────────────────────────────────────── */

/** Some pages lay out whole articles as list items. */
function isListOfText(list: DomElement): boolean {
  return !list.querySelector('h1, h2, h3, h4, h5, h6, table, pre, .ltx_listing');
}

/** Deeper items stand on the line of the item they belong to. */
const DEEPEST_LIST = 6;

function listText(list: DomElement, depth = 0): string {
  const indent = '  '.repeat(depth);
  const ordered = list.localName === 'ol';
  let number = Number(list.getAttribute('start') ?? 1) || 1;
  const lines: string[] = [];
  for (const item of list.childNodes) {
    if (!isElement(item)) continue;
    if (LISTS.has(item.localName)) {
      lines.push(listText(item, depth + 1));
      continue;
    }
    const nests = depth < DEEPEST_LIST;
    const text = nests ? textOf(item, LISTS) : textOf(item);
    const mark = ordered ? `${number++}.` : '-';
    // Typesetters write their own mark into the item.
    lines.push(`${indent}${/^(?:[•‣◦·–—-]|\(?[\da-z]{1,3}[.)]|\[\d+\])\s/i.test(text) ? text : `${mark} ${text}`}`);
    if (nests) for (const inner of innerLists(item)) lines.push(listText(inner, depth + 1));
  }
  return lines.filter((line) => line.trim() !== '' && line.trim() !== '-').join('\n');
}

/** Lists right inside an item, not those inside them. */
function innerLists(item: DomElement): DomElement[] {
  return [...item.querySelectorAll('ul, ol')].filter((list) => list.parentElement?.closest('li') === item);
}

function definitions(list: DomElement): string {
  const lines: string[] = [];
  for (const part of list.querySelectorAll('dt, dd')) {
    const text = textOf(part);
    if (part.localName === 'dt' || lines.length === 0) lines.push(text);
    else lines.push(`${lines.pop()}: ${text}`);
  }
  return lines.filter((line) => line !== '').join('\n');
}

/* ── tables ────────────────────────────────────────────────────────────────────────────── */

/** A cell longer than this is a column of the page. Characters. */
const LONGEST_CELL = 600;

function tableBlocks(table: DomElement): Block[] | null {
  if (table.querySelector('table, h1, h2, h3, h4, h5, h6, pre')) return null;
  const rows = rowsOf(table);
  if (rows.flat().some((cell) => cell.length > LONGEST_CELL)) return null;
  const caption = table.querySelector('caption');
  return [...(caption ? block('caption', textOf(caption)) : []), ...block('table', tableText(table))];
}

function tableText(table: DomElement): string {
  const rows = rowsOf(table).filter((row) => row.some((cell) => cell !== ''));
  return rows.map((row) => row.join(' | ')).join('\n');
}

/** LaTeXML makes tables of spans as well, and puts tables into cells to break their lines. */
function rowsOf(table: DomElement): string[][] {
  return [...table.querySelectorAll('tr, .ltx_tr')]
    .filter((row) => row.parentElement?.closest('table, .ltx_tabular') === table)
    .map((row) =>
      [...row.childNodes]
        .filter(isElement)
        .filter(isCell)
        .map((cell) => textOf(cell)),
    );
}

function isCell(element: DomElement): boolean {
  return element.matches('td, th, .ltx_td, .ltx_th');
}
