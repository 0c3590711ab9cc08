import { createHash } from 'node:crypto';
import { clashesHtml, clashesIn } from './clashes.ts';
import { questionsHtml, synthesisHtml } from './conclusions.ts';
import { evidenceHtml, evidenceIn } from './evidence.ts';
import { webAddress } from './links.ts';
import { type Html, html } from './markup.ts';
import { positionsHtml } from './positions.ts';
import { localeOf, type Reading, readingOf } from './reading.ts';
import type { DebateRecord } from './schema.ts';
import { style } from './style.ts';
import { look, threadHtml } from './thread.ts';

/**
 * The whole debate as one HTML page that needs and loads nothing else and runs nothing: its policy forbids scripts,
 * and all text of the record is escaped. For a phone, a desktop and paper, light and dark.
 */
export function renderHtml(record: DebateRecord): string {
  const reading = readingOf(record);
  const { word } = reading;
  const css = style + coloursOf(record);
  const page = html`<!doctype html>
<html lang="${localeOf(record.debate.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyFor(css)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${record.debate.title}</title>
<style>${{ markup: css }}</style>
</head>
<body>
<a class="skip" href="#synthesis">${word('skip')}</a>
<div class="page">
${head(reading)}${contents(reading)}<main>
${synthesisHtml(reading)}${positionsHtml(reading)}${clashesHtml(reading)}${questionsHtml(reading)}${evidenceHtml(reading)}${threadHtml(reading)}${article(reading)}</main>
<footer class="soft"><p>${reading.usage()}</p></footer>
</div>
</body>
</html>
`;
  return page.markup;
}

/** Only this style sheet, and nothing from anywhere. */
function policyFor(css: string): string {
  const hash = createHash('sha256').update(css).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
}

function coloursOf({ speakers }: DebateRecord): string {
  return speakers
    .map(({ color }, i) => (color && /^#[0-9a-f]{6}$/i.test(color) ? `.s${i} { --c: ${color}; }\n` : ''))
    .join('');
}

function head(reading: Reading): Html {
  const { record, word } = reading;
  const { title, question } = record.debate;
  return html`<header>
<h1 dir="auto">${title}</h1>
${title !== question && question !== '' && html`<p class="asked" dir="auto"><b>${word('question')}</b>${question}</p>`}
<p class="soft">${reading.facts()}</p>
${reading.cautions().map(
  (caution) => html`<p class="caution">⚠ ${caution}</p>
`,
)}</header>
`;
}

function contents(reading: Reading): Html {
  const { record, word } = reading;
  const entries: [string, string][] = [['synthesis', word('synthesis')]];
  if (record.stances.length > 0 || record.votes) entries.push(['positions', word('positions')]);
  if (clashesIn(reading).length > 0) entries.push(['clashes', word('clashes')]);
  if (record.questions.length > 0) entries.push(['questions', word('questions')]);
  if (evidenceIn(reading).length > 0) entries.push(['evidence', word('evidence')]);
  entries.push(['debate', word('debate')], ['sources', word('sources')]);
  return html`<nav aria-label="${word('contents')}"><ul>${entries.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
`;
}

function article({ record, word }: Reading): Html {
  const people = record.speakers.map(({ id, name, model }) => {
    const { face, style: colour } = look(record, id);
    return html`<li class="${colour}">${face}<span><bdi>${name}</bdi>${model !== null && html`<span class="soft">${model}</span>`}</span></li>
`;
  });
  return html`<section aria-labelledby="sources"><h2 id="sources">${word('sources')}</h2>
${record.article ? source(record.article, word) : html`<p>${word('noArticle')}</p>`}
<h3>${word('who')}</h3><ul class="people">
${people}</ul></section>
`;
}

function source(read: NonNullable<DebateRecord['article']>, word: Reading['word']): Html {
  const address = webAddress(read.url ?? read.source);
  return html`<p dir="auto"><b>${read.title}</b><br>${address ? html`<a href="${address}" rel="noopener noreferrer">${address}</a>` : read.source}</p>
${read.sections.length > 0 && html`<details><summary>${word('sections')} (${read.sections.length})</summary><ul>${read.sections.map((section) => html`<li>${section}</li>`)}</ul></details>`}
<p class="soft">SHA-256 ${read.sha256}</p>
`;
}
