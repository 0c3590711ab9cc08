/** Putting a question to one persona. */
import { personaCalled } from '../checks/names.ts';
import { inLanguage, type Panel } from '../debate.ts';
import { InputError } from '../errors.ts';
import { saveHumanTurn } from '../host/human-turn.ts';
import { needed, PANELLIST, said, type Verb } from './verb.ts';

export const ask: Verb = {
  name: 'ask',
  word: { en: 'ask', es: 'preguntar' },
  summary: { en: 'Put a question to one persona', es: 'Hacer una pregunta a una persona de la mesa' },
  may: 'anyone',
  spends: true,
  args: [
    PANELLIST,
    {
      name: 'question',
      word: { en: 'question', es: 'pregunta' },
      summary: { en: 'The question', es: 'La pregunta' },
      required: true,
    },
  ],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run({ log, args, incoming, store }) {
    const { debate } = needed(log);
    const persona = personaCalled(args.persona ?? '', debate.panel);
    if (!persona) throw unknownPersona(args.persona ?? '', debate.panel);
    const question = { key: `question-${incoming.id}`, text: args.question ?? '', to: persona.id };
    await saveHumanTurn(store, needed(log), incoming, question);
    if (debate.status !== 'paused') {
      await store.change(debate.workspace, debate.id, { status: 'running', endedAt: null });
    }
    const name = inLanguage(persona.name, debate.language);
    return said(debate, incoming, `${name} answers next.`, `${name} contesta a continuación.`);
  },
};

export function unknownPersona(name: string, panel: Panel): InputError {
  const known = panel.personas.map((each) => each.id).join(', ');
  return new InputError({
    en: `Nobody at this table is called "${name}"; ask one of: ${known}.`,
    es: `En esta mesa nadie se llama «${name}»; pregunta a: ${known}.`,
  });
}
