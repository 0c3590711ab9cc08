/** Requests checked against the schemas made from the client library's typings: forms decoded, types established. */
import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import type { AnyValidateFunction } from 'ajv/dist/types/index.js';
import { z } from 'zod';
import { broken } from './errors.ts';
import type { Requests } from './requests.ts';

export type Method = keyof Requests;

const MOST_ERRORS = 6;

const node = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
});
const file = z.object({
  definitions: z.looseObject({ Requests: z.object({ properties: z.record(z.string(), z.unknown()) }) }),
});

export interface Checker {
  knows(method: string): method is Method;
  /** The arguments as the handlers know them, or `invalid_arguments`. */
  check<M extends Method>(method: M, given: Readonly<Record<string, unknown>>): Requests[M];
}

/** Compiled once a process, each method when first called. */
export function typingsChecker(): Checker {
  made ??= makeChecker();
  return made;
}
let made: Checker | undefined;

function makeChecker(): Checker {
  const schemas = file.parse(JSON.parse(readFileSync(new URL('requests.schema.json', import.meta.url), 'utf8')));
  const methods = schemas.definitions.Requests.properties;
  const ajv = new Ajv({ strict: false, allowUnionTypes: true, inlineRefs: false });
  ajv.addSchema({ $id: 'requests', ...schemas });
  const kinds = new Map<string, ReadonlyMap<string, ReadonlySet<string>>>();
  const kindsOf = (method: string) => {
    const known = kinds.get(method) ?? argumentKinds(schemas.definitions, methods[method]);
    kinds.set(method, known);
    return known;
  };
  return {
    knows: (method): method is Method => Object.hasOwn(methods, method),
    check: <M extends Method>(method: M, given: Readonly<Record<string, unknown>>): Requests[M] => {
      const decoded: unknown = decodeForm(kindsOf(method), given);
      const validate = ajv.getSchema(`requests#/definitions/Requests/properties/${method}`);
      if (validate === undefined) throw new Error(`no schema for ${method}`);
      if (fits<M>(validate, decoded)) return decoded;
      throw broken('invalid_arguments', ...complaints(validate.errors));
    },
  };
}

function fits<M extends Method>(validate: AnyValidateFunction, value: unknown): value is Requests[M] {
  return validate(value) === true;
}

function complaints(errors: readonly ErrorObject[] | null | undefined): string[] {
  // Of a union every branch complains: the deepest complaints are about the branch that was meant.
  const deepest = [...(errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  const all = deepest.map(
    ({ message = 'invalid', params, instancePath }) =>
      `${message} ${JSON.stringify(params)} [json-pointer:${instancePath}]`,
  );
  return [...new Set(all)].slice(0, MOST_ERRORS);
}

/** Argument → the JSON types it may have, over all branches. */
function argumentKinds(definitions: Readonly<Record<string, unknown>>, schema: unknown) {
  const kinds = new Map<string, Set<string>>();
  const resolve = (one: unknown) => {
    const parsed = node.parse(one);
    const name = parsed.$ref?.replace('#/definitions/', '');
    return name === undefined ? parsed : node.parse(definitions[decodeURIComponent(name)]);
  };
  const typesOf = (one: unknown): string[] => {
    const { type, anyOf = [], allOf = [], enum: among, const: only } = resolve(one);
    const own =
      type === undefined ? (among ?? (only === undefined ? [] : [only])).map((value) => typeof value) : [type];
    return [...own.flat(), ...anyOf.flatMap(typesOf), ...allOf.flatMap(typesOf)];
  };
  const walk = (one: unknown): void => {
    const { properties = {}, anyOf = [], allOf = [] } = resolve(one);
    for (const [name, value] of Object.entries(properties)) {
      const known = kinds.get(name) ?? new Set();
      for (const type of typesOf(value)) known.add(type);
      kinds.set(name, known);
    }
    for (const branch of [...anyOf, ...allOf]) walk(branch);
  };
  walk(schema);
  return kinds;
}

/** A form knows strings only; Slack reads them as what the argument is. */
function decodeForm(kinds: ReadonlyMap<string, ReadonlySet<string>>, given: Readonly<Record<string, unknown>>) {
  const decode = (name: string, value: unknown): unknown => {
    const kind = kinds.get(name);
    if (typeof value !== 'string' || kind === undefined || kind.has('string')) return value;
    if (kind.has('boolean') && /^(true|false|1|0)$/.test(value)) return value === 'true' || value === '1';
    if ((kind.has('number') || kind.has('integer')) && /^-?\d+(\.\d+)?$/.test(value)) return Number(value);
    if (kind.has('array') || kind.has('object')) return parseJson(value) ?? value;
    return value;
  };
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, decode(name, value)]));
}

/** undefined: it is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
