/**
 * The record of a debate as other programs read it: one JSON document, versioned. The JSON Schema in
 * `docs/record.schema.json` is made from this file: `node src/record/schema.ts > docs/record.schema.json`.
 */
import { z } from 'zod';
import type { DebateStatus, Ending, TurnKind } from '../debate.ts';

const kinds = [
  'choice',
  'opening',
  'statement',
  'reply',
  'verdict',
  'notes',
  'gate',
  'stance',
  'feedback',
  'human',
  'question',
  'draft',
  'signoff',
  'dissent',
  'cast',
  'synthesis',
] as const satisfies readonly TurnKind[];
const statuses = ['running', 'paused', 'concluded', 'stopped', 'failed'] as const satisfies readonly DebateStatus[];
const endings = ['asked', 'tokens', 'money', 'turns', 'time'] as const satisfies readonly Ending[];

const turnNumber = z.int().positive();
const turnNumbers = z.array(turnNumber);
const speakerId = z.string().describe('`speakers[].id`.');
const time = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .describe('UTC, ISO 8601 with milliseconds.');
const cost = z.number().nonnegative().nullable();
const tokens = z.int().nonnegative().nullable();

const position = z.object({
  stance: z
    .number()
    .min(-3)
    .max(3)
    .describe(
      'On the central question: −3 firmly no … +3 firmly yes; for a question that is not yes or no, against … for.',
    ),
  confidence: z.number().min(0).max(100).describe('Per cent.'),
});

const debate = z.object({
  id: z.string(),
  title: z.string().describe("The article's title, else the question."),
  question: z.string().describe("The central question: the opening's, else as it was asked."),
  language: z.string().describe('Primary BCP-47 subtag of what was said: `es`, `en` …'),
  format: z.string().describe('As it was held: what the coordinator chose where it was asked to.'),
  panel: z.string().describe('Id of the panel.'),
  voice: z
    .enum(['model', 'offline'])
    .describe('`offline`: no language model spoke, the sentences are the article’s own.'),
  status: z.enum(statuses),
  ending: z
    .enum(endings)
    .nullable()
    .describe('Why it went to its closing early: somebody asked, or a budget was reached; null: it did not.'),
  earlier: z
    .object({
      relation: z.enum(['followed', 'recalled']).describe('`followed`: begun to follow it up.'),
      id: z.string(),
      title: z.string(),
      question: z.string(),
      answer: z.string(),
      day: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
      link: z.string().nullable(),
    })
    .nullable()
    .describe('An earlier debate of the workspace this one has to do with.'),
  gate: z.boolean().describe('The panel was polled first, and was to debate only if it was split.'),
  startedAt: time,
  endedAt: time.nullable(),
});

const passage = z.object({
  n: z.int().positive().describe('From 1; quotes name it.'),
  section: z.string().describe('Heading it stands under, empty before the first.'),
  page: z.int().positive().nullable().describe('Page of the PDF, from 1; null where there are no pages.'),
  text: z.string(),
});

const article = z.object({
  title: z.string(),
  source: z.string().describe('Where it came from as the reader gave it: a URL, a file name, `stdin`.'),
  url: z.string().nullable().describe('Address to link quotes to; null for files.'),
  sha256: z.string().describe('Of the bytes read, hex.'),
  language: z.string(),
  sections: z.array(z.string()),
  passages: z.array(passage),
  warnings: z.array(z.string()).describe("What readers were told about the file, in the debate's language."),
});

const speaker = z.object({
  id: z.string().describe('Persona id; people are `human:` and their id on the platform.'),
  name: z.string().describe("In the debate's language."),
  role: z.enum(['coordinator', 'persona', 'human']),
  model: z.string().nullable().describe('Model it last spoke with; null for people and the offline voice.'),
  face: z.string().nullable().describe('One emoji; null for people.'),
  color: z.string().nullable().describe('`#rrggbb`; null for people.'),
});

const quote = z.object({
  text: z.string().describe("The article's own words when verified, else the speaker's."),
  passage: z.int().positive().nullable().describe('`article.passages[].n`; null when not found.'),
  verified: z.boolean().describe('The program found these words in the article.'),
  section: z.string().nullable(),
  page: z.int().positive().nullable(),
});

const failure = z.object({
  text: z.string(),
  likelihood: z.number().min(1).max(5),
  harm: z.number().min(1).max(5),
});

const ballot = z.object({
  for: z.int().nonnegative(),
  against: z.int().nonnegative(),
  undecided: z.int().nonnegative(),
});

const notes = z.object({
  claims: z.array(z.object({ text: z.string(), turns: turnNumbers })).describe('What was claimed, in a line each.'),
  clashes: z.array(z.object({ issue: z.string(), turns: turnNumbers })),
  questions: z.array(
    z.object({
      turn: turnNumber,
      by: speakerId.nullable(),
      to: speakerId,
      text: z.string(),
      state: z.enum(['open', 'answered', 'evaded']),
    }),
  ),
  untouched: z.array(z.string()).describe('Axes of the opening nobody had touched.'),
  routes: z.array(
    z.object({
      speaker: speakerId,
      to: turnNumbers,
      why: z.enum(['clash', 'question', 'human', 'unheard']),
      issue: z.string(),
    }),
  ),
});

const turn = z.object({
  n: turnNumber.describe('From 1, gapless, in the order of the thread.'),
  key: z.string().describe('The move it fulfils, unique in the debate.'),
  kind: z.enum(kinds),
  public: z.boolean().describe('Readers of the thread saw it.'),
  speaker: speakerId,
  author: z
    .object({ id: z.string(), name: z.string() })
    .nullable()
    .describe('Who wrote it, as the platform names them; null for personas.'),
  to: speakerId.nullable().describe('kind `question`: the persona it was put to.'),
  round: z.int().nonnegative().describe('0 opening and statements, then the round of replies.'),
  text: z.string().describe('Markdown, exactly what readers were shown before a platform’s own dialect.'),
  repliesTo: turnNumbers,
  answers: turnNumbers.describe('Turns whose question this one answers.'),
  quotes: z.array(quote),
  asks: z.array(z.object({ to: speakerId, text: z.string() })).describe('Questions it puts to others.'),
  stance: position.nullable(),
  choice: z
    .object({ format: z.string(), why: z.string() })
    .nullable()
    .describe('kind `choice`: the format the coordinator chose.'),
  opening: z
    .object({
      question: z.string(),
      axes: z.array(z.string()),
      unit: z.string().nullable().describe('format `delphi`: what estimates are in.'),
    })
    .nullable()
    .describe('kind `opening`.'),
  verdict: z
    .object({ question: turnNumber.describe('Turn that asked.'), answered: z.boolean() })
    .nullable()
    .describe('kind `verdict`: whether whoever asked was answered.'),
  estimate: z
    .object({ value: z.number(), low: z.number(), high: z.number(), confidence: z.number() })
    .nullable()
    .describe('format `delphi`.'),
  failure: failure.nullable().describe('format `redteam`: a way the proposal fails.'),
  signoff: z
    .object({
      objection: z.string().nullable().describe('null: accepted.'),
      restated: z
        .object({ text: z.string(), contradicts: z.string().nullable().describe('How; null: it does not.') })
        .nullable()
        .describe("The Newcomer's."),
    })
    .nullable()
    .describe('kind `signoff`.'),
  notes: notes.nullable().describe('kind `notes`: what the coordinator decided between rounds.'),
  mended: z.array(z.string()).describe('What the checks had to change, each a sentence.'),
  usage: z
    .object({
      inputTokens: tokens,
      cachedTokens: tokens,
      outputTokens: tokens,
      cost: cost.describe('US dollars at the prices of its day; null: unknown.'),
    })
    .nullable()
    .describe('As the provider counted, null where it did not say; null as a whole when no model spoke.'),
  model: z.string().nullable(),
  at: time,
});

const stance = z.object({
  speaker: speakerId,
  before: position.describe('The first position it took.'),
  after: position.nullable().describe('Its last; null when it stated one only once.'),
  because: turnNumber.nullable().describe('Turn it says moved it; null: it did not move, or named none.'),
});

const tally = z.array(z.object({ stance: position.shape.stance, people: z.int().positive() }));
const votes = z.object({
  before: tally.describe('Before the panel began to argue.'),
  after: tally.describe('Since.'),
});

const question = z.object({
  turn: turnNumber,
  by: speakerId,
  to: speakerId.describe('`speakers[].id`; `everybody`: all personas; `human`: all who read.'),
  text: z.string(),
  answeredBy: turnNumber.nullable().describe('Turn in which the addressee answered; null: nobody did.'),
  accepted: z
    .boolean()
    .nullable()
    .describe('Whether the asker took that for an answer; null: it did not say. `false` leaves the question open.'),
});

const synthesis = z.object({
  turn: turnNumber.describe('The turn it was posted as.'),
  answer: z.string().describe('To the central question.'),
  decision: z
    .enum(['yes', 'no', 'open'])
    .nullable()
    .describe('What the answer comes to; null: the coordinator did not say.'),
  confidence: z.number().min(0).max(100).nullable().describe('Of the panel, per cent; null: nobody took a position.'),
  agreements: z.array(z.object({ text: z.string(), turns: turnNumbers })),
  disagreements: z.array(
    z.object({
      issue: z.string(),
      positions: z.array(z.object({ speaker: speakerId, text: z.string(), turns: turnNumbers })),
      settledBy: z.string().describe('Evidence that would settle it.'),
    }),
  ),
  minority: z.array(z.object({ speaker: speakerId, text: z.string() })),
  open: z.array(z.object({ text: z.string(), turn: turnNumber, to: speakerId.nullable() })),
  nextSteps: z.array(z.string()),
  plainWords: z.string().describe('For a newcomer.'),
  recap: z.string().describe('Thanks and recap, prose.'),
  dropped: z.array(z.string()).describe('Points left out because no turn bears them out.'),
  swing: z
    .object({ before: ballot, after: ballot, winner: z.enum(['for', 'against']).nullable() })
    .nullable()
    .describe('format `oxford`: votes before and after, and the bench that gained more.'),
  risks: z
    .array(failure.extend({ mitigation: z.string(), turns: turnNumbers }))
    .describe('format `redteam`: the worst first.'),
  definitions: z
    .array(z.object({ term: z.string(), text: z.string(), turns: turnNumbers }))
    .describe('format `socratic`.'),
  range: z
    .object({
      unit: z.string(),
      median: z.number(),
      low: z.number(),
      high: z.number(),
      estimates: z.int().positive(),
    })
    .nullable()
    .describe('format `delphi`: the middle half of the last estimates.'),
  since: z
    .object({
      reopened: z.array(z.object({ text: z.string(), answered: z.boolean(), how: z.string(), turns: turnNumbers })),
      stances: z.array(z.object({ speaker: speakerId, before: position, after: position })),
    })
    .nullable()
    .describe('A follow-up: what the earlier debate left open, and where its panel stands now.'),
  digest: z.boolean().describe('It took the place of a debate, on the strength of a poll.'),
  text: z.string().describe('Markdown, as readers were shown it.'),
});

const usage = z.object({
  calls: z.int().nonnegative().describe('Turns a model spoke.'),
  inputTokens: tokens.describe('Sum over the turns; null as soon as one of them is unknown.'),
  cachedTokens: tokens.describe('Of the input, served from the provider’s cache; null: unknown.'),
  outputTokens: tokens.describe('Null: unknown.'),
  cost: cost.describe('US dollars: the sum over the turns; null as soon as one of them is unknown.'),
  wallMs: z.int().nonnegative().describe('From start to end, or to `exportedAt` while it runs; milliseconds.'),
});

export const debateRecord = z
  .object({
    version: z.literal(1),
    exportedAt: time,
    debate,
    article: article.nullable().describe('null: a bare question was debated.'),
    speakers: z.array(speaker).describe('Coordinator first, personas in speaking order, then people as they came in.'),
    turns: z.array(turn),
    stances: z.array(stance).describe('Who took a position on the central question, in panel order.'),
    votes: votes.nullable().describe('What people voted on the central question, in totals; null: nobody did.'),
    questions: z.array(question).describe('Questions put to a named persona, in the order of the thread.'),
    synthesis: synthesis.nullable().describe('null: the debate has none (yet).'),
    usage,
  })
  .meta({
    title: 'Tertulia debate record, version 1',
    description:
      'One debate: who spoke, every turn, the article’s passages they quote, positions, questions, synthesis, cost.',
  });

export type DebateRecord = z.infer<typeof debateRecord>;

/** JSON Schema (draft 2020-12) of the record. Open to further fields, as the versioning rule has it. */
export function recordJsonSchema() {
  const { $schema, ...schema } = z.toJSONSchema(debateRecord, { target: 'draft-2020-12', io: 'input' });
  return { $schema, $id: 'urn:tertulia:debate-record:1', ...schema };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(recordJsonSchema(), null, 2)}\n`);
