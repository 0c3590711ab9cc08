/** What was put to both sides, each in its own words, and what they answered. */
import { type Html, html } from './markup.ts';
import type { Reading, RecordTurn } from './reading.ts';
import { look, turnLinks } from './thread.ts';

/** Enough to know a turn again; the whole is a link away. */
const WORDS = 45;

interface Clash {
  readonly issue: string;
  readonly turns: readonly number[];
}

/** As the coordinator found them in the rounds; each pair of turns once. */
export function clashesIn({ record }: Pick<Reading, 'record'>): Clash[] {
  const found = new Map<string, Clash>();
  for (const { notes } of record.turns) {
    for (const clash of notes?.clashes ?? []) {
      const key = clash.turns.toSorted((a, b) => a - b).join();
      if (clash.turns.length > 1 && !found.has(key)) found.set(key, clash);
    }
  }
  return [...found.values()];
}

export function clashesHtml(reading: Reading): Html | null {
  const clashes = clashesIn(reading);
  if (clashes.length === 0) return null;
  return html`<section aria-labelledby="clashes"><h2 id="clashes">${reading.word('clashes')}</h2>
${clashes.map((clash) => clashHtml(reading, clash))}</section>
`;
}

function clashHtml(reading: Reading, { issue, turns }: Clash): Html {
  const sides = turns.flatMap((n) => reading.turn(n) ?? []);
  const settledBy =
    reading.record.synthesis?.disagreements.find(
      ({ positions }) => sides.filter((side) => positions.some(({ speaker }) => speaker === side.speaker)).length > 1,
    )?.settledBy ?? '';
  return html`<div class="clash"><p class="issue" dir="auto">${issue}</p>
<div class="sides">${sides.map((side) => sideHtml(reading, side, turns))}</div>
${settledBy !== '' && html`<p class="soft"><i>${reading.word('settledBy')}:</i> ${settledBy}</p>`}</div>
`;
}

function sideHtml(reading: Reading, side: RecordTurn, turns: readonly number[]): Html {
  const { record, word, name } = reading;
  const { face, style } = look(record, side.speaker);
  const others = turns.filter((n) => n !== side.n);
  const answers = record.turns.filter(
    (turn) => turn.kind === 'reply' && turn.speaker === side.speaker && turn.repliesTo.some((n) => others.includes(n)),
  );
  const answered = answers.map(
    (
      turn,
    ) => html`<p class="answered"><span class="soft">${word('answers')} ${turnLinks(reading, [turn.n], false)}:</span> ${excerpt(turn.text)}</p>
`,
  );
  return html`<div class="side ${style}"><p class="by">${face}<b><bdi>${name(side.speaker)}</bdi></b>${turnLinks(reading, [side.n], false)}</p>
<p dir="auto">${excerpt(side.text)}</p>
${answered}</div>
`;
}

/** The beginning of a turn without its Markdown. */
function excerpt(text: string): string {
  const plain = text
    .replace(/[*_`>#]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  const words = plain.split(' ');
  return words.length <= WORDS ? plain : `${words.slice(0, WORDS).join(' ')} …`;
}
