/** Requests checked against the schemas made from the client library's typings, and against the official document. */
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import type { AnyValidateFunction } from 'ajv/dist/types/index.js';
import { z } from 'zod';
import { invalidForm, refusal } from './errors.ts';
import type { Body, Checker, Query, Raw } from './router.ts';

const MOST_ERRORS = 6;

const schemaFile = z.object({
  definitions: z.looseObject({
    Bodies: z.object({ properties: z.record(z.string(), z.unknown()) }),
    Queries: z.object({ properties: z.record(z.string(), z.unknown()) }),
  }),
});

/** The checker of the generated schemas; they are compiled once a process, each when first needed. */
export function typingsChecker(): Checker {
  made ??= makeChecker();
  return made;
}
let made: Checker | undefined;

function makeChecker(): Checker {
  const schemas = schemaFile.parse(JSON.parse(readFileSync(new URL('requests.schema.json', import.meta.url), 'utf8')));
  const bodies = new Ajv({ strict: false, allowUnionTypes: true });
  const queries = new Ajv({ strict: false, coerceTypes: true });
  for (const ajv of [bodies, queries]) ajv.addSchema([{ $id: 'requests', ...schemas }, { $id: 'anything' }]);
  const knows = (kind: 'Bodies' | 'Queries', route: string) =>
    schemas.definitions[kind].properties[route] !== undefined;
  const check = <T>(ajv: Ajv, kind: 'Bodies' | 'Queries', route: string, value: unknown): T => {
    const pointer = route.replaceAll('~', '~0').replaceAll('/', '~1').replaceAll(' ', '%20');
    const $ref = `requests#/definitions/${kind}/properties/${pointer}`;
    const validate = ajv.getSchema<T>(knows(kind, route) ? $ref : 'anything');
    if (validate === undefined) throw new Error(`no schema for ${route}`);
    if (fits(validate, value)) return value;
    throw invalidForm(faults(kind === 'Bodies' ? 'body' : 'query', validate.errors));
  };
  // Compiling takes a tenth of a second, which would count as the first interaction's.
  bodies.getSchema(`requests#/definitions/RESTPostAPIInteractionCallbackJSONBody`);
  return {
    // A client may send an empty object where nothing is expected.
    body: <R extends string>(route: R, raw: Raw) =>
      check<Body<R>>(bodies, 'Bodies', route, knows('Bodies', route) ? raw.body : undefined),
    query: <R extends string>(route: R, raw: Raw) => {
      const known = knows('Queries', route);
      const names = Object.keys(raw.query);
      if (!known && names.length > 0) {
        throw invalidForm([{ path: 'query', code: 'UNKNOWN', message: `not expected: ${names.join(', ')}` }]);
      }
      return check<Query<R>>(queries, 'Queries', route, known ? { ...raw.query } : undefined);
    },
  };
}

function fits<T>(validate: AnyValidateFunction<T>, value: unknown): value is T {
  return validate(value) === true;
}

function faults(where: string, errors: readonly ErrorObject[] | null | undefined) {
  // Of a union every branch complains: the deepest complaints are about the branch that was meant.
  const deepest = [...(errors ?? [])].sort((a, b) => b.instancePath.length - a.instancePath.length);
  return deepest.slice(0, MOST_ERRORS).map((error) => ({
    path: `${where}${error.instancePath.replaceAll('/', '.')}`,
    code: error.keyword,
    message: `${error.message ?? 'invalid'} ${JSON.stringify(error.params)}`,
  }));
}

const content = z.looseObject({ content: z.record(z.string(), z.unknown()).optional() });
const operation = z.looseObject({
  parameters: z.array(z.looseObject({ name: z.string(), in: z.string() })).optional(),
  requestBody: content.optional(),
  responses: z.record(z.string(), content),
});
const openApi = z.looseObject({
  openapi: z.string().startsWith('3.1'),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({}),
});
const JSON_TYPE = 'application/json';

export interface OpenApiChecker {
  /** What is wrong with a request. */
  request(raw: Raw): readonly string[];
  /** What is wrong with our own answer to it. */
  answer(raw: Raw, value: unknown): readonly string[];
}

const officials = new Map<string, OpenApiChecker>();

/** Checks against the official OpenAPI document; read once a process. */
export function openApiChecker(path: string): OpenApiChecker {
  const known = officials.get(path) ?? makeOpenApiChecker(path);
  officials.set(path, known);
  return known;
}

function makeOpenApiChecker(path: string): OpenApiChecker {
  const { paths, components } = openApi.parse(JSON.parse(readFileSync(path, 'utf8')));
  const lax = { strict: false, validateFormats: false, allowUnionTypes: true };
  const [bodies, queries] = [new Ajv2020(lax), new Ajv2020({ ...lax, coerceTypes: true })];
  for (const ajv of [bodies, queries]) ajv.addSchema({ $id: 'discord', components, paths });
  const wrong = (ajv: Ajv2020, what: string, pointer: readonly string[], value: unknown): string[] => {
    const parts = pointer.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')));
    const validate = ajv.getSchema(`discord#/${parts.join('/')}`);
    if (validate === undefined) throw new Error(`the document has no ${pointer.join(' ')}`);
    return validate(value) === true ? [] : faults(what, validate.errors).map((one) => `${one.path} ${one.message}`);
  };
  const find = (raw: Raw) => {
    const template = bestTemplate(Object.keys(paths), raw);
    const method = raw.method.toLowerCase();
    const found = template === null ? undefined : paths[template]?.[method];
    return template === null || found === undefined
      ? null
      : { at: ['paths', template, method], operation: operation.parse(found) };
  };
  return {
    request(raw) {
      const found = find(raw);
      if (found === null) return [`the official document has no ${raw.method} ${raw.path}`];
      const { parameters = [], requestBody } = found.operation;
      const inQuery = Object.entries(raw.query).flatMap(([name, value]) => {
        const n = parameters.findIndex((one) => one.in === 'query' && one.name === name);
        if (n === -1) return [`query ${name} is not in the document`];
        return wrong(queries, `query.${name}`, [...found.at, 'parameters', String(n), 'schema'], value);
      });
      if (requestBody?.content?.[JSON_TYPE] === undefined || raw.body === undefined) return inQuery;
      return [
        ...inQuery,
        ...wrong(bodies, 'body', [...found.at, 'requestBody', 'content', JSON_TYPE, 'schema'], raw.body),
      ];
    },
    answer(raw, value) {
      const found = find(raw);
      const status = ['200', '201'].find(
        (code) => found?.operation.responses[code]?.content?.[JSON_TYPE] !== undefined,
      );
      if (found === null || status === undefined || value === undefined) return [];
      const sent: unknown = JSON.parse(JSON.stringify(value));
      return wrong(bodies, 'answer', [...found.at, 'responses', status, 'content', JSON_TYPE, 'schema'], sent);
    },
  };
}

function bestTemplate(templates: readonly string[], raw: Raw): string | null {
  const given = raw.path.split('/');
  const variable = (part: string) => part.startsWith('{');
  const fits = templates.filter((template) => {
    const parts = template.split('/');
    return parts.length === given.length && parts.every((part, n) => variable(part) || part === given[n]);
  });
  const variables = (template: string) => template.split('/').filter(variable).length;
  return fits.sort((a, b) => variables(a) - variables(b))[0] ?? null;
}

/** The JSON of a request, or 50109. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw refusal(50109);
  }
}
