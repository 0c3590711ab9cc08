/** Where everybody stood before and after: as a picture, and as a table with what moved them. */
import { meanOf } from '../host/votes.ts';
import { stated } from './conclusions.ts';
import { type Html, html } from './markup.ts';
import type { Reading } from './reading.ts';
import type { DebateRecord } from './schema.ts';
import { look, turnLinks } from './thread.ts';

export function positionsHtml(reading: Reading): Html | null {
  const { record, word, name } = reading;
  const voted = reading.votes();
  if (record.stances.length === 0 && !voted) return null;
  const rows = record.stances.map((held) => {
    const reason =
      held.because === null
        ? html`<span class="warn">${word('unexplained')}</span>`
        : turnLinks(reading, [held.because]);
    return html`<tr class="${look(record, held.speaker).style}"><th scope="row"><bdi>${name(held.speaker)}</bdi></th><td class="num">${stated(reading, held.before)}</td><td class="num">${held.after ? stated(reading, held.after) : '—'}</td><td>${reading.moved(held) ? reason : '—'}</td></tr>
`;
  });
  const people =
    voted &&
    html`<tr><th scope="row">${word('people')}</th><td class="num">${voted.before}</td><td class="num">${voted.after}</td><td>—</td></tr>
`;
  const columns = [word('speaker'), word('before'), word('after'), word('because')];
  return html`<section aria-labelledby="positions"><h2 id="positions">${word('positions')}</h2>
${picture(reading)}<div class="scroll" tabindex="0" role="region" aria-labelledby="positions"><table><thead><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead><tbody>
${rows}${people}</tbody></table></div></section>
`;
}

interface Row {
  readonly label: string;
  readonly style: string;
  readonly before: number;
  readonly after: number;
}

/** In units of the drawing, which scales with the column. */
const WIDTH = 360;
const LEFT = 24;
const STEP = (WIDTH - 2 * LEFT) / 6;
const HEAD = 26;
const LINE = 40;

/** A line a speaker from −3 to +3: an open ring where it began, a full dot where it ended. Colours are the speakers'. */
function picture({ record, word, name, stanceOf }: Reading): Html {
  const rows: Row[] = [
    ...record.stances.map(({ speaker, before, after }) => ({
      label: name(speaker),
      style: look(record, speaker).style,
      before: before.stance,
      after: (after ?? before).stance,
    })),
    ...peoplesRow(record, word('people')),
  ];
  const height = HEAD + rows.length * LINE + 4;
  const grid = [-3, -2, -1, 0, 1, 2, 3].map(
    (stance) =>
      html`<line class="${stance === 0 ? 'middle' : ''}" x1="${x(stance)}" x2="${x(stance)}" y1="${HEAD - 6}" y2="${height - 4}"/><text x="${x(stance)}" y="12">${stanceOf(stance)}</text>`,
  );
  return html`<figure class="picture"><svg viewBox="0 0 ${WIDTH} ${height}" aria-hidden="true"><g class="grid">${grid}</g>
${rows.map((row, at) => line(row, HEAD + at * LINE))}</svg><figcaption class="soft">${word('scale')} ${word('ringAndDot')}</figcaption></figure>
`;
}

function line({ label, style, before, after }: Row, top: number): Html {
  const [from, to] = [x(before), x(after)];
  const middle = top + 24;
  return html`<g class="${style}"><line class="row" x1="0" x2="${WIDTH}" y1="${top - 4}" y2="${top - 4}"/><text class="who" x="${LEFT}" y="${top + 11}">${label}</text><line class="path" x1="${from}" x2="${to}" y1="${middle}" y2="${middle}"/><circle class="ring" cx="${from}" cy="${middle}" r="6"/><circle class="dot" cx="${to}" cy="${middle}" r="6.5"/></g>
`;
}

function x(stance: number): number {
  return LEFT + (Math.max(-3, Math.min(3, stance)) + 3) * STEP;
}

/** Where people stood on average, as far as they voted both times. */
function peoplesRow({ votes }: DebateRecord, label: string): Row[] {
  const [before, after] = [meanOf(votes?.before ?? []), meanOf(votes?.after ?? [])];
  const first = before ?? after;
  return first === null ? [] : [{ label, style: '', before: first, after: after ?? first }];
}
