/** What people do, whatever platform they do it on: verbs and words in a thread become commands on the log. */
import { type Convening, convene, type Occasion, type Request } from './convene.ts';
import { type Debate, inLanguage, isOver, type Language, type Log, type Thread } from './debate.ts';
import { InputError } from './errors.ts';
import { addressee } from './formats/people.ts';
import { saveHumanTurn } from './human-turn.ts';
import { createInTurn } from './in-turn.ts';
import type { Adapter, Host, Incoming, Place, Reply, Store, VerbArgument } from './ports.ts';
import { maySteer, mustBeAllowedToSchedule, mustHaveTokens, roleNames } from './rights.ts';
import { shortLine } from './schedules/say.ts';
import { verbs } from './verbs/registry.ts';
import type { Verb, VerbContext } from './verbs/verb.ts';
import { statusWords } from './words.ts';

export interface Hosting extends Omit<Convening, 'adapter' | 'inTurn'> {
  readonly adapter: (name: string) => Adapter;
}

export interface DebateHost extends Host {
  /** Saves a new debate, which the store wakes once it has its thread. */
  convene(request: Request, occasion: Occasion, signal?: AbortSignal): Promise<Debate>;
}

export function createHost(hosting: Hosting): DebateHost {
  const inTurn = createInTurn();
  const conveneAt = (request: Request, occasion: Occasion, signal?: AbortSignal) =>
    convene({ ...hosting, inTurn, adapter: hosting.adapter(occasion.place.adapter) }, request, occasion, signal);
  return {
    verbs,
    convene: conveneAt,
    receive: (incoming) => {
      const context = {
        ...hosting,
        adapter: hosting.adapter(incoming.place.adapter),
        incoming,
        prepared: hosting,
        convene: (request: Request) => conveneAt(request, occasionOf(incoming)),
      };
      return incoming.act.type === 'say' ? hear(hosting, incoming, incoming.act.text) : perform(context, incoming.act);
    },
    choices: (place, kind, language) => choices(hosting, place, kind, language),
  };
}

function occasionOf({ id, by, place }: Incoming): Occasion {
  return { by, place, origin: `${place.adapter}:${id}` };
}

/** Somebody's deed, and what it may touch. */
type Doing = Omit<VerbContext, 'log' | 'args'>;

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
  const log = verb.when ? await debateMeant(store, incoming.place, act.args.debate) : null;
  if (log) makesSense(verb, log.debate);
  await mustBeAllowed(context, verb, log?.debate ?? null);
  if (verb.spends) await mustHaveTokens(context, incoming.place.workspace);
  return verb.run({ ...context, args: act.args, log });
}

/** Somebody wrote in a thread: it joins the record, and the next speaker it concerns takes it up. */
async function hear(hosting: Hosting, incoming: Incoming, text: string): Promise<Reply> {
  const { store, adapter } = hosting;
  const log = await debateMeant(store, incoming.place, undefined);
  const { debate } = log;
  if (text.trim() === '') return { text: '' };
  const to = addressee(text, log);
  const wakes = to !== undefined && isOver(debate.status);
  if (wakes) await mustHaveTokens({ ...hosting, adapter: adapter(incoming.place.adapter) }, debate.workspace);
  await saveHumanTurn(store, log, incoming, { key: `human-${incoming.id}`, text: text.trim(), to: to?.id });
  if (wakes) {
    await store.change(debate.workspace, debate.id, { status: 'running', endedAt: null });
  }
  return { text: '', debateId: debate.id };
}

async function debateMeant(store: Store, place: Place, id: string | undefined): Promise<Log> {
  const found =
    id ?? (place.thread === null ? null : await store.findByThread(place.workspace, threadOf(place, place.thread)));
  const log = found ? await store.load(place.workspace, found) : null;
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

function unknownVerb(name: string): InputError {
  const list = (language: Language) => verbs.map((verb) => inLanguage(verb.word, language)).join(', ');
  return new InputError({
    en: `I do not know "${name}"; I understand: ${list('en')}.`,
    es: `No entiendo «${name}»; entiendo: ${list('es')}.`,
  });
}

async function choices(
  { store, library, formats }: Hosting,
  place: Place,
  kind: NonNullable<VerbArgument['choices']>,
  language: Language,
): Promise<{ id: string; name: string }[]> {
  switch (kind) {
    case 'panels':
      return [...library.panels.values()].map(({ id, name }) => ({ id, name: inLanguage(name, language) }));
    case 'formats':
      return formats.map(({ id, summary }) => ({ id, name: inLanguage(summary, language) }));
    case 'personas':
      return [...library.personas.values()].map(({ id, name }) => ({ id, name: inLanguage(name, language) }));
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
