import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { findPanel, loadLibrary } from '../../src/personas/library.ts';

const SEVEN = ['researcher', 'reviewer', 'critic', 'doomer', 'philosopher', 'enthusiast', 'newcomer'];

const LEGAL = `---
name: { en: Counsel, es: Asesora }
face: ⚖️
color: "#123456"
duty: Name the liability.
stance: Whoever signs, answers.
lens: [contract, liability]
never: Wave it through.
temperature: 0.2
---
For our team.
`;

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'personas-'));
  await mkdir(join(folder, 'panels'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => writeFile(join(folder, name), text);

describe('the library that ships', () => {
  test('has the seven and their coordinator, each in both languages, none like another', async () => {
    const { panels } = await loadLibrary(null);
    const seven = panels.get('seven');
    expect(seven?.personas.map((persona) => persona.id)).toEqual(SEVEN);
    const all = [seven?.coordinator, ...(seven?.personas ?? [])];
    for (const part of ['duty', 'stance', 'never'] as const) {
      expect(new Set(all.map((persona) => persona?.[part].en)).size).toBe(8);
      expect(new Set(all.map((persona) => persona?.[part].es)).size).toBe(8);
    }
    expect(new Set(all.map((persona) => persona?.face)).size).toBe(8);
  });
});

describe('a team’s own folder', () => {
  test('adds personas and panels to those that ship', async () => {
    await write('counsel.md', LEGAL);
    await write('panels/legal.md', '---\nname: Legal\nsummary: For contracts.\npersonas: [counsel, critic]\n---\n');
    const library = await loadLibrary(folder);
    expect(findPanel(library, 'legal').personas.map((persona) => persona.id)).toEqual(['counsel', 'critic']);
    expect(library.personas.get('counsel')).toMatchObject({
      name: { es: 'Asesora' },
      duty: { es: 'Name the liability.' },
      temperature: 0.2,
    });
  });

  test.each([
    ['no front matter', 'x.md', 'Just words.', /x\.md:1: .*front matter/],
    ['broken YAML', 'x.md', '---\nname: [\n---\n', /x\.md:\d+: not valid YAML/],
    ['a missing duty', 'x.md', LEGAL.replace(/duty:.*\n/, ''), /x\.md:\d+: duty/],
    ['a colour that is none', 'x.md', LEGAL.replace('"#123456"', 'blue'), /x\.md:4: color: a colour such as/],
    ['two faces', 'x.md', LEGAL.replace('⚖️', '⚖️⚖️'), /x\.md:3: face: one emoji/],
    ['a temperature that is hot', 'x.md', LEGAL.replace('0.2', '9'), /x\.md:9: temperature/],
    ['an unknown field', 'x.md', LEGAL.replace('never:', 'nevr:'), /x\.md:\d+:/],
    [
      'a panel of strangers',
      'panels/p.md',
      '---\nname: P\nsummary: S\npersonas: [critic, nessie]\n---\n',
      /p\.md:4: there is no persona "nessie"/,
    ],
    [
      'a panel with somebody twice',
      'panels/p.md',
      '---\nname: P\nsummary: S\npersonas: [critic, critic]\n---\n',
      /p\.md:4: "critic" is listed twice/,
    ],
    [
      'a persona as coordinator',
      'panels/p.md',
      '---\nname: P\nsummary: S\ncoordinator: critic\npersonas: [doomer]\n---\n',
      /p\.md:4: "critic" has the role persona/,
    ],
  ])('%s is told with file and line', async (_, file, text, message) => {
    await write(file, text);
    const error = await loadLibrary(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InputError);
    expect(String(error)).toMatch(message);
  });

  test('a folder that is not there is told by its setting', async () => {
    await expect(loadLibrary(join(folder, 'nowhere'))).rejects.toThrow('TERTULIA_PERSONAS_DIR');
  });
});

test('an unknown panel lists those there are', async () => {
  const library = await loadLibrary(null);
  expect(() => findPanel(library, 'eight')).toThrow(/no panel called "eight"; use one of: seven/);
});
