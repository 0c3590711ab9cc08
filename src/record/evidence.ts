/** What was taken from the article, where it stands, and who built on it. */
import { quoteAddress } from './links.ts';
import { type Html, html } from './markup.ts';
import type { Reading, RecordQuote } from './reading.ts';
import { turnLinks } from './thread.ts';

interface Evidence {
  readonly quote: RecordQuote;
  readonly turns: number[];
}

/** Each verified quote once, in the order of the article. */
export function evidenceIn({ record }: Pick<Reading, 'record'>): readonly Evidence[] {
  const found = new Map<string, Evidence>();
  for (const turn of record.turns.filter(({ public: shown }) => shown)) {
    for (const quote of turn.quotes.filter(({ verified }) => verified)) {
      const key = `${quote.passage} ${quote.text}`;
      const known = found.get(key) ?? { quote, turns: [] };
      found.set(key, known);
      if (!known.turns.includes(turn.n)) known.turns.push(turn.n);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.quote.passage ?? 0) - (b.quote.passage ?? 0));
}

export function evidenceHtml(reading: Reading): Html | null {
  const evidence = evidenceIn(reading);
  if (evidence.length === 0) return null;
  const { record, word, place } = reading;
  const rows = evidence.map(({ quote, turns }) => {
    const address = quoteAddress(record.article, quote);
    const where = place(quote);
    return html`<li><blockquote dir="auto">“${quote.text}”</blockquote><span class="soft">${address === null ? where : html`<a href="${address}" rel="noopener noreferrer">${where} ↗</a>`} · ${turnLinks(reading, turns)}</span></li>
`;
  });
  return html`<section aria-labelledby="evidence"><h2 id="evidence">${word('evidence')}</h2><ul class="evidence">
${rows}</ul></section>
`;
}
