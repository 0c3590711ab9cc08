/** What people bring into a debate beside their words: whom to hear, a vote, an objection without a name. */
import { createHash } from 'node:crypto';
import { personaCalled } from '../checks/names.ts';
import { inLanguage, isOver, type Language, type Log, type NewTurn } from '../debate.ts';
import { partsOf } from '../delivery.ts';
import { InputError } from '../errors.ts';
import { saveHumanTurn } from '../human-turn.ts';
import { safeLine } from '../safe.ts';
import { POSITIONS, phaseOf, tallyInWords } from '../votes.ts';
import { unknownPersona } from './ask.ts';
import { DEBATE, needed, PANELLIST, said, type Verb } from './verb.ts';

export const hear: Verb = {
  name: 'hear',
  word: { en: 'hear', es: 'escuchar' },
  summary: { en: 'Hear one persona next', es: 'Escuchar a continuación a una persona de la mesa' },
  may: 'starter',
  spends: true,
  args: [
    PANELLIST,
    {
      name: 'about',
      word: { en: 'about', es: 'sobre' },
      summary: { en: 'On what; left out: on what was said so far', es: 'Sobre qué; si no se dice, sobre lo dicho' },
      required: false,
    },
  ],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run({ log, args, incoming, store }) {
    const { debate } = needed(log);
    const persona = personaCalled(args.persona ?? '', debate.panel);
    if (!persona) throw unknownPersona(args.persona ?? '', debate.panel);
    const name = inLanguage(persona.name, debate.language);
    const about = safeLine(args.about ?? '');
    const wish = {
      en: `We would like to hear ${name} next: ${about || 'what do you make of what was said so far?'}`,
      es: `Nos gustaría escuchar ahora a ${name}: ${about || '¿qué te parece lo dicho hasta aquí?'}`,
    };
    const question = { key: `question-${incoming.id}`, text: inLanguage(wish, debate.language), to: persona.id };
    await saveHumanTurn(store, needed(log), incoming, question);
    if (debate.status !== 'paused') {
      await store.change(debate.workspace, debate.id, { status: 'running', endedAt: null });
    }
    return said(debate, incoming, `${name} is heard next.`, `A continuación se escucha a ${name}.`);
  },
};

export const vote: Verb = {
  name: 'vote',
  word: { en: 'vote', es: 'votar' },
  summary: { en: 'Say where you stand on the central question', es: 'Decir qué piensas de la pregunta central' },
  may: 'anyone',
  args: [
    {
      name: 'position',
      word: { en: 'position', es: 'postura' },
      summary: { en: 'Yes, rather yes, undecided …', es: 'Sí, más bien sí, sin decidir …' },
      required: true,
      options: POSITIONS,
    },
    DEBATE,
  ],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run({ log, args, incoming, store }) {
    const { debate, turns } = needed(log);
    if (!turns.some((turn) => turn.data.opening)) throw noQuestionYet();
    const phase = phaseOf(needed(log));
    const cast = { voter: incoming.by.id, phase, stance: Number(args.position) };
    const votes = await store.castVote(debate.workspace, debate.id, cast);
    const stands = tallyInWords(votes[phase], incoming.language);
    return phase === 'before'
      ? said(
          debate,
          incoming,
          `Noted, and only totals are shown. Before the debate: ${stands}. You can vote again once you have heard it.`,
          `Anotado, y solo se muestran totales. Antes del debate: ${stands}. Cuando lo hayas escuchado puedes votar otra vez.`,
        )
      : said(
          debate,
          incoming,
          `Noted, and only totals are shown. Having heard the debate: ${stands}.`,
          `Anotado, y solo se muestran totales. Tras escuchar el debate: ${stands}.`,
        );
  },
};

function noQuestionYet(): InputError {
  return new InputError({
    en: 'There is no central question to vote on yet; wait for the opening.',
    es: 'Todavía no hay pregunta central sobre la que votar; espera a la apertura.',
  });
}

/** Objections without a name a debate takes: more would be a flood nobody could be held to account for. */
const MOST_DISSENTS = 3;
const MOST_CHARACTERS = 600;

export const dissent: Verb = {
  name: 'dissent',
  word: { en: 'dissent', es: 'disentir' },
  summary: {
    en: 'Object without your name: the coordinator says it for you',
    es: 'Objetar sin tu nombre: lo dice por ti el coordinador',
  },
  may: 'anyone',
  args: [
    {
      name: 'objection',
      word: { en: 'objection', es: 'objeción' },
      summary: {
        en: 'In your words, which are kept; who you are is not',
        es: 'Con tus palabras, que se guardan; quién eres, no',
      },
      required: true,
    },
    DEBATE,
  ],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run({ log, args, incoming, store, adapter, dissents }) {
    const known = needed(log);
    const { debate, turns } = known;
    const words = safeLine(args.objection ?? '');
    if (words.length > MOST_CHARACTERS) throw tooLong(words.length);
    const turn = voiced(words, incoming.id, known);
    if (turns.some(({ key }) => key === turn.key)) return passedOn(known, incoming.language);
    if (turns.filter(({ kind }) => kind === 'dissent').length >= MOST_DISSENTS) throw enough();
    if (!dissents.take(debate.id, incoming.by.id)) throw onlyOne();
    await store
      .saveTurn(debate.workspace, debate.id, turn, partsOf(known, turn, adapter), 'pending')
      .catch((error: unknown) => {
        dissents.giveBack(debate.id, incoming.by.id);
        throw error;
      });
    // One that is over is woken to say it; a paused one says it when it is resumed.
    if (isOver(debate.status)) await store.change(debate.workspace, debate.id, { status: 'running', endedAt: null });
    return passedOn(known, incoming.language);
  },
};

/** The event's own id could be looked up on the platform; its hash only tells the same event again. */
function voiced(words: string, event: string, { debate, turns }: Log): NewTurn {
  const text = {
    en: `An objection from one of you, without a name: “${words}”`,
    es: `Una objeción de uno de vosotros, sin nombre: «${words}»`,
  };
  return {
    key: `dissent-${createHash('sha256').update(event).digest('hex').slice(0, 16)}`,
    kind: 'dissent',
    public: true,
    speaker: debate.panel.coordinator.id,
    round: turns.at(-1)?.round ?? 0,
    text: inLanguage(text, debate.language),
    repliesTo: [],
    answers: [],
    quotes: [],
    data: {},
    usage: null,
    model: null,
  };
}

function passedOn({ debate }: Log, language: Language) {
  const text = {
    en: 'The coordinator says it for you. Who you are is written down nowhere; mind that your style may tell.',
    es: 'Lo dice por ti el coordinador. Quién eres no queda escrito en ninguna parte; ten en cuenta que tu estilo puede delatarte.',
  };
  return { text: inLanguage(text, language), debateId: debate.id };
}

function tooLong(length: number): InputError {
  return new InputError({
    en: `An objection without a name has at most ${MOST_CHARACTERS} characters and this has ${length}; say the heart of it.`,
    es: `Una objeción sin nombre tiene como mucho ${MOST_CHARACTERS} caracteres y esta tiene ${length}; di lo esencial.`,
  });
}

function enough(): InputError {
  return new InputError({
    en: `This debate has had ${MOST_DISSENTS} objections without a name, which is the most; say yours in the thread.`,
    es: `Este debate ya ha tenido ${MOST_DISSENTS} objeciones sin nombre, que es el máximo; di la tuya en el hilo.`,
  });
}

function onlyOne(): InputError {
  return new InputError({
    en: 'One objection without a name a person and debate; say more in the thread.',
    es: 'Una objeción sin nombre por persona y debate; lo demás, dilo en el hilo.',
  });
}
