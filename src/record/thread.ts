/** The debate as a thread of the HTML page: a face, a bubble and an anchor for each turn. */
import { inLanguage } from '../debate.ts';
import { quoteAddress } from './links.ts';
import { type Html, html } from './markup.ts';
import { proseHtml } from './prose.ts';
import type { Reading, RecordQuote, RecordTurn } from './reading.ts';
import type { DebateRecord } from './schema.ts';
import { kindWords } from './words.ts';

export function threadHtml(reading: Reading): Html {
  const stretches = reading.stretches().map(
    ({ heading, turns }) => html`<h3>${heading}</h3>
${together(turns).map((stretch) => stretchHtml(reading, stretch))}`,
  );
  return html`<section aria-labelledby="debate"><h2 id="debate">${reading.word('debate')}</h2>
${stretches}</section>
`;
}

/** Turns said in private one after another make one stretch. */
function together(turns: readonly RecordTurn[]): readonly (readonly RecordTurn[])[] {
  const stretches: RecordTurn[][] = [];
  for (const turn of turns) {
    const last = stretches.at(-1);
    if (last && !turn.public && last.every((other) => !other.public)) last.push(turn);
    else stretches.push([turn]);
  }
  return stretches;
}

function stretchHtml(reading: Reading, turns: readonly RecordTurn[]): Html {
  const [first] = turns;
  if (!first || first.public) return html`${turns.map((turn) => turnHtml(reading, turn))}`;
  const kinds = [...new Set(turns.map(({ kind }) => inLanguage(kindWords[kind], reading.record.debate.language)))];
  const said = turns.map(
    (
      turn,
    ) => html`<div class="aside ${look(reading.record, turn.speaker).style}" id="t${turn.n}">${by(reading, turn)}${replies(reading, turn)}${body(turn)}</div>
`,
  );
  return html`<details class="notes"><summary class="soft">${reading.word('inPrivate')} (${turns.length}): ${kinds.join(', ')}</summary>
${said}</details>
`;
}

function turnHtml(reading: Reading, turn: RecordTurn): Html {
  const { record } = reading;
  const { face, style } = look(record, turn.speaker);
  const person = record.speakers.some(({ id, role }) => id === turn.speaker && role === 'human');
  const closing = turn.n === record.synthesis?.turn;
  return html`<article class="turn ${style} ${person ? 'person' : ''}" id="t${turn.n}" aria-labelledby="by${turn.n}">${face}<div class="bubble">
${by(reading, turn)}${replies(reading, turn)}${closing ? closingBody(reading, turn) : body(turn)}${quotes(reading, turn)}${tail(reading, turn)}</div></article>
`;
}

function by({ name, word, record }: Reading, { n, speaker, kind }: RecordTurn): Html {
  const said = inLanguage(kindWords[kind], record.debate.language);
  return html`<div class="by"><h4 id="by${n}"><bdi>${name(speaker)}</bdi></h4><span class="soft">${said}</span><a class="n" href="#t${n}" aria-label="${word('turn')} ${n}">#${n}</a></div>
`;
}

function replies(reading: Reading, { repliesTo, to }: RecordTurn): Html | null {
  const { word, name } = reading;
  if (to !== null)
    return html`<p class="to">→ <bdi>${name(to)}</bdi></p>
`;
  if (repliesTo.length === 0) return null;
  return html`<p class="to">${word('inReplyTo')} ${turnLinks(reading, repliesTo)}</p>
`;
}

function body({ text, quotes: taken }: RecordTurn): Html {
  const found = taken.filter(({ verified }) => verified).map((quote) => quote.text);
  return html`<div class="text" dir="auto">${proseHtml(text, found)}</div>
`;
}

/** The synthesis stands at the top of the page: here only how the coordinator took leave. */
function closingBody({ record, word }: Reading, turn: RecordTurn): Html {
  return html`<div class="text" dir="auto">${proseHtml(record.synthesis?.recap ?? '')}</div>
<p class="there"><a href="#synthesis">${word('seeSynthesis')}</a></p>
<details class="posted"><summary class="soft">${word('asPosted')}</summary>${body(turn)}</details>
`;
}

function quotes(reading: Reading, turn: RecordTurn): Html | null {
  if (turn.quotes.length === 0) return null;
  const items = turn.quotes.map(
    (quote) => html`<li>${quoteHtml(reading, quote)}</li>
`,
  );
  return html`<ul class="quotes" aria-label="${reading.word('quotes')}">${items}</ul>
`;
}

function quoteHtml({ record, word, place }: Reading, quote: RecordQuote): Html {
  if (!quote.verified) return html`<span class="warn">⚠ ${word('notFound')}:</span> ${quote.text}`;
  const passage = record.article?.passages.find(({ n }) => n === quote.passage);
  const address = quoteAddress(record.article, quote);
  return html`<details><summary>“${shortened(quote.text)}” <span class="where">${place(quote)}</span></summary>
<blockquote dir="auto">${inPassage(passage?.text ?? quote.text, quote.text)}</blockquote>${
    address !== null &&
    html`<p class="there"><a href="${address}" rel="noopener noreferrer">${word('openThere')}</a></p>`
  }</details>`;
}

/** The passage with the quoted words marked, where they stand in it letter for letter. */
function inPassage(passage: string, quote: string): Html {
  const at = passage.indexOf(quote);
  if (at < 0) return html`${passage}`;
  return html`${passage.slice(0, at)}<mark>${quote}</mark>${passage.slice(at + quote.length)}`;
}

function shortened(quote: string): string {
  const words = quote.split(/\s+/);
  return words.length <= 9 ? quote : `${words.slice(0, 7).join(' ')} …`;
}

function tail({ word, position }: Reading, { stance, mended }: RecordTurn): Html | null {
  const remarks = [stance ? `${word('stance')}: ${position(stance)}` : '', ...mended].filter(Boolean);
  if (remarks.length === 0) return null;
  return html`<div class="tail soft">${remarks.map((remark) => html`<span>${remark}</span>`)}</div>
`;
}

/** Links to turns, by speaker and number or just by number; a number the record has no turn for is no link. */
export function turnLinks({ turn, name, word }: Reading, numbers: readonly number[], named = true): Html {
  const links = numbers.map((n, i) => {
    const said = turn(n);
    const who = said && html`<bdi>${name(said.speaker)}</bdi>\u00a0#${n}`;
    const number = html`<a href="#t${n}" aria-label="${word('turn')} ${n}">#${n}</a>`;
    return html`${i > 0 && ', '}${who ? (named ? html`<a href="#t${n}">${who}</a>` : number) : `#${n}`}`;
  });
  return html`${links}`;
}

/** A speaker's face as an inline drawing, and the class that gives it its colour. */
export function look({ speakers }: DebateRecord, id: string): { face: Html; style: string } {
  const at = speakers.findIndex((speaker) => speaker.id === id);
  const speaker = speakers[at];
  const initials = (speaker?.name ?? '?')
    .split(/\s+/)
    .slice(0, 2)
    .map((part) => [...part][0] ?? '')
    .join('');
  const inside = speaker?.face
    ? html`<text x="20" y="21">${speaker.face}</text>`
    : html`<text class="initials" x="20" y="21">${initials.toUpperCase()}</text>`;
  const face = html`<svg class="face" viewBox="0 0 40 40" aria-hidden="true"><circle cx="20" cy="20" r="18.5"/>${inside}</svg>`;
  return { face, style: at < 0 ? '' : `s${at}` };
}
