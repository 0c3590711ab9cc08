/** A follow-up in the record: what it took up, and how the panel stood then and stands now. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Log } from '../../src/debate.ts';
import { renderHtml } from '../../src/record/html.ts';
import { renderMarkdown } from '../../src/record/markdown.ts';
import { buildRecord } from '../../src/record/record.ts';
import { sampleLog } from '../fakes/sample-log.ts';

const schema: object = JSON.parse(readFileSync(new URL('../../docs/record.schema.json', import.meta.url), 'utf8'));

function followUp(): Log {
  const log = sampleLog('en');
  const since = {
    reopened: [
      { text: 'Who pays <b>for</b> it?', answered: true, how: 'The team does.', turns: [5, 13] },
      { text: 'Was the seed varied?', answered: false, how: '', turns: [] },
    ],
    stances: [{ speaker: 'doomer', before: { stance: -3, confidence: 90 }, after: { stance: -1, confidence: 70 } }],
  };
  const earlier = {
    relation: 'followed' as const,
    id: 'k3m9x2pq',
    title: '',
    question: 'Who pays?',
    answer: 'Nobody yet.',
    day: '2026-02-01',
    link: 'https://chat.example/w/t1',
    reopens: since.reopened.map(({ text }) => ({ text, turn: 3 })),
    stances: [],
  };
  const turns = log.turns.map((turn) =>
    turn.data.synthesis ? { ...turn, data: { ...turn.data, synthesis: { ...turn.data.synthesis, since } } } : turn,
  );
  return { ...log, debate: { ...log.debate, earlier }, turns };
}

const record = buildRecord(followUp(), { now: new Date('2026-03-06T00:00:00.000Z') });

test('is data of the published schema', () => {
  const valid = new Ajv2020({ allErrors: true }).compile(schema);
  expect(valid(record) || valid.errors).toBe(true);
  expect(record.debate.earlier).toEqual({
    relation: 'followed',
    id: 'k3m9x2pq',
    title: '',
    question: 'Who pays?',
    answer: 'Nobody yet.',
    day: '2026-02-01',
    link: 'https://chat.example/w/t1',
  });
  expect(record.synthesis?.since?.reopened[0]).toMatchObject({ answered: true, turns: [5, 13] });
});

test('stands in the Markdown document', () => {
  const text = renderMarkdown(record);
  expect(text).toContain('### What changed since 2026-02-01');
  expect(text).toContain('- **Who pays \\<b\\>for\\</b\\> it?** ✔ answered (turns 5, 13): The team does.');
  expect(text).toContain('- **Was the seed varied?** ○ still open');
  expect(text).toContain('| AI Doomer | −3 · 90\u00a0% | −1 · 70\u00a0% |');
});

test('stands on the page, escaped, with its turns linked', () => {
  const page = renderHtml(record);
  expect(page).toContain('<h3>What changed since 2026-02-01</h3>');
  expect(page).toContain('<b>Who pays &lt;b&gt;for&lt;/b&gt; it?</b> ✔ answered');
  expect(page).toMatch(/answered <span class="soft">\(<a href="#t5"/);
  expect(page).toContain('○ still open');
});
