/** The coordinator's opening without a model: says so, lays out the article's own sections, asks after its thesis. */
import { inLanguage, type Localised, type Log } from '../../debate.ts';
import type { OpeningDraft } from '../../spoken.ts';
import { axesOf } from './axes.ts';
import { type Reading, readingOf } from './reading.ts';
import { thesisOf } from './reserved.ts';

export function opening(log: Log): OpeningDraft {
  const { article, debate } = log;
  const say = (en: string, es: string) => inLanguage({ en, es }, debate.language);
  const title = `*${(article?.title ?? debate.question).replace(/[*_]/g, '')}*`;
  const welcome = say(
    `Good day, everyone. Before us is the article ${title}. No language model speaks here: these are extractive voices, which choose sentences of the article, read them out word for word and say how they bear on what the others read. What the article says is in the quotes; the judgement is left to whoever reads.`,
    `Buenas tardes a todos. Tenemos delante el artículo ${title}. Aquí no habla ningún modelo de lenguaje: son voces extractivas, que eligen frases del artículo, las leen al pie de la letra y dicen qué tienen que ver con lo que leyeron las demás. Lo que dice el artículo está en las citas; el juicio queda para quien lea.`,
  );
  const less = lessThanAsked(debate.format);
  const greeting = less ? `${welcome} ${inLanguage(less, debate.language)}` : welcome;
  if (!article)
    return {
      greeting,
      axes: [title, debate.question || title],
      question: debate.question || title,
      unit: '',
      earlier: earlierWords(log),
    };
  const reading = readingOf(article);
  return {
    greeting,
    axes: axesOf(reading).map((axis) => axis.text),
    question: questionOf(log, reading),
    unit: '',
    earlier: earlierWords(log),
  };
}

/** What a voice that only reads out leaves out of a format that asks for more. */
function lessThanAsked(format: string): Localised | undefined {
  const less: Readonly<Record<string, Localised>> = {
    deliberation: {
      en: 'They take no position and sign nothing off, so this deliberation has statements and replies only.',
      es: 'No toman postura ni dan visto bueno a nada: esta deliberación solo tiene intervenciones y réplicas.',
    },
    oxford: {
      en: 'They have no opinion to change, so only people’s votes count.',
      es: 'No tienen opinión que cambiar: solo cuentan los votos de las personas.',
    },
    redteam: {
      en: 'They read out what may go wrong and do not say how likely it is.',
      es: 'Leen lo que puede salir mal y no dicen cuán probable es.',
    },
    socratic: {
      en: 'They read out what the article says of a word and do not refine it.',
      es: 'Leen lo que el artículo dice de una palabra y no la afinan.',
    },
  };
  return less[format];
}

/** What an extractive voice can know of it: that the words are alike, and what was concluded. */
function earlierWords({ debate }: Log): string | null {
  const { earlier, language } = debate;
  if (!earlier) return null;
  const answer = earlier.answer.replace(/\s+/g, ' ');
  const alike = { en: `It came to this: ${answer}`, es: `Llegó a esto: ${answer}` };
  return inLanguage(alike, language);
}

/** The question as it was asked; else whether the article bears out its own thesis. */
function questionOf(log: Log, reading: Reading): string {
  const { question, language } = log.debate;
  if (question.trim() !== '') return question.trim();
  const thesis = thesisOf(reading)?.text.replace(/\.$/, '');
  const title = reading.article.title;
  const claim = thesis ? `“${thesis}”` : `*${title}*`;
  return inLanguage(
    {
      en: `Does the evidence the article gives bear out its own claim, ${claim}?`,
      es: `¿Basta la evidencia que aporta el artículo para sostener su propia tesis, ${claim}?`,
    },
    language,
  );
}
