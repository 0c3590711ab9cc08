/** Who can sit at the table. */

import { inLanguage, type Language, type Persona, speakers, type Team } from '../debate.ts';
import { InputError } from '../errors.ts';
import { AUTO } from '../host/casting.ts';
import { mayEditPersonas } from '../host/rights.ts';
import { idOf } from '../personas/draft.ts';
import { findPanel, type Library } from '../personas/library.ts';
import { safeLine } from '../text/safe.ts';
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
  summary: { en: 'Who can sit at a table, and what each must do', es: 'Quién puede sentarse a la mesa y qué le toca' },
  may: 'anyone',
  args: [
    {
      name: 'panel',
      word: { en: 'panel', es: 'mesa' },
      summary: { en: 'Of which panel, with their duties', es: 'De qué mesa, con sus cometidos' },
      required: false,
      choices: 'panels',
    },
  ],
  async run({ args, library, store, incoming: { by, language, place } }) {
    const known = await library();
    const team = await store.team(place.workspace);
    const lines = args.panel
      ? findPanel(known, args.panel).personas.map((each) => withDuty(each, language))
      : [...namesByPanel(known, language), ...ownAndDisabled(team, known, language)];
    const may = mayEditPersonas(await store.settings(place.workspace), by);
    return { text: lines.join('\n'), ...(may && { invites: [{ verb: 'create', args: {} }] }) };
  },
};

function withDuty({ id, face, name, duty }: Persona, language: Language): string {
  return `- ${face} **${inLanguage(name, language)}** (${id}): ${inLanguage(duty, language)}`;
}

function called({ id, face, name }: Persona, language: Language): string {
  return `${face} ${inLanguage(name, language)} (${id})`;
}

function namesByPanel({ panels: all }: Library, language: Language): string[] {
  return [...all.values()].map(
    (panel) => `- **${panel.id}**: ${panel.personas.map((each) => called(each, language)).join(', ')}`,
  );
}

function ownAndDisabled({ personas: own, disabled }: Team, known: Library, language: Language): string[] {
  const say = (en: string, es: string) => inLanguage({ en, es }, language);
  const yours = own.filter(({ id }) => known.personas.has(id)).map((each) => called(each, language));
  return [
    ...(yours.length > 0 ? [`- *${say('yours', 'vuestras')}*: ${yours.join(', ')}`] : []),
    ...(disabled.length > 0 ? [`- *${say('disabled', 'desactivadas')}*: ${disabled.join(', ')}`] : []),
  ];
}

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
