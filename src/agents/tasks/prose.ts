/** What a panellist is asked to say in prose, by what the move is for. */
import type { Log, Move, Purpose } from '../../debate.ts';
import type { Cue } from '../../ports/voice.ts';
import type { Aliases } from '../aliases.ts';
import { fenceOf } from '../fence.ts';
import { takenUp } from './about.ts';
import type { Task } from './task.ts';

export const statementTask: Task = (cue, aliases) => [
  orders(cue, STATEMENTS[cue.move.purpose ?? 'none'] ?? plainStatement),
  ...takenUp(cue.log, cue.move, aliases),
];

export const replyTask: Task = (cue, aliases: Aliases) => [
  orders(cue, REPLIES[cue.move.purpose ?? 'none'] ?? plainReply),
  ...afterwards(cue),
  ...takenUp(cue.log, cue.move, aliases),
  ...(cue.move.issue ? [`At issue:\n${fenceOf(cue.log.debate.id).around('words', aliases.hide(cue.move.issue))}`] : []),
];

type Orders = (cue: Cue) => readonly string[];
type ByPurpose = Partial<Record<Purpose | 'none', Orders>>;

function orders(cue: Cue, of: Orders): string {
  const follows = cue.log.debate.earlier?.relation === 'followed' && cue.log.debate.earlier.reopens.length > 0;
  return [...of(cue), ...(follows ? [REOPENED] : [])].join(' ');
}

const REOPENED =
  'This debate follows an earlier one: speak to at least one of the points it left open, saying which, and whether it is settled now.';

const ONE_QUESTION = 'Put at most one question, to one named speaker, and do not answer it yourself.';
const STANCE = 'End with your stance line.';

const plainStatement: Orders = ({ log, move }) => [
  'TASK: make your statement, one paragraph.',
  ...groundedIn(log),
  ...(othersSpoke(log, move)
    ? ['Build on or object to one earlier speaker by name, saying to which of their points.']
    : []),
  ONE_QUESTION,
  STANCE,
];

const plainReply: Orders = ({ log }) => [
  'TASK: reply, in one paragraph, to what is listed below and nothing else. Address each speaker by name.',
  'Concede what holds, contest what does not, and say why; do not repeat your earlier words.',
  ...groundedIn(log),
  'End with your stance line; if it changed, say in the text what changed it and name the turn in the line, as the rules say. Keep your position unless a reason moved you: that others think otherwise is none.',
];

const STATEMENTS: ByPurpose = {
  alone: ({ log }) => [
    'TASK: make your statement, one paragraph. Nobody has spoken yet and nobody sees this before all have written theirs: speak to nobody, agree with nobody, and say what you yourself hold.',
    ...groundedIn(log),
    STANCE,
  ],
  for: ({ log, move }) => bench(log, move, 'FOR'),
  against: ({ log, move }) => bench(log, move, 'AGAINST'),
  defence: ({ log }) => [
    'TASK: you defend the proposal in the central question, whatever you think yourself. State it in one paragraph: what exactly is to be done, what it gains, and what it takes.',
    ...groundedIn(log),
    'Put no question and give no stance line.',
  ],
  attack: ({ log }) => [
    'TASK: attack the proposal, one paragraph. Name ONE way it fails: what happens first, what follows, whom it hits, and what would show it early. Not the most obvious one: the one your duty makes you see.',
    ...groundedIn(log),
    'Put no question and give no stance line. End with a line of its own in exactly this form: [failure: in three to eight words, likelihood: 3, harm: 4], both from 1 (lowest) to 5.',
  ],
  inquiry: ({ log, move }) => [
    'TASK: you ask this round. In at most three sentences lead up to ONE question that everybody else must answer, and end with it.',
    ...(othersSpoke(log, move)
      ? ['Start from the answers so far: press where they contradict each other or use one word in two senses.']
      : ['Ask what the central notion of the question means, so that an answer could be wrong.']),
    'Do not answer it yourself, name nobody in it, and give no stance line.',
  ],
  estimate: ({ log }) => [
    'TASK: estimate the answer to the central question, one paragraph. Nobody has spoken yet and nobody sees this before all have written theirs. Say what the figure rests on and what would move it most.',
    ...groundedIn(log),
    estimateLine(log),
  ],
};

const REPLIES: ByPurpose = {
  for: ({ log }) => rebuttal(log, 'FOR'),
  against: ({ log }) => rebuttal(log, 'AGAINST'),
  defence: ({ log }) => [
    'TASK: answer the attacks listed below, the gravest first, in one paragraph. For each that holds name a concrete mitigation and what it costs; say of the others why they do not hold. Address each speaker by name.',
    ...groundedIn(log),
    'Give no stance line.',
  ],
  answer: ({ log }) => [
    'TASK: answer the question listed below, in one short paragraph: a definition or a plain answer first, then one case that tests it. Do not ask back.',
    ...groundedIn(log),
    'Give no stance line.',
  ],
  revision: ({ log }) => [
    'TASK: estimate again, in one short paragraph, knowing how the estimates lie. Say what you had not thought of, or what those far from you overlook. Keep your figure unless a reason moved you: that others are elsewhere is none.',
    estimateLine(log),
  ],
};

/** Asked once the debate is closed, a persona answers from the record and holds no debate of its own. */
function afterwards({ log, move }: Cue): readonly string[] {
  const closed = log.turns.some((turn) => turn.kind === 'synthesis');
  return closed && move.answers.length > 0
    ? [
        'The debate is closed. Answer from its record, naming the turns you rely on, and where the record does not hold the answer say so instead of inventing one.',
      ]
    : [];
}

function bench(log: Log, move: Move, side: string): readonly string[] {
  return [
    `TASK: you sit on the bench ${side} the motion, by assignment and whatever you think yourself. Make its case in one paragraph: ONE argument, its ground, and what follows.`,
    ...groundedIn(log),
    ...(othersSpoke(log, move) ? ['Take a ground your own bench has not used.'] : []),
    'Put no question and give no stance line.',
  ];
}

function rebuttal(log: Log, side: string): readonly string[] {
  return [
    `TASK: rebut, for the bench ${side} the motion, what is listed below, in one paragraph. Address the speaker by name, state the point fairly, then say why it does not carry.`,
    ...groundedIn(log),
    'Give no stance line.',
  ];
}

function estimateLine(log: Log): string {
  const unit = log.turns.find((turn) => turn.data.opening)?.data.opening?.unit;
  const counted = unit ? `, in ${unit.replace(/[\n[\]]/g, ' ')}` : '';
  return `Give no stance line. End with a line of its own in exactly this form${counted}: [estimate: 40, from: 20, to: 60, confidence: 80%]; the truth lies from–to with that confidence. Plain numbers, no units.`;
}

function groundedIn(log: Log): readonly string[] {
  return log.article ? ['Ground it in at least one quote of the article, as the rules say.'] : [];
}

function othersSpoke(log: Log, move: Move): boolean {
  return log.turns.some((turn) => turn.public && turn.speaker !== move.speaker && turn.kind !== 'opening');
}
