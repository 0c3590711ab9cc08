/** What a store does for schedules: kept as they were made, gone on from one run to the next once, each in its workspace. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/ports/store.ts';
import type { NewSchedule, Run, Schedule, Topic } from '../../src/schedules/schedule.ts';
import { sampleArticle } from '../fakes/sample-article.ts';
import { newDebate } from './store-samples.ts';

const PLACE = { adapter: 'scripted', channel: 'papers', thread: null };
const TOPIC: Topic = {
  key: 'https://example.org/a',
  article: 'https://example.org/a',
  question: '',
  follows: null,
  title: 'A \u0000 b',
};
const at = (hour: number) => new Date(Date.UTC(2026, 10, 30, hour, 0, 0, 123));
const [ONE, TWO, THREE] = [at(9), at(10), at(11)] as const;

function newSchedule(workspace: string, change: Partial<NewSchedule> = {}): NewSchedule {
  return {
    workspace,
    id: randomUUID(),
    place: PLACE,
    source: { kind: 'feed', url: 'https://example.org/feed', title: 'A feed' },
    rhythm: { every: 'weeks', step: 2, days: [1, 0], times: [{ hour: 9, minute: 0 }] },
    zone: 'Europe/Madrid',
    panel: 'seven',
    format: null,
    language: 'es',
    tokens: 100_000_000,
    whenQuiet: 'silent',
    ahead: 30,
    missed: 'skip',
    words: 'es',
    createdBy: { id: 'ana', name: 'Ana' },
    ...change,
  };
}

const ended = (slot: Date, change: Partial<Run> = {}): Run => {
  return { slot, outcome: 'quiet', topic: null, debate: null, why: null, ...change };
};

export function schedules(store: () => Store, workspace: () => string): void {
  /** Active, and waiting for the first run. */
  const waiting = async (change: Partial<NewSchedule> = {}): Promise<Schedule> => {
    const { workspace: here, id } = await store().schedules.propose(newSchedule(workspace(), change));
    await store().schedules.change(here, id, { state: 'active', activeSince: ONE, next: ONE });
    return again({ workspace: here, id });
  };
  const again = async ({ workspace: here, id }: Pick<Schedule, 'workspace' | 'id'>): Promise<Schedule> => {
    const found = await store().schedules.find(here, id);
    if (!found) throw new Error('it is gone');
    return found;
  };

  describe('schedules', () => {
    test('come back as they were made, and are listed once somebody said yes', async () => {
      const given = newSchedule(workspace());
      const kept = await store().schedules.propose(given);
      const fresh = { state: 'proposed', reason: null, activeSince: null, next: null, announced: null, begun: null };
      expect(kept).toEqual({ ...given, ...fresh, topic: null, createdAt: expect.any(Date) });
      expect(await store().schedules.find(given.workspace, given.id)).toEqual(kept);
      expect(await store().schedules.list(given.workspace)).toEqual([]);
      const change = { state: 'suspended', reason: { en: 'a', es: 'b' }, next: ONE, topic: TOPIC } as const;
      await store().schedules.change(given.workspace, given.id, change);
      const title = TOPIC.title.replace('\0', '\ufffd');
      expect(await store().schedules.list(given.workspace)).toEqual([
        { ...kept, ...change, topic: { ...TOPIC, title } },
      ]);
    });

    test('are due when they run or are announced, as long as they are active', async () => {
      const early = (minutes: number) => new Date(ONE.getTime() - minutes * 60_000);
      const schedule = await waiting();
      const { workspace: here, id } = schedule;
      const isDue = async (until: Date) => (await store().schedules.due(until)).some((each) => each.id === id);
      expect(await isDue(early(31))).toBe(false);
      expect(await isDue(early(30))).toBe(true);
      await store().schedules.during(here, id, ONE, { announced: ONE });
      expect(await isDue(early(1))).toBe(false);
      expect(await isDue(ONE)).toBe(true);
      expect(await store().schedules.due(ONE)).toContainEqual({
        workspace: here,
        id,
        next: ONE,
        adapter: 'scripted',
        ahead: 30,
        announced: ONE,
      });
      await store().schedules.change(here, id, { state: 'suspended' });
      expect(await isDue(THREE)).toBe(false);
    });

    test('a run ends once, however many end it, and takes the schedule on', async () => {
      const schedule = await waiting();
      const { workspace: here, id } = schedule;
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          store().schedules.end(here, id, ended(ONE, { debate: `d${n}` }), { next: TWO, topic: null }),
        ),
      );
      expect(outcomes.filter(Boolean)).toHaveLength(1);
      const winner = `d${outcomes.indexOf(true)}`;
      expect(await store().schedules.runs(here, id, 9)).toEqual([
        { ...ended(ONE, { debate: winner }), debateStatus: null },
      ]);
      expect((await again(schedule)).next).toEqual(TWO);
      expect(await store().schedules.during(here, id, ONE, { topic: TOPIC })).toBe(false);
      expect((await again(schedule)).topic).toBeNull();
    });

    test('a run under way is not ended by who wants it unbegun', async () => {
      const schedule = await waiting();
      const { workspace: here, id } = schedule;
      expect(await store().schedules.during(here, id, ONE, { begun: ONE })).toBe(true);
      const skip = (slot: Date) =>
        store().schedules.end(here, id, ended(slot, { outcome: 'skipped' }), { next: THREE }, { unbegun: true });
      expect(await skip(ONE)).toBe(false);
      expect(await store().schedules.end(here, id, ended(ONE), { next: TWO })).toBe(true);
      expect(await skip(TWO)).toBe(true);
      expect((await store().schedules.runs(here, id, 1)).map(({ outcome }) => outcome)).toEqual(['skipped']);
    });

    test('a run tells what became of its debate', async () => {
      const { workspace: here, id } = await waiting();
      const debate = await store().createDebate(here, newDebate());
      const why = { en: 'why', es: 'por qué' };
      await store().schedules.end(here, id, ended(ONE, { outcome: 'failed', why }), { next: TWO });
      await store().schedules.end(here, id, ended(TWO, { outcome: 'debated', debate: debate.id }), { next: THREE });
      await store().change(here, debate.id, { status: 'failed' });
      expect(await store().schedules.runs(here, id, 9)).toMatchObject([
        { slot: TWO, debate: debate.id, debateStatus: 'failed' },
        { slot: ONE, why, debateStatus: null },
      ]);
    });

    test('know what they have debated, and anybody there', async () => {
      const { workspace: here, id } = await waiting();
      const article = { ...sampleArticle('en'), url: 'https://example.org/b' };
      const articleId = await store().saveArticle(here, article);
      await store().createDebate(here, newDebate({ articleId }));
      await store().schedules.end(here, id, ended(ONE, { outcome: 'debated', topic: TOPIC }), { next: TWO });
      await store().schedules.end(here, id, ended(TWO, { outcome: 'skipped', topic: { ...TOPIC, key: 'c' } }), {
        next: THREE,
      });
      const keys = ['https://example.org/a', 'https://example.org/b', 'c', 'd'];
      expect([...(await store().schedules.debated(here, id, keys))].toSorted()).toEqual(keys.slice(0, 2));
      expect([...(await store().schedules.debated(here, 'other', keys))]).toEqual(['https://example.org/b']);
      expect((await store().schedules.debated(here, id, [])).size).toBe(0);
      expect((await store().schedules.debated(workspace(), id, keys)).size).toBe(0);
    });

    test('find the last debate that came to an end in their channel', async () => {
      const here = workspace();
      const thread = { adapter: 'scripted', channel: 'papers', thread: 't' };
      const [first, , elsewhere] = await Promise.all([
        store().createDebate(here, newDebate({ thread })),
        store().createDebate(here, newDebate({ thread })),
        store().createDebate(here, newDebate({ thread: { ...thread, channel: 'other' } })),
      ]);
      expect(await store().schedules.lastConcluded(here, PLACE)).toBeNull();
      for (const { id } of [first, elsewhere]) await store().change(here, id, { status: 'concluded' });
      expect(await store().schedules.lastConcluded(here, PLACE)).toBe(first.id);
      expect(await store().schedules.lastConcluded(workspace(), PLACE)).toBeNull();
    });

    test('one that is removed takes its runs with it, and leaves its debates', async () => {
      const { workspace: here, id } = await waiting();
      const debate = await store().createDebate(here, newDebate());
      await store().schedules.end(here, id, ended(ONE, { debate: debate.id }), { next: TWO });
      await store().schedules.remove(here, id);
      expect(await store().schedules.find(here, id)).toBeNull();
      expect(await store().schedules.runs(here, id, 9)).toEqual([]);
      expect(await store().load(here, debate.id)).not.toBeNull();
      expect(await store().schedules.end(here, id, ended(TWO), { next: THREE })).toBe(false);
    });

    test('of another workspace are not there', async () => {
      const { workspace: here, id } = await waiting();
      for (const other of [workspace(), '', `${here}%`]) {
        expect(await store().schedules.find(other, id)).toBeNull();
        expect(await store().schedules.list(other)).toEqual([]);
        expect(await store().schedules.during(other, id, ONE, { topic: TOPIC })).toBe(false);
        expect(await store().schedules.end(other, id, ended(ONE), { next: TWO })).toBe(false);
        expect(await store().schedules.runs(other, id, 9)).toEqual([]);
        await store().schedules.remove(other, id);
        await expect(store().schedules.change(other, id, { next: TWO })).rejects.toThrow('no schedule');
      }
      expect((await store().schedules.find(here, id))?.next).toEqual(ONE);
    });
  });
}
