/** What people bring into a debate beside their words: whom to hear, a vote, an answer to what they are asked. */
import { personaCalled } from '../checks/names.ts';
import { askedPeople, inLanguage, isOver } from '../debate.ts';
import { InputError } from '../errors.ts';
import { saveHumanTurn } from '../host/human-turn.ts';
import { mustHaveBudget } from '../host/rights.ts';
import { POSITIONS, phaseOf, tallyInWords } from '../host/votes.ts';
import { safeLine } from '../text/safe.ts';
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

export const answer: Verb = {
  name: 'answer',
  word: { en: 'answer', es: 'contestar' },
  summary: { en: 'Answer what the coordinator asks you', es: 'Contestar lo que os pregunta el coordinador' },
  may: 'anyone',
  args: [
    {
      name: 'words',
      word: { en: 'words', es: 'palabras' },
      summary: { en: 'Your answer', es: 'Tu respuesta' },
      required: true,
    },
    DEBATE,
  ],
  when: ['running', 'paused', 'concluded', 'stopped'],
  async run(context) {
    const { args, incoming, store, now } = context;
    const log = needed(context.log);
    const { debate, turns } = log;
    const asked = askedPeople(log);
    if (!asked) throw nothingAsked();
    if (now().getTime() > asked.at.getTime() + (debate.limits.patience ?? 0)) throw tooLate();
    const isClosed = turns.some(({ n, kind }) => n > asked.n && kind === 'synthesis');
    const words = { key: `human-${incoming.id}`, text: (args.words ?? '').trim(), answers: [asked.n] };
    if (!isClosed) {
      await saveHumanTurn(store, log, incoming, { ...words, to: undefined });
      return said(debate, incoming, 'Noted; whom it concerns takes it up.', 'Anotado; lo retoma quien corresponda.');
    }
    // After the closing it is the coordinator who says what it changes.
    await mustHaveBudget(context, debate.workspace);
    await saveHumanTurn(store, log, incoming, { ...words, to: debate.panel.coordinator.id });
    if (isOver(debate.status)) await store.change(debate.workspace, debate.id, { status: 'running', endedAt: null });
    return said(
      debate,
      incoming,
      'Noted; the coordinator says what it changes.',
      'Anotado; el coordinador dice qué cambia.',
    );
  },
};

function nothingAsked(): InputError {
  return new InputError({
    en: 'The coordinator has asked you nothing; just write in the thread, or ask somebody.',
    es: 'El coordinador no os ha preguntado nada; escribe sin más en el hilo, o pregunta a alguien.',
  });
}

function tooLate(): InputError {
  return new InputError({
    en: 'The time to answer the coordinator’s question is over; say it in the thread, and another round takes it up.',
    es: 'El plazo para contestar al coordinador ha terminado; dilo en el hilo y otra ronda lo retomará.',
  });
}
