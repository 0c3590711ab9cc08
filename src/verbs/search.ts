/** Finding what earlier debates came to. */
import { inLanguage, type Language } from '../debate.ts';
import { linkTo, worthShowing } from '../host/memory.ts';
import type { Conclusion } from '../ports/store.ts';
import { safeLine } from '../text/safe.ts';
import type { Verb } from './verb.ts';

const MOST = 8;

export const search: Verb = {
  name: 'search',
  word: { en: 'search', es: 'buscar' },
  summary: { en: 'Find what earlier debates concluded', es: 'Buscar qué concluyeron debates anteriores' },
  may: 'anyone',
  args: [
    {
      name: 'words',
      word: { en: 'words', es: 'palabras' },
      summary: { en: 'What it was about', es: 'De qué trataba' },
      required: true,
    },
  ],
  async run({ store, adapter, args, incoming: { place, language } }) {
    const found = await store.searchConclusions(place.workspace, args.words ?? '', language, MOST);
    const lines = worthShowing(found).map((each) => line(each, linkTo(each, adapter, place.workspace), language));
    return { text: lines.join('\n') || inLanguage(NONE, language) };
  },
};

const NONE = {
  en: 'No debate here concluded anything with those words; try others, or "list".',
  es: 'Ningún debate de aquí concluyó nada con esas palabras; prueba con otras, o «lista».',
};

/** `- [Title](link) · 5 Mar 2026 · `id`\n  Answer` */
function line(
  { id, title, question, answer, concludedAt }: Conclusion,
  link: string | null,
  language: Language,
): string {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(concludedAt);
  const name = safeLine(title || question).replace(/[[\]]/g, '');
  const head = link === null ? `**${name}**` : `[${name}](${link})`;
  return [`- ${head} · ${day} · \`${id}\``, title && question, answer]
    .filter(Boolean)
    .map((each, at) => (at === 0 ? each : `  ${safeLine(each)}`))
    .join('\n');
}
