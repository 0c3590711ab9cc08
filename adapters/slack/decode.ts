/** What a person did on Slack, as an act of the debate. Pure. */
import { z } from 'zod';
import { articleVerb, decodeArticle, type FileRef } from '../../src/chat/pointed.ts';
import { argumentsOf, type Choices, namedArguments, nearest, readArguments, verbCalled } from '../../src/chat/typed.ts';
import { inLanguage, type Language, type Localised } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Incoming, VerbDefinition } from '../../src/ports/host.ts';
import { WORDS } from './words.ts';

export const NAME = 'slack';

type Act = Incoming['act'];

const fileShape = z.object({
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private_download: z.string().nullish(),
  url_private: z.string().nullish(),
});

/** A message as events, histories and shortcuts show it. */
export const messageShape = z.object({
  ts: z.string(),
  text: z.string().nullish(),
  user: z.string().nullish(),
  bot_id: z.string().nullish(),
  subtype: z.string().nullish(),
  thread_ts: z.string().nullish(),
  files: z.array(fileShape).nullish(),
});
export type SlackMessage = z.infer<typeof messageShape>;

/** Messages that are what a person wrote; the others are Slack's own, or bots'. */
const WRITTEN = new Set([undefined, null, 'file_share', 'thread_broadcast', 'me_message']);

export function isWritten({ subtype, bot_id, user }: Pick<SlackMessage, 'subtype' | 'bot_id' | 'user'>): boolean {
  return WRITTEN.has(subtype) && !bot_id && !!user;
}

/** Our id of what somebody wrote: however many events tell of it (a mention comes twice), and whenever it is amended. */
export function saidId(channel: string, ts: string): string {
  return `${channel}:${ts}`;
}

export function filesOf({ files }: Pick<SlackMessage, 'files'>): FileRef[] {
  return (files ?? []).flatMap(({ name, mimetype, size, url_private_download, url_private }) => {
    const url = url_private_download ?? url_private;
    return url ? [{ name: name ?? 'file', url, contentType: mimetype ?? null, size: size ?? 0 }] : [];
  });
}

/** Words that ask what there is. */
const HELP = /^(?:help|ayuda|\?)$/i;
const PAPER = /^(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d+)?$/i;

export type Typed =
  | { readonly type: 'act'; readonly act: Act; readonly verb: VerbDefinition }
  | { readonly type: 'help' };

/** The verb words begin with, by its name or word in either language; null: they begin with none. */
export function verbIn(text: string, verbs: readonly VerbDefinition[]): VerbDefinition | null {
  return verbCalled(text.trim().split(/\s+/)[0] ?? '', verbs) ?? null;
}

/**
 * What was typed after `/debate`, or after our name: a verb and its arguments, or what is to be debated. Throws an
 * InputError that names the nearest verb, or what is missing.
 */
export function decodeTyped(
  text: string,
  verbs: readonly VerbDefinition[],
  language: Language,
  choices: Choices,
): Typed {
  const trimmed = text.trim();
  if (HELP.test(trimmed)) return { type: 'help' };
  const article = articleVerb(verbs);
  const verb = verbIn(trimmed, verbs);
  const first = trimmed.split(/\s+/)[0] ?? '';
  if (verb) {
    const rest = trimmed.slice(first.length).trim();
    const args = verb === article ? beginning(rest, verb) : readArguments(rest, verb, usageOf(verb, language), choices);
    return { type: 'act', act: { type: 'verb', verb: verb.name, args }, verb };
  }
  // A link, a paper or a whole question needs no verb.
  const pointed = article && decodeArticle(article, trimmed, []);
  const isClear = pointed || PAPER.test(first) || /\?$/.test(trimmed);
  if (article && isClear) {
    return { type: 'act', act: { type: 'verb', verb: article.name, args: beginning(trimmed, article) }, verb: article };
  }
  throw unknownVerb(first, verbs, language);
}

/** `link or paper, then the question`, and whatever is given by name. */
function beginning(text: string, verb: VerbDefinition): Readonly<Record<string, string>> {
  const { named, rest } = namedArguments(text, verb);
  const [first = '', ...words] = rest.split(/\s+/);
  if (PAPER.test(first)) return { ...named, article: first, ...(words.length > 0 && { question: words.join(' ') }) };
  const pointed = decodeArticle(verb, rest, []);
  if (pointed?.act.type === 'verb') return { ...named, ...pointed.act.args };
  return { ...named, ...(rest !== '' && { question: rest }) };
}

function usageOf(verb: VerbDefinition, language: Language): string {
  return `/debate ${inLanguage(verb.word, language)} ${argumentsOf(verb, language)}`.trim();
}

/** What verbs are about, in the order in which they are told. */
const ABOUT: readonly (Pick<VerbDefinition, 'about'> & { readonly title: Localised })[] = [
  { title: WORDS.aboutDebates },
  { about: 'table', title: WORDS.aboutTable },
  { about: 'calendar', title: WORDS.aboutCalendar },
];

/** Everything there is, a line a verb, under what it is about; Markdown. */
export function helpOn(verbs: readonly VerbDefinition[], language: Language): string {
  const parts = ABOUT.flatMap(({ about, title }) => {
    const own = verbs.filter((verb) => verb.about === about);
    const lines = own.map((verb) => `- \`${usageOf(verb, language)}\`: ${inLanguage(verb.summary, language)}`);
    return own.length === 0 ? [] : [`### ${inLanguage(title, language)}\n${lines.join('\n')}`];
  });
  return parts.join('\n\n');
}

function unknownVerb(word: string, verbs: readonly VerbDefinition[], language: Language): InputError {
  const words = verbs.map((verb) => inLanguage(verb.word, language));
  const near = nearest(word, [...words, ...verbs.map(({ name }) => name)]);
  return new InputError({
    en: `I do not know "${word}"${near ? `; did you mean "${near}"?` : '; "/debate help" lists what there is.'}`,
    es: `No entiendo «${word}»${near ? `; ¿querías decir «${near}»?` : '; «/debate ayuda» enumera lo que hay.'}`,
  });
}
