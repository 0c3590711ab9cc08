/** Which verbs are a button away, and what must be asked before they are done. Pure. */
import type { DebateStatus } from './debate.ts';
import type { VerbArgument, VerbDefinition } from './ports.ts';

/** What people want most at each point, in this order, as far as the host has it; everything else is a command away. */
const OFFERED: Readonly<Record<DebateStatus, readonly string[]>> = {
  running: ['pause', 'stop', 'ask'],
  paused: ['resume', 'stop', 'ask'],
  concluded: ['round', 'ask', 'export'],
  stopped: ['round', 'ask', 'export'],
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
