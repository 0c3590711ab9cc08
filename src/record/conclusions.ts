/** What came out of the debate, as sections of the HTML page: synthesis, positions, questions. */
import { shownRange } from '../checks/figures.ts';
import { type Html, html } from './markup.ts';
import { inlineHtml, proseHtml } from './prose.ts';
import type { Reading, RecordStance } from './reading.ts';
import type { DebateRecord } from './schema.ts';
import { look, turnLinks } from './thread.ts';

type Synthesis = NonNullable<DebateRecord['synthesis']>;

export function synthesisHtml(reading: Reading): Html {
  const found = reading.record.synthesis;
  const { word } = reading;
  return html`<section class="synthesis" aria-labelledby="synthesis" dir="auto"><h2 id="synthesis">${word('synthesis')}</h2>
${found ? points(reading, found) : html`<p>${word('noSynthesis')}</p>`}</section>
`;
}

function points(reading: Reading, found: Synthesis): Html {
  const { word, name } = reading;
  const cite = (turns: readonly number[]) =>
    turns.length > 0 && html` <span class="soft">(${turnLinks(reading, turns)})</span>`;
  const confidence =
    found.confidence !== null &&
    html`<span class="soft">${word('confidence')}: ${reading.percent(found.confidence)}</span>`;
  const agreements = found.agreements.map(({ text, turns }) => html`${inlineHtml(text)}${cite(turns)}`);
  const minority = found.minority.map(
    ({ speaker, text }) => html`<b><bdi>${name(speaker)}</bdi>:</b> ${inlineHtml(text)}`,
  );
  const open = found.open.map(
    ({ text, turn, to }) => html`${inlineHtml(text)}${cite([turn])}${to !== null && html` → <bdi>${name(to)}</bdi>`}`,
  );
  const dropped = found.dropped.map((point) => html`<li>${inlineHtml(point)}</li>`);
  return html`<p class="answer">${inlineHtml(found.answer)}${confidence}</p>
${found.plainWords !== '' && html`<h3>${word('plainWords')}</h3><p>${inlineHtml(found.plainWords)}</p>`}
${sinceHtml(reading, found)}
${outcomeHtml(reading, found)}
${list(word('agreements'), agreements)}
${disagreements(reading, found)}
${list(word('minority'), minority)}
${list(word('open'), open)}
${list(
  word('nextSteps'),
  found.nextSteps.map((step) => inlineHtml(step)),
  true,
)}
${dropped.length > 0 && html`<details class="soft dropped"><summary>${word('dropped')} (${dropped.length})</summary><ul>${dropped}</ul></details>`}
`;
}

function disagreements(reading: Reading, { disagreements: held }: Synthesis): Html | null {
  const { word, name } = reading;
  if (held.length === 0) return null;
  const issues = held.map(({ issue, positions, settledBy }) => {
    const sides = positions.map(
      ({ speaker, text, turns }) =>
        html`<li><b><bdi>${name(speaker)}</bdi>:</b> ${inlineHtml(text)} <span class="soft">${turnLinks(reading, turns, false)}</span></li>`,
    );
    return html`<p class="issue">${inlineHtml(issue)}</p><ul>${sides}</ul>
${settledBy !== '' && html`<p><i>${word('settledBy')}:</i> ${inlineHtml(settledBy)}</p>`}`;
  });
  return html`<h3>${word('disagreements')}</h3>${issues}`;
}

/** What the format counted. */
function outcomeHtml(reading: Reading, { swing, range, risks, definitions }: Synthesis): readonly (Html | null)[] {
  const { record, word } = reading;
  const cite = (turns: readonly number[]) => html` <span class="soft">(${turnLinks(reading, turns)})</span>`;
  const weight = (likelihood: number, harm: number) =>
    html` <span class="soft">${word('likelihood')} ${likelihood}/5 · ${word('harm')} ${harm}/5</span>`;
  return [
    swing && html`<h3>${word('swing')}</h3>${swingHtml(reading, swing)}`,
    range && html`<h3>${word('range')}</h3>${proseHtml(shownRange(range, record.debate.language))}`,
    list(
      word('risks'),
      risks.map(
        ({ text, likelihood, harm, mitigation, turns }) =>
          html`<b>${text}</b>${weight(likelihood, harm)}${cite(turns)}<br>${word('mitigation')}: ${mitigation || word('noMitigation')}`,
      ),
      true,
    ),
    list(
      word('definitions'),
      definitions.map(({ term, text, turns }) => html`<b>${term}:</b> ${text}${cite(turns)}`),
    ),
  ];
}

function swingHtml({ word }: Reading, { before, after, winner }: NonNullable<Synthesis['swing']>): Html {
  const row = (title: string, votes: typeof before) =>
    html`<tr><th scope="row">${title}</th><td class="num">${votes.for}</td><td class="num">${votes.against}</td><td class="num">${votes.undecided}</td></tr>`;
  const columns = ['', word('for'), word('against'), word('undecided')];
  return html`<p>${word(winner === null ? 'draw' : winner === 'for' ? 'carried' : 'lost')}</p>
<table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>${row(word('before'), before)}${row(word('after'), after)}</tbody></table>`;
}

/** What a follow-up changed. */
function sinceHtml(reading: Reading, { since }: Synthesis): Html | null {
  if (!since) return null;
  const { record, word, name } = reading;
  const points = since.reopened.map(({ text, answered, how, turns }) => {
    const state = answered ? html`✔ ${word('isAnswered')}` : html`○ ${word('stillOpen')}`;
    const where = turns.length > 0 && html` <span class="soft">(${turnLinks(reading, turns)})</span>`;
    return html`<li><b>${text}</b> ${state}${where}${how !== '' && html`: ${how}`}</li>`;
  });
  const rows = since.stances.map(
    ({ speaker, before, after }) =>
      html`<tr class="${look(record, speaker).style}"><th scope="row"><bdi>${name(speaker)}</bdi>${scale({ speaker, before, after, because: null })}</th><td class="num">${stated(reading, before)}</td><td class="num">${stated(reading, after)}</td></tr>`,
  );
  const table =
    rows.length > 0 &&
    html`<div class="scroll"><table><thead><tr><th scope="col">${word('speaker')}</th><th scope="col">${word('atThatTime')}</th><th scope="col">${word('now')}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return html`<h3>${word('since')} ${record.debate.earlier?.day ?? ''}</h3><ul>${points}</ul>${table}`;
}

function list(title: string, items: readonly Html[], numbered = false): Html | null {
  if (items.length === 0) return null;
  const rows = items.map((item) => html`<li>${item}</li>`);
  return html`<h3>${title}</h3>${numbered ? html`<ol>${rows}</ol>` : html`<ul>${rows}</ul>`}`;
}

export function stated({ stanceOf, percent }: Reading, { stance, confidence }: RecordStance['before']): Html {
  return html`<b>${stanceOf(stance)}</b> <span class="soft">${percent(confidence)}</span>`;
}

/** From −3 to +3: an open ring where it began, a full dot where it ended. */
function scale({ before, after }: RecordStance): Html {
  return drawn(before.stance, (after ?? before).stance);
}

function drawn(before: number, after: number): Html {
  const x = (stance: number) => 12 + (Math.max(-3, Math.min(3, stance)) + 3) * 20;
  const marks = [-3, -2, -1, 0, 1, 2, 3].map(
    (stance) =>
      html`<line x1="${x(stance)}" x2="${x(stance)}" y1="${stance === 0 ? 5 : 9}" y2="${stance === 0 ? 19 : 15}"/>`,
  );
  const from = x(before);
  const to = x(after);
  return html`<svg class="scale" viewBox="0 0 144 24" aria-hidden="true"><g stroke="currentColor" stroke-opacity=".35"><line x1="12" x2="132" y1="12" y2="12"/>${marks}</g><line x1="${from}" x2="${to}" y1="12" y2="12" stroke="currentColor" stroke-width="3"/><circle cx="${from}" cy="12" r="5" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="${to}" cy="12" r="6" fill="currentColor"/></svg>`;
}

export function questionsHtml(reading: Reading): Html | null {
  const { record, word, name } = reading;
  if (record.questions.length === 0) return null;
  const rows = record.questions.map(({ turn, by, to, text, answeredBy, accepted }) => {
    const link = answeredBy === null ? null : html`${word('answeredBy')} ${turnLinks(reading, [answeredBy])}`;
    const answer =
      link === null || accepted === false
        ? html`<span class="warn">⚠ ${word(link === null ? 'unanswered' : 'evaded')}</span> ${link}`
        : html`${link}${accepted === true && html` · ✔ ${word('accepted')}`}`;
    return html`<li><div class="soft"><b><bdi>${name(by)}</bdi></b> ${word('asks')} <b><bdi>${name(to)}</bdi></b> · <a href="#t${turn}">#${turn}</a></div><div dir="auto">${text}</div><div class="soft">${answer}</div></li>
`;
  });
  return html`<section aria-labelledby="questions"><h2 id="questions">${word('questions')}</h2><ul class="qa">
${rows}</ul></section>
`;
}
