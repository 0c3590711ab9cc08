/** Keeps the words of articles and people apart from the instructions around them. */
import { createHash } from 'node:crypto';

/** Marks text as data in the prompts of one debate. */
export interface Fence {
  /** Part of every mark; whoever wrote the article could not know it. */
  readonly code: string;
  /** `tag` says what it is: article, passages, words. */
  around(tag: string, data: string): string;
}

/** The same marks for every call of a debate, so that prompts keep their common prefix. */
export function fenceOf(debateId: string): Fence {
  const code = createHash('sha256').update(`fence:${debateId}`).digest('hex').slice(0, 10);
  return {
    code,
    // Who has read the code in a log or guesses it still cannot write it.
    around: (tag, data) => `<${tag}-${code}>\n${data.replaceAll(code, '')}\n</${tag}-${code}>`,
  };
}

/** A name people chose for themselves or gave an article, made fit to stand outside a fence. */
export function plainName(name: string): string {
  const plain = name.replace(/[\p{C}<>[\]{}`"]/gu, ' ').replace(/\s+/g, ' ');
  return plain.trim().slice(0, 60) || 'somebody';
}
