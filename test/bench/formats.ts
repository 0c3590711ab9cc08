/**
 * What each format asks of a model, counted and not timed: calls and tokens of a whole debate, how much goes to what is
 * not a statement or a reply, and how much of the prompts repeats the beginning of an earlier one. The mock model speaks;
 * prompts, checks and formats are the real ones. A token is taken for four characters.
 */
import { seatLetters } from '../../src/agents/aliases.ts';
import { promptFor } from '../../src/agents/prompt.ts';
import { buildArticle } from '../../src/article/passages.ts';
import { speak } from '../../src/conducting/speak.ts';
import type { Article, Format, Log, Move, Panel, Turn } from '../../src/debate.ts';
import { DEFAULT_FORMAT, formats } from '../../src/formats/registry.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import { isStructured } from '../../src/spoken.ts';
import { emptyLog } from '../fakes/dialogue.ts';
import { mockPanel } from '../fakes/mock-panel.ts';
import { scriptedVoice } from '../fakes/scripted-voice.ts';
import { article as filler } from './panel.ts';

/** Calls that are neither opening, statement, reply nor closing; a draft is the closing, and what mends it is not. */
const EXTRA: ReadonlySet<Move['kind']> = new Set(['choice', 'verdict', 'stance', 'notes', 'signoff']);

const MOST_EXTRA = 0.25;
const LEAST_REPEATED = 0.9;
/** Models use what they are given; the mock is terse. */
const WORDS = 110;
const FILLER = 'and so the evidence bears on the matter in the way that was said before and nothing is settled by it';

export interface Cost {
  readonly format: string;
  readonly calls: number;
  /** One after another, were every call to take as long. */
  readonly steps: number;
  readonly tokens: number;
  /** Shares of the tokens. */
  readonly extra: number;
  /** Share of the prompts' characters, the first call's apart. */
  readonly repeated: number;
}

export async function costs(): Promise<Cost[]> {
  const { panels } = await loadLibrary(null);
  const panel = panels.get('seven');
  if (!panel) throw new Error('there is no panel of seven');
  const paragraphs = filler('formats').split('\n\n');
  const article = buildArticle(
    { title: null, blocks: paragraphs.map((text) => ({ kind: 'paragraph' as const, text, page: null })), warnings: [] },
    { source: 'bench', url: null, sha256: 'bench', fallbackTitle: 'Who should have the river bank?', language: 'en' },
  );
  const all: Cost[] = [];
  for (const format of formats) all.push(await costOf(format, panel, article));
  return all;
}

async function costOf(format: Format, panel: Panel, article: Article): Promise<Cost> {
  const prompts: string[] = [];
  let extra = 0;
  let tokens = 0;
  const voice = scriptedVoice((cue) => {
    const messages = promptFor(cue, { whole: true }, seatLetters(cue.log.debate));
    const prompt = messages.map(({ role, content }) => `<|${role}|>${content}`).join('');
    const said = talkative(mockPanel({ messages: [...messages] }), cue.move.kind);
    prompts.push(prompt);
    const spent = (prompt.length + said.length) / 4;
    tokens += spent;
    if (EXTRA.has(cue.move.kind) || isAmendment(cue.log, cue.move)) extra += spent;
    return seatLetters(cue.log.debate).show(said);
  });
  let log: Log = { ...emptyLog({ format: format.id, panel, question: '' }), article };
  let steps = 0;
  for (let moves = format.next(log); moves.length > 0; moves = format.next(log)) {
    steps += 1;
    const said = await Promise.all(moves.map((move) => speak(log, move, { voice, ...ASIDE })));
    for (const turn of said) {
      const kept: Turn = { ...turn, n: log.turns.length + 1, at: new Date(0) };
      log = { ...log, turns: [...log.turns, kept] };
    }
  }
  const { length } = prompts.slice(1).join('');
  const repeated = prompts.reduce((sum, prompt, at) => sum + longestRepeated(prompt, prompts.slice(0, at)), 0);
  return {
    format: format.id,
    calls: prompts.length,
    steps,
    tokens,
    extra: extra / tokens,
    repeated: repeated / length,
  };
}

/** The closing that mends a draft is a second one. */
function isAmendment(log: Log, move: Move): boolean {
  return move.kind === 'synthesis' && log.turns.some((turn) => turn.kind === 'draft');
}

const ASIDE = {
  store: { saveDraft: async () => undefined, findDraft: async () => null },
  resumed: false,
  listener: { text: () => undefined, restart: () => undefined },
  signal: new AbortController().signal,
};

function talkative(said: string, kind: Move['kind']): string {
  if (isStructured(kind) || kind === 'stance' || kind === 'verdict') return said;
  const [words = '', ...lines] = said.split('\n\n');
  const missing = WORDS - words.split(' ').length;
  const more = FILLER.split(' ');
  const padding = Array.from({ length: Math.max(0, missing) }, (_, at) => more[at % more.length]).join(' ');
  return [`${padding}. ${words}`, ...lines].join('\n\n');
}

function longestRepeated(prompt: string, earlier: readonly string[]): number {
  return Math.max(0, ...earlier.map((other) => commonBeginning(prompt, other)));
}

function commonBeginning(one: string, other: string): number {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && one[at] === other[at]) at++;
  return at;
}

export function costTable(all: readonly Cost[]): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const rows = all.map(
    ({ format, calls, steps, tokens, extra, repeated }) =>
      `| ${format} | ${calls} | ${steps} | ${Math.round(tokens / 100) / 10}k | ${percent(extra)} | ${percent(repeated)} |`,
  );
  return [
    '| format, seven personas, article of 6,000 tokens | calls | in turn | tokens | notes, positions, sign-off | prompt repeats an earlier beginning |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Sentences; none when all is within bounds. */
export function costFailures(all: readonly Cost[]): string[] {
  return all.flatMap(({ format, extra, repeated }) => [
    ...(extra < MOST_EXTRA ? [] : [`${format}: ${(100 * extra).toFixed(1)} % of its tokens are no statements.`]),
    ...(repeated >= LEAST_REPEATED || format !== DEFAULT_FORMAT
      ? []
      : [`${format}: only ${(100 * repeated).toFixed(1)} % of its prompts repeat.`]),
  ]);
}
