/** What is shipped to run it fits what is run: a typing mistake would show on somebody's server. */
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { ROLES } from '../src/config.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (name: string) => readFile(join(ROOT, name), 'utf8');

const manifest = z.object({ bin: z.object({ tertulia: z.string() }), devDependencies: z.object({ node: z.string() }) });
const service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.enum(['service_healthy', 'service_started']) })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  volumes: z.array(z.string()).optional(),
});
const compose = z.object({ services: z.record(z.string(), service), volumes: z.record(z.string(), z.unknown()) });

/** Variables of ours that a text names. */
const variables = (text: string) => [...new Set(text.match(/\b(TERTULIA|DISCORD|SLACK)_[A-Z_]+\b/g))];

describe('the image', () => {
  test('has the Node the project is tested with, and starts the command that is published', async () => {
    const { bin, devDependencies } = manifest.parse(JSON.parse(await read('package.json')));
    const dockerfile = await read('Dockerfile');
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toEqual(bases.map(() => `node:${devDependencies.node}-bookworm-slim`));
    expect(dockerfile).toContain(`ENTRYPOINT ["node", "${bin.tertulia}"]`);
    for (const [, files = ''] of dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)) {
      for (const file of files.split(' ')) await access(join(ROOT, file));
    }
  });
});

describe('compose.yaml', () => {
  test('gives each process a role there is, and waits for a database that is watched', async () => {
    const { services, volumes } = compose.parse(parse(await read('compose.yaml'), { merge: true }));
    const ours = Object.values(services).filter(({ image }) => image === 'tertulia');
    const roles = ours.map(({ command }) => command?.at(-1));
    expect(roles.toSorted()).toEqual(ROLES.filter((role) => role !== 'all').toSorted());
    for (const { command, depends_on, environment } of ours) {
      expect(command?.slice(0, 2)).toEqual(['serve', '--role']);
      for (const needed of Object.keys(depends_on ?? {})) expect(services[needed]?.healthcheck).toBeDefined();
      expect(new URL(environment.DATABASE_URL?.replace(/\$\{.*\}/, 'x') ?? '').hostname).toBe('database');
    }
    for (const { volumes: mounts = [] } of Object.values(services)) {
      for (const mount of mounts) expect(Object.keys(volumes)).toContain(mount.split(':')[0]);
    }
  });
});

test('every variable that is read is explained, and none that is not', async () => {
  const explained = variables(await read('.env.example')).toSorted();
  expect(variables(await read('src/config.ts')).toSorted()).toEqual(explained);
  for (const name of ['docs/deployment.md', 'Dockerfile', 'README.md']) {
    for (const variable of variables(await read(name))) expect(explained).toContain(variable);
  }
});
