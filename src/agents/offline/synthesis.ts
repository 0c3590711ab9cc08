/** The coordinator's closing without a model: what was read, by whom, where the article argues with itself. */
import { centralQuestion, inLanguage, type Log, speaker, type Turn } from '../../debate.ts';
import type { SynthesisDraft } from '../../spoken.ts';
import { flat } from '../../text/terms.ts';
import { cleanHeading, untouched } from './axes.ts';
import { type Clash, clashesIn, isPersona, openQuestions } from './clashes.ts';
import { cue, type Reading, readingOf } from './reading.ts';
import { centralOf, plainOf } from './reserved.ts';
import { type Heard, heardIn, inLanguageOf, named, quoted } from './seat.ts';

const MOST_AGREEMENTS = 4;
const MOST_DISAGREEMENTS = 3;
const MOST_STEPS = 5;

type Say = (en: string, es: string) => string;

export function synthesis(log: Log): SynthesisDraft {
  const say: Say = (en, es) => inLanguage({ en, es }, log.debate.language);
  const lists = { agreements: [], disagreements: [], minority: [], open: [], nextSteps: [], amended: [] };
  // It reads out and weighs nothing: what is ranked, defined or decided is for whoever reads.
  const empty = { ...lists, confidence: null, risks: [], definitions: [], reopened: [] };
  if (!log.article) {
    const answer = say(
      'Nothing was read, so nothing can be answered.',
      'No se leyó nada, así que nada se puede responder.',
    );
    return { ...empty, answer, plainWords: answer, recap: say('Thank you all.', 'Gracias a todos.') };
  }
  const reading = readingOf(log.article);
  const clashes = clashesIn(log, reading).slice(-MOST_DISAGREEMENTS);
  const shared = commonGround(log, reading, clashes);
  return {
    ...empty,
    answer: answer(reading, say),
    agreements: shared.map(({ topic, turns }) => ({
      text: agreementText(log, topic, turns, say),
      turns: turns.map(({ n }) => n),
    })),
    disagreements: clashes.map((clash) => disagreement(clash, say)),
    open: openQuestions(log).map(({ text, turn, to }) => ({ text, turn, to })),
    nextSteps: nextSteps(log, reading, clashes, say).slice(0, MOST_STEPS),
    plainWords: plainWords(reading, clashes, say),
    recap: recap(log, shared, clashes, say),
  };
}

function answer(reading: Reading, say: Say): string {
  const [one, two] = centralOf(reading);
  const read = [one, two].flatMap((sentence) => (sentence ? [quoted(sentence)] : []));
  const honest = say(
    'Extractive voices cannot answer the central question: they read, they do not judge.',
    'Unas voces extractivas no pueden responder a la pregunta central: leen, no juzgan.',
  );
  if (read.length === 0) return honest;
  const most = say(
    'The sentences nearest to the centre of the article are',
    'Las frases más centrales del artículo son',
  );
  const single = say('The sentence nearest to the centre of the article is', 'La frase más central del artículo es');
  return `${honest} ${read.length > 1 ? most : single} ${read.join(` ${say('and', 'y')} `)}.`;
}

interface Shared {
  readonly topic: string;
  readonly turns: readonly Turn[];
}

/**
 * Key phrases that two personas or more read about, phrases of several words first, unless that is where they clash.
 * The first turn is one whose first quote carries the phrase: that quote is shown as the evidence.
 */
function commonGround(log: Log, reading: Reading, clashes: readonly Clash[]): Shared[] {
  const heard = heardIn(log, reading).filter(({ turn }) => isPersona(log, turn));
  const clashing = clashes.map((clash) => flat(clash.topic));
  const taken = new Set<string>();
  return reading.phrases
    .filter(
      (phrase) => !clashing.some((topic) => topic.includes(flat(phrase.text)) || flat(phrase.text).includes(topic)),
    )
    .toSorted((a, b) => Math.sign(b.terms.length - 1) - Math.sign(a.terms.length - 1) || b.score - a.score)
    .flatMap((phrase): Shared[] => {
      const turns = firstTurns(heard.filter(({ sentence }) => phrase.sentences.has(sentence.index)));
      const shows = turns.find((turn) =>
        phrase.sentences.has(heard.find((each) => each.turn === turn)?.sentence.index ?? -1),
      );
      const key = turns.map(({ n }) => n).join();
      const opposed = clashes.some(({ claim, limit }) =>
        turns.every((turn) => turn === claim.turn || turn === limit.turn),
      );
      if (turns.length < 2 || !shows || opposed || taken.has(key)) return [];
      taken.add(key);
      return [{ topic: phrase.text, turns: [shows, ...turns.filter((turn) => turn !== shows)] }];
    })
    .slice(0, MOST_AGREEMENTS);
}

/** One turn a speaker. */
function firstTurns(heard: readonly Heard[]): Turn[] {
  const turns = new Map<string, Turn>();
  for (const { turn } of heard) if (!turns.has(turn.speaker)) turns.set(turn.speaker, turn);
  return [...turns.values()].toSorted((a, b) => a.n - b.n);
}

function agreementText(log: Log, topic: string, turns: readonly Turn[], say: Say): string {
  const names = list(
    log,
    turns.map((turn) => turn.speaker),
  );
  return say(
    `${names} stood on what the article says about ${named(topic)}.`,
    `${names} se apoyaron en lo que el artículo dice sobre ${named(topic)}.`,
  );
}

function disagreement({ topic, claim, limit }: Clash, say: Say): SynthesisDraft['disagreements'][number] {
  return {
    issue: say(`How far the article goes on ${named(topic)}`, `Hasta dónde llega el artículo sobre ${named(topic)}`),
    positions: [
      {
        speaker: claim.turn.speaker,
        text: say(`leans on ${quoted(claim.sentence)}.`, `se apoya en ${quoted(claim.sentence)}.`),
        turns: [claim.turn.n],
      },
      {
        speaker: limit.turn.speaker,
        text: say(
          `reads the article’s own limit, ${quoted(limit.sentence)}.`,
          `lee el límite que pone el propio artículo, ${quoted(limit.sentence)}.`,
        ),
        turns: [limit.turn.n],
      },
    ],
    settledBy: say(
      `Measuring ${named(topic)} in your own case, with and without the condition the second sentence sets.`,
      `Medir en el caso propio lo que toca a ${named(topic)}, con y sin la condición que pone la segunda frase.`,
    ),
  };
}

function nextSteps(log: Log, reading: Reading, clashes: readonly Clash[], say: Say): string[] {
  const heard = heardIn(log, reading).filter(({ turn }) => isPersona(log, turn));
  const section = centralSection(reading);
  const figures = [
    ...new Set(heard.filter(({ sentence }) => cue(reading, 'figure', sentence)).map(({ turn }) => turn.n)),
  ];
  const left = untouched(
    reading,
    log.turns.findLast((turn) => turn.data.opening)?.data.opening?.axes ?? [],
    heard.flatMap(({ turn }) => turn.quotes),
  );
  const topics = [...new Set(clashes.map((clash) => named(clash.topic)))].join(', ');
  const turns = figures.slice(0, 6).join(', ');
  const word = figures.length === 1 ? say('turn', 'turno') : say('turns', 'turnos');
  return [
    clashes.length > 0 &&
      say(
        `Decide under which condition each side of ${topics} holds in your case.`,
        `Decidir con qué condición vale en el caso propio cada lado de ${topics}.`,
      ),
    section &&
      say(
        `Read the section “${section}” in full: most of the central sentences stand there.`,
        `Leer entero el apartado «${section}»: ahí está la mayoría de las frases centrales.`,
      ),
    figures.length > 0 &&
      say(
        `Check at their source the figures that were read out (${word} ${turns}).`,
        `Comprobar en su fuente las cifras que se leyeron (${word} ${turns}).`,
      ),
    left.length > 0 &&
      say(`Read what nobody touched: ${left.join('; ')}.`, `Leer lo que nadie tocó: ${left.join('; ')}.`),
    openQuestions(log).length > 0 &&
      say(
        'Look outside the article for what the open questions ask.',
        'Buscar fuera del artículo lo que piden las preguntas abiertas.',
      ),
    say(
      'For arguments and not only quotes, hold the debate with a model (TERTULIA_MODEL).',
      'Para tener argumentos y no solo citas, repetir el debate con un modelo (TERTULIA_MODEL).',
    ),
  ].filter((step): step is string => typeof step === 'string' && step !== '');
}

function centralSection(reading: Reading): string {
  const top = reading.sentences
    .toSorted((a, b) => (reading.centrality[b.index] ?? 0) - (reading.centrality[a.index] ?? 0))
    .slice(0, 8)
    .map((sentence) => sentence.section);
  const count = (section: string) => top.filter((each) => each === section).length;
  return cleanHeading(top.toSorted((a, b) => count(b) - count(a))[0] ?? '');
}

function plainWords(reading: Reading, clashes: readonly Clash[], say: Say): string {
  const plain = plainOf(reading);
  const topics = [...new Set(clashes.map((clash) => named(clash.topic)))].join(', ');
  return [
    plain &&
      say(
        `Put simply, the article says: ${quoted(plain)}.`,
        `Dicho con sencillez, el artículo dice: ${quoted(plain)}.`,
      ),
    topics &&
      say(
        `It also sets limits to what it says about ${topics}.`,
        `También pone límites a lo que dice sobre ${topics}.`,
      ),
    say(
      'Nobody here has judged who is right; the quotes are there so that you can.',
      'Aquí nadie ha juzgado quién tiene razón; las citas están para que puedas hacerlo tú.',
    ),
  ]
    .filter(Boolean)
    .join(' ');
}

function recap(log: Log, shared: readonly Shared[], clashes: readonly Clash[], say: Say): string {
  const spoke = [...new Set(log.turns.filter((turn) => isPersona(log, turn)).map((turn) => turn.speaker))];
  const met = shared
    .map(({ topic }) => named(topic))
    .slice(0, 3)
    .join(', ');
  const parted = [...new Set(clashes.map((clash) => named(clash.topic)))].join(', ');
  return [
    say(
      `Thank you all. ${list(log, spoke)} have read from the article on one question.`,
      `Gracias a todos por sus intervenciones. ${list(log, spoke)} han leído del artículo en torno a una pregunta.`,
    ),
    centralQuestion(log) && `*${centralQuestion(log).replace(/[*_]/g, '')}*`,
    met && say(`Several readings met on ${met}.`, `Varias lecturas coincidieron en ${met}.`),
    parted
      ? say(
          `They parted where the article limits itself: ${parted}.`,
          `Se separaron donde el propio artículo se pone límites: ${parted}.`,
        )
      : say(
          'No sentence that was read limits another; a different topic is no objection, so no clash is reported.',
          'Ninguna frase de las leídas limita a otra; un tema distinto no es una objeción, así que no consta ningún choque.',
        ),
    say(
      'No language model has spoken, and nobody has taken a position.',
      'No ha hablado ningún modelo de lenguaje y nadie ha tomado postura.',
    ),
  ]
    .filter(Boolean)
    .join(' ');
}

function list(log: Log, ids: readonly string[]): string {
  const names = ids.flatMap((id) => {
    const persona = speaker(log.debate.panel, id);
    return persona ? [inLanguage(persona.name, log.debate.language)] : [];
  });
  const last = names.at(-1) ?? '';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} ${inLanguageOf(log).and} ${last}` : last;
}
