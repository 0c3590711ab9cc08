/** Personas of the workspace's own, made and changed from chat. */
import { inLanguage, type Language, type Persona } from '../debate.ts';
import { InputError } from '../errors.ts';
import { changedPersona, draftPersona, type Given, notTheCoordinator } from '../personas/draft.ts';
import type { Library } from '../personas/library.ts';
import { overlaps } from '../personas/overlap.ts';
import type { Reply, VerbArgument } from '../ports/host.ts';
import { overlapsInWords } from './check.ts';
import type { Verb } from './verb.ts';

/** A workspace may have so many of its own. */
const MOST_PERSONAS = 60;

const field = (name: keyof Given, required: boolean): VerbArgument => ({ name, ...FIELDS[name], required });

const FIELDS: Readonly<Record<keyof Given, Pick<VerbArgument, 'word' | 'summary'>>> = {
  name: {
    word: { en: 'name', es: 'nombre' },
    summary: { en: 'Two words do well: it is called by it', es: 'Mejor dos palabras: así se la llama' },
  },
  duty: {
    word: { en: 'duty', es: 'cometido' },
    summary: { en: 'What it must do each turn', es: 'Qué le toca en cada turno' },
  },
  stance: {
    word: { en: 'stance', es: 'postura' },
    summary: { en: 'The position it argues from', es: 'La postura desde la que argumenta' },
  },
  never: {
    word: { en: 'never', es: 'nunca' },
    summary: { en: 'What would make it somebody else', es: 'Lo que la haría otra persona' },
  },
  lens: {
    word: { en: 'lens', es: 'lente' },
    summary: { en: 'Words it reads an article for, with commas', es: 'Palabras que busca en un artículo, con comas' },
  },
  face: { word: { en: 'face', es: 'cara' }, summary: { en: 'One emoji', es: 'Un emoji' } },
  color: { word: { en: 'color', es: 'color' }, summary: { en: 'Such as #1c7ed6', es: 'Como #1c7ed6' } },
};

const WHICH: VerbArgument = {
  name: 'persona',
  word: { en: 'persona', es: 'persona' },
  summary: { en: 'Which one', es: 'Cuál' },
  required: true,
  choices: 'personas',
};

export const create: Verb = {
  name: 'create',
  word: { en: 'create', es: 'crear' },
  summary: { en: 'Make a persona of your own', es: 'Crear una persona propia' },
  may: 'personas',
  about: 'table',
  args: [
    field('name', true),
    field('duty', true),
    field('stance', true),
    field('never', true),
    field('lens', false),
    field('face', false),
    field('color', false),
  ],
  async run(context) {
    const { store, incoming, args } = context;
    const { workspace } = incoming.place;
    const { personas } = await store.team(workspace);
    if (personas.length >= MOST_PERSONAS) throw tooMany();
    const library = await context.library();
    const persona = draftPersona(args, library);
    await store.savePersona(workspace, persona, incoming.by.id);
    return kept(persona, library, incoming.language);
  },
};

export const edit: Verb = {
  name: 'edit',
  word: { en: 'edit', es: 'editar' },
  summary: { en: 'Change a persona, for debates to come', es: 'Cambiar una persona, para los próximos debates' },
  may: 'personas',
  about: 'table',
  args: [
    WHICH,
    field('duty', false),
    field('stance', false),
    field('never', false),
    field('lens', false),
    field('name', false),
    field('face', false),
    field('color', false),
  ],
  async run(context) {
    const { store, incoming, args } = context;
    const library = await context.library();
    const before = personaMeant(args.persona ?? '', library);
    const persona = changedPersona(before, args, library);
    await store.savePersona(incoming.place.workspace, persona, incoming.by.id);
    return kept(persona, library, incoming.language);
  },
};

export const disable: Verb = {
  name: 'disable',
  word: { en: 'disable', es: 'desactivar' },
  summary: { en: 'Seat a persona at no table any more', es: 'No sentar más a una persona a ninguna mesa' },
  may: 'personas',
  about: 'table',
  args: [WHICH],
  async run({ store, incoming, args, library }) {
    const persona = personaMeant(args.persona ?? '', await library());
    if (persona.role !== 'persona') throw notTheCoordinator();
    await store.setDisabled(incoming.place.workspace, persona.id, true, incoming.by.id);
    const name = inLanguage(persona.name, incoming.language);
    const text = {
      en: `**${name}** (${persona.id}) sits at no table from the next debate on; "enable" brings it back.`,
      es: `**${name}** (${persona.id}) no se sienta a ninguna mesa desde el próximo debate; «activar» la trae de vuelta.`,
    };
    return { text: inLanguage(text, incoming.language) };
  },
};

export const enable: Verb = {
  name: 'enable',
  word: { en: 'enable', es: 'activar' },
  summary: { en: 'Bring a disabled persona back', es: 'Traer de vuelta a una persona desactivada' },
  may: 'personas',
  about: 'table',
  args: [{ ...WHICH, choices: 'disabled' }],
  async run({ store, incoming, args, library }) {
    const { workspace } = incoming.place;
    const { disabled } = await store.team(workspace);
    const id = (args.persona ?? '').trim();
    if (!disabled.includes(id)) throw notDisabled(id, disabled);
    await store.setDisabled(workspace, id, false, incoming.by.id);
    const persona = (await library()).personas.get(id);
    const name = persona ? inLanguage(persona.name, incoming.language) : id;
    return { text: inLanguage({ en: `**${name}** is back.`, es: `**${name}** ha vuelto.` }, incoming.language) };
  },
};

/** What was kept, as it will be, and whether it does somebody else's work. */
function kept(persona: Persona, library: Library, language: Language): Reply {
  const others = [...library.personas.values()].filter(({ id, role }) => id !== persona.id && role === 'persona');
  const close = overlaps([persona, ...others]).filter(({ pair }) => pair.includes(persona));
  return { text: [described(persona, language), ...overlapsInWords(close, language)].join('\n\n') };
}

function described(persona: Persona, language: Language): string {
  const say = (text: { en: string; es: string }) => inLanguage(text, language);
  const lens = language === 'es' ? persona.lens.es : persona.lens.en;
  const row = (name: 'duty' | 'stance' | 'never' | 'lens', value: string) => `- *${say(FIELDS[name].word)}*: ${value}`;
  return [
    `${persona.face} **${say(persona.name)}** (${persona.id})`,
    row('duty', say(persona.duty)),
    row('stance', say(persona.stance)),
    row('never', say(persona.never)),
    row('lens', lens.join(', ')),
  ].join('\n');
}

function personaMeant(given: string, library: Library): Persona {
  const word = given.trim().toLowerCase();
  const all = [...library.personas.values()];
  const found = all.find(({ id, name }) => [id, name.en, name.es].some((each) => each.toLowerCase() === word));
  if (found) return found;
  throw new InputError({
    en: `Nobody here is called "${given}"; "personas" shows whom there is.`,
    es: `Aquí nadie se llama «${given}»; «personas» muestra quiénes hay.`,
  });
}

function notDisabled(id: string, disabled: readonly string[]): InputError {
  const list = disabled.join(', ');
  return new InputError({
    en: `"${id}" is not disabled; ${list ? `these are: ${list}` : 'nobody is'}.`,
    es: `«${id}» no está desactivada; ${list ? `lo están: ${list}` : 'nadie lo está'}.`,
  });
}

function tooMany(): InputError {
  return new InputError({
    en: `A workspace has at most ${MOST_PERSONAS} personas of its own and this one has them; edit one instead.`,
    es: `Un espacio tiene como mucho ${MOST_PERSONAS} personas propias y este ya las tiene; edita una de ellas.`,
  });
}
