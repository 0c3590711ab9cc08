/** The last message of a prompt: who speaks now, as whom, and what this turn must do. */
import { centralQuestion, inLanguage, type Language, type Log, type Move, type Persona } from '../debate.ts';
import type { Cue } from '../ports/voice.ts';
import { isStructured } from '../spoken.ts';
import type { Aliases } from './aliases.ts';
import { fenceOf } from './fence.ts';
import { closingTask, draftTask } from './tasks/closing.ts';
import { choiceTask, notesTask, openingTask } from './tasks/coordinating.ts';
import { digestTask } from './tasks/digest.ts';
import { signoffTask, stanceTask, verdictTask } from './tasks/private.ts';
import { replyTask, statementTask } from './tasks/prose.ts';
import type { Task } from './tasks/task.ts';

const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' });

/** `Spanish` for `es`. */
export function languageName(language: Language): string {
  return names.of(language) ?? language;
}

export function task(cue: Cue, aliases: Aliases): string {
  const { log, move, persona } = cue;
  const parts = [
    whoSpeaks(persona, log, aliases, SHORT.has(move.kind)),
    ...question(log, aliases),
    ...tasks[move.kind](cue, aliases),
  ];
  return [...parts, language(log, move)].join('\n\n');
}

function whoSpeaks(persona: Persona, log: Log, aliases: Aliases, brief: boolean): string {
  const own = (text: { en: string; es: string }) => inLanguage(text, log.debate.language);
  const lens = log.debate.language === 'es' ? persona.lens.es : persona.lens.en;
  const here = aliases.of(persona) === own(persona.name) ? '' : `, who is ${aliases.of(persona)} here`;
  return [
    `NOW SPEAKS: ${own(persona.name)}${here}`,
    `Duty: ${own(persona.duty)}`,
    `Position to argue from: ${own(persona.stance)}`,
    // What is asked in a line or two is not read out of the article.
    ...(lens.length > 0 && !brief ? [`Reads the article for: ${lens.join(', ')}`] : []),
    `Never: ${own(persona.never)}`,
  ].join('\n');
}

function question(log: Log, aliases: Aliases): readonly string[] {
  const central = centralQuestion(log);
  return central === '' ? [] : [`CENTRAL QUESTION:\n${fenceOf(log.debate.id).around('words', aliases.hide(central))}`];
}

/** In a line or two where the answer is meant for nobody but the coordinator. */
const SHORT: ReadonlySet<Move['kind']> = new Set(['stance', 'verdict', 'signoff']);

function language(log: Log, move: Move): string {
  const name = languageName(log.debate.language);
  if (isStructured(move.kind)) return `Answer with the JSON object alone; its texts in ${name}.`;
  return SHORT.has(move.kind) ? `In ${name}.` : `At most ${log.debate.limits.words} words, in ${name}.`;
}

const tasks: Record<Move['kind'], Task> = {
  choice: choiceTask,
  opening: openingTask,
  statement: statementTask,
  reply: replyTask,
  verdict: verdictTask,
  stance: stanceTask,
  notes: notesTask,
  draft: draftTask,
  signoff: signoffTask,
  synthesis: (cue, aliases) => (cue.move.purpose === 'digest' ? digestTask : closingTask)(cue, aliases),
  // The program's own: no voice is ever asked.
  gate: () => [],
  feedback: () => [],
};
