/** Cuts canonical Markdown into messages that fit a platform, where a reader would pause. */

/** Stretches that belong together; a cut falls inside one only when it alone is over the limit. */
const WHOLE = [
  /(`+)(?!`)[^`\n]+\1(?!`)/g,
  /!?\[[^[\]\n]*\]\([^)\s]*\)/g,
  // Bounded, so that marks nobody closes cost no more than their line.
  /(\*\*|__)(?=\S)[^\n]{0,500}?\S\1/g,
  /(?<![\p{L}\p{N}*_\\])([*_])(?=[^\s*_])[^\n]{0,500}?[^\s\\]\1(?![\p{L}\p{N}*_])/gu,
  // A quote and where it stands; the reference may hold a link, hence one level of parentheses inside.
  /(?:“[^“”]*”|«[^«»]*»)(?:\s?\((?:[^()\n]|\([^()\n]*\))*\))?[.,;:!?…]*/g,
  /^[ \t>]*\|.*(?:\n[ \t>]*\|.*)*/gm,
  // A heading goes with the first words under it.
  /^#{1,6} .*\n+\S/gm,
];

const FENCE = /^([ \t>]*)(`{3,}(?=[^`\n]*$)|~{3,})(.*)$/gm;

/** Seen beyond the limit, so that the edge of the window is not taken for the end of a grapheme or sentence. */
const MARGIN = 64;

const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Cuts `text` into pieces of at most `maxLength` (≥ 2) UTF-16 units, at the ends of paragraphs, else lines, sentences,
 * words, and only in need between two graphemes. A code block over the limit is closed and opened again.
 * White space at a cut is lost, nothing else. Text that fits comes back as it is; blank text has no pieces.
 */
export function splitMarkdown(text: string, maxLength: number): string[] {
  if (maxLength < 2) throw new RangeError(`maxLength is ${maxLength}: a message holds at least 2 units`);
  if (text.trim() === '') return [];
  if (text.length <= maxLength) return [text];
  const source = reopenLongFences(text, maxLength);
  const whole = wholeSpans(source, maxLength);
  const pieces: string[] = [];
  let at = skipSpace(source, 0);
  while (source.length - at > maxLength) {
    const cut = nextCut(source, at, maxLength, whole);
    pieces.push(source.slice(at, cut).trimEnd());
    at = skipSpace(source, cut);
  }
  pieces.push(source.slice(at).trimEnd());
  return pieces.filter((piece) => piece.trim() !== '');
}

/** Blank lines and spaces go, the indentation of a new line stays. */
function skipSpace(source: string, from: number): number {
  return from + (/^(?:\s*\n|\s+)/.exec(source.slice(from))?.[0].length ?? 0);
}

/** Where the piece that starts at `at` ends: the last good place, unless that would leave it nearly empty. */
function nextCut(source: string, at: number, maxLength: number, whole: readonly Span[]): number {
  const inReach = whole.filter((span) => span.end > at && span.start < at + maxLength);
  const allowed = (place: number) => !inReach.some((span) => span.start < place && place < span.end);
  const window = source.slice(at, at + maxLength + MARGIN);
  let best = 0;
  for (const places of [paragraphEnds, lineEnds, sentenceEnds, wordEnds]) {
    const last = places(window).findLast((place) => place > 0 && place <= maxLength && allowed(at + place)) ?? 0;
    best = Math.max(best, last);
    if (best > maxLength / 3) return at + best;
  }
  if (best > 0) return at + best;
  const word = wordEnds(window).findLast((place) => place > 0 && place <= maxLength);
  return at + (word ?? lastGrapheme(window, maxLength));
}

function paragraphEnds(window: string): number[] {
  return [...window.matchAll(/(?<=\S)[ \t]*\n\s*\n/g)].map((match) => match.index);
}

function lineEnds(window: string): number[] {
  return [...window.matchAll(/(?<=\S)[ \t]*\n/g)].map((match) => match.index);
}

function sentenceEnds(window: string): number[] {
  // The last segment is what the window cut off, not a sentence.
  return [...sentences.segment(window)].slice(0, -1).map(({ index, segment }) => index + segment.trimEnd().length);
}

function wordEnds(window: string): number[] {
  return [...window.matchAll(/(?<=\S)\s/g)].map((match) => match.index);
}

/** The last boundary within `maxLength`; a grapheme over the limit is cut between code points. */
function lastGrapheme(window: string, maxLength: number): number {
  const place = [...graphemes.segment(window)].findLast(({ index }) => index > 0 && index <= maxLength)?.index;
  if (place !== undefined) return place;
  const high = window.charCodeAt(maxLength - 1);
  return high >= 0xd800 && high <= 0xdbff ? maxLength - 1 : maxLength;
}

function wholeSpans(source: string, maxLength: number): Span[] {
  const inline = WHOLE.flatMap((pattern) =>
    [...source.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length })),
  );
  return [...inline, ...fences(source)].filter((span) => span.end - span.start <= maxLength);
}

interface Fence extends Span {
  readonly open: string;
  readonly close: string;
  readonly lines: readonly string[];
}

/** Fenced code blocks; one that is never closed runs to the end. */
function fences(source: string): Fence[] {
  const found: Fence[] = [];
  let open: RegExpExecArray | undefined;
  for (const mark of source.matchAll(FENCE)) {
    if (!open) {
      open = mark;
    } else if (mark[2]?.startsWith(open[2] ?? '') && mark[3]?.trim() === '') {
      found.push(fence(source, open, mark.index, mark.index + mark[0].length));
      open = undefined;
    }
  }
  if (open) found.push(fence(source, open, source.length, source.length));
  return found;
}

function fence(source: string, open: RegExpExecArray, bodyEnd: number, end: number): Fence {
  const [line, prefix = '', marks = ''] = open;
  const body = source.slice(open.index + line.length + 1, bodyEnd).replace(/\n$/, '');
  return { start: open.index, end, open: line, close: prefix + marks, lines: body.split('\n') };
}

/** Replaces each code block over the limit by several that keep it. */
function reopenLongFences(text: string, maxLength: number): string {
  let result = text;
  for (const long of fences(text).toReversed()) {
    const room = maxLength - long.open.length - long.close.length - 2;
    if (long.end - long.start <= maxLength || room < 2) continue;
    const blocks = packLines(long.lines, room).map((body) => `${long.open}\n${body}\n${long.close}`);
    result = result.slice(0, long.start) + blocks.join('\n\n') + result.slice(long.end);
  }
  return result;
}

/** Gathers lines into bodies of at most `room` units; a line over it is cut between graphemes. */
function packLines(lines: readonly string[], room: number): string[] {
  const bodies: string[] = [];
  let body: string | undefined;
  for (const line of lines.flatMap((whole) => cutLine(whole, room))) {
    const longer: string = body === undefined ? line : `${body}\n${line}`;
    if (body !== undefined && longer.length > room) {
      bodies.push(body);
      body = line;
    } else {
      body = longer;
    }
  }
  return body === undefined ? bodies : [...bodies, body];
}

function cutLine(line: string, room: number): string[] {
  const parts: string[] = [];
  let rest = line;
  while (rest.length > room) {
    const place = lastGrapheme(rest.slice(0, room + MARGIN), room);
    parts.push(rest.slice(0, place));
    rest = rest.slice(place);
  }
  return [...parts, rest];
}
