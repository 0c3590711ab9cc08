import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { isPublicAddress } from '../../src/article/address.ts';
import { type FetchSettings, fetchArticle } from '../../src/article/fetch.ts';
import { HttpStatus } from '../../src/article/refusals.ts';
import { InputError } from '../../src/errors.ts';
import { answer, bomb, cut, drip, flood, hang, redirect, startWebServer, type WebServer } from '../fakes/web-server.ts';

const settings: FetchSettings = { allowPrivateUrls: true, timeoutMs: 3000, maxBytes: 1_000_000, maxRedirects: 3 };
const short = { ...settings, timeoutMs: 300 };
const guarded = { ...short, allowPrivateUrls: false };

let web: WebServer;
let secure: WebServer;
let closedPort = 0;

beforeAll(async () => {
  web = await startWebServer({
    '/page': answer('<p>Hello</p>', { type: 'text/html; charset=latin1' }),
    '/gzip': bomb(1000),
    '/hop': redirect('/page'),
    '/relative/hop': redirect('../page', 308),
    '/loop': redirect('/loop2'),
    '/loop2': redirect('/loop'),
    ...Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`/far${n}`, redirect(`/far${n + 1}`)])),
    '/to-ftp': redirect('ftp://example.org/a'),
    '/to-inside': (request, response) =>
      redirect(`http://127.0.0.2:${request.socket.localPort}/page`)(request, response),
    '/to-name': (request, response) =>
      redirect(`http://inside.test:${request.socket.localPort}/page`)(request, response),
    ...Object.fromEntries([401, 403, 410, 418, 429, 500, 503].map((n) => [`/${n}`, answer('no', { status: n })])),
    '/video': answer('x', { type: 'video/mp4' }),
    '/empty': answer(''),
    '/none': answer('', { status: 204 }),
    '/announced': answer('x', { headers: { 'content-length': '2000000' } }),
    '/flood': flood(),
    '/bomb': bomb(200_000_000),
    '/hang': hang(),
    '/drip': drip(20),
    '/cut': cut('half'),
    '/garbled': answer('not gzip', { headers: { 'content-encoding': 'gzip' } }),
  });
  secure = await startWebServer({ '/page': answer('secret') }, { tls: true });
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  closedPort = typeof address === 'object' && address ? address.port : 0;
  await new Promise((resolve) => server.close(resolve));
});

afterAll(() => Promise.all([web.close(), secure.close()]));

async function refused(address: string, given: FetchSettings = settings): Promise<InputError> {
  const error = await fetchArticle(address, given).then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof InputError) return error;
  throw new Error(`no InputError for ${address}: ${error}`);
}

describe('what comes back', () => {
  test('the bytes and the declared type', async () => {
    const { bytes, mediaType } = await fetchArticle(`${web.url}/page`, settings);
    expect(Buffer.from(bytes).toString()).toBe('<p>Hello</p>');
    expect(mediaType).toBe('text/html; charset=latin1');
  });

  test('a compressed body is unpacked', async () => {
    expect((await fetchArticle(`${web.url}/gzip`, settings)).bytes.byteLength).toBe(1000);
  });

  test.each(['/hop', '/relative/hop', '/hop#part'])('redirects are followed: %s', async (path) => {
    const { bytes } = await fetchArticle(web.url + path, settings);
    expect(Buffer.from(bytes).toString()).toBe('<p>Hello</p>');
  });

  test('a login in the address is not passed on, and we say who asks', async () => {
    await fetchArticle(`${web.url}/page`.replace('//', '//ana:secret@'), settings);
    const headers = web.requests.at(-1)?.headers;
    expect(headers?.authorization).toBeUndefined();
    expect(headers?.['user-agent']).toContain('Tertulia');
  });

  test('an abort comes through as its reason', async () => {
    const stop = new AbortController();
    const fetching = fetchArticle(`${web.url}/hang`, settings, stop.signal);
    setTimeout(() => stop.abort(new Error('enough')), 50);
    await expect(fetching).rejects.toThrow('enough');
  });
});

describe('refusals name the place and the remedy', () => {
  const cases: readonly (readonly [string, FetchSettings, RegExp, RegExp])[] = [
    ['ftp://example.org/a', settings, /"ftp:".*begins with http:\/\//, /«ftp:».*empiece por http/],
    ['javascript:alert(1)', settings, /"javascript:"/, /«javascript:»/],
    ['https://', settings, /not a complete web address/, /no es una dirección web completa/],
    ['WEB/to-ftp', settings, /"ftp:"/, /«ftp:»/],
    ['WEB/page', guarded, /private network.*TERTULIA_ALLOW_PRIVATE_URLS=1/, /red privada/],
    [
      'http://nowhere.invalid/a',
      { ...settings, lookup: failing('ENOTFOUND') },
      /nowhere.invalid\/a could not be found/,
      /no se encontró/,
    ],
    ['CLOSED/a', settings, /refused the connection.*port/, /rechazó la conexión/],
    ['WEB/hang', short, /took too long/, /tardó demasiado/],
    ['WEB/drip', short, /took too long/, /tardó demasiado/],
    ['WEB/announced', settings, /larger than 1 MB/, /más de 1 MB/],
    ['WEB/flood', settings, /larger than 1 MB/, /más de 1 MB/],
    ['WEB/bomb', settings, /larger than 1 MB/, /más de 1 MB/],
    ['WEB/loop', settings, /redirects in circles/, /redirige en círculo/],
    ['WEB/far1', settings, /too many times/, /demasiadas veces/],
    ['SECURE/page', settings, /certificate.*NODE_EXTRA_CA_CERTS/, /certificado.*NODE_EXTRA_CA_CERTS/],
    ['WEB/401', settings, /login: download the article/, /descarga el artículo/],
    ['WEB/403', settings, /\(403\).*login/, /\(403\).*iniciar sesión/],
    ['WEB/nothing', settings, /is not there \(404\): check the address/, /no existe \(404\)/],
    ['WEB/410', settings, /is not there \(410\)/, /no existe \(410\)/],
    ['WEB/429', settings, /too many requests.*wait/, /demasiadas peticiones.*espera/],
    ['WEB/500', settings, /out of order \(500\): try again later/, /no funciona ahora \(500\)/],
    ['WEB/503', settings, /out of order \(503\)/, /no funciona ahora \(503\)/],
    ['WEB/418', settings, /answered with 418/, /respondió con 418/],
    ['WEB/video', settings, /holds video\/mp4/, /contiene video\/mp4/],
    ['WEB/empty', settings, /answered with nothing/, /sin contenido/],
    ['WEB/none', settings, /answered with nothing/, /sin contenido/],
    ['WEB/cut', settings, /broke off the connection/, /cortó la conexión/],
    ['WEB/garbled', settings, /broke off the connection/, /cortó la conexión/],
  ];

  test.each(cases)('%s', async (place, given, en, es) => {
    const address = place
      .replace('WEB', web.url)
      .replace('SECURE', secure.url)
      .replace('CLOSED', `http://127.0.0.1:${closedPort}`);
    const error = await refused(address, given);
    expect(error.text.en).toMatch(en);
    expect(error.text.es).toMatch(es);
    if (!/^(?:ftp|java|https:\/\/$)|to-ftp/.test(place)) expect(error.text.en).toContain(new URL(address).host);
    for (const text of Object.values(error.text)) {
      expect(text).toMatch(/\.$/);
      expect(text).not.toMatch(/undefined|Error|\n/);
    }
  });

  test('what failed is kept as the cause', async () => {
    expect((await refused(`${web.url}/nothing`)).cause).toBeInstanceOf(HttpStatus);
    expect((await refused(`http://127.0.0.1:${closedPort}`)).cause).toHaveProperty('cause.code', 'ECONNREFUSED');
  });

  test('what stands behind the question mark is not repeated', async () => {
    expect((await refused(`${web.url}/nothing?key=secret`)).message).not.toContain('secret');
  });
});

describe('private addresses', () => {
  const PRIVATE =
    '0.0.0.0 10.1.2.3 100.64.0.1 100.100.100.200 127.0.0.1 127.9.9.9 169.254.169.254 172.16.0.1 192.168.1.1 192.0.0.192 ' +
    '168.63.129.16 198.18.0.1 203.0.113.9 224.0.0.1 240.0.0.1 255.255.255.255 :: ::1 ::127.0.0.1 ::ffff:127.0.0.1 ' +
    '::ffff:8.8.8.8 64:ff9b::7f00:1 64:ff9b:1::1 fe80::1 fec0::1 fc00::1 fd00:ec2::254 ff02::1 2002:7f00:1:: 2001::1 ' +
    '2001:db8::1 4000::1 fe80::1%eth0';

  test.each(PRIVATE.split(' '))('%s is private', (address) => expect(isPublicAddress(address)).toBe(false));
  test.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111'])('%s is public', (a) => expect(isPublicAddress(a)).toBe(true));

  const SPELLINGS =
    '127.0.0.1 127.1 2130706433 0x7f000001 0177.0.0.1 0x7f.1 [::1] [::ffff:127.0.0.1] [::ffff:7f00:1] [64:ff9b::127.0.0.1] ' +
    '①②⑦.0.0.1 127.0.0.1. localhost';

  test.each(SPELLINGS.split(' '))('http://%s is refused without connecting', async (host) => {
    const before = web.requests.length;
    expect((await refused(`http://${host}:${web.port}/page`, guarded)).message).toContain('private network');
    expect(web.requests.length).toBe(before);
  });

  test('a name that resolves to one is refused', async () => {
    const error = await refused(`http://inside.test:${web.port}/page`, {
      ...guarded,
      lookup: resolving(['10.0.0.1', '::1']),
    });
    expect(error.message).toContain('private network');
  });

  test('a redirect to one is refused, by number or by name', async () => {
    const given = {
      ...guarded,
      allows: (address: string) => address === '127.0.0.1',
      lookup: resolving(['127.0.0.2']),
    };
    expect((await refused(`${web.url}/to-inside`, given)).message).toContain('private network');
    expect((await refused(`${web.url}/to-name`, given)).message).toContain('private network');
  });

  test('a name that resolves anew for each question (rebinding) gains nothing', async () => {
    const answers = [['127.0.0.2'], ['127.0.0.1']];
    let asked = 0;
    const lookup: FetchSettings['lookup'] = (name, options, callback) => {
      resolving(answers[Math.min(asked++, 1)] ?? [])(name, options, callback);
    };
    const given = { ...guarded, lookup, allows: (address: string) => address === '127.0.0.2' };
    const before = web.requests.length;
    // The judged address is the one connected to; nothing listens there.
    expect((await refused(`http://rebind.test:${web.port}/page`, given)).message).toContain('refused the connection');
    expect(asked).toBe(1);
    expect(web.requests.length).toBe(before);
  });

  test('of several addresses only the public ones are tried', async () => {
    const given = {
      ...guarded,
      lookup: resolving(['127.0.0.2', '127.0.0.1']),
      allows: (a: string) => a === '127.0.0.1',
    };
    const { bytes } = await fetchArticle(`http://both.test:${web.port}/page`, given);
    expect(bytes.byteLength).toBeGreaterThan(0);
    expect(web.requests.at(-1)?.headers.host).toBe(`both.test:${web.port}`);
  });
});

function resolving(addresses: readonly string[]): NonNullable<FetchSettings['lookup']> {
  return (_name, _options, callback) =>
    callback(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
}

function failing(code: string): NonNullable<FetchSettings['lookup']> {
  return (_name, _options, callback) => callback(Object.assign(new Error(code), { code }), '', 0);
}
