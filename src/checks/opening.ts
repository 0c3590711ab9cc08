/** Checks the coordinator's opening and lays it out. */
import { inLanguage, type Log } from '../debate.ts';
import { delphi } from '../formats/delphi.ts';
import { formatHeld } from '../formats/registry.ts';
import { type OpeningDraft, openingDraft } from '../spoken.ts';
import { parseStructured } from '../text/structured.ts';
import type { Checked } from './checked.ts';
import { layEarlier, mention } from './earlier.ts';
import { resolveQuotes } from './quoting.ts';

export function checkOpening(said: string, log: Log): Checked {
  const parsed = parseStructured(said, openingDraft);
  return {
    settled: lay(parsed.ok ? parsed.value : makeshift(log), log),
    problems: parsed.ok ? [] : [parsed.problem],
  };
}

function lay(draft: OpeningDraft, log: Log) {
  const { language, question: asked } = log.debate;
  // Whoever convened the debate with a question gets that question, not the coordinator's idea of it.
  const question = asked || draft.question;
  const label = inLanguage({ en: 'Central question', es: 'Pregunta central' }, language);
  const warnings = (log.article?.warnings ?? []).map((warning) => `⚠️ ${inLanguage(warning, language)}`);
  const axes = draft.axes.map((axis, at) => `${at + 1}. ${axis}`).join('\n');
  const settled = (parts: readonly string[]) => resolveQuotes(parts.join('\n\n'), log.article, language, asked);
  const head = settled([draft.greeting, axes]);
  const tail = settled([...warnings, `**${label}:** ${question}`]);
  // What an earlier debate was called and concluded is no quote of the article.
  const earlier = mention(draft.earlier, log);
  const text = [head.text, ...layEarlier(earlier, log), tail.text].join('\n\n');
  const quotes = [...head.quotes, ...tail.quotes];
  const unit = formatHeld(log) === delphi.id ? { unit: draft.unit || '%' } : {};
  return {
    text,
    quotes,
    data: { opening: { question, axes: draft.axes, ...unit, ...(earlier && { earlier }) } },
    repliesTo: [],
  };
}

/** When no opening can be had: the article's own title and sections. */
function makeshift(log: Log): OpeningDraft {
  const { language, question } = log.debate;
  const title = log.article?.title ?? question;
  const sections = (log.article?.sections ?? []).slice(0, 4);
  return {
    greeting: inLanguage({ en: `Welcome. We debate “${title}”.`, es: `Bienvenidos. Debatimos «${title}».` }, language),
    axes:
      sections.length >= 2
        ? [...sections]
        : [
            inLanguage(
              { en: 'What is claimed, and on what evidence', es: 'Qué se afirma y con qué evidencia' },
              language,
            ),
            inLanguage({ en: 'What follows if it is true', es: 'Qué se sigue si es cierto' }, language),
          ],
    question:
      question ||
      inLanguage(
        {
          en: `Does the evidence given bear out what “${title}” claims?`,
          es: `¿Sostiene la evidencia aportada lo que afirma «${title}»?`,
        },
        language,
      ),
    unit: '',
    earlier: null,
  };
}
