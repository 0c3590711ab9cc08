/** Checks whether a persona accepts the draft of the synthesis, and the Newcomer's restatement of it. */
import { type Decision, inLanguage, type Log, type Move, type Signoff, type Synthesis } from '../debate.ts';
import { signoffDraft } from '../spoken.ts';
import { parseStructured } from '../text/structured.ts';
import type { Checked } from './checked.ts';
import { keepLength } from './length.ts';
import { missingIn, withoutMissing } from './mentions.ts';
import { resolveQuotes } from './quoting.ts';

const WORDS_OF_AN_OBJECTION = 40;
const WORDS_OF_A_RESTATEMENT = 90;

export function checkSignoff(said: string, log: Log, move: Move): Checked {
  const parsed = parseStructured(said, signoffDraft);
  if (!parsed.ok) {
    // Silence is not an objection, and not an acceptance anybody should read as one.
    const text = inLanguage({ en: 'No answer.', es: 'Sin respuesta.' }, log.debate.language);
    return { settled: lay(text, { objection: null }), problems: [parsed.problem] };
  }
  const { accept, objection: filed, restatement, answer } = parsed.value;
  const objection = accept ? null : plain(filed ?? '', WORDS_OF_AN_OBJECTION, log) || null;
  const problems = accept || objection ? [] : ['You do not accept and give no objection: put it in one line.'];
  const restated = move.purpose === 'restatement' && restatement !== '' ? restatedAs(restatement, answer, log) : null;
  const text = [
    objection ?? inLanguage({ en: 'Accepted.', es: 'Aceptada.' }, log.debate.language),
    ...(restated ? [restated.text] : []),
  ].join('\n\n');
  return { settled: lay(text, { objection, ...(restated && { restated }) }), problems };
}

function lay(text: string, signoff: Signoff) {
  return { text, quotes: [], data: { signoff }, repliesTo: [] };
}

function plain(text: string, words: number, log: Log): string {
  const spoken = log.turns.map((turn) => turn.text).join('\n');
  const bare = withoutMissing(text, log).replace(/\s+/g, ' ').trim();
  const quoting = resolveQuotes(bare, log.article, log.debate.language, spoken);
  return keepLength(quoting.text, words, log.debate.language).text;
}

function restatedAs(said: string, answer: Decision | undefined, log: Log): NonNullable<Signoff['restated']> {
  const draft = log.turns.findLast((turn) => turn.data.draft)?.data.draft;
  const contradicts = draft ? contradiction(draft, said, answer, log) : null;
  return { text: plain(said, WORDS_OF_A_RESTATEMENT, log), answer, ...(contradicts && { contradicts }) };
}

/** What of the restatement the record does not bear out; null: nothing. */
function contradiction(draft: Synthesis, said: string, answer: Decision | undefined, log: Log): string | null {
  if (draft.decision && answer && draft.decision !== answer) {
    return `The Newcomer read the answer as "${answer}" where the draft means "${draft.decision}".`;
  }
  const gone = missingIn(said, log);
  if (gone !== '') return `The Newcomer's restatement speaks of turn ${gone}, which nobody heard.`;
  const record = [...log.turns.map((turn) => turn.text), log.article?.text ?? ''].join('\n');
  const known = new Set(figuresIn(record));
  const invented = figuresIn(said).filter((figure) => !known.has(figure));
  return invented.length === 0 ? null : `The Newcomer's restatement has a figure nobody gave: ${invented.join(', ')}.`;
}

function figuresIn(text: string): string[] {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).map((figure) => figure.replaceAll(',', '.'));
}
