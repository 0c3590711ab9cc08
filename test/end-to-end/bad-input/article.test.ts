/** Articles that are wrong inside, and two that look it. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { lines, pdf } from '../../article/pdfs.ts';
import { type PostgresServer, startPostgres } from '../../fakes/postgres.ts';
import { runHere } from '../../fakes/shell.ts';
import { answer, startWebServer, type WebServer } from '../../fakes/web-server.ts';
import { type BadInput, keepDebates, refuse, SECRET } from './bad-input.ts';

const SAMPLES = join(import.meta.dirname, '../../../src/article/samples');

let FILES: string;
let postgres: PostgresServer;
let store: { readonly DATABASE_URL: string };
let kept: Awaited<ReturnType<typeof keepDebates>>;
let web: WebServer;

async function pageOf(sample: string): Promise<string> {
  const paragraphs = (await readFile(join(SAMPLES, sample), 'utf8')).split('\n\n').map((each) => `<p>${each}</p>`);
  return `<!doctype html><html><head><title>Página</title></head><body><article>${paragraphs.join('\n')}</article></body></html>`;
}

async function writeFiles(): Promise<void> {
  const file = (name: string) => join(FILES, name);
  const text = await pdf((doc) => lines(doc, 72, 72, ['Some text that is there to be read.']));
  await writeFile(file('page.pdf'), await pageOf('post-training.en.md'));
  await writeFile(file('locked.pdf'), await pdf((doc) => lines(doc, 72, 72, ['Locked.']), { userPassword: SECRET }));
  await writeFile(file('scanned.pdf'), await pdf((doc) => doc.rect(72, 72, 300, 400).fill('#777777')));
  await writeFile(file('broken.pdf'), text.subarray(0, text.length / 3));
  await writeFile(
    file('noise.md'),
    Uint8Array.from({ length: 4096 }, (_, n) => (n * 2_654_435_761) >>> 13),
  );
  await writeFile(file('book.zip'), Buffer.from('PK\u0003\u0004\u0014\u0000\u0000\u0000\u0000\u0000', 'latin1'));
  await writeFile(file('short.md'), '# Short\n\nThis is all there is to it. There is nothing more.\n');
  await writeFile(file('scripts.html'), '<!doctype html><html><body><script>draw()</script></body></html>');
}

beforeAll(async () => {
  FILES = await mkdtemp(join(tmpdir(), 'bad-input-articles-'));
  web = await startWebServer({
    // What it says it is in, it is not in.
    '/charset': answer(Buffer.from(await pageOf('post-training.es.md'), 'latin1'), {
      type: 'text/html; charset=utf-8',
    }),
  });
  postgres = await startPostgres();
  store = { DATABASE_URL: await postgres.database() };
  kept = await keepDebates({ dataDir: 'unused', databaseUrl: store.DATABASE_URL });
  await writeFiles();
});
afterAll(async () => {
  await web.close();
  await postgres.stop();
  await rm(FILES, { recursive: true, force: true });
});

const files: readonly BadInput[] = [
  {
    kind: 'an encrypted PDF',
    args: ['debate', 'locked.pdf'],
    says: /locked with a password: save an unlocked copy/,
    dice: /protegido con contraseña: guarda una copia sin ella/,
  },
  { kind: 'a scanned PDF', args: ['debate', 'scanned.pdf'], says: /no text layer .*: run OCR on it/ },
  { kind: 'a broken PDF', args: ['debate', 'broken.pdf'], says: /damaged or incomplete.*: download it again/ },
  { kind: 'binary noise', args: ['debate', 'noise.md'], says: /looks like binary data, not an article: give a PDF/ },
  { kind: 'an archive', args: ['debate', 'book.zip'], says: /looks like a compressed archive, not an article: give/ },
  { kind: 'a page drawn by scripts', args: ['debate', 'scripts.html'], says: /no text to debate.*: save it as a PDF/ },
  {
    kind: 'an article too short for the offline voice',
    args: ['debate', 'short.md'],
    says: /Only \d sentences .* set TERTULIA_MODEL, or give a longer article/,
  },
];

test.each(files)('$kind', async (bad) => {
  expect((await refuse(bad, { FILES }, store)).stdout).toBe('');
});

describe('what looks wrong and works', () => {
  test.each([
    ['HTML named .pdf', 'page.pdf', 'en', /reinforcement learning/i],
    ['a page in another charset than it says', 'WEB/charset', 'es', /ción\b/],
  ])('%s', async (_, article, language, words) => {
    const out = join(FILES, `${language}.json`);
    const ran = await runHere(['debate', article.replace('WEB', web.url), '--words', '20', '--quiet', '--out', out], {
      cwd: FILES,
      env: { TERTULIA_ALLOW_PRIVATE_URLS: '1', ...store },
    });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toMatch(words);
    expect(await readFile(out, 'utf8')).toContain(`"language": "${language}"`);
    expect(await readFile(out, 'utf8')).not.toContain('\ufffd');
  });
});

test('the debates that were there are still there', () => kept.expectIntact());
