/** What a person typed, as an act of the debate. Pure. */
import leven from 'leven';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Incoming, VerbArgument, VerbDefinition } from '../../src/ports.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
}

/** What may be chosen, per kind; a kind that is missing or empty is taken as typed. */
export type Choices = Readonly<Partial<Record<NonNullable<VerbArgument['choices']>, readonly Choice[]>>>;

export type Decoded = Incoming['act'] | { readonly type: 'help' };

/** Fewer letters of a verb are a slip rather than a short form. */
const LEAST_LETTERS = 3;

const HELP = ['help', 'ayuda'];

/**
 * Reads one line: `/word arguments` is a verb, in either language; all else is said. Null for a blank line.
 * Throws an InputError that names the nearest verb, or what is missing.
 */
export function decode(
  line: string,
  verbs: readonly VerbDefinition[],
  language: Language,
  choices: Choices,
): Decoded | null {
  const text = line.trim();
  if (text === '') return null;
  if (text === '/' || text === '/?') return { type: 'help' };
  // `//` says a line that begins with a slash.
  if (!text.startsWith('/') || text.startsWith('//')) return { type: 'say', text: text.replace(/^\/\//, '/') };
  const verb = verbIn(text, verbs);
  const word = wordOf(text);
  if (!verb && HELP.includes(word)) return { type: 'help' };
  if (!verb) throw unknownVerb(word, verbs, language);
  return {
    type: 'verb',
    verb: verb.name,
    args: readArguments(text.slice(word.length + 1).trim(), verb, language, choices),
  };
}

/**
 * The verb a line calls by its name or its word in either language, case and accents aside; the beginning of a word
 * will do where only one verb has it.
 */
export function verbIn(line: string, verbs: readonly VerbDefinition[]): VerbDefinition | undefined {
  const word = fold(wordOf(line.trim()));
  const called = (verb: VerbDefinition) => [verb.name, verb.word.en, verb.word.es].map(fold);
  const exact = verbs.find((verb) => called(verb).includes(word));
  if (exact || word.length < LEAST_LETTERS) return exact;
  const [only, ...others] = verbs.filter((verb) => called(verb).some((each) => each.startsWith(word)));
  return others.length === 0 ? only : undefined;
}

/** `/ask ‹persona› ‹question›`: what may be left out in brackets; which debate goes without saying here. */
export function usageOf(verb: VerbDefinition, language: Language): string {
  const args = verb.args
    .filter((arg) => arg.required || arg.choices !== 'debates')
    .map((arg) => {
      const all = arg.options?.map(({ name }) => inLanguage(name, language).toLowerCase()).join(' | ');
      const name = `‹${all ?? inLanguage(arg.word, language)}›`;
      return arg.required ? name : `[${name}]`;
    });
  return [`/${inLanguage(verb.word, language)}`, ...args].join(' ');
}

function wordOf(text: string): string {
  return /^\/(\S*)/.exec(text)?.[1] ?? '';
}

/** Positions in order, the last one to the end of the line; what may be left out can be given as `word=value`, too. */
function readArguments(
  text: string,
  verb: VerbDefinition,
  language: Language,
  choices: Choices,
): Readonly<Record<string, string>> {
  const { named, rest: positional } = namedArguments(text, verb);
  const args: Record<string, string> = {};
  let rest = positional;
  const offeredFor = (arg: VerbArgument) =>
    optionsOf(arg, language) ?? (arg.choices ? (choices[arg.choices] ?? []) : []);
  for (const [index, arg] of verb.args.entries()) {
    const offered = offeredFor(arg);
    const later = verb.args.slice(index + 1);
    const given = named[arg.name];
    const taken = takeArgument(given ?? rest, offered, later.length === 0 || given !== undefined);
    if (taken.value === '' && arg.required) throw missing(verb, arg, language);
    // Debates older than the list are found by their id all the same.
    const isKnown = offered.length === 0 || arg.choices === 'debates' || offered.some(({ id }) => id === taken.value);
    const suits = (other: VerbArgument) => !other.choices || offeredFor(other).some(({ id }) => id === taken.value);
    const isForLater = !arg.required && given === undefined && later.some(suits);
    if (taken.value !== '' && !isKnown && isForLater) continue;
    if (taken.value !== '' && !isKnown) throw unknownChoice(arg, taken.value, offered);
    if (taken.value !== '') args[arg.name] = taken.value;
    if (given === undefined) rest = taken.rest;
  }
  if (rest !== '') throw tooMuch(verb, language);
  return args;
}

/** All it may be, by what people call it in their language first, and in the other. */
function optionsOf({ options }: VerbArgument, language: Language): readonly Choice[] | undefined {
  const other = language === 'es' ? 'en' : 'es';
  return (
    options &&
    [language, other].flatMap((each) => options.map(({ id, name }) => ({ id, name: inLanguage(name, each) })))
  );
}

function namedArguments(text: string, verb: VerbDefinition) {
  const named: Record<string, string> = {};
  let rest = text;
  for (const { name, word } of verb.args.filter((arg) => !arg.required)) {
    const called = [...new Set([name, word.en, word.es])].join('|');
    const match = new RegExp(`(?<=^|\\s)(?:${called})=("[^"]*"|“[^”]*”|\\S+)`, 'i').exec(rest);
    if (!match?.[1]) continue;
    named[name] = firstWord(match[1]).value;
    rest = (rest.slice(0, match.index) + rest.slice(match.index + match[0].length)).trim();
  }
  return { named, rest };
}

function takeArgument(text: string, offered: readonly Choice[], isAll: boolean): Taken {
  return (offered.length > 0 && chosen(text, offered)) || (isAll ? wholeOf(text) : firstWord(text));
}

interface Taken {
  readonly value: string;
  readonly rest: string;
}

const QUOTED = /^(?:"([^"]*)"|“([^”]*)”|«([^»]*)»|'([^']*)'(?=\s|$))/;

function firstWord(text: string): Taken {
  const quoted = QUOTED.exec(text);
  const raw = quoted?.[0] ?? /^\S*/.exec(text)?.[0] ?? '';
  const value = quoted ? (quoted.slice(1).find((each) => each !== undefined) ?? '') : raw;
  return { value, rest: text.slice(raw.length).trim() };
}

/** Quotation marks around all of it go; inside it they stay. */
function wholeOf(text: string): Taken {
  const quoted = QUOTED.exec(text);
  return quoted && quoted[0].length === text.length ? firstWord(text) : { value: text, rest: '' };
}

/**
 * The choice the text begins with: an id or a shown name (of several words, too), else one word that only one of the
 * names has. `@` before it and a comma or colon after it are allowed.
 */
function chosen(text: string, offered: readonly Choice[]): Taken | null {
  const bare = text.replace(/^@/, '');
  const names = offered
    .flatMap((choice) => [choice.id, choice.name].map((name) => ({ id: choice.id, name })))
    .toSorted((one, other) => other.name.length - one.name.length);
  for (const { id, name } of names) {
    const words = name.trim().split(/\s+/).length;
    const head = new RegExp(`^(?:\\S+\\s+){${words - 1}}\\S+`).exec(bare)?.[0];
    if (head && fold(bareWord(head)) === fold(name.trim())) return { value: id, rest: bare.slice(head.length).trim() };
  }
  const first = firstWord(bare);
  const word = fold(bareWord(first.value));
  const has = (name: string) => fold(name) === word || fold(name).split(/\s+/).includes(word);
  const matching = new Map(
    offered.filter((choice) => has(choice.name) || has(choice.id)).map((each) => [each.id, each]),
  );
  const [only] = matching.values();
  return only && matching.size === 1 ? { value: only.id, rest: first.rest } : null;
}

function bareWord(text: string): string {
  return text.replace(/[,:;]+$/, '');
}

/** Letters without case and accents. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/* ── one sentence on what is wrong ─────────────────────────────────────────────────────── */

function unknownVerb(word: string, verbs: readonly VerbDefinition[], language: Language): InputError {
  const words = verbs.map((verb) => inLanguage(verb.word, language));
  const near = nearest(word, [...words, ...verbs.map((verb) => verb.name), ...HELP]);
  return new InputError({
    en: `There is no /${word}${near ? `; did you mean /${near}?` : '; /help lists what there is.'}`,
    es: `No existe /${word}${near ? `; ¿querías decir /${near}?` : '; /ayuda enumera lo que hay.'}`,
  });
}

function missing(verb: VerbDefinition, arg: VerbArgument, language: Language): InputError {
  const usage = usageOf(verb, language);
  return new InputError({
    en: `That lacks something (${arg.summary.en}): ${usage}.`,
    es: `Falta algo (${arg.summary.es}): ${usage}.`,
  });
}

function tooMuch(verb: VerbDefinition, language: Language): InputError {
  const usage = usageOf(verb, language);
  return new InputError({ en: `That is too much: ${usage} is all it takes.`, es: `Sobra algo: basta con ${usage}.` });
}

function unknownChoice(arg: VerbArgument, value: string, offered: readonly Choice[]): InputError {
  const word = firstWord(value).value;
  const ids = offered.map((choice) => choice.id);
  const near = nearest(word, [...ids, ...offered.map((choice) => choice.name)]);
  const all = arg.options?.map(({ name }) => name);
  const list = (language: Language) => all?.map((name) => inLanguage(name, language)).join(', ') ?? ids.join(', ');
  return new InputError({
    en: near
      ? `“${word}” is none of the choices; did you mean ${near}?`
      : `“${word}” is none of the choices for ${arg.word.en}: ${list('en')}.`,
    es: near
      ? `«${word}» no es una opción; ¿querías decir ${near}?`
      : `«${word}» no es una opción de ${arg.word.es}: ${list('es')}.`,
  });
}

/** The word at most a third of its letters (and two at least) away, null when none is. */
function nearest(word: string, words: readonly string[]): string | null {
  const scored = words.map((each) => ({ each, away: leven(fold(word), fold(each)) }));
  const best = scored.toSorted((one, other) => one.away - other.away)[0];
  return best && best.away <= Math.max(2, Math.floor(best.each.length / 3)) ? best.each : null;
}
