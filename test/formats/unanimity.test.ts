import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Stance } from '../../src/debate.ts';
import { nearUnanimous } from '../../src/formats/unanimity.ts';

const of = (...stances: readonly number[]): Stance[] => stances.map((stance) => ({ stance, confidence: 80 }));

describe('near-unanimous', () => {
  test.each<[boolean, string, readonly Stance[]]>([
    [true, 'all firmly for', of(2, 3, 2, 2, 3, 2, 2)],
    [true, 'all firmly against', of(-2, -3, -2)],
    [true, 'one in seven undecided', of(2, 3, 2, 0, 3, 2, 2)],
    [true, 'one in seven mildly against', of(2, 3, 2, -1, 3, 2, 2)],
    [false, 'one firmly against the rest', of(2, 3, 2, -2, 3, 2, 2)],
    [false, 'two of seven elsewhere', of(2, 3, 2, 0, 0, 2, 2)],
    [false, 'one of five elsewhere', of(2, 3, 2, 2, 0)],
    [false, 'half and half', of(2, -2, 2, -2)],
    [false, 'all barely for', of(1, 1, 1, 1, 1, 1, 1)],
    [false, 'all undecided', of(0, 0, 0, 0)],
    [false, 'two are no panel', of(3, 3)],
    [false, 'nobody', []],
    [false, 'all for and unsure', of(2, 2, 2).map((each) => ({ ...each, confidence: 40 }))],
  ])('%s: %s', (expected, _, stances) => {
    expect(nearUnanimous(stances)).toBe(expected);
  });

  const stance = fc.record({ stance: fc.integer({ min: -3, max: 3 }), confidence: fc.integer({ min: 0, max: 100 }) });
  const panel = fc.array(stance, { maxLength: 12 });

  test('is the same for and against, and in whatever order', () => {
    fc.assert(
      fc.property(panel, (stances) => {
        const mirrored = stances.map((each) => ({ ...each, stance: -each.stance }));
        expect(nearUnanimous(mirrored)).toBe(nearUnanimous(stances));
        expect(nearUnanimous(stances.toReversed())).toBe(nearUnanimous(stances));
      }),
    );
  });

  test('is never said of a panel with a clash in it', () => {
    fc.assert(
      fc.property(panel, (stances) => {
        const firm = (side: number) => stances.some((each) => each.stance * side >= 2);
        if (firm(1) && firm(-1)) expect(nearUnanimous(stances)).toBe(false);
      }),
    );
  });
});
