/** What a person typed, as an act of the debate. Pure. */

import { argumentsOf, type Choices, callNames, nearest, readArguments, verbCalled } from '../../src/chat/typed.ts';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Incoming, VerbDefinition } from '../../src/ports/host.ts';
import { fold } from '../../src/text/fold.ts';

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
    args: readArguments(text.slice(word.length + 1).trim(), verb, usageOf(verb, language), choices),
  };
}

/**
 * The verb a line calls by its name or its word in either language, case and accents aside; the beginning of a word
 * will do where only one verb has it.
 */
export function verbIn(line: string, verbs: readonly VerbDefinition[]): VerbDefinition | undefined {
  const word = wordOf(line.trim());
  const exact = verbCalled(word, verbs);
  if (exact || word.length < LEAST_LETTERS) return exact;
  const [only, ...others] = verbs.filter((verb) => callNames(verb).some((each) => each.startsWith(fold(word))));
  return others.length === 0 ? only : undefined;
}

/** `/ask ‹persona› ‹question›`: what may be left out in brackets; which debate goes without saying here. */
export function usageOf(verb: VerbDefinition, language: Language): string {
  return `/${inLanguage(verb.word, language)} ${argumentsOf(verb, language)}`.trim();
}

function wordOf(text: string): string {
  return /^\/(\S*)/.exec(text)?.[1] ?? '';
}

function unknownVerb(word: string, verbs: readonly VerbDefinition[], language: Language): InputError {
  const words = verbs.map((verb) => inLanguage(verb.word, language));
  const near = nearest(word, [...words, ...verbs.map((verb) => verb.name), ...HELP]);
  return new InputError({
    en: `There is no /${word}${near ? `; did you mean /${near}?` : '; /help lists what there is.'}`,
    es: `No existe /${word}${near ? `; ¿querías decir /${near}?` : '; /ayuda enumera lo que hay.'}`,
  });
}
