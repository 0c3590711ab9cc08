/** What the core says, in Slack's own markup: within its limits, harmless, and all of it. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { encodeTurn, sections, splitTurn } from '../../adapters/slack/encode.ts';
import { iconOf, shownName } from '../../adapters/slack/faces.ts';
import { fromSlack, toSlack } from '../../adapters/slack/mrkdwn.ts';
import { speakers } from '../../src/debate.ts';
import type { Outgoing } from '../../src/ports/adapter.ts';
import { deliveryKey } from '../../src/ports/store.ts';
import { verbs } from '../../src/verbs/registry.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { samplePanel } from '../fakes/sample-panel.ts';

describe('Markdown', () => {
  test.each([
    ['bold, italic, struck', '**a** *b* ~~c~~', '*a* _b_ ~c~'],
    ['bold in a heading', '### Where **we** met', '*Where we met*'],
    ['a list', '- one\n- two\n  - three', '• one\n• two\n    • three'],
    ['numbers', '3. one\n4. two', '3. one\n4. two'],
    ['a link', '[the *paper*](https://e.org/a|b)', '<https://e.org/a%7Cb|the _paper_>'],
    ['a link that leads nowhere', '[x](javascript:alert)', 'x'],
    ['a quote', '> “words”\n> — *§ One*', '> “words”\n> — _§ One_'],
    ['code', '`a < b`', '`a &lt; b`'],
    ['a fence', '```js\na && b\n```', '```\na &amp;&amp; b\n```'],
    ['entities', 'a &amp; b &lt;c&gt;', 'a &amp; b &lt;c&gt;'],
    [
      'a table, a line a row',
      '| who | before | after |\n|---|---|---|\n| Doomer | -2 | – |\n| Critic | 0 | 1 |',
      '• *Doomer*: before -2\n• *Critic*: before 0 · after 1',
    ],
  ])('%s', (_what, markdown, slack) => expect(toSlack(markdown)).toBe(slack));

  test('mentions, channels and links of Slack’s own are only letters, whoever wrote them', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom('<!channel>', '<!here>', '<@U123>', '<#C1>', '<!subteam^S1>', '**', '`', '\n', '> '),
            fc.string(),
          ),
        ),
        (parts) => {
          const text = toSlack(parts.join(''));
          expect(text).not.toMatch(/<[!@#]/);
          for (const [, inside = ''] of text.matchAll(/<([^>]*)>/g)) expect(inside).toMatch(/^https?:/);
        },
      ),
    );
  });
});

describe('sections', () => {
  const prose = fc
    .array(
      fc.constantFrom(
        'A < b & c.',
        'Words go on.',
        '**bold**',
        '### Head',
        '“quote”',
        '- item',
        '\n\n',
        '&&&&&',
        'x'.repeat(400),
      ),
      {
        maxLength: 120,
      },
    )
    .map((parts) => parts.join(' '));

  test('hold at most what Slack takes, with every letter in them', () => {
    const letters = (text: string) => text.replace(/&(?:amp|lt|gt);/g, '').replace(/[^\p{L}\p{N}]/gu, '');
    fc.assert(
      fc.property(prose, (text) => {
        const shown = splitTurn(text).flatMap(sections);
        for (const { text: block } of shown) expect(block?.text.length ?? 0).toBeLessThanOrEqual(3000);
        expect(letters(shown.map((each) => each.text?.text ?? '').join(' '))).toBe(letters(toSlack(text)));
      }),
      { numRuns: 200 },
    );
  });
});

describe('a turn', () => {
  const log = sampleLog('en');
  const message = (n: number, rest: Partial<Outgoing> = {}): Outgoing => {
    const turn = log.turns[n - 1];
    if (!turn) throw new Error(`no turn ${n}`);
    const { debate, article } = log;
    return {
      key: deliveryKey(debate.id, n, 0),
      debate,
      article,
      turn,
      part: 0,
      parts: 1,
      to: 'thread',
      text: turn.text,
      ...rest,
    };
  };
  const synthesis = log.turns.findLast(({ kind }) => kind === 'synthesis')?.n ?? 0;

  test('carries its number, whom it answers, and its words for notifications', () => {
    const body = encodeTurn(message(2), verbs, { named: false, link: null });
    expect(JSON.stringify(body.blocks.at(-1))).toContain('turn 2');
    expect(body.text.length).toBeGreaterThan(10);
    expect(body.blocks.some(({ type }) => type === 'actions')).toBe(false);
  });

  test('without the scope, face and name lead it', () => {
    const [first] = encodeTurn(message(2), verbs, { named: true, link: null }).blocks;
    expect(JSON.stringify(first)).toMatch(/"\*\S+ .+\*"/);
  });

  test('the synthesis ends with what can be done now', () => {
    const body = encodeTurn(message(synthesis), verbs, { named: false, link: null });
    expect(JSON.stringify(body.blocks.at(-1))).toContain('press:round');
    const first = encodeTurn(message(synthesis, { parts: 2 }), verbs, { named: false, link: null });
    expect(JSON.stringify(first.blocks)).not.toContain('press:round');
  });

  test('in the channel it leads to the thread', () => {
    const body = encodeTurn(message(synthesis, { to: 'channel', text: 'In short.' }), verbs, {
      named: false,
      link: 'https://s/p1',
    });
    expect(JSON.stringify(body.blocks)).toContain('<https://s/p1|Read the debate>');
  });

  test('every persona has an icon Slack has a name for, and an unknown face one, too', () => {
    for (const { face } of speakers(samplePanel)) expect(iconOf(face)).toMatch(/^:[a-z0-9_+-]+:$/);
    expect(new Set(speakers(samplePanel).map(({ face }) => iconOf(face))).size).toBe(8);
    expect(iconOf('🧐')).toBe(':face_with_monocle:');
    expect(iconOf('x')).toBe(':speech_balloon:');
    const [persona] = samplePanel.personas;
    if (!persona) throw new Error('the panel is empty');
    expect(shownName({ ...persona, name: { en: 'N'.repeat(200), es: '' } }, 'en').length).toBe(80);
    expect(shownName({ ...persona, name: { en: '\u202e', es: '' } }, 'en')).toBe('Tertulia');
  });
});

describe('what people write', () => {
  test.each([
    ['without our mention', '<@U1> hello &amp; &lt;b&gt;', 'hello & <b>'],
    ['others by name', 'ask <@U2|ana> and <@W3>', 'ask @ana and @W3'],
    [
      'links as they are',
      'see <https://e.org/a?b=1&amp;c=2> <https://e.org|e.org> <https://e.org/x|here>',
      'see https://e.org/a?b=1&c=2 https://e.org here (https://e.org/x)',
    ],
    ['channels, groups and specials', '<#C1|papers> <!subteam^S1|@editors> <!here>', '#papers @editors @here'],
  ])('%s', (_what, text, plain) => expect(fromSlack(text, 'U1')).toBe(plain));
});
