/** People's votes on the central question, on the scale the panel's own positions have. Pure. */
import { inLanguage, type Language, type Localised, type Log, type Tally, type Votes } from '../debate.ts';

export const NO_VOTES: Votes = { before: [], after: [] };

/** What a person may vote: few enough for a button each. */
export const POSITIONS: readonly { readonly id: string; readonly name: Localised }[] = [
  { id: '3', name: { en: 'Yes', es: 'Sí' } },
  { id: '1', name: { en: 'Rather yes', es: 'Más bien sí' } },
  { id: '0', name: { en: 'Undecided', es: 'Sin decidir' } },
  { id: '-1', name: { en: 'Rather no', es: 'Más bien no' } },
  { id: '-3', name: { en: 'No', es: 'No' } },
];

/** A vote is one "before" until the panel begins to argue: once the first round of replies is called for, or closed over. */
export function phaseOf({ turns }: Pick<Log, 'turns'>): keyof Votes {
  return turns.some(({ kind, round }) => kind === 'notes' || kind === 'synthesis' || round > 0) ? 'after' : 'before';
}

export function peopleIn(tally: Tally): number {
  return tally.reduce((sum, { people }) => sum + people, 0);
}

/** −3 … +3; null when nobody voted. */
export function meanOf(tally: Tally): number | null {
  const people = peopleIn(tally);
  return people === 0 ? null : tally.reduce((sum, each) => sum + each.stance * each.people, 0) / people;
}

/** `3 people, +1.7 on average: 2 yes, 1 undecided`; '' when nobody voted. */
export function tallyInWords(tally: Tally, language: Language): string {
  const mean = meanOf(tally);
  if (mean === null) return '';
  const people = peopleIn(tally);
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const parts = POSITIONS.flatMap(({ id, name }) => {
    const held = tally.find(({ stance }) => stance === Number(id))?.people ?? 0;
    return held > 0 ? [`${held} ${inLanguage(name, language).toLowerCase()}`] : [];
  });
  const [en, es] = people === 1 ? ['person', 'persona'] : ['people', 'personas'];
  const average = number.format(mean).replace('-', '−');
  return inLanguage(
    {
      en: `${people} ${en}, ${average} on average: ${parts.join(', ')}`,
      es: `${people} ${es}, ${average} de media: ${parts.join(', ')}`,
    },
    language,
  );
}
