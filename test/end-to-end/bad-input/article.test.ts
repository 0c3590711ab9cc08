/** Articles that are wrong inside, and addresses that lead nowhere. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultReaderSettings, type ReaderSettings, readArticle } from '../../../src/article/read.ts';
import { InputError } from '../../../src/errors.ts';
import { lines, pdf } from '../../article/pdfs.ts';
import { runCommand } from '../../fakes/command.ts';
import { answer, drip, flood, redirect, startWebServer, type WebServer } from '../../fakes/web-server.ts';
import { type BadInput, type DataFolders, lending, makeDataFolders, refuse, SECRET } from './bad-input.ts';

const SAMPLES = join(import.meta.dirname, '../../../src/article/samples');

let FILES: string;
let data: DataFolders;
let lend: ReturnType<typeof lending<string>>;
let web: WebServer;
let secure: WebServer;

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
  await writeFile(file('letter.rtf'), '{\\rtf1\\ansi A letter.}');
  await writeFile(file('short.md'), '# Short\n\nThis is all there is to it. There is nothing more.\n');
  await writeFile(file('scripts.html'), '<!doctype html><html><body><script>draw()</script></body></html>');
}

beforeAll(async () => {
  FILES = await mkdtemp(join(tmpdir(), 'bad-input-articles-'));
  web = await startWebServer({
    '/401': answer('no', { status: 401 }),
    '/500': answer('no', { status: 500 }),
    '/loop': redirect('/loop2'),
    '/loop2': redirect('/loop'),
    '/inside': (request, response) => redirect(`http://inside.test:${request.socket.localPort}/`)(request, response),
    '/large': answer('x', { headers: { 'content-length': '60000000' } }),
    '/flood': flood(),
    '/drip': drip(20),
    '/video': answer('x', { type: 'video/mp4' }),
    // What it says it is in, it is not in.
    '/charset': answer(Buffer.from(await pageOf('post-training.es.md'), 'latin1'), {
      type: 'text/html; charset=utf-8',
    }),
  });
  secure = await startWebServer({}, { tls: true });
  data = await makeDataFolders(2);
  lend = lending(data.folders);
  await writeFiles();
});
afterAll(async () => {
  await Promise.all([web.close(), secure.close()]);
  await data.remove();
  await rm(FILES, { recursive: true, force: true });
});

const OURS = { TERTULIA_ALLOW_PRIVATE_URLS: '1' };

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
  { kind: 'a letter', args: ['debate', 'letter.rtf'], says: /looks like a word-processor document.*: give/ },
  { kind: 'a page drawn by scripts', args: ['debate', 'scripts.html'], says: /no text to debate.*: save it as a PDF/ },
  {
    kind: 'an article too short for the offline voice',
    args: ['debate', 'short.md'],
    says: /Only \d sentences .* set TERTULIA_MODEL, or give a longer article/,
  },
];

const addresses: readonly BadInput[] = [
  ...['127.0.0.1', '169.254.169.254', '[::1]', '2130706433'].map((host) => ({
    kind: `a private address (${host})`,
    args: ['debate', `http://${host}/latest?key=${SECRET}`],
    says: /is on a private network.*: set it, or download the article/,
  })),
  {
    kind: 'a name nobody has',
    args: ['debate', `http://ana:${SECRET}@nowhere.invalid/a`],
    says: /nowhere\.invalid\/a could not be found: check the address and your connection/,
    dice: /nowhere\.invalid\/a no se encontró: comprueba la dirección y tu conexión/,
  },
  {
    kind: 'an endless redirect',
    args: ['debate', 'WEB/loop'],
    env: OURS,
    says: /redirects in circles or too many times: open it in a browser/,
  },
  {
    kind: 'a wrong certificate',
    args: ['debate', 'SECURE/page'],
    env: OURS,
    says: /certificate that cannot be trusted: download the article/,
  },
  { kind: 'a page that is not there', args: ['debate', 'WEB/404'], env: OURS, says: /is not there \(404\): check the/ },
  { kind: 'a page behind a login', args: ['debate', 'WEB/401'], env: OURS, says: /\(401\).*a login: download/ },
  { kind: 'a server out of order', args: ['debate', 'WEB/500'], env: OURS, says: /\(500\): try again later, or/ },
  { kind: 'too large a page', args: ['debate', 'WEB/large'], env: OURS, says: /larger than 50 MB.*: give a shorter/ },
  { kind: 'a film', args: ['debate', 'WEB/video'], env: OURS, says: /holds video\/mp4, not an article: give the/ },
  { kind: 'nobody at that port', args: ['debate', 'http://127.0.0.1:1/a'], env: OURS, says: /refused.*: check the/ },
];

describe.each([
  ['files', files],
  ['addresses', addresses],
])('%s', (_, cases) => {
  test.concurrent.each(cases)('$kind', (bad) =>
    lend(async (dataDir) => {
      const ran = await refuse(bad, { FILES, WEB: web.url, SECURE: secure.url }, dataDir);
      expect(ran.stdout).toBe('');
    }),
  );
});

/** What takes a setting no person should need. */
describe('addresses that lie', () => {
  const guarded: ReaderSettings = { ...defaultReaderSettings, timeoutMs: 400, maxBytes: 1_000_000 };
  const open: ReaderSettings = { ...guarded, allowPrivateUrls: true };
  let asked = 0;
  /** Public when it is asked about, private when it is asked again. */
  const rebinding: ReaderSettings['lookup'] = (_name, _options, callback) =>
    callback(null, [{ address: asked++ === 0 ? '127.0.0.2' : '127.0.0.1', family: 4 }]);
  const inside: ReaderSettings['lookup'] = (_name, _options, callback) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }]);

  test.each<[string, string, ReaderSettings, RegExp]>([
    [
      'a name that rebinds',
      'http://rebind.test:PORT/inside',
      { ...guarded, lookup: rebinding, allows: (address) => address === '127.0.0.2' },
      /refused the connection: check the address/,
    ],
    [
      'a name for a private address',
      'http://inside.test:PORT/inside',
      { ...guarded, lookup: inside },
      /on a private network.*: set it, or download/,
    ],
    [
      'a redirect to a private address',
      'http://127.0.0.1:PORT/inside',
      {
        ...guarded,
        lookup: (_n, _o, callback) => callback(null, [{ address: '10.0.0.1', family: 4 }]),
        allows: (address) => address === '127.0.0.1',
      },
      /on a private network.*: set it, or download/,
    ],
    ['a page that comes letter by letter', 'http://127.0.0.1:PORT/drip', open, /took too long.*: try again later/],
    ['a page without an end', 'http://127.0.0.1:PORT/flood', open, /larger than 1 MB.*: give a shorter version/],
  ])('%s', async (_, url, settings, says) => {
    const error = await readArticle({ kind: 'url', url: url.replace('PORT', String(web.port)) }, settings).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(InputError);
    if (error instanceof InputError) expect(error.in('en')).toMatch(says);
  });
});

describe('what looks wrong and works', () => {
  test.concurrent.each([
    ['HTML named .pdf', 'page.pdf', 'en', /post-training/i],
    ['a page in another charset than it says', 'WEB/charset', 'es', /ción\b/],
  ])('%s', (_, article, language, words) =>
    lend(async (dataDir) => {
      const out = join(FILES, `${language}.json`);
      const ran = await runCommand(
        ['debate', article.replace('WEB', web.url), '--words', '20', '--quiet', '--out', out],
        { cwd: FILES, env: { ...OURS, TERTULIA_DATA_DIR: dataDir } },
      );
      expect(ran).toMatchObject({ code: 0, stderr: '' });
      expect(ran.stdout).toMatch(words);
      expect(await readFile(out, 'utf8')).toContain(`"language": "${language}"`);
      expect(await readFile(out, 'utf8')).not.toContain('\ufffd');
    }),
  );
});

test('the debates that were there are still there', () => data.expectIntact());
