/** Saying whether a debate was of use. */
import { InputError } from '../errors.ts';
import { DEBATE, needed, said, type Verb } from './verb.ts';

const YES = /^(?:y|yes|s|si|sí|1|\+|👍)$/i;
const NO = /^(?:n|no|0|-|👎)$/i;

export const rate: Verb = {
  name: 'rate',
  word: { en: 'rate', es: 'valorar' },
  summary: { en: 'Say whether the outcome was of use', es: 'Decir si el resultado ha servido' },
  may: 'anyone',
  args: [
    {
      name: 'verdict',
      word: { en: 'verdict', es: 'veredicto' },
      summary: { en: 'yes or no', es: 'sí o no' },
      required: true,
    },
    DEBATE,
  ],
  when: ['concluded', 'stopped'],
  async run({ log, args, incoming, store }) {
    const { debate } = needed(log);
    const verdict = args.verdict?.trim() ?? '';
    if (!YES.test(verdict) && !NO.test(verdict)) throw unclear(verdict);
    await store.rate(debate.workspace, debate.id, incoming.by.id, YES.test(verdict));
    return said(debate, incoming, 'Thank you; that is noted.', 'Gracias; queda anotado.');
  },
};

function unclear(verdict: string): InputError {
  return new InputError({
    en: `"${verdict}" is neither yes nor no; say one of them.`,
    es: `«${verdict}» no es ni sí ni no; di una de las dos cosas.`,
  });
}
