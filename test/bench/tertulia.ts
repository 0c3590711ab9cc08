/** The debate that is measured, as Tertulia holds it: format, panel and platform are the benchmark's, all else is real. */
import { createHash } from 'node:crypto';
import { buildArticle } from '../../src/article/passages.ts';
import type { Article, Debate, Format, Localised, Move, Panel, Persona } from '../../src/debate.ts';
import type { Adapter, Outgoing } from '../../src/ports/adapter.ts';
import type { NewDebate } from '../../src/ports/store.ts';
import { type Lib, type Options, type Panellist, type Place, stages } from './lib.ts';

export const WORKSPACE = 'bench';
const THREAD = { adapter: 'memory', channel: 'bench', thread: 'bench' };
/** The model's texts are 180 words. */
const LIMITS = { rounds: 1, words: 200, tokens: null, turns: 80, time: 3_600_000 };

/** What readers saw, by debate. */
export type Posts = Map<string, { readonly text: string }[]>;

export function modelSettings({ model, apiKey, baseURL }: Pick<Options, 'model' | 'apiKey' | 'baseURL'>) {
  return {
    model: `openai:${model}`,
    coordinatorModel: null,
    fallbackModel: null,
    apiKey,
    baseUrl: baseURL,
    articleTokens: 60_000,
    idleTimeoutMs: 60_000,
    maxRetries: 2,
  };
}

export function newDebate(id: string, articleId: string, panel: Panel): NewDebate {
  const question = 'Should it be done?';
  const who = { voice: 'model', startedBy: 'bench', origin: null } as const;
  const thread = { ...THREAD, thread: id };
  return { id, articleId, question, language: 'en', format: 'bench', panel, limits: LIMITS, thread, ...who };
}

export function read(text: string): Article {
  const blocks = text.split('\n\n').map((paragraph) => ({ kind: 'paragraph' as const, text: paragraph, page: null }));
  const sha256 = createHash('sha256').update(text).digest('hex');
  const extracted = { title: null, blocks, warnings: [] };
  return buildArticle(extracted, { source: 'bench', url: null, sha256, fallbackTitle: 'The article', language: 'en' });
}

/** A pure function of the log, like every format: the first stage that is not complete. All prose, as the peers' is. */
export function benchFormat({ mode }: Pick<Options, 'mode'>, shared: Pick<Lib, 'personas' | 'coordinator'>): Format {
  const plan = stages(mode, shared).map((places) => places.map(moveOf));
  return {
    id: 'bench',
    summary: both('Sixteen texts, sequential or in parallel.'),
    least: 7,
    most: 7,
    next: ({ turns }) => {
      const said = new Set(turns.map((turn) => turn.key));
      const stage = plan.find((moves) => moves.some((move) => !said.has(move.key))) ?? [];
      return stage.filter((move) => !said.has(move.key));
    },
    expectedTurns: () => plan.flat().length,
  };
}

function moveOf({ part, speaker }: Place): Move {
  const round = part === 'open' || part === 'first' ? 0 : 1;
  const kind = part === 'second' ? 'reply' : 'statement';
  return { key: `${part}-${speaker.id}`, kind, speaker: speaker.id, round, to: [], answers: [] };
}

export function benchPanel({ personas, coordinator }: Pick<Lib, 'personas' | 'coordinator'>): Panel {
  return {
    id: 'bench',
    name: both('The panel of the benchmark'),
    coordinator: personaOf(coordinator, 'coordinator'),
    personas: personas.map((each) => personaOf(each, 'persona')),
  };
}

function personaOf({ id, name, instructions }: Panellist, role: Persona['role']): Persona {
  return {
    id,
    role,
    name: both(name),
    face: '🗣️',
    color: '#4c6ef5',
    duty: both(instructions),
    stance: both('Your view of the matter, as your duty puts it.'),
    lens: { en: [], es: [] },
    never: both('Take the view of another.'),
  };
}

function both(text: string): Localised {
  return { en: text, es: text };
}

/** A platform that takes every message at once; `follows`: and shows what streams by, as the terminal does. */
export function inMemory(posts: Posts, follows: boolean): Adapter {
  const growing = new Map<string, string>();
  const growingOf = (debate: Debate, { key }: { readonly key: string }) => `${debate.id} ${key}`;
  return {
    name: THREAD.adapter,
    facts: { maxLength: 2000, canLook: false, hasChannel: false },
    start: async () => undefined,
    stop: async () => undefined,
    openThread: async (opened) => opened.thread,
    post: async ({ debate, turn, text, key }: Outgoing) => {
      const { id } = debate;
      growing.delete(growingOf(debate, turn));
      const thread = posts.get(id) ?? [];
      posts.set(id, thread);
      thread.push({ text });
      return key;
    },
    ...(follows && {
      stream: (debate: Debate, _: Persona, move: Move, delta: string) => {
        const key = growingOf(debate, move);
        growing.set(key, (growing.get(key) ?? '') + delta);
      },
      unstream: (debate: Debate, _: Persona, move: Move) => {
        growing.delete(growingOf(debate, move));
      },
    }),
  };
}
