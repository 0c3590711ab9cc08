/** PDF bytes → title, blocks and what was hidden. Heavy and not to be trusted with time: run it in a worker. */
import type { PDFDocumentProxy, PDFPageProxy } from 'unpdf/pdfjs';
import { AnnotationMode, getDocument, VerbosityLevel } from 'unpdf/pdfjs';
import type { Block } from '../document.ts';
import { blocksOf } from './blocks.ts';
import { Canvas, type Font } from './canvas.ts';
import { commonGutters, linesOf } from './columns.ts';
import { toMatrix } from './geometry.ts';
import { titleOf } from './headings.ts';
import { type PageResources, play } from './operators.ts';
import { paragraphsOf } from './paragraphs.ts';
import type { Line } from './rows.ts';
import { withoutRunningHeads } from './running.ts';
import { styleOf } from './style.ts';
import { type Hiding, type PageText, settle } from './words.ts';

export interface Hidden {
  readonly page: number;
  readonly words: number;
  readonly why: readonly Hiding[];
}

export type PdfOutcome =
  | {
      readonly kind: 'read';
      readonly title: string | null;
      readonly blocks: readonly Block[];
      readonly pages: number;
      readonly hidden: readonly Hidden[];
      /** Numbers of the pages no text was found on. */
      readonly silent: readonly number[];
    }
  | { readonly kind: 'encrypted' | 'no pages' }
  | { readonly kind: 'broken'; readonly reason: string };

export async function readPdf(bytes: Uint8Array): Promise<PdfOutcome> {
  try {
    const pdf = await open(bytes.slice(), false);
    if (pdf.numPages === 0) return { kind: 'no pages' };
    const info = await pdf.getMetadata().catch(() => null);
    const entry = info && 'Title' in info.info && typeof info.info.Title === 'string' ? info.info.Title : '';
    return { kind: 'read', ...compose(await pageTexts(pdf, bytes), entry) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.name === 'PasswordException') return { kind: 'encrypted' };
    return { kind: 'broken', reason: error.message };
  }
}

/** Pictures cost most of the time and say nothing here, so they are left out unless asked for. */
function open(data: Uint8Array, pictures: boolean): Promise<PDFDocumentProxy> {
  const images = pictures ? {} : { maxImageSize: 0 };
  const quiet = { verbosity: VerbosityLevel.ERRORS, isEvalSupported: false, useSystemFonts: false };
  return getDocument({ data, ...quiet, ...images, disableFontFace: true, useWasm: false, stopAtErrors: false }).promise;
}

async function pageTexts(pdf: PDFDocumentProxy, bytes: Uint8Array): Promise<PageText[]> {
  const texts: PageText[] = [];
  let pictured: PDFDocumentProxy | null = null;
  for (let number = 1; number <= pdf.numPages; number += 1) {
    let text = await pageText(pdf, number);
    if (text.hidden.some(({ why }) => why === 'color')) {
      // White letters may stand on a picture, which only a reading with pictures tells.
      pictured ??= await open(bytes.slice(), true);
      text = await pageText(pictured, number);
    }
    texts.push(text);
  }
  return texts;
}

async function pageText(pdf: PDFDocumentProxy, number: number): Promise<PageText> {
  const page = await pdf.getPage(number);
  const viewport = page.getViewport({ scale: 1 });
  const canvas = new Canvas(viewport, toMatrix(viewport.transform));
  const operators = await page.getOperatorList({ annotationMode: AnnotationMode.DISABLE });
  const layers = await pdf.getOptionalContentConfig();
  play(operators, canvas, { font: fontsOf(page), layerShown: (group) => layers.isVisible(group) !== false });
  page.cleanup();
  return settle(canvas);
}

const BOLD = /bold|black|heavy|demi|cmbx|sfbx|[-_.](?:medi|b|bi)$/i;
const ITALIC = /ital|obli|slant|cmti|sfti|[-_.](?:it|i|bi)$/i;
const MONO = /mono(?!type)|courier|consol|typewriter|cmtt|sftt|menlo|inconsolata/i;

function fontsOf(page: PDFPageProxy): PageResources['font'] {
  const fonts = new Map<string, Font>();
  return (id) => {
    const known = fonts.get(id);
    if (known) return known;
    const store = id.startsWith('g_') ? page.commonObjs : page.objs;
    const face = store.has(id) ? store.get(id) : {};
    const name = typeof face.name === 'string' ? face.name : '';
    const font = {
      bold: face.bold === true || face.black === true || BOLD.test(name),
      italic: face.italic === true || ITALIC.test(name),
      mono: MONO.test(name),
      unit: Math.abs(Number(face.fontMatrix?.[0] ?? 0.001)),
      vertical: face.vertical === true,
    };
    fonts.set(id, font);
    return font;
  };
}

/** From the pages' words to the document. */
function compose(texts: readonly PageText[], entry: string) {
  const pages = withoutRunningHeads(texts);
  const common = commonGutters(pages);
  const lines: Line[] = [];
  for (const [i, page] of pages.entries())
    lines.push(...linesOf(page, i + 1, (lines.at(-1)?.column ?? -1) + 1, common));
  const style = styleOf(lines);
  const title = titleOf(lines, entry, pages[0]?.height ?? 0, style);
  const body = lines.filter((line) => !title.lines.includes(line));
  return {
    title: title.text,
    blocks: blocksOf(paragraphsOf(body, style)),
    pages: pages.length,
    hidden: withoutPrintersMarks(texts).flatMap(hiddenOn),
    silent: texts.flatMap(({ words }, i) => (words.some(({ text }) => /[\p{L}\p{N}]/u.test(text)) ? [] : [i + 1])),
  };
}

/** Outside the page, the same on page after page: for whoever cuts the paper, not to be hidden. */
function withoutPrintersMarks(texts: readonly PageText[]): PageText[] {
  const mark = (text: string) => text.replace(/\d+/g, '#');
  const pages = new Map<string, number>();
  for (const { hidden } of texts) {
    for (const text of new Set(hidden.map((word) => mark(word.text)))) pages.set(text, (pages.get(text) ?? 0) + 1);
  }
  const isMark = (text: string) => texts.length > 2 && (pages.get(mark(text)) ?? 0) > 0.5 * texts.length;
  return texts.map((page) => ({
    ...page,
    hidden: page.hidden.filter(({ text, why }) => why !== 'outside' || !isMark(text)),
  }));
}

/** Fewer letters are a stray page number or a spacer. */
const HIDDEN_LETTERS = 3;

function hiddenOn({ hidden }: PageText, i: number): Hidden[] {
  const letters = hidden.reduce((sum, { text }) => sum + (text.match(/[\p{L}]/gu)?.length ?? 0), 0);
  if (letters < HIDDEN_LETTERS) return [];
  return [{ page: i + 1, words: hidden.length, why: [...new Set(hidden.map(({ why }) => why))] }];
}
