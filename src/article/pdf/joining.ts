/** Lines → running text: words divided at line ends put together again. */

/** How often the document writes each word, compounds with their hyphen. */
export type Attested = ReadonlyMap<string, number>;

const WORD = /\p{L}+(?:-\p{L}+)*/gu;
const ENDS_DIVIDED = /(\p{L}+(?:-\p{L}+)*)[-\u2010\u00AD]$/u;

/** Words of the lines, but not the halves at line ends. */
export function attestedIn(lines: readonly string[]): Attested {
  const counts = new Map<string, number>();
  for (const [i, line] of lines.entries()) {
    const words =
      line
        .replace(/\u2010/g, '-')
        .replaceAll('\u00AD', '')
        .toLowerCase()
        .match(WORD) ?? [];
    const from = ENDS_DIVIDED.test(lines[i - 1] ?? '') ? 1 : 0;
    const to = ENDS_DIVIDED.test(line) ? -1 : words.length;
    for (const word of words.slice(from, to)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

/** The lines as one text, and where in it each begins. */
export function joinLines(lines: readonly string[], attested: Attested): { text: string; starts: number[] } {
  const parts: string[] = [];
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    // What a line's end turns into depends on no more than the two lines there.
    const last = parts.pop() ?? '';
    const kept = joined(last, line, attested).slice(0, line.length > 0 ? -line.length : undefined);
    parts.push(kept, line);
    length += kept.length - last.length;
    starts.push(length);
    length += line.length;
  }
  return { text: parts.join(''), starts };
}

/** One line's text after another's. */
function joined(a: string, b: string, attested: Attested): string {
  if (a === '' || b === '') return a + b;
  if (a.endsWith('\u00AD')) return a.slice(0, -1) + b;
  const half = ENDS_DIVIDED.exec(a)?.[1];
  if (half && !/^(?:and|or|to|y|e|o|u|und|et|ou)\b/.test(b)) {
    return keepsHyphen(half, b, attested) ? a + b : a.slice(0, -1) + b;
  }
  const glued = /[\p{L}\d][-\u2010]$/u.test(a) && /^[\p{L}\d]/u.test(b) && !half;
  const address = /(?:https?:\/\/|www\.|doi:|doi\.org)\S*[/._=-]$/i.test(a) && /^[\w/]/.test(b);
  return glued || address || /—$/.test(a) || /^—/.test(b) || isUnspaced(a, b) ? a + b : `${a} ${b}`;
}

/** Whether the hyphen at the line's end belongs to the word: the way the document writes it elsewhere decides. */
function keepsHyphen(half: string, next: string, attested: Attested): boolean {
  const rest = /^\p{L}+(?:-\p{L}+)*/u.exec(next)?.[0] ?? '';
  const seen = (word: string) => attested.get(word.toLowerCase()) ?? 0;
  const whole = seen(half + rest);
  const compound = seen(`${half}-${rest}`);
  if (whole || compound) return compound > whole;
  if (!/^\p{Ll}/u.test(next)) return true;
  const [last = half, first = rest] = [half.split('-').at(-1), rest.split('-')[0]];
  if (half.includes('-') && LINKS.has(last.toLowerCase())) return true;
  if (first.length < 4) return false;
  const opensCompounds =
    last.length > 3 && [...attested.keys()].some((word) => word.startsWith(`${last.toLowerCase()}-`));
  return opensCompounds || OPENERS.has(last.toLowerCase()) || (last.length > 3 && seen(last) > 0 && seen(first) > 0);
}

/** Words that are most often the first half of a compound. */
const OPENERS = new Set('self well real high low long short half cross full large small state open free'.split(' '));

/** Words inside compounds such as "state-of-the-art". */
const LINKS = new Set('of the in to and by on up a as at for'.split(' '));

function isUnspaced(a: string, b: string): boolean {
  const script = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF00-\uFFEF]/u;
  return script.test(a.at(-1) ?? '') && script.test(b[0] ?? '');
}
