/** What every `Queue` must do, together with the `Store` that puts debates into it. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { sql } from 'drizzle-orm';
import { openShared, type SharedSettings } from '../../db/connect.ts';
import type { Database } from '../../db/database.ts';
import type { Debate } from '../../src/debate.ts';
import { ClaimLost } from '../../src/errors.ts';
import type { Claim, Queue } from '../../src/ports/queue.ts';
import type { NewDebate, Store } from '../../src/ports/store.ts';
import { newDebate, newTurn } from './store-samples.ts';

/** ms: a new PGlite takes seconds of CPU, on a busy machine many. */
const SLOW = 120_000;

export const queueSettings: SharedSettings = {
  adapters: ['scripted', 'other'],
  heartbeatSeconds: 10,
  perWorkspace: 2,
  callsPerMinute: null,
  schedules: false,
  onTrouble: () => undefined,
};

/** `open` is called once; every test takes whatever it puts in. */
export function queueContract(name: string, open: () => Promise<Database>): void {
  describe(`${name} keeps the Queue contract`, () => {
    let database: Database;
    let store: Store;
    let queue: Queue;
    beforeAll(async () => {
      database = await open();
      ({ store, queue } = await openShared(database, queueSettings));
    }, SLOW);
    afterAll(() => store.close());

    const workspace = () => `w-${randomUUID()}`;
    const begin = (here = workspace(), rest: Partial<NewDebate> = {}) => store.createDebate(here, newDebate(rest));
    const take = (most = 100) => queue.take(['scripted'], most);
    const takeOne = async (): Promise<Claim> => {
      const [claim, ...others] = await take();
      if (!claim || others.length > 0) throw new Error(`one was expected, and ${others.length} others are there`);
      return claim;
    };
    const ids = (claims: readonly Claim[]) => claims.map((claim) => claim.debate);
    const asItIs = async ({ workspace: here, id }: Pick<Debate, 'workspace' | 'id'>) => {
      const log = await store.load(here, id);
      if (!log) throw new Error('it is gone');
      return log;
    };
    const rest = async (claim: Claim) => {
      const log = await asItIs({ workspace: claim.workspace, id: claim.debate });
      return claim.settle(log, { status: 'concluded' });
    };
    /** Its worker has not been heard of for a minute, and that is noticed. */
    const lapse = async (claim: Claim) => {
      await database.db.execute(sql`update tertulia_queue.job set heartbeat_on = heartbeat_on - interval '1 minute'
        where data ->> 'debate' = ${claim.debate}`);
      for (;;) {
        const [again] = await take();
        if (again) return again;
        await delay(50);
      }
    };

    test('a debate that is created is there to be taken, once', async () => {
      const { id, workspace: here } = await begin();
      const claim = await takeOne();
      expect(claim).toMatchObject({ workspace: here, debate: id, losses: 0 });
      expect(await take()).toEqual([]);
      await claim.confirm();
      expect(await rest(claim)).toBe(true);
      expect(await take()).toEqual([]);
      expect((await asItIs({ workspace: here, id })).debate.status).toBe('concluded');
    });

    test('one that could not be saved is not there', async () => {
      await expect(begin(workspace(), { articleId: 'none' })).rejects.toThrow();
      expect(await take()).toEqual([]);
    });

    test('one without a thread waits until it has one', async () => {
      const thread = { adapter: 'scripted', channel: 'room', thread: '' };
      const { workspace: here, id } = await begin(workspace(), { thread });
      expect(await take()).toEqual([]);
      await store.change(here, id, { thread: { ...thread, thread: 't' } });
      const claim = await takeOne();
      expect(claim.debate).toBe(id);
      await rest(claim);
    });

    test('each platform has its own', async () => {
      const thread = { adapter: 'other', channel: 'c', thread: 't' };
      await begin(workspace(), { thread });
      await begin(workspace(), { thread: { ...thread, adapter: 'unknown' } });
      expect(await take()).toEqual([]);
      const claims = await queue.take(['scripted', 'other'], 5);
      expect(claims).toHaveLength(1);
      for (const claim of claims) await rest(claim);
    });

    test('a paused one rests until it is woken; one that is being stepped is not woken twice', async () => {
      const debate = await begin();
      const { workspace: here, id } = debate;
      const claim = await takeOne();
      await store.change(here, id, { status: 'paused' });
      const paused = await asItIs(debate);
      expect(await claim.settle(paused, {})).toBe(true);
      expect(await take()).toEqual([]);
      await store.change(here, id, { status: 'running' });
      await store.change(here, id, { status: 'running', ending: 'asked' });
      const again = await takeOne();
      await store.change(here, id, { status: 'running' });
      expect(await take()).toEqual([]);
      await rest(again);
      expect(await take()).toEqual([]);
    });

    test('nobody lets a debate rest that has gone on meanwhile', async () => {
      const debate = await begin();
      const { workspace: here, id } = debate;
      const claim = await takeOne();
      const seen = await asItIs(debate);
      const steps = [
        () => store.saveTurn(here, id, newTurn('said'), [], 'pending'),
        () => store.change(here, id, { status: 'paused' }),
        () => store.change(here, id, { status: 'running', ending: 'asked' }),
        () => store.change(here, id, { limits: { ...seen.debate.limits, rounds: 3 } }),
      ];
      for (const step of steps) {
        const before = await asItIs(debate);
        await step();
        expect(await claim.settle(before, { status: 'concluded' })).toBe(false);
        expect((await asItIs(debate)).debate.status).not.toBe('concluded');
        await claim.confirm();
      }
      expect(await rest(claim)).toBe(true);
    });

    test('one that breaks off is done with until it is resumed', async () => {
      const debate = await begin();
      await (await takeOne()).fail('no model');
      expect((await asItIs(debate)).debate).toMatchObject({ status: 'failed', failure: 'no model' });
      expect(await take()).toEqual([]);
      await store.change(debate.workspace, debate.id, { status: 'running', failure: null });
      await rest(await takeOne());
    });

    test('of a workspace no more run than may, whoever takes at the same time, and others are not held up', async () => {
      const [busy, quiet] = [workspace(), workspace()];
      for (let i = 0; i < 12; i++) await begin(busy);
      const { id } = await begin(quiet);
      const taken = (await Promise.all([3, 1, 4, 1, 5].map((most) => take(most)))).flat();
      expect(taken.filter((claim) => claim.workspace === busy)).toHaveLength(2);
      expect(ids(taken)).toContain(id);
      const done = new Set<string>();
      for (let running: readonly Claim[] = taken; running.length > 0; running = await take()) {
        expect(running.filter((claim) => claim.workspace === busy).length).toBeLessThanOrEqual(2);
        for (const claim of running) {
          done.add(claim.debate);
          await rest(claim);
        }
      }
      expect(done.size).toBe(13);
    });

    test('what is handed over is taken first, and is not counted as lost', async () => {
      const first = await begin();
      const claim = await takeOne();
      await begin();
      await claim.release();
      await expect(claim.settle(await asItIs(first), {})).rejects.toThrow(ClaimLost);
      const [next] = await take(1);
      expect(next).toMatchObject({ debate: first.id, losses: 0 });
      for (const each of [next, ...(await take())]) if (each) await rest(each);
    });

    test('what a silent worker had goes to another, and the first may do nothing with it any more', async () => {
      const debate = await begin();
      const claim = await takeOne();
      const again = await lapse(claim);
      expect(again).toMatchObject({ debate: debate.id, losses: 1 });
      await delay(300);
      await expect(claim.confirm()).rejects.toThrow(ClaimLost);
      expect(claim.lost.reason).toBeInstanceOf(ClaimLost);
      const seen = await asItIs(debate);
      await expect(claim.settle(seen, { status: 'concluded' })).rejects.toThrow(ClaimLost);
      await expect(claim.fail('late')).rejects.toThrow(ClaimLost);
      expect((await asItIs(debate)).debate.status).toBe('running');
      await claim.release();
      await again.confirm();
      await rest(again);
    });

    test('whoever waits is told of work at once', async () => {
      const told = Promise.withResolvers<readonly Claim[]>();
      queue.onWork(() => void take().then((claims) => claims.length > 0 && told.resolve(claims)));
      await begin();
      for (const claim of await told.promise) await rest(claim);
    });
  });
}
