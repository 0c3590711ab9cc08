/** Markdown: rendered the way its reader sees it, then read like any page. */
import { Lexer, Marked, type Token } from 'marked';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Extracted } from './document.ts';
import { parsePage } from './dom.ts';
import { hiddenWarnings, removeHidden } from './hidden.ts';
import { spellOut } from './html.ts';
import { blocksOf } from './html-blocks.ts';
import { extractText } from './text.ts';

/** Comments of fewer words are instructions to a linter. */
const WORDY_COMMENT = 8;

const frontMatter = z.object({ title: z.coerce.string().trim().min(1) });

/** Blocks of a Markdown text; its title is the front matter's, else its first top heading. */
export function extractMarkdown(source: string): Extracted {
  const { title, body } = withoutFrontMatter(source);
  const tokens = tokensOf(body);
  // What nests too deep to be parsed is nothing anybody wrote by hand.
  if (!tokens) return extractText(source);
  const document = parsePage(`<html><body>${new Marked().parser(tokens)}</body></html>`);
  const { words, commentWords } = removeHidden(document.body);
  spellOut(document);
  const blocks = blocksOf(document.body);
  const heading = blocks.find(({ kind, level }) => kind === 'heading' && level === 1);
  const unseen = commentWords + wordsInDefinitions(tokens);
  const hidden = words + (unseen >= WORDY_COMMENT ? unseen : 0);
  return { title: title ?? heading?.text ?? null, blocks, warnings: hiddenWarnings(hidden) };
}

function tokensOf(body: string): Token[] | null {
  try {
    return new Lexer({ gfm: true }).lex(body);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function withoutFrontMatter(source: string): { title: string | null; body: string } {
  const [whole, yaml = ''] = /^\ufeff?---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/.exec(source) ?? [
    '',
  ];
  const read = frontMatter.safeParse(parseDocument(yaml).toJS());
  // Two rules at the top with prose between them are no front matter.
  if (whole === '' || !/^[\w-]+[ \t]*:/m.test(yaml)) return { title: null, body: source };
  return { title: read.success ? read.data.title : null, body: source.slice(whole.length) };
}

/** `[//]: # (words)` defines a link nobody follows: the other way to comment. */
function wordsInDefinitions(tokens: readonly Token[]): number {
  const titles = tokens.map((token) => (token.type === 'def' ? String(token.title ?? '') : ''));
  return titles.join(' ').match(/\p{L}+/gu)?.length ?? 0;
}
