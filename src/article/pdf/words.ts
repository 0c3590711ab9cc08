/** Words as they were drawn → those of the page's reading, without what nobody can see. */

/** Letters without a space between them, in points from the page's top left. */
export interface Word {
  readonly text: string;
  readonly x: number;
  readonly right: number;
  /** The baseline. */
  readonly y: number;
  readonly size: number;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly mono: boolean;
  /** A space was drawn before it. */
  readonly spaced: boolean;
}

/** Why a reader of the page cannot see a word. */
export type Hiding = 'invisible' | 'color' | 'tiny' | 'outside' | 'layer';

export interface DrawnWord extends Word {
  /** Where the writing runs, in clockwise quarter turns; the places are those of the page turned back. */
  readonly turns: number;
  readonly hiding: Hiding | null;
}

export interface PageText {
  readonly width: number;
  readonly height: number;
  readonly words: readonly Word[];
  readonly hidden: readonly { readonly text: string; readonly why: Hiding }[];
}

/** Share of a page's letters from which invisible ones are the text layer of a scan, not something hidden. */
const SCAN_SHARE = 0.5;

export function settle(page: {
  readonly width: number;
  readonly height: number;
  readonly words: readonly DrawnWord[];
}): PageText {
  const invisible = letters(page.words.filter((word) => word.hiding === 'invisible'));
  const scanned = invisible > 0 && invisible >= SCAN_SHARE * letters(page.words);
  const hides = (word: DrawnWord) => word.hiding !== null && !(scanned && word.hiding === 'invisible');
  const seen = page.words.filter((word) => !hides(word));
  const turns = mainDirection(seen);
  const [width, height] = turns % 2 ? [page.height, page.width] : [page.width, page.height];
  return {
    width,
    height,
    words: once(seen.filter((word) => word.turns === turns)).map(mend),
    hidden: page.words
      .filter((word) => hides(word) && !seen.some((other) => isShadow(word, other)))
      .flatMap(({ text, hiding }) => (hiding ? [{ text, why: hiding }] : [])),
  };
}

/** The same word in sight at the same place: an outline or a shadow. */
function isShadow(word: DrawnWord, other: DrawnWord): boolean {
  return word.text === other.text && Math.hypot(word.x - other.x, word.y - other.y) < word.size;
}

function letters(words: readonly DrawnWord[]): number {
  return words.reduce((sum, { text }) => sum + text.length, 0);
}

/** What runs another way (a stamp along the margin, an axis label) is not part of the reading. */
function mainDirection(words: readonly DrawnWord[]): number {
  const weights = [0, 1, 2, 3].map((turns) => letters(words.filter((word) => word.turns === turns)));
  return weights.indexOf(Math.max(...weights));
}

/** Poor man's bold draws the same word twice, a hair apart. */
function once(words: readonly Word[]): Word[] {
  const places = new Map<string, Word[]>();
  return words.filter((word) => {
    const same = places.get(word.text) ?? [];
    const drawn = same.some((other) => Math.hypot(other.x - word.x, other.y - word.y) < 0.12 * word.size);
    if (!drawn) places.set(word.text, same.concat(word));
    return !drawn;
  });
}

const LIGATURES = /[\uFB00-\uFB06]/g;
/** Accents that older TeX fonts draw apart, before their letter. */
const ACCENT_THEN_LETTER = /([´ˊ¨ˆ˜˚ˇˋ]|(?<=\p{L})`)([\p{L}ı])/gu;
const COMBINING: Readonly<Record<string, string>> = {
  '´': '\u0301',
  ˊ: '\u0301',
  '`': '\u0300',
  ˋ: '\u0300',
  '¨': '\u0308',
  ˆ: '\u0302',
  '˜': '\u0303',
  '˚': '\u030A',
  ˇ: '\u030C',
};

/** Ligatures as letters, accents on their letters. */
function mend(word: Word): Word {
  const text = word.text
    .replace(LIGATURES, (ligature) => ligature.normalize('NFKC'))
    .replace(ACCENT_THEN_LETTER, (_, accent: string, letter: string) => {
      return (letter === 'ı' ? 'i' : letter) + (COMBINING[accent] ?? '');
    })
    .normalize('NFC');
  return text === word.text ? word : { ...word, text };
}
