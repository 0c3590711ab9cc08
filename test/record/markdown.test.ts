import { describe, expect, test } from '@jest/globals';
import { renderMarkdown } from '../../src/record/markdown.ts';
import { buildRecord } from '../../src/record/record.ts';
import { sampleLog } from '../fakes/sample-log.ts';

const now = new Date('2026-03-06T00:00:00.000Z');
const record = buildRecord(sampleLog('en'), { now });
const text = renderMarkdown(record);

describe('the Markdown document', () => {
  test('tells the debate from title to sources, in that order', () => {
    const headings = text.match(/^##? .*/gm);
    expect(headings).toEqual([
      '# When Should a Model Stop Thinking?',
      '## Who took part',
      '## The debate',
      '## Positions',
      '## Synthesis',
      '## Questions',
      '## Sources',
    ]);
  });

  test('has every turn under its speaker’s name, word for word', () => {
    for (const turn of record.turns.filter(({ kind }) => kind !== 'synthesis')) {
      const name = record.speakers.find(({ id }) => id === turn.speaker)?.name;
      expect(text).toContain(`#### ${turn.n}. ${name} · `);
      expect(text).toContain(turn.text);
    }
  });

  test('says where a quote stands and links there, and which words are not the article’s', () => {
    expect(text).toContain(
      '> “accuracy rose from 61 % to 74 %” — [§ Results, p. 2](<https://example.org/articles/stop-thinking.pdf#page=2>)',
    );
    expect(text).toContain('> reckless at scale — ⚠ not found in the article');
  });

  test('has the positions, who moved whom, and what stayed open', () => {
    expect(text).toContain('| AI Doomer | −3 · 80\u00a0% | −1 · 70\u00a0% | Luis (10) |');
    expect(text).toContain('| AI Philosopher | 0 · 40\u00a0% | −2 · 60\u00a0% | no reason given |');
    expect(text).toContain('- Was the seed varied at all? (turn 3) → AI Researcher');
    expect(text).toContain('Was the seed varied at all? — ⚠ Not answered');
  });

  test('speaks the language of the debate', () => {
    const spanish = renderMarkdown(buildRecord(sampleLog('es'), { now }));
    expect(spanish).toContain('## Síntesis');
    expect(spanish).toContain('**Revisor Científico** → **AI Researcher** (turno 3)');
    expect(spanish).not.toMatch(/Synthesis|answered|In reply to/);
  });

  test('says when no model spoke, when there is no article and when nothing was reported', () => {
    const bare = renderMarkdown({
      ...record,
      debate: { ...record.debate, voice: 'offline', ending: 'tokens' },
      article: null,
      synthesis: null,
      usage: { ...record.usage, inputTokens: null, cachedTokens: null },
    });
    expect(bare).toContain('No language model spoke');
    expect(bare).toContain('limit of tokens');
    expect(bare).toContain('there was no article to quote');
    expect(bare).toContain('This debate has no synthesis.');
    expect(bare).toContain('? (not reported) tokens in');
  });

  test('what people wrote can neither load anything nor break the outline', () => {
    const turns = record.turns.map((turn) =>
      turn.n === 9
        ? { ...turn, text: '# Me first\n<img src="https://spy.example/x">\n![x](https://spy.example/y)\n`<b>`' }
        : turn,
    );
    const shown = renderMarkdown({ ...record, turns });
    expect(shown).toContain('\\# Me first\n\\<img src=');
    expect(shown).toContain('\\!\\[x](https://spy.example/y)');
    expect(shown).toContain('`<b>`');
  });
});
