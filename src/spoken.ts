/**
 * What a voice is asked to say in each kind of move. Statements, replies, verdicts and stances are prose (below); all
 * else is JSON of these schemas, read tolerantly because models wrap and decorate what they are asked for.
 *
 * Prose conventions, asked of every voice and resolved by the checks before anyone reads them:
 * - words of the article: `"verbatim words" [p12]`, p12 being the passage;
 * - a question: one sentence ending in `?` that names the one speaker who should answer it;
 * - a position on the central question: a last line `[stance: +2, confidence: 70%]`, and where it changed
 *   `[stance: -1, confidence: 60%, moved by: turn 5]`;
 * - a verdict on an answer: a last line `[answered: yes]`;
 * - a way to fail: a last line `[failure: in a few words, likelihood: 3, harm: 4]`, both from 1 to 5;
 * - an estimate: a last line `[estimate: 40, from: 20, to: 60, confidence: 80%]`.
 */
import { z } from 'zod';
import type { Move } from './debate.ts';

const JSON_KINDS: ReadonlySet<Move['kind']> = new Set(['choice', 'opening', 'notes', 'draft', 'signoff', 'synthesis']);

/** Whether a move is answered in JSON and not in prose. */
export function isStructured(kind: Move['kind']): boolean {
  return JSON_KINDS.has(kind);
}

const sentence = z.string().trim().min(1);
const turnNumbers = z.array(z.coerce.number().int().positive()).default([]);

const fromOneToFive = z.coerce.number().min(1).max(5).catch(3);
const positive = z.coerce.number().int().positive();
const decision = z.preprocess((value) => decided(value), z.enum(['yes', 'no', 'open']).optional());

/** Models answer in the language of the debate, and with booleans. */
function decided(value: unknown): unknown {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  const word = String(value).trim().toLowerCase();
  if (/^(?:yes|sí|si)\b/.test(word)) return 'yes';
  return /^no\b/.test(word) ? 'no' : 'open';
}

export const choiceDraft = z.object({ format: sentence, why: sentence });

export const openingDraft = z.object({
  /** One or two sentences: greets and names the article or the question. */
  greeting: sentence,
  axes: z.array(sentence).min(2).max(5),
  /** ONE, decidable. */
  question: sentence,
  /** What estimates of it are in. */
  unit: z.string().trim().max(40).default(''),
  /** How an earlier debate has to do with this one, a sentence; null: it does not. */
  earlier: z.string().trim().nullable().catch(null).default(null),
});

export const notesDraft = z.object({
  claims: z.array(z.object({ text: sentence, turns: turnNumbers })).default([]),
  clashes: z.array(z.object({ issue: sentence, turns: turnNumbers })).default([]),
  questions: z
    .array(
      z.object({
        turn: positive,
        to: sentence,
        text: sentence,
        state: z.enum(['open', 'answered', 'evaded']).catch('open').default('open'),
      }),
    )
    .default([]),
  untouched: z.array(sentence).default([]),
  routes: z
    .array(
      z.object({
        speaker: sentence,
        to: turnNumbers,
        why: z.enum(['clash', 'question', 'human', 'unheard']).catch('clash'),
        issue: sentence,
      }),
    )
    .default([]),
  /** The one question to the people who read. */
  askPeople: z.string().trim().nullish().catch(null),
});

export const synthesisDraft = z.object({
  answer: sentence,
  decision,
  confidence: z.coerce.number().min(0).max(100).nullable().catch(null),
  agreements: z.array(z.object({ text: sentence, turns: turnNumbers })).default([]),
  disagreements: z
    .array(
      z.object({
        issue: sentence,
        positions: z.array(z.object({ speaker: sentence, text: sentence, turns: turnNumbers })).default([]),
        settledBy: z.string().trim().default(''),
      }),
    )
    .default([]),
  minority: z.array(z.object({ speaker: sentence, text: sentence })).default([]),
  open: z
    .array(
      z.object({
        text: sentence,
        turn: positive,
        to: z.string().trim().nullable().catch(null),
      }),
    )
    .default([]),
  nextSteps: z.array(sentence).default([]),
  plainWords: z.string().trim().default(''),
  recap: z.string().trim().default(''),
  /** Panellists whose objection to the draft was met by changing it. */
  amended: z.array(sentence).default([]),
  /** redteam */
  risks: z
    .array(
      z.object({
        text: sentence,
        likelihood: fromOneToFive,
        harm: fromOneToFive,
        mitigation: z.string().trim().default(''),
        turns: turnNumbers,
      }),
    )
    .default([]),
  /** socratic */
  definitions: z.array(z.object({ term: sentence, text: sentence, turns: turnNumbers })).default([]),
  /** A follow-up's: the points taken up again, by their number. */
  reopened: z
    .array(
      z.object({
        n: positive,
        answered: z.preprocess((value) => (typeof value === 'string' ? decided(value) === 'yes' : value), z.boolean()),
        how: z.string().trim().default(''),
        turns: turnNumbers,
      }),
    )
    .default([]),
});

/** The page that takes a debate's place. */
export const digestDraft = z.object({
  answer: sentence,
  decision,
  reasons: z.array(z.object({ text: sentence, speakers: z.array(sentence).default([]) })).default([]),
  against: z.string().trim().default(''),
  nextSteps: z.array(sentence).default([]),
  plainWords: z.string().trim().default(''),
});

export const signoffDraft = z.object({
  accept: z.preprocess((value) => (typeof value === 'string' ? decided(value) === 'yes' : value), z.boolean()),
  objection: z.string().trim().nullable().catch(null).default(null),
  /** The Newcomer's: the conclusion as it understood it, and what it takes the answer to be. */
  restatement: z.string().trim().default(''),
  answer: decision,
});

export type OpeningDraft = z.infer<typeof openingDraft>;
export type NotesDraft = z.infer<typeof notesDraft>;
export type SynthesisDraft = z.infer<typeof synthesisDraft>;
export type DigestDraft = z.infer<typeof digestDraft>;
