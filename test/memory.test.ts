/** Golden: which of a workspace's conclusions a new debate has to do with, and which are chance. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { mostRelevant, recall, worthShowing } from '../src/host/memory.ts';
import type { Conclusion, Store } from '../src/ports/store.ts';
import { concluded } from './contracts/store-memory.ts';
import { openMemoryStore } from './fakes/memory-store.ts';

const english = [
  ['Should we adopt GRPO instead of PPO for post-training our model?', 'Yes, where rewards can be verified.'],
  ['Is a four-day week good for the support team?', 'Try it for a quarter.'],
  ['Should the payments service move from MongoDB to Postgres?', 'Yes, table by table.'],
  ['Can we trust benchmark scores of long-context models?', 'Not beyond 64k tokens.'],
  ['Should we open an office in Bilbao?', 'No: two of three candidates would not move.'],
] as const;
const spanish = [
  ['¿Conviene entrenar nuestro modelo con GRPO en lugar de PPO?', 'Sí, donde la recompensa se pueda verificar.'],
  ['¿Es buena la semana de cuatro días para el equipo de soporte?', 'Probarlo un trimestre.'],
  ['¿Debemos migrar el servicio de pagos de MongoDB a Postgres?', 'Sí, tabla a tabla.'],
  ['¿Podemos fiarnos de las puntuaciones de los modelos de contexto largo?', 'No más allá de 64k tokens.'],
  ['¿Abrimos una oficina en Bilbao?', 'No: dos de tres candidatas no se mudarían.'],
] as const;

let store: Store;
beforeAll(async () => {
  store = await openMemoryStore();
  for (const [question, answer] of english) await concluded(store, 'en', { question, answer });
  for (const [question, answer] of spanish) await concluded(store, 'es', { question, answer, language: 'es' });
});
afterAll(() => store.close());

describe('a new debate recalls', () => {
  test.each([
    ['en', 'Is GRPO better than PPO?', '', 0],
    ['en', '', 'Group relative policy optimization: GRPO against PPO', null],
    ['en', 'Would a four day week hurt our support?', '', 1],
    ['en', 'Shall payments leave MongoDB?', '', 2],
    ['en', '', 'Migrating from MongoDB to Postgres', 2],
    ['en', 'How far can long context benchmarks be trusted?', '', 3],
    ['en', 'Should we close the office in Bilbao?', 'Quarterly report', 4],
    ['en', 'Should we adopt a dog for the office?', '', null],
    ['en', 'Should we move the team to a new model of laptop?', '', null],
    ['en', 'Is it worth it?', '', null],
    ['en', '', 'Sodium batteries for grid storage', null],
    ['es', '¿Es mejor GRPO que PPO?', '', 0],
    ['es', '¿Perjudicaría al soporte una semana de cuatro dias?', '', 1],
    ['es', '¿Migramos los pagos a Postgres?', '', 2],
    ['es', '¿Cuánto hay que fiarse de una puntuacion de contexto largo?', '', 3],
    ['es', '¿Cerramos la oficina de Bilbao?', 'Informe trimestral', 4],
    ['es', '¿Adoptamos un perro para la oficina?', '', null],
    ['es', '', 'Baterías de sodio para la red eléctrica', null],
  ] as const)('%s: “%s” / “%s”', async (language, question, title, expected) => {
    const found = await recall(store, language, { question, title, article: null, language });
    const known = language === 'es' ? spanish : english;
    expect(found?.question ?? null).toBe(expected === null ? null : known[expected][0]);
  });

  test('nothing of another workspace', async () => {
    const topic = { question: english[0][0], title: '', article: null, language: 'en' };
    expect(await recall(store, 'elsewhere', topic)).toBeNull();
    expect((await recall(store, 'en', topic))?.score).toBe(1);
  });
});

const conclusion = fc.record<Conclusion>({
  id: fc.string({ minLength: 1 }),
  title: fc.string(),
  question: fc.string(),
  answer: fc.constantFrom('', 'Yes.', 'No.'),
  language: fc.constantFrom('en', 'es'),
  voice: fc.constantFrom('model', 'offline'),
  concludedAt: fc.date({ noInvalidDate: true }),
  thread: fc.constant({ adapter: 'a', channel: 'c', thread: 't' }),
  article: fc.constantFrom(null, 'aa', 'bb'),
  score: fc.double({ min: 0, max: 1, noNaN: true }),
  matched: fc.nat({ max: 9 }),
});

describe('what is relevant enough', () => {
  test('is never less so than something left out', () => {
    fc.assert(
      fc.property(fc.array(conclusion), fc.constantFrom(null, 'aa'), (found, article) => {
        const best = mostRelevant(found, { article });
        const spoke = (each: Conclusion) => each.voice === 'model' && each.answer !== '';
        const same = (each: Conclusion) => article !== null && each.article === article;
        if (best === null) {
          for (const each of found) expect(spoke(each) && same(each)).toBe(false);
          return;
        }
        expect(found).toContain(best);
        expect(spoke(best)).toBe(true);
        expect(same(best) || (best.score >= 0.4 && best.matched >= 2)).toBe(true);
        if (!same(best)) for (const each of found) expect(spoke(each) && same(each)).toBe(false);
      }),
    );
  });

  test('of what somebody looked for, noise beside a good find is left out and the order stays', () => {
    fc.assert(
      fc.property(fc.array(conclusion), (found) => {
        const shown = worthShowing(found);
        expect(shown).toEqual(found.filter((each) => shown.includes(each)));
        const best = Math.max(0, ...found.map(({ score }) => score));
        if (found.length > 0) expect(shown.some(({ score }) => score === best)).toBe(true);
        for (const { score } of shown) expect(score).toBeGreaterThanOrEqual(best / 3);
      }),
    );
  });
});
