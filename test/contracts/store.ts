/** What every `Store` must do, whatever it keeps the log in. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Article } from '../../src/debate.ts';
import type { Store } from '../../src/ports/store.ts';
import { sampleArticle } from '../fakes/sample-article.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { inboxContract, installationsContract } from './inbox.ts';
import { schedules } from './schedules.ts';
import { memory } from './store-memory.ts';
import { draft, limits, newDebate, newTurn, type Started, said } from './store-samples.ts';
import { workspaces } from './store-settings.ts';
import { amendments, awkwardText, deliveries, isolation, turns } from './store-turns.ts';
import { teams, votes } from './team-store.ts';

/** ms: a new PGlite takes seconds of CPU, on a busy machine many. */
const SLOW = 120_000;

/** `open` is called once; every test works in a workspace of its own. */
export function storeContract(name: string, open: () => Promise<{ store: Store; close(): Promise<void> }>): void {
  describe(`${name} keeps the Store contract`, () => {
    let opened: { store: Store; close(): Promise<void> };
    const workspace = () => `w-${randomUUID()}`;
    const started = async () => {
      const here = workspace();
      const debate = await opened.store.createDebate(here, newDebate());
      return { store: opened.store, here, id: debate.id };
    };
    beforeAll(async () => {
      opened = await open();
    }, SLOW);
    afterAll(() => opened.close());

    articles(() => opened.store, workspace);
    debates(() => opened.store, workspace, started);
    turns(started);
    deliveries(started);
    awkwardText(started);
    amendments(started);
    isolation(started);
    workspaces(() => opened.store, workspace);
    teams(() => opened.store, workspace);
    votes(started);
    inboxContract(() => opened.store.inbox);
    installationsContract(() => opened.store.installations);
    memory(() => opened.store, workspace);
    schedules(() => opened.store, workspace);
  });
}

function articles(store: () => Store, workspace: () => string): void {
  describe('articles', () => {
    test.each(['en', 'es'])('come back as they were saved, once per content (%s)', async (language) => {
      const here = workspace();
      const article = sampleArticle(language);
      const id = await store().saveArticle(here, article);
      expect(await store().saveArticle(here, { ...article, title: 'Again' })).toBe(id);
      expect(await store().findArticle(here, article.sha256)).toEqual({ id, article });
    });

    test('twenty at once are kept once', async () => {
      const here = workspace();
      const article = sampleArticle('en');
      const ids = await Promise.all(Array.from({ length: 20 }, () => store().saveArticle(here, article)));
      expect(new Set(ids).size).toBe(1);
      expect((await store().findArticle(here, article.sha256))?.article).toEqual(article);
    });

    test('a book of ten thousand passages fits', async () => {
      const here = workspace();
      const passages = Array.from({ length: 10_000 }, (_, i) => {
        return { n: i + 1, section: '', page: null, start: i, end: i + 1, text: `Passage ${i} of many words.` };
      });
      const book: Article = { ...sampleArticle('en'), url: null, passages };
      await store().saveArticle(here, book);
      expect((await store().findArticle(here, book.sha256))?.article).toEqual(book);
    });

    test('unknown ones are not there', async () => {
      expect(await store().findArticle(workspace(), 'ff')).toBeNull();
      expect(await store().searchPassages(workspace(), 'ff', 'energy', 5)).toEqual([]);
    });
  });

  describe('search', () => {
    const search = async (language: string, words: string, limit = 3) => {
      const here = workspace();
      const article = sampleArticle(language);
      await store().saveArticle(here, article);
      await store().saveArticle(here, { ...article, sha256: 'other' });
      const found = await store().searchPassages(here, article.sha256, words, limit);
      for (const passage of found) expect(article.passages).toContainEqual(passage);
      return found.map((passage) => passage.n);
    };

    test('finds other forms of the words, in either language', async () => {
      expect((await search('en', 'grading by humans'))[0]).toBe(2);
      expect((await search('es', 'calificaciones de las rúbricas'))[0]).toBe(2);
      expect((await search('es', 'las energías'))[0]).toBe(5);
    });

    test('a long question in natural language finds what has most of it', async () => {
      const question = `I would like to know, since nobody on the panel has said it yet - and budgets matter - how much more
        "energy" the longest budget really costs per answer, or whether stopping when drafts agree isn't good enough?`;
      expect((await search('en', question))[0]).toBe(5);
    });

    test('a hyphen excludes nothing', async () => {
      expect(await search('en', 'school -problems', 8)).toEqual(expect.arrayContaining([1, 3]));
      expect((await search('en', 'error-bars'))[0]).toBe(2);
    });

    test('headings count', async () => {
      expect((await search('en', 'limitations', 8)).toSorted()).toEqual([7, 8]);
    });

    test('another language is searched word by word', async () => {
      expect((await search('en', 'clauses', 8)).length).toBeGreaterThan(0);
      const here = workspace();
      const article = { ...sampleArticle('en'), language: 'eu' };
      await store().saveArticle(here, article);
      expect(await store().searchPassages(here, article.sha256, 'clause', 8)).toEqual([]);
      expect((await store().searchPassages(here, article.sha256, 'CLAUSES', 8)).length).toBeGreaterThan(0);
    });

    test('gives no more than asked for', async () => {
      expect(await search('en', 'budget tokens model', 2)).toHaveLength(2);
    });

    test('no words at all find nothing, and no words break it', async () => {
      expect(await search('en', 'of the and')).toEqual([]);
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.string({ unit: 'binary' }), fc.string()), async (words) => {
          await store().searchPassages('nowhere', 'ff', words, 3);
        }),
        { numRuns: 50 },
      );
      for (const words of ["' & | ! <-> ( ) : * \\", '"open quote', '&&', 'a&b|c:*', '\0', '\ud800'])
        await search('en', words);
    });
  });
}

function debates(store: () => Store, workspace: () => string, started: Started): void {
  describe('debates', () => {
    test('a whole log comes back as it was saved', async () => {
      const here = workspace();
      const { article, turns } = sampleLog('es');
      if (!article) throw new Error('the sample has an article');
      const articleId = await store().saveArticle(here, article);
      const created = newDebate({ articleId, language: 'es' });
      const { articleId: _, origin: __, ...expected } = created;
      const debate = await store().createDebate(here, created);
      expect(debate).toEqual({
        ...expected,
        workspace: here,
        status: 'running',
        ending: null,
        startedAt: expect.any(Date),
        endedAt: null,
        failure: null,
      });
      for (const { n: _n, at: _at, ...turn } of turns)
        await store().saveTurn(here, debate.id, turn, said(turn.text), 'pending');
      const timed = turns.map((turn) => ({ ...turn, at: expect.any(Date) }));
      expect(await store().load(here, debate.id)).toEqual({ debate, article, turns: timed });
      expect(await store().refresh(here, debate.id, 0)).toEqual({ debate, turns: timed });
    });

    test('one without an article has none', async () => {
      const { here, id } = await started();
      expect(await store().load(here, id)).toMatchObject({ article: null, turns: [] });
    });

    test('its times are its own: now, in order', async () => {
      const before = Date.now();
      const { here, id } = await started();
      const first = await store().saveTurn(here, id, newTurn('a'), [], 'pending');
      const second = await store().saveTurn(here, id, newTurn('b'), [], 'pending');
      const log = await store().load(here, id);
      const times = [log?.debate.startedAt, first.at, second.at, new Date(Date.now() + 1)].map(Number);
      expect(Number(times[0])).toBeGreaterThanOrEqual(before - 1);
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(log?.turns.map((turn) => turn.at)).toEqual([first.at, second.at]);
    });

    test('change changes what it names and nothing else', async () => {
      const { here, id } = await started();
      const before = await store().load(here, id);
      const endedAt = new Date('2026-03-05T17:00:00.123Z');
      const thread = { adapter: 'other', channel: 'c', thread: 't' };
      const change = {
        status: 'failed',
        question: 'Which?',
        ending: 'asked',
        failure: 'no model',
        thread,
        endedAt,
      } as const;
      await store().change(here, id, { ...change, limits: { ...limits, tokens: null } });
      const debate = { ...before?.debate, ...change, limits: { ...limits, tokens: null } };
      expect((await store().load(here, id))?.debate).toEqual(debate);
      await store().change(here, id, { status: 'running', failure: null });
      await store().change(here, id, {});
      expect((await store().load(here, id))?.debate).toEqual({ ...debate, status: 'running', failure: null });
    });

    test('one comes to rest only as it was seen', async () => {
      const { here, id } = await started();
      const seen = async () => (await store().load(here, id)) ?? Promise.reject(new Error('it is gone'));
      const early = await seen();
      await store().saveTurn(here, id, newTurn('said'), [], 'pending');
      const endedAt = new Date('2026-03-05T17:00:00.123Z');
      expect(await store().settle(here, id, early, { status: 'concluded', endedAt })).toBe(false);
      const late = await seen();
      for (const change of [{ status: 'paused' }, { ending: 'asked' }, { limits: { ...limits, rounds: 2 } }] as const) {
        const { status, ending, limits: before } = late.debate;
        await store().change(here, id, change);
        expect(await store().settle(here, id, late, { status: 'concluded' })).toBe(false);
        await store().change(here, id, { status, ending, limits: before });
      }
      expect(await store().settle(workspace(), id, late, {})).toBe(false);
      expect((await seen()).debate).toEqual(late.debate);
      expect(await store().settle(here, id, late, { status: 'concluded', endedAt })).toBe(true);
      expect((await seen()).debate).toMatchObject({ status: 'concluded', endedAt });
    });

    test('the list is newest first, with titles and turn counts', async () => {
      const here = workspace();
      const article = sampleArticle('en');
      const articleId = await store().saveArticle(here, article);
      const first = await store().createDebate(here, newDebate({ question: 'Why?' }));
      await delay(2);
      const second = await store().createDebate(here, newDebate({ articleId }));
      for (const key of ['a', 'b', 'b']) await store().saveTurn(here, first.id, newTurn(key), [], 'pending');
      await store().change(here, second.id, { status: 'paused' });
      const listed = await store().list(here, 10);
      const { question, language, format, startedAt } = second;
      const newest = { question, language, format, startedAt, id: second.id, title: article.title };
      expect(listed[0]).toEqual({ ...newest, status: 'paused', turns: 0, endedAt: null });
      expect(listed[1]).toMatchObject({ id: first.id, title: 'Why?', question: 'Why?', turns: 2 });
      expect(await store().list(here, 1)).toEqual(listed.slice(0, 1));
    });

    test('a thread leads to its newest debate', async () => {
      const here = workspace();
      const thread = { adapter: 'scripted', channel: 'c', thread: 't' };
      await store().createDebate(here, newDebate({ thread }));
      await delay(2);
      const newest = await store().createDebate(here, newDebate({ thread }));
      expect(await store().findByThread(here, thread)).toBe(newest.id);
      for (const part of ['adapter', 'channel', 'thread']) {
        expect(await store().findByThread(here, { ...thread, [part]: 'x' })).toBeNull();
      }
    });

    test('a channel leads to the debate under way in it, else to its newest', async () => {
      const here = workspace();
      const at = (thread: string) => ({ adapter: 'scripted', channel: 'c', thread });
      const find = () => store().findInChannel(here, { adapter: 'scripted', channel: 'c' });
      expect(await find()).toBeNull();
      const first = await store().createDebate(here, newDebate({ thread: at('1') }));
      await delay(2);
      const second = await store().createDebate(here, newDebate({ thread: at('2') }));
      expect(await find()).toBe(second.id);
      await store().change(here, second.id, { status: 'concluded' });
      expect(await find()).toBe(first.id);
      await store().change(here, first.id, { status: 'failed' });
      expect(await find()).toBe(second.id);
      expect(await store().findInChannel(workspace(), { adapter: 'scripted', channel: 'c' })).toBeNull();
      expect(await store().findInChannel(here, { adapter: 'other', channel: 'c' })).toBeNull();
      expect(await store().findInChannel(here, { adapter: 'scripted', channel: 'd' })).toBeNull();
    });

    test('a change an event asks for is made once, however often and at the same time it is delivered', async () => {
      const { here, id } = await started();
      const rounds = async () => (await store().load(here, id))?.debate.limits.rounds;
      const more = (event: string, to: number) =>
        store().change(here, id, { limits: { ...limits, rounds: to } }, `scripted:${event}`);
      await Promise.all([more('e1', 2), more('e1', 2), more('e1', 2)]);
      await more('e2', 3);
      await more('e1', 4);
      expect(await rounds()).toBe(3);
      const elsewhere = await started();
      await store().change(elsewhere.here, elsewhere.id, { question: 'Other?' }, 'scripted:e1');
      expect((await store().load(elsewhere.here, elsewhere.id))?.debate.question).toBe('Other?');
    });

    test('an event begins one debate, however often and at the same time it is delivered', async () => {
      const here = workspace();
      const origin = 'scripted:event-1';
      expect(await store().findByOrigin(here, origin)).toBeNull();
      const created = await Promise.all([1, 2, 3].map(() => store().createDebate(here, newDebate({ origin }))));
      expect(new Set(created.map(({ id }) => id)).size).toBe(1);
      expect(await store().findByOrigin(here, origin)).toEqual(created[0]);
      expect(await store().list(here, 5)).toHaveLength(1);
      const elsewhere = await store().createDebate(workspace(), newDebate({ origin }));
      expect(elsewhere.id).not.toBe(created[0]?.id);
      expect(await store().findByOrigin(workspace(), origin)).toBeNull();
    });

    test('unknown ids are not there, and changing them is refused', async () => {
      const here = workspace();
      expect(await store().load(here, 'none')).toBeNull();
      expect(await store().refresh(here, 'none', 0)).toBeNull();
      expect(await store().list(here, 5)).toEqual([]);
      expect(await store().owed(here, 'none')).toEqual([]);
      expect(await store().findDraft(here, 'none', 'a')).toBeNull();
      await expect(store().createDebate(here, newDebate({ articleId: 'none' }))).rejects.toThrow();
      await expect(store().change(here, 'none', { status: 'paused' })).rejects.toThrow('none');
      await expect(store().saveTurn(here, 'none', newTurn('a'), said('a'), 'pending')).rejects.toThrow('none');
      await expect(store().posting(here, 'none', 'none:1:0')).rejects.toThrow('none');
      await expect(store().posted(here, 'none', 'none:1:0', 'm')).rejects.toThrow('none');
      await expect(store().saveDraft(here, 'none', 'a', draft)).rejects.toThrow();
    });
  });
}
