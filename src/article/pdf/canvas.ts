/** Follows a page's graphics state as far as text needs it: where letters land, how large, in which ink. */
import { apply, boxUnder, IDENTITY, type Matrix, multiply, toMatrix } from './geometry.ts';
import { backgroundAt, type Color, looksLike, type Paint, paintOf } from './paint.ts';
import type { DrawnWord, Hiding } from './words.ts';

export interface Font {
  readonly bold: boolean;
  readonly italic: boolean;
  readonly mono: boolean;
  /** Ems per glyph unit, 0.001 for all but hand-made fonts. */
  readonly unit: number;
  readonly vertical: boolean;
}

export interface Glyph {
  readonly unicode: string;
  readonly width: number;
  readonly isSpace: boolean;
}

/** The part of the graphics state that `save` keeps. */
interface State {
  readonly ctm: Matrix;
  /** Colour of fills and letters. */
  readonly fill: Color;
  readonly alpha: number;
  /** Text render mode: 0 fill, 1 stroke, 2 both, 3 neither; 4 to 7 the same, as a clip. */
  readonly mode: number;
  readonly font: Font;
  readonly size: number;
  readonly charSpacing: number;
  readonly wordSpacing: number;
  readonly stretch: number;
  readonly leading: number;
  readonly rise: number;
}

const START: State = {
  ctm: IDENTITY,
  fill: '#000000',
  alpha: 1,
  mode: 0,
  font: { bold: false, italic: false, mono: false, unit: 0.001, vertical: false },
  size: 0,
  charSpacing: 0,
  wordSpacing: 0,
  stretch: 1,
  leading: 0,
  rise: 0,
};

/** Ems: a gap from which letters belong to two words, and a step back from which they do. */
const WORD_GAP = 0.16;
const STEP_BACK = -0.75;
/** Points: below this no one reads. */
const TINY = 1.5;
const TRANSPARENT = 0.05;
const OPAQUE = 0.9;

export class Canvas {
  readonly width: number;
  readonly height: number;
  readonly words: DrawnWord[] = [];
  readonly #paints: Paint[] = [];
  readonly #saved: State[] = [];
  /** Whether each marked content around the pen is shown. */
  readonly #marked: boolean[] = [];
  #state: State;
  #textMatrix: Matrix = IDENTITY;
  #pen = { x: 0, y: 0, lineX: 0, lineY: 0 };
  #word: { readonly drawn: DrawnWord; readonly ink: State } | null = null;
  #spaced = false;

  /** `transform`: user space → points from the page's top left. */
  constructor(page: { readonly width: number; readonly height: number }, transform: Matrix) {
    this.width = page.width;
    this.height = page.height;
    this.#state = { ...START, ctm: transform };
  }

  save(): void {
    this.#saved.push(this.#state);
  }

  restore(): void {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  get alpha(): number {
    return this.#state.alpha;
  }

  set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
  }

  transform(matrix: ArrayLike<number> | null): void {
    if (matrix) this.set({ ctm: multiply(this.#state.ctm, toMatrix(matrix)) });
  }

  mark(shown: boolean): void {
    this.#marked.push(shown);
  }

  unmark(): void {
    this.#marked.pop();
  }

  fillPath(path: ArrayLike<number> | null, bounds: ArrayLike<number> | null): void {
    const { ctm, fill, alpha } = this.#state;
    const paint = paintOf(ctm, path, bounds, alpha > OPAQUE ? fill : null);
    if (paint) this.#paints.push(paint);
  }

  /** Something of many colours on the unit square. */
  picture(): void {
    this.#paints.push({ box: boxUnder(this.#state.ctm, 0, 0, 1, 1), color: null });
  }

  /** A gradient fills whatever the clip lets it, which is not followed here: it may be everywhere. */
  gradient(): void {
    this.#paints.push({ box: { left: 0, top: 0, right: this.width, bottom: this.height }, color: null });
  }

  setTextMatrix(matrix: Matrix): void {
    this.#textMatrix = matrix;
    this.#pen = { x: 0, y: 0, lineX: 0, lineY: 0 };
  }

  moveText(byX: number, byY: number): void {
    const x = this.#pen.lineX + byX;
    const y = this.#pen.lineY + byY;
    this.#pen = { x, y, lineX: x, lineY: y };
  }

  nextLine(): void {
    this.moveText(0, this.#state.leading);
  }

  /** Numbers between the glyphs move the pen back by thousandths of an em. */
  showText(glyphs: readonly (Glyph | number | null)[]): void {
    const { font, size, charSpacing, wordSpacing } = this.#state;
    for (const glyph of glyphs) {
      if (glyph === null) continue;
      if (typeof glyph === 'number') {
        this.#advance((-glyph * size) / 1000);
        continue;
      }
      const step = Math.abs(glyph.width) * font.unit * size + charSpacing + (glyph.isSpace ? wordSpacing : 0);
      if (glyph.unicode.trim() === '') this.#space();
      else this.#write(this.#glyph(glyph.unicode, step));
      this.#advance(step);
    }
  }

  /** Ends the word being written. */
  lift(): void {
    if (this.#word) this.words.push(this.#word.drawn);
    this.#word = null;
  }

  #advance(step: number): void {
    if (this.#state.font.vertical) this.#pen.y -= step;
    else this.#pen.x += step * this.#state.stretch;
  }

  #space(): void {
    this.lift();
    this.#spaced = true;
  }

  #write(glyph: DrawnWord): void {
    const word = this.#word;
    if (word && sameInk(word.ink, this.#state) && continues(word.drawn, glyph)) {
      const right = Math.max(word.drawn.right, glyph.right);
      this.#word = { ...word, drawn: { ...word.drawn, text: word.drawn.text + glyph.text, right } };
      return;
    }
    this.lift();
    this.#word = { drawn: { ...glyph, spaced: this.#spaced, hiding: this.#hiding() }, ink: this.#state };
    this.#spaced = false;
  }

  /** One glyph as a word, in the frame in which its writing runs from left to right. */
  #glyph(text: string, step: number): DrawnWord {
    const { ctm, font, rise, size, stretch } = this.#state;
    const m = multiply(ctm, this.#textMatrix);
    const [dx, dy] = font.vertical ? [-m[2], -m[3]] : [m[0] * stretch, m[1] * stretch];
    const turns = (Math.round(Math.atan2(dy, dx) / (Math.PI / 2)) + 4) % 4;
    const [x, y] = this.#upright(apply(m, this.#pen.x, this.#pen.y + rise), turns);
    return {
      text,
      x,
      y,
      right: x + Math.abs(step) * Math.hypot(dx, dy),
      size: Math.abs(size) * Math.hypot(m[2], m[3]) * font.unit * 1000,
      bold: font.bold,
      italic: font.italic,
      mono: font.mono,
      spaced: false,
      turns,
      hiding: null,
    };
  }

  #upright([x, y]: readonly [number, number], turns: number): readonly [number, number] {
    if (turns === 1) return [y, this.width - x];
    if (turns === 2) return [this.width - x, this.height - y];
    if (turns === 3) return [this.height - y, x];
    return [x, y];
  }

  /** Whether a reader of the page sees what is written here, and if not why. */
  #hiding(): Hiding | null {
    const { ctm, mode, alpha, fill, size, font, rise } = this.#state;
    const m = multiply(ctm, this.#textMatrix);
    const em = Math.abs(size) * Math.hypot(m[2], m[3]);
    const [x, y] = apply(m, this.#pen.x, this.#pen.y + rise + 0.3 * size);
    if (this.#marked.includes(false)) return 'layer';
    if (mode === 3 || mode === 7 || alpha < TRANSPARENT) return 'invisible';
    if (em * font.unit * 1000 < TINY) return 'tiny';
    if (x < -em || y < -em || x > this.width || y > this.height + em) return 'outside';
    const under = mode === 0 || mode === 4 ? backgroundAt(this.#paints, x, y) : null;
    return fill && under && looksLike(fill, under) ? 'color' : null;
  }
}

function sameInk(a: State, b: State): boolean {
  return a.font === b.font && a.fill === b.fill && a.mode === b.mode && a.alpha === b.alpha;
}

function continues(word: DrawnWord, glyph: DrawnWord): boolean {
  const gap = (glyph.x - word.right) / glyph.size;
  const level = Math.abs(glyph.y - word.y) < 0.05 * glyph.size && Math.abs(glyph.size - word.size) < 0.05 * word.size;
  return level && word.turns === glyph.turns && gap < WORD_GAP && gap > STEP_BACK;
}
