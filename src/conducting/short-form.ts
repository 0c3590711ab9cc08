/** What a debate came to, in the few lines that those see who were not in the thread. */
import { centralQuestion, inLanguage, type Log, type Synthesis } from '../debate.ts';
import { words } from '../record/words.ts';
import { splitMarkdown } from '../text/split.ts';

/** UTF-16 units: leaves an adapter room for the way to the thread. */
const LONGEST = 1_200;

/** The central question, the answer and the panel's confidence; Markdown of one message. */
export function shortForm(synthesis: Synthesis, log: Pick<Log, 'debate' | 'turns'>, maxLength: number): string {
  const { answer, confidence } = synthesis;
  const lines = [`**${centralQuestion(log)}**`, answer];
  if (confidence !== null)
    lines.push(`*${inLanguage(words.confidence, log.debate.language)}: ${Math.round(confidence)} %*`);
  const [first = '', ...rest] = splitMarkdown(lines.join('\n\n'), Math.min(LONGEST, maxLength) - 1);
  return rest.length > 0 ? `${first}…` : first;
}
