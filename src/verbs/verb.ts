/** What a verb is, and what most of them need. */

import { type Debate, type Format, inLanguage, type Log } from '../debate.ts';
import type { Preparation, Request } from '../host/convene.ts';
import type { Dissents } from '../host/dissents.ts';
import type { Library } from '../personas/library.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Incoming, Reply, VerbDefinition } from '../ports/host.ts';
import type { Store } from '../ports/store.ts';

export interface VerbContext {
  readonly store: Store;
  /** Of the platform it is done on. */
  readonly adapter: Adapter;
  readonly now: () => Date;
  /** As the workspace has it. */
  library(): Promise<Library>;
  readonly formats: readonly Format[];
  readonly prepared: Preparation;
  readonly newId: () => string;
  readonly incoming: Incoming;
  readonly args: Readonly<Record<string, string>>;
  /** The debate it is about, whole; null for verbs that need none. */
  readonly log: Log | null;
  /** The debate named, else that of this thread, for verbs that need none; rejects with an InputError when there is none. */
  debate(): Promise<Log>;
  readonly dissents: Dissents;
  readonly convene: (request: Request) => Promise<Debate>;
}

export interface Verb extends VerbDefinition {
  /** Makes the panel speak beyond what the debate was begun for. */
  readonly spends?: true;
  run(context: VerbContext): Promise<Reply>;
}

/** The argument of verbs about one debate. */
export const DEBATE = {
  name: 'debate',
  word: { en: 'debate', es: 'debate' },
  summary: { en: 'Which debate; that of this thread if left out', es: 'Qué debate; el de este hilo si no se dice' },
  required: false,
  choices: 'debates',
} as const;

/** Somebody of the panel. */
export const PANELLIST = {
  name: 'persona',
  word: { en: 'persona', es: 'persona' },
  summary: { en: 'Who should speak', es: 'Quién debe hablar' },
  required: true,
  choices: 'panellists',
} as const;

/** Who debates, how, and in which language: arguments of whatever begins a debate. */
export const CONDUCT = [
  {
    name: 'panel',
    word: { en: 'panel', es: 'mesa' },
    summary: { en: 'Who debates', es: 'Quiénes debaten' },
    required: false,
    choices: 'panels',
  },
  {
    name: 'format',
    word: { en: 'format', es: 'formato' },
    summary: { en: 'How it goes', es: 'Cómo se desarrolla' },
    required: false,
    choices: 'formats',
  },
  {
    name: 'language',
    word: { en: 'language', es: 'idioma' },
    summary: { en: 'Language of the debate', es: 'Idioma del debate' },
    required: false,
    choices: 'languages',
  },
] as const;

/** For verbs with a `when`: the host has found the debate they are about. */
export function needed(log: Log | null): Log {
  if (!log) throw new Error('this verb is about a debate and was given none');
  return log;
}

export function said(debate: Debate, incoming: Incoming, en: string, es: string): Reply {
  return { text: inLanguage({ en, es }, incoming.language), debateId: debate.id };
}
