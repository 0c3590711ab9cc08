/** The voice of LangChain chat models. */
import type { Article, Passage } from '../debate.ts';
import type { Cue, Throttle, Voice } from '../ports/voice.ts';
import { isStructured } from '../spoken.ts';
import { type Aliases, openNames, seatLetters } from './aliases.ts';
import { type Call, createCaller } from './calling.ts';
import { fenceOf } from './fence.ts';
import { turnGate } from './gate.ts';
import { checkNames, type ModelSettings } from './models.ts';
import { promptFor, type Showing } from './prompt.ts';
import { articleTokens, outline, passagesFor, type SearchPassages } from './retrieval.ts';

export type { ModelSettings } from './models.ts';

/** More calls than this prepared in one turn of the event loop stall everything else. */
const CALLS_PER_LOOP_TURN = 8;

export interface ModelVoiceDeps {
  searchPassages(workspace: string, sha256: string, words: string, limit: number): Promise<readonly Passage[]>;
  /** Default: this process asks as if it were alone. */
  readonly throttle?: Throttle;
  /** Waits between attempts; default: real time. */
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** A voice that speaks through chat models. Throws InputError for a model name that cannot be right. */
export function createModelVoice(settings: ModelSettings, deps: ModelVoiceDeps): Voice {
  checkNames(settings);
  const call = createCaller(settings, deps.wait, deps.throttle);
  const gate = turnGate(CALLS_PER_LOOP_TURN);
  const prepare = callPreparer(settings, deps);
  return {
    kind: 'model',
    async speak(cue, listener, signal) {
      signal.throwIfAborted();
      await gate();
      const prepared = await prepare(cue);
      signal.throwIfAborted();
      const names = namesFor(cue, settings);
      // JSON is no reading matter: nobody watches it grow.
      const heard = names.showing(prepared.manner.json ? { ...listener, ...DEAF } : listener);
      const said = await call(modelFor(cue, settings), prepared, heard, signal);
      heard.end();
      return { ...said, text: names.show(said.text) };
    },
  };
}

function namesFor({ log }: Cue, { anonymousPeers }: ModelSettings): Aliases {
  return anonymousPeers === false ? openNames(log.debate) : seatLetters(log.debate);
}

const WHOLE: Showing = { whole: true };
const DEAF = { isDeaf: false, text: () => {}, restart: () => {} };

function modelFor(cue: Cue, settings: ModelSettings): string {
  if (cue.persona.model) return cue.persona.model;
  return cue.persona.role === 'coordinator' ? (settings.coordinatorModel ?? settings.model) : settings.model;
}

/** Builds the prompt, with passages found for the turn where the article is too long to be shown. */
function callPreparer(settings: ModelSettings, deps: ModelVoiceDeps): (cue: Cue) => Promise<Call> {
  const outlines = new WeakMap<Article, string>();
  const outlineOf = (article: Article) => {
    const text = outlines.get(article) ?? outline(article, settings.articleTokens);
    outlines.set(article, text);
    return text;
  };
  return async (cue) => {
    const { article, debate } = cue.log;
    const json = isStructured(cue.move.kind);
    const names = namesFor(cue, settings);
    const manner = { json, temperature: cue.persona.temperature };
    if (!article || articleTokens(article) <= settings.articleTokens)
      return { prompt: promptFor(cue, WHOLE, names), manner };
    const search: SearchPassages = (words, limit) =>
      deps.searchPassages(debate.workspace, article.sha256, words, limit);
    const found = await passagesFor(cue, search, settings.articleTokens);
    const prompt = promptFor(cue, { whole: false, outline: outlineOf(article), found }, names);
    return json ? { prompt, manner } : { prompt, manner, tool: { search, fence: fenceOf(debate.id) } };
  };
}
