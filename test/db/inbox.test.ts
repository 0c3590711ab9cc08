/** Events and installations when a process ends: taken up by the next, read with keys that have changed. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import { openStore } from '../../db/connect.ts';
import { type PostgresServer, startPostgres } from '../fakes/postgres.ts';

/** ms: a new PGlite takes seconds of CPU, on a busy machine many. */
jest.setTimeout(120_000);

let folder: string;
let server: PostgresServer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'inbox-'));
  server = await startPostgres();
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

const event = (id: string) => ({ adapter: 'slack', workspace: 'w', id, payload: { said: id } });

test('in a folder, what one process left the next takes up at once, oldest first, and once', async () => {
  const open = () => openStore({ dataDir: folder, databaseUrl: null });
  const first = await open();
  for (const id of ['e1', 'e2', 'e3']) await first.inbox.keep(event(id));
  await first.inbox.done(event('e2'));
  await first.close();
  const second = await open();
  await second.inbox.keep(event('e4'));
  expect(await second.inbox.takeUp('discord')).toEqual([]);
  expect(await second.inbox.takeUp('slack')).toEqual([event('e1'), event('e3')]);
  expect(await second.inbox.takeUp('slack')).toEqual([]);
  expect(await second.inbox.keep(event('e2'))).toBe('known');
  await second.close();
});

describe('on a server', () => {
  test('what another process may still see to is left to it for a while; one that ends every process is given up', async () => {
    const databaseUrl = await server.database();
    const [first, second] = [
      await openStore({ dataDir: '', databaseUrl }),
      await openStore({ dataDir: '', databaseUrl }),
    ];
    const client = new pg.Client(databaseUrl);
    await client.connect();
    const aMinuteLater = () => client.query("update tertulia.inbox set taken_at = taken_at - interval '61 seconds'");
    await first.inbox.keep(event('e1'));
    expect(await second.inbox.takeUp('slack')).toEqual([]);
    await aMinuteLater();
    const taken = await Promise.all([first, second, first].map(({ inbox }) => inbox.takeUp('slack')));
    expect(taken.flat()).toEqual([event('e1')]);
    let times = 1;
    for (; times < 20; times++) {
      await aMinuteLater();
      if ((await second.inbox.takeUp('slack')).length === 0) break;
    }
    expect(times).toBe(4);
    for (const open of [client, first, second]) await ('end' in open ? open.end() : open.close());
  });

  test('a token is nowhere readable, and outlives a change of keys', async () => {
    const databaseUrl = await server.database();
    const [old, current] = [randomBytes(32), randomBytes(32)];
    const open = (...secretKeys: Uint8Array[]) => openStore({ dataDir: '', databaseUrl, secretKeys });
    const installation = { id: 'T1', parent: null, secret: { token: 'xoxb-very-secret' } };
    const first = await open(old);
    await first.installations.save('slack', installation);
    await first.close();
    const client = new pg.Client(databaseUrl);
    await client.connect();
    const { rows } = await client.query('select * from tertulia.installations');
    await client.end();
    expect(JSON.stringify(rows)).not.toContain('very-secret');
    const wrong = await open(current);
    await expect(wrong.installations.find('slack', 'T1')).rejects.toThrow('TERTULIA_SECRET_KEY');
    await wrong.close();
    const both = await open(current, old);
    expect(await both.installations.find('slack', 'T1')).toEqual(installation);
    await both.close();
    const second = await open(current);
    expect(await second.installations.find('slack', 'T1')).toEqual(installation);
    await second.close();
  });
});
