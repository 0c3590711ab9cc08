/** What can be told at once is told before a database is made or anything is fetched. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { runCommand } from '../../fakes/command.ts';
import { type BadInput, expectSentence, refuse, SECRET } from './bad-input.ts';

let FILES: string;
/** A data folder that must stay unmade. */
const UNMADE = 'never-made';

const persona = (lines: string) => `---\nname: Tester\nface: 🧪\n${lines}\n---\n`;
const panel = (personas: string) => `---\nname: Two\nsummary: Two of them.\npersonas: ${personas}\n---\n`;

beforeAll(async () => {
  FILES = await mkdtemp(join(tmpdir(), 'bad-input-files-'));
  const file = (name: string) => join(FILES, name);
  await mkdir(file('folder'));
  await mkdir(file('folder.md'));
  await writeFile(file('empty.md'), '');
  await writeFile(file('huge.pdf'), '%PDF-1.7\n');
  await truncate(file('huge.pdf'), 200_000_000);
  await symlink(file('itself.md'), file('itself.md'));
  await mkdir(file('malformed'));
  await writeFile(file('malformed/tester.md'), persona('color: red'));
  await mkdir(file('broken'));
  await writeFile(file('broken/tester.md'), persona('duty: [never closed'));
  await mkdir(file('panels/panels'), { recursive: true });
  await writeFile(file('panels/panels/two.md'), panel('[critic, nobody]'));
  await writeFile(file('list'), '');
});
afterAll(() => rm(FILES, { recursive: true, force: true }));

const withModel = (name: string) => ({ TERTULIA_MODEL: name, OPENAI_API_KEY: SECRET });

const articles: readonly BadInput[] = [
  {
    kind: 'a file that is not there',
    args: ['debate', 'no-such.pdf'],
    says: /no file ".*no-such.pdf": check the path, or begin a web address/,
    dice: /No existe el archivo «.*no-such.pdf»: comprueba la ruta/,
  },
  { kind: 'a folder', args: ['debate', 'folder'], says: /is a folder: give one file in it/ },
  { kind: 'an empty file', args: ['debate', 'empty.md'], says: /is empty: give an article with text/ },
  { kind: 'a file of 200 MB', args: ['debate', 'huge.pdf'], says: /larger than 50 MB.*give a shorter version/ },
  { kind: 'a file nobody can read', args: ['debate', 'itself.md'], says: /no file ".*itself.md": check the path/ },
  {
    kind: 'a file that fails while it is read',
    args: ['debate', '/proc/self/mem'],
    says: /"\/proc\/self\/mem" could not be read \(EIO\): try again, or give a copy/,
  },
  { kind: 'a device', args: ['debate', '/dev/null'], says: /not a regular file: give its content on standard input/ },
  { kind: 'nothing on stdin', args: ['debate', '-'], input: '', says: /"stdin" is empty: give an article/ },
  {
    kind: 'an address of another protocol',
    args: ['debate', 'ftp://example.org/a.pdf'],
    says: /"ftp:" cannot be read: give one that begins with http/,
    dice: /«ftp:»: indica una que empiece por http/,
  },
  { kind: 'an address that is none', args: ['debate', 'https://'], says: /not a complete web address: it should look/ },
  {
    kind: 'a bare question without a model',
    args: ['debate', '--question', 'Should we rewrite it in Rust?'],
    says: /Without a language model.*set TERTULIA_MODEL, or give an article/,
    dice: /Sin modelo de lenguaje.*configura TERTULIA_MODEL/,
  },
  { kind: 'an empty question', args: ['debate', '-q', ' '], says: /nothing to debate yet; give an article/ },
];

const commandLines: readonly BadInput[] = [
  {
    kind: 'an unknown option',
    args: ['debate', '--langauge', 'es'],
    says: /no option "--langauge"; .*--help/,
    dice: /No existe la opción «--langauge»; .*--help/,
  },
  { kind: 'a misspelt option', args: ['debate', '--round', '2'], says: /perhaps --rounds is meant/ },
  {
    kind: 'an option without its value',
    args: ['debate', '--rounds'],
    says: /after --rounds <n> is missing; .*--help/,
  },
  { kind: 'an unknown command', args: ['frobnicate'], says: /no command "frobnicate"; .*--help/ },
  { kind: 'a misspelt command', args: ['lsit'], says: /perhaps list is meant/ },
  { kind: 'a missing argument', args: ['show'], says: /The id is missing; .*--help/ },
  { kind: 'a name cut by its spaces', args: ['debate', 'my', 'paper.pdf'], says: /spaces goes in quotation marks/ },
  {
    kind: 'an unknown format',
    args: ['debate', '--format', 'duel'],
    says: /"duel".*panel/,
  },
  {
    kind: 'an unknown panel',
    args: ['debate', '--panel', 'eleven'],
    says: /no panel called "eleven"; use one of: .*seven/,
    dice: /ninguna mesa llamada «eleven»; usa una de estas: .*seven/,
  },
  { kind: 'no rounds', args: ['debate', '--rounds', '0'], says: /"rounds" must be a whole number from 1 to 5; give/ },
  {
    kind: 'rounds that are no number',
    args: ['debate', '--rounds', 'abc'],
    says: /--rounds needs a whole number and was given "abc"; write/,
    dice: /--rounds necesita un número entero y recibió «abc»; escríbelo/,
  },
  { kind: 'too few words', args: ['debate', '--words', '5'], says: /"words" must be .* from 20 to 400; give/ },
  { kind: 'too few tokens', args: ['debate', '--budget-tokens', '5'], says: /"budget-tokens" must be .* from 1000/ },
  {
    kind: 'a record of no known form',
    args: ['debate', '--out', 'd.docx'],
    says: /must end in .md, .json or .html; give/,
  },
  {
    kind: 'a record in a folder that is not there',
    args: ['debate', '--out', 'nowhere/d.md'],
    says: /folder .*nowhere for --out does not exist.*create it or choose another/,
  },
  { kind: 'a record where a folder is', args: ['debate', '--out', 'folder.md'], says: /is a folder; give the name/ },
];

const settings: readonly BadInput[] = [
  {
    kind: 'a setting that is no number',
    args: ['debate'],
    env: { TERTULIA_WORDS: 'many' },
    says: /TERTULIA_WORDS must be a whole number, 20 or more; correct it in .env/,
    dice: /TERTULIA_WORDS debe ser un número entero, 20 o más; corrígela en .env/,
  },
  {
    kind: 'a switch that is neither on nor off',
    args: ['list'],
    env: { TERTULIA_ALLOW_PRIVATE_URLS: 'perhaps' },
    says: /TERTULIA_ALLOW_PRIVATE_URLS must be 1 or 0; correct/,
  },
  {
    kind: 'a malformed persona',
    args: ['debate'],
    env: { TERTULIA_PERSONAS_DIR: 'malformed' },
    says: /malformed\/tester\.md:4: .*color.*; correct that line/,
  },
  {
    kind: 'a persona that is not YAML',
    args: ['debate'],
    env: { TERTULIA_PERSONAS_DIR: 'broken' },
    says: /broken\/tester\.md:\d: not valid YAML.*; correct that line/,
  },
  {
    kind: 'an unknown persona on a panel',
    args: ['debate'],
    env: { TERTULIA_PERSONAS_DIR: 'panels' },
    says: /panels\/two\.md:4: .*no persona "nobody" \(there are: .*critic.*; correct that line/,
    dice: /panels\/two\.md:4: .*; corrige esa línea/,
  },
  {
    kind: 'a folder of personas that is not there',
    args: ['debate'],
    env: { TERTULIA_PERSONAS_DIR: 'nobody-home' },
    says: /personas folder .*nobody-home cannot be read; create it or correct TERTULIA_PERSONAS_DIR/,
  },
  {
    kind: 'a model without its provider',
    args: ['debate'],
    env: withModel('gpt-5'),
    says: /“gpt-5” does not say whose model it is: write provider:name, such as openai:gpt-5/,
    dice: /«gpt-5» no dice de quién es el modelo: escribe proveedor:nombre/,
  },
  {
    kind: 'a provider nobody knows',
    args: ['debate'],
    env: withModel('acme:one'),
    says: /model provider “acme”: use one of .*anthropic.*OPENAI_BASE_URL/,
  },
  {
    kind: 'a provider whose package is not installed',
    args: ['debate'],
    env: withModel('anthropic:claude'),
    says: /anthropic need a package that is not installed: npm install @langchain\/anthropic/,
  },
  {
    kind: 'no key',
    args: ['debate'],
    env: { TERTULIA_MODEL: 'openai:gpt-5' },
    says: /no key for openai:gpt-5: set OPENAI_API_KEY, or point OPENAI_BASE_URL/,
    dice: /No hay clave para openai:gpt-5: indica OPENAI_API_KEY/,
  },
  {
    kind: 'a model server that is no address',
    args: ['debate'],
    env: { ...withModel('openai:mock'), OPENAI_BASE_URL: 'localhost' },
    says: /OPENAI_BASE_URL must be an address such as http:.*; correct it/,
  },
];

describe.each([
  ['the article', articles],
  ['the command line', commandLines],
  ['the settings', settings],
])('%s', (_, cases) => {
  test.each(cases)('$kind', async (bad) => {
    const ran = await refuse(bad, { FILES }, { TERTULIA_DATA_DIR: UNMADE });
    expect(ran.stdout).toBe('');
    expect(existsSync(join(FILES, UNMADE))).toBe(false);
  });
});

describe('a process of its own', () => {
  test('no command at all is answered with help', async () => {
    const ran = await runCommand([], { cwd: FILES });
    expect(ran).toMatchObject({ code: 0, stderr: '' });
    expect(ran.stdout).toContain('tertulia debate paper.pdf');
  });

  test('what is wrong is said, and it ends with the code for that', async () => {
    const ran = await runCommand(['debate', 'no-such.pdf'], { cwd: FILES, env: { LANG: 'es_ES.UTF-8' } });
    expectSentence(ran, 2, /No existe el archivo «.*no-such.pdf»: comprueba la ruta/);
    expect(ran.stdout).toBe('');
  });
});
