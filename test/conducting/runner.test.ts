import { expect, test } from '@jest/globals';
import { Runner } from '../../src/conducting/runner.ts';

test('whoever waits for a paused debate is let go when the process is told to end', async () => {
  const runner = new Runner(async () => 'paused');
  const over = runner.untilOver('w', 'd');
  await runner.run('w', 'd');
  await runner.stop(new Error('told to end'));
  await expect(over).rejects.toThrow('told to end');
});

test('a paused debate that is resumed is waited for until it is over', async () => {
  const statuses = ['paused', 'concluded'] as const;
  let at = 0;
  const runner = new Runner(async () => statuses[at++] ?? 'failed');
  const over = runner.untilOver('w', 'd');
  await runner.run('w', 'd');
  await Promise.resolve();
  runner.wake('w', 'd');
  await expect(over).resolves.toBe('concluded');
});
