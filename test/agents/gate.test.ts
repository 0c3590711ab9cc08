import { expect, test } from '@jest/globals';
import { turnGate } from '../../src/agents/gate.ts';

const nextTurn = () => new Promise((later) => setImmediate(later));

test('lets so many pass in a turn of the event loop, in order, and none get lost', async () => {
  const gate = turnGate(8);
  const passed: number[] = [];
  const all = Promise.all(Array.from({ length: 50 }, (_, at) => gate().then(() => passed.push(at))));
  await Promise.resolve();
  let before = passed.length;
  expect(before).toBe(8);
  while (passed.length < 50) {
    await nextTurn();
    expect(passed.length - before).toBeLessThanOrEqual(8);
    before = passed.length;
  }
  await all;
  expect(passed).toEqual(Array.from({ length: 50 }, (_, at) => at));
});

test('opens again after a pause', async () => {
  const gate = turnGate(1);
  await gate();
  await nextTurn();
  await nextTurn();
  await gate();
  await Promise.all([gate(), gate()]);
});
