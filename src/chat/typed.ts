/** Verbs and their arguments as people type them, on whatever platform. Pure. */
import leven from 'leven';
import { inLanguage, type Language } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { VerbArgument, VerbDefinition } from '../ports/host.ts';
import { fold } from '../text/fold.ts';

interface Choice {
  readonly id: string;
  readonly name: string;
}

/** What may be chosen, per kind; a kind that is missing or empty is taken as typed. */
export type Choices = Readonly<Partial<Record<NonNullable<VerbArgument['choices']>, readonly Choice[]>>>;

/** The verb of that name or word in either language, case and accents aside. */
export function verbCalled(typed: string, verbs: readonly VerbDefinition[]): VerbDefinition | undefined {
  const word = fold(typed);
  return verbs.find((verb) => callNames(verb).includes(word));
}

/** A verb's name and words, as they are compared. */
export function callNames(verb: VerbDefinition): string[] {
  return [verb.name, verb.word.en, verb.word.es].map(fold);
}

/** `‹persona› [‹question›]`: what may be left out in brackets; which debate goes without saying. */
export function argumentsOf(verb: VerbDefinition, language: Language): string {
  const args = verb.args
    .filter((arg) => arg.required || arg.choices !== 'debates')
    .map((arg) => {
      const all = arg.options?.map(({ name }) => inLanguage(name, language).toLowerCase()).join(' | ');
      const name = `‹${all ?? inLanguage(arg.word, language)}›`;
      return arg.required ? name : `[${name}]`;
    });
  return args.join(' ');
}

/**
 * Positions in order, the last one to the end of the line; what may be left out can be given as `word=value`, too.
 * Throws an InputError that names what is missing, too much (`usage` is all it takes) or none of the choices.
 */
export function readArguments(
  text: string,
  verb: VerbDefinition,
  usage: string,
  choices: Choices,
): Readonly<Record<string, string>> {
  const { named, rest: positional } = namedArguments(text, verb);
  const args: Record<string, string> = {};
  let rest = positional;
  const offeredFor = (arg: VerbArgument) => optionsOf(arg) ?? (arg.choices ? (choices[arg.choices] ?? []) : []);
  for (const [index, arg] of verb.args.entries()) {
    const offered = offeredFor(arg);
    const later = verb.args.slice(index + 1);
    const given = named[arg.name];
    // Free words go to the end of the line: which debate, after them, is given as `debate=…`.
    const isLast = later.every(({ choices: kind }) => arg.required && offered.length === 0 && kind === 'debates');
    const taken = takeArgument(given ?? rest, offered, isLast || given !== undefined);
    if (taken.value === '' && arg.required) throw missing(arg, usage);
    // Debates older than the list are found by their id all the same.
    const isKnown = offered.length === 0 || arg.choices === 'debates' || offered.some(({ id }) => id === taken.value);
    const suits = (other: VerbArgument) => !other.choices || offeredFor(other).some(({ id }) => id === taken.value);
    const isForLater = !arg.required && given === undefined && later.some(suits);
    if (taken.value !== '' && !isKnown && isForLater) continue;
    if (taken.value !== '' && !isKnown) throw unknownChoice(arg, taken.value, offered);
    if (taken.value !== '') args[arg.name] = taken.value;
    if (given === undefined) rest = taken.rest;
  }
  if (rest !== '') throw tooMuch(usage);
  return args;
}

/** All it may be, by what people call it in either language. */
function optionsOf({ options }: VerbArgument): readonly Choice[] | undefined {
  return options?.flatMap(({ id, name }) => [name.en, name.es].map((each) => ({ id, name: each })));
}

/** What is given as `word=value`, and the rest. */
export function namedArguments(
  text: string,
  verb: VerbDefinition,
): { readonly named: Readonly<Record<string, string>>; readonly rest: string } {
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

function missing(arg: VerbArgument, usage: string): InputError {
  return new InputError({
    en: `That lacks something (${arg.summary.en}): ${usage}.`,
    es: `Falta algo (${arg.summary.es}): ${usage}.`,
  });
}

function tooMuch(usage: string): InputError {
  return new InputError({ en: `That is too much: ${usage} is all it takes.`, es: `Sobra algo: basta con ${usage}.` });
}

function unknownChoice(arg: VerbArgument, value: string, offered: readonly Choice[]): InputError {
  const word = firstWord(value).value;
  const ids = offered.map((choice) => choice.id);
  const near = nearest(word, [...ids, ...offered.map((choice) => choice.name)]);
  const list = (language: Language) => (arg.options?.map(({ name }) => inLanguage(name, language)) ?? ids).join(', ');
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
export function nearest(word: string, words: readonly string[]): string | null {
  const scored = words.map((each) => ({ each, away: leven(fold(word), fold(each)) }));
  const best = scored.toSorted((one, other) => one.away - other.away)[0];
  return best && best.away <= Math.max(2, Math.floor(best.each.length / 3)) ? best.each : null;
}
