/** Personas that would say the same are told, with the words they share; those that ship never do. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Persona } from '../../src/debate.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import { overlaps } from '../../src/personas/overlap.ts';

const library = await loadLibrary(null);
const all = [...library.personas.values()].filter(({ role }) => role === 'persona');
const shipped = (id: string): Persona => {
  const found = library.personas.get(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};
const like = (id: string, change: Partial<Persona>): Persona => ({ ...shipped(id), id: `other-${id}`, ...change });
const both = (text: string) => ({ en: text, es: text });

describe('overlap', () => {
  test('no two personas of the library, in either language', () => {
    expect(overlaps(all)).toEqual([]);
  });

  test.each([
    [
      'en',
      'Test the evidence: is the sample large enough, are baselines and ablations missing, what result would change it?',
    ],
    [
      'es',
      'Pone a prueba la evidencia: si la muestra basta, si faltan comparaciones y ablaciones, qué resultado cambiaría algo.',
    ],
  ])('the same duty in other words is told, with those they share (%s)', (_, duty) => {
    const twin = like('reviewer', { duty: both(duty), lens: { en: ['kiln'], es: ['horno'] } });
    const [found, ...others] = overlaps([shipped('critic'), shipped('reviewer'), twin], all);
    expect(others).toEqual([]);
    expect(found?.pair.map(({ id }) => id)).toEqual(['reviewer', 'other-reviewer']);
    expect(found?.words.duty.join(' ')).toMatch(/evidenc/);
    expect(found?.lens).toBe(0);
  });

  test('so is reading for the same under another duty', () => {
    const twin = like('doomer', {
      duty: both('Sing.'),
      never: both('Whistle.'),
      lens: { en: ['risks', 'harms', 'safety', 'sunshine'], es: ['riesgos', 'daños', 'seguridad', 'sol'] },
    });
    const [found] = overlaps([shipped('doomer'), twin], all);
    expect(found?.lens).toBe(0.75);
    expect(found?.words.lens).toEqual(['risk', 'harm', 'safety']);
  });

  test('law: nobody overlaps less with itself than with another, whoever comes first', () => {
    fc.assert(
      fc.property(fc.constantFrom(...all), fc.constantFrom(...all), (one, other) => {
        const [self] = overlaps([one, { ...one, id: 'twin' }], all);
        expect(self?.duty).toBeCloseTo(1);
        expect(self?.lens).toBeCloseTo(1);
        const there = overlaps([one, other], all).length;
        expect(overlaps([other, one], all)).toHaveLength(there);
      }),
      { numRuns: 30 },
    );
  });
});
