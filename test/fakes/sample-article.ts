/** The article the sample debate is about, in both languages: eight passages, three pages, four sections. */
import { type Article, inLanguage, type Language, type Localised, type Passage } from '../../src/debate.ts';

const sections = {
  setup: { en: 'Set-up', es: 'Montaje' },
  results: { en: 'Results', es: 'Resultados' },
  cost: { en: 'Cost', es: 'Coste' },
  limits: { en: 'Limitations', es: 'Limitaciones' },
} as const satisfies Record<string, Localised>;

const written: readonly { readonly section: Localised; readonly page: number; readonly text: Localised }[] = [
  {
    section: sections.setup,
    page: 1,
    text: {
      en: 'We let one open model think for up to 256, 1,024 or 4,096 tokens before it answers, and change nothing else. The tasks are 1,200 school problems and 300 contract clauses.',
      es: 'Dejamos que un mismo modelo abierto piense hasta 256, 1.024 o 4.096 tokens antes de responder, y no cambiamos nada más. Las tareas son 1.200 problemas escolares y 300 cláusulas de contrato.',
    },
  },
  {
    section: sections.setup,
    page: 1,
    text: {
      en: 'Every answer was graded by the same rubric. No human graded the contract clauses twice, so their error bars are ours to guess.',
      es: 'Cada respuesta se calificó con la misma rúbrica. Nadie calificó dos veces las cláusulas de contrato, así que su margen de error solo puede suponerse.',
    },
  },
  {
    section: sections.results,
    page: 2,
    text: {
      en: 'On school problems accuracy rose from 61 % to 74 % between the shortest and the longest budget. Four fifths of that gain was already there at 1,024 tokens.',
      es: 'En los problemas escolares el acierto subió del 61 % al 74 % entre el presupuesto más corto y el más largo. Cuatro quintas partes de esa mejora ya estaban a los 1.024 tokens.',
    },
  },
  {
    section: sections.results,
    page: 2,
    text: {
      en: 'On contract clauses longer thinking made answers worse: 70 % at 256 tokens, 66 % at 4,096. The model talked itself out of correct first readings.',
      es: 'En las cláusulas de contrato pensar más empeoró las respuestas: 70 % con 256 tokens, 66 % con 4.096. El modelo se convencía a sí mismo de abandonar primeras lecturas correctas.',
    },
  },
  {
    section: sections.cost,
    page: 2,
    text: {
      en: 'The longest budget costs nine times the shortest in energy per answer. Stopping when two drafts agree keeps most of the accuracy for a third of that price.',
      es: 'El presupuesto más largo cuesta nueve veces más energía por respuesta que el más corto. Parar cuando dos borradores coinciden conserva casi todo el acierto por un tercio de ese precio.',
    },
  },
  {
    section: sections.cost,
    page: 3,
    text: {
      en: 'A fixed budget is simple to buy and to explain; an adaptive one must be measured for each kind of task.',
      es: 'Un presupuesto fijo es fácil de comprar y de explicar; uno adaptativo hay que medirlo para cada tipo de tarea.',
    },
  },
  {
    section: sections.limits,
    page: 3,
    text: {
      en: 'One model, two kinds of task and one language: we cannot say how far any of this carries.',
      es: 'Un modelo, dos tipos de tarea y un idioma: no podemos decir hasta dónde se generaliza nada de esto.',
    },
  },
  {
    section: sections.limits,
    page: 3,
    text: {
      en: 'Whether the written reasoning is what the model computes was not examined.',
      es: 'No se examinó si el razonamiento escrito es lo que el modelo calcula.',
    },
  },
];

export function sampleArticle(language: Language): Article {
  const passages: Passage[] = [];
  let text = '';
  for (const [i, piece] of written.entries()) {
    const start = text.length;
    text += inLanguage(piece.text, language);
    const section = inLanguage(piece.section, language);
    passages.push({ n: i + 1, section, page: piece.page, start, end: text.length, text: text.slice(start) });
    text += '\n\n';
  }
  return {
    title: inLanguage(
      { en: 'When Should a Model Stop Thinking?', es: '¿Cuándo debe un modelo dejar de pensar?' },
      language,
    ),
    source: 'https://example.org/articles/stop-thinking.pdf',
    url: 'https://example.org/articles/stop-thinking.pdf',
    sha256: '9f2c4be1a07d5c83e6612f0d94b7a35c18ed20f7c6b94a5d3e8801f2b6c7d9ea',
    language: language === 'es' ? 'es' : 'en',
    sections: Object.values(sections).map((section) => inLanguage(section, language)),
    text,
    passages,
    warnings: [
      {
        en: 'Page 3 holds two lines of hidden text (white on white); they were left out.',
        es: 'La página 3 contiene dos líneas de texto oculto (blanco sobre blanco); se han dejado fuera.',
      },
    ],
  };
}
