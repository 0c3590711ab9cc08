/** The part of the Store contract that is about finding what earlier debates came to. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Synthesis } from '../../src/debate.ts';
import type { Store } from '../../src/ports/store.ts';
import { sampleArticle } from '../fakes/sample-article.ts';
import { newDebate, newTurn } from './store-samples.ts';

export interface Told {
  readonly question: string;
  readonly answer?: string;
  readonly agreements?: readonly string[];
  readonly language?: string;
}

const NOTHING = { confidence: null, agreements: [], disagreements: [], minority: [], open: [], nextSteps: [] };

function synthesisOf({ answer = 'Yes.', agreements = [] }: Told): Synthesis {
  const points = agreements.map((text) => ({ text, turns: [2, 3] }));
  return { ...NOTHING, answer, plainWords: '', recap: '', dropped: [], agreements: points };
}

/** A debate with an opening and a synthesis; its id. */
export async function concluded(store: Store, here: string, told: Told): Promise<string> {
  const { question, language = 'en' } = told;
  const { id } = await store.createDebate(here, newDebate({ question: '', language }));
  const opening = { question, axes: [] };
  await store.saveTurn(here, id, newTurn('opening', { kind: 'opening', data: { opening } }), [], 'pending');
  const data = { synthesis: synthesisOf(told) };
  await store.saveTurn(here, id, newTurn('synthesis-1', { kind: 'synthesis', data }), [], 'pending');
  return id;
}

export function memory(store: () => Store, workspace: () => string): void {
  const search = async (here: string, words: string, language = 'en', limit = 9) =>
    (await store().searchConclusions(here, words, language, limit)).map(({ question }) => question);

  describe('memory', () => {
    test('a debate is found from its synthesis on, with all there is to tell of it', async () => {
      const here = workspace();
      const article = { ...sampleArticle('en'), title: 'Storing heat in sand' };
      const articleId = await store().saveArticle(here, article);
      const { id, thread } = await store().createDebate(here, newDebate({ articleId, question: 'Shall we?' }));
      expect(await store().searchConclusions(here, 'heat', 'en', 9)).toEqual([]);
      const data = { synthesis: synthesisOf({ question: '', answer: 'Not this year.' }) };
      const turn = await store().saveTurn(here, id, newTurn('s', { kind: 'synthesis', data }), [], 'pending');
      const [found, ...others] = await store().searchConclusions(here, 'heat', 'en', 9);
      expect(others).toEqual([]);
      expect(found).toEqual({
        id,
        title: 'Storing heat in sand',
        question: 'Shall we?',
        answer: 'Not this year.',
        language: 'en',
        voice: 'model',
        concludedAt: expect.any(Date),
        thread,
        article: articleId,
        score: 1,
        matched: 1,
      });
      expect(Math.abs(Number(found?.concludedAt) - turn.at.getTime())).toBeLessThan(1000);
    });

    test('a later synthesis takes the place of the first; the same turn saved twice changes nothing', async () => {
      const here = workspace();
      const id = await concluded(store(), here, { question: 'Should we buy a kiln?', answer: 'Yes, a small one.' });
      const data = { synthesis: synthesisOf({ question: '', answer: 'No: rent one.' }) };
      for (const key of ['synthesis-2', 'synthesis-2', 'synthesis-1']) {
        await store().saveTurn(here, id, newTurn(key, { kind: 'synthesis', data }), [], 'pending');
      }
      expect((await store().searchConclusions(here, 'kiln', 'en', 9)).map(({ answer }) => answer)).toEqual([
        'No: rent one.',
      ]);
      expect(await search(here, 'small')).toEqual([]);
    });

    test('question, answer and agreements are searched; what the question has comes first', async () => {
      const here = workspace();
      await concluded(store(), here, { question: 'A?', answer: 'Glaze it twice.' });
      await concluded(store(), here, { question: 'B?', agreements: ['The oven is hot.', 'Glaze is cheap.'] });
      await concluded(store(), here, { question: 'Is the glaze safe?' });
      expect((await search(here, 'glaze')).slice(0, 1)).toEqual(['Is the glaze safe?']);
      expect((await search(here, 'glaze')).toSorted()).toEqual(['A?', 'B?', 'Is the glaze safe?']);
    });

    test.each([
      ['es', 'decisiones sobre energías', '¿Decidimos ya la energía del horno?'],
      ['es', 'energia', '¿Decidimos ya la energía del horno?'],
      ['es', 'investigación', '¿Cuánto cuestan las investigaciones?'],
      ['es', 'investigacion', '¿Cuánto cuestan las investigaciones?'],
      ['es', 'anos', '¿Bastan dos años?'],
      ['en', 'decided energy', 'Are we deciding on energies?'],
      ['en', 'résumés', 'Do resumes matter?'],
    ])('%s: “%s” finds “%s”: other forms of a word, accents or none', async (language, words, question) => {
      const here = workspace();
      await concluded(store(), here, { question: 'Something else entirely?', language });
      await concluded(store(), here, { question, language });
      expect(await search(here, words, language)).toEqual([question]);
      expect(await search(here, words.normalize('NFD').toUpperCase(), language)).toEqual([question]);
    });

    test('a rare word weighs more than a common one, and two words more than one', async () => {
      const here = workspace();
      for (const thing of ['tea', 'soup', 'bread', 'rice']) {
        await concluded(store(), here, { question: `Should the kitchen serve ${thing}?` });
      }
      await concluded(store(), here, { question: 'Should the garden grow saffron?' });
      await concluded(store(), here, { question: 'Should the kitchen buy saffron?' });
      expect((await search(here, 'kitchen saffron')).slice(0, 2)).toEqual([
        'Should the kitchen buy saffron?',
        'Should the garden grow saffron?',
      ]);
    });

    test('words too common to count do not count, and of what is equal the newest comes first', async () => {
      const here = workspace();
      const first = await concluded(store(), here, { question: 'Is it the oven?' });
      const second = await concluded(store(), here, { question: 'Is it the oven?' });
      const found = await store().searchConclusions(here, 'is it the oven or not', 'en', 9);
      expect(found.map(({ id, score }) => [id, score])).toEqual([
        [second, 1],
        [first, 1],
      ]);
      expect(await search(here, 'is it the')).toEqual([]);
      expect(await search(here, 'oven', 'en', 1)).toHaveLength(1);
    });

    test('no words break it, and the score stays from 0 to 1', async () => {
      const here = workspace();
      await concluded(store(), here, { question: 'What of energy, heat and sand?' });
      for (const words of ["' & | ! <-> ( ) : * \\", '"open', '&&', '\0', '\ud800', '']) await search(here, words);
      const word = fc.constantFrom('energy', 'heat', 'sand', 'the', 'nowhere', 'ENERGÍA', '🙂', "l'eau", 'a:b*');
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.oneof(word, fc.string({ unit: 'binary', maxLength: 8 })), { maxLength: 60 }),
          async (all) => {
            const found = await store().searchConclusions(here, all.join(' '), 'en', 3);
            for (const { score } of found) {
              expect(score).toBeGreaterThan(0);
              expect(score).toBeLessThanOrEqual(1);
            }
          },
        ),
        { numRuns: 25 },
      );
    });

    test('of one workspace is not there in another', async () => {
      const here = workspace();
      await concluded(store(), here, { question: 'Is the vault locked?' });
      for (const other of [workspace(), '', `${here}%`]) expect(await search(other, 'vault')).toEqual([]);
      expect(await search(here, 'vault')).toHaveLength(1);
    });
  });
}
