/**
 * What a voice is asked to say in each kind of move. Statements and replies are prose (below); opening, notes and
 * synthesis are JSON of these schemas, read tolerantly because models wrap and decorate what they are asked for.
 *
 * Prose conventions, asked of every voice and resolved by the checks before anyone reads them:
 * - words of the article: `"verbatim words" [p12]`, p12 being the passage;
 * - a question: one sentence ending in `?` that names the one speaker who should answer it;
 * - a position on the central question: a last line `[stance: +2, confidence: 70%]`.
 */
import { z } from 'zod';

const sentence = z.string().trim().min(1);
const turnNumbers = z.array(z.coerce.number().int().positive()).default([]);

export const openingDraft = z.object({
  /** One or two sentences: greets and names the article or the question. */
  greeting: sentence,
  axes: z.array(sentence).min(2).max(5),
  /** ONE, decidable. */
  question: sentence,
});

export const notesDraft = z.object({
  clashes: z.array(z.object({ issue: sentence, turns: turnNumbers })).default([]),
  questions: z.array(z.object({ turn: z.coerce.number().int().positive(), to: sentence, text: sentence })).default([]),
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
});

export const synthesisDraft = z.object({
  answer: sentence,
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
        turn: z.coerce.number().int().positive(),
        to: z.string().trim().nullable().catch(null),
      }),
    )
    .default([]),
  nextSteps: z.array(sentence).default([]),
  plainWords: z.string().trim().default(''),
  recap: z.string().trim().default(''),
});

export type OpeningDraft = z.infer<typeof openingDraft>;
export type NotesDraft = z.infer<typeof notesDraft>;
export type SynthesisDraft = z.infer<typeof synthesisDraft>;
