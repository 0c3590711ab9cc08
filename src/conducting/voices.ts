/** The voices there are, by kind. */
import type { ModelSettings } from '../agents/models.ts';
import { createOfflineVoice } from '../agents/offline/voice.ts';
import type { Debate } from '../debate.ts';
import { InputError } from '../errors.ts';
import type { Store } from '../ports/store.ts';
import type { Throttle, Voice } from '../ports/voice.ts';
import { type Prices, priced } from '../spending/prices.ts';

export type Voices = (kind: Debate['voice']) => Promise<Voice>;

/** LangChain takes a third of a second to load: only who uses it waits for it. */
export function voicesOf(
  model: ModelSettings | null,
  store: Pick<Store, 'searchPassages'>,
  prices: Prices,
  throttle?: Throttle,
): Voices {
  const offline = createOfflineVoice();
  let speaking: Promise<Voice> | null = null;
  return async (kind) => {
    if (kind === 'offline') return offline;
    if (!model) throw withoutModel();
    speaking ??= import('../agents/model-voice.ts').then(({ createModelVoice }) =>
      priced(createModelVoice(model, { searchPassages: store.searchPassages, ...(throttle && { throttle }) }), prices),
    );
    return speaking;
  };
}

export function withoutModel(): InputError {
  return new InputError({
    en: 'This debate was begun with a language model and none is set now; set TERTULIA_MODEL (and its key) and resume it.',
    es: 'Este debate empezó con un modelo de lenguaje y ahora no hay ninguno; define TERTULIA_MODEL (y su clave) y reanúdalo.',
  });
}
