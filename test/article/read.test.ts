import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import PDFDocument from 'pdfkit';
import {
  articleSource,
  defaultReaderSettings,
  type OneSource,
  type ReaderSettings,
  readArticle,
} from '../../src/article/read.ts';
import { InputError } from '../../src/errors.ts';
import { answer, startWebServer, type WebServer } from '../fakes/web-server.ts';

const sentence =
  'The panel reads this sentence, which says that training longer costs more and gains less than people think.';
const page = `<html><head><title>On Costs</title></head><body><article><h2>1 Start</h2><p>${sentence.repeat(4)}</p></article></body></html>`;
const paper = page.replace('<article>', '<article class="ltx_document"><h1 class="ltx_title_document">A Paper</h1>');

let folder = '';
let pdf: Uint8Array = new Uint8Array();
let web: WebServer;
let settings: ReaderSettings = defaultReaderSettings;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tertulia-read-'));
  pdf = await makePdf(`${sentence} `.repeat(6));
  web = await startWebServer({
    '/page': answer(page),
    '/report.html': answer(pdf, { type: 'text/html' }),
    '/latin': answer(Buffer.from(page.replace('people', 'el señor'), 'latin1'), { type: 'text/html; charset=utf-8' }),
    '/noise': answer(new Uint8Array(500), { type: 'application/octet-stream' }),
    '/html/2502.21321v2': answer(paper),
    '/pdf/cs/0112017': answer(pdf, { type: 'application/pdf' }),
    '/html/2502.00001': answer('busy', { status: 503 }),
  });
  settings = { ...defaultReaderSettings, allowPrivateUrls: true, timeoutMs: 5000, arxivBase: web.url };
});

afterAll(async () => {
  await web.close();
  await rm(folder, { recursive: true });
});

function makePdf(text: string): Promise<Uint8Array> {
  const document = new PDFDocument();
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  document.text(text).end();
  return new Promise((resolve) => document.on('end', () => resolve(Buffer.concat(chunks))));
}

async function file(name: string, content: string | Uint8Array): Promise<OneSource> {
  await writeFile(join(folder, name), content);
  return { kind: 'file', path: join(folder, name) };
}

const bytes = (name: string, content: string): OneSource => ({ kind: 'bytes', name, bytes: Buffer.from(content) });

async function refusal(source: OneSource, given: ReaderSettings = settings): Promise<InputError> {
  const error = await readArticle(source, given).then(String, (reason: unknown) => reason);
  if (error instanceof InputError) return error;
  throw new Error(`no InputError: ${error}`);
}

describe('articleSource', () => {
  test.each([
    ['paper.pdf', { kind: 'file', path: 'paper.pdf' }],
    ['../a b/notes.md', { kind: 'file', path: '../a b/notes.md' }],
    ['https://example.org/a?b#c', { kind: 'url', url: 'https://example.org/a?b#c' }],
    ['ftp://example.org/a', { kind: 'url', url: 'ftp://example.org/a' }],
    ['2502.21321', { kind: 'url', url: 'https://arxiv.org/abs/2502.21321' }],
    ['arXiv:2502.21321v2', { kind: 'url', url: 'https://arxiv.org/abs/2502.21321v2' }],
    ['cs/0112017', { kind: 'url', url: 'https://arxiv.org/abs/cs/0112017' }],
    ['arxiv.org/pdf/2502.21321', { kind: 'url', url: 'https://arxiv.org/abs/2502.21321' }],
    ['https://arxiv.org/pdf/2502.21321v1.pdf', { kind: 'url', url: 'https://arxiv.org/abs/2502.21321v1' }],
  ])('%s', (argument, source) => expect(articleSource(argument)).toEqual(source));

  test('an id comes back from the source made of it', () => {
    const id = fc.tuple(fc.integer({ min: 0, max: 99999 }), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(id, ([number, version]) => {
        const source = articleSource(`2502.${String(number).padStart(5, '0')}v${version}`);
        expect(source.kind === 'url' && articleSource(source.url)).toEqual(source);
      }),
    );
  });

  test('a file that is there wins over an arXiv id', async () => {
    const source = await file('2502.21321', sentence);
    const there = process.cwd();
    process.chdir(folder);
    try {
      expect(articleSource('2502.21321')).toEqual({ kind: 'file', path: '2502.21321' });
    } finally {
      process.chdir(there);
    }
    expect(source.kind === 'file' && articleSource(pathToFileURL(source.path).href)).toEqual(source);
  });
});

describe('readArticle', () => {
  test('several parts are one article, each under a heading of its own; what holds no text is left out', async () => {
    const part = (name: string, content: string) => ({ kind: 'bytes' as const, name, bytes: Buffer.from(content) });
    const parts = [
      part('talk.md', `Ana: ${sentence}`),
      part('notes.md', `# On Costs\n\n${sentence}`),
      part('gap.md', '![](a.png)'),
    ];
    const article = await readArticle({ kind: 'parts', name: 'A thread', parts }, settings);
    expect(article).toMatchObject({ title: 'A thread', source: 'A thread', url: null });
    expect(article.sections).toEqual(expect.arrayContaining(['talk.md', 'On Costs']));
    expect(article.text).not.toContain('gap.md');
    for (const { start, end, text } of article.passages) expect(article.text.slice(start, end)).toBe(text);
    const cached = async (sha256: string) => (sha256 === article.sha256 ? article : null);
    expect(await readArticle({ kind: 'parts', name: 'Again', parts }, { ...settings, cached })).toEqual({
      ...article,
      source: 'Again',
    });
    await expect(readArticle({ kind: 'parts', name: 'Empty', parts: parts.slice(2) }, settings)).rejects.toThrow(
      'no text',
    );
  });

  test('a page: title, address, hash, section and passages that are slices of the text', async () => {
    const article = await readArticle({ kind: 'url', url: `${web.url}/page` }, settings);
    expect(article).toMatchObject({ title: 'On Costs', url: `${web.url}/page`, language: 'en', sections: ['1 Start'] });
    expect(article.sha256).toBe(createHash('sha256').update(page).digest('hex'));
    expect(article.passages.length).toBeGreaterThan(0);
    for (const { start, end, text } of article.passages) expect(article.text.slice(start, end)).toBe(text);
  });

  test('what it is decides, not what it is called', async () => {
    const asPdf = await readArticle(await file('page.pdf', page), settings);
    expect(asPdf).toMatchObject({ title: 'On Costs', url: null, source: 'page.pdf' });
    const asHtml = await readArticle({ kind: 'url', url: `${web.url}/report.html` }, settings);
    expect(asHtml.passages[0]).toMatchObject({ page: 1, text: expect.stringContaining('The panel reads') });
  });

  test('Markdown, text and attachments', async () => {
    const markdown = await readArticle(await file('notes.md', `# Notes\n\n${sentence}`), settings);
    expect(markdown).toMatchObject({ title: 'Notes', source: 'notes.md' });
    const text = await readArticle(bytes('stdin', sentence), settings);
    expect(text).toMatchObject({ title: 'stdin', source: 'stdin', url: null });
    expect(text.passages).toHaveLength(1);
  });

  test('a page that lies about its letters', async () => {
    const article = await readArticle({ kind: 'url', url: `${web.url}/latin` }, settings);
    expect(article.text).toContain('el señor');
  });

  test('a login in the address shows nowhere', async () => {
    const url = `${web.url}/page`.replace('//', '//ana:secret@');
    const article = await readArticle({ kind: 'url', url }, settings);
    expect(JSON.stringify(article)).not.toContain('secret');
  });

  test('arXiv: the HTML, else the PDF; linked to the page people know', async () => {
    const html = await readArticle(articleSource('2502.21321v2'), settings);
    expect(html).toMatchObject({ title: 'A Paper', url: 'https://arxiv.org/abs/2502.21321v2' });
    const asPdf = await readArticle(articleSource('cs/0112017'), settings);
    expect(asPdf).toMatchObject({ url: 'https://arxiv.org/abs/cs/0112017' });
    expect(asPdf.passages[0]?.page).toBe(1);
  });

  test('bytes read before are not extracted again', async () => {
    const source = await file('again.txt', sentence);
    const first = await readArticle(source, settings);
    const asked: string[] = [];
    const cached = (sha256: string) => {
      asked.push(sha256);
      return Promise.resolve({ ...first, title: 'From before', source: 'elsewhere.txt' });
    };
    const again = await readArticle(source, { ...settings, cached });
    expect(again).toMatchObject({ title: 'From before', source: 'again.txt' });
    expect(asked).toEqual([first.sha256]);
  });

  test('an abort comes through as its reason', async () => {
    const source = await file('stop.txt', sentence);
    await expect(readArticle(source, settings, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});

describe('bad input', () => {
  const cases: readonly (readonly [string, () => OneSource | Promise<OneSource>, RegExp, RegExp])[] = [
    [
      'missing',
      () => articleSource('gone.pdf'),
      /no file "gone.pdf": check the path.*https:/,
      /No existe el archivo «gone.pdf»/,
    ],
    [
      'under a file',
      async () => ({ kind: 'file', path: `${pathOf(await file('a.txt', 'x'))}/b` }),
      /no file/,
      /No existe/,
    ],
    ['NUL in its name', () => articleSource('a\0b'), /no file/, /No existe/],
    ['a folder', () => articleSource(folder), /is a folder: give one file/, /es una carpeta/],
    ['a device', () => articleSource('/dev/zero'), /not a regular file.*standard input/, /no es un archivo normal/],
    ['empty', () => file('empty.txt', ''), /is empty: give an article/, /está vacío/],
    ['empty attachment', () => bytes('stdin', ''), /"stdin" is empty/, /«stdin» está vacío/],
    ['white space', () => file('blank.txt', ' \n\n\t '), /holds no text/, /no contiene texto/],
    ['invisible', () => file('ghost.txt', '\u200b\u200b\u2060'), /holds no text/, /no contiene texto/],
    [
      'scripts only',
      () => file('app.html', '<html><body><script>go()</script></body></html>'),
      /may need scripts.*PDF/,
      /scripts.*PDF/,
    ],
    ['noise', () => file('noise.pdf', new Uint8Array(500)), /looks like binary data/, /datos binarios/],
    ['noise on the web', () => articleSource(`${web.url}/noise`), /looks like binary data/, /datos binarios/],
    ['200 MB', () => sparse('huge.pdf', 200_000_000), /larger than 50 MB/, /más de 50 MB/],
    [
      'a shelf of books',
      () => file('books.txt', 'word '.repeat(1_100_000)),
      /far longer than an article/,
      /mucho más largo/,
    ],
    [
      'no such paper',
      () => articleSource('2502.99999'),
      /arXiv has no paper 2502.99999: check the id/,
      /arXiv no tiene/,
    ],
    ['arXiv out of order', () => articleSource('2502.00001'), /out of order \(503\)/, /no funciona ahora/],
    ['not on the web', () => articleSource('ftp://example.org/a'), /"ftp:"/, /«ftp:»/],
  ];

  test.each(cases)('%s', async (_name, source, en, es) => {
    const { text } = await refusal(await source());
    expect(text.en).toMatch(en);
    expect(text.es).toMatch(es);
    for (const words of Object.values(text)) {
      expect(words).toMatch(/\.$/);
      expect(words).not.toMatch(/undefined|Error|ENOENT|\n/);
    }
  });

  test('an attachment over the limit', async () => {
    const { text } = await refusal(bytes('big.txt', 'x'.repeat(2000)), { ...settings, maxBytes: 1000 });
    expect(text.en).toContain('"big.txt" is larger than');
  });

  test('a file of another machine', () => {
    expect(() => articleSource('file://elsewhere/a.pdf')).toThrow(InputError);
  });

  test('by default nothing private is fetched', async () => {
    const { text } = await refusal({ kind: 'url', url: `${web.url}/page` }, defaultReaderSettings);
    expect(text.en).toContain('private network');
  });

  test('a file one may not read', async () => {
    const locked = join(folder, 'locked');
    await mkdir(locked);
    await writeFile(join(locked, 'a.txt'), sentence);
    await chmod(join(locked, 'a.txt'), 0);
    const read = readArticle({ kind: 'file', path: join(locked, 'a.txt') }, settings);
    // Root may read everything.
    if (process.getuid?.() === 0) expect((await read).text).toContain(sentence);
    else await expect(read).rejects.toThrow(/may not read .*permissions/);
  });

  async function sparse(name: string, size: number): Promise<OneSource> {
    const handle = await open(join(folder, name), 'w');
    await handle.truncate(size);
    await handle.close();
    return { kind: 'file', path: join(folder, name) };
  }

  function pathOf(source: OneSource): string {
    return source.kind === 'file' ? source.path : '';
  }
});
