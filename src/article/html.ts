/** Web pages: the article without what surrounds it, and without what is hidden in it. */
import { Readability } from '@mozilla/readability';
import { InputError } from '../errors.ts';
import type { Block, Extracted } from './document.ts';
import { type DomDocument, type DomElement, parsePage, sizeOf } from './dom.ts';
import { hiddenWarnings, removeHidden } from './hidden.ts';
import { blocksOf, textOf } from './html-blocks.ts';

/** Characters; reading takes many seconds there, and no article is that long. */
const MOST_MARKUP = 20_000_000;
/** Beyond, looking for the article takes seconds, or ends on the call stack: the whole page is read instead. */
const MOST_ELEMENTS = 50_000;
const MOST_DEPTH = 500;
/** Under so many characters what was found is hardly the article. */
const LEAST_TEXT = 250;

/** Of LaTeXML: what it could not typeset, marks of notes, bullets that the list has anyway, its own foot. */
const NOISE = '.ltx_ERROR, .ltx_note_mark, .ltx_tag_note, .ltx_note_type, ul .ltx_tag_item, .ltx_page_footer';

/** Blocks of the article in a page. Scripts never run, nothing is loaded. */
export function extractHtml(markup: string): Extracted {
  if (markup.length > MOST_MARKUP) throw tooMuch();
  const document = parsePage(markup);
  const { words } = removeHidden(document.documentElement);
  for (const noise of document.querySelectorAll(NOISE)) noise.remove();
  spellOut(document);
  const paper = document.querySelector('article.ltx_document');
  const { title, blocks } = paper ? readPaper(document, paper) : readPage(document);
  return { title: title?.trim() || null, blocks, warnings: hiddenWarnings(words) };
}

interface Reading {
  readonly title: string | null;
  readonly blocks: readonly Block[];
}

/** Papers that LaTeXML made (arXiv) say themselves what is what. */
function readPaper(document: DomDocument, paper: DomElement): Reading {
  const heading = paper.querySelector('h1.ltx_title_document');
  // Theorem and proof are no sections.
  for (const label of paper.querySelectorAll('.ltx_title_theorem, .ltx_title_proof')) {
    label.replaceWith(paragraphOf(document, textOf(label)));
  }
  for (const note of paper.querySelectorAll('.ltx_note')) moveNote(document, note);
  return { title: heading ? textOf(heading) : document.title, blocks: blocksOf(paper) };
}

/** A footnote stands in the middle of its sentence: readers see it beside, quotes must not run into it. */
function moveNote(document: DomDocument, note: DomElement): void {
  const content = note.querySelector('.ltx_note_content') ?? note;
  const text = textOf(content);
  const home = note.closest('figure, table, ul, ol, p');
  note.remove();
  if (/\p{L}/u.test(text)) home?.after(paragraphOf(document, text));
}

function paragraphOf(document: DomDocument, text: string): DomElement {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  return paragraph;
}

function readPage(document: DomDocument): Reading {
  const whole = blocksOf(document.body);
  const heading = document.querySelector('h1');
  const name = heading ? textOf(heading) : '';
  const plain = document.title.trim();
  const found = findArticle(document);
  const blocks = found?.content ? blocksOf(found.content) : [];
  const title = found?.title?.trim() || plain || name;
  const small = lengthOf(blocks) < LEAST_TEXT && lengthOf(blocks) < lengthOf(whole) / 2;
  // "The article | The paper": the page names its article apart.
  return { title: name !== '' && title.startsWith(name) ? name : title, blocks: small ? whole : blocks };
}

/** What readability takes for the article; it changes the document. null: nothing, or too much to look through. */
function findArticle(document: DomDocument): { title?: string | null; content?: DomElement | null } | null {
  const { elements, depth } = sizeOf(document.documentElement);
  if (elements > MOST_ELEMENTS || depth > MOST_DEPTH) return null;
  const options = { keepClasses: true, serializer: (element: DomElement) => element };
  return new Readability<DomElement>(document, options).parse();
}

function lengthOf(blocks: readonly Block[]): number {
  return blocks.reduce((sum, { text }) => sum + text.length, 0);
}

/* ── what markup says and plain text would lose ────────────────────────────────────────── */

/** Formulas as their TeX, powers and note marks apart from the word they stand at. */
export function spellOut(document: DomDocument): void {
  for (const math of document.querySelectorAll('.katex, mjx-container, math, script[type^="math/tex"]')) {
    // Inside one that is replaced already.
    if (math.parentElement) math.replaceWith(formula(math));
  }
  for (const sup of document.querySelectorAll('sup')) {
    const text = textOf(sup);
    if (!/^[-−+]?\d+$/.test(text)) continue;
    sup.replaceWith(sup.querySelector('a') || sup.closest('a') ? `[${text}]` : `^${text}`);
  }
}

function formula(math: DomElement): string {
  const tex =
    math.getAttribute('alttext') ??
    math.querySelector('annotation[encoding="application/x-tex"]')?.textContent ??
    math.querySelector('math')?.getAttribute('alttext') ??
    math.textContent;
  // LaTeXML breaks long lines of TeX with comments.
  return tex
    .replace(/%\s*\n\s*/g, '')
    .replace(/\\displaystyle\s?/g, '')
    .trim();
}

function tooMuch(): InputError {
  return new InputError({
    en: 'This page is too large to be read: print the article to a PDF and give that file.',
    es: 'Esta página es demasiado grande para leerla: imprime el artículo en PDF e indica ese archivo.',
  });
}
