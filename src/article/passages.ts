/** Blocks → the article: its kept text, sections and numbered passages. */
import type { Article, Language, Localised } from '../debate.ts';
import type { Block, Extracted } from './document.ts';
import { countHidden, withoutInvisible } from './invisible.ts';
import { detectLanguage } from './language.ts';
import { type Span, sentences } from './sentences.ts';
import { splitLong, wordCount } from './wording.ts';

export interface ArticleMeta {
  readonly source: string;
  readonly url: string | null;
  readonly sha256: string;
  /** Used when the document names no title. */
  readonly fallbackTitle: string;
  /** Instead of the one detected. */
  readonly language?: Language;
}

/** Words: a passage may end with a paragraph from `LEAST` on, and never holds more than `MOST`. */
const LEAST = 40;
const MOST = 160;
/** Words each part of a long paragraph aims for. */
const AIM = 110;

/** A block with its place in the kept text and the heading it stands under. */
interface Placed {
  readonly block: Block;
  readonly start: number;
  readonly section: string;
}

/** What passages are made of: a sentence, a line of code, a row of a table. */
interface Unit extends Span {
  readonly words: number;
  readonly page: number | null;
  readonly section: string;
  /** Words that follow in its block, and in its section. */
  readonly leftInBlock: number;
  readonly leftInSection: number;
}

/** `article.text.slice(p.start, p.end)` is `p.text` for every passage; together they hold all but the headings. */
export function buildArticle(extracted: Extracted, meta: ArticleMeta): Article {
  const title = oneLine(withoutInvisible(extracted.title ?? '')) || meta.fallbackTitle;
  const blocks = extracted.blocks.map(cleaned).filter((block) => block.text !== '');
  const text = blocks.map((block) => block.text).join(SEPARATOR);
  const language = meta.language ?? detectLanguage(text) ?? 'en';
  const placed = place(blocks, title);
  return {
    title,
    source: meta.source,
    url: meta.url,
    sha256: meta.sha256,
    language,
    sections: [...new Set(placed.map(({ section }) => section))].filter((section) => section !== ''),
    text,
    passages: group(placed.length > 0 ? units(placed, language) : []).map((part, i) => ({
      n: i + 1,
      section: part.section,
      page: part.page,
      start: part.start,
      end: part.end,
      text: text.slice(part.start, part.end),
    })),
    warnings: [...extracted.warnings, ...hiddenCharacters(extracted.blocks)],
  };
}

const SEPARATOR = '\n\n';

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** The block as it is kept: composed letters, nothing invisible, white space only where it means something. */
function cleaned(block: Block): Block {
  const cuts = [0, ...(block.pageBreaks ?? []).map(({ at }) => at), block.text.length];
  const parts = cuts.slice(1).map((to, i) => spaced(block.kind, block.text.slice(cuts[i], to)));
  const all = parts.join('');
  const lead = all.length - all.trimStart().length;
  let at = -lead;
  const pageBreaks = (block.pageBreaks ?? []).map(({ page }, i) => {
    at += (parts[i] ?? '').length;
    return { at, page };
  });
  return { ...block, text: block.kind === 'code' ? all.replace(/^\s*\n|\s+$/g, '') : all.trim(), pageBreaks };
}

function spaced(kind: Block['kind'], text: string): string {
  const seen = withoutInvisible(text).normalize('NFC');
  if (kind === 'code') return seen.replace(/\t/g, '  ').replace(/[^\S\n]+$/gm, '');
  if (kind === 'list' || kind === 'table') return seen.replace(/[^\S\n]+/g, ' ').replace(/ ?\n\s*/g, '\n');
  return seen.replace(/\s+/g, ' ');
}

/** A first heading that only repeats the title opens no section. */
function place(blocks: readonly Block[], title: string): Placed[] {
  let start = 0;
  let section = '';
  return blocks.map((block, i) => {
    const placed = { block, start };
    start += block.text.length + SEPARATOR.length;
    const repeatsTitle = i === 0 && block.text.toLowerCase() === title.toLowerCase();
    if (block.kind === 'heading' && !repeatsTitle) section = block.text;
    return { ...placed, section };
  });
}

function units(placed: readonly Placed[], language: Language): Unit[] {
  const found: Unit[] = [];
  let leftInSection = 0;
  for (const { block, start, section } of placed.toReversed()) {
    if (section !== found.at(-1)?.section || block.kind === 'heading') leftInSection = 0;
    if (block.kind === 'heading') continue;
    let leftInBlock = 0;
    const spans = sentences(block.text, language).flatMap((sentence) => splitLong(sentence, MOST));
    for (const span of spans.toReversed()) {
      const words = wordCount(span.text);
      const page = block.pageBreaks?.findLast(({ at }) => at <= span.start)?.page ?? block.page;
      const offsets = { start: start + span.start, end: start + span.end };
      found.push({ ...offsets, text: span.text, words, page, section, leftInBlock, leftInSection });
      leftInBlock += words;
      leftInSection += words;
    }
  }
  return found.reverse();
}

type Part = Pick<Unit, 'start' | 'end' | 'words' | 'page' | 'section'>;

function group(all: readonly Unit[]): Part[] {
  const parts: Part[] = [];
  let open = false;
  for (const unit of all) {
    const last = parts.at(-1);
    const joins = open && last && last.section === unit.section && last.words + unit.words <= MOST;
    const part: Part = joins ? { ...last, end: unit.end, words: last.words + unit.words } : unit;
    parts.splice(joins ? -1 : parts.length, 1, part);
    open = !isFull(part.words, unit);
  }
  return parts;
}

/** Whether a passage of so many words had better end with this unit. */
function isFull(words: number, { leftInBlock, leftInSection }: Unit): boolean {
  if (leftInSection < LEAST && words + leftInSection <= MOST) return false;
  if (leftInBlock === 0) return words >= LEAST;
  return words >= AIM && words + leftInBlock > MOST;
}

function hiddenCharacters(blocks: readonly Block[]): Localised[] {
  const count = blocks.reduce((sum, block) => sum + countHidden(block.text), 0);
  if (count === 0) return [];
  return [
    {
      en: `The article contains ${count} invisible characters in runs that can carry hidden text; they were left out.`,
      es: `El artículo contiene ${count} caracteres invisibles en secuencias que pueden llevar texto oculto; se han omitido.`,
    },
  ];
}
