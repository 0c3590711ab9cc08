import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createOfflineVoice } from '../../src/agents/offline/voice.ts';
import { detectLanguage, readyFor } from '../../src/article/language.ts';
import { extractMarkdown } from '../../src/article/markdown.ts';
import { buildArticle } from '../../src/article/passages.ts';
import { findQuote } from '../../src/article/quotes.ts';
import { countWords } from '../../src/checks/length.ts';
import { check } from '../../src/checks/move.ts';
import { type Article, type Log, type Move, type Panel, type Persona, speaker } from '../../src/debate.ts';
import { panel as format } from '../../src/formats/panel.ts';
import { DEFAULT_PANEL, findPanel, loadLibrary } from '../../src/personas/library.ts';
import { notesDraft, openingDraft, synthesisDraft } from '../../src/spoken.ts';
import { voiceContract } from '../contracts/voice.ts';
import { emptyLog, withPerson, withTurn } from '../fakes/dialogue.ts';

const voice = createOfflineVoice({ wait: async () => {} });
const seven = findPanel(await loadLibrary(null), DEFAULT_PANEL);
const samples = { en: await sample('en'), es: await sample('es') };

// A text without words takes the detector; with it loaded every other is told.
beforeAll(() => readyFor(''));

async function sample(language: 'en' | 'es'): Promise<Article> {
  const file = new URL(`../../src/article/samples/post-training.${language}.md`, import.meta.url);
  return articleOf(await readFile(file, 'utf8'), language);
}

function articleOf(markdown: string, language: string): Article {
  const meta = { source: 'sample.md', url: null, sha256: 'ab', fallbackTitle: 'Sample', language };
  return buildArticle(extractMarkdown(markdown), meta);
}

interface Start {
  readonly language?: string;
  readonly article?: Article;
  readonly words?: number;
  readonly panel?: Panel;
  readonly id?: string;
  readonly question?: string;
}

function start({ language = 'en', article, words = 120, panel = seven, id = 'd1', question = '' }: Start = {}): Log {
  const limits = { rounds: 1, words, tokens: null, turns: 80, time: 3_600_000 };
  const log = emptyLog({ id, language, question, panel, voice: 'offline', limits });
  return { ...log, article: article ?? samples[language === 'es' ? 'es' : 'en'] };
}

async function say(log: Log, move: Move): Promise<string> {
  const persona = personaOf(log, move.speaker);
  const { text } = await voice.speak({ log, move, persona }, { text() {}, restart() {} }, new AbortController().signal);
  return text;
}

function personaOf(log: Log, id: string): Persona {
  const persona = speaker(log.debate.panel, id);
  if (!persona) throw new Error(`no ${id} in the panel`);
  return persona;
}

/** One move spoken, checked and saved, as the orchestrator does it. */
async function spoken(log: Log, move: Move): Promise<Log> {
  const said = await say(log, move);
  const checked = check(said, log, move, personaOf(log, move.speaker));
  if (!checked.settled) throw new Error(`nothing left of ${move.key}`);
  expect({ [move.key]: checked.problems }).toEqual({ [move.key]: [] });
  const { key, kind, speaker, round, answers } = move;
  return withTurn(log, { key, kind, speaker, round, answers, ...checked.settled });
}

async function debate(log: Log): Promise<Log> {
  let now = log;
  for (let move = format.next(now)[0]; move; move = format.next(now)[0]) now = await spoken(now, move);
  return now;
}

function move(kind: Move['kind'], by: string, more: Partial<Move> = {}): Move {
  return { key: `${kind}-${by}`, kind, speaker: by, round: 0, to: [], answers: [], ...more };
}

function bare(text: string): string {
  return text.replace(/[“"«][^”"»]*[”"»]|\*[^*]*\*|\([^)]*\)|\[[^\]]*\]/g, ' ');
}

async function upTo(log: Log, turns: number): Promise<Log> {
  let now = log;
  for (let next = format.next(now)[0]; next && now.turns.length < turns; next = format.next(now)[0])
    now = await spoken(now, next);
  return now;
}

describe.each(['en', 'es'] as const)('a whole debate on the sample in %s', (language) => {
  const held = debate(start({ language }));
  const quoting = async () => (await held).turns.filter((turn) => turn.kind !== 'notes' && turn.kind !== 'synthesis');

  test('every quote is the article’s, word for word', async () => {
    for (const quote of (await held).turns.flatMap((turn) => turn.quotes)) {
      expect(quote).toMatchObject({ verified: true });
      expect(findQuote(samples[language], quote.text)?.text).toBe(quote.text);
    }
  });

  test('no sentence is quoted twice', async () => {
    const quotes = (await quoting()).flatMap((turn) => turn.quotes.map((quote) => quote.text));
    expect(quotes.length).toBeGreaterThan(10);
    expect(new Set(quotes).size).toBe(quotes.length);
  });

  test('all eight are heard, in the language of the debate, within their words', async () => {
    const { turns, debate } = await held;
    expect(new Set(turns.map((turn) => turn.speaker)).size).toBe(8);
    for (const turn of await quoting()) {
      expect({ turn: turn.n, language: detectLanguage(bare(turn.text)) }).toEqual({ turn: turn.n, language });
      if (turn.kind !== 'opening') expect(countWords(turn.text)).toBeLessThanOrEqual(debate.limits.words * 1.2);
    }
  });

  test('statements take up each other, and every question is answered by whom it was put to', async () => {
    const { turns } = await held;
    const statements = turns.filter((turn) => turn.kind === 'statement');
    expect(statements.filter((turn) => turn.repliesTo.length > 0).length).toBeGreaterThanOrEqual(5);
    const asked = turns.flatMap((turn) => (turn.data.asks ?? []).map((ask) => [turn.n, ask.to]));
    expect(asked.length).toBeGreaterThanOrEqual(2);
    for (const [n, to] of asked) {
      expect(turns.some((turn) => turn.speaker === to && turn.answers.includes(Number(n)))).toBe(true);
    }
  });

  test('the coordinator finds a real clash and puts it to both sides', async () => {
    const notes = (await held).turns.find((turn) => turn.kind === 'notes')?.data.notes;
    expect(notes?.clashes.length).toBeGreaterThan(0);
    expect(notes?.routes.length).toBeGreaterThanOrEqual(3);
    const routed = notes?.routes.filter((route) => route.why === 'clash').map((route) => route.speaker);
    expect(new Set(routed).size).toBeGreaterThanOrEqual(2);
  });

  test('the synthesis admits that it cannot answer, and drops nothing in the check', async () => {
    const synthesis = (await held).turns.at(-1)?.data.synthesis;
    expect(synthesis?.answer).toMatch(language === 'es' ? /no pueden responder/ : /cannot answer/);
    expect(synthesis?.confidence).toBeNull();
    expect(synthesis?.dropped).toEqual([]);
    expect(synthesis?.disagreements.length).toBeGreaterThan(0);
    expect(synthesis?.plainWords).not.toBe('');
  });
});

describe('frames', () => {
  test('the opening says that no language model speaks', async () => {
    const said = (await spoken(start({ language: 'es' }), move('opening', 'coordinator'))).turns[0]?.text;
    expect(said).toMatch(/no habla ningún modelo de lenguaje/);
  });

  test('a Spanish debate on an English article quotes English and speaks Spanish', async () => {
    const log = await upTo(start({ language: 'es', article: samples.en }), 4);
    for (const turn of log.turns.slice(1)) {
      expect(detectLanguage(bare(turn.text))).toBe('es');
      expect(detectLanguage(turn.quotes.map((quote) => quote.text).join(' '))).toBe('en');
    }
  });

  test('another language than the two has English frames', async () => {
    const log = await upTo(start({ language: 'en' }), 1);
    const said = await say({ ...log, debate: { ...log.debate, language: 'fr' } }, move('statement', 'researcher'));
    expect(detectLanguage(bare(said))).toBe('en');
  });

  test.each(seven.personas.map((persona) => persona.id))('%s speaks in its own words', async (id) => {
    const log = await upTo(start(), 1);
    const own = bare(await say(log, move('statement', id)));
    const others = await Promise.all(
      seven.personas.filter((each) => each.id !== id).map((each) => say(log, move('statement', each.id))),
    );
    const sentences = own.split(/(?<=[.:])\s+/).filter((sentence) => countWords(sentence) > 5);
    expect(sentences.length).toBeGreaterThan(0);
    for (const other of others) expect(sentences.filter((each) => bare(other).includes(each)).length).toBeLessThan(2);
  });

  test('a persona of the team’s own speaks from its duty', async () => {
    const buyer: Persona = {
      ...personaOf(start(), 'doomer'),
      id: 'buyer',
      name: { en: 'Buyer', es: 'Compras' },
      duty: { en: 'Price every option.', es: 'Poner precio a cada opción.' },
      lens: { en: ['price', 'cost'], es: ['precio', 'coste'] },
    };
    const log = start({ panel: { ...seven, personas: [buyer, ...seven.personas.slice(0, 2)] } });
    const said = await say(await upTo(log, 1), move('statement', 'buyer'));
    expect(said).toMatch(/price every option/);
    expect(said).toMatch(/\[p\d+\]/);
  });

  test('a statement keeps to as few words as it is given', async () => {
    const log = await upTo(start({ words: 40 }), 9);
    for (const turn of log.turns.filter((each) => each.kind === 'statement')) {
      expect(countWords(turn.text)).toBeLessThanOrEqual(60);
      expect(turn.quotes).toHaveLength(1);
      expect(turn.data.mended).toBeUndefined();
    }
  });

  test('whoever spoke in the thread is named and answered from the article', async () => {
    const log = withPerson(await upTo(start(), 2), 'And the energy? What does a training run spend?');
    const said = await say(log, move('statement', 'reviewer', { to: [3] }));
    expect(said).toMatch(/Ana/);
    expect(said).toMatch(/"[^"]*(energy|training run)[^"]*" \[p\d+\]/i);
  });

  test('of what the article does not speak of it says so', async () => {
    const log = withPerson(await upTo(start(), 2), 'Zebras, giraffes and okapis?', 'doomer');
    const said = await say(log, move('reply', 'doomer', { to: [3], answers: [3] }));
    expect(said).toMatch(/^(Ana, .*|To Ana: .*)no sentence/);
    expect(said).not.toMatch(/\[p\d+\]/);
  });

  test('when a question asks for a figure and none is there, the nearest is called the nearest', async () => {
    const ask = { to: 'researcher', text: 'AI Researcher, which figure supports *verifiable rewards*?' };
    const log = withTurn(await upTo(start(), 2), {
      key: 'statement-reviewer',
      kind: 'statement',
      speaker: 'reviewer',
      data: { asks: [ask] },
    });
    const said = await say(log, move('reply', 'researcher', { to: [3], answers: [3] }));
    expect(said).toMatch(/Scientific Reviewer/);
    expect(said).toMatch(/nearest/);
    expect(said).toMatch(/verifiable/i);
  });
});

test('JSON of the three structured moves keeps its schema', async () => {
  const log = await upTo(start(), 8);
  expect(openingDraft.safeParse(JSON.parse(await say(start(), move('opening', 'coordinator')))).success).toBe(true);
  expect(notesDraft.safeParse(JSON.parse(await say(log, move('notes', 'coordinator')))).success).toBe(true);
  expect(synthesisDraft.safeParse(JSON.parse(await say(log, move('synthesis', 'coordinator')))).success).toBe(true);
});

test('the question as it was asked is the central question', async () => {
  const question = 'Should we stop training?';
  const draft = JSON.parse(await say(start({ question }), move('opening', 'coordinator')));
  expect(draft).toMatchObject({ question });
});

test('the same log has the same words, another debate has others', async () => {
  const told = async (id: string) => (await upTo(start({ id }), 9)).turns.map((turn) => turn.text).join('\n');
  const [once, again, other] = await Promise.all([told('one'), told('one'), told('three')]);
  expect(again).toBe(once);
  expect(other).not.toBe(once);
});

test('text is streamed in pieces that add up, and an abort ends it with its reason', async () => {
  const log = await upTo(start(), 1);
  const persona = personaOf(log, 'critic');
  const cue = { log, move: move('statement', 'critic'), persona };
  const pieces: string[] = [];
  const listener = { text: (delta: string) => void pieces.push(delta), restart() {} };
  const { text } = await voice.speak(cue, listener, new AbortController().signal);
  expect(pieces.length).toBeGreaterThan(3);
  expect(pieces.join('')).toBe(text);

  const stopping = new AbortController();
  const reason = new Error('enough');
  const slow = createOfflineVoice();
  const speaking = slow.speak(cue, { text: () => stopping.abort(reason), restart() {} }, stopping.signal);
  await expect(speaking).rejects.toBe(reason);
});

test('whatever number of words and turns: quotes are found, none twice', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 20, max: 200 }),
      fc.constantFrom('en', 'es'),
      fc.uuid(),
      async (words, language, id) => {
        const log = await upTo(start({ words, language, id }), 9);
        const quotes = log.turns.flatMap((turn) => turn.quotes);
        expect(quotes.every((quote) => quote.verified)).toBe(true);
        expect(new Set(quotes.map((quote) => quote.text)).size).toBe(quotes.length);
      },
    ),
    { numRuns: 8 },
  );
});

voiceContract('offline', async (language) => ({ voice, log: await debate(start({ language })) }));
