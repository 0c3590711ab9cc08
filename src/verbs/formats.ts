/** How a debate may go. */
import { type Format, inLanguage, type Language } from '../debate.ts';
import type { Verb } from './verb.ts';

export const formatsVerb: Verb = {
  name: 'formats',
  word: { en: 'formats', es: 'formatos' },
  summary: { en: 'How a debate may go', es: 'Cómo puede desarrollarse un debate' },
  may: 'anyone',
  args: [],
  async run({ formats, incoming: { language } }) {
    return { text: formats.map((format) => lineOf(format, language)).join('\n') };
  },
};

function lineOf({ id, summary, least, most, needs }: Format, language: Language): string {
  const model = needs === 'model' ? inLanguage({ en: ', needs a model', es: ', necesita un modelo' }, language) : '';
  const seats = inLanguage({ en: `${least}–${most} personas`, es: `${least}–${most} personas` }, language);
  return `- **${id}** · ${inLanguage(summary, language)} *(${seats}${model})*`;
}
