/** Whether the personas of a panel would say the same. */
import { inLanguage, type Language } from '../debate.ts';
import { findPanel } from '../personas/library.ts';
import { type Overlap, overlaps } from '../personas/overlap.ts';
import type { Verb } from './verb.ts';

export const check: Verb = {
  name: 'check',
  word: { en: 'check', es: 'revisar' },
  summary: { en: 'Which personas of a panel do the same work', es: 'Qué personas de una mesa hacen el mismo trabajo' },
  may: 'anyone',
  about: 'table',
  args: [
    {
      name: 'panel',
      word: { en: 'panel', es: 'mesa' },
      summary: { en: 'Which panel; all of them if left out', es: 'Qué mesa; todas si no se dice' },
      required: false,
      choices: 'panels',
    },
  ],
  async run({ args, library, incoming: { language } }) {
    const known = await library();
    const panels = args.panel ? [findPanel(known, args.panel)] : [...known.panels.values()];
    const all = [...known.personas.values()].filter(({ role }) => role === 'persona');
    const lines = panels.map((panel) => {
      const found = overlapsInWords(overlaps(panel.personas, all), language);
      const fine = inLanguage(
        { en: 'each duty differs from the rest', es: 'cada cometido es distinto de los demás' },
        language,
      );
      return found.length === 0
        ? `✓ **${panel.id}**: ${fine}`
        : [`⚠ **${panel.id}**`, ...found.map((line) => `- ${line}`)].join('\n');
    });
    return { text: lines.join('\n') };
  },
};

/** A sentence a pair: who, how much, and by which words. */
export function overlapsInWords(found: readonly Overlap[], language: Language): string[] {
  const percent = (share: number) => `${Math.round(share * 100)}\u00a0%`;
  return found.map(({ pair, duty, lens, words }) => {
    const [one, other] = pair.map(({ name }) => `**${inLanguage(name, language)}**`);
    const shared = { duty: words.duty.slice(0, 8).join(', '), lens: words.lens.slice(0, 8).join(', ') };
    const parts = [
      ...(shared.duty
        ? [
            inLanguage(
              {
                en: `their duties share ${percent(duty)} (${shared.duty})`,
                es: `sus cometidos comparten un ${percent(duty)} (${shared.duty})`,
              },
              language,
            ),
          ]
        : []),
      ...(shared.lens
        ? [
            inLanguage(
              {
                en: `they read for the same, ${percent(lens)} (${shared.lens})`,
                es: `buscan lo mismo, un ${percent(lens)} (${shared.lens})`,
              },
              language,
            ),
          ]
        : []),
    ];
    const say = {
      en: `${one} and ${other} overlap: ${parts.join('; ')}. Give one of them another duty, or leave one out.`,
      es: `${one} y ${other} se solapan: ${parts.join('; ')}. Da a una otro cometido, o prescinde de ella.`,
    };
    return inLanguage(say, language);
  });
}
