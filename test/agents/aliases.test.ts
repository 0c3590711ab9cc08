import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openNames, seatLetters } from '../../src/agents/aliases.ts';
import { speakers } from '../../src/debate.ts';
import { samplePanel } from '../fakes/sample-panel.ts';

const english = seatLetters({ panel: samplePanel, language: 'en' });
const spanish = seatLetters({ panel: samplePanel, language: 'es' });

describe('letters for names', () => {
  test('in prompts, by seat; the coordinator keeps its name', () => {
    const said = 'AI Doomer and Critical Thinker differ, and the Coordinator asks AI Newcomer.';
    expect(english.hide(said)).toBe('Participant D and Participant C differ, and the Coordinator asks Participant G.');
    expect(spanish.hide('Revisor Científico, ¿y eso?')).toBe('Participante B, ¿y eso?');
  });

  test('and back, alone and in lists, in both languages', () => {
    expect(english.show('Participant D, I grant that. Participants A and B, I do not.')).toBe(
      'AI Doomer, I grant that. AI Researcher and Scientific Reviewer, I do not.',
    );
    expect(spanish.show('Las Participantes B, C y D; el Participante A.')).toBe(
      'Las Revisor Científico, Pensador Crítico y AI Doomer; el AI Researcher.',
    );
  });

  test('the article’s own words stay, and so does what only looks like a name', () => {
    expect(english.hide('“AI Doomer is a word” (p. 2), says AI Doomer.')).toBe(
      '“AI Doomer is a word” (p. 2), says Participant D.',
    );
    for (const text of ['Participant Z', 'participant d', 'Participants', 'Participant Drew', 'AI Doomers']) {
      expect(english.show(english.hide(text))).toBe(text);
    }
  });

  test('law: what is hidden is shown again', () => {
    const name = fc.constantFrom(...speakers(samplePanel).map((each) => each.name.en));
    const words = fc.constantFrom('and', 'says to', ', so', 'the', '“quoted words”', '.', '\n');
    fc.assert(
      fc.property(fc.array(fc.oneof(name, words)), (parts) => {
        const text = parts.join(' ');
        expect(english.show(english.hide(text))).toBe(text);
        expect(english.hide(text).replace(/“[^”]*”/g, '')).not.toMatch(/AI|Critical|Scientific/);
      }),
    );
  });

  test('law: however a reply comes in pieces, listeners hear the names', () => {
    const said = 'Well, Participant D, I grant it. Participants A, B and C do not. Perhaps Participant';
    fc.assert(
      fc.property(fc.array(fc.nat(said.length)), (cuts) => {
        const at = [0, ...cuts.toSorted((a, b) => a - b), said.length];
        let heard = '';
        const listener = english.showing({ text: (delta) => (heard += delta), restart: () => (heard = '') });
        for (const [index, from] of at.slice(0, -1).entries()) listener.text(said.slice(from, at[index + 1]));
        listener.end();
        expect(heard).toBe(english.show(said));
      }),
    );
  });

  test('what was heard before a restart is void', () => {
    let heard = '';
    const listener = english.showing({ text: (delta) => (heard += delta), restart: () => (heard = '') });
    listener.text('So, Participan');
    listener.restart();
    listener.text('t B.');
    listener.end();
    expect(heard).toBe('t B.');
  });

  test('turned off, everybody has a name', () => {
    const open = openNames({ panel: samplePanel, language: 'es' });
    expect(open.hide('Revisor Científico')).toBe('Revisor Científico');
    expect(samplePanel.personas.slice(0, 2).map(open.of)).toEqual(['AI Researcher', 'Revisor Científico']);
  });
});
