/**
 * Plays a page's drawing operators on a canvas.
 *
 * pdf.js's own `getTextContent` tells neither colour nor render mode, by which hidden text is known; the operators do.
 */
import type { PDFPageProxy } from 'unpdf/pdfjs';
import { OPS } from 'unpdf/pdfjs';
import type { Canvas, Font } from './canvas.ts';
import { IDENTITY, toMatrix } from './geometry.ts';

type Operators = Awaited<ReturnType<PDFPageProxy['getOperatorList']>>;
type Arguments = Operators['argsArray'][number];

export interface PageResources {
  font(id: string): Font;
  /** Whether the reader's program would show an optional-content group. */
  layerShown(group: unknown): boolean;
}

export function play(operators: Operators, canvas: Canvas, resources: PageResources): void {
  for (const [i, op] of operators.fnArray.entries()) {
    const args: Arguments = operators.argsArray[i] ?? [];
    playText(op, args, canvas, resources) || playGraphics(op, args, canvas, resources);
  }
  canvas.lift();
}

/** False when the operator is none of text. */
function playText(op: number, args: Arguments, canvas: Canvas, resources: PageResources): boolean {
  switch (op) {
    case OPS.beginText:
      canvas.setTextMatrix(IDENTITY);
      break;
    case OPS.setTextMatrix:
      canvas.setTextMatrix(toMatrix(args.length === 6 ? args : args[0]));
      break;
    case OPS.moveText:
      canvas.moveText(args[0], args[1]);
      break;
    case OPS.setLeadingMoveText:
      canvas.set({ leading: args[1] });
      canvas.moveText(args[0], args[1]);
      break;
    case OPS.nextLine:
      canvas.nextLine();
      break;
    case OPS.showText:
      canvas.showText(args[0]);
      break;
    case OPS.setFont:
      canvas.set({ font: resources.font(args[0]), size: args[1] });
      break;
    default:
      return setSpacing(op, args[0], canvas);
  }
  return true;
}

function setSpacing(op: number, value: number, canvas: Canvas): boolean {
  if (op === OPS.setCharSpacing) canvas.set({ charSpacing: value });
  else if (op === OPS.setWordSpacing) canvas.set({ wordSpacing: value });
  else if (op === OPS.setHScale) canvas.set({ stretch: value / 100 });
  else if (op === OPS.setLeading) canvas.set({ leading: -value });
  else if (op === OPS.setTextRise) canvas.set({ rise: value });
  else if (op === OPS.setTextRenderingMode) canvas.set({ mode: value });
  else return false;
  return true;
}

const FILLS: readonly (number | undefined)[] = [OPS.fill, OPS.eoFill, OPS.fillStroke, OPS.eoFillStroke];
const PATTERNS: readonly (number | undefined)[] = [OPS.setFillColorN, OPS.setFillTransparent];
const PICTURES: readonly (number | undefined)[] = [
  OPS.paintImageXObject,
  OPS.paintImageXObjectRepeat,
  OPS.paintInlineImageXObject,
  OPS.paintInlineImageXObjectGroup,
  OPS.paintImageMaskXObject,
  OPS.paintImageMaskXObjectGroup,
  OPS.paintImageMaskXObjectRepeat,
];

function playGraphics(op: number, args: Arguments, canvas: Canvas, resources: PageResources): void {
  if (op === OPS.save) canvas.save();
  else if (op === OPS.restore) canvas.restore();
  else if (op === OPS.transform) canvas.transform(args);
  else if (op === OPS.setFillRGBColor) canvas.set({ fill: args[0] });
  else if (PATTERNS.includes(op)) canvas.set({ fill: null });
  else if (op === OPS.setGState) canvas.set({ alpha: fillAlpha(args[0]) ?? canvas.alpha });
  else if (op === OPS.constructPath && FILLS.includes(args[0])) canvas.fillPath(args[1][0], args[2]);
  else if (op === OPS.shadingFill) canvas.gradient();
  else if (PICTURES.includes(op)) canvas.picture();
  else if (op === OPS.paintFormXObjectBegin) {
    canvas.save();
    canvas.transform(args[0]);
  } else if (op === OPS.paintFormXObjectEnd) canvas.restore();
  else if (op === OPS.beginMarkedContent) canvas.mark(true);
  else if (op === OPS.beginMarkedContentProps) canvas.mark(args[0] !== 'OC' || resources.layerShown(args[1]));
  else if (op === OPS.endMarkedContent) canvas.unmark();
}

function fillAlpha(settings: readonly (readonly [string, unknown])[]): number | undefined {
  const alpha = settings.find(([key]) => key === 'ca')?.[1];
  return typeof alpha === 'number' ? alpha : undefined;
}
