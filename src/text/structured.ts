/** Reads the JSON a model was asked for, however it wrapped or decorated it. */
import { z } from 'zod';

export type Structured<T> =
  | { readonly ok: true; readonly value: T }
  /** `problem`: one sentence in English, fit to be sent back to the model. */
  | { readonly ok: false; readonly problem: string };

/**
 * Finds the JSON object in a model's reply and checks it. Tolerates code fences, reasoning in `<think>` tags, prose
 * around the object, comments, trailing commas and raw line breaks in strings. Never throws.
 */
export function parseStructured<T>(text: string, schema: z.ZodType<T>): Structured<T> {
  let problem = 'The reply holds no JSON object.';
  for (const candidate of candidates(withoutThinking(text))) {
    const parsed = parseLoosely(candidate);
    if (parsed === undefined) {
      problem = 'The JSON object is not well formed or not finished.';
      continue;
    }
    const checked = schema.safeParse(parsed);
    if (checked.success) return { ok: true, value: checked.data };
    problem = `The JSON object does not fit: ${z.prettifyError(checked.error).replaceAll(/\s*\n\s*/g, ' ')}.`;
  }
  return { ok: false, problem };
}

/** The reply without a reasoning model's thoughts, also where only the closing tag, or only the opening one, was sent. */
export function withoutThinking(text: string): string {
  return text
    .replaceAll(/<think(?:ing)?>[\s\S]*?<\/think(?:ing)?>/g, '')
    .replace(/^[\s\S]*<\/think(?:ing)?>/, '')
    .replace(/<think(?:ing)?>[\s\S]*$/, '')
    .trim();
}

/** Objects the text may mean, likeliest first: each outermost `{…}`, longest first, then an unfinished one. */
function candidates(text: string): readonly string[] {
  const found: string[] = [];
  for (let at = text.indexOf('{'); at >= 0; ) {
    const end = endOfObject(text, at);
    if (end < 0) {
      found.push(text.slice(at));
      break;
    }
    found.push(text.slice(at, end));
    at = text.indexOf('{', end);
  }
  return found.toSorted((a, b) => b.length - a.length);
}

/** Offset after the `}` that closes the object opened at `start`, or −1. */
function endOfObject(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '"') at = endOfString(text, at);
    else if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return at + 1;
  }
  return -1;
}

/** Offset of the quotation mark that closes the string opened at `start`, or the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function parseLoosely(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(mended(text));
    } catch {
      return undefined;
    }
  }
}

/** The usual slips of models put right; the insides of strings keep all but their raw line breaks. */
function mended(text: string): string {
  return text.replaceAll(/"(?:\\[\s\S]|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|,(?=\s*[}\]])/g, (part) => {
    if (!part.startsWith('"')) return '';
    return part.replaceAll('\n', '\\n').replaceAll('\r', '').replaceAll('\t', '\\t');
  });
}
