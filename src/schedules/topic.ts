/** What a schedule debates this time. */
import type { FetchSettings } from '../article/fetch.ts';
import { centralQuestion } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Store } from '../ports/store.ts';
import { articleAddress, readKnownFeed } from './feed.ts';
import type { Schedule, Topic } from './schedule.ts';
import { readTopic } from './source.ts';

export interface Picking {
  readonly store: Pick<Store, 'load' | 'schedules'>;
  readonly adapter: Pick<Adapter, 'popularLinks'>;
  readonly reader: FetchSettings;
}

/** ms: how far back a schedule that has not run yet looks for links. */
const FIRST_LOOK = 7 * 86_400_000;

/** null: there is nothing new. Rejects with an InputError when what it picks from can't be read. */
export async function pickTopic(picking: Picking, schedule: Schedule, signal?: AbortSignal): Promise<Topic | null> {
  const { source } = schedule;
  switch (source.kind) {
    case 'question':
      return readTopic(source.question);
    case 'list':
      return firstNew(picking, schedule, source.items.map(readTopic));
    case 'feed': {
      const { entries } = await readKnownFeed(source.url, picking.reader, signal);
      return firstNew(picking, schedule, entries.map(ofArticle));
    }
    case 'links':
      return firstNew(picking, schedule, await reactedTo(picking, schedule));
    case 'open':
      return openQuestions(picking, schedule);
  }
}

function ofArticle({ url, title }: { readonly url: string; readonly title: string }): Topic {
  return { key: url, article: url, question: '', follows: null, title };
}

async function firstNew({ store }: Picking, schedule: Schedule, topics: readonly Topic[]): Promise<Topic | null> {
  const { workspace, id } = schedule;
  const keys = topics.map(({ key }) => key);
  const known = await store.schedules.debated(workspace, id, keys);
  return topics.find(({ key }) => !known.has(key)) ?? null;
}

/** Links of the channel with a reaction at least, most of them first. */
async function reactedTo({ store, adapter }: Picking, schedule: Schedule): Promise<readonly Topic[]> {
  const { workspace, id, place, createdAt } = schedule;
  if (!adapter.popularLinks) throw cannotSee(place.adapter);
  const [last] = await store.schedules.runs(workspace, id, 1);
  const since = last?.slot ?? new Date(createdAt.getTime() - FIRST_LOOK);
  const links = await adapter.popularLinks({ workspace, ...place }, since);
  return links.flatMap(({ url, reactions }) => {
    const address = reactions > 0 ? articleAddress(url) : null;
    return address ? [ofArticle({ url: address, title: address })] : [];
  });
}

export function cannotSee(adapter: string): InputError {
  return new InputError({
    en: `On "${adapter}" I cannot see what people react to; give a feed, a list or a question.`,
    es: `En «${adapter}» no puedo ver a qué reacciona la gente; da un canal RSS, una lista o una pregunta.`,
  });
}

/** A debate of its own that follows that one up, once. */
async function openQuestions({ store }: Picking, schedule: Schedule): Promise<Topic | null> {
  const { workspace, id, place } = schedule;
  const last = await store.schedules.lastConcluded(workspace, place);
  const log = last === null ? null : await store.load(workspace, last);
  const open = log?.turns.findLast(({ data }) => data.synthesis)?.data.synthesis?.open ?? [];
  if (!log || open.length === 0) return null;
  const key = `open:${log.debate.id}`;
  if ((await store.schedules.debated(workspace, id, [key])).has(key)) return null;
  const title = `${centralQuestion(log)} · ${open.map(({ text }) => text.trim()).join(' · ')}`;
  return { key, article: null, question: '', follows: log.debate.id, title };
}
