import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { countWords, keepLength } from '../../src/checks/length.ts';
import { checkProse } from '../../src/checks/prose.ts';
import type { Log, Move, Persona } from '../../src/debate.ts';
import { emptyLog, withPerson, withTurn } from '../fakes/dialogue.ts';
import { sampleArticle } from '../fakes/sample-article.ts';
import { samplePanel } from '../fakes/sample-panel.ts';

const persona = (id: string): Persona => {
  const found = samplePanel.personas.find((each) => each.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};

const doomer = persona('doomer');
const statement: Move = {
  key: 'statement-doomer',
  kind: 'statement',
  speaker: 'doomer',
  round: 0,
  to: [],
  answers: [],
};

function debateIn(language: 'en' | 'es'): Log {
  const log: Log = { ...emptyLog({ language }), article: sampleArticle(language) };
  return withTurn(withTurn(log, { key: 'opening', kind: 'opening', speaker: 'coordinator' }), {
    key: 'statement-enthusiast',
    kind: 'statement',
    speaker: 'enthusiast',
    text: 'It is cheap enough to try on every desk by Monday.',
  });
}

const english = debateIn('en');
const check = (said: string, log = english, move = statement) => checkProse(said, log, move, doomer);

describe('quotes', () => {
  test('words of the article come back in its own spelling, with section and page', () => {
    const { settled, problems } = check('I fear this: "ACCURACY rose from  61 % to 74 %" [p3], and no more.');
    expect(settled?.text).toBe('I fear this: “accuracy rose from 61 % to 74 %” (§ Results, p. 2), and no more.');
    expect(settled?.quotes).toEqual([{ text: 'accuracy rose from 61 % to 74 %', passage: 3, verified: true }]);
    expect(problems).toEqual([]);
  });

  test('a wrong passage number is mended', () => {
    expect(check('See "accuracy rose from 61 % to 74 %" [p1].').settled?.quotes[0]?.passage).toBe(3);
  });

  test('words that are not in the article are asked for again, and else lose their marks', () => {
    const { settled, problems } = check('It says "accuracy fell from 90 % to 2 %" [p3].');
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain('accuracy fell from 90 % to 2 %');
    expect(settled?.text).toBe('It says accuracy fell from 90 % to 2 % (unverified).');
    expect(settled?.quotes).toEqual([{ text: 'accuracy fell from 90 % to 2 %', passage: null, verified: false }]);
  });

  test('without a reference, a manner of speaking and a colleague’s words may keep their marks', () => {
    const { settled, problems } = check(
      'So "cheap" they say: "It is cheap enough to try on every desk", AI Enthusiast?',
    );
    expect(problems).toEqual([]);
    expect(settled?.text).toContain('"cheap"');
    expect(settled?.text).toContain('"It is cheap enough to try on every desk"');
  });

  test('a long quotation that nobody wrote is not shown as one', () => {
    expect(check('They admit "we never tested any of this on real people".').problems).toHaveLength(1);
  });

  test('a reference by itself becomes section and page, an invented one vanishes', () => {
    expect(check('Accuracy went up [p3] and so on [p99].').settled?.text).toBe(
      'Accuracy went up (§ Results, p. 2) and so on.',
    );
  });
});

describe('speaking for oneself', () => {
  test('the own name before the words is dropped', () => {
    for (const said of ['AI Doomer: Beware.', '**AI Doomer:** Beware.', '[turn 4] AI Doomer: Beware.']) {
      expect(check(said).settled?.text).toBe('Beware.');
    }
  });

  test('lines for another are a problem, and are cut', () => {
    const { settled, problems } = check('Beware.\n\n**AI Enthusiast:** You are right.\n\nAI Doomer: I know.');
    expect(problems[0]).toContain('AI Enthusiast');
    expect(settled?.text).toBe('Beware.');
  });

  test('addressing somebody at the start is not speaking for them', () => {
    const { settled, problems } = check('AI Enthusiast: you forget who pays for it.');
    expect(problems).toEqual([]);
    expect(settled?.text).toContain('you forget who pays');
  });

  test('nothing said cannot be shown', () => {
    expect(check('   ')).toEqual({ settled: null, problems: [expect.stringContaining('said nothing')] });
  });
});

describe('what a turn tells besides its words', () => {
  test('the stance line is read and not shown', () => {
    const { settled } = check('It will end badly.\n[stance: -2, confidence: 80%]');
    expect(settled?.text).toBe('It will end badly.');
    expect(settled?.data.stance).toEqual({ stance: -2, confidence: 80 });
  });

  test('stances out of range are brought within it', () => {
    expect(check('Bad.\n[stance: −9, confidence: 300%]').settled?.data.stance).toEqual({ stance: -3, confidence: 100 });
  });

  test('a question that names somebody is put to them; others are rhetoric', () => {
    const { settled } = check('Who knows? Scientific Reviewer, how many runs were there? Nobody asks.');
    expect(settled?.data.asks).toEqual([{ to: 'reviewer', text: 'Scientific Reviewer, how many runs were there?' }]);
  });

  test('whoever is named is replied to', () => {
    expect(check('AI Enthusiast forgets the bill.').settled?.repliesTo).toEqual([2]);
  });

  test('a reply that forgets to say whom it answers says so by an arrow', () => {
    const reply: Move = { ...statement, key: 'reply-1-1', kind: 'reply', to: [2] };
    expect(check('The bill comes later.', english, reply).settled?.text).toBe('→ AI Enthusiast. The bill comes later.');
    const asked = withPerson(english, 'why?', 'doomer');
    expect(check('Because.', asked, { ...reply, to: [3] }).settled?.text).toBe('→ Ana. Because.');
  });
});

describe('language', () => {
  const spanish = debateIn('es');
  const words =
    'El peor desenlace creíble es que nadie se entere hasta que ya sea tarde para todos nosotros, y eso me preocupa.';

  test('a turn in another language is sent back', () => {
    expect(check(words, english).problems).toEqual([expect.stringContaining('language of the debate (en)')]);
    expect(check(words, spanish).problems).toEqual([]);
  });

  test('quotes keep the article’s language', () => {
    const mixed: Log = { ...spanish, article: sampleArticle('en') };
    const { problems } = check(`${words} "On contract clauses longer thinking made answers worse" [p4].`, mixed);
    expect(problems).toEqual([]);
  });
});

describe('length', () => {
  test('ends at the last sentence that fits', () => {
    const said = Array.from({ length: 30 }, (_, at) => `Sentence number ${at} has exactly seven words.`).join(' ');
    const { text, cut } = keepLength(said, 50, 'en');
    expect(cut).toBe(true);
    expect(text.endsWith('seven words.')).toBe(true);
    expect(countWords(text)).toBeLessThanOrEqual(60);
  });

  test('law: never above the limit by more than a fifth and one quote, never inside a quote, untouched when short', () => {
    const word = fc.constantFrom(
      'alpha',
      'beta.',
      'gamma',
      'delta!',
      '“one two. Three four five” (§ A, p. 1)',
      'e.g.',
      'omega?',
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 120 }), fc.integer({ min: 20, max: 60 }), (words, limit) => {
        const said = words.join(' ');
        const { text, cut } = keepLength(said, limit, 'en');
        if (!cut) expect(text).toBe(said);
        expect((text.match(/“/g) ?? []).length).toBe((text.match(/”/g) ?? []).length);
        expect(countWords(text)).toBeLessThanOrEqual(Math.ceil(limit * 1.2) + 9);
      }),
    );
  });
});
