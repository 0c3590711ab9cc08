/** A persona as people write it in chat: a few short texts, checked, that shape this persona and nothing else. Pure. */
import type { Localised, Persona } from '../debate.ts';
import { InputError } from '../errors.ts';
import { safeLine } from '../text/safe.ts';
import { isStopWord, wordsOf } from '../text/terms.ts';
import type { Library } from './library.ts';

/** What is given; what is left out stays as it was, or is chosen for a new one. */
export type Given = Readonly<Partial<Record<'name' | 'duty' | 'stance' | 'never' | 'lens' | 'face' | 'color', string>>>;

/** Characters: enough to say who somebody is, too few to bring a second set of instructions. */
const MOST = { name: 40, duty: 400, stance: 200, never: 200, term: 40 };
const MOST_TERMS = 24;

const FACES = [...'🦊🐻🐼🐨🐯🦁🐸🐙🦋🐝🐢🦜🐳🦔🦦🐿'];
const COLORS = ['#0ca678', '#1098ad', '#4263eb', '#9c36b5', '#d6336c', '#f76707', '#74b816', '#845ef7'];

/** A new persona that the library does not have yet. Throws an InputError for what cannot be. */
export function draftPersona(given: Given, library: Library): Persona {
  const name = nameIn(given.name ?? '', library, null);
  const id = idOf(name);
  const duty = textIn('duty', given.duty ?? '');
  return {
    id,
    role: 'persona',
    name: same(name),
    face: given.face ? faceIn(given.face) : (FACES[sum(id) % FACES.length] ?? '🦊'),
    color: given.color ? colorIn(given.color) : (COLORS[sum(id) % COLORS.length] ?? '#4263eb'),
    duty: same(duty),
    stance: same(textIn('stance', given.stance ?? '')),
    lens: lensOf(given.lens ? termsIn(given.lens) : tellingWords(duty)),
    never: same(textIn('never', given.never ?? '')),
  };
}

/** The persona with what was given changed; it stays who it is: its id and its model. */
export function changedPersona(before: Persona, given: Given, library: Library): Persona {
  if (before.role !== 'persona') throw notTheCoordinator();
  const text = (field: 'duty' | 'stance' | 'never') => {
    const value = given[field];
    return value ? same(textIn(field, value)) : before[field];
  };
  return {
    ...before,
    name: given.name ? same(nameIn(given.name, library, before.id)) : before.name,
    face: given.face ? faceIn(given.face) : before.face,
    color: given.color ? colorIn(given.color) : before.color,
    duty: text('duty'),
    stance: text('stance'),
    never: text('never'),
    lens: given.lens ? lensOf(termsIn(given.lens)) : before.lens,
  };
}

/** `Night Shift` is `night-shift`. */
export function idOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || `p-${sum(name).toString(36)}`;
}

export function notTheCoordinator(): InputError {
  return new InputError({
    en: 'The coordinator belongs to no side and stays as it is; choose another persona.',
    es: 'El coordinador no es de ningún bando y se queda como está; elige otra persona.',
  });
}

function nameIn(given: string, library: Library, own: string | null): string {
  const name = safeLine(given);
  if (name.length > MOST.name || !/^\p{L}[\p{L}\p{M}\p{N} '’.&-]*$/u.test(name)) throw badName(given);
  const fold = (text: string) => idOf(text);
  const taken = [...library.personas.values()].find(
    (each) => each.id !== own && [each.id, each.name.en, each.name.es].map(fold).includes(fold(name)),
  );
  if (taken || fold(name) === 'human') throw nameTaken(name);
  return name;
}

function textIn(field: 'duty' | 'stance' | 'never', given: string): string {
  const text = safeLine(given);
  if (text.length >= 3 && text.length <= MOST[field]) return text;
  const word = WORDS[field];
  throw new InputError({
    en: `"${word.en}" must have 3 to ${MOST[field]} characters and had ${text.length}; write it in a sentence or two.`,
    es: `«${word.es}» debe tener de 3 a ${MOST[field]} caracteres y tenía ${text.length}; escríbelo en una o dos frases.`,
  });
}

const WORDS: Readonly<Record<'duty' | 'stance' | 'never', Localised>> = {
  duty: { en: 'duty', es: 'cometido' },
  stance: { en: 'stance', es: 'postura' },
  never: { en: 'never', es: 'nunca' },
};

function faceIn(given: string): string {
  const face = given.trim();
  const letters = [...new Intl.Segmenter().segment(face)];
  if (letters.length === 1 && /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(face)) return face;
  throw new InputError({
    en: 'The face must be one emoji; give one such as 🦊.',
    es: 'La cara debe ser un solo emoji; da uno como 🦊.',
  });
}

function colorIn(given: string): string {
  const color = given.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(color)) return color;
  throw new InputError({
    en: 'The colour must look like #1c7ed6; give it so.',
    es: 'El color debe ser como #1c7ed6; dalo así.',
  });
}

function termsIn(given: string): string[] {
  const terms = given.split(/[,;\n]/).map((term) => safeLine(term).toLowerCase());
  const good = [...new Set(terms.filter((term) => term !== '' && term.length <= MOST.term))].slice(0, MOST_TERMS);
  if (good.length > 0) return good;
  throw new InputError({
    en: 'The lens is a list of words to read an article for, with commas between; give at least one.',
    es: 'La lente es una lista de palabras que buscar en un artículo, separadas por comas; da al menos una.',
  });
}

/** What the duty itself speaks of, for whoever gave no lens. */
function tellingWords(duty: string): string[] {
  const words = wordsOf(duty).map((word) => word.toLowerCase());
  const telling = words.filter((word) => !isStopWord(word, 'en') && !isStopWord(word, 'es'));
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, MOST_TERMS);
}

function lensOf(terms: readonly string[]): Persona['lens'] {
  return { en: terms, es: terms };
}

function same(text: string): Localised {
  return { en: text, es: text };
}

function sum(text: string): number {
  return [...text].reduce((total, letter) => (total * 31 + (letter.codePointAt(0) ?? 0)) % 65_521, 7);
}

function badName(given: string): InputError {
  return new InputError({
    en: `A name has up to ${MOST.name} letters, digits and spaces, and "${safeLine(given).slice(0, 60)}" is none; give another.`,
    es: `Un nombre tiene hasta ${MOST.name} letras, cifras y espacios, y «${safeLine(given).slice(0, 60)}» no lo es; da otro.`,
  });
}

function nameTaken(name: string): InputError {
  return new InputError({
    en: `Somebody here is called "${name}" already; choose another name, or edit that persona.`,
    es: `Aquí ya hay alguien que se llama «${name}»; elige otro nombre o edita a esa persona.`,
  });
}
