import { describe, expect, test } from '@jest/globals';
import { takeLines } from '../../src/checks/lines.ts';

describe('figures', () => {
  test.each([
    ['40', '20', '60', [40, 20, 60]],
    ['1,200', '1,000', '2,000', [1200, 1000, 2000]],
    ['1.200', '1.000', '2.000', [1200, 1000, 2000]],
    ['0,5', '0.25', '0,75', [0.5, 0.25, 0.75]],
    ['1,200.5', '60', '-20', [1200.5, -20, 60]],
    ['−3', '−5', '2', [-3, -5, 2]],
  ])('%s, from %s to %s', (value, from, to, [estimate, low, high]) => {
    const { estimate: read } = takeLines(`Why.\n[estimate: ${value}, from: ${from}, to: ${to}, confidence: 80%]`);
    expect(read).toEqual({ value: estimate, low, high, confidence: 80 });
  });

  test('in Spanish, and with signs models add', () => {
    const said = 'Así.\n[estimación: 40 %, de: 20 %, a: 60 %, confianza: 70 %]';
    expect(takeLines(said)).toMatchObject({ text: 'Así.', estimate: { value: 40, low: 20, high: 60, confidence: 70 } });
  });
});
