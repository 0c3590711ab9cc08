import { expect, test } from '@jest/globals';
import { isOver } from '../src/debate.ts';

test('x', () => {
  expect(isOver('running')).toBe(false);
});
