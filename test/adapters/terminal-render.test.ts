import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { encodeTurn } from '../../adapters/terminal/encode.ts';
import { colourLevel, inkOf, type Look, type Output } from '../../adapters/terminal/look.ts';
import { renderMarkdown } from '../../adapters/terminal/markdown.ts';
import { duration, progressLine } from '../../adapters/terminal/words.ts';
import { safe, safeLine } from '../../src/text/safe.ts';
import { emptyLog, withTurn } from '../fakes/dialogue.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { createVirtualTerminal } from '../fakes/virtual-terminal.ts';

const plain = (width: number): Look => ({ ink: inkOf(0), width, links: false });
const coloured = (width: number): Look => ({ ink: inkOf(3), width, links: true });
const sgr = (code: string) => `\u001b[${code}m`;

const ESC = '\u001b';
/** Colours, and links to the one address in the text. */
const OURS = new RegExp(`${ESC}\\[[\\d;]*m|${ESC}\\]8;;(?:http://a\\.test/[^\\s${ESC}\u0007]*)?\u0007`, 'g');

describe('text is made harmless', () => {
  test.each([
    ['clear the screen', 'a\u001b[2Jb', 'ab'],
    ['a title', 'a\u001b]0;owned\u0007b', 'ab'],
    ['a link', '\u001b]8;;http://evil.test\u001b\\here\u001b]8;;\u001b\\', 'here'],
    ['eight-bit control', 'a\u009b31mb', 'ab'],
    ['one sequence hidden in another', '\u001b\u001b[[2J2Jx', '2Jx'],
    ['a bare escape', 'a\u001b', 'a'],
    ['back over what was written', 'rm\u0008\u0008ls\u007f', 'rmls'],
    ['carriage return', 'good\rbad', 'good\nbad'],
    ['bidi override', 'a\u202egpj.exe\u202c', 'agpj.exe'],
    ['isolates', '\u2066a\u2069', 'a'],
    ['zero-width letters', 'pass\u200bword\ufeff\u2060\u00ad', 'password'],
    ['a joiner between letters', 'a\u200db', 'ab'],
    ['tag characters', 'hi\u{e0068}\u{e0069}', 'hi'],
    ['a pile of marks', `a${'\u0301'.repeat(40)}`, `a${'\u0301'.repeat(6)}`],
    ['half a surrogate pair', 'a\ud800', 'a\ufffd'],
  ])('%s', (_what, text, expected) => {
    expect(safe(text)).toBe(expected);
  });

  test.each(['👩‍🔬', '🎙️', '🇪🇸', '👍🏽', 'نموذج', 'می‌خواهم', 'क्‍ष', '模型', 'x̂', 'a b'])('%s stays', (text) => {
    expect(safe(text)).toBe(text);
  });

  test('no control character of any text is left, and nothing more goes the second time', () => {
    const odd = fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '2J',
      '\u0007',
      '\u009b',
      '31m',
      '\u202e',
      '\u200d',
      '👩',
      'a',
      '\r',
      '\n',
      '\t',
    );
    const text = fc.oneof(
      fc.array(odd).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (given) => {
        expect(safe(given)).not.toMatch(/[\p{Cc}--\n]|[\u202a-\u202e\u2066-\u2069]/v);
        expect(safe(safe(given))).toBe(safe(given));
        expect(safeLine(given)).not.toMatch(/\n/);
      }),
      { numRuns: 500 },
    );
  });

  test('a hostile turn can do nothing but be read: only our own colours and links reach the terminal', () => {
    const text =
      'x\u001b]52;c;ZXZpbA==\u0007 [link](http://a.test/\u001b]0;t\u0007) `\u001b[2J` **\u009b2J** <b>\u001bc</b> [js](javascript:alert(1))';
    const log = withTurn(emptyLog(), {
      key: 'k',
      kind: 'statement',
      speaker: 'human',
      text,
      data: { author: { id: 'x', name: '\u001b[2JEve\n\u202e' } },
    });
    const [turn] = log.turns;
    if (!turn) throw new Error('no turn');
    const lines = encodeTurn(
      { key: 'k', debate: log.debate, article: null, turn, part: 0, parts: 1, to: 'thread', text },
      coloured(80),
    );
    const ours = lines.join('\n').replace(OURS, '');
    expect(ours).not.toMatch(/[\p{Cc}--\n]|[\u202a-\u202e]/v);
    expect(ours).not.toContain('javascript:');
    expect(ours).toContain('Eve');
  });
});

describe('Markdown', () => {
  const lines = (markdown: string, width = 40) => renderMarkdown(markdown, plain(width));

  test('paragraphs, headings, lists, quotes, code, rules', () => {
    const markdown = [
      '## Where we met',
      'One *two* **three** `four`.',
      '- first\n- second that is long enough to be wrapped\n  - nested',
      '9. nine\n10. ten',
      '> said before',
      '```\ncode  as is\n```',
      '---',
    ].join('\n\n');
    expect(lines(markdown, 24)).toEqual([
      'Where we met',
      '',
      'One two three four.',
      '',
      '• first',
      '• second that is long',
      '  enough to be wrapped',
      '  • nested',
      '',
      ' 9. nine',
      '10. ten',
      '',
      '│ said before',
      '',
      '    code  as is',
      '',
      '─'.repeat(24),
    ]);
  });

  const table =
    '| Who | Before | After | Turn |\n| --- | ---: | --- | --- |\n| AI Doomer | −3 (80 %) | −1 (60 %) | 13 |\n| Pensador Crítico | −2 | — | |';

  test('a table that fits has columns', () => {
    expect(lines(table, 60)).toEqual([
      'Who                  Before  After      Turn',
      '─'.repeat(44),
      'AI Doomer         −3 (80 %)  −1 (60 %)  13',
      'Pensador Crítico         −2  —',
    ]);
  });

  test('one that does not is a paragraph a row', () => {
    expect(lines(table, 30)).toEqual([
      'AI Doomer',
      '  Before: −3 (80 %)',
      '  After: −1 (60 %)',
      '  Turn: 13',
      '',
      'Pensador Crítico',
      '  Before: −2',
      '  After: —',
    ]);
  });

  test('a quote of the article stands out with its place, which is not torn', () => {
    const quote = 'It says “the reward *rises*” (§ Results, p. 4), no “doubt”.';
    expect(lines(quote, 39)).toEqual(['It says “the reward rises” (§ Results,', 'p. 4), no “doubt”.']);
    const [line = ''] = renderMarkdown(quote, coloured(80));
    expect(line).toContain(`${sgr('36')}${sgr('3')}“the reward`);
    expect(line).toContain(`${sgr('2')} (§ Results, p. 4)${sgr('22')}, no “doubt”.`);
  });

  test('links: clickable with their host, or written out', () => {
    const link = '[the paper](https://arxiv.org/abs/1) and https://a.org';
    expect(lines(link, 80)).toEqual(['the paper <https://arxiv.org/abs/1> and https://a.org']);
    const [line = ''] = renderMarkdown(link, coloured(80));
    expect(line).toContain('\u001b]8;;https://arxiv.org/abs/1\u0007');
    expect(line).toContain('(arxiv.org)');
  });

  test('no line is wider than the window, whatever the text', () => {
    const piece = fc.constantFrom(
      '模型',
      '👩‍🔬',
      'word',
      '“q” (§ S, p. 1)',
      '**b**',
      '- x',
      '\n',
      '\n\n',
      '| a | b |\n| - | - |\n| c | d |',
      '# h',
      '> q',
      '`c`',
      '1. n',
      'a'.repeat(70),
      '```\nx\n```',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), fc.integer({ min: 20, max: 60 }), (parts, width) => {
        for (const line of renderMarkdown(parts.join(' '), coloured(width))) {
          expect(stringWidth(line)).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  test.each(['en', 'es'])('a whole debate in %s fits 40 columns and loses no word', (language) => {
    const log = sampleLog(language);
    for (const turn of log.turns) {
      const at = { part: 0, parts: 1, to: 'thread' } as const;
      const message = { key: 'k', debate: log.debate, article: log.article, turn, ...at, text: turn.text };
      const shown = encodeTurn(message, plain(39));
      for (const line of shown) expect(stringWidth(line)).toBeLessThanOrEqual(39);
      const words = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];
      const seen = words(shown.join(' '));
      for (const word of words(turn.text)) expect(seen).toContain(word);
    }
  });
});

describe('colour', () => {
  const tty: Output = createVirtualTerminal().output;
  const env = { TERM: 'xterm-256color' };

  test.each([
    ['a terminal of 256 colours', tty, 'auto', env, 2],
    ['true colour', tty, 'auto', { ...env, COLORTERM: 'truecolor' }, 3],
    ['NO_COLOR', tty, 'auto', { ...env, NO_COLOR: '1' }, 0],
    ['TERM=dumb', tty, 'auto', { TERM: 'dumb' }, 0],
    ['switched off', tty, false, env, 0],
    ['switched on against NO_COLOR', tty, true, { ...env, NO_COLOR: '1' }, 1],
    ['FORCE_COLOR', tty, 'auto', { TERM: 'dumb', FORCE_COLOR: '3' }, 3],
  ] as const)('%s', (_what, output, color, environment, level) => {
    expect(colourLevel(output, color, environment)).toBe(level);
  });
});

describe('progress', () => {
  const { debate } = emptyLog();
  const progress = { debate, turn: 5, of: 16, thinking: ['doomer'], tokens: 12_400, elapsedMs: 63_000 };
  const spanish = { ...progress, debate: { ...debate, language: 'es' } };

  test('says where the debate stands in both languages', () => {
    expect(progressLine(progress, 63_000, [], 80)).toBe('turn 5 of 16 · 12.4K tokens · 1:03 · AI Doomer is thinking…');
    expect(progressLine(spanish, 63_000, ['doomer'], 80)).toBe(
      'turno 5 de 16 · 12,4\u00a0mil tokens · 1:03 · AI Doomer está hablando…',
    );
    expect(progressLine({ ...progress, tokens: null, thinking: ['doomer', 'critic'] }, 1_000, [], 80)).toBe(
      'turn 5 of 16 · 0:01 · AI Doomer and Critical Thinker are thinking…',
    );
  });

  test('many at once are counted; a pause is told', () => {
    const ids = ['doomer', 'critic', 'reviewer', 'newcomer'];
    expect(progressLine({ ...progress, thinking: ids }, 0, [], 80)).toContain('4 personas are thinking…');
    expect(progressLine({ ...spanish, debate: { ...spanish.debate, status: 'paused' } }, 0, [], 80)).toContain(
      'en pausa',
    );
  });

  test('gives way when it is narrow, the turn and the speaker last', () => {
    expect(progressLine(progress, 63_000, [], 45)).toBe('turn 5 of 16 · 1:03 · AI Doomer is thinking…');
    expect(progressLine(progress, 63_000, [], 39)).toBe('turn 5 of 16 · AI Doomer is thinking…');
    expect(progressLine(progress, 63_000, [], 32)).toBe('5/16 · AI Doomer is thinking…');
    expect(progressLine(progress, 63_000, [], 12)).toBe('5/16 · AI D…');
  });

  test('durations', () => {
    expect([0, 59_999, 63_000, 3_729_000].map(duration)).toEqual(['0:00', '0:59', '1:03', '1:02:09']);
  });
});
