import { expect, test } from '@jest/globals';
import { detectLanguage, readyFor } from '../../src/article/language.ts';

test.each([
  ['en', 'The reward function uses a measure of distance to a failure event to guide the search.'],
  ['es', 'La función de recompensa utiliza una medida de distancia a un fallo para guiar la búsqueda.'],
  ['pt', 'A função de recompensa utiliza uma medida da distância até uma falha para guiar a busca.'],
  ['fr', 'La fonction de récompense utilise une mesure de la distance pour guider la recherche des pannes.'],
  ['de', 'Die Belohnungsfunktion verwendet ein Maß für den Abstand zu einem Fehler, um die Suche zu lenken.'],
])('%s', async (language, text) => {
  await readyFor(text);
  expect(detectLanguage(text)).toBe(language);
});

test.each([
  [
    'pt',
    'A função de recompensa usa uma medida da distância até uma falha para guiar a busca, e os resultados mostram que o método encontra mais falhas do que os outros nas mesmas condições de teste.',
  ],
  [
    'ca',
    'La funció de recompensa fa servir una mesura de la distància a una fallada per guiar la cerca, i els resultats mostren que el mètode troba més fallades que els altres en les mateixes condicions.',
  ],
  [
    'it',
    'La funzione di ricompensa usa una misura della distanza da un guasto per guidare la ricerca, e i risultati mostrano che il metodo trova più guasti degli altri nelle stesse condizioni di prova.',
  ],
  [
    'fr',
    'La fonction de récompense utilise une mesure de la distance à une panne pour guider la recherche, et les résultats montrent que la méthode trouve plus de pannes que les autres dans les mêmes conditions.',
  ],
  [
    'nl',
    'De beloningsfunctie gebruikt een maat voor de afstand tot een storing om het zoeken te sturen, en de resultaten laten zien dat de methode meer storingen vindt dan de andere onder dezelfde omstandigheden.',
  ],
])('%s is not taken for one of the two told by their commonest words', async (language, text) => {
  await readyFor(text);
  expect(detectLanguage(text)).toBe(language);
});

test.each(['', '   ', '12 + 34 = 46'])('there is nothing to tell it by (%j)', async (text) => {
  await readyFor(text);
  expect(detectLanguage(text)).toBeNull();
});

test('a head of names and code does not decide for a long text', () => {
  const head = 'Andreas Gal, Brendan Eich, Mike Shaver, Graydon Hoare {gal,brendan,shaver}@mozilla.com '.repeat(12);
  const body = 'The tracing compiler records the loops of a program and compiles them to native code. '.repeat(90);
  expect(detectLanguage(head + body)).toBe('en');
});
