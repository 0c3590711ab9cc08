/** What the workspace concluded before: found for a new debate, or taken up by one. */
import { stanceMoves } from '../checks/stances.ts';
import { centralQuestion, type Earlier, type Language, type Log } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Conclusion, Store } from '../ports/store.ts';

/** Less of a topic's words than this found in an earlier conclusion is chance. */
const RELEVANT = 0.4;
/** One word in common is chance, however rare. */
const LEAST_MATCHED = 2;
/** More would be a debate of its own each. */
const MOST_REOPENED = 8;

export interface Topic {
  readonly question: string;
  /** Of the article; '': there is none. */
  readonly title: string;
  /** Content hash of the article; null: there is none. */
  readonly article: string | null;
  readonly language: Language;
}

/** The earlier conclusion that has most to do with the topic; null where none has enough. */
export async function recall(store: Store, workspace: string, topic: Topic): Promise<Conclusion | null> {
  const asked = [topic.question, topic.title].filter((words) => words.trim() !== '');
  // One by one: a long title would drown a short question.
  const found = await Promise.all(asked.map((words) => store.searchConclusions(workspace, words, topic.language, 5)));
  return mostRelevant(found.flat(), topic);
}

/** Pure. The same article comes before the same words. */
export function mostRelevant(found: readonly Conclusion[], topic: Pick<Topic, 'article'>): Conclusion | null {
  const same = (each: Conclusion) => each.article !== null && each.article === topic.article;
  const relevant = found.filter(
    (each) =>
      each.voice === 'model' &&
      each.answer !== '' &&
      (same(each) || (each.score >= RELEVANT && each.matched >= LEAST_MATCHED)),
  );
  const [best] = relevant.toSorted((a, b) => Number(same(b)) - Number(same(a)) || b.score - a.score);
  return best ?? null;
}

/** Those worth showing to whoever looked for words: of a long question, what has a word or two is noise. */
export function worthShowing(found: readonly Conclusion[]): readonly Conclusion[] {
  const best = Math.max(0, ...found.map(({ score }) => score));
  return found.filter(({ score }) => score >= best / 3);
}

export function recalled(found: Conclusion, adapter: Adapter, workspace: string): Earlier {
  const { id, title, question, answer, concludedAt } = found;
  const link = linkTo(found, adapter, workspace);
  return { relation: 'recalled', id, title, question, answer, day: dayOf(concludedAt), link, reopens: [], stances: [] };
}

/** To where it was held, where its platform is the one asked from. */
export function linkTo({ thread }: Pick<Conclusion, 'thread'>, adapter: Adapter, workspace: string): string | null {
  return thread.adapter === adapter.name ? (adapter.linkTo?.(workspace, thread) ?? null) : null;
}

/** The debate to be followed up; rejects with an InputError unless there is one that came to something. */
export async function followable(store: Store, workspace: string, id: string): Promise<Log> {
  const log = await store.load(workspace, id);
  if (!log) {
    throw new InputError({
      en: `There is no debate ${id} here to follow up; "list" shows those there are.`,
      es: `Aquí no hay ningún debate ${id} al que dar seguimiento; «lista» muestra los que hay.`,
    });
  }
  if (log.turns.some(({ data }) => data.synthesis)) return log;
  throw new InputError({
    en: `Debate ${id} has come to no synthesis yet; let it conclude before following it up.`,
    es: `El debate ${id} todavía no ha llegado a una síntesis; deja que concluya antes de darle seguimiento.`,
  });
}

export function followed(log: Log, adapter: Adapter): Earlier {
  const { debate, article, turns } = log;
  const closing = turns.findLast(({ data }) => data.synthesis);
  const synthesis = closing?.data.synthesis;
  const questions = synthesis?.open.map(({ text, turn }) => ({ text, turn })) ?? [];
  const parted = synthesis?.disagreements.map(({ issue, positions }) => ({
    text: issue,
    turn: positions[0]?.turns[0] ?? closing?.n ?? 1,
  }));
  return {
    relation: 'followed',
    id: debate.id,
    title: article?.title ?? '',
    question: centralQuestion(log),
    answer: synthesis?.answer ?? '',
    day: dayOf(closing?.at ?? debate.startedAt),
    link: linkTo(debate, adapter, debate.workspace),
    reopens: [...questions, ...(parted ?? [])].slice(0, MOST_REOPENED),
    stances: stanceMoves(log).map(({ speaker, before, after }) => ({ speaker, stance: after ?? before })),
  };
}

function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10);
}
