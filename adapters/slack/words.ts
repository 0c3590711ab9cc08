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
  isThinking: { en: 'is thinking…', es: 'piensa…' },
  areThinking: { en: 'are thinking…', es: 'piensan…' },
  isReading: { en: 'is reading…', es: 'lee…' },
  debates: { en: 'The panel debates', es: 'La mesa debate' },
  read: { en: 'Read the debate', es: 'Leer el debate' },
  more: { en: 'More …', es: 'Más …' },
  submit: { en: 'Go', es: 'Adelante' },
  cancel: { en: 'Cancel', es: 'Cancelar' },
  where: { en: 'Where', es: 'Dónde' },
  file: { en: 'file', es: 'archivo' },
  fileHelp: {
    en: 'PDF, HTML, Markdown or text, instead of a link',
    es: 'PDF, HTML, Markdown o texto, en vez de un enlace',
  },
  sentFile: { en: 'I sent you the file in our direct messages.', es: 'Te he enviado el archivo por mensaje directo.' },
  nothingThere: {
    en: 'That message has no text, link or file to debate; try another one.',
    es: 'Ese mensaje no tiene texto, enlace ni archivo que debatir; prueba con otro.',
  },
  mention: {
    en: 'Give me a link or a file and I open a debate on it, or mention me in a thread; `/debate help` shows everything I can do.',
    es: 'Dame un enlace o un archivo y abro un debate sobre él, o mencióname en un hilo; `/debate ayuda` muestra todo lo que sé hacer.',
  },
  thread: { en: 'What was said in the thread', es: 'Lo dicho en el hilo' },
  helpful: { en: 'Helpful', es: 'Útil' },
  unhelpful: { en: 'Not helpful', es: 'No es útil' },
  aboutDebates: { en: 'Debates', es: 'Debates' },
  aboutTable: { en: 'Who can sit at the table', es: 'Quién puede sentarse a la mesa' },
  aboutCalendar: { en: 'What is debated when', es: 'Qué se debate y cuándo' },
  aboutAll: { en: 'All there is', es: 'Todo lo que hay' },
  prompts: { en: 'What shall we debate?', es: '¿Qué debatimos?' },
  home: {
    en: 'A panel of personas debates an article or a question, and a coordinator sums up.',
    es: 'Una mesa de personajes debate un artículo o una pregunta, y un coordinador resume.',
  },
  withoutFaces: {
    en: 'Personas speak in my name in this workspace; for names and faces of their own I need the scope chat:write.customize: add it under OAuth & Permissions of the app and install it again.',
    es: 'En este espacio las personas de la mesa hablan en mi nombre; para que tengan nombre y cara necesito el permiso chat:write.customize: añádelo en OAuth & Permissions de la aplicación e instálala de nuevo.',
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

/** The language a person has Slack in, as a primary subtag: `es-LA` is `es`. */
export function languageOf(locale: string): string {
  return locale.split('-')[0]?.toLowerCase() || 'en';
}
