import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseHTML } from 'linkedom';
import { renderHtml } from '../../src/record/html.ts';
import { proseHtml } from '../../src/record/prose.ts';
import { buildRecord } from '../../src/record/record.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { randomLog, randomText } from './random-log.ts';

const now = new Date('2026-03-06T00:00:00.000Z');
const record = buildRecord(sampleLog('en'), { now });
const page = renderHtml(record);
const { document } = parseHTML(page);

const OUR_TAGS =
  /^(html|head|meta|title|style|body|a|div|header|nav|main|footer|section|article|details|summary|h[1-5]|p|ul|ol|li|b|i|strong|em|del|bdi|span|br|hr|code|pre|mark|blockquote|table|caption|thead|tbody|tr|th|td|svg|g|circle|line|text|figure|figcaption)$/;

/** Whatever in a page could run, load or style something of its own. */
function dangers(html: string): string[] {
  const elements = [...parseHTML(html).document.querySelectorAll('*')];
  return elements.flatMap((element) => {
    const tag = element.localName;
    const attributes = [...element.attributes].map(({ name, value }) => ({ name: name.toLowerCase(), value }));
    const bad = attributes.filter(
      ({ name, value }) =>
        /^(on|style$|src|srcset|action|formaction|xlink|ping|background)/.test(name) ||
        (name === 'href' && !/^(#|https?:\/\/)/.test(value)),
    );
    const foreign = attributes.some(({ name, value }) => name === 'href' && !value.startsWith('#'));
    const opener = foreign && !element.getAttribute('rel')?.includes('noopener');
    return [
      ...(OUR_TAGS.test(tag) ? [] : [`<${tag}>`]),
      ...bad.map(({ name, value }) => `${tag} ${name}=${value}`),
      ...(opener ? [`${tag} without noopener`] : []),
    ];
  });
}

function pageOf(body: string): string {
  return `<!doctype html><html><body>${body}</body></html>`;
}

describe('what people read', () => {
  test('each turn has an anchor, and every link within the page leads somewhere', () => {
    for (const { n } of record.turns) expect(document.getElementById(`t${n}`)).not.toBeNull();
    const links = [...document.querySelectorAll('a[href^="#"]')].map(
      (link) => link.getAttribute('href')?.slice(1) ?? '',
    );
    expect(links.filter((id) => document.getElementById(id) === null)).toEqual([]);
    expect(document.querySelector('#t13 .to a')?.getAttribute('href')).toBe('#t10');
  });

  test('the synthesis stands before the thread', () => {
    const sections = [...document.querySelectorAll('main h2')].map((heading) => heading.id);
    expect(sections).toEqual(['synthesis', 'positions', 'clashes', 'questions', 'evidence', 'debate', 'sources']);
    expect(document.querySelector('.answer')?.textContent).toContain('No: not by default.');
  });

  test('positions are a picture: a ring where each began, a dot where each ended', () => {
    const rows = [...document.querySelectorAll('.picture g[class^="s"]')];
    expect(rows.map((row) => row.querySelector('.who')?.textContent)).toEqual(
      record.stances.map(({ speaker }) => record.speakers.find(({ id }) => id === speaker)?.name),
    );
    const at = (row: (typeof rows)[number] | undefined, mark: string) =>
      Number(row?.querySelector(mark)?.getAttribute('cx'));
    const doomer = rows.find((row) => row.textContent === 'AI Doomer');
    // From −3, where the scale begins, to −1.
    expect(at(doomer, '.ring')).toBe(24);
    expect(at(doomer, '.dot')).toBe(24 + 2 * 52);
    const moved = rows.filter((row) => at(row, '.ring') !== at(row, '.dot'));
    expect(moved).toHaveLength(
      record.stances.filter(({ before, after }) => after && after.stance !== before.stance).length,
    );
  });

  test('a clash shows both sides in their own words, and what they answered', () => {
    const [clash] = document.querySelectorAll('.clash');
    expect([...(clash?.querySelectorAll('.side b') ?? [])].map((side) => side.textContent)).toEqual([
      'Scientific Reviewer',
      'Critical Thinker',
    ]);
    expect(clash?.querySelector('.side p:nth-of-type(2)')?.textContent).toContain(
      'I would not build on the second task set',
    );
  });

  test('the evidence is listed once each, with its place, a link into the article and who built on it', () => {
    const rows = [...document.querySelectorAll('.evidence li')];
    const quoted = new Set(
      record.turns.flatMap(({ quotes }) => quotes.filter((quote) => quote.verified).map(({ text }) => text)),
    );
    expect(rows).toHaveLength(quoted.size);
    expect(rows[0]?.querySelector('a')?.getAttribute('href')).toMatch(/^https:\/\/example\.org\/.+#page=\d$/);
    expect(rows[0]?.textContent).toMatch(/§ .+, p\. \d+ ↗ · .+#\d/);
  });

  test('a quote shows its section and page, links to the article, and folds out its passage', () => {
    const quote = document.querySelector('#t2 .quotes details');
    expect(quote?.querySelector('summary')?.textContent).toContain('§ Results, p. 2');
    expect(quote?.querySelector('mark')?.textContent).toBe('accuracy rose from 61 % to 74 %');
    expect(quote?.querySelector('blockquote')?.textContent).toBe(record.article?.passages[2]?.text);
    expect(quote?.querySelector('a')?.getAttribute('href')).toBe(
      'https://example.org/articles/stop-thinking.pdf#page=2',
    );
    expect(document.querySelector('#t2 .text .quoted')?.textContent).toBe('accuracy rose from 61 % to 74 %');
    expect(document.querySelector('#t5 .quotes .warn')?.textContent).toContain('not found in the article');
  });

  test('an article without pages is linked by the words quoted', () => {
    const quotes = [{ text: 'one two', passage: 1, verified: true, section: 'S', page: null }];
    const turns = record.turns.map((turn) => (turn.n === 2 ? { ...turn, quotes } : turn));
    expect(renderHtml({ ...record, turns })).toContain('stop-thinking.pdf#:~:text=one%20two"');
  });

  test('says who moved, who answered and what it took', () => {
    expect(document.querySelector('tr.s4')?.textContent).toContain('Luis\u00a0#10');
    expect(document.querySelector('.qa .warn')?.textContent).toContain('Not answered');
    expect(document.querySelector('footer')?.textContent).toContain('14 turns spoken by a model · 45,550 tokens in');
  });

  test('is in the language of the debate, which it declares', () => {
    const spanish = renderHtml(buildRecord(sampleLog('es'), { now }));
    expect(spanish).toContain('<html lang="es">');
    expect(spanish).toContain('45.550 tokens de entrada');
    expect(spanish).not.toMatch(/Synthesis|In reply to|Answered|Sources/);
  });

  test('says so when no language model spoke', () => {
    const offline = renderHtml({ ...record, debate: { ...record.debate, voice: 'offline' } });
    expect(offline).toContain('No language model spoke in this debate.');
    expect(page).not.toContain('No language model spoke');
  });

  test('headings do not skip a level and landmarks are there once', () => {
    const levels = [...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => Number(heading.localName[1]));
    expect(levels[0]).toBe(1);
    expect(levels.every((level, i) => level <= (levels[i - 1] ?? 0) + 1)).toBe(true);
    for (const landmark of ['header', 'nav', 'main', 'footer']) {
      expect(document.querySelectorAll(`.page > ${landmark}`)).toHaveLength(1);
    }
  });

  test('no id is used twice', () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('what a page may do', () => {
  test('its policy forbids everything but its own style sheet, by hash', () => {
    const css = /<style>([\s\S]*)<\/style>/.exec(page)?.[1] ?? '';
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    const hash = createHash('sha256').update(css).digest('base64');
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect(css).not.toMatch(/url\(|@import/);
  });

  test.each([
    '<script>1</script>',
    '<p onclick="x">',
    '<img src="x">',
    '<a href="javascript:x">a</a>',
    '<a href="https://e.org">a</a>',
    '<p style="color:red">',
  ])('the search for dangers finds %s', (markup) => {
    expect(dangers(pageOf(markup))).not.toEqual([]);
  });

  test('nothing in it runs or loads, whatever was said, quoted, named or titled', () => {
    expect(dangers(page)).toEqual([]);
    fc.assert(
      fc.property(randomLog, (log) => {
        expect(dangers(renderHtml(buildRecord(log, { now })))).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('a colour or an address that is none is left out', () => {
    const html = renderHtml({
      ...record,
      speakers: record.speakers.map((speaker) => ({ ...speaker, color: 'red;}</style><script>alert(1)</script>' })),
      article: record.article && { ...record.article, url: 'javascript:alert(1)' },
    });
    expect(dangers(html)).toEqual([]);
    expect(html).not.toContain('red;}');
    expect(html).not.toContain('javascript:');
  });

  test.each([
    ['<script>alert(1)</script>', '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n'],
    ['a <script><svg/onload=alert(1)', '<p>a &lt;script&gt;&lt;svg/onload=alert(1)</p>\n'],
    ['[x](javascript:alert(1)) [y](data:text/html,z) [z](//e.org)', '<p>x y z</p>\n'],
    ['![spy](https://e.org/x.png)', '<p>spy</p>\n'],
    ['**so** &lt; `<b>`', '<p><strong>so</strong> &lt; <code>&lt;b&gt;</code></p>\n'],
    ['[go](https://e.org/?a=1&b=2)', '<p><a href="https://e.org/?a=1&amp;b=2" rel="noopener noreferrer">go</a></p>\n'],
    ['# Loud', '<p class="heading">Loud</p>\n'],
  ])('%s', (markdown, markup) => {
    expect(proseHtml(markdown).markup).toBe(markup);
  });

  test('prose nested beyond reason is shown as text, not thrown', () => {
    const { markup } = proseHtml(`${'> '.repeat(30_000)}<img src=x>`);
    expect(markup).toContain('&lt;img src=x&gt;');
    expect(dangers(pageOf(markup))).toEqual([]);
  });

  test('no word of a plain text is lost', () => {
    fc.assert(
      fc.property(randomText, (text) => {
        const letters = (words: string) => words.replace(/[^a-z]/g, '');
        const { document: shown } = parseHTML(pageOf(proseHtml(text.replace(/[^\w ]/g, ' ')).markup));
        expect(letters(shown.body.textContent ?? '')).toBe(letters(text));
      }),
      { numRuns: 100 },
    );
  });
});
