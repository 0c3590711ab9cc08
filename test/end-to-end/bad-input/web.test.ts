/** Addresses that lead nowhere, or where nobody should go. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { defaultReaderSettings, type ReaderSettings, readArticle } from '../../../src/article/read.ts';
import { InputError } from '../../../src/errors.ts';
import { answer, drip, flood, redirect, startWebServer, type WebServer } from '../../fakes/web-server.ts';
import { type BadInput, refuse, SECRET } from './bad-input.ts';

let FILES: string;
/** A data folder that must stay unmade. */
const UNMADE = 'never-made';
let web: WebServer;
let secure: WebServer;
let CLOSED: string;

beforeAll(async () => {
  FILES = await mkdtemp(join(tmpdir(), 'bad-input-web-'));
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
  });
  secure = await startWebServer({}, { tls: true });
  const gone = await startWebServer({});
  CLOSED = gone.url;
  await gone.close();
});
afterAll(async () => {
  await Promise.all([web.close(), secure.close()]);
  await rm(FILES, { recursive: true, force: true });
});

const OURS = { TERTULIA_ALLOW_PRIVATE_URLS: '1' };

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
  {
    kind: 'nobody at that port',
    args: ['debate', 'CLOSED/a'],
    env: OURS,
    says: /refused.*: check the address and its/,
  },
];

test.each(addresses)('$kind', async (bad) => {
  const ran = await refuse(bad, { FILES, WEB: web.url, SECURE: secure.url, CLOSED }, { TERTULIA_DATA_DIR: UNMADE });
  expect(ran.stdout).toBe('');
  expect(existsSync(join(FILES, UNMADE))).toBe(false);
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
