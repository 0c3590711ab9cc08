/** Who can sit at the table. */
import { inLanguage, speakers } from '../debate.ts';
import type { Verb } from './verb.ts';

export const panels: Verb = {
  name: 'panels',
  word: { en: 'panels', es: 'mesas' },
  summary: { en: 'The panels there are', es: 'Las mesas que hay' },
  may: 'anyone',
  args: [],
  async run({ library, incoming: { language } }) {
    const lines = [...library.panels.values()].map((panel) => {
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
  async run({ library, incoming: { language } }) {
    const lines = [...library.personas.values()].map(
      (each) =>
        `- ${each.face} **${inLanguage(each.name, language)}** (${each.id}): ${inLanguage(each.duty, language)}`,
    );
    return { text: lines.join('\n') };
  },
};
