/** What the coordinator is asked for before the debate and between its rounds. */
import { mayAskPeople, type Purpose } from '../../debate.ts';
import { earlierPart } from '../earlier.ts';
import { fenceOf } from '../fence.ts';
import { json, turnList } from './about.ts';
import type { Task } from './task.ts';

/** Enough to tell a proposal from a finding. */
const MOST_SECTIONS = 30;

export const choiceTask: Task = ({ move, log }) => [
  ...(log.article
    ? [
        `The article, by its headings:\n${fenceOf(log.debate.id).around('article', [log.article.title, ...log.article.sections.slice(0, MOST_SECTIONS)].join('\n'))}`,
      ]
    : []),
  `TASK: choose how this is to be debated, from what is asked and what the article is.\n${(move.options ?? []).map(({ id, summary }) => `- ${id}: ${summary.en}`).join('\n')}`,
  json({
    format: 'one of the words before the colons',
    why: 'why this one suits the question, one sentence for the readers',
  }),
];

/** What the ONE question has to be for the debate to be about it. */
const QUESTION: Partial<Record<Purpose, string>> = {
  motion: 'the motion as ONE question that is answered with for or against; never two in one',
  proposal: 'the proposal as ONE question: should we do this, named concretely enough to be attacked',
  inquiry: 'ONE question about what the central notion of this means, which answers can refine',
  estimate:
    'ONE question whose answer is a single number: how much, how many, by when; for a yes or no, how probable it is, in %',
};

export const openingTask: Task = ({ log, move }) => [
  'TASK: open the debate.',
  ...(log.debate.earlier?.relation === 'recalled' ? [earlierPart(log.debate.earlier, fenceOf(log.debate.id))] : []),
  json({
    greeting: 'one or two sentences: welcome everybody and name what is debated',
    axes: ['two to five lines: what it is about, each an axis the panel can be held to'],
    question: log.debate.question
      ? 'the central question, word for word as it stands above'
      : ((move.purpose && QUESTION[move.purpose]) ??
        'ONE central question, decidable with yes or no, on which this panel will disagree; never two in one'),
    ...(log.debate.earlier && {
      earlier:
        'one sentence: what the earlier debate concluded and what that has to do with this one; no address; null when it has nothing to do with it',
    }),
    ...(move.purpose === 'estimate' && {
      unit: 'what the number counts: %, years, million dollars …; % when the question is one of yes or no',
    }),
  }),
];

export const notesTask: Task = ({ log }, aliases) => [
  [
    'TASK: read the turns so far and decide who must be heard next. Take no side. Report only what turns say, by their numbers.',
    'At most six routes, the weightiest first: first people from the audience nobody has answered, then real clashes (both sides put to each other), then questions without an answer, then speakers hardly heard.',
    'A different topic is not a clash. Route nobody to what it has replied to already.',
    ...(log.turns.some((turn) => turn.kind === 'notes')
      ? ['If the last round brought no new claim, reason or evidence, leave the routes empty: the debate then closes.']
      : []),
  ].join(' '),
  json({
    claims: [{ text: 'what is claimed, in at most fifteen words', turns: ['numbers of the turns that claim it'] }],
    clashes: [{ issue: 'what exactly is contested', turns: ['numbers of the turns that contradict each other'] }],
    questions: [
      {
        turn: 'number of the turn that asks',
        to: 'who should answer, as called here',
        text: 'the question',
        state: 'open, answered or evaded',
      },
    ],
    untouched: ['axes of the opening nobody has touched yet'],
    routes: [
      {
        speaker: 'the panellist to be heard, as called here; not the coordinator',
        to: ['numbers of turns by others it must take up'],
        why: 'clash, question, human or unheard',
        issue: 'what it must speak to, one sentence',
      },
    ],
    ...(mayAskPeople(log) && {
      askPeople:
        'null; or, only where a fact that none but the readers of this thread can know (about their own team, users, money or plans) would decide the matter: ONE question to them, one sentence. The debate does not wait for the answer',
    }),
  }),
  turnList(log, aliases),
];
