/** Calls a model by name until it has replied, and the fallback model when it will not. */
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import type { Listener, Throttle, Utterance } from '../ports/voice.ts';
import type { Extra } from './failures.ts';
import type { Fence } from './fence.ts';
import { hear } from './listening.ts';
import { type Manner, type ModelSettings, openModel, placeOf } from './models.ts';
import { ModelDown, type Persistence, persevere } from './perseverance.ts';
import type { PromptMessage } from './prompt-message.ts';
import type { SearchPassages } from './retrieval.ts';
import { joinedByRole, speakPlainly, speakWithSearch } from './speaking.ts';

/** A model nobody stands in for is waited for as often as it asks, within reason. */
const MOST_PAUSES = 30;
/** A whole reply may take this many times as long as a stream may be silent. */
const WHOLE_PATIENCE = 5;

export interface Call {
  readonly prompt: readonly PromptMessage[];
  readonly manner: Manner;
  /** Given: the model may look into the article with it. */
  readonly tool?: { readonly search: SearchPassages; readonly fence: Fence };
}

export type Caller = (model: string, call: Call, listener: Listener, signal: AbortSignal) => Promise<Utterance>;

/** Models are opened once, and what their servers refuse is learned once, for the life of the caller. */
export function createCaller(settings: ModelSettings, wait?: Persistence['wait'], throttle?: Throttle): Caller {
  const opened = new Map<string, Promise<BaseChatModel>>();
  const refused = new Map<string, Set<Extra>>();

  const open = (model: string, manner: Manner, without: ReadonlySet<Extra>) => {
    const key = JSON.stringify([model, manner.json, manner.temperature, ...without]);
    const known = opened.get(key) ?? openModel(model, manner, settings, without);
    opened.set(key, known);
    return known;
  };

  const callOne: Caller = async (model, call, listener, signal) => {
    const without = refused.get(model) ?? new Set<Extra>();
    refused.set(model, without);
    const place = placeOf(model, settings);
    const { maxRetries, apiKey: secret } = settings;
    const waiting = listener.waiting ?? (() => undefined);
    const means = { ...(wait && { wait }), ...(throttle && { throttle }) };
    const isLast = settings.fallbackModel === null || settings.fallbackModel === model;
    const mostPauses = isLast ? MOST_PAUSES : maxRetries;
    const persistence = { model, place, maxRetries, mostPauses, without, secret, waiting, ...means };
    const heard = watched(listener);
    const whole = listener.isDeaf ?? false;
    const attempt = () =>
      hear(
        async (until) => {
          const chat = await open(model, call.manner, without);
          const prompt = without.has('turns') ? joinedByRole(call.prompt) : call.prompt;
          return call.tool && !without.has('tools')
            ? speakWithSearch(chat, prompt, call.tool.search, call.tool.fence, until)
            : speakPlainly(chat, prompt, whole, until);
        },
        heard.listener,
        settings.idleTimeoutMs * (whole ? WHOLE_PATIENCE : 1),
        signal,
      );
    const reply = await persevere(attempt, heard.void, persistence, signal);
    return { ...reply, model };
  };

  return async (model, call, listener, signal) => {
    try {
      return await callOne(model, call, listener, signal);
    } catch (error) {
      if (!(error instanceof ModelDown)) throw error;
      const { fallbackModel } = settings;
      if (fallbackModel === null || fallbackModel === model) throw error.advice ?? error;
      // What went wrong with the chosen model says more than what went wrong with its stand-in.
      return callOne(fallbackModel, call, listener, signal).catch((second: unknown) => {
        throw second instanceof ModelDown ? (error.advice ?? error) : second;
      });
    }
  };
}

/** A listener that is told of a restart only when it has heard something. */
function watched(listener: Listener): { readonly listener: Listener; void(): void } {
  let heard = false;
  const restart = () => {
    if (heard) listener.restart();
    heard = false;
  };
  return {
    listener: {
      text(delta) {
        heard = true;
        listener.text(delta);
      },
      restart,
    },
    void: restart,
  };
}
