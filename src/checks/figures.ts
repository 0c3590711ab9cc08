/** Figures a debate comes to, in words. */
import { type EstimateRange, inLanguage, type Language } from '../debate.ts';

/** `Median 40 %; the middle half lies from 20 to 60 % (7 estimates).` */
export function shownRange({ unit, median, low, high, estimates }: EstimateRange, language: Language): string {
  const number = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
  const [middle, from, to] = [median, low, high].map((value) => number.format(value));
  const of = unit === '' ? '' : ` ${unit}`;
  return inLanguage(
    {
      en: `**Median ${middle}${of}**; the middle half lies from ${from} to ${to}${of} (${estimates} estimates).`,
      es: `**Mediana ${middle}${of}**; la mitad central va de ${from} a ${to}${of} (${estimates} estimaciones).`,
    },
    language,
  );
}
