/** A shower of what `npm run soak` is for minutes. */
import { expect, test } from '@jest/globals';
import { soak } from './soak.ts';

test('processes killed, a database restarted, a platform that fails: every debate ends as if nothing had happened', async () => {
  const report = await soak({
    debates: 8,
    workspaces: 2,
    workers: 2,
    latency: { first: 20, each: 5 },
    killEvery: 500,
    mostKills: 2,
    restarts: 1,
    faults: 0.05,
    longest: 100_000,
  });
  expect(report.broken).toEqual([]);
  expect(report).toMatchObject({ debates: 8, restarts: 1 });
  expect(report.kills).toBeGreaterThan(0);
  expect(report.messages).toBeGreaterThan(report.turns);
});
