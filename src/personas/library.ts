/** Loads personas and panels from Markdown files with front matter, and says where a mistake stands. */
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { Localised, Panel, Persona } from '../debate.ts';
import { InputError } from '../errors.ts';

/** The personas and panels that ship with Tertulia. */
const BUILT_IN = import.meta.dirname;

export const DEFAULT_PANEL = 'seven';

export type ListedPanel = Panel & { readonly summary: Localised };

export interface Library {
  readonly personas: ReadonlyMap<string, Persona>;
  /** The default first. */
  readonly panels: ReadonlyMap<string, ListedPanel>;
}

const words = z.string().trim().min(1);
/** One text for all languages, or one for each. */
const localised = z.union([
  words.transform((text) => ({ en: text, es: text })),
  z.object({ en: words, es: words }).strict(),
]);
const terms = z.array(words.transform((term) => term.toLowerCase())).min(1);

const personaFile = z
  .object({
    role: z.enum(['coordinator', 'persona']).default('persona'),
    name: localised,
    face: words.refine((face) => [...new Intl.Segmenter().segment(face)].length === 1, 'one emoji'),
    color: z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as "#1c7ed6"'),
    duty: localised,
    stance: localised,
    lens: z.union([terms.transform((list) => ({ en: list, es: list })), z.object({ en: terms, es: terms }).strict()]),
    never: localised,
    model: words.optional(),
    temperature: z.number().min(0).max(2).optional(),
  })
  .strict();

const panelFile = z
  .object({
    name: localised,
    summary: localised,
    coordinator: words.default('coordinator'),
    personas: z.array(words).min(1).max(12),
  })
  .strict();

/**
 * The built-in library with a team's own folder over it: `*.md` are personas, `panels/*.md` panels; a file's name is
 * the id. Rejects with an InputError that names file and line.
 */
export async function loadLibrary(folder: string | null): Promise<Library> {
  const folders = folder === null ? [BUILT_IN] : [BUILT_IN, folder];
  if (folder !== null) await mustExist(folder);
  const personas = new Map<string, Persona>();
  for (const each of folders) {
    for (const file of await markdownFiles(each)) {
      const { model, temperature, ...rest } = await frontMatter(file, personaFile);
      const id = basename(file, '.md');
      personas.set(id, {
        id,
        ...rest,
        ...(model !== undefined && { model }),
        ...(temperature !== undefined && { temperature }),
      });
    }
  }
  const panels = new Map<string, ListedPanel>();
  for (const each of folders) {
    for (const file of await markdownFiles(join(each, 'panels'))) {
      const { value, fail } = await readFrontMatter(file, panelFile);
      panels.set(basename(file, '.md'), assemble(basename(file, '.md'), value, personas, fail));
    }
  }
  const isFirst = (id: string) => Number(id !== DEFAULT_PANEL);
  return { personas, panels: new Map([...panels].toSorted(([a], [b]) => isFirst(a) - isFirst(b))) };
}

/** The panel of that name, or an InputError that lists those there are. */
export function findPanel(library: Library, id: string): Panel {
  const panel = library.panels.get(id);
  if (panel) return { id: panel.id, name: panel.name, coordinator: panel.coordinator, personas: panel.personas };
  const known = [...library.panels.keys()].join(', ');
  throw new InputError({
    en: `There is no panel called "${id}"; use one of: ${known}.`,
    es: `No hay ninguna mesa llamada «${id}»; usa una de estas: ${known}.`,
  });
}

function assemble(
  id: string,
  file: z.infer<typeof panelFile>,
  personas: ReadonlyMap<string, Persona>,
  fail: Fail,
): ListedPanel {
  const find = (persona: string, path: (string | number)[], role: Persona['role']): Persona => {
    const found = personas.get(persona);
    const known = [...personas.values()].filter((each) => each.role === role).map((each) => each.id);
    if (!found) throw fail(path, `there is no persona "${persona}" (there are: ${known.join(', ')})`);
    if (found.role !== role) throw fail(path, `"${persona}" has the role ${found.role}, a ${role} is needed here`);
    return found;
  };
  const repeated = file.personas.find((persona, at) => file.personas.indexOf(persona) !== at);
  if (repeated) throw fail(['personas'], `"${repeated}" is listed twice`);
  return {
    id,
    name: file.name,
    summary: file.summary,
    coordinator: find(file.coordinator, ['coordinator'], 'coordinator'),
    personas: file.personas.map((persona, at) => find(persona, ['personas', at], 'persona')),
  };
}

type Fail = (path: readonly PropertyKey[], problem: string) => InputError;

async function frontMatter<T>(file: string, schema: z.ZodType<T>): Promise<T> {
  return (await readFrontMatter(file, schema)).value;
}

async function readFrontMatter<T>(file: string, schema: z.ZodType<T>): Promise<{ value: T; fail: Fail }> {
  const source = await readFile(file, 'utf8');
  const at = (line: number, problem: string, cause?: unknown) =>
    new InputError(
      {
        en: `${file}:${line}: ${problem}; correct that line.`,
        es: `${file}:${line}: ${problem}; corrige esa línea.`,
      },
      { cause },
    );
  const match = /^---\r?\n([\s\S]*?)\r?\n---(?:\r?\n|$)/.exec(source.replace(/^\uFEFF/, ''));
  if (!match?.[1]) throw at(1, 'the file must begin with front matter between two lines of ---');
  const lines = new LineCounter();
  const document = parseDocument(match[1], { lineCounter: lines, prettyErrors: false });
  // The front matter's first line is the file's second.
  const lineOf = (offset: number) => lines.linePos(offset).line + 1;
  const broken = document.errors[0];
  if (broken) throw at(lineOf(broken.pos[0]), `not valid YAML (${broken.message})`, broken);
  const fail: Fail = (path, problem) => at(lineOf(offsetOf(document, path)), problem);
  const parsed = schema.safeParse(document.toJS() ?? {});
  if (parsed.success) return { value: parsed.data, fail };
  const issue = parsed.error.issues[0];
  throw fail(issue?.path ?? [], `${issue?.path.join('.') || 'front matter'}: ${issue?.message ?? 'not valid'}`);
}

/** Where the deepest part of the path that exists begins. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      return Number(node.range[0]);
    }
  }
  return 0;
}

async function markdownFiles(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith('.md') && name.toLowerCase() !== 'readme.md')
    .sort()
    .map((name) => join(folder, name));
}

async function mustExist(folder: string): Promise<void> {
  await readdir(folder).catch((cause: unknown) => {
    throw new InputError(
      {
        en: `The personas folder ${folder} cannot be read; create it or correct TERTULIA_PERSONAS_DIR.`,
        es: `No se puede leer la carpeta de personas ${folder}; créala o corrige TERTULIA_PERSONAS_DIR.`,
      },
      { cause },
    );
  });
}
