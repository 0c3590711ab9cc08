/** The sentences of an article that can be read aloud by themselves. */
import { sentences } from '../../article/sentences.ts';
import type { Article } from '../../debate.ts';

export interface Sentence {
  /** From 0, in reading order, over the usable sentences of the article. */
  readonly index: number;
  /** Verbatim but for white space, which is single; without its stop when it ends before a citation. */
  readonly text: string;
  /** It carries citations no cut could spare it: read out only when nothing better is left. */
  readonly cited: boolean;
  /** Number of its passage, from 1. */
  readonly passage: number;
  readonly section: string;
  readonly words: number;
}

const LEAST_WORDS = 8;
const MOST_WORDS = 45;

const BACK_MATTER =
  /^[\W\d]*(references|bibliography|works cited|acknowledge?ments?|funding|about the authors?|authors?|author contributions|conflicts? of interest|competing interests|data availability|copyright|licen[cs]e|further reading|referencias|bibliografía|agradecimientos|financiación|sobre l[oa]s autor[ea]s|licencia)\b/iu;

/** `[12]`, `[3, 5–7]`, `(Lee et al., 2019)`, `(Lee, 2018; Koren, 2019)`. */
const CITATION = /\s*(?:\[\s*\d[\d\s,;–-]*\]|\([^()]*\b(?:19|20)\d\d[a-z]?\))/u;

/** A stretch that ends before a citation is a sentence of its own only with one of these in it. */
const FINITE_VERB =
  /(?<!\p{L})(?:is|are|was|were|has|have|had|can|will|may|does|do|shows?|uses?|provides?|builds?|finds?|found|makes?|allows?|requires?|proposes?|proposed|es|son|está|están|fue|fueron|ha|han|puede|pueden|permiten?|usan?|muestran?|requieren?|propone|propuso)(?!\p{L})/iu;
const DANGLING =
  /(?<!\p{L})(?:a|an|the|of|in|on|by|to|for|and|or|with|from|as|that|which|such as|el|la|los|las|un|una|de|del|en|por|para|y|o|con|que|como)$/iu;

const UNREADABLE = [
  // Straight or typographic, a mark inside would end the quotation early.
  /["“”„«»]/u,
  /[=≤≥≈∑∏∫√±×÷→←↔∈∉∀∃∂∇{}\\^_|<>~@#*`•·†‡§\uFFFD]|[\p{Co}]|[\u0370-\u03ff]/u,
  /https?:|www\.|\bdoi\b|\barXiv\b|©|\(c\)/iu,
  /\[\s*\d[\d\s,;–-]*\]/u,
  /\bet al\b|\([^()]*\b(?:19|20)\d\d[a-z]?\)|\bdoi:/u,
  /(?<!\p{L})(?:figs?|figures?|tables?|eqs?|equations?|algorithms?|sections?|appendix|chapters?|theorems?|lemma|figuras?|tablas?|cuadros?|ecuación|ecuaciones|algoritmos?|sección|secciones|apéndice|capítulo)(?:\.\s*|\s+)\(?\d/iu,
  /(?<!\p{L})(?:[Aa]ppendix|[Aa]péndice|Table|Figure|Tabla|Figura)\s+[A-Z]\b/u,
  /\b\p{L}\s?\(\s?\p{L}\s?[,)]/u,
];

/** 8 to 45 words from a capital to a stop, without formulas, references or pointers to what is not quoted. */
export function isUsable(sentence: string): boolean {
  const words = countWords(sentence);
  if (words < LEAST_WORDS || words > MOST_WORDS) return false;
  if (!/^\p{Lu}[\s\S]*\p{L}[\p{L}\p{N}%)]*\)?\.$/u.test(sentence)) return false;
  if (UNREADABLE.some((noise) => noise.test(sentence))) return false;
  return looksLikeProse(sentence);
}

function looksLikeProse(sentence: string): boolean {
  const opened = sentence.split('(').length;
  const letters = sentence.match(/\p{L}/gu)?.length ?? 0;
  const capitals = sentence.match(/\p{Lu}/gu)?.length ?? 0;
  // Variables of a formula come as letters that stand alone; in capitals one may be a name (plan B).
  const variable = /(?<![\p{L}\p{N}'’-])[b-df-hj-npq-tv-xz](?![\p{L}\p{N}'’.-])/u.test(sentence);
  const capitalsAlone = sentence.match(/(?<![\p{L}\p{N}'’-])[B-HJ-NP-XZ](?![\p{L}\p{N}'’.-])/gu)?.length ?? 0;
  const broken = /\p{L}-\s\p{Ll}|\s[,.;:]|\.{2}|…/u.test(sentence);
  return (
    opened === sentence.split(')').length &&
    letters > sentence.length * 0.7 &&
    capitals < letters * 0.2 &&
    !variable &&
    capitalsAlone < 2 &&
    !broken
  );
}

/** What of a sentence can be read aloud: all, the part before its first citation, or with its citations if it must be. */
export function readable(sentence: string): Pick<Sentence, 'text' | 'cited'> | null {
  if (isUsable(sentence)) return { text: sentence, cited: false };
  const at = CITATION.exec(sentence)?.index ?? -1;
  if (at < 0) return null;
  const before = sentence.slice(0, at);
  const rest = sentence.slice(at).replace(CITATION, '');
  // A list cut short says less than it did, unless it only gave examples.
  const listed = /^\s*(?:,|and\b|or\b|y\b|o\b)/u.test(rest) && !EXAMPLES.test(before);
  const stands = FINITE_VERB.test(before) && !DANGLING.test(before) && !CONTRARY.test(rest) && !listed;
  const whole = rest === '.' || stands;
  if (whole && isUsable(`${before}.`)) return { text: before, cited: false };
  return isUsable(sentence.replace(new RegExp(CITATION, 'gu'), '')) ? { text: sentence, cited: true } : null;
}

const EXAMPLES = /(?<!\p{L})(?:such as|including|like|como|incluid[oa]s?)(?!\p{L})/iu;
/** Cut off, this would turn what is left into another claim. */
const CONTRARY = /(?<!\p{L})(?:but|not|although|however|unless|if|pero|no|aunque|salvo|si|sino)(?!\p{L})/iu;

/** Every usable sentence once, in reading order, without the back matter. */
export function usableSentences(article: Article): Sentence[] {
  const seen = new Set<string>();
  const found: Omit<Sentence, 'index'>[] = [];
  for (const passage of article.passages) {
    if (BACK_MATTER.test(passage.section)) continue;
    for (const span of sentences(passage.text, article.language)) {
      const part = readable(span.text.replace(/\s+/g, ' '));
      if (!part || seen.has(part.text)) continue;
      seen.add(part.text);
      found.push({ ...part, passage: passage.n, section: passage.section, words: countWords(part.text) });
    }
  }
  return found.map((sentence, index) => ({ index, ...sentence }));
}

export function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
