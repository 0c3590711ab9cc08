/** Turns as Discord shows them: dialect, quotes, tables, limits, names and faces. */
import { describe, expect, test } from '@jest/globals';
import { ComponentType } from 'discord.js';
import fc from 'fast-check';
import { encodeTurn, splitTurn } from '../../adapters/discord/encode.ts';
import { avatarOf, shownName } from '../../adapters/discord/faces.ts';
import { toDiscord } from '../../adapters/discord/markdown.ts';
import { setApart } from '../../src/chat/set-apart.ts';
import type { Article, Debate, Turn } from '../../src/debate.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import { verbs } from '../../src/verbs/registry.ts';
import { emptyLog, withTurn } from '../fakes/dialogue.ts';
import { samplePanel } from '../fakes/sample-panel.ts';

const thread = { adapter: 'discord', channel: '111', thread: '222' };

function message(text: string, turn: Partial<Turn> = {}, debate: Partial<Debate> = {}): Outgoing {
  const log = withTurn(emptyLog({ thread, ...debate }), {
    key: 'k',
    kind: 'statement',
    speaker: 'doomer',
    text,
    ...turn,
  });
  const [first] = log.turns;
  if (!first) throw new Error('no turn');
  return { key: 'd1:1:0', debate: log.debate, article: null, turn: first, part: 0, parts: 1, to: 'thread', text };
}

const article: Article = {
  title: 'A paper',
  source: 'https://example.org/paper',
  url: 'https://example.org/paper',
  sha256: '0',
  language: 'en',
  sections: ['Results'],
  text: '',
  passages: [{ n: 1, section: 'Results', page: 4, start: 0, end: 1, text: '' }],
  warnings: [],
};

describe('Markdown in Discord’s dialect', () => {
  test.each([
    ['deep headings are bold', '#### Deep\n\nText', '**Deep**\nText'],
    ['a heading stands close to what it is over', '### Answer\n\nYes.', '### Answer\nYes.'],
    ['__bold__ is not underlined', '__bold__ and a__b__c', '**bold** and a\\_\\_b\\_\\_c'],
    ['images are links', '![figure](https://e.org/a.png)', '[figure](https://e.org/a.png)'],
    ['only web addresses are links', '[x](javascript:alert(1)) [y](https://e.org/)', 'x [y](https://e.org/)'],
    ['parentheses in an address', '[y](https://e.org/a_(b))', '[y](https://e.org/a_%28b%29)'],
    [
      'what would be a mention is not',
      '<@123> <#5> @everyone <:a:1> <t:99>',
      '\\<@123> \\<#5> @everyone \\<:a:1> \\<t:99>',
    ],
    ['spoilers are not hidden', 'a || b || c', 'a \\|\\| b \\|\\| c'],
    ['small print is not small', '-# tiny', '\\-# tiny'],
    ['quotes have one level, at the beginning of a line', '- point\n  > “said”', '- point\n> “said”'],
    ['nested lists', '- a\n  - b\n    - c', '- a\n  - b\n    - c'],
    ['tasks', '- [x] a\n- [ ] b', '- ☑ a\n- ☐ b'],
    ['numbers go on where they began', '3. c\n4. d', '3. c\n4. d'],
    ['code keeps its fence', '```js\na\n```', '```js\na\n```'],
    ['entities are characters', 'a &amp; b &lt; c', 'a & b < c'],
    ['html is words', '<b>x</b>', '<b>x</b>'],
  ])('%s', (_what, markdown, shown) => {
    expect(toDiscord(markdown)).toBe(shown);
  });

  test('a table is a line a row, its headings beside the cells', () => {
    const table = '| Who | Before | After |\n| --- | --- | --- |\n| AI Doomer | +2 (70 %) | – |\n| Critic | −1 | 0 |';
    expect(toDiscord(table)).toBe('- **AI Doomer**: Before +2 (70 %)\n- **Critic**: Before −1 · After 0');
  });

  test('nothing hidden or reordering gets through', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(toDiscord(text)).not.toMatch(/[\p{Cc}--\n]|[\u202a-\u202e\u2066-\u2069\u200b\u2060\ufeff]/v);
      }),
    );
  });

  test('no words of any text mention anybody', () => {
    const part = fc.constantFrom('<', '@', '!', '&', '#', '1', '23', '>', ':', 'a', ' ', '\\', '*', '`', '\n');
    fc.assert(
      fc.property(
        fc.array(part).map((parts) => parts.join('')),
        (text) => {
          const outsideCode = toDiscord(text).replace(/`+[^`]*`+/g, '');
          expect(outsideCode).not.toMatch(/(?<!\\)<[@#][!&]?\d+>/);
        },
      ),
    );
  });
});

describe('the article’s own words', () => {
  const quotes = [{ text: 'Reward rises while the evidence does not', passage: 1, verified: true }];

  test('stand apart, with section, page and link', () => {
    const said = 'It says “Reward rises while the evidence does not” (§ Results, p. 4), which is odd.';
    expect(toDiscord(setApart(said, quotes, article, true))).toBe(
      'It says\n\n> “Reward rises while the evidence does not”\n> — *[§ Results, p. 4](https://example.org/paper#page=4)*\nwhich is odd.',
    );
  });

  test('stay in a list, where there is no room', () => {
    const said = '- It says “Reward rises while the evidence does not” (§ Results, p. 4).';
    expect(toDiscord(setApart(said, quotes, null, true))).toBe(said);
  });

  test.each([
    'Is it *so, “Reward rises while the evidence does not” (p. 4)*',
    'Is “Reward rises while the evidence does not” (p. 4)?',
  ])('stay in emphasis and in questions: %s', (said) => {
    expect(toDiscord(setApart(said, quotes, null, true))).toBe(said);
  });

  test('without pages the link leads to the words', () => {
    const [passage] = article.passages;
    const paged = passage ? [{ ...passage, page: null }] : [];
    const said = '“Reward rises while the evidence does not” (§ Results)';
    const shown = setApart(said, quotes, { ...article, passages: paged }, true);
    expect(shown).toContain('https://example.org/paper#:~:text=Reward%20rises%20while%20the%20evidence%20does%20not');
  });

  test('what was not verified is nobody’s quote', () => {
    const said = '“Reward rises while the evidence does not” (§ Results)';
    expect(
      setApart(
        said,
        [{ text: 'Reward rises while the evidence does not', passage: null, verified: false }],
        article,
        true,
      ),
    ).toBe(said);
  });
});

describe('messages', () => {
  test('end with their turn’s number and whom they answer', () => {
    expect(encodeTurn(message('Words.', { repliesTo: [3, 4] }), verbs, false).content).toBe(
      'Words.\n-# turn 1 · ↪ 3, 4',
    );
    expect(encodeTurn(message('Palabras.', {}, { language: 'es' }), verbs, false).content).toBe(
      'Palabras.\n-# turno 1',
    );
    expect(encodeTurn({ ...message('Words.'), part: 1, parts: 3 }, verbs, false).content).toBe(
      'Words.\n-# turn 1 · 2/3',
    );
  });

  test('name the speaker where a webhook can’t', () => {
    expect(encodeTurn(message('Words.'), verbs, true).content).toBe('**🌋 AI Doomer**\nWords.\n-# turn 1');
  });

  test('notify nobody and preview nothing', () => {
    for (const to of ['thread', 'channel'] as const) {
      const body = encodeTurn({ ...message('@everyone https://example.org'), to }, verbs, false);
      expect(body).toMatchObject({ allowed_mentions: { parse: [] }, flags: 4 });
    }
  });

  test('the channel is shown the way to the thread', () => {
    const body = encodeTurn({ ...message('Short.'), to: 'channel' }, verbs, false);
    expect(body.content).toBe('Short.\n-# Read the debate: <#222>');
  });

  test('a synthesis is laid out in the coordinator’s colour, with buttons for what comes next', () => {
    const text = 'Thanks.\n\n### Answer\n\nYes.\n\n### Next steps\n\n1. Measure.';
    const body = encodeTurn(message(text, { kind: 'synthesis', speaker: 'coordinator' }), verbs, false);
    expect(body.flags).toBe(1 << 15);
    expect(body.content).toBeUndefined();
    expect(body.components?.map(({ type }) => type)).toEqual([ComponentType.Container, ComponentType.ActionRow]);
    const shown = JSON.stringify(body.components);
    for (const each of ['### Answer\\nYes.', '"Round"', '"Ask"', '"Export"', String(0x4c6ef5)])
      expect(shown).toContain(each);
    const first = encodeTurn({ ...message(text, { kind: 'synthesis' }), parts: 2 }, verbs, false);
    expect(first.components?.map(({ type }) => type)).toEqual([ComponentType.Container]);
  });

  test('of any length and content keep within Discord’s limits, and lose no word', () => {
    const word = fc.constantFrom(
      'word',
      'the',
      'señal',
      '“quote”',
      '<@1>',
      '||',
      '__x__',
      '**bold**',
      '模型',
      '`code`',
      '.',
      '\n\n',
      '\n- ',
    );
    const text = fc.array(word, { minLength: 1, maxLength: 3000 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, fc.boolean(), (plainText, hasHeadings) => {
        const whole = hasHeadings ? `### Head\n\n${plainText}` : plainText;
        const parts = splitTurn(whole);
        for (const [part, piece] of parts.entries()) {
          const body = encodeTurn({ ...message(piece), part, parts: parts.length, text: piece }, verbs, true);
          expect(body.content?.length ?? 0).toBeLessThanOrEqual(2000);
          expect(textLength(body.components ?? [])).toBeLessThanOrEqual(4000);
        }
        expect(letters(parts.join(' '))).toBe(letters(whole));
      }),
      { numRuns: 40 },
    );
  });
});

function textLength(components: readonly object[]): number {
  return [...JSON.stringify(components).matchAll(/"content":"((?:[^"\\]|\\.)*)"/g)]
    .map((match) => String(JSON.parse(`"${match[1]}"`)).length)
    .reduce((sum, length) => sum + length, 0);
}

function letters(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

describe('names and faces', () => {
  const named = (en: string) => shownName({ ...samplePanel.coordinator, name: { en, es: en } }, 'en');

  test('names Discord forbids are adapted, all others left alone', () => {
    expect(named('Discord Historian')).toBe('D·iscord Historian');
    expect(named('clyde')).toBe('c·lyde');
    expect(named('everyone')).toBe('everyone ·');
    expect(named('Critical Thinker')).toBe('Critical Thinker');
    expect(named('x'.repeat(100))).toHaveLength(80);
    expect(named('\u200b')).toBe('Tertulia');
  });

  test('any name comes out as one Discord takes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (name) => {
        const shown = named(name);
        expect(shown).not.toMatch(/discord|clyde/i);
        expect(shown.length).toBeGreaterThan(0);
        expect(shown.length).toBeLessThanOrEqual(80);
      }),
    );
  });

  test('a face is the picture of its emoji', () => {
    expect(avatarOf('🌋')).toMatch(/^https:\/\/.*\/1f30b\.png$/);
    expect(avatarOf('🎙️')).toMatch(/\/1f399\.png$/);
    expect(avatarOf('👩‍🔬')).toMatch(/\/1f469-200d-1f52c\.png$/);
  });
});
