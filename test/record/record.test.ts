import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Log, Turn } from '../../src/debate.ts';
import { buildRecord } from '../../src/record/record.ts';
import { debateRecord, recordJsonSchema } from '../../src/record/schema.ts';
import { sampleLog } from '../fakes/sample-log.ts';
import { randomLog } from './random-log.ts';

const now = new Date('2026-03-06T00:00:00.000Z');
const published: object = JSON.parse(readFileSync(new URL('../../docs/record.schema.json', import.meta.url), 'utf8'));
const validate = new Ajv2020({ allErrors: true }).compile(published);

/** What is wrong with it by the published schema; it is read back from JSON as another program would. */
function faults(record: unknown) {
  validate(JSON.parse(JSON.stringify(record)));
  return validate.errors ?? [];
}

function withTurn(log: Log, n: number, change: Partial<Turn>): Log {
  return { ...log, turns: log.turns.map((turn) => (turn.n === n ? { ...turn, ...change } : turn)) };
}

const log = sampleLog('en');
const record = buildRecord(log, { now });

describe('the published schema', () => {
  test('is the one the code has; else: node src/record/schema.ts > docs/record.schema.json', () => {
    expect(published).toEqual(recordJsonSchema());
  });

  test.each(['en', 'es', 'pt'])('holds for a whole debate in %s', (language) => {
    expect(faults(buildRecord(sampleLog(language), { now }))).toEqual([]);
  });

  test('refuses another version, a turn without its number and a number for unknown', () => {
    expect(faults({ ...record, version: 2 })).not.toEqual([]);
    expect(faults({ ...record, turns: record.turns.map(({ n: _, ...turn }) => turn) })).not.toEqual([]);
    expect(faults({ ...record, usage: { ...record.usage, inputTokens: -1 } })).not.toEqual([]);
  });

  test('lets further fields in, so that a later release of the same version stays readable', () => {
    expect(faults({ ...record, debate: { ...record.debate, mood: 'calm' }, extra: [] })).toEqual([]);
  });

  test('holds for a log of any turns, and the record has no field the schema does not describe', () => {
    fc.assert(
      fc.property(randomLog, (any) => {
        const built = buildRecord(any, { now });
        expect(faults(built)).toEqual([]);
        expect(debateRecord.parse(built)).toEqual(built);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the turns and who speaks', () => {
  test('are those of the log, word for word', () => {
    expect(record.turns.map(({ n, kind, text }) => ({ n, kind, text }))).toEqual(
      log.turns.map(({ n, kind, text }) => ({ n, kind, text })),
    );
  });

  test('tells two people apart, and names everybody who spoke', () => {
    expect(record.speakers.slice(-2)).toMatchObject([
      { id: 'human:ana', name: 'Ana', role: 'human', model: null },
      { id: 'human:luis', name: 'Luis', role: 'human', model: null },
    ]);
    const known = new Set(record.speakers.map(({ id }) => id));
    expect(record.turns.filter(({ speaker }) => !known.has(speaker))).toEqual([]);
  });

  test('gives a quote the section and page of its passage', () => {
    expect(record.turns[4]?.quotes).toMatchObject([
      { passage: 5, verified: true, section: 'Cost', page: 2 },
      { passage: null, verified: false, section: null, page: null },
    ]);
  });

  test('has the names of the debate’s language and the question of the opening', () => {
    const spanish = buildRecord(sampleLog('es'), { now });
    expect(spanish.speakers[2]?.name).toBe('Revisor Científico');
    expect(spanish.debate.question).toBe('¿Debemos dar por defecto a nuestro modelo un presupuesto largo para pensar?');
    expect(spanish.article?.warnings[0]).toContain('texto oculto');
  });
});

describe('stances', () => {
  const bySpeaker = new Map(record.stances.map((held) => [held.speaker, held]));

  test('first and last position, and the turn that moved it', () => {
    expect(bySpeaker.get('doomer')).toEqual({
      speaker: 'doomer',
      before: { stance: -3, confidence: 80 },
      after: { stance: -1, confidence: 70 },
      because: 10,
    });
  });

  test('no after for one who spoke of it once, no because for a move without a reason', () => {
    expect(bySpeaker.get('critic')).toMatchObject({ after: null, because: null });
    expect(bySpeaker.get('philosopher')).toMatchObject({ after: { stance: -2 }, because: null });
    expect(bySpeaker.has('newcomer')).toBe(false);
  });

  test('no because for one who did not move', () => {
    const stayed = withTurn(log, 13, { data: { stance: { stance: -3, confidence: 80 } } });
    const held = buildRecord(stayed, { now }).stances.find(({ speaker }) => speaker === 'doomer');
    expect(held).toMatchObject({ after: { stance: -3 }, because: null });
  });
});

describe('questions', () => {
  test('of personas and people, with who answered', () => {
    expect(record.questions.map(({ turn, by, to, answeredBy }) => [turn, by, to, answeredBy])).toEqual([
      [3, 'reviewer', 'researcher', null],
      [4, 'critic', 'reviewer', 12],
      [8, 'newcomer', 'enthusiast', 14],
      [10, 'human:luis', 'doomer', 13],
    ]);
  });

  test('an answer by somebody else leaves it open', () => {
    const other = withTurn(log, 13, { speaker: 'critic' });
    expect(buildRecord(other, { now }).questions[3]?.answeredBy).toBeNull();
  });
});

describe('the synthesis', () => {
  test('carries its points and the text as it was posted', () => {
    expect(record.synthesis).toMatchObject({ turn: 16, confidence: 68, text: log.turns[15]?.text });
  });

  test('names the person whose turn a position stands on', () => {
    expect(record.synthesis?.disagreements[0]?.positions[2]?.speaker).toBe('human:ana');
  });

  test('is null while there is none', () => {
    expect(buildRecord({ ...log, turns: log.turns.slice(0, 9) }, { now }).synthesis).toBeNull();
  });
});

describe('usage', () => {
  test('sums what the models reported', () => {
    expect(record.usage).toEqual({
      calls: 14,
      inputTokens: 45_550,
      cachedTokens: 36_450,
      outputTokens: 2520,
      cost: null,
      wallMs: 153_000,
    });
  });

  test('an unknown part leaves that sum unknown and no other', () => {
    const some = withTurn(log, 5, { usage: { inputTokens: 2000, cachedTokens: null, outputTokens: 180 } });
    expect(buildRecord(some, { now }).usage).toMatchObject({
      inputTokens: 44_800,
      cachedTokens: null,
      outputTokens: 2520,
    });
    const none = withTurn(log, 5, { usage: null });
    expect(buildRecord(none, { now }).usage).toMatchObject({ calls: 14, inputTokens: null, outputTokens: null });
  });

  test('is nothing, and known to be nothing, when no model spoke', () => {
    const offline = { ...log, turns: log.turns.map((turn) => ({ ...turn, usage: null, model: null })) };
    expect(buildRecord(offline, { now }).usage).toMatchObject({ calls: 0, inputTokens: 0, outputTokens: 0 });
  });

  test('a debate under way has lasted until now', () => {
    const running: Log = { ...log, debate: { ...log.debate, status: 'running', endedAt: null } };
    expect(buildRecord(running, { now }).usage.wallMs).toBe(now.getTime() - log.debate.startedAt.getTime());
  });
});
