/** What the coordinator is asked for at the end: a draft, the synthesis. */
import type { Log } from '../../debate.ts';
import type { Aliases } from '../aliases.ts';
import { fenceOf } from '../fence.ts';
import { json, laidBefore, stances, turnList } from './about.ts';
import type { Task } from './task.ts';

export const draftTask: Task = (cue, aliases) => [
  `TASK: draft the synthesis of the debate; the panel will be asked whether it accepts it. ${REPORT}`,
  ...early(cue.log),
  json(shape(cue)),
  turnList(cue.log, aliases),
  ...stances(cue.log, aliases),
];

export const closingTask: Task = (cue, aliases) => {
  const laid = laidBefore(cue.log);
  const parts = [turnList(cue.log, aliases), ...stances(cue.log, aliases)];
  if (!laid) {
    return [`TASK: close the debate with a synthesis. ${REPORT}`, ...early(cue.log), json(shape(cue)), ...parts];
  }
  const amended = ['those whose objection you met by changing the draft, as called here'];
  return [
    `TASK: close the debate: mend your draft of the synthesis and give it whole. Change only what is objected to, misread or asked since. ${REPORT}`,
    ...early(cue.log),
    ...objections(laid, cue.log, aliases),
    json({ ...shape(cue), amended }),
    ...parts,
  ];
};

const REPORT =
  'Report only what turns above say; every point stands on the numbers of the turns where it was said, by the speakers who said it. Invent nothing: no agreement that was not voiced, no clash that did not happen. An agreement needs turns of two or more panellists, a disagreement two or more sides. Leave a list empty rather than fill it. An answer to the central question is yes, no or a reason why it cannot be decided, with its condition.';

function shape({ log, move }: Parameters<Task>[0]): object {
  return {
    answer: 'the answer to the central question, at most three sentences',
    decision: 'what it comes to: yes, no or open',
    confidence: "the panel's confidence in it, a number from 0 to 100, or null when nobody took a position",
    agreements: [{ text: 'what was agreed', turns: ['turn numbers'] }],
    disagreements: [
      {
        issue: 'what is contested',
        positions: [
          { speaker: 'as called here', text: 'what it holds', turns: ["numbers of that speaker's own turns"] },
        ],
        settledBy: 'the evidence that would settle it',
      },
    ],
    minority: [{ speaker: 'as called here', text: 'an objection that stands against the answer' }],
    open: [
      {
        text: 'a question still open',
        turn: 'number of the turn that raised it',
        to: 'whom it was put to, as called here, or null',
      },
    ],
    ...(move.purpose === 'proposal' && {
      risks: [
        {
          text: 'a way the proposal fails',
          likelihood: '1 to 5, as its attacker said',
          harm: '1 to 5, as its attacker said',
          mitigation: 'what was offered against it, or an empty text',
          turns: ['number of the attack, and of what answered it'],
        },
      ],
    }),
    ...(move.purpose === 'inquiry' && {
      definitions: [{ term: 'a word', text: 'what it came to mean, refined by the answers', turns: ['turn numbers'] }],
    }),
    ...(log.debate.earlier?.relation === 'followed' && {
      reopened: [
        {
          n: 'number of a point left open by the earlier debate; one entry for each of them',
          answered: 'true or false: whether turns of this debate answer it',
          how: 'what was said to it, one sentence',
          turns: ['numbers of the turns that did'],
        },
      ],
    }),
    nextSteps: ['at most five things the readers can do'],
    plainWords: 'the conclusion for a bright outsider, two or three sentences without jargon',
    recap: 'one paragraph: thanks, what was covered, where the panel met and where it parted',
  };
}

/** The draft as it was, and what was filed against it. */
function objections(laid: NonNullable<ReturnType<typeof laidBefore>>, log: Log, aliases: Aliases): readonly string[] {
  const fence = fenceOf(log.debate.id);
  const { dropped: _, ...draft } = laid.draft;
  const nameOf = (id: string) => log.debate.panel.personas.flatMap((each) => (each.id === id ? aliases.of(each) : []));
  const filed = laid.filed.map(({ speaker, objection }) => `- ${nameOf(speaker)}: ${objection}`);
  return [
    `Your draft:\n${fence.around('draft', aliases.hide(JSON.stringify(draft)))}`,
    ...(filed.length > 0
      ? [
          `Objections. Amend the draft where the objector is right and name it under "amended"; leave what you do not follow: it is attached in the objector's own words.\n${fence.around('objections', aliases.hide(filed.join('\n')))}`,
        ]
      : []),
    ...(laid.misread.length > 0
      ? [`${laid.misread.join(' ')} Put it so that it cannot be read that way, or put right what is wrong in it.`]
      : []),
  ];
}

function early({ debate, turns }: Log): readonly string[] {
  if (debate.ending) return [`The debate ended early (${endings[debate.ending]}): say so in the recap.`];
  const last = turns.findLast((turn) => turn.kind === 'notes' || turn.kind === 'synthesis');
  return last?.data.notes?.routes.length === 0
    ? ['The debate closes early, because its last round brought nothing new: say so in the recap.']
    : [];
}

const endings = {
  asked: 'somebody asked for the closing',
  tokens: 'its budget of tokens is used up',
  money: 'its budget of money is used up',
  turns: 'its number of turns is reached',
  time: 'its time is up',
} as const;
