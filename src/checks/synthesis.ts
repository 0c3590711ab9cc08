/** Checks the coordinator's synthesis against the record: it may report only what turns said. */
import {
  EVERYBODY,
  HUMAN,
  inLanguage,
  type Localised,
  type Log,
  type Synthesis,
  speakerName,
  type Turn,
} from '../debate.ts';
import { type SynthesisDraft, synthesisDraft } from '../spoken.ts';
import { parseStructured } from '../text/structured.ts';
import type { Checked, Settled } from './checked.ts';
import { laySynthesis } from './closing.ts';
import { missing, missingIn, turnAt, withoutMissing } from './mentions.ts';
import { personaCalled } from './names.ts';
import { outcomes } from './outcomes.ts';
import { openQuestions } from './questions.ts';
import { resolveQuotes } from './quoting.ts';
import { sinceOf, stancesSince } from './since.ts';
import { voicedBy } from './voiced.ts';

const MOST_NEXT_STEPS = 5;
const MOST_ANSWER_SENTENCES = 3;

export function checkSynthesis(said: string, log: Log): Checked {
  return asTurn(said, log, ({ data, quotes }, amended) => {
    const synthesis = { ...data, minority: withFiled(data.minority, amended, log) };
    return { text: laySynthesis(synthesis, log), quotes, data: { synthesis }, repliesTo: turnsIn(synthesis) };
  });
}

/** As it is laid before the panel. */
export function checkDraft(said: string, log: Log): Checked {
  return asTurn(said, log, ({ data, quotes }) => {
    return { text: laySynthesis(data, log), quotes, data: { draft: data }, repliesTo: turnsIn(data) };
  });
}

/** The draft as the synthesis, nobody having objected; `plainWords`: the Newcomer's, where there are any. */
export function adopted(draft: Synthesis, plainWords: string, quotes: Turn['quotes'], log: Log): Settled {
  // Whatever happened since the draft was written, such as a question asked meanwhile, is in the log.
  const data = { ...draft, open: withUnanswered(draft.open, log), ...(plainWords !== '' && { plainWords }) };
  const since = draft.since && { ...draft.since, stances: stancesSince(log) };
  const synthesis = { ...data, ...outcomes(draft.risks ?? [], log), ...(since && { since }) };
  return { text: laySynthesis(synthesis, log), quotes, data: { synthesis }, repliesTo: turnsIn(synthesis) };
}

function asTurn(
  said: string,
  log: Log,
  lay: (settled: { data: Synthesis; quotes: Turn['quotes'] }, amended: readonly string[]) => Settled,
): Checked {
  const parsed = parseStructured(said, synthesisDraft);
  if (!parsed.ok) return { settled: lay(settle(makeshift(said, log), log, []), []), problems: [parsed.problem] };
  const { synthesis, problems } = bornOut(parsed.value, log);
  const dropped = problems.map((problem) => inLanguage(problem, log.debate.language));
  const amended = parsed.value.amended.flatMap((name) => personaCalled(name, log.debate.panel)?.id ?? []);
  return { settled: lay(settle(synthesis, log, dropped), amended), problems: problems.map((problem) => problem.en) };
}

/** Objections filed against the draft stand in the minority report in their own words, but for those that were met. */
function withFiled(minority: Synthesis['minority'], amended: readonly string[], log: Log): Synthesis['minority'] {
  const latest = log.turns.findLast((turn) => turn.kind === 'draft')?.n ?? Number.POSITIVE_INFINITY;
  const filed = log.turns.flatMap(({ n, speaker, data }) =>
    n > latest && data.signoff?.objection ? [{ speaker, text: data.signoff.objection }] : [],
  );
  const own = minority.filter(({ speaker }) => !filed.some((each) => each.speaker === speaker));
  return [...own, ...filed.filter(({ speaker }) => !amended.includes(speaker))];
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
  return { data, quotes };
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
  const { amended: _, risks, definitions, reopened, ...plain } = draft;
  const since = sinceOf(reopened, log, drop);
  const synthesis = {
    ...plain,
    answer: firstSentences(draft.answer, log),
    agreements: agreementsOf(draft, log, drop),
    disagreements: disagreementsOf(draft, log, drop),
    minority: minorityOf(draft, log, drop),
    open: withUnanswered(openOf(draft, log, drop), log),
    nextSteps: draft.nextSteps.slice(0, MOST_NEXT_STEPS),
    ...outcomes(risksOf(risks, log, drop), log),
    ...(since && { since }),
    ...(definitions.length > 0 && { definitions: definitionsOf(definitions, log, drop) }),
  };
  for (const text of [draft.answer, draft.recap, draft.plainWords, ...draft.nextSteps]) {
    const gone = missingIn(text, log);
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
    const voices = (turns: readonly number[]) => {
      const ids = turns.map((n) => turnAt(log, n)?.speaker);
      return new Set(ids.filter((id) => id !== log.debate.panel.coordinator.id)).size;
    };
    if (voices(point.turns) >= 2) {
      const silent = point.turns.filter((n) => !voicedBy(point.text, turnAt(log, n), log.debate.language));
      if (voices(point.turns.filter((n) => !silent.includes(n))) >= 2) return [point];
      const list = silent.join(', ');
      return drop(`${en}: turns ${list} say nothing of the kind.`, `${es}: los turnos ${list} no dicen nada de eso.`);
    }
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

function risksOf(risks: SynthesisDraft['risks'], log: Log, drop: Drop): SynthesisDraft['risks'] {
  return risks.flatMap((risk) => {
    if (risk.turns.length > 0 && missing(risk.turns, log) === '') return [risk];
    const turns = risk.turns.join(', ') || '–';
    return drop(
      `Risk "${risk.text}": turns ${turns} do not name it.`,
      `Riesgo «${risk.text}»: no lo nombran los turnos ${turns}.`,
    );
  });
}

function definitionsOf(defined: SynthesisDraft['definitions'], log: Log, drop: Drop): SynthesisDraft['definitions'] {
  return defined.flatMap((point) => {
    if (point.turns.length > 0 && missing(point.turns, log) === '') return [point];
    const turns = point.turns.join(', ') || '–';
    return drop(
      `Definition of "${point.term}": turns ${turns} do not give it.`,
      `Definición de «${point.term}»: no la dan los turnos ${turns}.`,
    );
  });
}

function openOf(draft: SynthesisDraft, log: Log, drop: Drop): Synthesis['open'] {
  return draft.open.flatMap((point) => {
    const to = point.to === null ? null : (personaCalled(point.to, log.debate.panel)?.id ?? null);
    if (turnAt(log, point.turn)?.public) return [{ ...point, to }];
    return drop(
      `Open question "${point.text}": there is no turn ${point.turn}.`,
      `Pregunta abierta «${point.text}»: no existe el turno ${point.turn}.`,
    );
  });
}

/** A question nobody answered is open, whether the coordinator thought of it or not. */
function withUnanswered(open: Synthesis['open'], log: Log): Synthesis['open'] {
  const listed = new Set(open.map((point) => point.turn));
  const forgotten = openQuestions(log).filter((question) => !listed.has(question.turn));
  return [
    ...open,
    ...forgotten.map(({ text, turn, to }) => ({ text, turn, to: to === EVERYBODY || to === HUMAN ? null : to })),
  ];
}

/** When no structure can be had: what was said, if it is prose, and what the log knows by itself. */
function makeshift(said: string, log: Log): Omit<Synthesis, 'dropped'> {
  const prose = /[{}]/.test(said) ? '' : said.replace(/```/g, '').trim();
  const empty = { agreements: [], disagreements: [], minority: [], nextSteps: [], plainWords: '', confidence: null };
  const own = { ...empty, answer: '', recap: withoutMissing(prose, log), open: withUnanswered([], log) };
  const since = sinceOf([], log, () => undefined);
  return { ...own, ...outcomes([], log), ...(since && { since }) };
}

export function firstSentences(text: string, log: Log): string {
  const sentences = [...new Intl.Segmenter(log.debate.language, { granularity: 'sentence' }).segment(text)];
  return sentences
    .slice(0, MOST_ANSWER_SENTENCES)
    .map((each) => each.segment)
    .join('')
    .trim();
}

function turnsIn(synthesis: Synthesis): number[] {
  const all = [
    ...synthesis.agreements.flatMap((point) => point.turns),
    ...synthesis.disagreements.flatMap((point) => point.positions.flatMap((position) => position.turns)),
    ...synthesis.open.map((point) => point.turn),
  ];
  return [...new Set(all)].sort((a, b) => a - b);
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
    ...(synthesis.risks && {
      risks: synthesis.risks.map((risk) => ({ ...risk, text: change(risk.text), mitigation: change(risk.mitigation) })),
    }),
    ...(synthesis.since && {
      since: {
        ...synthesis.since,
        reopened: synthesis.since.reopened.map((point) => ({ ...point, how: change(point.how) })),
      },
    }),
    ...(synthesis.definitions && {
      definitions: synthesis.definitions.map((point) => ({ ...point, text: change(point.text) })),
    }),
  };
}
