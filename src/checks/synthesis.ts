/** Checks the coordinator's synthesis against the record: it may report only what turns said. */
import { inLanguage, type Localised, type Log, type Synthesis, speakerName, type Turn } from '../debate.ts';
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
  const dropped = problems.map((problem) => inLanguage(problem, log.debate.language));
  return { settled: settle(synthesis, log, dropped), problems: problems.map((problem) => problem.en) };
}

function settle(synthesis: Omit<Synthesis, 'dropped'>, log: Log, dropped: readonly string[]) {
  const unverified: string[] = [];
  const quotes: Turn['quotes'][number][] = [];
  const spoken = log.turns.map((turn) => turn.text).join('\n');
  const quoted = (text: string) => {
    const quoting = resolveQuotes(text, log.article, log.debate.language, spoken);
    quotes.push(...quoting.quotes);
    unverified.push(...quoting.unfound);
    return quoting.text;
  };
  const data: Synthesis = { ...mapTexts(synthesis, quoted), dropped };
  return { text: laySynthesis(data, log), quotes, data: { synthesis: data }, repliesTo: turnsIn(data) };
}

/** Notes why a point is left out, and leaves it out. */
type Drop = (en: string, es: string) => [];

/** Keeps the points the log bears out; says of each other one why it does not. */
function bornOut(draft: SynthesisDraft, log: Log): { synthesis: Omit<Synthesis, 'dropped'>; problems: Localised[] } {
  const problems: Localised[] = [];
  const drop: Drop = (en, es) => {
    problems.push({ en, es });
    return [];
  };
  const synthesis = {
    ...draft,
    answer: firstSentences(draft.answer, log),
    agreements: agreementsOf(draft, log, drop),
    disagreements: disagreementsOf(draft, log, drop),
    minority: minorityOf(draft, log, drop),
    open: withUnanswered(openOf(draft, log, drop), log),
    nextSteps: draft.nextSteps.slice(0, MOST_NEXT_STEPS),
  };
  for (const text of [draft.answer, draft.recap, draft.plainWords, ...draft.nextSteps]) {
    const gone = missing(mentioned(text), log);
    const start = text.slice(0, 80);
    if (gone)
      drop(
        `"${start}…" mentions turn ${gone}, which does not exist.`,
        `«${start}…» menciona el turno ${gone}, que no existe.`,
      );
  }
  return { synthesis: mapTexts(synthesis, (text) => withoutMissing(text, log)), problems };
}

function agreementsOf(draft: SynthesisDraft, log: Log, drop: Drop): Synthesis['agreements'] {
  return draft.agreements.flatMap((point) => {
    const gone = missing(point.turns, log);
    const [en, es] = [`Agreement "${point.text}"`, `Coincidencia «${point.text}»`];
    if (gone) return drop(`${en}: there is no turn ${gone}.`, `${es}: no existe el turno ${gone}.`);
    const voices = point.turns
      .map((n) => turnAt(log, n)?.speaker)
      .filter((id) => id !== log.debate.panel.coordinator.id);
    if (new Set(voices).size >= 2) return [point];
    return drop(
      `${en}: name turns of at least two different panellists who voiced it.`,
      `${es}: no la expresaron al menos dos participantes.`,
    );
  });
}

function disagreementsOf(draft: SynthesisDraft, log: Log, drop: Drop): Synthesis['disagreements'] {
  return draft.disagreements.flatMap((point) => {
    const [en, es] = [`Disagreement "${point.issue}"`, `Desacuerdo «${point.issue}»`];
    const positions = point.positions.flatMap((position) => {
      const speaker = personaCalled(position.speaker, log.debate.panel)?.id ?? position.speaker;
      const own = position.turns.filter((n) => saidBy(log, n, speaker));
      if (own.length > 0 && own.length === position.turns.length) return [{ ...position, speaker }];
      const turns = position.turns.join(', ') || '–';
      return drop(
        `${en}: turns ${turns} are not by ${position.speaker}.`,
        `${es}: los turnos ${turns} no son de ${position.speaker}.`,
      );
    });
    if (new Set(positions.map((position) => position.speaker)).size >= 2) return [{ ...point, positions }];
    return drop(`${en}: two sides with turns of their own are needed.`, `${es}: faltan dos partes con turnos propios.`);
  });
}

function minorityOf(draft: SynthesisDraft, log: Log, drop: Drop): Synthesis['minority'] {
  return draft.minority.flatMap((point) => {
    const persona = personaCalled(point.speaker, log.debate.panel);
    if (persona) return [{ ...point, speaker: persona.id }];
    return drop(`Minority report: nobody is called ${point.speaker}.`, `Objeciones: nadie se llama ${point.speaker}.`);
  });
}

function openOf(draft: SynthesisDraft, log: Log, drop: Drop): Synthesis['open'] {
  return draft.open.flatMap((point) => {
    const to = point.to === null ? null : (personaCalled(point.to, log.debate.panel)?.id ?? null);
    if (turnAt(log, point.turn)) return [{ ...point, to }];
    return drop(
      `Open question "${point.text}": there is no turn ${point.turn}.`,
      `Pregunta abierta «${point.text}»: no existe el turno ${point.turn}.`,
    );
  });
}

/** Those of the turn numbers that no turn has, as a list; '' when all exist. */
function missing(turns: readonly number[], log: Log): string {
  return turns.filter((n) => !turnAt(log, n)).join(', ');
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
