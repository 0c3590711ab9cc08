import { inLanguage } from '../debate.ts';
import { quoteAddress, webAddress } from './links.ts';
import { type Reading, type RecordTurn, readingOf } from './reading.ts';
import type { DebateRecord } from './schema.ts';
import { kindWords } from './words.ts';

/** The whole debate as a Markdown document to read, in its language. */
export function renderMarkdown(record: DebateRecord): string {
  const reading = readingOf(record);
  const { word } = reading;
  const parts = [
    `# ${plain(record.debate.title)}`,
    `**${word('question')}:** ${plain(record.debate.question)}`,
    reading.facts(),
    ...reading.cautions().map((caution) => `> ⚠ ${plain(caution)}`),
    `## ${word('who')}`,
    list(record.speakers.map((speaker) => who(speaker))),
    `## ${word('debate')}`,
    ...reading
      .stretches()
      .flatMap(({ heading, turns }) => [`### ${heading}`, ...turns.flatMap((turn) => turnPart(reading, turn))]),
    ...positions(reading),
    ...synthesis(reading),
    `## ${word('questions')}`,
    questions(reading),
    `## ${word('sources')}`,
    sources(reading),
    `_${reading.usage()}_`,
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

function who({ face, name, model }: DebateRecord['speakers'][number]): string {
  return [face, `**${plain(name)}**`, model ? `(${plain(model)})` : ''].filter(Boolean).join(' ');
}

function turnPart(reading: Reading, turn: RecordTurn): string[] {
  const { word, name, record } = reading;
  const kind = inLanguage(kindWords[turn.kind], record.debate.language);
  const aside = [
    turn.repliesTo.length > 0 ? `${word('inReplyTo')} ${turnList(reading, turn.repliesTo)}` : '',
    turn.stance ? `${word('stance')}: ${reading.position(turn.stance)}` : '',
    turn.public ? '' : word('inPrivate'),
  ].filter(Boolean);
  const closing = turn.n === record.synthesis?.turn;
  return [
    `#### ${turn.n}. ${plain(name(turn.speaker))} · ${kind}`,
    aside.length > 0 ? `_${aside.join(' · ')}_` : '',
    inert(closing ? record.synthesis?.recap || turn.text : turn.text),
    quotes(reading, turn),
  ];
}

function quotes({ record, place, word }: Reading, turn: RecordTurn): string {
  const lines = turn.quotes.map((quote) => {
    if (!quote.verified) return `> ${plain(quote.text)} — ⚠ ${word('notFound')}`;
    const address = quoteAddress(record.article, quote);
    const where = plain(place(quote));
    return `> “${plain(quote.text)}” — ${address ? `[${where}](<${address}>)` : where}`;
  });
  return lines.join('\n>\n');
}

function positions(reading: Reading): string[] {
  const { record, word, name, position } = reading;
  const voted = reading.votes();
  if (record.stances.length === 0 && !voted) return [];
  const rows = record.stances.map((held) => {
    const reason = held.because === null ? word('unexplained') : turnList(reading, [held.because]);
    const cells = [
      plain(name(held.speaker)),
      position(held.before),
      held.after ? position(held.after) : '—',
      reading.moved(held) ? reason : '—',
    ];
    return `| ${cells.join(' | ')} |`;
  });
  if (voted) rows.push(`| ${word('people')} | ${voted.before} | ${voted.after} | — |`);
  const head = [word('speaker'), word('before'), word('after'), word('because')];
  const table = [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...rows].join('\n');
  return [`## ${word('positions')}`, word('scale'), table];
}

function synthesis(reading: Reading): string[] {
  const { word, name } = reading;
  const found = reading.record.synthesis;
  if (!found) return [`## ${word('synthesis')}`, word('noSynthesis')];
  const confidence =
    found.confidence === null ? '' : ` _(${word('confidence')}: ${reading.percent(found.confidence)})_`;
  const section = (title: string, items: readonly string[]) => (items.length > 0 ? [`### ${title}`, list(items)] : []);
  const point = (text: string, turns: readonly number[]) => `${plain(text)} ${cite(reading, turns)}`.trim();
  return [
    `## ${word('synthesis')}`,
    `${plain(found.answer)}${confidence}`,
    ...since(reading),
    ...section(
      word('agreements'),
      found.agreements.map(({ text, turns }) => point(text, turns)),
    ),
    ...(found.disagreements.length > 0 ? [`### ${word('disagreements')}`] : []),
    ...found.disagreements.flatMap(({ issue, positions: held, settledBy }) => [
      `**${plain(issue)}**`,
      list(held.map((one) => `**${plain(name(one.speaker))}:** ${point(one.text, one.turns)}`)),
      settledBy && `_${word('settledBy')}:_ ${plain(settledBy)}`,
    ]),
    ...section(
      word('minority'),
      found.minority.map(({ speaker, text }) => `**${plain(name(speaker))}:** ${plain(text)}`),
    ),
    `### ${word('open')}`,
    found.open.length > 0
      ? list(
          found.open.map(({ text, turn, to }) => `${point(text, [turn])}${to === null ? '' : ` → ${plain(name(to))}`}`),
        )
      : word('noneOpen'),
    ...section(word('nextSteps'), found.nextSteps.map(plain)),
    ...(found.plainWords ? [`### ${word('plainWords')}`, plain(found.plainWords)] : []),
    ...section(word('dropped'), found.dropped.map(plain)),
  ];
}

/** What a follow-up changed, under the day of the debate it follows. */
function since(reading: Reading): string[] {
  const { record, word, name, position } = reading;
  const found = record.synthesis?.since;
  if (!found) return [];
  const points = found.reopened.map(({ text, answered, how, turns }) => {
    const state = answered ? `✔ ${word('isAnswered')}` : `○ ${word('stillOpen')}`;
    return `**${plain(text)}** ${state} ${cite(reading, turns)}${how ? `: ${plain(how)}` : ''}`;
  });
  const rows = found.stances.map(
    ({ speaker, before, after }) => `| ${plain(name(speaker))} | ${position(before)} | ${position(after)} |`,
  );
  const head = `| ${word('speaker')} | ${word('atThatTime')} | ${word('now')} |\n| --- | --- | --- |`;
  return [
    `### ${word('since')} ${record.debate.earlier?.day ?? ''}`.trim(),
    list(points),
    rows.length > 0 ? [head, ...rows].join('\n') : '',
  ].filter(Boolean);
}

function questions(reading: Reading): string {
  const { record, word, name } = reading;
  if (record.questions.length === 0) return word('noneOpen');
  return list(
    record.questions.map(({ turn, by, to, text, answeredBy }) => {
      const answer =
        answeredBy === null ? `⚠ ${word('unanswered')}` : `${word('answeredBy')} ${turnList(reading, [answeredBy])}`;
      return `**${plain(name(by))}** → **${plain(name(to))}** (${word('turn')} ${turn}): ${plain(text)} — ${answer}`;
    }),
  );
}

function sources({ record: { article }, word }: Reading): string {
  if (!article) return word('noArticle');
  const address = webAddress(article.url ?? article.source);
  return list([
    `**${plain(article.title)}** — ${address ? `<${address}>` : plain(article.source)}`,
    ...(article.sections.length > 0 ? [`${word('sections')}: ${article.sections.map(plain).join(' · ')}`] : []),
    `SHA-256: \`${article.sha256}\``,
  ]);
}

/** `AI Doomer (5), Ana (9)` */
function turnList({ turn, name }: Reading, numbers: readonly number[]): string {
  return numbers
    .map((n) => {
      const said = turn(n);
      return said ? `${plain(name(said.speaker))} (${n})` : `(${n})`;
    })
    .join(', ');
}

function cite({ word }: Reading, turns: readonly number[]): string {
  return turns.length === 0 ? '' : `(${turns.length === 1 ? word('turn') : word('turns')} ${turns.join(', ')})`;
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** Words that are not Markdown, on one line, shown as they are. */
function plain(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|#~]/g, '\\$&');
}

/** A turn's own Markdown, with what would load, run or break the outline shown as text; code stays as it is. */
function inert(text: string): string {
  return text
    .trim()
    .split(/(```[\s\S]*?```|`[^`\n]*`)/)
    .map((part, i) =>
      i % 2 === 1
        ? part
        : part
            .replace(/<(?=[a-z/!?])/gi, '\\<')
            .replaceAll('![', '\\!\\[')
            .replace(/^( {0,3})(#{1,6}\s|={3,}\s*$|-{3,}\s*$)/gm, '$1\\$2'),
    )
    .join('');
}
