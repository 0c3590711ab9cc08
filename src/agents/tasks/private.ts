/** What is asked in a line or two. */

import { json } from './about.ts';
import type { Task } from './task.ts';

export const stanceTask: Task = ({ log, persona }) => {
  const before = log.turns.findLast((turn) => turn.speaker === persona.id && turn.data.stance)?.data.stance;
  return [
    [
      'TASK: where do you stand on the central question now? Nobody on the panel sees this. One sentence with your reason, without quotes, then your stance line and nothing else.',
      before
        ? `Your stance was ${before.stance}. Keep it unless a reason in these turns moved you: that others think otherwise is none. If it changed, name the turn by somebody else that moved you, by its number: [stance: ${before.stance}, confidence: ${before.confidence}%, moved by: turn N].`
        : 'The line: [stance: +2, confidence: 70%], from -3 (firmly no) to +3 (firmly yes).',
    ].join(' '),
  ];
};

export const verdictTask: Task = () => [
  'TASK: does what is answered below answer your question? One sentence: yes, or what is still missing. Then a last line, [answered: yes] or [answered: no]. A polite evasion is no answer.',
];

export const signoffTask: Task = ({ move }) => [
  [
    'TASK: read the draft of the synthesis above. Accept it if it reports fairly what you said and what the panel came to, even where you disagree with the answer.',
    'If it misreports you, leaves out your decisive point or claims an agreement you are not part of, object in ONE line.',
  ].join(' '),
  json({
    accept: 'true or false',
    objection: 'your objection in one line, or null',
    ...(move.purpose === 'restatement' && {
      restatement: 'the conclusion again for a bright outsider, two or three plain sentences, nothing added',
      answer: 'what you take the answer to the central question to be: yes, no or open',
    }),
  }),
];
