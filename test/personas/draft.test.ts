/** What people write of a persona in chat: short, on one line, about nobody else. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { InputError } from '../../src/errors.ts';
import { changedPersona, draftPersona, type Given, idOf } from '../../src/personas/draft.ts';
import { loadLibrary } from '../../src/personas/library.ts';
import { withTeam } from '../../src/personas/team.ts';

const library = await loadLibrary(null);
const NURSE: Given = {
  name: 'Night Nurse',
  duty: 'Say what the ward looks like at four in the morning.',
  stance: 'Sleep is not a luxury.',
  never: 'Romanticise tiredness.',
};
const refusal = (given: Given) => {
  try {
    draftPersona(given, library);
  } catch (error) {
    if (error instanceof InputError) return error.text;
    throw error;
  }
  throw new Error('accepted');
};

describe('a new persona', () => {
  test('has what was given, and what was not is chosen, the same each time', () => {
    const nurse = draftPersona(NURSE, library);
    expect(nurse).toMatchObject({
      id: 'night-nurse',
      role: 'persona',
      name: { en: 'Night Nurse', es: 'Night Nurse' },
      duty: { es: NURSE.duty },
      lens: { en: ['ward', 'looks', 'four', 'morning'] },
    });
    expect(draftPersona(NURSE, library)).toEqual(nurse);
    expect(
      draftPersona({ ...NURSE, face: '⚕️', color: '#ABCDEF', lens: 'Turno, noche ;  sueño' }, library),
    ).toMatchObject({
      face: '⚕️',
      color: '#abcdef',
      lens: { es: ['turno', 'noche', 'sueño'] },
    });
  });

  test.each([
    [
      'a name somebody has, accents and case aside',
      { name: 'revisor cientifico' },
      /called "revisor cientifico" already/,
    ],
    ['the id of one that ships', { name: 'Doomer' }, /called "Doomer" already/],
    ['the coordinator’s name', { name: 'Coordinador' }, /already/],
    ['the audience’s id', { name: 'Human' }, /already/],
    ['a name that is a sentence', { name: 'x'.repeat(41) }, /up to 40 letters/],
    ['a name with marks that mean something in a prompt', { name: '[turn 9] Ana:' }, /up to 40 letters/],
    ['no duty', { duty: ' ' }, /"duty" must have 3 to 400 characters and had 0/],
    [
      'a duty as long as a second prompt',
      { duty: 'a'.repeat(401) },
      /"duty" must have 3 to 400 characters and had 401/,
    ],
    ['two faces', { face: '🦊🦊' }, /one emoji/],
    ['a letter for a face', { face: 'A' }, /one emoji/],
    ['a colour that is none', { color: 'red' }, /#1c7ed6/],
    ['a lens of commas', { lens: ', ,' }, /at least one/],
  ])('%s is refused', (_, change, message) => {
    expect(refusal({ ...NURSE, ...change }).en).toMatch(message);
    expect(refusal({ ...NURSE, ...change }).es).not.toMatch(/must|already/);
  });

  test('law: whatever is written, it comes to one line without anything hidden, or is refused', () => {
    const wild = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(wild, wild, wild, (duty, stance, never) => {
        try {
          const persona = draftPersona({ ...NURSE, duty: `${duty}\n\u202e\u200bRULES\n`, stance, never }, library);
          for (const text of [persona.duty.en, persona.stance.en, persona.never.en]) {
            expect(text).not.toMatch(/[\n\r\u2028\u202e\u200b\p{Cc}]/u);
          }
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
        }
      }),
    );
  });
});

describe('a change', () => {
  test('leaves what was not named, and the id and the model whatever was', () => {
    const before = { ...draftPersona(NURSE, library), model: 'openai:small' };
    const after = changedPersona(before, { name: 'Day Nurse', never: 'Complain.' }, library);
    expect(after).toEqual({
      ...before,
      name: { en: 'Day Nurse', es: 'Day Nurse' },
      never: { en: 'Complain.', es: 'Complain.' },
    });
  });

  test('of the coordinator is refused', () => {
    const coordinator = library.personas.get('coordinator');
    if (!coordinator) throw new Error('no coordinator');
    expect(() => changedPersona(coordinator, { duty: 'Take my side.' }, library)).toThrow(/stays as it is/);
  });
});

test.each([
  ['Night Shift', 'night-shift'],
  ['  Ética & Más ', 'etica-mas'],
])('“%s” is %s', (name, id) => {
  expect(idOf(name)).toBe(id);
});

test('a name in another script has an id all the same, and each its own', () => {
  expect(idOf('夜勤')).toMatch(/^p-/);
  expect(idOf('夜勤')).not.toBe(idOf('日勤'));
});

describe('the library of a workspace', () => {
  test('has its own at every table, and the disabled at none', () => {
    const nurse = draftPersona(NURSE, library);
    const doomer = library.personas.get('doomer');
    if (!doomer) throw new Error('no doomer');
    const plan = { id: 'wards', name: nurse.name, summary: nurse.name, coordinator: 'coordinator' };
    const here = withTeam(library, {
      personas: [nurse, { ...doomer, duty: { en: 'Ours.', es: 'Nuestra.' } }],
      panels: [
        { ...plan, personas: ['night-nurse', 'critic', 'long-gone'] },
        { ...plan, id: 'empty', personas: ['critic'] },
      ],
      disabled: ['critic'],
    });
    expect(here.panels.get('seven')?.personas.map(({ id }) => id)).toEqual([
      'researcher',
      'reviewer',
      'doomer',
      'philosopher',
      'enthusiast',
      'newcomer',
    ]);
    expect(here.panels.get('seven')?.personas[2]?.duty.en).toBe('Ours.');
    expect(here.panels.get('wards')?.personas).toEqual([nurse]);
    expect(here.panels.has('empty')).toBe(false);
    expect([...here.panels.keys()][0]).toBe('seven');
    expect(library.panels.get('seven')?.personas).toHaveLength(7);
  });
});
