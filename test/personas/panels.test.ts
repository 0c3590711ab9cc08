/** The panels that ship: whole in both languages, each persona unmistakable beside the others of its table. */
import { describe, expect, test } from '@jest/globals';
import { speakers } from '../../src/debate.ts';
import { formats } from '../../src/formats/registry.ts';
import { seatsByLens } from '../../src/personas/casting.ts';
import { loadLibrary } from '../../src/personas/library.ts';

const library = await loadLibrary(null);
const panels = [...library.panels.values()];

test('are the seven first, and five for what teams decide', () => {
  expect(panels.map(({ id }) => id)).toEqual(['seven', 'architecture', 'ethics', 'paper-club', 'product', 'security']);
});

describe.each(panels.map((panel) => [panel.id, panel] as const))('%s', (_, panel) => {
  test('is whole in both languages', () => {
    for (const persona of speakers(panel)) {
      for (const language of ['en', 'es'] as const) {
        for (const text of [persona.duty, persona.stance, persona.never])
          expect(text[language].length).toBeGreaterThan(8);
        expect(persona.lens[language].length).toBeGreaterThanOrEqual(8);
        expect(new Set(persona.lens[language]).size).toBe(persona.lens[language].length);
      }
      expect(persona.duty.en).not.toBe(persona.duty.es);
    }
    expect(panel.summary.en).not.toBe(panel.summary.es);
  });

  test('has faces, colours and names that are told apart', () => {
    const all = speakers(panel);
    for (const part of [all.map(({ face }) => face), all.map(({ color }) => color)])
      expect(new Set(part).size).toBe(all.length);
    for (const language of ['en', 'es'] as const) {
      expect(new Set(all.map(({ name }) => name[language])).size).toBe(all.length);
      // A name of one everyday word would be heard in every other sentence.
      for (const { name, role } of all)
        if (role === 'persona') expect(name[language].split(' ').length).toBeGreaterThan(1);
    }
  });

  test('fits the formats that ship', () => {
    const fitting = formats.filter(
      ({ least, most }) => panel.personas.length >= least && panel.personas.length <= most,
    );
    expect(fitting.map(({ id }) => id)).toEqual(expect.arrayContaining(['panel', 'quick']));
  });
});

describe('casting by what personas read for', () => {
  const all = [...library.personas.values()].filter(({ role }) => role === 'persona');
  const first = (text: string, language: string) =>
    seatsByLens(text, language, all, 4).map(({ persona }) => persona.id);

  test.each([
    [
      'en',
      'An attack by prompt injection can bypass the filter, steal credentials and leak untrusted input.',
      'attacker',
    ],
    [
      'es',
      'Un ataque por inyección puede eludir el filtro, robar credenciales y filtrar una entrada no fiable.',
      'attacker',
    ],
    [
      'en',
      'The schema, the backup, the storage format and how to migrate every record and delete a duplicate.',
      'data-steward',
    ],
    ['es', 'La ley, la obligación, el tribunal, la licencia, los derechos de autor y quién puede recurrir.', 'jurist'],
  ])('%s: “%s” calls the %s first', (language, text, id) => {
    expect(first(text, language)[0]).toBe(id);
  });

  test('each is the best for what those before leave untouched, with the words that called it', () => {
    const text =
      'Attack, exploit, injection and bypass. Consent, privacy, personal profile. Price, revenue, margin, sale.';
    const seats = seatsByLens(text, 'en', all, 3);
    expect(seats.map(({ persona }) => persona.id).toSorted()).toEqual(['attacker', 'business', 'privacy']);
    for (const { persona, words } of seats) expect(persona.lens.en).toEqual(expect.arrayContaining([...words]));
  });

  test('a text that touches nobody calls nobody', () => {
    expect(seatsByLens('Xyzzy plugh.', 'en', all, 4)).toEqual([]);
  });
});
