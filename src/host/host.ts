/** What people do, whatever platform they do it on: verbs and words in a thread become commands on the log. */

import { type Debate, inLanguage, isOver, type Language, type Localised, type Log, type Thread } from '../debate.ts';
import { InputError } from '../errors.ts';
import { addressee } from '../formats/people.ts';
import { createInTurn } from '../in-turn.ts';
import type { Library } from '../personas/library.ts';
import { withTeam } from '../personas/team.ts';
import type { Adapter } from '../ports/adapter.ts';
import type { Host, Incoming, Place, Reply, VerbArgument } from '../ports/host.ts';
import type { Store } from '../ports/store.ts';
import { shortLine } from '../schedules/say.ts';
import { suspendAll } from '../schedules/scheduler.ts';
import { statusWords } from '../text/words.ts';
import { verbs } from '../verbs/registry.ts';
import type { Verb, VerbContext } from '../verbs/verb.ts';
import { AUTO } from './casting.ts';
import { type Convening, convene, type Occasion, type Request } from './convene.ts';
import { createDissents } from './dissents.ts';
import { amendHumanTurn, saveHumanTurn } from './human-turn.ts';
import { mayEditPersonas, maySteer, mustBeAllowedToSchedule, mustHaveBudget, roleNames } from './rights.ts';

export interface Hosting extends Omit<Convening, 'adapter' | 'inTurn'> {
  readonly adapter: (name: string) => Adapter;
}

export interface DebateHost extends Host {
  /** Saves a new debate, which the store wakes once it has its thread. */
  convene(request: Request, occasion: Occasion, signal?: AbortSignal): Promise<Debate>;
}

export function createHost(hosting: Hosting): DebateHost {
  const inTurn = createInTurn();
  const { store } = hosting;
  const dissents = createDissents();
  const conveneAt = async (request: Request, occasion: Occasion, signal?: AbortSignal) => {
    const library = await libraryOf(hosting, occasion.place.workspace);
    const adapter = hosting.adapter(occasion.place.adapter);
    return convene({ ...hosting, library, inTurn, adapter }, request, occasion, signal);
  };
  return {
    verbs,
    inbox: store.inbox,
    installations: store.installations,
    convene: conveneAt,
    receive: (incoming) => {
      const { act, place } = incoming;
      if (act.type === 'say') return hear(hosting, incoming, act.text);
      if (act.type === 'amend') return amend(store, place, act.of, act.text);
      if (act.type === 'withdraw') return amend(store, place, act.of, null);
      const context = {
        ...hosting,
        adapter: hosting.adapter(place.adapter),
        incoming,
        prepared: hosting,
        dissents,
        library: () => libraryOf(hosting, place.workspace),
        convene: (request: Request) => conveneAt(request, occasionOf(incoming)),
      };
      return perform(context, act);
    },
    choices: (place, kind, language) => choices(hosting, place, kind, language),
    holds: async (place) => place.thread !== null && (await debateHeld(store, place)) !== null,
    removed: (adapter, workspace) => breakOff(store, adapter, workspace),
  };
}

async function libraryOf({ store, library }: Hosting, workspace: string): Promise<Library> {
  return withTeam(library, await store.team(workspace));
}

function occasionOf({ id, by, place }: Incoming): Occasion {
  return { by, place, origin: `${place.adapter}:${id}` };
}

/** Somebody's deed, and what it may touch. */
type Doing = Omit<VerbContext, 'log' | 'args' | 'debate'>;

async function perform(
  context: Doing,
  act: { readonly verb: string; readonly args: Readonly<Record<string, string>> },
): Promise<Reply> {
  const { store, incoming } = context;
  const verb = verbs.find((each) => each.name === act.verb);
  if (!verb) throw unknownVerb(act.verb);
  const missing = verb.args.find((argument) => argument.required && !act.args[argument.name]?.trim());
  if (missing) {
    throw new InputError({
      en: `"${verb.word.en}" needs ${missing.word.en} (${missing.summary.en}); say it again with that.`,
      es: `«${verb.word.es}» necesita ${missing.word.es} (${missing.summary.es}); dilo otra vez con eso.`,
    });
  }
  for (const argument of verb.args) mustBeAnOption(argument, act.args[argument.name], verb);
  const debate = () => debateMeant(store, incoming.place, act.args.debate);
  const log = verb.when ? await debate() : null;
  if (log) makesSense(verb, log.debate);
  await mustBeAllowed(context, verb, log?.debate ?? null);
  if (verb.spends) await mustHaveBudget(context, incoming.place.workspace);
  return verb.run({ ...context, args: act.args, log, debate });
}

function mustBeAnOption({ options, word }: VerbArgument, given: string | undefined, verb: Verb): void {
  if (!options || given === undefined || options.some(({ id }) => id === given)) return;
  const list = (language: Language) => options.map(({ name }) => inLanguage(name, language)).join(', ');
  throw new InputError({
    en: `"${word.en}" of "${verb.word.en}" is one of: ${list('en')}; choose one.`,
    es: `«${word.es}» de «${verb.word.es}» es una de estas: ${list('es')}; elige una.`,
  });
}

/** Somebody wrote in a thread: it joins the record, and the next speaker it concerns takes it up. */
async function hear(hosting: Hosting, incoming: Incoming, text: string): Promise<Reply> {
  const { store, adapter } = hosting;
  const log = await debateMeant(store, incoming.place, undefined);
  const { debate } = log;
  if (text.trim() === '') return { text: '' };
  const to = addressee(text, log);
  const wakes = to !== undefined && isOver(debate.status);
  if (wakes) await mustHaveBudget({ ...hosting, adapter: adapter(incoming.place.adapter) }, debate.workspace);
  await saveHumanTurn(store, log, incoming, { key: `human-${incoming.id}`, text: text.trim(), to: to?.id });
  if (wakes) {
    await store.change(debate.workspace, debate.id, { status: 'running', endedAt: null });
  }
  return { text: '', debateId: debate.id };
}

/** Somebody put otherwise, or took back (`text` null), what they wrote. Whatever else they wrote is none of ours. */
async function amend(store: Store, place: Place, of: string, text: string | null): Promise<Reply> {
  const log = place.thread === null ? null : await debateAt(store, place);
  if (log) await amendHumanTurn(store, log, of, text);
  return { text: '' };
}

async function breakOff(store: Store, adapter: string, workspace: string): Promise<void> {
  await store.inbox.forget(adapter, workspace);
  await store.breakOff(workspace, adapter, 'the bot was removed from the workspace');
  await suspendAll(store, adapter, workspace);
}

async function debateAt(store: Store, place: Place): Promise<Log | null> {
  const id = await debateHeld(store, place);
  return id === null ? null : store.load(place.workspace, id);
}

async function debateMeant(store: Store, place: Place, id: string | undefined): Promise<Log> {
  const log = id === undefined ? await debateAt(store, place) : await store.load(place.workspace, id);
  if (log) return log;
  throw new InputError(
    id
      ? {
          en: `There is no debate ${id} here; "list" shows those there are.`,
          es: `Aquí no hay ningún debate ${id}; «lista» muestra los que hay.`,
        }
      : {
          en: 'No debate is held here; name one, or start one.',
          es: 'Aquí no hay ningún debate; di cuál, o empieza uno.',
        },
  );
}

function debateHeld(store: Store, place: Place): Promise<string | null> {
  const { workspace, thread } = place;
  return thread === null
    ? store.findInChannel(workspace, place)
    : store.findByThread(workspace, threadOf(place, thread));
}

/** Offered beside the panels. */
const CAST = { id: AUTO, name: { en: 'Chosen for the topic', es: 'Elegida para el tema' } };

function threadOf(place: Place, thread: string): Thread {
  return { adapter: place.adapter, channel: place.channel, thread };
}

function makesSense(verb: Verb, debate: Debate): void {
  if (!verb.when || verb.when.includes(debate.status)) return;
  throw new InputError({
    en: `"${verb.word.en}" makes no sense now: debate ${debate.id} is ${statusWords[debate.status].en}; "status" tells where it stands.`,
    es: `«${verb.word.es}» no cabe ahora: el debate ${debate.id} está ${statusWords[debate.status].es}; «estado» dice cómo va.`,
  });
}

async function mustBeAllowed({ store, adapter, incoming }: Doing, verb: Verb, debate: Debate | null): Promise<void> {
  const { by, place } = incoming;
  if (verb.may === 'anyone' || by.admin) return;
  if (verb.may === 'scheduler') return mustBeAllowedToSchedule({ store, adapter }, place.workspace, by);
  if (verb.may === 'personas') return mustEditPersonas(store, adapter, incoming);
  if (verb.may === 'admin' || !debate) {
    throw new InputError({
      en: `Only an admin may use "${verb.word.en}" here; ask one.`,
      es: `Aquí solo un administrador puede usar «${verb.word.es}»; pídeselo a uno.`,
    });
  }
  const settings = await store.settings(place.workspace);
  if (maySteer(settings, debate, by)) return;
  const names = await roleNames(adapter, place.workspace, settings.roles.steer);
  const [en, es] = names.length > 0 ? [`, ${names.join(', ')}`, `, ${names.join(', ')}`] : ['', ''];
  throw new InputError({
    en: `Only whoever opened debate ${debate.id}${en} or an admin may ${verb.word.en} it; ask them.`,
    es: `Solo quien abrió el debate ${debate.id}${es} o un administrador puede «${verb.word.es}»; pídeselo.`,
  });
}

async function mustEditPersonas(store: Store, adapter: Adapter, { by, place }: Incoming): Promise<void> {
  const settings = await store.settings(place.workspace);
  if (mayEditPersonas(settings, by)) return;
  const names = await roleNames(adapter, place.workspace, settings.roles.personas);
  const roles = names.length > 0 ? `${names.join(', ')}, ` : '';
  throw new InputError({
    en: `Personas and panels here are edited by ${roles}admins; ask one of them.`,
    es: `Aquí editan las personas y las mesas ${roles}los administradores; pídeselo a uno.`,
  });
}

function unknownVerb(name: string): InputError {
  const list = (language: Language) => verbs.map((verb) => inLanguage(verb.word, language)).join(', ');
  return new InputError({
    en: `I do not know "${name}"; I understand: ${list('en')}.`,
    es: `No entiendo «${name}»; entiendo: ${list('es')}.`,
  });
}

async function choices(
  hosting: Hosting,
  place: Place,
  kind: NonNullable<VerbArgument['choices']>,
  language: Language,
): Promise<{ id: string; name: string }[]> {
  const { store, formats } = hosting;
  const named = ({ id, name }: { id: string; name: Localised }) => ({ id, name: inLanguage(name, language) });
  switch (kind) {
    case 'panels':
      return [...[...(await libraryOf(hosting, place.workspace)).panels.values()].map(named), named(CAST)];
    case 'formats':
      return formats.map(({ id, summary }) => ({ id, name: inLanguage(summary, language) }));
    case 'personas':
      return [...(await libraryOf(hosting, place.workspace)).personas.values()].map(named);
    case 'panellists': {
      const log = await debateAt(store, place);
      return log ? log.debate.panel.personas.map(named) : choices(hosting, place, 'personas', language);
    }
    case 'disabled':
      return (await store.team(place.workspace)).disabled.map((id) => ({ id, name: id }));
    case 'debates':
      return (await store.list(place.workspace, 25)).map(({ id, title, question }) => ({
        id,
        name: title || question,
      }));
    case 'languages':
      return [
        { id: 'es', name: 'español' },
        { id: 'en', name: 'English' },
      ];
    case 'exports':
      return ['md', 'json', 'html'].map((id) => ({ id, name: id }));
    case 'schedules':
      return (await store.schedules.list(place.workspace)).map((each) => ({
        id: each.id,
        name: shortLine(each, language),
      }));
    case 'roles':
      return [];
  }
}
