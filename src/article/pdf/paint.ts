/** What a page paints besides text, as far as it tells which text can be seen. */
import { type Box, boxUnder, contains, type Matrix } from './geometry.ts';

/** `#rrggbb`, or null when it is not one colour: an image, a gradient, a pattern. */
export type Color = string | null;

/** A shape of one colour, in painting order. */
export interface Paint {
  readonly box: Box;
  readonly color: Color;
}

/** Levels (of 255) per channel below which two colours look the same. */
const INDISTINCT = 24;

export function looksLike(a: string, b: string): boolean {
  const channel = (color: string, i: number) => Number.parseInt(color.slice(1 + 2 * i, 3 + 2 * i), 16);
  return [0, 1, 2].every((i) => Math.abs(channel(a, i) - channel(b, i)) < INDISTINCT);
}

/** The colour that lies under a point: the paper is white. */
export function backgroundAt(paints: readonly Paint[], x: number, y: number): Color {
  const top = paints.findLast((paint) => contains(paint.box, x, y));
  return top ? top.color : '#ffffff';
}

/**
 * A filled path as a paint. Only a rectangle's colour is certain to lie under all of its box; of any other shape
 * the box is kept as "cannot tell", so that text over it never counts as hidden.
 */
export function paintOf(m: Matrix, path: ArrayLike<number> | null, bounds: ArrayLike<number> | null, color: Color) {
  const [x0, y0, x1, y1] = bounds ? Array.from(bounds) : [];
  if (x0 === undefined || y0 === undefined || x1 === undefined || y1 === undefined) return null;
  const box = boxUnder(m, x0, y0, x1, y1);
  return { box, color: path && isRectangle(path, [x0, x1], [y0, y1]) ? color : null };
}

/** pdf.js path data: 0 x y move, 1 x y line, 2 … curve, 4 close. */
function isRectangle(path: ArrayLike<number>, xs: readonly number[], ys: readonly number[]): boolean {
  const near = (value: number, edges: readonly number[]) => edges.some((edge) => Math.abs(edge - value) < 0.01);
  for (let i = 0; i < path.length; ) {
    if (path[i] === 4) i += 1;
    else if ((path[i] === 0 || path[i] === 1) && near(path[i + 1] ?? 0, xs) && near(path[i + 2] ?? 0, ys)) i += 3;
    else return false;
  }
  return true;
}
