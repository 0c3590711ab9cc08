import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { arxivAddresses, arxivId } from '../../src/article/arxiv.ts';

describe('arxivId', () => {
  test.each([
    ['2502.21321', '2502.21321'],
    [' arXiv:2502.21321v2 ', '2502.21321v2'],
    ['ARXIV: 0704.0001', '0704.0001'],
    ['cs/0112017', 'cs/0112017'],
    ['math.GT/0309136v1', 'math/0309136v1'],
    ['https://arxiv.org/abs/2502.21321', '2502.21321'],
    ['http://www.arxiv.org/pdf/2502.21321v3.pdf', '2502.21321v3'],
    ['https://arxiv.org/html/2502.21321v1/#S2', '2502.21321v1'],
    ['export.arxiv.org/abs/hep-th/9901001?context=x', 'hep-th/9901001'],
    ['https://doi.org/10.48550/arXiv.2502.21321', '2502.21321'],
  ])('%s', (text, id) => expect(arxivId(text)).toBe(id));

  test.each([
    '2513.21321', // no such month
    '2502.213',
    '2502.21321v0',
    'notes/2024001', // a path
    'report.pdf',
    'https://arxiv.org/list/cs.CL/recent',
    'https://example.org/abs/2502.21321',
    'https://arxiv.org.example.com/abs/2502.21321',
    '',
  ])('%j is none', (text) => expect(arxivId(text)).toBeNull());

  const two = (least: number, most: number) =>
    fc.integer({ min: least, max: most }).map((n) => String(n).padStart(2, '0'));
  const version = fc.option(fc.integer({ min: 1, max: 30 })).map((v) => (v === null ? '' : `v${v}`));
  const recent = fc.tuple(two(7, 99), two(1, 12), fc.integer({ min: 0, max: 99999 }), version);
  const old = fc.tuple(
    fc.constantFrom('cs', 'hep-th', 'math', 'q-bio'),
    two(91, 99),
    two(1, 12),
    fc.integer({ min: 0, max: 999 }),
    version,
  );
  const id = fc.oneof(
    recent.map(([year, month, n, v]) => `${year}${month}.${String(n).padStart(5, '0')}${v}`),
    old.map(([archive, year, month, n, v]) => `${archive}/${year}${month}${String(n).padStart(3, '0')}${v}`),
  );

  test('every id comes back from each of its forms', () => {
    fc.assert(
      fc.property(id, (plain) => {
        const { page, texts } = arxivAddresses(plain);
        const forms = [plain, `arXiv:${plain}`, page, ...texts, `${texts.at(-1)}.pdf`];
        expect(forms.map(arxivId)).toEqual(forms.map(() => plain));
      }),
    );
  });
});
