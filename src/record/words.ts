/** The program's own words in an exported debate. */
import type { Localised, TurnKind } from '../debate.ts';

export const words = {
  question: { en: 'Central question', es: 'Pregunta central' },
  synthesis: { en: 'Synthesis', es: 'Síntesis' },
  confidence: { en: 'confidence of the panel', es: 'confianza del panel' },
  agreements: { en: 'Where the panel met', es: 'En qué coincidió el panel' },
  disagreements: { en: 'Where it parted', es: 'En qué no coincidió' },
  settledBy: { en: 'What would settle it', es: 'Qué lo resolvería' },
  minority: { en: 'Objections on record', es: 'Objeciones que constan' },
  open: { en: 'Open questions', es: 'Preguntas abiertas' },
  noneOpen: { en: 'None: every question put was answered.', es: 'Ninguna: toda pregunta hecha tuvo respuesta.' },
  nextSteps: { en: 'Next steps', es: 'Próximos pasos' },
  plainWords: { en: 'In plain words', es: 'En palabras sencillas' },
  dropped: { en: 'Left out', es: 'Se dejó fuera' },
  noSynthesis: { en: 'This debate has no synthesis.', es: 'Este debate no tiene síntesis.' },
  asPosted: { en: 'As it was posted', es: 'Tal como se publicó' },
  seeSynthesis: { en: 'Read the synthesis', es: 'Leer la síntesis' },

  positions: { en: 'Positions', es: 'Posturas' },
  scale: {
    en: 'On the central question, from −3 (firmly against) to +3 (firmly for), with the confidence stated.',
    es: 'Sobre la pregunta central, de −3 (firmemente en contra) a +3 (firmemente a favor), con la confianza declarada.',
  },
  speaker: { en: 'Speaker', es: 'Quién' },
  before: { en: 'Before', es: 'Antes' },
  after: { en: 'After', es: 'Después' },
  because: { en: 'Moved by', es: 'Le movió' },
  unexplained: { en: 'no reason given', es: 'sin dar razón' },
  stance: { en: 'Position', es: 'Postura' },

  questions: { en: 'Questions', es: 'Preguntas' },
  asks: { en: 'asks', es: 'pregunta a' },
  answeredBy: { en: 'Answered by', es: 'Respondida por' },
  unanswered: { en: 'Not answered', es: 'Sin respuesta' },

  debate: { en: 'The debate', es: 'El debate' },
  who: { en: 'Who took part', es: 'Quiénes participaron' },
  opening: { en: 'Opening and statements', es: 'Apertura e intervenciones' },
  round: { en: 'Replies, round', es: 'Réplicas, ronda' },
  closing: { en: 'Closing', es: 'Cierre' },
  turn: { en: 'turn', es: 'turno' },
  turns: { en: 'turns', es: 'turnos' },
  inReplyTo: { en: 'In reply to', es: 'En respuesta a' },
  notesNote: {
    en: 'Working notes of the coordinator, not posted in the thread',
    es: 'Notas de trabajo del coordinador, no publicadas en el hilo',
  },
  quotes: { en: 'From the article', es: 'Del artículo' },
  notFound: { en: 'not found in the article', es: 'no consta en el artículo' },
  openThere: { en: 'Open in the article', es: 'Abrir en el artículo' },

  article: { en: 'The article', es: 'El artículo' },
  sources: { en: 'Sources', es: 'Fuentes' },
  sections: { en: 'Sections', es: 'Secciones' },
  noArticle: {
    en: 'A bare question was debated: there was no article to quote.',
    es: 'Se debatió una pregunta sin artículo: no había de dónde citar.',
  },
  offline: {
    en: 'No language model spoke in this debate. The offline voice picked sentences of the article by each speaker’s interests and framed them; it does not reason.',
    es: 'En este debate no habló ningún modelo de lenguaje. La voz sin conexión eligió frases del artículo según los intereses de cada participante y las enmarcó; no razona.',
  },
  skip: { en: 'Skip to the synthesis', es: 'Ir a la síntesis' },
  contents: { en: 'Contents', es: 'Contenido' },
  calls: { en: 'turns spoken by a model', es: 'turnos de un modelo' },
  input: { en: 'tokens in', es: 'tokens de entrada' },
  cached: { en: 'from cache', es: 'de caché' },
  output: { en: 'tokens out', es: 'tokens de salida' },
  unknown: { en: 'not reported', es: 'sin dato' },
} as const satisfies Record<string, Localised>;

export const kindWords: Record<TurnKind, Localised> = {
  opening: { en: 'opens', es: 'abre' },
  statement: { en: 'states', es: 'expone' },
  reply: { en: 'replies', es: 'replica' },
  notes: { en: 'notes', es: 'notas' },
  human: { en: 'from the thread', es: 'desde el hilo' },
  question: { en: 'asks', es: 'pregunta' },
  dissent: { en: 'says for somebody without a name', es: 'dice por alguien sin nombre' },
  cast: { en: 'calls to the table', es: 'llama a la mesa' },
  synthesis: { en: 'closes', es: 'cierra' },
};
