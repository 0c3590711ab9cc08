/** What somebody points at to be debated: a file, a link or the words of a message. Pure. */
import type { Incoming, VerbDefinition } from '../ports/host.ts';
import { fold } from '../text/fold.ts';

type Act = Incoming['act'];

/** A file of a message or command, not fetched yet. */
export interface FileRef {
  readonly name: string;
  readonly url: string;
  readonly contentType: string | null;
  /** Bytes. */
  readonly size: number;
}

/** An article somebody pointed at, however they did it. */
interface Pointed {
  readonly act: Act;
  readonly file: FileRef | null;
}

/** The verb that begins a debate: the one that takes an article. Files go with it. */
export function articleVerb(verbs: readonly VerbDefinition[]): VerbDefinition | undefined {
  return verbs.find((verb) => verb.args.some((argument) => argument.name === 'article'));
}

/** A message to be debated: its file, else its link, else its own words, which become a file. Null when it has nothing. */
export function decodeMenu(
  verb: VerbDefinition,
  text: string,
  files: readonly FileRef[],
): Pointed | { words: string } | null {
  const pointed = decodeArticle(verb, text, files);
  if (pointed) return { ...pointed, act: { type: 'verb', verb: verb.name, args: without(pointed.act, 'question') } };
  return text.trim() === '' ? null : { words: text.trim() };
}

/** A file or link in a message, the words around it being the question; null when there is neither. */
export function decodeArticle(verb: VerbDefinition, text: string, files: readonly FileRef[]): Pointed | null {
  const link = linkIn(text);
  const [file] = files;
  if (!file && !link) return null;
  const question = (link && !file ? text.replace(link, ' ').replace(/<\s*>/g, ' ') : text).replace(/\s+/g, ' ').trim();
  const takesQuestion = verb.args.some((argument) => argument.name === 'question');
  const args = {
    ...(link && !file && { article: link }),
    ...(/\p{L}/u.test(question) && takesQuestion && { question }),
  };
  return { act: { type: 'verb', verb: verb.name, args }, file: file ?? null };
}

/** The id whose shown name, or which itself, was typed; else the words as typed. */
export function chosenId(typed: string, offered: readonly { readonly id: string; readonly name: string }[]): string {
  const word = fold(typed.trim().replace(/^@/, ''));
  return offered.find(({ id, name }) => fold(id) === word || fold(name) === word)?.id ?? typed;
}

/** Those whose name or id has what was typed so far; what begins with it first. */
export function matching<T extends { readonly id: string; readonly name: string }>(
  typed: string,
  offered: readonly T[],
): T[] {
  const word = fold(typed.trim());
  const has = offered.filter(({ id, name }) => fold(`${name} ${id}`).includes(word));
  return has.toSorted(
    (one, other) => Number(!fold(one.name).startsWith(word)) - Number(!fold(other.name).startsWith(word)),
  );
}

/** The first web address in somebody's words, without what only ends their sentence. */
export function linkIn(text: string): string | null {
  const link = /https?:\/\/[^\s<>]+/i.exec(text)?.[0];
  return link ? link.replace(/[.,;:!?)\]}'"»”]+$/, '') : null;
}

function without(act: Act, name: string): Readonly<Record<string, string>> {
  return act.type === 'verb' ? Object.fromEntries(Object.entries(act.args).filter(([key]) => key !== name)) : {};
}
