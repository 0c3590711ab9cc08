/** The part of the Store contract that is about turns and what they owe. */
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Turn } from '../../src/debate.ts';
import { type Delivery, deliveryKey } from '../../src/ports/store.ts';
import { sampleArticle } from '../fakes/sample-article.ts';
import { draft, newDebate, newTurn, type Started, said } from './store-samples.ts';

const numbers = (turns: readonly Turn[] | undefined) => turns?.map((turn) => turn.n);

export function turns(started: Started): void {
  describe('turns', () => {
    test('twenty saved at once are numbered without a gap', async () => {
      const { store, here, id } = await started();
      const keys = Array.from({ length: 20 }, (_, i) => `k${i}`);
      const saved = await Promise.all(keys.map((key) => store.saveTurn(here, id, newTurn(key), said(key), 'pending')));
      const ns = keys.map((_, i) => i + 1);
      expect(numbers(saved.toSorted((a, b) => a.n - b.n))).toEqual(ns);
      const log = await store.load(here, id);
      expect(numbers(log?.turns)).toEqual(ns);
      expect(log?.turns).toEqual(saved.toSorted((a, b) => a.n - b.n));
      expect((await store.owed(here, id)).map((owed) => owed.turn)).toEqual(ns);
    });

    test('one key saved twenty times at once, among others, is there once', async () => {
      const { store, here, id } = await started();
      const save = (key: string) => store.saveTurn(here, id, newTurn(key), said(key), 'pending');
      const saved = await Promise.all(Array.from({ length: 20 }, (_, i) => save(i % 2 ? 'same' : `other${i}`)));
      const same = saved.filter((turn) => turn.key === 'same');
      expect(new Set(numbers(same)).size).toBe(1);
      const log = await store.load(here, id);
      expect(numbers(log?.turns)).toEqual(Array.from({ length: 11 }, (_, i) => i + 1));
      expect(await store.owed(here, id)).toHaveLength(11);
    });

    test('saving a key again gives the stored turn back and changes nothing', async () => {
      const { store, here, id } = await started();
      const usage = { inputTokens: 1, cachedTokens: null, outputTokens: 3 };
      const first = await store.saveTurn(
        here,
        id,
        newTurn('a', { usage, model: 'openai:one' }),
        said('one', 'two'),
        'pending',
      );
      const owed = await store.owed(here, id);
      expect(await store.saveTurn(here, id, newTurn('a', { text: 'Other.' }), said('x'), 'posting')).toEqual(first);
      expect(await store.owed(here, id)).toEqual(owed);
      expect((await store.load(here, id))?.turns).toEqual([first]);
      expect((await store.saveTurn(here, id, newTurn('b'), [], 'pending')).n).toBe(2);
    });

    test('refresh gives the debate and what came after a number', async () => {
      const { store, here, id } = await started();
      const saved: Turn[] = [];
      for (const key of ['a', 'b', 'c']) saved.push(await store.saveTurn(here, id, newTurn(key), [], 'pending'));
      await store.change(here, id, { status: 'paused' });
      for (const after of [0, 1, 2, 3, 9]) {
        const { debate, turns } = (await store.refresh(here, id, after)) ?? {};
        expect(debate).toEqual((await store.load(here, id))?.debate);
        expect(turns).toEqual(saved.slice(after));
      }
    });

    test.each<[string, Turn['usage']]>([
      ['no model spoke', null],
      ['nothing was told', { inputTokens: null, cachedTokens: null, outputTokens: null }],
      ['zero', { inputTokens: 0, cachedTokens: 0, outputTokens: 0 }],
    ])('usage stays what it was: %s', async (_, usage) => {
      const { store, here, id } = await started();
      const saved = await store.saveTurn(here, id, newTurn('a', { usage }), [], 'pending');
      expect(saved.usage).toEqual(usage);
      expect((await store.refresh(here, id, 0))?.turns[0]?.usage).toEqual(usage);
    });

    test('a draft is kept, replaced, and gone with its turn', async () => {
      const { store, here, id } = await started();
      expect(await store.findDraft(here, id, 'a')).toBeNull();
      await store.saveDraft(here, id, 'a', { text: 'First.', usage: null, model: null });
      expect(await store.findDraft(here, id, 'a')).toEqual({ text: 'First.', usage: null, model: null });
      await store.saveDraft(here, id, 'a', draft);
      await store.saveDraft(here, id, 'b', draft);
      expect(await store.findDraft(here, id, 'a')).toEqual(draft);
      await store.saveTurn(here, id, newTurn('a'), [], 'pending');
      expect(await store.findDraft(here, id, 'a')).toBeNull();
      expect(await store.findDraft(here, id, 'b')).toEqual(draft);
      await store.saveDraft(here, id, 'a', draft);
      await store.saveTurn(here, id, newTurn('a'), [], 'pending');
      expect(await store.findDraft(here, id, 'a')).toBeNull();
    });

    test('any sequence of calls leaves what a simple model of them leaves', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
          const { store, here, id } = await started();
          const model = { turns: [] as string[], owed: new Map<string, string>(), drafts: new Map<string, string>() };
          for (const { type, key, parts, state } of calls) {
            const n = model.turns.indexOf(key) + 1 || model.turns.length + 1;
            const first = deliveryKey(id, n, 0);
            if (type === 'draft') {
              await store.saveDraft(here, id, key, { ...draft, text: parts.join() });
              model.drafts.set(key, parts.join());
            } else if (type === 'save') {
              expect((await store.saveTurn(here, id, newTurn(key), said(...parts), state)).n).toBe(n);
              if (n > model.turns.length) {
                model.turns.push(key);
                for (const part of parts.keys()) model.owed.set(deliveryKey(id, n, part), state);
              }
              model.drafts.delete(key);
            } else if (model.owed.has(first)) {
              await (type === 'posting' ? store.posting(here, id, first) : store.posted(here, id, first, 'm'));
              if (model.owed.get(first) !== 'posted') model.owed.set(first, type);
            }
          }
          expect((await store.load(here, id))?.turns.map((turn) => turn.key)).toEqual(model.turns);
          const owed = (await store.owed(here, id)).map((delivery) => [delivery.key, delivery.state]);
          expect(owed).toEqual([...model.owed].filter(([, state]) => state !== 'posted'));
          for (const key of 'abcd') {
            expect((await store.findDraft(here, id, key))?.text).toBe(model.drafts.get(key));
          }
        }),
        { numRuns: 15 },
      );
    });
  });
}

const call = fc.record({
  type: fc.constantFrom('save', 'save', 'draft', 'posting', 'posted'),
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  parts: fc.array(fc.string(), { maxLength: 3 }),
  state: fc.constantFrom<'pending' | 'posting'>('pending', 'posting'),
});

export function deliveries(started: Started): void {
  describe('deliveries', () => {
    test('are owed in order, part by part, until posted', async () => {
      const { store, here, id } = await started();
      const parts = Array.from({ length: 11 }, (_, i) => `part ${i}`);
      await store.saveTurn(here, id, newTurn('a'), said(...parts), 'pending');
      await store.saveTurn(here, id, newTurn('notes', { public: false }), [], 'pending');
      await store.saveTurn(here, id, newTurn('c'), said('last'), 'posting');
      const owed: Delivery[] = parts.map((text, part) => {
        return { key: deliveryKey(id, 1, part), turn: 1, part, to: 'thread', text, state: 'pending', messageId: null };
      });
      const last: Delivery = {
        key: deliveryKey(id, 3, 0),
        turn: 3,
        part: 0,
        to: 'thread',
        text: 'last',
        state: 'posting',
        messageId: null,
      };
      expect(await store.owed(here, id)).toEqual([...owed, last]);
      for (const { key } of owed.slice(2)) await store.posted(here, id, key, `m-${key}`);
      await store.posting(here, id, deliveryKey(id, 1, 1));
      expect(await store.owed(here, id)).toEqual([owed[0], { ...owed[1], state: 'posting' }, last]);
    });

    test('to the channel come after those to the thread, and say so', async () => {
      const { store, here, id } = await started();
      const text = 'The text of the turn, whole.';
      const parts = [...said(text, 'more'), { text, to: 'channel' } as const];
      await store.saveTurn(here, id, newTurn('a', { text }), parts, 'posting');
      const owed = (await store.owed(here, id)).map((delivery) => [delivery.to, delivery.part, delivery.text]);
      expect(owed).toEqual([
        ['thread', 0, text],
        ['thread', 1, 'more'],
        ['channel', 2, text],
      ]);
      await store.posted(here, id, deliveryKey(id, 1, 0), 'm0');
      await store.posted(here, id, deliveryKey(id, 1, 1), 'm1');
      expect(await store.owed(here, id)).toMatchObject([{ to: 'channel', state: 'posting' }]);
    });

    test('what is posted stays posted, whoever comes late', async () => {
      const { store, here, id } = await started();
      await store.saveTurn(here, id, newTurn('a'), said('one'), 'posting');
      const key = deliveryKey(id, 1, 0);
      await store.posted(here, id, key, 'm');
      await store.posting(here, id, key);
      await store.posted(here, id, key, 'm');
      expect(await store.owed(here, id)).toEqual([]);
    });
  });
}

export function awkwardText(started: Started): void {
  describe('text', () => {
    test('of any script and length comes back as it was', async () => {
      const { store, here, id } = await started();
      const text = `${'¿Qué? 🌋👩‍🔬 漢字 שלום \u202e "\'\\ $1 {} \r\n\t \u0001\uffff'.repeat(30_000)}end`;
      const data = { author: { id: 'ñ', name: text }, opening: { question: text, axes: [text] } };
      const saved = await store.saveTurn(here, id, newTurn('é:\\u0000', { text, data }), said(text), 'pending');
      expect(saved).toMatchObject({ text, data, key: 'é:\\u0000' });
      expect((await store.load(here, id))?.turns).toEqual([saved]);
      expect((await store.owed(here, id))[0]?.text).toBe(text);
    });

    test('what a database can not hold becomes U+FFFD, as long as it was', async () => {
      const { store, here, id } = await started();
      const [bad, good] = ['a\0b\ud800c', 'a\ufffdb\ufffdc'];
      const data = { mended: [bad] };
      const saved = await store.saveTurn(
        here,
        id,
        newTurn('a', { text: bad, data, speaker: bad }),
        said(bad),
        'pending',
      );
      expect(saved).toMatchObject({ text: good, data: { mended: [good] }, speaker: good });
      expect((await store.load(here, id))?.turns).toEqual([saved]);
      expect((await store.owed(here, id))[0]?.text).toBe(good);
      await store.saveDraft(here, id, 'b', { ...draft, text: bad });
      expect((await store.findDraft(here, id, 'b'))?.text).toBe(good);
      await store.change(here, id, { failure: bad, question: bad });
      expect((await store.load(here, id))?.debate).toMatchObject({ failure: good, question: good });
      const sample = sampleArticle('en');
      const passage = { n: 1, section: bad, page: null, start: 0, end: bad.length, text: bad };
      const article = { ...sample, title: bad, text: bad, sections: [bad], passages: [passage] };
      await store.saveArticle(here, article);
      const kept = { ...article, title: good, text: good, sections: [good] };
      expect((await store.findArticle(here, article.sha256))?.article).toEqual({
        ...kept,
        passages: [{ ...passage, section: good, text: good }],
      });
    });

    test('any string survives', async () => {
      const { store, here, id } = await started();
      let n = 0;
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary' }), async (text) => {
          const data = { to: text };
          const saved = await store.saveTurn(here, id, newTurn(`k${++n}`, { text, data }), said(text), 'pending');
          const good = text.toWellFormed().replaceAll('\0', '\ufffd');
          expect(saved).toMatchObject({ n, text: good, data: { to: good } });
          expect((await store.refresh(here, id, n - 1))?.turns).toEqual([saved]);
        }),
        { numRuns: 60 },
      );
    });
  });
}

export function amendments(started: Started): void {
  describe('what people said and amended', () => {
    const person = { kind: 'human', speaker: 'human', data: { author: { id: 'ana', name: 'Ana' } } } as const;

    test('reads otherwise where it stands, and who follows the debate is told', async () => {
      const { store, here, id } = await started();
      await store.saveTurn(here, id, newTurn('human-1', person), [], 'pending');
      await store.saveTurn(here, id, newTurn('a'), [], 'pending');
      expect((await store.refresh(here, id, 2))?.turns).toEqual([]);
      expect(await store.amendTurn(here, id, 'human-1', 'edited', 'Other \ud800 words.')).toBe(true);
      const amended = { n: 1, text: 'Other \ufffd words.', data: { ...person.data, amended: 'edited' } };
      expect((await store.refresh(here, id, 2))?.turns).toMatchObject([amended]);
      expect((await store.load(here, id))?.turns).toMatchObject([amended, { n: 2, text: 'Text of a.' }]);
      expect(await store.amendTurn(here, id, 'human-1', 'withdrawn', '(withdrawn)')).toBe(true);
      expect((await store.load(here, id))?.turns[0]).toMatchObject({
        text: '(withdrawn)',
        data: { amended: 'withdrawn' },
      });
    });

    test('nobody amends a persona, a turn that is not there, or another workspace', async () => {
      const { store, here, id } = await started();
      await store.saveTurn(here, id, newTurn('a'), [], 'pending');
      await store.saveTurn(here, id, newTurn('human-1', person), [], 'pending');
      expect(await store.amendTurn(here, id, 'a', 'edited', 'Mine.')).toBe(false);
      expect(await store.amendTurn(here, id, 'human-2', 'edited', 'Mine.')).toBe(false);
      expect(await store.amendTurn('elsewhere', id, 'human-1', 'edited', 'Mine.')).toBe(false);
      expect((await store.load(here, id))?.turns.map(({ text }) => text)).toEqual(['Text of a.', 'Text of human-1.']);
    });
  });
}

export function isolation(started: Started): void {
  test('another workspace sees nothing and changes nothing', async () => {
    const { store, here, id } = await started();
    const article = sampleArticle('en');
    const articleId = await store.saveArticle(here, article);
    const { thread } = await store.createDebate(here, newDebate({ articleId }));
    await store.saveTurn(here, id, newTurn('a'), said('one'), 'pending');
    await store.saveDraft(here, id, 'b', draft);
    const all = async (workspace: string) => ({
      log: await store.load(workspace, id),
      fresh: await store.refresh(workspace, id, 0),
      list: await store.list(workspace, 10),
      thread: await store.findByThread(workspace, thread),
      owed: await store.owed(workspace, id),
      draft: await store.findDraft(workspace, id, 'b'),
      article: await store.findArticle(workspace, article.sha256),
      passages: await store.searchPassages(workspace, article.sha256, 'energy', 5),
    });
    const nothing = { log: null, fresh: null, list: [], thread: null, owed: [], draft: null };
    const before = await all(here);
    const key = deliveryKey(id, 1, 0);
    for (const there of [`w-${randomUUID()}`, '', `${here}%`]) {
      expect(await all(there)).toEqual({ ...nothing, article: null, passages: [] });
      await expect(store.change(there, id, { status: 'failed' })).rejects.toThrow();
      await expect(store.saveTurn(there, id, newTurn('a'), said('x'), 'posting')).rejects.toThrow();
      await expect(store.saveTurn(there, id, newTurn('b'), said('x'), 'posting')).rejects.toThrow();
      await expect(store.posting(there, id, key)).rejects.toThrow();
      await expect(store.posted(there, id, key, 'm')).rejects.toThrow();
      await expect(store.saveDraft(there, id, 'b', { ...draft, text: 'Mine.' })).rejects.toThrow();
      await expect(store.createDebate(there, newDebate({ articleId }))).rejects.toThrow();
      expect(await all(there)).toEqual({ ...nothing, article: null, passages: [] });
    }
    expect(await all(here)).toEqual(before);
  });

  test('two workspaces may use the same names for their own', async () => {
    const { store, here, id } = await started();
    const there = `w-${randomUUID()}`;
    const article = sampleArticle('en');
    await store.saveArticle(here, article);
    await store.saveArticle(there, { ...article, title: 'Theirs' });
    await store.createDebate(there, newDebate({ id }));
    await store.saveTurn(here, id, newTurn('a'), said('ours'), 'pending');
    await store.saveTurn(there, id, newTurn('a', { text: 'Theirs.' }), said('theirs'), 'pending');
    await store.posted(here, id, deliveryKey(id, 1, 0), 'm');
    expect((await store.findArticle(here, article.sha256))?.article.title).toBe(article.title);
    expect((await store.load(here, id))?.turns[0]?.text).toBe('Text of a.');
    expect((await store.owed(there, id)).map((owed) => owed.text)).toEqual(['theirs']);
  });
}
