/** Who can sit at the table. */
import { inLanguage, type Persona, speakers } from '../debate.ts';
import { InputError } from '../errors.ts';
import { idOf } from '../personas/draft.ts';
import type { Library } from '../personas/library.ts';
import { mayEditPersonas } from '../rights.ts';
import { safeLine } from '../safe.ts';
import type { Verb, VerbContext } from './verb.ts';

export const panels: Verb = {
  name: 'panels',
  word: { en: 'panels', es: 'mesas' },
  summary: { en: 'The panels there are', es: 'Las mesas que hay' },
  may: 'anyone',
  args: [],
  async run({ library, incoming: { language } }) {
    const lines = [...(await library()).panels.values()].map((panel) => {
      const faces = speakers(panel)
        .map((each) => each.face)
        .join('');
      return `- **${panel.id}** · ${inLanguage(panel.name, language)} ${faces}\n  ${inLanguage(panel.summary, language)}`;
    });
    return { text: lines.join('\n') };
  },
};

export const personas: Verb = {
  name: 'personas',
  word: { en: 'personas', es: 'personas' },
  summary: { en: 'Who can sit on a panel, and what each must do', es: 'Quién puede sentarse a la mesa y qué le toca' },
  may: 'anyone',
  args: [],
  async run({ library, store, incoming: { by, language, place } }) {
    const team = await store.team(place.workspace);
    const own = new Set(team.personas.map(({ id }) => id));
    const mark = (id: string) => (own.has(id) ? ` · ${inLanguage({ en: 'yours', es: 'vuestra' }, language)}` : '');
    const lines = [...(await library()).personas.values()].map(
      (each) =>
        `- ${each.face} **${inLanguage(each.name, language)}** (${each.id})${mark(each.id)}: ${inLanguage(each.duty, language)}`,
    );
    const off = inLanguage({ en: 'Disabled here', es: 'Desactivadas aquí' }, language);
    const disabled = team.disabled.length > 0 ? [`\n${off}: ${team.disabled.join(', ')}`] : [];
    const may = mayEditPersonas(await store.settings(place.workspace), by);
    return { text: [...lines, ...disabled].join('\n'), ...(may && { invites: [{ verb: 'create', args: {} }] }) };
  },
};

/** A workspace may keep so many. */
const MOST_PANELS = 30;
const MOST_SEATS = 12;

export const save: Verb = {
  name: 'save',
  word: { en: 'save', es: 'guardar' },
  summary: { en: 'Keep a panel under a name', es: 'Guardar una mesa con un nombre' },
  may: 'personas',
  about: 'table',
  args: [
    {
      name: 'name',
      word: { en: 'name', es: 'nombre' },
      summary: { en: 'How the panel is called', es: 'Cómo se llama la mesa' },
      required: true,
    },
    {
      name: 'personas',
      word: { en: 'personas', es: 'personas' },
      summary: {
        en: 'Who, in speaking order, with commas; those of this debate if left out',
        es: 'Quiénes, por orden de palabra, con comas; los de este debate si no se dice',
      },
      required: false,
    },
    {
      name: 'debate',
      word: { en: 'debate', es: 'debate' },
      summary: { en: 'Whose panel; of this thread if left out', es: 'De qué debate; del de este hilo si no se dice' },
      required: false,
      choices: 'debates',
    },
  ],
  async run(context) {
    const { args, store, incoming } = context;
    const { workspace } = incoming.place;
    const library = await context.library();
    const team = await store.team(workspace);
    const name = safeLine(args.name ?? '').slice(0, 60);
    const id = idOf(name);
    if (id === AUTO || (library.panels.has(id) && !team.panels.some((panel) => panel.id === id))) throw taken(id);
    if (team.panels.length >= MOST_PANELS && !team.panels.some((panel) => panel.id === id)) throw tooMany();
    const seats = args.personas?.trim() ? named(args.personas, library) : await seatsOfDebate(context, library);
    const names = seats.map((each) => inLanguage(each.name, incoming.language)).join(', ');
    const plan = { id, name: { en: name, es: name }, summary: { en: names, es: names }, coordinator: 'coordinator' };
    await store.savePanel(workspace, { ...plan, personas: seats.map((each) => each.id) }, incoming.by.id);
    const text = { en: `The panel **${id}** is kept: ${names}.`, es: `La mesa **${id}** queda guardada: ${names}.` };
    return { text: inLanguage(text, incoming.language) };
  },
};

/** Not a panel, but the wish for one chosen for the topic. */
export const AUTO = 'auto';

/** Personas drafted for a debate are kept, too. */
async function seatsOfDebate({ debate, store, incoming }: VerbContext, library: Library): Promise<readonly Persona[]> {
  const { panel } = (await debate()).debate;
  for (const persona of panel.personas) {
    if (library.personas.has(persona.id)) continue;
    await store.savePersona(incoming.place.workspace, persona, incoming.by.id);
  }
  return panel.personas;
}

function named(list: string, library: Library): readonly Persona[] {
  const all = [...library.personas.values()].filter(({ role }) => role === 'persona');
  const seats = list.split(/[,;\n]/).flatMap((given) => {
    const word = given.trim().toLowerCase();
    if (word === '') return [];
    const found = all.find(({ id, name }) => [id, name.en, name.es].some((each) => each.toLowerCase() === word));
    if (!found) throw unknown(given.trim());
    return [found];
  });
  const distinct = [...new Set(seats)];
  if (distinct.length >= 2 && distinct.length <= MOST_SEATS) return distinct;
  throw new InputError({
    en: `A panel has 2 to ${MOST_SEATS} personas and this has ${distinct.length}; name them with commas between.`,
    es: `Una mesa tiene de 2 a ${MOST_SEATS} personas y esta tiene ${distinct.length}; nómbralas separadas por comas.`,
  });
}

function unknown(name: string): InputError {
  return new InputError({
    en: `Nobody here is called "${name}"; "personas" shows whom there is.`,
    es: `Aquí nadie se llama «${name}»; «personas» muestra quiénes hay.`,
  });
}

function taken(id: string): InputError {
  return new InputError({
    en: `A panel called "${id}" ships with Tertulia; choose another name.`,
    es: `Tertulia ya trae una mesa llamada «${id}»; elige otro nombre.`,
  });
}

function tooMany(): InputError {
  return new InputError({
    en: `A workspace keeps at most ${MOST_PANELS} panels of its own; save under the name of one you no longer need.`,
    es: `Un espacio guarda como mucho ${MOST_PANELS} mesas propias; guarda con el nombre de una que ya no haga falta.`,
  });
}
