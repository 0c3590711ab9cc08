import { questionsPut } from '../checks/questions.ts';
import { stanceMoves } from '../checks/stances.ts';
import {
  type Article,
  centralQuestion,
  type Debate,
  HUMAN,
  inLanguage,
  type Log,
  type Signoff,
  type Since,
  type Stance,
  speakers,
  type Tally,
  type Turn,
  type Usage,
} from '../debate.ts';
import { formatHeld } from '../formats/registry.ts';
import type { DebateRecord } from './schema.ts';

type RecordOf<Part extends keyof DebateRecord> = NonNullable<DebateRecord[Part]>;
type Rows<Part extends 'speakers' | 'turns' | 'stances' | 'questions'> = DebateRecord[Part];

/** The whole debate as one document of `docs/record.schema.json`. `now` stamps it and ends the clock of a running one. */
export function buildRecord(log: Log, extra: { now: Date }): DebateRecord {
  const { debate, article, turns } = log;
  const question = centralQuestion(log);
  return {
    version: 1,
    exportedAt: extra.now.toISOString(),
    debate: {
      id: debate.id,
      title: article?.title || question,
      question,
      language: debate.language,
      format: formatHeld(log),
      panel: debate.panel.id,
      voice: debate.voice,
      status: debate.status,
      ending: debate.ending,
      earlier: earlierOf(debate),
      gate: debate.gate ?? false,
      startedAt: debate.startedAt.toISOString(),
      endedAt: debate.endedAt?.toISOString() ?? null,
    },
    article: article && articleOf(article, debate),
    speakers: [...panelOf(log), ...peopleOf(turns, debate)],
    turns: turns.map((turn) => turnOf(turn, article)),
    stances: stancesOf(log),
    votes: votesOf(debate),
    questions: questionsOf(log),
    synthesis: synthesisOf(turns),
    usage: usageOf(log, extra.now),
  };
}

function articleOf(article: Article, debate: Debate): RecordOf<'article'> {
  const { title, source, url, sha256, language, sections, passages, warnings } = article;
  return {
    title,
    source,
    url,
    sha256,
    language,
    sections: [...sections],
    passages: passages.map(({ n, section, page, text }) => ({ n, section, page, text })),
    warnings: warnings.map((warning) => inLanguage(warning, debate.language)),
  };
}

function panelOf({ debate, turns }: Log): Rows<'speakers'> {
  return speakers(debate.panel).map((persona) => {
    const spokenWith = turns.findLast((turn) => turn.speaker === persona.id && turn.model !== null)?.model;
    return {
      id: persona.id,
      name: inLanguage(persona.name, debate.language),
      role: persona.role,
      model: spokenWith ?? (debate.voice === 'model' ? persona.model : null) ?? null,
      face: persona.face,
      color: persona.color,
    };
  });
}

/** In the log every person is `human`; the record tells them apart. */
function speakerId(turn: Turn): string {
  return turn.speaker === HUMAN && turn.data.author ? `${HUMAN}:${turn.data.author.id}` : turn.speaker;
}

function peopleOf(turns: readonly Turn[], debate: Debate): Rows<'speakers'> {
  const people = new Map<string, string>();
  const nameless = inLanguage({ en: 'Somebody', es: 'Alguien' }, debate.language);
  for (const turn of turns) {
    // The latest name wins, the place stays that of the first word.
    if (turn.speaker === HUMAN) people.set(speakerId(turn), turn.data.author?.name || nameless);
  }
  return [...people].map(([id, name]) => ({ id, name, role: 'human', model: null, face: null, color: null }));
}

function turnOf(turn: Turn, article: Article | null): Rows<'turns'>[number] {
  const { data } = turn;
  return {
    n: turn.n,
    key: turn.key,
    kind: turn.kind,
    public: turn.public,
    speaker: speakerId(turn),
    author: data.author ? { id: data.author.id, name: data.author.name } : null,
    to: data.to ?? null,
    round: turn.round,
    text: turn.text,
    repliesTo: [...turn.repliesTo],
    answers: [...turn.answers],
    quotes: turn.quotes.map(({ text, passage, verified }) => {
      const stands = passage === null ? undefined : article?.passages.find(({ n }) => n === passage);
      return { text, passage, verified, section: stands?.section ?? null, page: stands?.page ?? null };
    }),
    asks: (data.asks ?? []).map(({ to, text }) => ({ to, text })),
    stance: data.stance ? positionOf(data.stance) : null,
    choice: data.choice ? { format: data.choice.format, why: data.choice.why } : null,
    opening: data.opening
      ? { question: data.opening.question, axes: [...data.opening.axes], unit: data.opening.unit ?? null }
      : null,
    verdict: data.verdict ? { question: data.verdict.question, answered: data.verdict.answered } : null,
    estimate: data.estimate ? { ...data.estimate } : null,
    failure: data.failure ? { ...data.failure } : null,
    signoff: data.signoff ? signoffOf(data.signoff) : null,
    notes: data.notes ? notesOf(data.notes) : null,
    mended: [...(data.mended ?? [])],
    usage: turn.usage && { ...turn.usage, cost: turn.usage.cost ?? null },
    model: turn.model,
    at: turn.at.toISOString(),
  };
}

function notesOf(notes: NonNullable<Turn['data']['notes']>): NonNullable<Rows<'turns'>[number]['notes']> {
  return {
    claims: (notes.claims ?? []).map(({ text, turns }) => ({ text, turns: [...turns] })),
    clashes: notes.clashes.map(({ issue, turns }) => ({ issue, turns: [...turns] })),
    questions: notes.questions.map(({ turn, by, to, text, state }) => ({
      turn,
      by: by ?? null,
      to,
      text,
      state: state ?? 'open',
    })),
    untouched: [...notes.untouched],
    routes: notes.routes.map(({ speaker, to, why, issue }) => ({ speaker, to: [...to], why, issue })),
  };
}

function signoffOf({ objection, restated }: Signoff): NonNullable<Rows<'turns'>[number]['signoff']> {
  return { objection, restated: restated ? { text: restated.text, contradicts: restated.contradicts ?? null } : null };
}

function positionOf({ stance, confidence }: Stance): Rows<'stances'>[number]['before'] {
  return { stance, confidence };
}

function stancesOf(log: Log): Rows<'stances'> {
  return stanceMoves(log).map(({ speaker, before, after, because }) => ({
    speaker,
    before: positionOf(before),
    after: after && positionOf(after),
    because: after && after.stance !== before.stance ? because : null,
  }));
}

function votesOf({ votes }: Debate): DebateRecord['votes'] {
  const rows = (tally: Tally) => tally.map(({ stance, people }) => ({ stance, people }));
  return votes ? { before: rows(votes.before), after: rows(votes.after) } : null;
}

function questionsOf({ turns }: Pick<Log, 'turns'>): Rows<'questions'> {
  const people = turns.flatMap((turn) => {
    const { to } = turn.data;
    if (turn.kind !== 'question' || !to) return [];
    const answer = turns.find((other) => other.speaker === to && other.answers.includes(turn.n));
    return [{ turn: turn.n, by: speakerId(turn), to, text: turn.text, answeredBy: answer?.n ?? null, accepted: null }];
  });
  const panel = questionsPut({ turns }).map(({ turn, to, text, answeredBy, accepted }) => {
    const asking = turns.find(({ n }) => n === turn);
    return { turn, by: asking ? speakerId(asking) : '', to, text, answeredBy, accepted };
  });
  return [...panel, ...people].toSorted((one, other) => one.turn - other.turn);
}

function synthesisOf(turns: readonly Turn[]): DebateRecord['synthesis'] {
  const turn = turns.findLast(({ data }) => data.synthesis);
  const synthesis = turn?.data.synthesis;
  if (!turn || !synthesis) return null;
  /** A point may call a person `human`, or by name: whoever wrote the turn it stands on. */
  const who = (named: string, points: readonly number[]) => {
    const people = turns.filter((other) => other.speaker === HUMAN && points.includes(other.n));
    const person = people.find((other) => [HUMAN, other.data.author?.name].includes(named));
    return person ? speakerId(person) : named;
  };
  return {
    turn: turn.n,
    answer: synthesis.answer,
    decision: synthesis.decision ?? null,
    confidence: synthesis.confidence,
    agreements: synthesis.agreements.map((point) => ({ text: point.text, turns: [...point.turns] })),
    disagreements: synthesis.disagreements.map(({ issue, positions, settledBy }) => ({
      issue,
      positions: positions.map((held) => ({
        speaker: who(held.speaker, held.turns),
        text: held.text,
        turns: [...held.turns],
      })),
      settledBy,
    })),
    minority: synthesis.minority.map(({ speaker, text }) => ({ speaker, text })),
    open: synthesis.open.map((point) => ({ text: point.text, turn: point.turn, to: point.to })),
    nextSteps: [...synthesis.nextSteps],
    plainWords: synthesis.plainWords,
    recap: synthesis.recap,
    dropped: [...synthesis.dropped],
    swing: synthesis.swing ? structuredClone(synthesis.swing) : null,
    risks: (synthesis.risks ?? []).map((risk) => ({ ...risk, turns: [...risk.turns] })),
    definitions: (synthesis.definitions ?? []).map((point) => ({ ...point, turns: [...point.turns] })),
    range: synthesis.range ? { ...synthesis.range } : null,
    since: synthesis.since ? sinceOf(synthesis.since) : null,
    digest: synthesis.digest ?? false,
    text: turn.text,
  };
}

function earlierOf({ earlier }: Debate): RecordOf<'debate'>['earlier'] {
  if (!earlier) return null;
  const { relation, id, title, question, answer, day, link } = earlier;
  return { relation, id, title, question, answer, day, link };
}

function sinceOf({ reopened, stances }: Since): NonNullable<RecordOf<'synthesis'>['since']> {
  return {
    reopened: reopened.map((point) => ({ ...point, turns: [...point.turns] })),
    stances: stances.map(({ speaker, before, after }) => ({
      speaker,
      before: positionOf(before),
      after: positionOf(after),
    })),
  };
}

function usageOf({ debate, turns }: Log, now: Date): RecordOf<'usage'> {
  const spoken = turns.filter((turn) => turn.model !== null || turn.usage !== null);
  const sum = (count: keyof Usage) =>
    spoken.reduce<number | null>((total, { usage }) => {
      const part = usage?.[count] ?? null;
      return total === null || part === null ? null : total + part;
    }, 0);
  return {
    calls: spoken.length,
    inputTokens: sum('inputTokens'),
    cachedTokens: sum('cachedTokens'),
    outputTokens: sum('outputTokens'),
    cost: sum('cost'),
    wallMs: Math.max(0, (debate.endedAt ?? now).getTime() - debate.startedAt.getTime()),
  };
}
