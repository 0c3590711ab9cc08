import { expect, test } from '@jest/globals';
import { detectLanguage } from '../../src/article/language.ts';

test.each([
  ['en', 'The reward function uses a measure of distance to a failure event to guide the search.'],
  ['es', 'La función de recompensa utiliza una medida de distancia a un fallo para guiar la búsqueda.'],
  ['pt', 'A função de recompensa utiliza uma medida da distância até uma falha para guiar a busca.'],
  ['fr', 'La fonction de récompense utilise une mesure de la distance pour guider la recherche des pannes.'],
  ['de', 'Die Belohnungsfunktion verwendet ein Maß für den Abstand zu einem Fehler, um die Suche zu lenken.'],
])('%s', (language, text) => {
  expect(detectLanguage(text)).toBe(language);
});

test.each(['', '   ', '12 + 34 = 46'])('nothing to tell it by (%j) is English', (text) => {
  expect(detectLanguage(text)).toBe('en');
});

test('a head of names and code does not decide for a long text', () => {
  const head = 'Andreas Gal, Brendan Eich, Mike Shaver, Graydon Hoare {gal,brendan,shaver}@mozilla.com '.repeat(12);
  const body = 'The tracing compiler records the loops of a program and compiles them to native code. '.repeat(90);
  expect(detectLanguage(head + body)).toBe('en');
});
