/** Writes `requests.schema.json` from `requests.ts`: `npm run discord:schemas`. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  type CompletedConfig,
  createFormatter,
  createParser,
  createProgram,
  DEFAULT_CONFIG,
  type NodeParser,
  SchemaGenerator,
  type SubNodeParser,
} from 'ts-json-schema-generator';

/** A helper of the typings that adds `| undefined` all the way down; JSON has no undefined, so it changes nothing. */
const ADDS_UNDEFINED = '_AddUndefinedToPossiblyUndefinedPropertiesOfInterface<';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The schema file's text. Takes a few seconds: it runs a TypeScript of its own over the typings. */
export function generateSchemas(): string {
  const config: CompletedConfig = {
    ...DEFAULT_CONFIG,
    path: here('requests.ts'),
    tsconfig: here('../../../tsconfig.json'),
    type: '*',
    skipTypeCheck: true,
    jsDoc: 'none',
    // As Discord does: discord.js itself sends fields that a route has no use for.
    additionalProperties: true,
  };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => chain.addNodeParser(seeThrough(chain)));
  const schema = new SchemaGenerator(program, parser, createFormatter(config), config).createSchema('*');
  const text = JSON.stringify(schema, (key, value: unknown) => {
    // discord.js sends null for no emoji.
    if (key === 'emoji') return { anyOf: [value, { type: 'null' }] };
    return /Flags$/.test(key) ? bitfield(value) : value;
  });
  return `${withoutPlaces(text)}\n`;
}

/** Nameless types are called after a hash of where their file lies, which is no business of the schema. */
function withoutPlaces(text: string): string {
  const hashes: string[] = [];
  return text.replaceAll(/\d{7,}/g, (hash) => {
    if (!hashes.includes(hash)) hashes.push(hash);
    return `file${hashes.indexOf(hash)}`;
  });
}

function seeThrough(chain: object): SubNodeParser {
  if (!isParser(chain)) throw new Error('the generator has changed: its chain of parsers parses no more');
  return {
    supportsNode: (node) => 'typeArguments' in node && node.getText().startsWith(ADDS_UNDEFINED),
    createType: (node, context, reference) => {
      // Children: name, '<', the list of arguments, '>'.
      const inner = node.getChildren()[2]?.getChildren()[0];
      if (inner === undefined) throw new Error(`no argument in ${node.getText()}`);
      return chain.createType(inner, context, reference);
    },
  };
}

function isParser(value: object): value is NodeParser {
  return 'createType' in value;
}

/** The typings list single bits as an enum; on the wire they are combined. */
function bitfield(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'enum' in value ? { type: 'integer', minimum: 0 } : value;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(here('requests.schema.json'), generateSchemas());
