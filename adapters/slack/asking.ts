/** From something a person did to what the host makes of it, and back to them. */

import type { Choices } from '../../src/chat/typed.ts';
import { inLanguage, type Language } from '../../src/debate.ts';
import { InputError } from '../../src/errors.ts';
import type { Host, Incoming, Place, VerbArgument, VerbDefinition } from '../../src/ports/host.ts';
import { type Asker, answer, answerFailure } from './answers.ts';
import type { Connection, Workspace } from './connection.ts';
import { capital } from './controls.ts';
import { helpOn, NAME } from './decode.ts';

/** What is asked, once all that it takes is here; a text: only an answer is owed; null: nothing was said. */
export type Asked = Pick<Incoming, 'act' | 'place' | 'attachments'> | string | null;

/** Finds out what is asked, has the host do it and answers. Never rejects: what goes wrong is told, or logged. */
export async function see(
  connection: Connection,
  asker: Asker,
  id: string,
  ask: () => Asked | Promise<Asked>,
): Promise<void> {
  try {
    const asked = await ask();
    if (asked === null) return;
    if (typeof asked === 'string') return await answer(connection, asker, { text: asked });
    const { person } = await connection.people.of(asker.workspace, asker.user);
    const reply = await connection.host.receive({ id, by: person, language: asker.language, ...asked });
    await answer(connection, asker, reply);
  } catch (error) {
    await answerFailure(connection, asker, error).catch((cause: unknown) =>
      connection.log('somebody could not be answered', { workspace: asker.workspace.id }, cause),
    );
  }
}

export function placeIn(workspace: Workspace, channel: string, thread: string | null): Place {
  return { adapter: NAME, workspace: workspace.id, channel, thread };
}

/** What an argument may be; nothing when it may be anything. */
export async function offeredFor(
  { choices, options }: VerbArgument,
  place: Place,
  { host, people, workspace }: Connection,
  language: Language,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  if (options) return options.map(({ id, name }) => ({ id, name: capital(inLanguage(name, language)) }));
  if (choices === undefined) return [];
  if (choices !== 'roles') return host.choices(place, choices, language);
  // Whoever is about to choose one may have just made it.
  return people.groups(await workspace(place.workspace), true);
}

/** What all arguments of a verb may be, by kind. */
export async function choicesFor(
  verb: VerbDefinition,
  place: Place,
  connection: Connection,
  language: Language,
): Promise<Choices> {
  const entries = verb.args.flatMap((argument) =>
    argument.choices
      ? [offeredFor(argument, place, connection, language).then((offered) => [argument.choices, offered])]
      : [],
  );
  return Object.fromEntries(await Promise.all(entries));
}

export function help({ verbs }: Pick<Host, 'verbs'>, language: Language): string {
  return helpOn(verbs, language);
}

export function verbNamed(name: string, { verbs }: Pick<Host, 'verbs'>): VerbDefinition {
  const verb = verbs.find((each) => each.name === name);
  if (verb) return verb;
  throw new InputError({
    en: `There is no "${name}" any more; type "/debate help" to see what there is.`,
    es: `«${name}» ya no existe; escribe «/debate ayuda» para ver lo que hay.`,
  });
}
