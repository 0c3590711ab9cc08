import { describe, expect, test } from '@jest/globals';
import { InputError } from '../../src/errors.ts';
import { exportRecord } from '../../src/record/export.ts';
import { buildRecord } from '../../src/record/record.ts';
import { sampleLog } from '../fakes/sample-log.ts';

const record = buildRecord(sampleLog('es'), { now: new Date('2026-03-06T00:00:00.000Z') });

describe('exporting a record', () => {
  test.each([
    ['md', 'cuando-debe-un-modelo-dejar-de-pensar.md', 'text/markdown', '# ¿Cuándo'],
    ['json', 'cuando-debe-un-modelo-dejar-de-pensar.json', 'application/json', '{\n  "version": 1'],
    ['html', 'cuando-debe-un-modelo-dejar-de-pensar.html', 'text/html', '<!doctype html>'],
    ['out/d.json', 'd.json', 'application/json', '{\n  "version": 1'],
    ['/tmp/a.b.MD', 'a.b.MD', 'text/markdown', '# ¿Cuándo'],
  ])('%s', (file, name, mediaType, begins) => {
    const made = exportRecord(record, file);
    expect(made).toMatchObject({ name, mediaType });
    expect(made.content.startsWith(begins)).toBe(true);
  });

  test('the JSON is the record', () => {
    expect(JSON.parse(exportRecord(record, 'json').content)).toEqual(record);
  });

  test('a title without a letter still makes a name', () => {
    expect(exportRecord({ ...record, debate: { ...record.debate, title: '¿…?' } }, 'md').name).toBe('debate.md');
  });

  test.each(['d.pdf', 'debate', 'd.', 'MD/x', ''])('%p is refused with the three endings', (file) => {
    expect(() => exportRecord(record, file)).toThrow(InputError);
    expect(() => exportRecord(record, file)).toThrow(/\.md, \.json or \.html/);
  });
});
