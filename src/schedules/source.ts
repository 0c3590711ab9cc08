/** What a schedule debates, from what people say and back. */

import type { FetchSettings } from '../article/fetch.ts';
import { inLanguage, type Language, type Localised } from '../debate.ts';
import { InputError } from '../errors.ts';
import { fold } from '../text/fold.ts';
import { safeLine } from '../text/safe.ts';
import { articleAddress, arxivListing, readFeed } from './feed.ts';
import type { Source, Topic } from './schedule.ts';

const LINKS = /^(?:links?|reactions|most[- ]reacted(?: links?)?|popular(?: links?)?|enlaces?|reacciones|populares)$/;
const OPEN = /^(?:open(?: questions?)?|(?:preguntas? )?(?:abiertas?|pendientes?))$/;

/** Between the things of a list; a line each, too. */
const BETWEEN = /\s*[|\n]\s*/;
const MOST_ITEMS = 200;

/**
 * A link is looked at: it may be a feed. Rejects with an InputError when it can't be read, or when it is a file of this
 * machine.
 */
export async function readSource(said: string, settings: FetchSettings): Promise<Source> {
  const word = said.trim();
  const folded = fold(word);
  if (LINKS.test(folded)) return { kind: 'links' };
  if (OPEN.test(folded)) return { kind: 'open' };
  const items = word.split(BETWEEN).filter(Boolean);
  if (items.length === 0) throw nothing();
  if (items.length > MOST_ITEMS) throw tooMany();
  if (items.length > 1) return { kind: 'list', items };
  const listing = arxivListing(word);
  if (listing) return { kind: 'feed', ...listing };
  const { article, question } = readTopic(word);
  if (article === null) return { kind: 'question', question };
  const feed = isPaper(article) ? null : await readFeed(article, settings);
  return feed ? { kind: 'feed', url: article, title: feed.title } : { kind: 'list', items: [word] };
}

function isPaper(address: string): boolean {
  return /^https:\/\/arxiv\.org\/abs\//.test(address);
}

/** One thing to debate: an address, an arXiv id, else a question. */
export function readTopic(said: string): Topic {
  const word = said.trim();
  if (word === '') throw nothing();
  if (/^[a-z][a-z\d+.-]*:\/\//i.test(word) && !/^https?:/i.test(word)) throw notWeb(word);
  const address = articleAddress(word);
  const title = safeLine(word).slice(0, 200);
  if (address) return { key: address, article: address, question: '', follows: null, title };
  return { key: word, article: null, question: word, follows: null, title };
}

/** `article`: people recognise a feed by its name. */
export function describeSource(source: Source, language: Language): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  switch (source.kind) {
    case 'question':
      return `${say('the question', 'la pregunta')} “${safeLine(source.question)}”`;
    case 'list': {
      const [first = ''] = source.items;
      if (source.items.length === 1) return safeLine(first);
      const count = source.items.length;
      return say(
        `a list of ${count}, the next one each time, from: ${safeLine(first)}`,
        `una lista de ${count}, cada vez la siguiente, desde: ${safeLine(first)}`,
      );
    }
    case 'feed':
      return say(`the newest of “${source.title}” not yet debated`, `lo más nuevo de «${source.title}» sin debatir`);
    case 'links':
      return say(
        'the link with most reactions in this channel since last time',
        'el enlace con más reacciones en este canal desde la última vez',
      );
    case 'open':
      return say(
        'the open questions of the last debate in this channel',
        'las preguntas abiertas del último debate de este canal',
      );
  }
}

/** Why there is nothing to debate this time. */
export function nothingNew(source: Source): Localised {
  switch (source.kind) {
    case 'feed':
      return {
        en: `nothing in “${source.title}” that was not debated yet`,
        es: `no hay nada en «${source.title}» que no se haya debatido ya`,
      };
    case 'links':
      return {
        en: 'nobody reacted to a link here since last time',
        es: 'nadie ha reaccionado a un enlace aquí desde la última vez',
      };
    case 'open':
      return {
        en: 'the last debate here left no question open that was not debated since',
        es: 'el último debate de aquí no dejó preguntas abiertas sin debatir',
      };
    default:
      return { en: 'the list is through', es: 'la lista se ha acabado' };
  }
}

function nothing(): InputError {
  return new InputError({
    en: 'Say what to debate: a link, a feed, arxiv:cs.CL, a question, several of them with | between, "links" or "open".',
    es: 'Di qué debatir: un enlace, un canal RSS, arxiv:cs.CL, una pregunta, varios separados por |, «enlaces» o «abiertas».',
  });
}

function tooMany(): InputError {
  return new InputError({
    en: `A list holds ${MOST_ITEMS} things to debate at most; make it shorter, or give a feed.`,
    es: `Una lista admite ${MOST_ITEMS} temas como mucho; acórtala o da un canal RSS.`,
  });
}

function notWeb(word: string): InputError {
  const scheme = word.split(':', 1)[0] ?? '';
  return new InputError({
    en: `Addresses that begin with "${scheme}:" cannot be scheduled; give one that begins with https://.`,
    es: `No se pueden programar direcciones que empiezan por «${scheme}:»; da una que empiece por https://.`,
  });
}
