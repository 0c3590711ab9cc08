/** What the coordinator is asked for when the panel is near-unanimous: a page instead of a debate. */
import { fenceOf } from '../fence.ts';
import { calledIn, json, stances } from './about.ts';
import type { Task } from './task.ts';

export const digestTask: Task = ({ log }, aliases) => {
  const said = log.turns.filter(({ kind }) => kind === 'stance');
  const poll = said.map((turn) => `${calledIn(turn, log, aliases)}: ${aliases.hide(turn.text)}`).join('\n');
  return [
    'TASK: the panel was polled, nobody knowing what the others say, and is close to unanimous, so there is no debate. Write the page that takes its place, for readers who have a minute. Report only the reasons given in the poll, by those who gave them; invent none, and claim no exchange: nobody has answered anybody.',
    `The poll\n${fenceOf(log.debate.id).around('poll', poll)}`,
    ...stances(log, aliases),
    json({
      answer: 'the answer to the central question, at most three sentences',
      decision: 'what it comes to: yes, no or open',
      reasons: [{ text: 'a reason, one sentence; at most four', speakers: ['those who gave it, as called here'] }],
      against: 'the best that speaks against the answer, one or two sentences',
      nextSteps: ['at most three things the readers can do'],
      plainWords: 'the conclusion for a bright outsider, one or two sentences without jargon',
    }),
  ];
};
