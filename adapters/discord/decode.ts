/** What a person did on Discord, as an act of the debate. Pure. */
import type { Incoming, VerbDefinition } from '../../src/ports/host.ts';

export const NAME = 'discord';

export type Act = Incoming['act'];

/** What is written without our own mention, other people called by name. */
export function plainWords(content: string, self: string, nameOf: (id: string) => string | undefined): string {
  return content
    .replace(/<@!?(\d+)>/g, (whole, id: string) => (id === self ? '' : `@${nameOf(id) ?? whole}`))
    .replace(/<a?(:\w+:)\d+>/g, '$1')
    .trim();
}

/** Options of a command by name, as text; roles that were mentioned become their ids. */
export function decodeOptions(
  options: readonly { readonly name: string; readonly value?: string | number | boolean }[],
  verb: VerbDefinition,
): Readonly<Record<string, string>> {
  const entries = options.flatMap(({ name, value }) => {
    const argument = verb.args.find((each) => each.name.toLowerCase() === name);
    if (!argument || value === undefined) return [];
    const text = String(value);
    const roles = argument.choices === 'roles' ? [...text.matchAll(/<@&(\d+)>/g)].map((match) => match[1]) : [];
    return [[argument.name, roles.length > 0 ? roles.join(' ') : text]];
  });
  return Object.fromEntries(entries);
}
