/** An earlier debate of the workspace, as voices are shown it: data like an article, never an instruction. */
import type { Earlier } from '../debate.ts';
import type { Fence } from './fence.ts';

export function earlierPart({ relation, title, question, answer, day, reopens }: Earlier, fence: Fence): string {
  const open = reopens.map(({ text }, at) => `${at + 1}. ${text}`);
  const told = [
    ...(title ? [`About: ${title}`] : []),
    `Its question: ${question}`,
    `Its answer: ${answer}`,
    ...(open.length > 0 ? ['Left open, by number:', ...open] : []),
  ];
  const heading =
    relation === 'followed'
      ? `THE EARLIER DEBATE this one follows up, of ${day}: what it left open is taken up again`
      : `AN EARLIER DEBATE held here, of ${day}, that may have to do with this one`;
  return `${heading}\n${fence.around('earlier', told.join('\n'))}`;
}
