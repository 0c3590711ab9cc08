/** Which verbs are a button away, and what must be asked before they are done. Pure. */
import type { DebateStatus, Invitation, Localised } from '../debate.ts';
import type { VerbArgument, VerbDefinition } from '../ports/host.ts';

/** What people want most at each point, in this order, as far as the host has it; everything else is a command away. */
const OFFERED: Readonly<Record<DebateStatus, readonly string[]>> = {
  running: ['pause', 'stop', 'ask', 'hear', 'dissent'],
  paused: ['resume', 'stop', 'ask', 'extend', 'dissent'],
  concluded: ['round', 'ask', 'dissent', 'export'],
  stopped: ['round', 'ask', 'dissent', 'export'],
  failed: ['resume', 'stop', 'export'],
};

/** Those the host has and that make sense, in order. */
export function offered(verbs: readonly VerbDefinition[], status: DebateStatus): readonly VerbDefinition[] {
  return OFFERED[status].flatMap((name) => {
    const verb = verbs.find((each) => each.name === name);
    return verb?.when?.includes(status) ? [verb] : [];
  });
}

/** Arguments a button does not know. */
export function askedFor(verb: VerbDefinition, known: Readonly<Record<string, string>> = {}): readonly VerbArgument[] {
  return verb.args.filter(({ name, required }) => required && known[name] === undefined);
}

/** How an invitation is put: the verb, and where what it still asks is one of a few, each of them with its argument. */
export interface Put {
  readonly verb: VerbDefinition;
  readonly args: Readonly<Record<string, string>>;
  readonly label: Localised;
}

/** A button each; none for a verb the host does not have. `most`: options that may have one of their own. */
export function put({ verb: name, args }: Invitation, verbs: readonly VerbDefinition[], most: number): readonly Put[] {
  const verb = verbs.find((each) => each.name === name);
  if (!verb) return [];
  const [asked, ...others] = askedFor(verb, args);
  const { options = [] } = asked ?? {};
  if (!asked || others.length > 0 || options.length === 0 || options.length > most) {
    return [{ verb, args, label: verb.word }];
  }
  return options.map((option) => ({ verb, args: { ...args, [asked.name]: option.id }, label: option.name }));
}
