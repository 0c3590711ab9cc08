/** The page that takes the place of a debate when the panel is near-unanimous: it may report only what the poll said. */
import { inLanguage, type Log, type Synthesis, type Turn } from '../debate.ts';
import { polled } from '../formats/gate.ts';
import { type DigestDraft, digestDraft } from '../spoken.ts';
import { parseStructured } from '../text/structured.ts';
import type { Checked, Settled } from './checked.ts';
import { costSoFar, debateCost } from './gate-costs.ts';
import { missingIn, withoutMissing } from './mentions.ts';
import { personaCalled, shownName } from './names.ts';
import { resolveQuotes } from './quoting.ts';
import { firstSentences } from './synthesis.ts';

/** It is to be one page. */
const MOST_REASONS = 4;
const MOST_NEXT_STEPS = 3;

export function checkDigest(said: string, log: Log): Checked {
  const parsed = parseStructured(said, digestDraft);
  if (!parsed.ok) return { settled: lay(makeshift(log), log), problems: [parsed.problem] };
  return { settled: lay(bornOut(parsed.value, log), log), problems: inventions(parsed.value, log) };
}

/** Reasons nobody gave, and turns there are not. */
function inventions({ reasons, answer, against, plainWords }: DigestDraft, log: Log): string[] {
  const nobodys = reasons.filter(({ speakers }) => holders(speakers, log).length === 0);
  const texts = [answer, against, plainWords, ...reasons.map(({ text }) => text)];
  return [
    ...nobodys.map(({ text }) => `Reason "${text}": name those of the poll who gave it.`),
    ...texts
      .filter((text) => missingIn(text, log))
      .map((text) => `"${text.slice(0, 80)}…" mentions a turn that does not exist.`),
  ];
}

function bornOut(draft: DigestDraft, log: Log): DigestDraft {
  const reasons = draft.reasons.filter(({ speakers }) => holders(speakers, log).length > 0);
  return { ...draft, reasons: reasons.slice(0, MOST_REASONS), nextSteps: draft.nextSteps.slice(0, MOST_NEXT_STEPS) };
}

/** The poll's turns of those named. */
function holders(names: readonly string[], log: Log): Turn[] {
  const ids = names.map((name) => personaCalled(name, log.debate.panel)?.id);
  return polled(log).filter(({ speaker }) => ids.includes(speaker));
}

/** When no page can be had: the poll speaks for itself. */
function makeshift(log: Log): DigestDraft {
  const answer = inLanguage(
    {
      en: 'The panel is close to unanimous; its reasons stand in the poll.',
      es: 'La mesa casi coincide; sus razones están en el sondeo.',
    },
    log.debate.language,
  );
  return { answer, reasons: [], against: '', nextSteps: [], plainWords: '', decision: undefined };
}

function lay(draft: DigestDraft, log: Log): Settled {
  const quotes: Turn['quotes'][number][] = [];
  const spoken = polled(log).map(({ text }) => text);
  const checked = (text: string) => {
    const said = withoutMissing(text, log);
    const quoting = resolveQuotes(said, log.article, log.debate.language, spoken.join('\n'));
    quotes.push(...quoting.quotes);
    return quoting.text;
  };
  const synthesis: Synthesis = {
    answer: checked(firstSentences(draft.answer, log)),
    ...(draft.decision && { decision: draft.decision }),
    confidence: confidenceOf(log),
    agreements: draft.reasons.map(({ text, speakers }) => ({
      text: checked(text),
      turns: holders(speakers, log).map(({ n }) => n),
    })),
    disagreements: [],
    minority: dissenting(log),
    open: [],
    nextSteps: draft.nextSteps.map(checked),
    plainWords: checked(draft.plainWords),
    recap: '',
    dropped: [],
    digest: true,
  };
  return { text: page(synthesis, checked(draft.against), log), quotes, data: { synthesis }, repliesTo: [] };
}

function page(synthesis: Synthesis, against: string, log: Log): string {
  const say = (en: string, es: string) => inLanguage({ en, es }, log.debate.language);
  const section = (title: string, body: string) => (body === '' ? '' : `### ${title}\n\n${body}`);
  const names = new Map(log.debate.panel.personas.map((persona) => [persona.id, shownName(persona, log)]));
  const { confidence } = synthesis;
  const sure = confidence === null ? '' : ` (${say('confidence', 'confianza')} ${confidence} %)`;
  const why = synthesis.agreements.map(({ text, turns }) => {
    const held = polled(log).filter(({ n }) => turns.includes(n));
    return `- ${text} *(${held.map(({ speaker }) => names.get(speaker)).join(', ')})*`;
  });
  const apart = synthesis.minority.map(({ speaker, text }) => `- **${names.get(speaker)}:** ${text}`);
  const steps = synthesis.nextSteps.map((step, at) => `${at + 1}. ${step}`);
  return [
    section(say('Answer', 'Respuesta'), `${synthesis.answer}${sure}`),
    section(say('Why', 'Por qué'), why.join('\n')),
    section(say('What speaks against it', 'Qué habla en contra'), against),
    section(say('Who does not see it so', 'Quién no lo ve así'), apart.join('\n')),
    section(say('Next steps', 'Próximos pasos'), steps.join('\n')),
    section(say('In plain words', 'En palabras sencillas'), synthesis.plainWords),
    `*${instead(log)}*`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** What it is, what it cost, and how to have the debate after all. */
function instead(log: Log): string {
  const [spent, debate] = [costSoFar(log), debateCost(log)];
  return inLanguage(
    {
      en: `A page instead of a debate: nobody answered anybody here. ${spent === null ? 'A' : `Up to here it cost ${spent}; a`} debate would have cost about ${debate}. Another round has them debate all the same.`,
      es: `Una página en lugar de un debate: aquí nadie respondió a nadie. ${spent === null ? 'Un' : `Hasta aquí costó ${spent}; un`} debate habría costado unos ${debate}. Otra ronda los hace debatir de todos modos.`,
    },
    log.debate.language,
  );
}

/** Those who lean elsewhere, in their own words. */
function dissenting(log: Log): Synthesis['minority'] {
  const sides = polled(log).map((turn) => ({ turn, side: Math.sign(turn.data.stance?.stance ?? 0) }));
  const panels = Math.sign(sides.reduce((sum, { side }) => sum + side, 0));
  return sides.flatMap(({ turn, side }) => (side === panels ? [] : [{ speaker: turn.speaker, text: turn.text }]));
}

function confidenceOf(log: Log): number | null {
  const sure = polled(log).flatMap(({ data }) => data.stance?.confidence ?? []);
  return sure.length === 0 ? null : Math.round(sure.reduce((sum, each) => sum + each, 0) / sure.length);
}
