/** Feeds as they are on the web, hostile ones among them. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { FetchSettings } from '../../src/article/fetch.ts';
import { InputError } from '../../src/errors.ts';
import { articleAddress, arxivListing, readFeed, readKnownFeed } from '../../src/schedules/feed.ts';
import { describeSource, readSource } from '../../src/schedules/source.ts';
import { answer, bomb, flood, redirect, startWebServer, type WebServer } from '../fakes/web-server.ts';

const settings: FetchSettings = { allowPrivateUrls: true, timeoutMs: 3000, maxBytes: 50_000_000, maxRedirects: 3 };

const RSS = `<?xml version="1.0" encoding="ISO-8859-1"?>
<rss version="2.0"><channel><title>Lecturas de la ma\u00f1ana</title>
<item><title>Old &amp; long &lt;b&gt;bold&lt;/b&gt;</title><link>https://example.org/old</link><pubDate>Mon, 01 Jun 2026 10:00:00 GMT</pubDate></item>
<item><title>New</title><link>/new?a=1#top</link><pubDate>Tue, 02 Jun 2026 10:00:00 GMT</pubDate></item>
<item><title>Again</title><link>https://example.org/old</link><pubDate>Sun, 31 May 2026 10:00:00 GMT</pubDate></item>
<item><title>By its id</title><guid>https://example.org/guid</guid><pubDate>Sat, 30 May 2026 10:00:00 GMT</pubDate></item>
<item><title>No link</title><guid isPermaLink="false">42</guid><pubDate>Fri, 29 May 2026 10:00:00 GMT</pubDate></item>
<item><title>Script</title><link>javascript:alert(1)</link><pubDate>Fri, 29 May 2026 09:00:00 GMT</pubDate></item>
<item><title>File</title><link>file:///etc/passwd</link><pubDate>Fri, 29 May 2026 08:00:00 GMT</pubDate></item>
<item><title>Login</title><link>https://ana:secret@example.org/login</link><pubDate>Fri, 29 May 2026 07:00:00 GMT</pubDate></item>
</channel></rss>`;

const ARXIV = `<feed xmlns="http://www.w3.org/2005/Atom"><title type="html">arXiv Query: cat:cs.CL</title>
<entry><id>http://arxiv.org/abs/2502.21321v2</id><published>2026-02-28T18:59:54Z</published><title>Two
  lines</title><link href="http://arxiv.org/pdf/2502.21321v2" rel="related"/><link href="http://arxiv.org/abs/2502.21321v2" rel="alternate"/></entry>
<entry><id>http://arxiv.org/abs/2503.00001v1</id><published>2026-03-01T18:59:54Z</published><title>Newer\u202e evil</title></entry></feed>`;

const entities = Array.from({ length: 12 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join('');
const LAUGHS = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e0 "ha">${entities}]><rss version="2.0"><channel><title>&e12;</title></channel></rss>`;
const OUTSIDE = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title><item><title>&x;</title><link>https://example.org/a</link></item></channel></rss>`;
const DEEP = `<rss version="2.0"><channel><title>Deep</title>${'<a>'.repeat(20_000)}${'</a>'.repeat(20_000)}</channel></rss>`;

let web: WebServer;
beforeAll(async () => {
  web = await startWebServer({
    '/rss': answer(Buffer.from(RSS, 'latin1'), { type: 'application/rss+xml' }),
    '/arxiv': answer(ARXIV, { type: 'application/atom+xml' }),
    '/json': answer(
      JSON.stringify({
        ...{ version: 'https://jsonfeed.org/version/1.1', title: 'Json' },
        items: [{ id: '1', url: 'https://example.org/json', title: 'One' }],
      }),
      { type: 'application/feed+json' },
    ),
    '/rdf': answer(
      `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>Rdf</title></channel><item rdf:about="https://example.org/rdf"><title>One</title><link>https://example.org/rdf</link></item></rdf:RDF>`,
      { type: 'application/xml' },
    ),
    '/empty-feed': answer('<rss version="2.0"><channel><title>None yet</title></channel></rss>'),
    '/page': answer('<html><body><p>Hello</p></body></html>'),
    '/to-inside': (request, response) =>
      redirect(`http://127.0.0.2:${request.socket.localPort}/rss`)(request, response),
    '/laughs': answer(LAUGHS),
    '/outside': answer(OUTSIDE),
    '/deep': answer(DEEP),
    '/cut-off': answer(RSS.slice(0, 500)),
    '/flood': flood(),
    '/bomb': bomb(200_000_000),
  });
});
afterAll(() => web.close());

const read = (path: string, given = settings) => readFeed(web.url + path, given);

describe('what there is to debate', () => {
  test('newest first, each once, with addresses a reader could open', async () => {
    expect(await read('/rss')).toEqual({
      title: 'Lecturas de la ma\u00f1ana',
      entries: [
        { url: `${web.url}/new?a=1`, title: 'New' },
        { url: 'https://example.org/old', title: 'Old & long bold' },
        { url: 'https://example.org/guid', title: 'By its id' },
        { url: 'https://example.org/login', title: 'Login' },
      ],
    });
  });

  test('an arXiv paper is known by its page, whatever version is listed', async () => {
    expect(await read('/arxiv')).toEqual({
      title: 'arXiv Query: cat:cs.CL',
      entries: [
        { url: 'https://arxiv.org/abs/2503.00001', title: 'Newer evil' },
        { url: 'https://arxiv.org/abs/2502.21321', title: 'Two lines' },
      ],
    });
  });

  test('of JSON feeds and RDF, too; a feed may be empty; a page is none', async () => {
    expect((await read('/json'))?.entries).toEqual([{ url: 'https://example.org/json', title: 'One' }]);
    expect((await read('/rdf'))?.entries).toEqual([{ url: 'https://example.org/rdf', title: 'One' }]);
    expect(await read('/empty-feed')).toEqual({ title: 'None yet', entries: [] });
    expect(await read('/page')).toBeNull();
    await expect(readKnownFeed(`${web.url}/page`, settings)).rejects.toThrow(/no longer answers with a feed/);
  });

  test.each([
    ['arxiv:cs.CL', 'arXiv cs.CL'],
    ['https://arxiv.org/list/cs.CL/recent', 'arXiv cs.CL'],
    ['https://rss.arxiv.org/atom/stat.ML', 'arXiv stat.ML'],
    ['arxiv:math', 'arXiv math'],
  ])('%s is asked of arXiv', (said, title) => {
    const listing = arxivListing(said);
    expect(listing?.title).toBe(title);
    const query = new URL(listing?.url ?? '').searchParams;
    expect(query.get('search_query')).toBe(`cat:${title.slice(6)}`);
    expect(query.get('sortBy')).toBe('submittedDate');
  });

  test.each(['arxiv:2502.21321', 'https://arxiv.org/abs/2502.21321', 'https://example.org/list/cs.CL', 'cs.CL'])(
    '%s is no listing',
    (said) => expect(arxivListing(said)).toBeNull(),
  );

  test.each([
    ['https://arxiv.org/pdf/2502.21321v3', 'https://arxiv.org/abs/2502.21321'],
    ['2502.21321', 'https://arxiv.org/abs/2502.21321'],
    ['https://Example.org:443/a/../b#c', 'https://example.org/b'],
    ['mailto:ana@example.org', null],
    ['not an address', null],
  ])('%s is known as %s', (link, address) => expect(articleAddress(link)).toBe(address));
});

describe('a hostile feed', () => {
  test('reaches nothing of a private network, straight or by a redirect', async () => {
    const guarded = { ...settings, allowPrivateUrls: false };
    await expect(read('/rss', guarded)).rejects.toThrow(/private network/);
    const loopback = { ...guarded, allows: (address: string) => address === '127.0.0.1' };
    await expect(read('/to-inside', loopback)).rejects.toThrow(/private network/);
  });

  test.each(['/flood', '/bomb'])('has no more than ten megabytes: %s', async (path) => {
    await expect(read(path)).rejects.toThrow(/larger than 10 MB/);
  });

  test('does not unfold entities, nor read files through them', async () => {
    for (const path of ['/laughs', '/outside']) {
      const feed = await read(path);
      expect(JSON.stringify(feed).length).toBeLessThan(5_000);
      expect(JSON.stringify(feed)).not.toContain('root:');
    }
  });

  test.each(['/deep', '/cut-off'])('comes to a feed or to none: %s', async (path) => {
    const feed = await read(path);
    expect(feed === null || Array.isArray(feed.entries)).toBe(true);
  });
});

describe('what people say is to be debated', () => {
  const said = async (text: string) =>
    describeSource(await readSource(text.replaceAll('WEB', web.url), settings), 'en');

  test.each([
    ['links', /^the link with most reactions/],
    ['Enlaces', /^the link with most reactions/],
    ['most-reacted links', /^the link with most reactions/],
    ['open questions', /^the open questions/],
    ['preguntas abiertas', /^the open questions/],
    ['arxiv:cs.CL', /^the newest of “arXiv cs.CL”/],
    ['WEB/rss', /^the newest of “Lecturas/],
    ['WEB/page', /\/page$/],
    ['2502.21321', /^2502.21321$/],
    ['https://arxiv.org/abs/2502.21321', /abs\/2502.21321$/],
    ['Is it worth it; or not?', /^the question “Is it worth it; or not\?”$/],
    ['Is it? | 2502.21321 | Was it?', /^a list of 3, the next one each time, from: Is it\?$/],
    ['Is it?\nWas it?', /^a list of 2/],
  ])('%j', async (text, words) => expect(await said(text)).toMatch(words));

  test.each(['', ' | ', 'file:///etc/passwd', 'WEB/nothing'])('%j is refused', async (text) => {
    await expect(said(text)).rejects.toThrow(InputError);
  });
});
