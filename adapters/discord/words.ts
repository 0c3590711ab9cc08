/** What this adapter itself says, in both languages. */
import type { DebateStatus, Localised } from '../../src/debate.ts';

export const WORDS = {
  failed: {
    en: 'That did not work, through a fault of the program; the debate goes on.',
    es: 'Eso no ha funcionado, por un fallo del programa; el debate continúa.',
  },
  done: { en: 'Done.', es: 'Hecho.' },
  turn: { en: 'turn', es: 'turno' },
  of: { en: 'of', es: 'de' },
  left: { en: 'left:', es: 'quedan:' },
  thinks: { en: 'thinking:', es: 'piensa:' },
  debates: { en: 'The panel debates', es: 'La mesa debate' },
  read: { en: 'Read the debate', es: 'Leer el debate' },
  menu: { en: 'Debate this', es: 'Debatir esto' },
  root: { en: 'A panel of personas debates an article', es: 'Una mesa de personajes debate un artículo' },
  table: { en: 'Who can sit at the table', es: 'Quién puede sentarse a la mesa' },
  calendar: { en: 'What is debated when', es: 'Qué se debate y cuándo' },
  file: { en: 'file', es: 'archivo' },
  fileHelp: {
    en: 'PDF, HTML, Markdown or text, instead of a link',
    es: 'PDF, HTML, Markdown o texto, en vez de un enlace',
  },
  nothingThere: {
    en: 'That message has no text, link or file to debate; try another one.',
    es: 'Ese mensaje no tiene texto, enlace ni archivo que debatir; prueba con otro.',
  },
  mention: {
    en: 'Give me a link or a file and I open a debate on it; `/debate` shows everything I can do.',
    es: 'Dame un enlace o un archivo y abro un debate sobre él; `/debate` muestra todo lo que sé hacer.',
  },
  withoutHooks: {
    en: 'Personas speak in my name here; for their own names and faces I need Manage Webhooks.',
    es: 'Aquí las personas de la mesa hablan en mi nombre; para que tengan nombre y cara necesito Gestionar webhooks.',
  },
} satisfies Record<string, Localised>;

/** How a status is shown beside a debate. */
export const STATUS: Readonly<Record<DebateStatus, Localised & { readonly sign: string }>> = {
  running: { sign: '🟢', en: 'under way', es: 'en marcha' },
  paused: { sign: '⏸️', en: 'paused', es: 'en pausa' },
  concluded: { sign: '✅', en: 'concluded', es: 'concluido' },
  stopped: { sign: '⏹️', en: 'stopped', es: 'terminado' },
  failed: { sign: '⚠️', en: 'interrupted by a fault', es: 'interrumpido por un fallo' },
};

/** The language the platform says a person reads, as a primary subtag: `es-419` is `es`. */
export function languageOf(locale: string): string {
  return locale.split('-')[0]?.toLowerCase() || 'en';
}
