/** An objection without a name. */
import { createHash } from 'node:crypto';
import { partsOf } from '../conducting/delivery.ts';
import { inLanguage, isOver, type Language, type Log, type NewTurn } from '../debate.ts';
import { InputError } from '../errors.ts';
import { safeLine } from '../text/safe.ts';
import { DEBATE, needed, type Verb } from './verb.ts';

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
