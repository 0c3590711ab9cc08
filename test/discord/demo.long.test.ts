/** What a newcomer sees: `npm run demo:discord`, in a process of its own. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

test('eight voices in order, synthesis in thread and channel, the record as a file, no rule broken', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tertulia-demo-'));
  const page = join(folder, 'demo.html');
  const demo = spawn(process.execPath, [join(import.meta.dirname, 'demo.ts'), '--lang', 'es', '--out', page], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      ...(process.env.DISCORD_OPENAPI && { DISCORD_OPENAPI: process.env.DISCORD_OPENAPI }),
    },
  });
  let shown = '';
  for (const output of [demo.stdout, demo.stderr])
    output.setEncoding('utf8').on('data', (text: string) => (shown += text));
  const code = await new Promise((resolve) => demo.once('close', resolve));
  expect(shown).toContain('8 voices');
  expect(shown).toContain("0 against the API's rules");
  expect(shown).toMatch(/only Ana sees\) 📎 \S+\.md, \d+ bytes/);
  const numbers = [...shown.matchAll(/-# turno (\d+)/g)].map(([, n]) => Number(n));
  expect(numbers).toEqual(numbers.toSorted((one, other) => one - other));
  expect(shown).toMatch(/Leer el debate: #.+/);
  expect(await readFile(page, 'utf8')).toContain('Revisor Científico');
  expect(code).toBe(0);
  await rm(folder, { recursive: true, force: true });
}, 120_000);
