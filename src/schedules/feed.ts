/** RSS, Atom and JSON feeds, and arXiv's listings: what there is to debate, newest first. */
import { parseFeed } from 'feedsmith';
import { arxivAddresses, arxivId } from '../article/arxiv.ts';
import { decodeText } from '../article/charset.ts';
import { type Fetched, type FetchSettings, fetchArticle } from '../article/fetch.ts';
import { InputError } from '../errors.ts';
import { safeLine } from '../text/safe.ts';

interface Entry {
  readonly url: string;
  readonly title: string;
}

export interface Feed {
  readonly title: string;
  /** Newest first; only what has a web address. */
  readonly entries: readonly Entry[];
}

/** Bytes; feeds that hold whole articles stay far below. */
const LARGEST = 10_000_000;
/** Entries looked at: what lies further back is no news. */
const MOST_ENTRIES = 200;
const LONGEST_TITLE = 200;

/** What stands at the address as a feed; null: something else does. Rejects with an InputError when nothing can be had. */
export async function readFeed(url: string, settings: FetchSettings, signal?: AbortSignal): Promise<Feed | null> {
  const within = { ...settings, maxBytes: Math.min(settings.maxBytes, LARGEST) };
  const fetched = await fetchArticle(url, within, signal);
  return parseEntries(fetched, url);
}

/** One that was a feed when the schedule was made. */
export async function readKnownFeed(url: string, settings: FetchSettings, signal?: AbortSignal): Promise<Feed> {
  const feed = await readFeed(url, settings, signal);
  if (feed) return feed;
  const { host } = new URL(url);
  throw new InputError({
    en: `${host} no longer answers with a feed at the schedule's address; make the schedule anew with the feed's present address.`,
    es: `${host} ya no responde con un canal RSS o Atom en la dirección de la programación; créala de nuevo con la dirección actual.`,
  });
}

function parseEntries({ bytes, mediaType }: Fetched, base: string): Feed | null {
  const parsed = parsedOrNull(decodeText(bytes, mediaType));
  if (!parsed) return null;
  const found = rawEntries(parsed).slice(0, MOST_ENTRIES);
  const isDated = found.every(({ date }) => Number.isFinite(timeOf(date)));
  const ordered = isDated ? found.toSorted((one, other) => timeOf(other.date) - timeOf(one.date)) : found;
  const entries = new Map<string, Entry>();
  for (const { link, title } of ordered) {
    const url = articleAddress(link ?? '', base);
    if (url && !entries.has(url)) entries.set(url, { url, title: shown(title) || url });
  }
  return { title: shown(feedTitle(parsed)) || new URL(base).host, entries: [...entries.values()] };
}

type Parsed = ReturnType<typeof parseFeed<string>>;

function parsedOrNull(text: string): Parsed | null {
  try {
    return parseFeed<string>(text);
  } catch {
    return null;
  }
}

interface Raw {
  readonly link: string | undefined;
  readonly title: string | undefined;
  readonly date: string | undefined;
}

function rawEntries(parsed: Parsed): Raw[] {
  switch (parsed.format) {
    case 'rss':
      return (parsed.feed.items ?? []).map(({ link, guid, title, pubDate }) => {
        return { link: link ?? (guid?.isPermaLink === false ? undefined : guid?.value), title, date: pubDate };
      });
    case 'atom':
      return (parsed.feed.entries ?? []).map(({ links = [], id, title, published, updated }) => {
        const page = links.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links[0];
        return { link: page?.href ?? id, title: title?.value, date: published ?? updated };
      });
    case 'rdf':
      return (parsed.feed.items ?? []).map(({ link, title, dc }) => ({ link, title, date: dc?.dates?.[0] }));
    case 'json':
      return (parsed.feed.items ?? []).map(({ url, external_url, id, title, date_published }) => {
        return { link: url ?? external_url ?? id, title, date: date_published };
      });
  }
}

function feedTitle({ feed }: Parsed): string | undefined {
  return typeof feed.title === 'object' ? feed.title.value : feed.title;
}

function timeOf(date: string | undefined): number {
  return Date.parse(date ?? '');
}

/** Titles may be HTML, and are somebody else's words. */
function shown(title: string | undefined): string {
  return safeLine((title ?? '').replace(/<[^>]*>/g, ' ')).slice(0, LONGEST_TITLE);
}

/** The address by which an article is known: of an arXiv paper its page, whatever version and form was linked. */
export function articleAddress(link: string, base?: string): string | null {
  const paper = arxivId(link);
  if (paper) return arxivAddresses(paper.replace(/v\d+$/, '')).page;
  // Nothing at all would be the base itself.
  const url = link.trim() === '' ? null : URL.parse(link.trim(), base);
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  url.hash = '';
  return url.href;
}

/* ── arXiv ─────────────────────────────────────────────────────────────────────────────── */

/** Its feeds by day are empty at weekends; a question to its interface always has the newest. */
const NEWEST =
  'https://export.arxiv.org/api/query?sortBy=submittedDate&sortOrder=descending&max_results=50&search_query=cat:';

/** The feed of `arxiv:cs.CL` or https://arxiv.org/list/cs.CL/recent; null: no listing of arXiv's. */
export function arxivListing(said: string): { readonly url: string; readonly title: string } | null {
  const category =
    /^arxiv:\s*([a-z-]+(?:\.[a-z-]+)?)$/i.exec(said) ??
    /^(?:https?:\/\/)?(?:www\.)?arxiv\.org\/list\/([a-z-]+(?:\.[a-z-]+)?)(?:\/|$)/i.exec(said) ??
    /^https?:\/\/(?:rss|export)\.arxiv\.org\/(?:rss|atom)\/([a-z-]+(?:\.[a-z-]+)?)$/i.exec(said);
  if (!category?.[1]) return null;
  return { url: `${NEWEST}${category[1]}`, title: `arXiv ${category[1]}` };
}
