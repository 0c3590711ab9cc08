/** Canonical Markdown as styled lines of a terminal. */
import { lexer, type MarkedToken, type Token, type Tokens } from 'marked';
import stringWidth from 'string-width';
import { safe } from '../../src/text/safe.ts';
import { hang, type Look, wrap } from './look.ts';
import { renderInline } from './prose.ts';
import { renderTable } from './table.ts';

/** Lays out Markdown of any origin; control characters and the like do not get through. */
export function renderMarkdown(markdown: string, look: Look): string[] {
  return blocks(lexer(safe(markdown)), look, true);
}

/** `apart`: an empty line between blocks. */
function blocks(tokens: readonly Token[], look: Look, apart: boolean): string[] {
  const lines: string[] = [];
  for (const token of tokens) {
    const block = isMarked(token) ? renderBlock(token, look) : [];
    if (apart && lines.length > 0 && block.length > 0) lines.push('');
    lines.push(...block);
  }
  return lines;
}

/** No extension of the lexer is in use, so every token is one of its own. */
function isMarked(token: Token): token is MarkedToken {
  return typeof token.raw === 'string';
}

function renderBlock(token: MarkedToken, look: Look): string[] {
  const { ink, width } = look;
  switch (token.type) {
    case 'heading':
      return heading(token, look);
    case 'paragraph':
      return wrap(renderInline(token.tokens, look), width);
    case 'text':
      return wrap(token.tokens ? renderInline(token.tokens, look) : token.text, width);
    case 'list':
      return list(token, look);
    case 'blockquote':
      return blocks(token.tokens, { ...look, width: width - 2 }, true).map((line) => ink.dim('│ ') + line);
    case 'code':
      return token.text.split('\n').flatMap((line) => hang(ink.yellow(line), width, '    ', '    '));
    case 'table':
      return renderTable(token, look);
    case 'hr':
      return [ink.dim('─'.repeat(width))];
    case 'html':
      return wrap(token.text.trimEnd(), width);
    default:
      return [];
  }
}

function heading(token: Tokens.Heading, look: Look): string[] {
  const text = renderInline(token.tokens, look);
  return wrap(token.depth <= 3 ? look.ink.bold.underline(text) : look.ink.bold(text), look.width);
}

function list(token: Tokens.List, look: Look): string[] {
  const start = token.start === '' ? 1 : token.start;
  const last = String(start + token.items.length - 1).length;
  return token.items.flatMap((item, index) => {
    const mark = token.ordered ? `${String(start + index).padStart(last)}. ` : '• ';
    const task = item.task ? (item.checked ? '☑ ' : '☐ ') : '';
    const indent = ' '.repeat(stringWidth(mark + task));
    const inner = { ...look, width: look.width - indent.length };
    return blocks(item.tokens, inner, item.loose).map(
      (line, row) => (row === 0 ? look.ink.dim(mark) + task : indent) + line,
    );
  });
}
