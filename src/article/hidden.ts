/** Finds and removes what a page holds but does not show: a way to talk to a model behind the reader's back. */
import type { Localised } from '../debate.ts';
import { type DomElement, type DomNode, isComment, isElement, isText } from './dom.ts';

interface Hidden {
  /** Words no reader sees. */
  readonly words: number;
  /** Words in comments of the source. */
  readonly commentWords: number;
}

/** Menus, dialogs and banners are hidden on honest pages too, and are no part of the article: not counted. */
const APPARATUS =
  'nav, header, footer, aside, form, dialog, button, select, noscript, template, svg, iframe, script, style, ' +
  '[role="dialog"], [role="navigation"], [role="menu"], [role="banner"], [role="alert"], [role="search"]';

/** What the elements inside inherit. */
interface Look {
  readonly tiny: boolean;
  readonly color: string | null;
  readonly background: string | null;
}

/** Removes from the tree what inline styles and attributes hide, and counts it. A stack: pages nest without limit. */
export function removeHidden(root: DomElement): Hidden {
  let words = 0;
  let commentWords = 0;
  const todo: [DomNode, Look][] = [[root, { tiny: false, color: null, background: null }]];
  for (let next = todo.pop(); next; next = todo.pop()) {
    const [node, look] = next;
    if (isComment(node)) {
      commentWords += countWords(node.textContent);
      node.remove();
    } else if (isText(node)) {
      if (!isUnseen(look)) continue;
      words += countWords(node.textContent);
      node.remove();
    } else if (isElement(node)) {
      const style = declarations(node);
      if (isGone(node, style)) {
        if (!node.closest(APPARATUS)) words += countWords(shownText(node));
        node.remove();
      } else {
        const inside = inherit(look, node, style);
        for (const child of node.childNodes) todo.push([child, inside]);
      }
    }
  }
  return { words, commentWords };
}

function shownText(element: DomElement): string {
  for (const inert of element.querySelectorAll(APPARATUS)) inert.remove();
  return element.textContent;
}

function countWords(text: string): number {
  return text.match(/\p{L}[\p{L}\p{M}\p{N}'’-]*/gu)?.length ?? 0;
}

/* ── styles ────────────────────────────────────────────────────────────────────────────── */

type Style = ReadonlyMap<string, string>;

function declarations(element: DomElement): Style {
  const style = new Map<string, string>();
  for (const declaration of (element.getAttribute('style') ?? '').toLowerCase().split(';')) {
    const colon = declaration.indexOf(':');
    const value = declaration.slice(colon + 1).replace(/!\s*important/, '');
    if (colon > 0) style.set(declaration.slice(0, colon).trim(), value.trim());
  }
  return style;
}

/** Hidden with all it holds. */
function isGone(element: DomElement, style: Style): boolean {
  if (element.hasAttribute('hidden')) return true;
  if (style.size === 0) return false;
  const is = (property: string, pattern: RegExp) => pattern.test(style.get(property) ?? '');
  const clipped = is('overflow', /hidden|clip/) || is('overflow-y', /hidden/) || is('overflow-x', /hidden/);
  return (
    is('display', /^none/) ||
    is('visibility', /^(?:hidden|collapse)/) ||
    is('opacity', /^(?:0?\.0\d*|0+(?:\.0\d*)?|[0-5](?:\.\d+)?%)$/) ||
    is('transform', /scale\(\s*0?(?:\.0+)?\s*[,)]/) ||
    is('clip-path', /inset\(\s*(?:50|100)%|circle\(\s*0/) ||
    is('clip', /rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?/) ||
    (clipped && ['height', 'width', 'max-height', 'max-width'].some((size) => is(size, /^[01](?:px)?$/))) ||
    isOffPage(style)
  );
}

/** Pushed out of the window: a thousand pixels, or a whole window and more. */
function isOffPage(style: Style): boolean {
  const far = /^-(?:\d{4,}(?:\.\d+)?px|\d{3,}(?:\.\d+)?(?:em|rem|vw|vh|%))/;
  const moved = ['text-indent', 'margin-left', 'margin-top'];
  if (/absolute|fixed/.test(style.get('position') ?? '')) moved.push('left', 'top', 'right', 'bottom');
  return moved.some((property) => far.test(style.get(property) ?? ''));
}

function inherit(look: Look, element: DomElement, style: Style): Look {
  const size = style.get('font-size') ?? /(?:^|\s)(0)(?:[a-z%]*)\s*(?:\/|\s)/.exec(style.get('font') ?? '')?.[1];
  const color = style.get('color') ?? (element.localName === 'font' ? element.getAttribute('color') : null);
  const background = style.get('background-color') ?? style.get('background') ?? element.getAttribute('bgcolor');
  if (size === undefined && !color && !background) return look;
  return {
    tiny: size === undefined ? look.tiny : isTiny(size),
    color: color ? plainColor(color) : look.color,
    background: background ? plainColor(background) : look.background,
  };
}

function isTiny(size: string): boolean {
  const [, number, unit = ''] = /^(\d*\.?\d+)\s*([a-z]*|%)$/.exec(size) ?? [];
  if (number === undefined) return false;
  const least = { px: 2, pt: 2, em: 0.15, rem: 0.15, '%': 15 }[unit] ?? 0;
  return Number(number) <= least;
}

const WHITE = 'white';

/** Too small, transparent, or in the colour of the ground it stands on (white, where none is named). */
function isUnseen({ tiny, color, background }: Look): boolean {
  return tiny || color === 'transparent' || (color !== null && color === (background ?? WHITE));
}

/** One name for one colour, and for all that the eye takes for white; a picture or gradient is nobody's colour. */
function plainColor(value: string): string {
  const color = value.trim().toLowerCase();
  if (/url\(|gradient/.test(color)) return 'picture';
  const channels = rgb(color);
  if (!channels) return /^#?fff(?:fff)?$/.test(color) || /\bwhite\b/.test(color) ? WHITE : color;
  const [red = 0, green = 0, blue = 0, alpha = 1] = channels;
  if (alpha <= 0.05) return 'transparent';
  return Math.min(red, green, blue) >= 250 ? WHITE : `rgb ${red} ${green} ${blue}`;
}

function rgb(color: string): number[] | null {
  const [, hex] = /#([\da-f]{3,8})\b/.exec(color) ?? [];
  if (hex) {
    const digits = hex.length < 6 ? [...hex].map((digit) => digit + digit) : (hex.match(/../g) ?? []);
    return digits.map((pair, index) => Number.parseInt(pair, 16) / (index === 3 ? 255 : 1));
  }
  const [, inside] = /rgba?\(([^)]*)\)/.exec(color) ?? [];
  if (inside === undefined) return null;
  const parts = inside.split(/[\s,/]+/).filter(Boolean);
  return parts.map(
    (part) => Number.parseFloat(part) * (part.endsWith('%') ? (parts.indexOf(part) === 3 ? 0.01 : 2.55) : 1),
  );
}

/** A word or two is a label for a screen reader. */
const FEWEST_WORDS = 3;

/** What readers of the debate are told. */
export function hiddenWarnings(words: number): readonly Localised[] {
  if (words < FEWEST_WORDS) return [];
  return [
    {
      en: `The page contains ${words} words hidden from readers; the panel does not see them.`,
      es: `La página contiene ${words} palabras ocultas a los lectores; el panel no las ve.`,
    },
  ];
}
