/** Requests and answers checked against Slack's own descriptions of its methods, where a folder of them is at hand. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { COMMON_ERRORS, UNLISTED_ERRORS } from './errors.ts';

const description = z.looseObject({
  args: z.record(z.string(), z.looseObject({ required: z.boolean().optional(), type: z.string().optional() })),
  errors: z.record(z.string(), z.unknown()),
});
type Description = z.infer<typeof description>;

/** Arguments every method takes. */
const ANYWHERE = new Set(['token', 'team_id']);

/** Where description and typings differ, and the client library goes by the typings. */
const UNDESCRIBED: Readonly<Record<string, readonly string[]>> = {
  'chat.stopStream': ['session_status'],
  'files.getUploadURLExternal': ['alt_text'],
};
const NOT_REALLY_REQUIRED: Readonly<Record<string, readonly string[]>> = {
  // The library's own streamer sends chunks instead.
  'chat.appendStream': ['markdown_text'],
};

export interface Official {
  /** What is wrong with a request. */
  request(method: string, given: Readonly<Record<string, unknown>>): readonly string[];
  /** What is wrong with our own error. */
  error(method: string, code: string): readonly string[];
}

/** `folder` has one JSON file a method. */
export function officialDescriptions(folder: string): Official {
  const known = new Map<string, Description | null>();
  const find = (method: string): Description | null => {
    const cached = known.get(method);
    if (cached !== undefined) return cached;
    const path = join(folder, `${method}.json`);
    const found = existsSync(path) ? description.parse(JSON.parse(readFileSync(path, 'utf8'))) : null;
    known.set(method, found);
    return found;
  };
  return {
    request(method, given) {
      const described = find(method);
      if (described === null) return [];
      const { args } = described;
      const strange = Object.keys(given).filter(
        (name) => args[name] === undefined && !ANYWHERE.has(name) && !UNDESCRIBED[method]?.includes(name),
      );
      const missing = Object.entries(args)
        .filter(([name, { required }]) => required === true && !NOT_REALLY_REQUIRED[method]?.includes(name))
        .filter(([name]) => given[name] === undefined || given[name] === null);
      return [
        ...strange.map((name) => `${name} is not in its description`),
        ...missing.map(([name]) => `${name} is required by its description`),
      ];
    },
    error(method, code) {
      const described = find(method);
      const fine =
        described === null ||
        code in described.errors ||
        COMMON_ERRORS.has(code) ||
        UNLISTED_ERRORS[method]?.includes(code);
      return fine ? [] : [`${code} is none of its errors`];
    },
  };
}
