/** Checks the coordinator's synthesis against the record: it may report only what turns said. */
import { type Log, type Synthesis, speakerName, type Turn } from '../debate.ts';
import { type SynthesisDraft, synthesisDraft } from '../spoken.ts';
import { parseStructured } from '../structured.ts';
import type { Checked } from './checked.ts';
import { laySynthesis } from './closing.ts';
import { personaCalled } from './names.ts';
import { openQuestions } from './notes.ts';
import { resolveQuotes } from './quoting.ts';

const MOST_NEXT_STEPS = 5;
const MOST_ANSWER_SENTENCES = 3;

export function checkSynthesis(said: string, log: Log): Checked {
  const parsed = parseStructured(said, synthesisDraft);
  if (!parsed.ok) return { settled: settle(makeshift(said, log), log, []), problems: [parsed.problem] };
  const { synthesis, problems } = bornOut(parsed.value, log);
  return { settled: settle(synthesis, log, problems), problems };
}

function settle(synthesis: Omit<Synthesis, 'dropped'>, log: Log, problems: readonly string[]) {
  const unverified: string[] = [];
  const quotes: Turn['quotes'][number][] = [];
  const spoken = log.turns.map((turn) => turn.text).join('\n');
  const quoted = (text: string) => {
    const quoting = resolveQuotes(text, log.article, log.debate.language, spoken);
    quotes.push(...quoting.quotes);
    unverified.push(...quoting.unfound);
    return quoting.text;
  };
  const data: Synthesis = { ...mapTexts(synthesis, quoted), dropped: problems };
  return { text: laySynthesis(data, log), quotes, data: { synthesis: data }, repliesTo: turnsIn(data) };
}

/** Keeps the points the log bears out; says of each other one, in the prompt's English, why it does not. */
function bornOut(draft: SynthesisDraft, log: Log): { synthesis: Omit<Synthesis, 'dropped'>; problems: string[] } {
  const problems: string[] = [];
  const drop = (problem: string): [] => {
    problems.push(problem);
    return [];
  };
  const missing = (turns: readonly number[]) => turns.filter((n) => !turnAt(log, n));
  const agreements = draft.agreements.flatMap((point) => {
    const gone = missing(point.turns);
    if (gone.length > 0) return drop(`Agreement "${point.text}": there is no turn ${gone.join(', ')}.`);
    const by = new Set(
      point.turns.map((n) => turnAt(log, n)?.speaker).filter((id) => id !== log.debate.panel.coordinator.id),
    );
    if (by.size < 2)
      return drop(`Agreement "${point.text}": name turns of at least two different panellists who voiced it.`);
    return [point];
  });
  const disagreements = draft.disagreements.flatMap((point) => {
    const positions = point.positions.flatMap((position) => {
      const speaker = personaCalled(position.speaker, log.debate.panel)?.id ?? position.speaker;
      const own = position.turns.filter((n) => saidBy(log, n, speaker));
      if (position.turns.length > 0 && own.length === position.turns.length) return [{ ...position, speaker }];
      return drop(
        `Disagreement "${point.issue}": turns ${position.turns.join(', ') || '(none)'} are not by ${position.speaker}.`,
      );
    });
    const sides = new Set(positions.map((position) => position.speaker));
    if (sides.size >= 2) return [{ ...point, positions }];
    return drop(`Disagreement "${point.issue}": two sides with turns of their own are needed.`);
  });
  const minority = draft.minority.flatMap((point) => {
    const persona = personaCalled(point.speaker, log.debate.panel);
    return persona ? [{ ...point, speaker: persona.id }] : drop(`Minority report: nobody is called ${point.speaker}.`);
  });
  const open = draft.open.flatMap((point) => {
    if (!turnAt(log, point.turn)) return drop(`Open question "${point.text}": there is no turn ${point.turn}.`);
    return [{ ...point, to: point.to ? (personaCalled(point.to, log.debate.panel)?.id ?? null) : null }];
  });
  const synthesis = {
    ...draft,
    answer: firstSentences(draft.answer, log),
    agreements,
    disagreements,
    minority,
    open: withUnanswered(open, log),
    nextSteps: draft.nextSteps.slice(0, MOST_NEXT_STEPS),
  };
  for (const text of [draft.answer, draft.recap, draft.plainWords, ...draft.nextSteps]) {
    const gone = missing(mentioned(text));
    if (gone.length > 0)
      problems.push(`"${text.slice(0, 80)}…" mentions turn ${gone.join(', ')}, which does not exist.`);
  }
  return { synthesis: mapTexts(synthesis, (text) => withoutMissing(text, log)), problems };
}

/** A question nobody answered is open, whether the coordinator thought of it or not. */
function withUnanswered(open: Synthesis['open'], log: Log): Synthesis['open'] {
  const listed = new Set(open.map((point) => point.turn));
  const forgotten = openQuestions(log).filter((question) => !listed.has(question.turn));
  return [...open, ...forgotten.map(({ text, turn, to }) => ({ text, turn, to }))];
}

/** When no structure can be had: what was said, if it is prose, and what the log knows by itself. */
function makeshift(said: string, log: Log): Omit<Synthesis, 'dropped'> {
  const prose = /[{}]/.test(said) ? '' : said.replace(/```/g, '').trim();
  const empty = { agreements: [], disagreements: [], minority: [], nextSteps: [], plainWords: '', confidence: null };
  return { ...empty, answer: '', recap: withoutMissing(prose, log), open: withUnanswered([], log) };
}

function firstSentences(text: string, log: Log): string {
  const sentences = [...new Intl.Segmenter(log.debate.language, { granularity: 'sentence' }).segment(text)];
  return sentences
    .slice(0, MOST_ANSWER_SENTENCES)
    .map((each) => each.segment)
    .join('')
    .trim();
}

const MENTION = /\s*[([]?\b(?:turns?|turnos?)\s+((?:\d+(?:\s*(?:,|y|e|and|&|-|–)\s*)?)+)[)\]]?/giu;

function mentioned(text: string): number[] {
  return [...text.matchAll(MENTION)].flatMap((match) => (match[1] ?? '').match(/\d+/g) ?? []).map(Number);
}

function withoutMissing(text: string, log: Log): string {
  return text.replace(MENTION, (whole, numbers: string) =>
    (numbers.match(/\d+/g) ?? []).every((n) => turnAt(log, Number(n))) ? whole : '',
  );
}

function turnsIn(synthesis: Synthesis): number[] {
  const all = [
    ...synthesis.agreements.flatMap((point) => point.turns),
    ...synthesis.disagreements.flatMap((point) => point.positions.flatMap((position) => position.turns)),
    ...synthesis.open.map((point) => point.turn),
  ];
  return [...new Set(all)].sort((a, b) => a - b);
}

function turnAt(log: Log, n: number): Turn | undefined {
  return log.turns[n - 1];
}

function saidBy(log: Log, n: number, speaker: string): boolean {
  const turn = turnAt(log, n);
  return turn !== undefined && (turn.speaker === speaker || speakerName(log.debate, turn) === speaker);
}

type Texts = Omit<Synthesis, 'dropped'>;

function mapTexts(synthesis: Texts, change: (text: string) => string): Texts {
  return {
    ...synthesis,
    answer: change(synthesis.answer),
    recap: change(synthesis.recap),
    plainWords: change(synthesis.plainWords),
    nextSteps: synthesis.nextSteps.map(change),
    agreements: synthesis.agreements.map((point) => ({ ...point, text: change(point.text) })),
    disagreements: synthesis.disagreements.map((point) => ({
      ...point,
      issue: change(point.issue),
      settledBy: change(point.settledBy),
      positions: point.positions.map((position) => ({ ...position, text: change(position.text) })),
    })),
    minority: synthesis.minority.map((point) => ({ ...point, text: change(point.text) })),
  };
}
