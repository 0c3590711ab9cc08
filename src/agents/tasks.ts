/** The last message of a prompt: who speaks now, as whom, and what this turn must do. */
import {
  centralQuestion,
  inLanguage,
  type Language,
  type Log,
  type Move,
  type Persona,
  speakerName,
  type Turn,
} from '../debate.ts';
import type { Cue } from '../ports.ts';
import { fenceOf, plainName } from './fence.ts';

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** `Spanish` for `es`. */
export function languageName(language: Language): string {
  return names.of(language) ?? language;
}

/** Whether a move is answered in JSON (see src/spoken.ts) and not in prose. */
export function isStructured(kind: Move['kind']): boolean {
  return kind === 'opening' || kind === 'notes' || kind === 'synthesis';
}

export function task(cue: Cue): string {
  const { log, move, persona } = cue;
  return [whoSpeaks(persona, log), ...question(log), ...tasks[move.kind](cue), language(log, move)].join('\n\n');
}

function whoSpeaks(persona: Persona, log: Log): string {
  const own = (text: { en: string; es: string }) => inLanguage(text, log.debate.language);
  const lens = log.debate.language === 'es' ? persona.lens.es : persona.lens.en;
  return [
    `NOW SPEAKS: ${own(persona.name)} (id ${persona.id})`,
    `Duty: ${own(persona.duty)}`,
    `Position to argue from: ${own(persona.stance)}`,
    ...(lens.length > 0 ? [`Reads the article for: ${lens.join(', ')}`] : []),
    `Never: ${own(persona.never)}`,
  ].join('\n');
}

function question(log: Log): readonly string[] {
  const central = centralQuestion(log);
  return central === '' ? [] : [`CENTRAL QUESTION:\n${fenceOf(log.debate.id).around('words', central)}`];
}

function language(log: Log, move: Move): string {
  const name = languageName(log.debate.language);
  return isStructured(move.kind)
    ? `Answer with the JSON object alone; its texts in ${name}.`
    : `At most ${log.debate.limits.words} words, in ${name}.`;
}

const tasks: Record<Move['kind'], (cue: Cue) => readonly string[]> = {
  opening: ({ log }) => [
    'TASK: open the debate.',
    json({
      greeting: 'one or two sentences: welcome everybody and name what is debated',
      axes: ['two to five lines: what it is about, each an axis the panel can be held to'],
      question: log.debate.question
        ? 'the central question, word for word as it stands above'
        : 'ONE central question, decidable with yes or no, on which this panel will disagree; never two in one',
    }),
  ],
  statement: ({ log, move }) => [
    [
      'TASK: make your statement, one paragraph.',
      ...groundedIn(log),
      ...(othersSpoke(log, move)
        ? ['Build on or object to one earlier speaker by name, saying to which of their points.']
        : []),
      'Put at most one question, to one named speaker, and do not answer it yourself.',
      'End with your stance line.',
    ].join(' '),
    ...takenUp(log, move),
  ],
  reply: ({ log, move }) => [
    [
      'TASK: reply, in one paragraph, to what is listed below and nothing else. Address each speaker by name.',
      'Concede what holds, contest what does not, and say why; do not repeat your earlier words.',
      ...groundedIn(log),
      'End with your stance line; if it changed, say in the text what changed it.',
    ].join(' '),
    ...takenUp(log, move),
    ...(move.issue ? [`At issue:\n${fenceOf(log.debate.id).around('words', move.issue)}`] : []),
  ],
  notes: ({ log }) => [
    'TASK: read the turns so far and decide who must be heard next. Take no side. Report only what turns say, by their numbers. At most six routes, the weightiest first: first people from the audience nobody has answered, then real clashes (both sides put to each other), then questions without an answer, then speakers hardly heard. A different topic is not a clash.',
    json({
      clashes: [{ issue: 'what exactly is contested', turns: ['numbers of the turns that contradict each other'] }],
      questions: [
        {
          turn: 'number of the turn that asks',
          to: 'id of who should answer',
          text: 'the question, unanswered so far',
        },
      ],
      untouched: ['axes of the opening nobody has touched yet'],
      routes: [
        {
          speaker: 'id of the panellist to be heard, not the coordinator',
          to: ['numbers of turns by others it must take up'],
          why: 'clash, question, human or unheard',
          issue: 'what it must speak to, one sentence',
        },
      ],
    }),
    turnList(log),
  ],
  synthesis: ({ log }) => [
    'TASK: close the debate with a synthesis. Report only what turns above say; every point stands on the numbers of the turns where it was said, by the speakers who said it. Invent nothing: no agreement that was not voiced, no clash that did not happen. An agreement needs turns of two or more panellists, a disagreement two or more sides. Leave a list empty rather than fill it. An answer to the central question is yes, no or a reason why it cannot be decided, with its condition.',
    ...(log.debate.ending ? [`The debate ended early (${endings[log.debate.ending]}): say so in the recap.`] : []),
    json({
      answer: 'the answer to the central question, at most three sentences',
      confidence: "the panel's confidence in it, a number from 0 to 100, or null when nobody took a position",
      agreements: [{ text: 'what was agreed', turns: ['turn numbers'] }],
      disagreements: [
        {
          issue: 'what is contested',
          positions: [{ speaker: 'id', text: 'what it holds', turns: ["numbers of that speaker's own turns"] }],
          settledBy: 'the evidence that would settle it',
        },
      ],
      minority: [{ speaker: 'id', text: 'an objection that stands against the answer' }],
      open: [
        {
          text: 'a question still open',
          turn: 'number of the turn that raised it',
          to: 'id of whom it was put to, or null',
        },
      ],
      nextSteps: ['at most five things the readers can do'],
      plainWords: 'the conclusion for a bright outsider, two or three sentences without jargon',
      recap: 'one paragraph: thanks, what was covered, where the panel met and where it parted',
    }),
    turnList(log),
    ...stances(log),
  ],
};

const endings = {
  asked: 'somebody asked for the closing',
  tokens: 'its budget of tokens is used up',
  money: 'its budget of money is used up',
  turns: 'its number of turns is reached',
  time: 'its time is up',
} as const;

/** The object to answer with, its values saying what belongs there. */
function json(shape: object): string {
  return `Answer with one JSON object with exactly these keys. The values here describe what to put; turn numbers are plain numbers.\n${JSON.stringify(shape, null, 1)}`;
}

function groundedIn(log: Log): readonly string[] {
  return log.article ? ['Ground it in at least one quote of the article, as the rules say.'] : [];
}

function othersSpoke(log: Log, move: Move): boolean {
  return log.turns.some((turn) => turn.public && turn.speaker !== move.speaker && turn.kind !== 'opening');
}

/** The turns a move must take up, by number and name, with what was asked of the speaker. */
function takenUp(log: Log, move: Move): readonly string[] {
  const lines = move.to.flatMap((n) => {
    const turn = log.turns.find((each) => each.n === n);
    if (!turn) return [];
    const asks = move.answers.includes(n) ? ask(turn, move) : '';
    return [`- turn ${n}, by ${plainName(speakerName(log.debate, turn))}${asks}`];
  });
  return lines.length > 0 ? [`Take up by name:\n${lines.join('\n')}`] : [];
}

function ask(turn: Turn, move: Move): string {
  const asked = turn.data.asks?.find((each) => each.to === move.speaker);
  return asked
    ? `: answer its question directly (${asked.text.replace(/\s+/g, ' ')})`
    : ': answer its question directly';
}

function turnList(log: Log): string {
  const said = log.turns.filter((turn) => turn.public);
  return `Turns and their speakers: ${said.map((turn) => `${turn.n} ${idOf(turn)}`).join(', ')}.`;
}

function idOf(turn: Turn): string {
  return turn.data.author ? `${plainName(turn.data.author.name)} (audience)` : turn.speaker;
}

function stances(log: Log): readonly string[] {
  const lines = log.turns.flatMap((turn) =>
    turn.data.stance
      ? [`turn ${turn.n} ${turn.speaker}: ${turn.data.stance.stance}, ${turn.data.stance.confidence}%`]
      : [],
  );
  return lines.length > 0 ? [`Positions declared (-3 no … +3 yes, confidence): ${lines.join('; ')}.`] : [];
}
