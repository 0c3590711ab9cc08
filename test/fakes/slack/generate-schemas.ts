/** Writes `requests.schema.json` from `requests.ts`: `npm run slack:schemas`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import {
  type CompletedConfig,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  SchemaGenerator,
} from 'ts-json-schema-generator';

type Program = ReturnType<typeof createProgram>;
type Node = Parameters<SchemaGenerator['createSchemaFromNodes']>[0][number];

/** Shorter ones are written out. */
const LEAST_SHARED = 150;

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The schema file's text. Takes a few seconds: it runs a TypeScript of its own over the typings. */
export function generateSchemas(): string {
  const path = here('requests.ts');
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path,
    tsconfig: here('../../../tsconfig.json'),
    type: 'Requests',
    skipTypeCheck: true,
    jsDoc: 'none',
  };
  const program = createProgram(config);
  const methods: Record<string, unknown> = {};
  const definitions: Record<string, unknown> = {};
  for (const [method, node] of argumentTypes(program, path)) {
    // One generator a method: the typings have types of one name in several files, which one run refuses.
    const generator = new SchemaGenerator(program, createParser(program, config), createFormatter(config), config);
    const { $schema: _, definitions: own = {}, ...schema } = generator.createSchemaFromNodes([node]);
    // A type written out in `Requests` itself is called after it.
    const { Requests: nameless, ...named } = own;
    methods[method] = nameless ?? schema;
    for (const [name, definition] of Object.entries(named)) {
      if (definitions[name] !== undefined && !isDeepStrictEqual(definitions[name], definition))
        throw new Error(`${method}: another ${name}`);
      definitions[name] = definition;
    }
  }
  const all = { Requests: { type: 'object', properties: methods }, ...definitions };
  return `${withoutPlaces(JSON.stringify({ definitions: shared(all) }))}\n`;
}

/** Nameless parts that come again and again, as intersections of unions do, become definitions: compiled once, not 24 times. */
function shared(definitions: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const counts = new Map<string, number>();
  const count = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const text = JSON.stringify(value);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    for (const inner of Object.values(value)) count(inner);
  };
  for (const definition of Object.values(definitions)) count(definition);
  const names = new Map<string, string>();
  const hoisted: Record<string, unknown> = {};
  const inside = (value: object): unknown =>
    Array.isArray(value)
      ? value.map(replaced)
      : Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
  const replaced = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const text = JSON.stringify(value);
    const isSchema = 'type' in value && typeof value.type === 'string' && !Array.isArray(value);
    if (!isSchema || text.length < LEAST_SHARED || (counts.get(text) ?? 0) < 2) return inside(value);
    const name = names.get(text) ?? `Shared${names.size + 1}`;
    if (!names.has(text)) {
      names.set(text, name);
      hoisted[name] = inside(value);
    }
    return { $ref: `#/definitions/${name}` };
  };
  const named = Object.entries(definitions).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? inside(value) : value,
  ]);
  return { ...Object.fromEntries(named), ...hoisted };
}

/** The members of `Requests`: method and type of its arguments. */
function argumentTypes(program: Program, path: string): [string, Node][] {
  const found: [string, Node][] = [];
  // Nodes know their source only once there is a checker.
  program.getTypeChecker();
  program.getSourceFile(path)?.forEachChild((node) => {
    if (!node.getText().startsWith('export interface Requests')) return;
    node.forEachChild((member) => {
      const [name, , type] = member.getChildren();
      if (name !== undefined && type !== undefined) found.push([name.getText().replaceAll("'", ''), type]);
    });
  });
  return found;
}

/** Nameless types are called after a hash of where their file lies, which is no business of the schema. */
function withoutPlaces(text: string): string {
  const hashes: string[] = [];
  return text.replaceAll(/\d{7,}/g, (hash) => {
    if (!hashes.includes(hash)) hashes.push(hash);
    return `file${hashes.indexOf(hash)}`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(here('requests.schema.json'), generateSchemas());
